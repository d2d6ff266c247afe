import type { Estimate } from './kpi.ts'

/** The two-sided 95 % quantile of the normal distribution. */
export const z = 1.959963984540054

/** Fewer than this are few: below it intervals are wide, and their normal approximations doubtful. */
export const enough = 30

const nothing: Estimate = { value: null, n: 0, low: null, high: null, reason: 'no_data' }

/**
 * A share in percent with its Wilson score interval (E. B. Wilson, JASA 22, 1927): unlike the textbook
 * interval it stays within 0–100 and keeps its width where nobody or everybody agrees.
 */
export function share(part: number, whole: number): Estimate {
  if (whole === 0) return { ...nothing, reason: 'no_denominator' }
  const p = part / whole
  const scale = 1 + z ** 2 / whole
  const centre = (p + z ** 2 / (2 * whole)) / scale
  const half = (z * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2))) / scale
  return {
    value: (100 * part) / whole,
    n: whole,
    // Nobody and everybody bound their own interval, which a rounding error would not quite reach.
    low: part === 0 ? 0 : 100 * (centre - half),
    high: part === whole ? 100 : 100 * (centre + half),
  }
}

/** A number of events with the score interval of its rate: Wilson's of a share that is rare. */
export function events(n: number): { value: number; low: number; high: number } {
  const centre = n + z ** 2 / 2
  const half = z * Math.sqrt(n + z ** 2 / 4)
  return { value: n, low: Math.max(0, centre - half), high: centre + half }
}

/**
 * `scale` times the mean of what the answers weigh, with its interval. A sample without any variance
 * (one answer, or all alike) tells nothing about its own error, so it has none.
 */
function weightedMean(
  answers: ReadonlyMap<number, number>,
  weight: (value: number) => number,
  { scale, freedom }: { scale: number; freedom: 0 | 1 },
): Estimate {
  let n = 0
  let sum = 0
  let squares = 0
  for (const [value, count] of answers) {
    n += count
    sum += count * weight(value)
    squares += count * weight(value) ** 2
  }
  if (n === 0) return nothing
  const value = (scale * sum) / n
  // Whole numbers, so that equal answers give exactly 0 and not a rounding error.
  const spread = n * squares - sum ** 2
  if (spread === 0) return { value, n, low: null, high: null }
  const half = scale * z * Math.sqrt(spread / (n * (n - freedom)) / n)
  return { value, n, low: value - half, high: value + half }
}

/** The mean answer, with the interval of the sample's variance s² = Σ(x − x̄)² / (n − 1). */
export function mean(answers: ReadonlyMap<number, number>): Estimate {
  return weightedMean(answers, (value) => value, { scale: 1, freedom: 1 })
}

/**
 * Promoters' share minus detractors' share, in points. Each answer counts as +1, 0 or −1, so the
 * variance is p + d − (p − d)², over n. The interval ends at −100 and 100.
 */
export function netScore(
  answers: ReadonlyMap<number, number>,
  bucket: (value: number) => -1 | 0 | 1,
): Estimate {
  const estimate = weightedMean(answers, bucket, { scale: 100, freedom: 0 })
  const { low, high } = estimate
  return {
    ...estimate,
    low: low === null ? null : Math.max(-100, low),
    high: high === null ? null : Math.min(100, high),
  }
}
