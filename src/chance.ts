/** Whole numbers that chance alone seldom leaves. */
export interface Band {
  readonly low: number
  readonly high: number
}

/** Weights that are smaller than this, beside the largest, no longer matter to any tail. */
const negligible = 1e-18

/**
 * Where the tails of a distribution with one peak begin, from the ratio of neighbouring probabilities:
 * exact but for rounding, and without a factorial that could overflow.
 *
 * @param peak near the most likely number.
 * @param ratio P(k + 1) / P(k); 0 at the last number there is.
 * @param tail what may lie below `low`, and above `high`, at most.
 */
function bandOf(peak: number, ratio: (k: number) => number, tail: number): Band {
  const weights = [1]
  let first = peak
  for (let weight = 1; first > 0 && weight > negligible; first--) {
    weight /= ratio(first - 1)
    weights.unshift(weight)
  }
  for (let k = peak, weight = 1; weight > negligible; k++) {
    weight *= ratio(k)
    weights.push(weight)
  }
  const allowed = tail * weights.reduce((sum, weight) => sum + weight, 0)
  return {
    low: first + within(weights, allowed),
    high: first + weights.length - 1 - within(weights.toReversed(), allowed),
  }
}

/** How many of the first weights may be left out, together not more than `allowed`. */
function within(weights: readonly number[], allowed: number): number {
  let sum = 0
  return weights.findIndex((weight) => (sum += weight) > allowed)
}

/**
 * What the next period may count, after `periods` of them that counted `total` together at one rate: the
 * Poisson distribution with the rate's own uncertainty in it, which makes it a negative binomial (Jeffreys'
 * prior; W. Meeker, G. Hahn and L. Escobar, Statistical Intervals, Wiley 2017, chapter 7).
 */
export function countBand(total: number, periods: number, tail: number): Band {
  const shape = total + 0.5
  const step = 1 / (periods + 1)
  return bandOf(Math.floor(total / periods), (k) => ((k + shape) / (k + 1)) * step, tail)
}

/**
 * How many of `n` may be so, after `part` of `whole` were at one rate: the binomial distribution with the
 * rate's own uncertainty in it, which makes it a beta-binomial (Jeffreys' prior; as above, chapter 6).
 */
export function shareBand(
  { part, whole }: { readonly part: number; readonly whole: number },
  n: number,
  tail: number,
): Band {
  const [so, not] = [part + 0.5, whole - part + 0.5]
  const ratio = (k: number) => ((n - k) * (k + so)) / ((k + 1) * (n - k - 1 + not))
  return bandOf(Math.floor((n * so) / (so + not)), ratio, tail)
}
