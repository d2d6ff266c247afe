import type { Day } from './day.ts'
import { isolate } from './isolate.ts'
import type { Unit } from './kpi.ts'
import { type Language, fill } from './language.ts'

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

/** What a number measures. Without a `currency`, its sign or code has to stand beside the number. */
interface Measure {
  readonly unit: Unit
  /** ISO 4217 code. */
  readonly currency?: string | undefined
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

/** Money with its sign or code, in as many decimals as its currency has. */
function money(currency: string): Style {
  return { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }
}

/** How numbers like `like` are written: all in one style, with one unit of time and one precision. */
function writer(
  { unit, currency }: Measure,
  language: Language,
  like: number,
  more: Style,
): (value: number) => string {
  const [span, size] = spanOf(like)
  const format = numberFormat(language, {
    signDisplay: 'negative',
    ...(unit === 'currency' && currency !== undefined ? money(currency) : styles[unit]),
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

/** A value in words and digits: `+42`, `61.5%`, `3.2 hr`, `€80`. The minus is a real one. */
export function formatValue(
  value: number,
  unit: Unit,
  language: Language,
  currency?: string,
): string {
  return writer({ unit, currency }, language, value, {})(value)
}

/** The same where there is little room: from ten thousand on, in three digits and a word, `€1.23M`. */
export function formatShort(
  value: number,
  unit: Unit,
  language: Language,
  currency?: string,
): string {
  const large = Math.abs(value) >= 10_000 && Math.abs(value) < largest && unit !== 'seconds'
  const short: Style = {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 2,
    maximumSignificantDigits: 3,
  }
  return writer({ unit, currency }, language, value, large ? short : {})(value)
}

/** Half of an interval around `value`, as precise as the value and without its sign and unit. */
export function formatMargin(half: number, value: number, unit: Unit, language: Language): string {
  const bare: Style = { signDisplay: 'negative', style: 'decimal' }
  const scaled = unit === 'percent' ? half * 100 : half
  return writer({ unit }, language, value, bare)(scaled)
}

/**
 * By how much a value changed, with its sign. A share changes by percentage points, whose name the
 * language has.
 */
export function formatChange(
  by: number,
  unit: Unit,
  language: Language,
  currency?: string,
): string {
  const signed: Style = { signDisplay: 'exceptZero' }
  if (unit !== 'percent') return writer({ unit, currency }, language, by, signed)(by)
  const points = writer({ unit }, language, by, { ...signed, style: 'decimal' })(100 * by)
  return isolate(fill(language.chart.pp, { value: points }), language)
}

/** The labels of an axis: as many digits as its steps need, and large numbers short. */
export function formatTicks(
  ticks: readonly number[],
  unit: Unit,
  language: Language,
  currency?: string,
): string[] {
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
  return ticks.map(writer({ unit, currency }, language, like, shortened ? short : full))
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

/** Writing one takes as long as all the rest of a badge, and every picture of a day has the same. */
const ranges = new Map<string, string>()
const mostRanges = 500

/** `Oct 23 – Nov 21, 2026`, as the language writes it. */
export function formatDays(from: Day, to: Day, language: Language): string {
  const key = `${language.id} ${from} ${to}`
  const known = ranges.get(key)
  if (known !== undefined) return known
  const range = calendar('full', language).formatRange(Date.parse(from), Date.parse(to))
  const made = isolate(range, language)
  if (ranges.size >= mostRanges) ranges.clear()
  ranges.set(key, made)
  return made
}

/** An instant as people of a zone and a language write it, to the minute. */
export function formatInstant(time: number, zone: string, language: Pick<Language, 'id'>): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const
  return new Intl.DateTimeFormat(language.id, style).format(time)
}
