import type { Estimate } from './kpi.ts'
import type { CountedPoint, Point } from './series.ts'

/** What may be said to everybody about a window. */
export interface Disclosed {
  readonly total: Estimate
  readonly points: readonly Point[]
}

const hidden = { value: null, n: 0, low: null, high: null, reason: 'too_few' } as const

/**
 * Hides what is made of fewer answers than `minimum`, and what would give it away: where the total is
 * known, the hidden points together are the total without the others. So the smallest shown point is
 * hidden as well until the hidden ones have `minimum` answers, or nothing hidden is left to be found.
 */
export function disclose(
  all: Estimate,
  counted: readonly CountedPoint[],
  minimum: number,
): Disclosed {
  const points = counted.map(withoutParts)
  const total = estimateOf(all)
  if (total.n > 0 && total.n < minimum) return { total: hidden, points: points.map(hide) }
  const concealed = new Set(points.filter(({ n }) => n > 0 && n < minimum))
  const bySize = points
    .filter((point) => point.n > 0 && !concealed.has(point))
    .toSorted((one, other) => one.n - other.n)
  let answers = [...concealed].reduce((sum, { n }) => sum + n, 0)
  for (const point of bySize) {
    if (answers === 0 || answers >= minimum) break
    concealed.add(point)
    answers += point.n
  }
  return { total, points: points.map((point) => (concealed.has(point) ? hide(point) : point)) }
}

/** Only what is named here is said: the counts of a value are its answers, and they are not. */
function estimateOf({ value, reason, n, low, high }: Estimate): Estimate {
  return { value, ...(reason !== undefined && { reason }), n, low, high }
}

function withoutParts({ from, to, complete, revised, ...counted }: CountedPoint): Point {
  return { from, to, ...estimateOf(counted), complete, revised }
}

/** A period without answers says so; that tells nothing of anybody. */
function hide(point: Point): Point {
  return point.n === 0 ? point : { ...point, ...hidden, revised: false }
}
