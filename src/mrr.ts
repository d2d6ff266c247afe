import { invalid } from './problem.ts'

export type Interval = 'day' | 'week' | 'month' | 'year'

/** Months in an interval as a fraction: a year has 365 days and 52 weeks of charges, and twelve months. */
const months: Readonly<Record<Interval, readonly [numerator: number, denominator: number]>> = {
  day: [12, 365],
  week: [12, 52],
  month: [1, 1],
  year: [12, 1],
}

/** @throws Problem where a vendor bills by something else. */
export function intervalOf(path: string, text: string): Interval {
  const interval = text.toLowerCase()
  if (interval === 'day' || interval === 'week' || interval === 'month' || interval === 'year') {
    return interval
  }
  throw invalid(path, `Expected day, week, month or year: current value is ${text.slice(0, 40)}`)
}

/** What is charged again and again: minor units, every so many intervals. */
export interface Charge {
  readonly units: number
  readonly every: number
  readonly interval: Interval
}

/**
 * What charges come to in a month, in minor units: each spread evenly over its interval, rounded once at
 * the end, half up (docs.stripe.com/billing/subscriptions/analytics: a yearly price counts a twelfth).
 *
 * @throws Problem where a charge comes every 0 intervals, or where the sum is beyond 2^53.
 */
export function monthly(charges: readonly Charge[]): number {
  // Over one denominator, so that twelfths and fifty-seconds add up without losing a unit.
  const common = 12n * 365n * 52n
  let sum = 0n
  for (const { units, every, interval } of charges) {
    if (every < 1) throw invalid('interval', 'Expected a charge every 1 interval or more')
    const [numerator, denominator] = months[interval]
    sum += ratio(BigInt(units) * BigInt(denominator) * common, BigInt(numerator) * BigInt(every))
  }
  const rounded = Number(ratio(sum, common))
  if (!Number.isSafeInteger(rounded)) throw invalid('amount', 'The amount is beyond 2^53')
  return rounded
}

/** A quotient of whole numbers, rounded half up. */
function ratio(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}
