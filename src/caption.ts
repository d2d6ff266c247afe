import type { Picture } from './chart.ts'
import { formatDate, formatDays, formatMargin, formatValue } from './format.ts'
import { isolate } from './isolate.ts'
import type { Estimate } from './kpi.ts'
import { type Language, fill } from './language.ts'
import { stretches } from './path.ts'
import type { Point } from './series.ts'
import { shorten } from './text.ts'

/** A text of the language with its holes filled, whatever stands beside it. */
function phrase(
  language: Language,
  text: keyof Language['chart'],
  holes: Readonly<Record<string, string | number>> = {},
): string {
  return isolate(fill(language.chart[text], holes), language)
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

/** The ends of the interval, where there is one. */
export function interval({ low, high }: Estimate): readonly [low: number, high: number] | null {
  return low !== null && high !== null && Number.isFinite(low) && Number.isFinite(high)
    ? [low, high]
    : null
}

/** An interval whose halves differ more than this is not told as one number. */
const evenness = 0.8

/** `±8`, the wider half of the interval; `null` where there is none or where it leans to one side. */
export function margin({ total, unit, language }: Picture): string | null {
  const ends = interval(total)
  if (ends === null || total.value === null) return null
  const below = total.value - ends[0]
  const above = ends[1] - total.value
  if (Math.min(below, above) < evenness * Math.max(below, above)) return null
  return `±${formatMargin(Math.max(below, above), total.value, unit, language)}`
}

/** The sample size, in words. */
export function sample({ total, language }: Picture): string {
  return phrase(language, 'n', { n: formatValue(total.n, 'count', language) })
}

/** The 95 % interval from end to end, in words. */
export function intervalWords({ total, unit, language }: Picture): string | null {
  const ends = interval(total)
  if (ends === null) return null
  const [from, to] = ends.map((end) => formatValue(end, unit, language))
  return phrase(language, 'interval', { from: from ?? '', to: to ?? '' })
}

/** The day of the newest number, in words. */
export function asOf({ asOf: day, language }: Picture): string | null {
  return day && phrase(language, 'asOf', { day: formatDate(day, 'full', language) })
}

/** Everything that defends the value, for those who hear the picture or hover over it. */
export function caption(picture: Picture): string {
  const { total, minimum, unit, language, from, to } = picture
  const value = isShown(total, minimum)
    ? [formatValue(total.value, unit, language), intervalWords(picture), sample(picture)]
    : [silence(picture)]
  return [...value, formatDays(from, to, language), asOf(picture)]
    .filter((part) => part !== null)
    .join('; ')
}

/** How many gaps are told one by one. */
const mostGaps = 3

/** The caption, what still runs, and which periods are gaps because they have too few answers. */
export function description(picture: Picture): string {
  const { label, points, minimum, language } = picture
  const seen = (point: Point) => isShown(point, minimum)
  const days = (run: readonly Point[]) =>
    run.slice(0, 1).map(({ from }) => formatDays(from, run.at(-1)?.to ?? from, language))
  const gaps = stretches(points.map((point) => (seen(point) ? null : point))).flatMap(days)
  const told = gaps.length > mostGaps ? [...gaps.slice(0, mostGaps), '…'] : gaps
  const why = minimum > 1 ? phrase(language, 'tooFew', { n: minimum }) : phrase(language, 'noData')
  const running = stretches(points.map((point) => (seen(point) && !point.complete ? point : null)))
  return [
    `${shorten(label, longestLabel)}: ${caption(picture)}`,
    ...running.flatMap(days).map((day) => phrase(language, 'incomplete', { day })),
    ...(gaps.length > 0 ? [`${told.join('; ')}: ${why}`] : []),
  ].join('. ')
}
