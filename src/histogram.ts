import { z } from './interval.ts'
import type { Counters } from './part.ts'

/**
 * Values counted by the logarithm of their size, as DDSketch does (C. Masson, J. E. Rim, H. K. Lee, VLDB
 * 2019): bin i holds γ^(i−1) < x ≤ γ^i, so that its middle is at most 1 % off and bins of any days add
 * up. Number and sum are exact.
 */
export interface Histogram {
  readonly n: number
  readonly sum: number
  /** How many values each bin has; zeros are in the bin `zero`. */
  readonly bins: ReadonlyMap<number | typeof zero, number>
}

/** The bin of values that have no logarithm. */
export const zero = 'zero'

/** The ratio of a bin's ends. */
export const gamma = 1.02

/**
 * The bin of a whole number from 0. Rounded before it is cut, so that SQL's logarithm and JavaScript's
 * agree where a value is the end of a bin.
 */
export function binOf(value: number): number | typeof zero {
  if (value === 0) return zero
  const exact = Math.log(value) / Math.log(gamma)
  return Math.ceil(Number(exact.toFixed(9)))
}

/** The value that a bin stands for: as far from its lower end as from its upper, relatively. */
function middleOf(bin: number | typeof zero): number {
  return bin === zero ? 0 : (2 * gamma ** bin) / (gamma + 1)
}

/** Reads the counters `n`, `sum` and `b/<bin>`. */
export function histogramOf(counters: Counters): Histogram {
  const bins: [number | typeof zero, number][] = []
  for (const [key, count] of counters) {
    if (!key.startsWith('b/') || count === 0) continue
    const bin = key.slice('b/'.length)
    bins.push([bin === zero ? zero : Number(bin), count])
  }
  return {
    n: counters.get('n') ?? 0,
    sum: counters.get('sum') ?? 0,
    bins: new Map(bins.sort(([one], [other]) => sizeOf(one) - sizeOf(other))),
  }
}

function sizeOf(bin: number | typeof zero): number {
  return bin === zero ? -Infinity : bin
}

/** The value of the so-manieth in order, counted from 1, at most 1 % off. */
function ranked({ bins }: Histogram, rank: number): number {
  let seen = 0
  let value = 0
  for (const [bin, count] of bins) {
    value = middleOf(bin)
    seen += count
    if (seen >= rank) break
  }
  return value
}

/** The median: the mean of the two in the middle where their number is even. `null` where there is none. */
export function median(histogram: Histogram): number | null {
  const { n } = histogram
  if (n === 0) return null
  return (ranked(histogram, Math.floor((n + 1) / 2)) + ranked(histogram, Math.floor(n / 2) + 1)) / 2
}

/** The quantile by nearest rank: the smallest value that at least the share `q` does not exceed. */
export function quantile(histogram: Histogram, q: number): number | null {
  return histogram.n === 0 ? null : ranked(histogram, Math.max(1, Math.ceil(q * histogram.n)))
}

/**
 * The 95 % interval of the median, from the binomial distribution of how many lie below it, in normal
 * approximation: the values of rank n/2 ± 1.96·√n/2 (W. J. Conover, Practical Nonparametric Statistics,
 * section 3.2). `null` where the sample is too small to have such ranks.
 */
export function medianBounds(histogram: Histogram): readonly [number, number] | null {
  const { n } = histogram
  const half = (z * Math.sqrt(n)) / 2
  const low = Math.floor(n / 2 - half)
  const high = Math.ceil(n / 2 + half) + 1
  return low < 1 || high > n ? null : [ranked(histogram, low), ranked(histogram, high)]
}

/** Half the width of the 95 % interval of the mean, from the spread of the bins; `null` without any. */
export function meanMargin({ n, bins }: Histogram): number | null {
  if (n < 2) return null
  let sum = 0
  for (const [bin, count] of bins) sum += count * middleOf(bin)
  let squares = 0
  for (const [bin, count] of bins) squares += count * (middleOf(bin) - sum / n) ** 2
  return squares === 0 ? null : z * Math.sqrt(squares / (n - 1) / n)
}

/** What JSON shows of it: the bins are many, and say no more to a reader than the quantiles. */
export function histogramJson(histogram: Histogram): Record<string, number> {
  const { n, sum } = histogram
  if (n === 0) return { n, sum }
  return { n, sum, median: median(histogram) ?? 0, p90: quantile(histogram, 0.9) ?? 0 }
}
