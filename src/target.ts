import { type Day, daysBetween } from './day.ts'
import type { Direction, Reason } from './kpi.ts'
import type { Counted } from './series.ts'
import { type Window, lengthOf } from './window.ts'

/** What somebody has promised to reach with a KPI, by when, and from where. */
export interface Target extends Window {
  readonly id: string
  readonly kpi: string
  /** `<dimension>:<value>`, or `''` for all. */
  readonly segment: string
  /** Both in the unit of the KPI; money in major units. */
  readonly baseline: number
  readonly target: number
  readonly owner: string | null
  readonly why: string | null
  readonly created: number
}

/**
 * `reached` and `missed` are final: the target's days have ended, and its value has matured. Until
 * then it is on track while its progress is not less than the share of its days that have ended.
 */
export type Status = 'not_started' | 'on_track' | 'behind' | 'reached' | 'missed' | 'unknown'

/** How far a target has come. */
export interface Standing {
  /** The way from baseline to target that is done, in percent; negative where it went back. */
  readonly progress: number | null
  /** The share of the target's days that have ended, in percent. */
  readonly expected: number
  readonly status: Status
  /** Why there is no progress. */
  readonly reason?: Reason | 'not_started' | 'same_as_baseline'
}

/** The days of a target's window that have begun; `null` where none has. */
export function begun({ from, to }: Window, today: Day): Window | null {
  if (from > today) return null
  return { from, to: to < today ? to : today }
}

/** Whether reaching the target would be worse than the baseline. */
export function isAgainst(
  { baseline, target }: Pick<Target, 'baseline' | 'target'>,
  direction: Direction,
): boolean {
  return direction === 'up' ? target < baseline : direction === 'down' && target > baseline
}

/**
 * The way from baseline to target that a value has come, in percent: where less is better, the
 * target is below the baseline and a falling value makes progress. `null` where there is no way to
 * go.
 */
export function progressOf(
  { baseline, target }: Pick<Target, 'baseline' | 'target'>,
  current: number,
): number | null {
  const percent = 100 * ((current - baseline) / (target - baseline))
  // Adding 0 makes 0 of the -0 that no progress downwards would be.
  return Number.isFinite(percent) ? percent + 0 : null
}

/**
 * How far a target has come.
 *
 * @param current the KPI's value over the days that have {@link begun}; `null` where none has.
 * @param closed the last day that has ended and been rolled up.
 */
export function standingOf(target: Target, current: Counted | null, closed: Day): Standing {
  const expected = expectedOf(target, closed)
  const lacking = (status: Status, reason: Standing['reason'] = 'no_data'): Standing => {
    return { progress: null, expected, status, reason }
  }
  if (current === null) return lacking('not_started', 'not_started')
  if (current.value === null) return lacking('unknown', current.reason)
  const progress = progressOf(target, current.value)
  if (progress === null) return lacking('unknown', 'same_as_baseline')
  const final = target.to <= closed && current.mature !== false
  return { progress, expected, status: statusOf(progress, expected, final) }
}

function expectedOf(target: Window, closed: Day): number {
  const days = lengthOf(target)
  const ended = daysBetween(target.from, closed) + 1
  return (100 * Math.min(days, Math.max(0, ended))) / days
}

function statusOf(progress: number, expected: number, final: boolean): Status {
  if (final) return progress >= 100 ? 'reached' : 'missed'
  return progress >= expected ? 'on_track' : 'behind'
}
