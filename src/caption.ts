import type { Picture } from './chart.ts'
import { formatDate, formatDays, formatMargin, formatShort, formatValue } from './format.ts'
import { isolate } from './isolate.ts'
import type { Estimate } from './kpi.ts'
import { type Language, fill } from './language.ts'
import { stretches } from './path.ts'
import type { Point } from './series.ts'
import { shorten, textWidth } from './text.ts'

/** A text of the language with its holes filled, whatever stands beside it. */
export function phrase(
  language: Language,
  text: keyof Language['chart'],
  holes: Readonly<Record<string, string | number>> = {},
): string {
  return isolate(fill(language.chart[text], holes), language)
}

/** A value of the picture in words and digits. */
export function told(
  value: number,
  { unit, language, currency }: Pick<Picture, 'unit' | 'language' | 'currency'>,
): string {
  return formatValue(value, unit, language, currency)
}

/** The same where there is little room. */
export const toldShort: typeof told = (value, { unit, language, currency }) =>
  formatShort(value, unit, language, currency)

/** The value of the whole window, as exactly as there is room for in bold. */
export function toldWithin(room: number, size: number, value: number, picture: Picture): string {
  const whole = told(value, picture)
  return textWidth(whole, size, 600) <= room ? whole : toldShort(value, picture)
}

/** How much of a name is told; a segment may have any length. */
export const longestLabel = 64

/** Whether an estimate has a value that may be seen. */
export function isShown(
  estimate: Estimate,
  minimum: number,
): estimate is Estimate & { readonly value: number } {
  return Number.isFinite(estimate.value) && estimate.n >= minimum
}

/** Why the value is not shown, in words that tell no more than that. */
export function silence({ total, minimum, language }: Picture): string {
  const few = total.reason === 'too_few' || (total.value !== null && total.n < minimum)
  return few ? phrase(language, 'tooFew', { n: minimum }) : phrase(language, 'noData')
}

/** Why there is nothing beside the value: all of it has too few answers, or there is none. */
export function absence({ total, minimum, language }: Picture): string {
  const few = minimum > 1 && (total.n > 0 || total.reason === 'too_few')
  return few ? phrase(language, 'tooFew', { n: minimum }) : phrase(language, 'noData')
}

/** The ends of the interval, where there is one. */
export function interval({ low, high }: Estimate): readonly [low: number, high: number] | null {
  return low !== null && high !== null && Number.isFinite(low) && Number.isFinite(high)
    ? [low, high]
    : null
}

/** A value with its unit and the language it is told in. */
export type Told = Pick<Picture, 'total' | 'unit' | 'language' | 'currency'>

/** An interval whose halves differ more than this is not told as one number. */
const evenness = 0.8

/** `±8`, the wider half of the interval; `null` where there is none or where it leans to one side. */
export function margin({ total, unit, language }: Told): string | null {
  const ends = interval(total)
  if (ends === null || total.value === null) return null
  const below = total.value - ends[0]
  const above = ends[1] - total.value
  if (Math.min(below, above) < evenness * Math.max(below, above)) return null
  return isolate(`±${formatMargin(Math.max(below, above), total.value, unit, language)}`, language)
}

/** The sample size, in words. */
export function sample({ total, language }: Pick<Told, 'total' | 'language'>): string {
  return phrase(language, 'n', { n: formatValue(total.n, 'count', language) })
}

/** The 95 % interval from end to end, in words. */
export function intervalWords(given: Told): string | null {
  const ends = interval(given.total)
  if (ends === null) return null
  const [from, to] = [told(ends[0], given), told(ends[1], given)]
  return phrase(given.language, 'interval', { from, to })
}

/** The day of the newest number, in words. */
export function asOf({ asOf: day, language }: Picture): string | null {
  return day && phrase(language, 'asOf', { day: formatDate(day, 'full', language) })
}

/** Everything that defends the value, for those who hear the picture or hover over it. */
export function caption(picture: Picture): string {
  const { total, minimum, language, from, to } = picture
  const value = isShown(total, minimum)
    ? [told(total.value, picture), intervalWords(picture), sample(picture)]
    : [silence(picture)]
  return joined('; ', [...value, formatDays(from, to, language), asOf(picture)])
}

function joined(between: string, parts: readonly (string | null)[]): string {
  let text = ''
  for (const part of parts) {
    if (part !== null) text += text === '' ? part : between + part
  }
  return text
}

/** How many gaps are told one by one. */
const mostGaps = 3

/** A picture in words, for where it is seen without its title. */
export function description(picture: Picture): string {
  return `${shorten(picture.label, longestLabel)}: ${details(picture)}`
}

/**
 * The caption, what still runs, which periods are gaps because they have too few answers, and what a
 * kind of chart has to say besides.
 */
export function details(picture: Picture, ...more: readonly (string | null)[]): string {
  const { points, minimum, language } = picture
  const seen = (point: Point) => isShown(point, minimum)
  const days = (run: readonly Point[]) =>
    run.slice(0, 1).map(({ from }) => formatDays(from, run.at(-1)?.to ?? from, language))
  const gaps = stretches(points.map((point) => (seen(point) ? null : point))).flatMap(days)
  const named = gaps.length > mostGaps ? [...gaps.slice(0, mostGaps), '…'] : gaps
  const why = minimum > 1 ? phrase(language, 'tooFew', { n: minimum }) : phrase(language, 'noData')
  const running = stretches(points.map((point) => (seen(point) && !point.complete ? point : null)))
  return [
    caption(picture),
    ...running.flatMap(days).map((day) => phrase(language, 'incomplete', { day })),
    ...(gaps.length > 0 ? [`${named.join('; ')}: ${why}`] : []),
    ...more.filter((each) => each !== null),
  ].join('. ')
}
