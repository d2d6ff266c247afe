import type { Picture } from './chart.ts'
import { type Content, type Markup, markup } from './markup.ts'
import { dots, rings, type Spot, stretches, trace } from './path.ts'
import { paletteOf } from './theme.ts'

/** A value's place in a picture, and what its drawing depends on. */
export interface Mark {
  readonly spot: Spot
  /** Where its interval ends, vertically; `null` where it has none. */
  readonly band: readonly [low: number, high: number] | null
  readonly n: number
  readonly complete: boolean
  readonly revised: boolean
}

/**
 * Draws a series, one path for each kind of stroke: the band of intervals, the line, the dashes of
 * periods still running, and the dots of thin, revised, lone and newest values. `null` is a gap.
 */
export function strokes(series: readonly (Mark | null)[], picture: Picture): Markup {
  const { accent, bg } = paletteOf(picture)
  const runs = stretches(series)
  const marks = runs.flat()
  const few = fewness(marks)
  const lone = new Set(runs.filter((run) => run.length === 1).flat())
  const newest = marks.at(-1)
  const solid = (mark: Mark) => lone.has(mark) || mark === newest
  const dotted = (wanted: (mark: Mark) => boolean) =>
    dots(marks.filter(wanted).map(({ spot }) => spot))
  const thin = dotted((mark) => !mark.revised && mark.n < few)
  const revised = hollow(
    marks.filter((mark) => mark.revised).map(({ spot }) => spot),
    picture,
  )
  const full = dotted((mark) => !mark.revised && mark.n >= few && solid(mark))
  const stroke = (data: string, size: number, more: Markup | null = null) =>
    data &&
    markup`<path class="tm-line" stroke="${accent}" stroke-width="${size}"${more} d="${data}"/>`
  const hole =
    thin &&
    picture.theme !== 'transparent' &&
    markup`<path class="tm-hole" stroke="${bg}" stroke-width="10" d="${thin}"/>`
  const area = bands(series)
  return markup`${area && markup`<path class="tm-fill" fill="${accent}" fill-opacity=".15" d="${area}"/>`}${stroke(trace(steps(runs, true)), 2)}${stroke(trace(steps(runs, false)), 2, markup` stroke-linecap="butt" stroke-dasharray="3 3"`)}${hole}${stroke(thin, 7, markup` stroke-opacity=".45"`)}${revised}${stroke(full, 7)}`
}

/** Hollow dots for what was revised. Where there is no ground to paint over with, they are rings. */
export function hollow(spots: readonly Spot[], picture: Picture): Content {
  if (spots.length === 0) return null
  const { accent, bg } = paletteOf(picture)
  const line = (data: string, size: number) =>
    markup`<path class="tm-line" stroke="${accent}" stroke-width="${size}" d="${data}"/>`
  if (picture.theme === 'transparent') return line(rings(spots, 3), 2)
  return markup`${line(dots(spots), 8)}<path class="tm-hole" stroke="${bg}" stroke-width="4" d="${dots(spots)}"/>`
}

/**
 * Below how many answers a value is drawn pale: below 30, where an interval of NPS is wider than ±28,
 * and below half of what is usual here. Where few answers are usual, paling all would tell nothing.
 */
export function fewness(marks: readonly Pick<Mark, 'n'>[]): number {
  const counts = new Float64Array(marks.length)
  for (const [index, mark] of marks.entries()) counts[index] = mark.n
  counts.sort()
  const usual = counts[Math.floor(marks.length / 2)] ?? 0
  return Math.min(30, usual / 2)
}

/** The steps between neighbours that are both complete, or those that touch a period still running. */
function steps(runs: readonly (readonly Mark[])[], complete: boolean): Spot[][] {
  const found: Spot[][] = []
  for (const run of runs) {
    let before: Mark | null = null
    let open: Spot[] | null = null
    for (const mark of run) {
      if (before === null || (before.complete && mark.complete) !== complete) {
        open = null
      } else if (open === null) {
        open = [before.spot, mark.spot]
        found.push(open)
      } else {
        open.push(mark.spot)
      }
      before = mark
    }
  }
  return found
}

/** Half the width of the band of a lone value. */
const half = 3

/** In whole units, rounded outwards: the pale edge needs no more, and the file halves. */
function bands(series: readonly (Mark | null)[]): string {
  const banded = series.map((mark) => (mark?.band ? mark : null))
  const outlines = stretches(banded).map((run) => {
    const upper: Spot[] = []
    const lower: Spot[] = []
    for (const { spot, band } of widened(run)) {
      if (band === null) continue
      const x = Math.round(spot[0])
      upper.push([x, Math.floor(band[1])])
      lower.push([x, Math.ceil(band[0])])
    }
    return upper.concat(lower.toReversed())
  })
  return trace(outlines, 'z')
}

function widened(run: readonly Mark[]): readonly Mark[] {
  const [only] = run
  if (only === undefined || run.length > 1) return run
  return [-half, half].map((by) => ({ ...only, spot: [only.spot[0] + by, only.spot[1]] }))
}
