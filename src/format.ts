import type { Day } from './day.ts'
import { isolate } from './isolate.ts'
import type { Unit } from './kpi.ts'
import { type Language, fill } from './language.ts'
import { memo } from './memo.ts'

/** Beyond this, doubles no longer tell neighbouring integers apart. */
export const largest = 1e15

/** Without the noise in the last digits of binary fractions. */
export function exact(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return value === 0 ? 0 : value
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

/** How large numbers of some unit are, as far as it changes how they are written. */
type Magnitude = (typeof spans)[number][0] | 'plain' | 'whole' | 'vast'

function magnitudeOf(like: number, unit: Unit): Magnitude {
  const size = Math.abs(like)
  if (size >= largest) return 'vast'
  if (unit === 'seconds') return spanOf(like)[0]
  return unit === 'currency' && size >= 1000 ? 'whole' : 'plain'
}

function spanAt(magnitude: Magnitude): (typeof spans)[number] {
  return spans.find(([span]) => span === magnitude) ?? spans[3]
}

/** Money with its sign or code, in as many decimals as its currency has. */
function money(currency: string): Style {
  return { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }
}

/** What a number measures. Without a `currency`, its sign or code has to stand beside the number. */
interface Measure {
  readonly unit: Unit
  /** ISO 4217 code. */
  readonly currency: string | undefined
  readonly magnitude: Magnitude
}

function styleOf({ unit, currency, magnitude }: Measure): Style {
  return {
    signDisplay: 'negative',
    ...(unit === 'currency' && currency !== undefined ? money(currency) : styles[unit]),
    ...(unit === 'seconds' ? { unit: spanAt(magnitude)[0] } : {}),
    ...(unit === 'currency' && magnitude !== 'plain'
      ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
      : {}),
    ...(magnitude === 'vast' ? { notation: 'scientific' } : {}),
  }
}

/**
 * Writes the numbers of one style. Making a format costs a hundred times what using it does, and using
 * it ten times what looking up a number does that was written before.
 */
function makeWriter(language: Language, measure: Measure, more: Style): (value: number) => string {
  const { unit, magnitude } = measure
  const format = new Intl.NumberFormat(language.id, { ...styleOf(measure), ...more })
  const factor = unit === 'percent' ? 100 : unit === 'seconds' ? spanAt(magnitude)[1] : 1
  return memo(
    (value: number) => isolate(format.format(value / factor).replace('-', '−'), language),
    100,
  )
}

/** One memo in another, as putting all that a style depends on into one key takes longer. */
const writersOf = memo(
  (language: Language) =>
    memo(
      (unit: Unit) =>
        memo(
          (currency: string | undefined) =>
            memo(
              (magnitude: Magnitude) =>
                memo(
                  (more: Style) => makeWriter(language, { unit, currency, magnitude }, more),
                  20,
                ),
              10,
            ),
          10,
        ),
      10,
    ),
  20,
)

/** How numbers like `like` are written: all in one style, with one unit of time and one precision. */
function writer(
  { unit, currency }: Omit<Measure, 'magnitude'>,
  language: Language,
  like: number,
  more: Style,
): (value: number) => string {
  return writersOf(language)(unit)(currency)(magnitudeOf(like, unit))(more)
}

/** Styles are told apart by identity, so that each is made once. */
const ordinary: Style = {}
const bare: Style = { signDisplay: 'negative', style: 'decimal' }
const signed: Style = { signDisplay: 'exceptZero' }
const signedBare: Style = { ...signed, style: 'decimal' }
const short: Style = {
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
  maximumSignificantDigits: 3,
}
const compact = memo(
  (significant: number): Style => ({
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumSignificantDigits: significant,
  }),
  21,
)
const decimals = memo(
  (digits: number): Style => ({ minimumFractionDigits: digits, maximumFractionDigits: digits }),
  7,
)

/** A value in words and digits: `+42`, `61.5%`, `3.2 hr`, `€80`. The minus is a real one. */
export function formatValue(
  value: number,
  unit: Unit,
  language: Language,
  currency?: string,
): string {
  return writer({ unit, currency }, language, value, ordinary)(value)
}

/** The same where there is little room: from ten thousand on, in three digits and a word, `€1.23M`. */
export function formatShort(
  value: number,
  unit: Unit,
  language: Language,
  currency?: string,
): string {
  const large = Math.abs(value) >= 10_000 && Math.abs(value) < largest && unit !== 'seconds'
  return writer({ unit, currency }, language, value, large ? short : ordinary)(value)
}

/** Half of an interval around `value`, as precise as the value and without its sign and unit. */
export function formatMargin(half: number, value: number, unit: Unit, language: Language): string {
  const scaled = unit === 'percent' ? half * 100 : half
  return writer({ unit, currency: undefined }, language, value, bare)(scaled)
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
  if (unit !== 'percent') return writer({ unit, currency }, language, by, signed)(by)
  const points = writer({ unit, currency }, language, by, signedBare)(100 * by)
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
  const shortened = top >= 10_000 && significant <= 4 && unit !== 'seconds'
  const style = shortened ? compact(Math.min(21, Math.max(1, significant))) : decimals(digits)
  const like = unit === 'seconds' ? 1.5 * size : top
  return ticks.map(writer({ unit, currency }, language, like, style))
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
const calendar = memo(
  (language: Language) =>
    memo(
      (style: DateStyle) =>
        new Intl.DateTimeFormat(language.id, { ...dateStyles[style], timeZone: 'UTC' }),
      5,
    ),
  20,
)

const dates = memo(
  (language: Language) =>
    memo(
      (style: DateStyle) =>
        memo(
          (day: Day) => isolate(calendar(language)(style).format(Date.parse(day)), language),
          500,
        ),
      5,
    ),
  20,
)

/** `Nov 21, 2026`, `Nov 21`, `Nov 2026`, `Nov` or `2026`, as the language writes it. */
export function formatDate(day: Day, style: DateStyle, language: Language): string {
  return dates(language)(style)(day)
}

/** Writing one takes as long as all the rest of a badge, and every picture of a day has the same. */
const ranges = memo(
  (language: Language) =>
    memo(
      (from: Day) =>
        memo((to: Day) => {
          const format = calendar(language)('full')
          return isolate(format.formatRange(Date.parse(from), Date.parse(to)), language)
        }, 20),
      50,
    ),
  20,
)

/** `Oct 23 – Nov 21, 2026`, as the language writes it. */
export function formatDays(from: Day, to: Day, language: Language): string {
  return ranges(language)(from)(to)
}

/** An instant as people of a zone and a language write it, to the minute. */
export function formatInstant(time: number, zone: string, language: Pick<Language, 'id'>): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const
  return new Intl.DateTimeFormat(language.id, style).format(time)
}
