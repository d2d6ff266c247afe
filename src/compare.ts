import { parseDay } from './day.ts'
import { events } from './interval.ts'
import type { Direction, Estimate, Kpi, Unit } from './kpi.ts'
import { firstDayOf } from './series.ts'
import { type Window, lengthOf } from './window.ts'

/** The windows before and after something happened. */
export interface Sides {
  readonly before: Window
  readonly after: Window
}

/** What a percentage changes by is percentage points; everything else changes in its own unit. */
export type ChangeUnit = Exclude<Unit, 'percent'> | 'pp'

/** How a value differs from an earlier one. What cannot be told is `null`. */
export interface Change {
  readonly absolute: number | null
  readonly unit: ChangeUnit
  /** In percent of the earlier value's size, so that its sign is that of the change. */
  readonly relative: number | null
  /** `null` too where nothing changed, and where neither more nor less is better. */
  readonly better: boolean | null
  /** Whether the 95 % intervals of the two values have anything in common. */
  readonly overlap: boolean | null
  /** Bounds of the 95 % interval of the absolute change. */
  readonly low: number | null
  readonly high: number | null
}

/** The window in a `2026-03-01..2026-03-31`, or `null` where it is none. */
export function parseWindow(text: string): Window | null {
  const [from, to, ...more] = text.split('..').map(parseDay)
  return from && to && more.length === 0 ? { from, to } : null
}

/** The days to read at once so that a KPI can be told on both sides, whatever it looks back to. */
export function reachOf(kpi: Kpi, { before, after }: Sides): Window {
  const [one, other] = [firstDayOf(kpi, before), firstDayOf(kpi, after)]
  return { from: one < other ? one : other, to: after.to }
}

/** How `after` differs from `before`. */
export function changeOf(
  kpi: Pick<Kpi, 'unit' | 'direction'> & Partial<Pick<Kpi, 'parts'>>,
  before: Estimate,
  after: Estimate,
): Change {
  const { unit, direction } = kpi
  const absolute = before.value === null || after.value === null ? null : after.value - before.value
  return {
    absolute,
    unit: unit === 'percent' ? 'pp' : unit,
    relative: absolute === null ? null : relativeTo(before.value, absolute),
    better: absolute === null ? null : isBetter(direction, absolute),
    overlap: overlaps(before, after),
    ...(isNumberOfEvents(kpi)
      ? intervalOf(eventsOf(before), eventsOf(after))
      : intervalOf(boundedOf(before), boundedOf(after))),
  }
}

function relativeTo(before: number | null, absolute: number): number | null {
  return before === null || before === 0 ? null : (100 * absolute) / Math.abs(before)
}

function isBetter(direction: Direction, absolute: number): boolean | null {
  return direction === 'target' || absolute === 0 ? null : absolute > 0 === (direction === 'up')
}

/** An estimate that has an interval. */
interface Bounded {
  readonly value: number
  readonly low: number
  readonly high: number
}

function boundedOf({ value, low, high }: Estimate): Bounded | null {
  return value === null || low === null || high === null ? null : { value, low, high }
}

/** Whether a KPI's value is how many events there were, each of which came or did not by itself. */
export function isNumberOfEvents({ unit, parts }: Pick<Kpi, 'unit'> & Partial<Pick<Kpi, 'parts'>>) {
  const kinds = Object.values(parts ?? {}).map(({ kind }) => kind)
  return unit === 'count' && kinds.length > 0 && kinds.every((kind) => kind === 'count')
}

/** A number of events is exact, but chance has made it what it is. */
function eventsOf({ value }: Estimate): Bounded | null {
  return value === null ? null : events(value)
}

function overlaps(before: Estimate, after: Estimate): boolean | null {
  const [one, other] = [boundedOf(before), boundedOf(after)]
  if (one === null || other === null) return null
  return other.low <= one.high && one.low <= other.high
}

/**
 * The 95 % interval of the difference of two independent estimates, from the interval of each. For
 * shares, and numbers of events, this is the hybrid score interval: method 10 of R. G. Newcombe,
 * Statistics in Medicine 17, 1998.
 */
function intervalOf(one: Bounded | null, other: Bounded | null): Pick<Change, 'low' | 'high'> {
  if (one === null || other === null) return { low: null, high: null }
  const difference = other.value - one.value
  return {
    low: difference - Math.hypot(other.value - other.low, one.high - one.value),
    high: difference + Math.hypot(other.high - other.value, one.value - one.low),
  }
}

/** Whether a change may be chance: its 95 % interval holds 0. `null` where it has no interval. */
export function isChance({ low, high }: Pick<Change, 'low' | 'high'>): boolean | null {
  return low === null || high === null ? null : low <= 0 && high >= 0
}

/** Whether both windows have as many days. */
export function isEqualLength({ before, after }: Sides): boolean {
  return lengthOf(before) === lengthOf(after)
}
