import type { Day } from './day.ts'
import { isolate } from './isolate.ts'
import type { Unit } from './kpi.ts'
import type { Language } from './language.ts'

/** Beyond this, doubles no longer tell neighbouring integers apart. */
export const largest = 1e15

/** Without the noise in the last digits of binary fractions. */
export function exact(value: number): number {
  return Number(value.toPrecision(12))
}

type Style = Intl.NumberFormatOptions

const styles: Readonly<Record<Unit, Style>> = {
  percent: { style: 'percent', maximumFractionDigits: 1 },
  points: { signDisplay: 'exceptZero', maximumFractionDigits: 0 },
  score: { minimumFractionDigits: 1, maximumFractionDigits: 2 },
  count: { maximumFractionDigits: 1 },
  seconds: { style: 'unit', unitDisplay: 'short', maximumFractionDigits: 1 },
  currency: { minimumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' },
  ratio: { maximumFractionDigits: 2 },
}

const spans = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
] as const

/** The unit of time to tell some seconds in: the largest of which there are one and a half. */
export function spanOf(seconds: number): (typeof spans)[number] {
  return spans.findLast(([, size]) => Math.abs(seconds) >= 1.5 * size) ?? spans[0]
}

/** Making one costs a hundred times what using it does. */
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(language: Language, style: Style): Intl.NumberFormat {
  const key = `${language.id} ${JSON.stringify(style)}`
  const known = numberFormats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(language.id, style)
  numberFormats.set(key, made)
  return made
}

/** How numbers like `like` are written: all in one style, with one unit of time and one precision. */
function writer(
  unit: Unit,
  language: Language,
  like: number,
  more: Style,
): (value: number) => string {
  const [span, size] = spanOf(like)
  const format = numberFormat(language, {
    signDisplay: 'negative',
    ...styles[unit],
    ...(unit === 'seconds' ? { unit: span } : {}),
    ...(unit === 'currency' && Math.abs(like) >= 1000
      ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
      : {}),
    ...(Math.abs(like) >= largest ? { notation: 'scientific' } : {}),
    ...more,
  })
  const factor = unit === 'percent' ? 100 : unit === 'seconds' ? size : 1
  return (value) => isolate(format.format(value / factor).replace('-', '−'), language)
}

/** A value in words and digits: `+42`, `61.5%`, `3.2 hr`. The minus is a real one. */
export function formatValue(value: number, unit: Unit, language: Language): string {
  return writer(unit, language, value, {})(value)
}

/** Half of an interval around `value`, as precise as the value and without its sign and unit. */
export function formatMargin(half: number, value: number, unit: Unit, language: Language): string {
  const bare: Style = { signDisplay: 'negative', style: 'decimal' }
  const scaled = unit === 'percent' ? half * 100 : half
  return writer(unit, language, value, bare)(scaled)
}

/** The labels of an axis: as many digits as its steps need, and large numbers short. */
export function formatTicks(ticks: readonly number[], unit: Unit, language: Language): string[] {
  const top = Math.max(...ticks.map(Math.abs))
  const distance = (ticks[1] ?? 0) - (ticks[0] ?? 0)
  const size = unit === 'seconds' ? evenSpan(top, distance) : 1
  const step = distance / size
  const digits = [0, 1, 2, 3, 4, 5, 6].find((count) => exact(step * 10 ** count) % 1 === 0) ?? 6
  const significant = Math.floor(Math.log10(top)) - Math.floor(Math.log10(step)) + 2
  const short: Style = {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumSignificantDigits: Math.min(21, Math.max(1, significant)),
  }
  const full: Style = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const shortened = top >= 10_000 && significant <= 4 && unit !== 'seconds'
  const like = unit === 'seconds' ? 1.5 * size : top
  return ticks.map(writer(unit, language, like, shortened ? short : full))
}

/** The largest unit of time in which an axis has steps of whole quarters. */
function evenSpan(top: number, step: number): number {
  const even = spans.findLast(([, size]) => top >= 1.5 * size && exact((4 * step) / size) % 1 === 0)
  return (even ?? spans[0])[1]
}

/** How a date is written: in full, without its year, or as the month of a year. */
export type DateStyle = 'full' | 'day' | 'month' | 'monthOnly' | 'year'

const dateStyles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  full: { dateStyle: 'medium' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  monthOnly: { month: 'short' },
  year: { year: 'numeric' },
}

/** Making one takes fifty times longer than using it, and there are few languages and styles. */
const calendars = new Map<string, Intl.DateTimeFormat>()

function calendar(style: DateStyle, language: Language): Intl.DateTimeFormat {
  const key = `${language.id} ${style}`
  const known = calendars.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(language.id, { ...dateStyles[style], timeZone: 'UTC' })
  calendars.set(key, made)
  return made
}

/** `Nov 21, 2026`, `Nov 21`, `Nov 2026`, `Nov` or `2026`, as the language writes it. */
export function formatDate(day: Day, style: DateStyle, language: Language): string {
  return isolate(calendar(style, language).format(Date.parse(day)), language)
}

/** `Oct 23 – Nov 21, 2026`, as the language writes it. */
export function formatDays(from: Day, to: Day, language: Language): string {
  const range = calendar('full', language).formatRange(Date.parse(from), Date.parse(to))
  return isolate(range, language)
}

/** An instant as people of a zone and a language write it, to the minute. */
export function formatInstant(time: number, zone: string, language: Pick<Language, 'id'>): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const
  return new Intl.DateTimeFormat(language.id, style).format(time)
}
