import { description, interval, isShown } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import type { Day } from '../day.ts'
import { formatTicks, formatValue } from '../format.ts'
import { edge, frame, paletteOf, sizes, sparkline, width } from '../frame.ts'
import type { Unit } from '../kpi.ts'
import { type Markup, markup } from '../markup.ts'
import { type Axis, fittedAxis, fixedAxis, linear } from '../scale.ts'
import type { Point } from '../series.ts'
import { type Mark, strokes } from '../stroke.ts'
import { textWidth } from '../text.ts'
import { timeLabels } from '../time-axis.ts'

const top = 100
const bottom = 204
const timeline = 228
const gap = 12

/** Values over time, with their intervals. */
export const line: Chart = {
  kind: 'line',
  draw(picture) {
    const plot = plotOf(picture)
    return frame(picture, {
      description: description(picture),
      axes: axes(picture, plot),
      plot: strokes(plot.marks, paletteOf(picture)),
      transform: toSparkline(plot),
    })
  },
}

type Shown = Point & { readonly value: number }

interface Plot {
  readonly axis: Axis
  /** Of the axis's ticks; none where there is nothing to measure. */
  readonly labels: readonly string[]
  /** Of the newest value, at the end of the line. */
  readonly latest: string
  readonly left: number
  readonly right: number
  /** The first day of each period. */
  readonly begins: readonly Day[]
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  /** One for each point; `null` is a gap. */
  readonly marks: readonly (Mark | null)[]
}

function plotOf(picture: Picture): Plot {
  const { points, minimum, range, unit, language } = picture
  const shown = points.map((point) => (isShown(point, minimum) ? point : null))
  const seen = shown.filter((point) => point !== null)
  const axis = axisOf(picture, seen)
  const labels = seen.length > 0 || range ? formatTicks(axis.ticks, unit, language) : []
  const newest = seen.at(-1)
  const latest = newest ? formatValue(newest.value, unit, language) : ''
  const left =
    edge + Math.max(0, ...labels.map((label) => textWidth(label, sizes.note.phone) + gap))
  const right = width - edge - gap - textWidth(latest, sizes.note.phone, 600)
  const begins =
    points.length > 0 ? points.map(({ from }) => from) : [...new Set([picture.from, picture.to])]
  const x = linear([0, begins.length - 1], [left, right])
  const y = linear(axis.domain, [bottom, top])
  const marks = shown.map((point, index) => {
    if (point === null) return null
    const ends = interval(point)
    return {
      spot: [x(index), y(point.value)] as const,
      band: ends && ([y(ends[0]), y(ends[1])] as const),
      n: point.n,
      complete: point.complete,
      revised: point.revised,
    }
  })
  return { axis, labels, latest, left, right, begins, x, y, marks }
}

/** Amounts are compared by their height, so their axis begins at zero. */
const amounts: readonly Unit[] = ['count', 'currency', 'seconds']

function axisOf({ range, unit }: Picture, seen: readonly Shown[]): Axis {
  if (range !== undefined) return fixedAxis(...range)
  if (seen.length === 0) return fixedAxis(0, 1)
  const values = seen.flatMap((point) => [point.value, ...(interval(point) ?? [])])
  if (amounts.includes(unit)) values.push(0)
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  return fittedAxis(low, high, unit)
}

function axes(picture: Picture, { axis, labels, latest, begins, x, y, marks }: Plot): Markup {
  const { accent, line, muted } = paletteOf(picture)
  const rows = axis.ticks.map((tick) => Number(y(tick).toFixed(1)))
  const grid = rows.map((row) => `M${edge} ${row}H${width - edge}`).join('')
  const values = labels.map((label, index) => {
    const crowded = labels.length === 5 && index % 2 === 1
    return markup`<text${crowded && markup` class="tm-wide"`} x="${edge}" y="${(rows[index] ?? bottom) - 5}">${label}</text>`
  })
  const days = timeLabels(begins, x, sizes.note.phone, picture.language).map(
    (day) =>
      markup`<text x="${day.x.toFixed(1)}" y="${timeline}"${day.anchor !== 'start' && markup` text-anchor="${day.anchor}"`}>${day.text}</text>`,
  )
  const end = marks.findLast((mark) => mark !== null)?.spot
  const name =
    end &&
    markup`<text class="tm-fill" x="${(end[0] + 8).toFixed(1)}" y="${(end[1] + 5).toFixed(1)}" fill="${accent}" font-weight="600">${latest}</text>`
  return markup`<g class="tm-axis tm-note" font-size="${sizes.note.wide}"><path class="tm-grid" stroke="${line}" d="${grid}"/><g class="tm-muted" fill="${muted}">${values}${days}</g>${name}</g>`
}

/** The CSS transform from here to where a sparkline has its plot. */
function toSparkline({ left, right }: Plot): string {
  const wide = (width - 2 * edge - gap) / (right - left)
  const high = (sparkline.bottom - sparkline.top) / (bottom - top)
  const [x, y] = [edge - left * wide, sparkline.top - top * high]
  return `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)scale(${wide.toFixed(3)},${high.toFixed(3)})`
}
