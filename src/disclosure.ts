import { type Estimate, type Kpi, reads } from './kpi.ts'
import type { CountedPoint, Point } from './series.ts'

/** What may be said to everybody about a window. */
export interface Disclosed {
  readonly total: Estimate
  readonly points: readonly Point[]
}

/** What stands in the place of a value that is made of too few answers. */
export const hidden = { value: null, n: 0, low: null, high: null, reason: 'too_few' } as const

/** Whether a KPI's numbers tell what people answered, who were promised that nobody can tell who said what. */
export function isOfAnswers(kpi: Kpi): boolean {
  return reads(kpi).includes('survey.response')
}

/** Whether what is public of a KPI is released in blocks: with a minimum of 1 every answer may be told. */
export function isHeld(kpi: Kpi, minimum: number): boolean {
  return minimum > 1 && isOfAnswers(kpi)
}

/**
 * Hides what is made of fewer answers than `minimum`, and what would give it away: where the total is
 * known, the hidden points together are the total without the others.
 */
export function disclose(
  all: Estimate,
  counted: readonly CountedPoint[],
  minimum: number,
): Disclosed {
  const points = counted.map(withoutParts)
  const total = estimateOf(all)
  if (total.n > 0 && total.n < minimum) return { total: hidden, points: points.map(hide) }
  const concealed = conceal(points, minimum)
  return { total, points: points.map((point) => (concealed.has(point) ? hide(point) : point)) }
}

/**
 * Which of several values may not be shown beside their total: those of fewer answers than `minimum`, and
 * the smallest of the others until what is hidden has `minimum` answers, or nothing hidden is left to be
 * found.
 *
 * @param beside answers that are in the total and in none of the values; negative where the values have more.
 */
export function conceal<Value extends Pick<Estimate, 'n'>>(
  values: readonly Value[],
  minimum: number,
  beside = 0,
): ReadonlySet<Value> {
  const concealed = new Set(values.filter(({ n }) => n > 0 && n < minimum))
  const bySize = values
    .filter((value) => value.n > 0 && !concealed.has(value))
    .toSorted((one, other) => one.n - other.n)
  if (concealed.size === 0 && beside <= 0) return concealed
  let answers = [...concealed].reduce((sum, { n }) => sum + n, beside)
  for (const value of bySize) {
    if (answers >= minimum) break
    concealed.add(value)
    answers += value.n
  }
  return concealed
}

/** Only what is named here is said: the counts of a value are its answers, and they are not. */
export function estimateOf({ value, reason, n, low, high }: Estimate): Estimate {
  return { value, ...(reason !== undefined && { reason }), n, low, high }
}

function withoutParts({ from, to, complete, revised, ...counted }: CountedPoint): Point {
  return { from, to, ...estimateOf(counted), complete, revised }
}

/** A period without answers says so; that tells nothing of anybody. */
function hide(point: Point): Point {
  return point.n === 0 ? point : { ...point, ...hidden, revised: false }
}
