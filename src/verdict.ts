import { interval, isShown } from './caption.ts'
import type { Picture } from './chart.ts'
import { sideOf } from './threshold.ts'

/** `even` where nothing is decided, `neutral` where the KPI has no border between good and bad. */
export type Verdict = 'better' | 'worse' | 'even' | 'neutral'

/**
 * Zero is the one border between good and bad that is nobody's opinion, and only where values lie on
 * both sides of it, as NPS's do. An interval across it decides nothing. Other values are judged only
 * by thresholds that a team has chosen for the value itself.
 */
export function verdict(picture: Picture): Verdict {
  const { total, minimum, unit, range, direction, thresholds } = picture
  if (!isShown(total, minimum)) return 'even'
  if (direction === 'target') return 'neutral'
  if (thresholds !== undefined) return sideOf(total.value, thresholds, direction)
  if (!isSigned(unit, range)) return 'neutral'
  const [low, high] = interval(total) ?? [total.value, total.value]
  if (low <= 0 && high >= 0) return 'even'
  return low > 0 === (direction === 'up') ? 'better' : 'worse'
}

function isSigned(unit: Picture['unit'], range: Picture['range']): boolean {
  return unit === 'points' || (range !== undefined && range[0] < 0 && range[1] > 0)
}
