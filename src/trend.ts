import { interval, isShown } from './caption.ts'
import type { Picture } from './chart.ts'
import { changeOf } from './compare.ts'
import type { Estimate } from './kpi.ts'

export type Trend = 'up' | 'down' | 'level'

/**
 * Where the value is going: the window against the one before it, or the later half of its complete
 * periods against the earlier where that is not known. It is `level` unless the 95 % interval of the
 * difference leaves zero out, and `null` where there is nothing to compare.
 */
export function trendOf(picture: Picture): Trend | null {
  const [earlier, later] = sides(picture)
  if (earlier === null || later === null) return null
  const { low, high } = changeOf(picture, earlier, later)
  if (low === null || high === null) return null
  return low > 0 ? 'up' : high < 0 ? 'down' : 'level'
}

function sides({
  before,
  total,
  points,
  minimum,
}: Picture): readonly [Estimate | null, Estimate | null] {
  if (before !== undefined) {
    return isShown(before.total, minimum) && isShown(total, minimum)
      ? [before.total, total]
      : [null, null]
  }
  const complete = points.filter((point) => point.complete)
  const middle = Math.floor(complete.length / 2)
  return [pooled(complete.slice(0, middle), minimum), pooled(complete.slice(middle), minimum)]
}

/**
 * The mean of independent values, each counting as often as it has answers, with the interval of such
 * a sum: G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008, equation 2.
 */
function pooled(estimates: readonly Estimate[], minimum: number): Estimate | null {
  const seen = estimates.flatMap((estimate) => {
    const ends = interval(estimate)
    if (ends === null || !isShown(estimate, minimum) || estimate.n === 0) return []
    const { value, n } = estimate
    return [{ value, n, below: n * (value - ends[0]), above: n * (ends[1] - value) }]
  })
  const n = seen.reduce((sum, each) => sum + each.n, 0)
  if (n === 0) return null
  const value = seen.reduce((sum, each) => sum + each.n * each.value, 0) / n
  return {
    value,
    n,
    low: value - Math.hypot(...seen.map(({ below }) => below)) / n,
    high: value + Math.hypot(...seen.map(({ above }) => above)) / n,
  }
}
