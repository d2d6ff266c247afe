import type { Picture } from './chart.ts'
import { formatDate, formatDays, formatMargin, formatValue } from './format.ts'
import type { Estimate } from './kpi.ts'
import { fill } from './language.ts'

/** Whether an estimate has a value that may be seen. */
export function isShown(
  estimate: Estimate,
  minimum: number,
): estimate is Estimate & { readonly value: number } {
  return Number.isFinite(estimate.value) && estimate.n >= minimum
}

/** Why the value is not shown, in words that tell no more than that. */
export function silence({ total, minimum, language }: Picture): string {
  const few = total.value !== null && total.n < minimum
  return few ? fill(language.chart.tooFew, { n: minimum }) : language.chart.noData
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
  return fill(language.chart.n, { n: formatValue(total.n, 'count', language) })
}

/** The 95 % interval from end to end, in words. */
export function intervalWords({ total, unit, language }: Picture): string | null {
  const ends = interval(total)
  if (ends === null) return null
  const [from, to] = ends.map((end) => formatValue(end, unit, language))
  return fill(language.chart.interval, { from: from ?? '', to: to ?? '' })
}

/** The day of the newest number, in words. */
export function asOf({ asOf: day, language }: Picture): string | null {
  return day && fill(language.chart.asOf, { day: formatDate(day, 'full', language) })
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
