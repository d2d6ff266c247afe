import type { Direction } from './kpi.ts'

/**
 * The borders between good, fair and poor values that a team has chosen, in the KPI's unit. One parts
 * poor from good. Two, the smaller first, have fair values between them. A value on a border belongs
 * to the better side, and which side is the better one is the KPI's direction.
 */
export type Thresholds = readonly [border: number] | readonly [lower: number, upper: number]

/** Why a KPI cannot have these thresholds, or `null` where it can. */
export function thresholdRule(direction: Direction, thresholds: readonly number[]): string | null {
  if (direction === 'target') return 'Expected no thresholds: neither more nor less of it is better'
  const [lower, upper, ...more] = thresholds
  const ascending = lower !== undefined && (upper === undefined || lower < upper)
  if (ascending && more.length === 0 && thresholds.every(Number.isFinite)) return null
  return 'Expected one finite number or two, the smaller first'
}

/** On which side of the thresholds a value lies. */
export function sideOf(
  value: number,
  thresholds: Thresholds,
  direction: Direction,
): 'better' | 'even' | 'worse' {
  const above = thresholds.filter((border) =>
    direction === 'down' ? value > border : value >= border,
  )
  if (above.length === 1 && thresholds.length === 2) return 'even'
  return above.length > 0 === (direction === 'up') ? 'better' : 'worse'
}
