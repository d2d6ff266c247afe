import { details, interval, isShown, toldShort } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import type { EndLabel } from '../end-labels.ts'
import { frame } from '../frame.ts'
import { goalWords } from '../goal.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { type Box, bars as strips, boxes, type Spot } from '../path.ts'
import { axes, goalEnd, goalLine, type Plot, plotOf, tickWords, toSparkline } from '../plot.ts'
import type { Point } from '../series.ts'
import { fewness, hollow } from '../stroke.ts'
import { paletteOf } from '../theme.ts'
import { type Seen, valueAxis } from '../value-axis.ts'

/** Amounts by period, from zero up or, where they are negative, down. */
export const bars: Chart = {
  kind: 'bars',
  draw(picture) {
    const { points, minimum, range } = picture
    const seen = points.filter((point): point is Point & Seen => isShown(point, minimum))
    const axis = valueAxis(picture, seen, 0)
    const ticks = seen.length > 0 || range ? tickWords(picture, axis) : []
    const newest = seen.at(-1)
    const latest = { text: newest ? toldShort(newest.value, picture) : '', weight: 600 } as const
    const plot = plotOf(picture, axis, ticks, [latest, ...goalEnd(picture)], 0.5)
    const style = markup` class="tm-fill" fill="${paletteOf(picture).accent}"`
    const ends: EndLabel[] = newest ? [{ ...latest, y: plot.y(newest.value), style }] : []
    return frame(picture, {
      description: details(picture, goalWords(picture)),
      axes: axes(picture, plot, ends),
      plot: markup`${columns(picture, plot)}${goalLine(picture, plot)}`,
      transform: toSparkline(plot),
    })
  },
}

interface Column extends Box {
  readonly point: Point
  /** Where its interval ends; `null` where it has none. */
  readonly ends: readonly [low: Spot, high: Spot] | null
}

/** How much of its period a bar fills. */
const share = 0.7
/** Bars any slimmer than this have no room for their intervals. */
const slim = 5

/** Pale where a period still runs or has few answers, as in a line. */
function columns(picture: Picture, plot: Plot): Content {
  const { accent, ink, muted } = paletteOf(picture)
  const all = columnsOf(picture, plot)
  const few = fewness(all.map(({ point }) => point))
  const isPale = ({ point }: Column) => !point.complete || point.n < few
  const fill = (data: string, more: Markup | null = null) =>
    data && markup`<path class="tm-fill" fill="${accent}"${more} d="${data}"/>`
  const revised = all
    .filter(({ point }) => point.revised)
    .map(({ x, y, width, height }): Spot => [x + width / 2, y + height])
  const intervals = all.flatMap(({ ends, width }) => (ends && width > slim ? [ends] : []))
  const whiskers = strips(intervals)
  const zero = plot.y(0).toFixed(1)
  return markup`${fill(boxes(all.filter((column) => !isPale(column))))}${fill(boxes(all.filter(isPale)), markup` fill-opacity=".45"`)}<path class="tm-rule" stroke="${muted}" d="M${plot.left} ${zero}H${plot.right}"/>${whiskers && markup`<path class="tm-whisker" stroke="${ink}" stroke-width="1.5" stroke-opacity=".6" d="${whiskers}"/>`}${hollow(revised, picture)}`
}

function columnsOf({ points, minimum }: Picture, { x, y, left, right }: Plot): Column[] {
  const width = (share * (right - left)) / Math.max(1, points.length)
  return points.flatMap((point, index) => {
    if (!isShown(point, minimum)) return []
    const [middle, foot] = [x(index), y(0)]
    const ends = interval(point)
    const column = { x: middle - width / 2, y: foot, width, height: y(point.value) - foot }
    const at = (value: number): Spot => [middle, y(value)]
    return [{ ...column, point, ends: ends && ([at(ends[0]), at(ends[1])] as const) }]
  })
}
