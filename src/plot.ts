import type { Picture } from './chart.ts'
import type { Day } from './day.ts'
import { type EndLabel, endLabels, endRoom } from './end-labels.ts'
import { edge, sizes, sparkline, width } from './frame.ts'
import { formatTicks } from './format.ts'
import { goalName } from './goal.ts'
import { type Content, type Markup, markup } from './markup.ts'
import { type Axis, linear } from './scale.ts'
import { textWidth } from './text.ts'
import { paletteOf } from './theme.ts'
import { timeLabels } from './time-axis.ts'

const top = 100
const bottom = 204
const timeline = 228
/** Between the axis's labels and the first period. */
const gap = 12

/** Where the periods and values of a picture lie. */
export interface Plot {
  readonly axis: Axis
  /** Of the axis's ticks; none where there is nothing to measure. */
  readonly labels: readonly string[]
  readonly left: number
  readonly right: number
  /** The first day of each period. */
  readonly begins: readonly Day[]
  /** The middle of a period. */
  readonly x: (index: number) => number
  readonly y: (value: number) => number
}

/**
 * The plot of a picture over time.
 *
 * @param ends what will stand at the right of it.
 * @param inset how much of a period lies outside of its middle: 0 for a line, ½ for bars.
 */
export function plotOf(
  picture: Picture,
  axis: Axis,
  ticks: readonly string[],
  ends: readonly Pick<EndLabel, 'text' | 'weight'>[],
  inset: number,
): Plot {
  const { points, from, to } = picture
  const labelled = Math.max(0, ...ticks.map((tick) => textWidth(tick, sizes.note.phone) + gap))
  const left = Math.ceil(edge + labelled)
  const right = Math.floor(width - endRoom(ends))
  const begins = points.length > 0 ? points.map((point) => point.from) : [...new Set([from, to])]
  const x = linear([-inset, begins.length - 1 + inset], [left, right])
  return { axis, labels: ticks, left, right, begins, x, y: linear(axis.domain, [bottom, top]) }
}

/** The labels of an axis, in the picture's unit. */
export function tickWords({ unit, language, currency }: Picture, { ticks }: Axis): string[] {
  return formatTicks(ticks, unit, language, currency)
}

/** The target's name, to stand at the right of its line. */
export function goalEnd(picture: Picture): Pick<EndLabel, 'text' | 'weight'>[] {
  const text = goalName(picture)
  return text === null ? [] : [{ text, weight: 400 }]
}

/** Gridlines, the labels of both axes, and at the right what names the series. */
export function axes(picture: Picture, plot: Plot, ends: readonly EndLabel[]): Markup {
  const { axis, labels, right, begins, x, y } = plot
  const { line, muted } = paletteOf(picture)
  const rows = axis.ticks.map((tick) => Number(y(tick).toFixed(1)))
  const grid = rows.map((row) => `M${edge} ${row}H${right}`).join('')
  const values = labels.map((label, index) => {
    const crowded = labels.length === 5 && index % 2 === 1
    return markup`<text${crowded && markup` class="tm-wide"`} x="${edge}" y="${(rows[index] ?? bottom) - 5}">${label}</text>`
  })
  const days = timeLabels(begins, x, sizes.note.phone, picture.language).map(
    (day) =>
      markup`<text x="${Number(day.x.toFixed(1))}" y="${timeline}"${day.anchor !== 'start' && markup` text-anchor="${day.anchor}"`}>${day.text}</text>`,
  )
  const goals = goalEnd(picture).map((end) => ({
    ...end,
    y: y(picture.target ?? 0),
    style: markup` class="tm-muted" fill="${muted}"`,
  }))
  const names = endLabels([...ends, ...goals], right, [top, bottom])
  return markup`<g class="tm-axis tm-note" font-size="${sizes.note.wide}"><path class="tm-grid" stroke="${line}" d="${grid}"/><g class="tm-muted" fill="${muted}">${values}${days}</g>${names}</g>`
}

/** The line that is to be reached. */
export function goalLine(picture: Picture, { left, right, y }: Plot): Content {
  const { target } = picture
  if (target === undefined || !Number.isFinite(target)) return null
  return markup`<path class="tm-rule" stroke="${paletteOf(picture).muted}" stroke-width="1.5" stroke-dasharray="5 5" stroke-linecap="butt" d="M${left} ${y(target).toFixed(1)}H${right}"/>`
}

/** The CSS transform from here to where a sparkline has its plot. */
export function toSparkline({ left, right }: Plot): string {
  const wide = (width - 2 * edge - gap) / (right - left)
  const high = (sparkline.bottom - sparkline.top) / (bottom - top)
  const [x, y] = [edge - left * wide, sparkline.top - top * high]
  return `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)scale(${wide.toFixed(3)},${high.toFixed(3)})`
}
