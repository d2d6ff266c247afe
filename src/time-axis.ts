import { type Day, daysBetween, weekday } from './day.ts'
import { type DateStyle, formatDate } from './format.ts'
import type { Language } from './language.ts'
import { memo } from './memo.ts'
import { textWidth } from './text.ts'

/** A label of the time axis; the first and the last stand inwards, so that no end is cut off. */
export interface TimeLabel {
  readonly x: number
  readonly text: string
  readonly anchor: 'start' | 'middle' | 'end'
}

/** Which periods get a label, and what it says; `before` is the period before. */
interface Rhythm {
  readonly marks: (day: Day, before: Day) => boolean
  readonly style: (day: Day, before: Day) => DateStyle
}

/** Pictures of a day share their days, and reading one takes ten times longer than knowing it. */
const weekdayOf = memo(weekday, 2000)

const month = (day: Day) => Number(day.slice(5, 7))
const year = (day: Day) => Number(day.slice(0, 4))
const turns = (day: Day, before: Day) => day.slice(0, 7) !== before.slice(0, 7)
const monthOrYear = (day: Day, before: Day) => (year(day) === year(before) ? 'monthOnly' : 'year')

/** From the finest to the coarsest. */
const rhythms: readonly Rhythm[] = [
  {
    marks: (day, before) => weekdayOf(day) === 1 && daysBetween(before, day) === 1,
    style: () => 'day',
  },
  { marks: turns, style: monthOrYear },
  { marks: (day, before) => turns(day, before) && month(day) % 3 === 1, style: monthOrYear },
  { marks: (day, before) => year(day) !== year(before), style: () => 'year' },
  {
    marks: (day, before) => year(day) !== year(before) && year(day) % 5 === 0,
    style: () => 'year',
  },
]

/** More labels than any picture has room for. */
const most = 20

/**
 * Labels for periods that begin on `days`: the first and the last, and between them the finest of
 * periods, Mondays, months, quarters and years that leaves a gap of `size` around each.
 */
export function timeLabels(
  days: readonly Day[],
  x: (index: number) => number,
  size: number,
  language: Language,
): TimeLabel[] {
  const [first, ...inner] = days
  const last = inner.pop()
  if (first === undefined) return []
  const end = endStyle(first, last ?? first, days.length)
  const label = (index: number, anchor: TimeLabel['anchor'], style: DateStyle): TimeLabel => ({
    x: x(index),
    text: formatDate(days[index] ?? first, style, language),
    anchor,
  })
  if (last === undefined) return [label(0, 'middle', end)]
  const ends = [label(0, 'start', end), label(inner.length + 1, 'end', end)] as const

  const every: Rhythm = { marks: () => true, style: () => (end === 'full' ? 'day' : end) }
  for (const rhythm of [every, ...rhythms]) {
    const marked = markedBy(rhythm, first, inner)
    if (marked.length === 0 || marked.length > most) continue
    const labels = marked.map(([index, style]) => label(index, 'middle', style))
    if (!apart(labels, size)) continue
    const between = labels.filter((each) => apart([ends[0], each, ends[1]], size))
    if (between.length > 0) return [ends[0], ...between, ends[1]]
  }
  return [...ends]
}

/** Which days a rhythm marks, at most one more than there may be. */
function markedBy(
  { marks, style }: Rhythm,
  first: Day,
  inner: readonly Day[],
): (readonly [index: number, style: DateStyle])[] {
  const marked: [index: number, style: DateStyle][] = []
  let before = first
  for (const [index, day] of inner.entries()) {
    if (marks(day, before)) marked.push([index + 1, style(day, before)])
    if (marked.length > most) break
    before = day
  }
  return marked
}

/** Years only where there is more than one, days only where periods are shorter than a month. */
function endStyle(first: Day, last: Day, count: number): DateStyle {
  if (count > 2 && daysBetween(first, last) / (count - 1) >= 28) return 'month'
  return year(first) === year(last) ? 'day' : 'full'
}

function apart(labels: readonly TimeLabel[], size: number): boolean {
  let reach = Number.NEGATIVE_INFINITY
  for (const { x, text, anchor } of labels) {
    const width = textWidth(text, size)
    const begin = x - shares[anchor] * width
    if (reach + size > begin) return false
    reach = begin + width
  }
  return true
}

const shares = { start: 0, middle: 0.5, end: 1 }
