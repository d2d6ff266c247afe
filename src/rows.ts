import { phrase } from './caption.ts'
import type { Picture } from './chart.ts'
import { formatValue } from './format.ts'
import { edge, sizes, width } from './frame.ts'
import { isolate } from './isolate.ts'
import { type Content, type Markup, markup } from './markup.ts'
import { linear } from './scale.ts'
import { clip, shorten, textWidth } from './text.ts'
import { paletteOf } from './theme.ts'

/** One line: its name where reading begins, its value at the other end. */
export interface Row {
  readonly name: string
  readonly value: string
}

/** Where the marks of rows lie, between the names and the values. */
export interface Lanes {
  readonly left: number
  readonly right: number
  /** The middle of each row that is shown. */
  readonly middles: readonly number[]
  readonly pitch: number
}

interface Rows {
  readonly rows: readonly Row[]
  /** Which row a sparkline has room for. */
  readonly brief: Row | undefined
  /** Below the rows. */
  readonly footer?: string
  readonly marks: (lanes: Lanes) => Content
}

/** Most rows that can be read at each size. */
const most = { wide: 10, phone: 5 } as const

const top = 78
const bottom = 234
/** Rows stand no further apart than this, or they would no longer be one list. */
const widest = 30
const gap = 24
/** Names and values get no more than this share of the width. */
const share = 0.36
/** Marks in less room would tell nothing. */
const least = 60
/** A name may have any length, and some marks have no width. */
const longest = 48

/** Names, marks and values in rows: as many as each size has room for, and how many more there are. */
export function drawRows(picture: Picture, given: Rows): Markup {
  const wide = layout(picture, given, 'wide')
  if (given.rows.length <= most.phone) {
    const shared = layout(picture, given, 'phone')
    return markup`<g class="tm-large">${shared}</g>${brief(picture, given)}`
  }
  return markup`<g class="tm-wide">${wide}</g><g class="tm-phone tm-large" display="none">${layout(picture, given, 'phone')}</g>${brief(picture, given)}`
}

function layout(picture: Picture, { rows, footer, marks }: Rows, look: 'wide' | 'phone'): Markup {
  const { ink, muted } = paletteOf(picture)
  const { language } = picture
  const size = sizes.note[look]
  const shown = rows.slice(0, most[look])
  const foot = [more(rows.length - shown.length, picture), footer]
    .filter((each) => each)
    .join(' · ')
  const pitch = Math.min(widest, (bottom - top) / (shown.length + (foot === '' ? 0 : 1)))
  const middle = (index: number) => top + (index + 0.5) * pitch
  const names = shown.map(({ name }) =>
    isolate(clip(shorten(name, longest), share * width, size), language),
  )
  const values = shown.map(({ value }) => clip(value, 1.2 * share * width, size))
  const widths = [names, values].map((texts) =>
    Math.max(0, ...texts.map((text) => textWidth(text, size))),
  )
  const mirrored = language.direction === 'rtl'
  const [near = 0, far = 0] = mirrored ? widths.toReversed() : widths
  const left = edge + near + gap
  const right = width - edge - far - gap
  const middles = shown.map((_, index) => middle(index))
  const drawn = right - left >= least ? marks({ left, right, middles, pitch }) : null
  return markup`${drawn}<g class="tm-note" font-size="${sizes.note.wide}"><g class="tm-ink" fill="${ink}">${column(names, 'start', middles, mirrored)}${column(values, 'end', middles, mirrored)}</g>${foot !== '' && markup`<g class="tm-muted" fill="${muted}">${column([clip(foot, 0.86 * width, size)], 'start', [middle(shown.length)], mirrored)}</g>`}</g>`
}

/** Where words are read from the right, names stand there and values at the left; marks never turn. */
function column(
  texts: readonly string[],
  end: 'start' | 'end',
  middles: readonly number[],
  mirrored: boolean,
): Content {
  const atRight = (end === 'end') !== mirrored
  return texts.map(
    (text, index) =>
      markup`<text x="${atRight ? width - edge : edge}" y="${((middles[index] ?? 0) + 5).toFixed(1)}"${atRight && markup` text-anchor="end"`}>${text}</text>`,
  )
}

function more(count: number, { language }: Picture): string | null {
  return count > 0 ? phrase(language, 'more', { n: formatValue(count, 'count', language) }) : null
}

/** The one row of a sparkline, at the size of its value's notes. */
function brief(picture: Picture, { brief: row }: Rows): Markup | null {
  if (row === undefined) return null
  const size = sizes.note.spark
  const room = width - 2 * edge - gap - textWidth(row.value, size)
  const name = isolate(clip(shorten(row.name, longest), 0.93 * room, size), picture.language)
  const mirrored = picture.language.direction === 'rtl'
  const { ink } = paletteOf(picture)
  return markup`<g class="tm-spark tm-note tm-ink" display="none" fill="${ink}">${column([name], 'start', [200], mirrored)}${column([row.value], 'end', [200], mirrored)}</g>`
}

/** The scale of rows' marks; its ends stand in from the names and values. */
export function laneScale(
  values: readonly number[],
  { left, right }: Lanes,
): (value: number) => number {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  return linear([low, high], [left + 6, right - 6])
}
