import { type Histogram, meanMargin, median, medianBounds, quantile } from './histogram.ts'
import type { Estimate, Reason } from './kpi.ts'
import { digitsOf } from './money.ts'

/** No value, and why. */
export function unknown(reason: Reason, n = 0): Estimate {
  return { value: null, n, low: null, high: null, reason }
}

/** A number of things: nothing happened is 0, which is a value. */
export function number(n: number): Estimate {
  return { value: n, n, low: null, high: null }
}

/** One number over another, `scale` times; not a sample, so without interval. */
export function ratio(
  part: number,
  whole: number,
  { scale = 1, n = whole }: { scale?: number; n?: number } = {},
): Estimate {
  if (whole === 0) return unknown('no_denominator')
  return { value: (scale * part) / whole, n, low: null, high: null }
}

/** Minor units as the currency's major ones. */
export function major(minor: number, currency: string): number {
  return minor / 10 ** digitsOf(currency)
}

/** An amount of money, made of `n` facts. */
export function money(minor: number, n: number, currency: string): Estimate {
  return { value: major(minor, currency), n, low: null, high: null }
}

/** The median of values in units of `unit`, with mean and 90th percentile beside it. */
export function medianOf(histogram: Histogram, unit: number): Estimate {
  const middle = median(histogram)
  if (middle === null) return unknown('no_data')
  const [low, high] = medianBounds(histogram) ?? [null, null]
  return {
    value: middle / unit,
    n: histogram.n,
    low: low === null ? null : low / unit,
    high: high === null ? null : high / unit,
    also: {
      mean: histogram.sum / histogram.n / unit,
      p90: scaled(quantile(histogram, 0.9), unit),
    },
  }
}

/** The mean of values in units of `unit`, with median and 90th percentile beside it. */
export function meanOf(histogram: Histogram, unit: number): Estimate {
  const { n, sum } = histogram
  if (n === 0) return unknown('no_data')
  const value = sum / n / unit
  const margin = meanMargin(histogram)
  return {
    value,
    n,
    low: margin === null ? null : Math.max(0, value - margin / unit),
    high: margin === null ? null : value + margin / unit,
    also: {
      median: scaled(median(histogram), unit),
      p90: scaled(quantile(histogram, 0.9), unit),
    },
  }
}

function scaled(value: number | null, unit: number): number | null {
  return value === null ? null : value / unit
}
