import { type Day, addDays } from './day.ts'
import type { Estimate, Kpi, Parts, Readings } from './kpi.ts'
import { type Counters, type ReadingJson, type Scope, addCounters, countersOf } from './part.ts'
import { type Grain, type Window, lengthOf, periods } from './window.ts'

/** One KPI's counters on one local day for one segment, as published at some time. */
export interface Snapshot {
  readonly day: Day
  readonly counters: Counters
  /** 1 as first closed; every change of a closed day adds one. */
  readonly revision: number
  /** When it was computed, in milliseconds since 1970 UTC. */
  readonly computed: number
}

/** What is known of one KPI and segment from a day on. */
export interface History {
  readonly from: Day
  /** What parts that look back have counted on all days before. */
  readonly opening: Counters
  /** Whether anything, of any part, was counted on a day before. */
  readonly earlier?: boolean
  /** One per day, oldest first; nothing was counted on days without. */
  readonly snapshots: readonly Snapshot[]
}

/** Nothing was counted, ever. */
export const noHistory = (from: Day): History => ({ from, opening: new Map(), snapshots: [] })

/** What a workspace says about every value. */
export interface Place {
  /** The last day that has ended and been rolled up. */
  readonly closed: Day
  /** ISO 4217 code. */
  readonly currency: string
}

/** The parts of a value as JSON shows them. */
export type PartsJson = Record<string, ReadingJson>

/** A value with the integers it was computed from. */
export interface Counted extends Estimate {
  readonly parts: PartsJson
  /** Facts, or holders, in other currencies than the workspace's, which the value leaves out. */
  readonly leftOut?: Record<string, number>
  /** Whether the cohort is old enough for its value to be final; only where a KPI matures. */
  readonly mature?: boolean
}

/** One period of a series. `complete` is false while its last day is still running. */
export interface Point extends Estimate {
  readonly from: Day
  readonly to: Day
  readonly complete: boolean
  /** Whether a day in it changed after it had been closed. */
  readonly revised: boolean
}

/** A point with the integers it was computed from. */
export interface CountedPoint extends Point, Counted {}

/** The first day whose snapshots a KPI needs for a window. */
export function firstDayOf(kpi: Kpi, window: Window): Day {
  return kpi.compares === true ? addDays(window.from, -lengthOf(window)) : window.from
}

/** Whether a KPI needs what was counted on all days before. */
export function looksBack(kpi: Kpi): boolean {
  return Object.values(kpi.parts).some((part) => part.looksBack)
}

/** The value of a window as a whole. */
export function total(kpi: Kpi, history: History, window: Window, place: Place): Counted {
  const [point] = points(kpi, history, [window], place)
  if (point === undefined) throw new Error('A window has one value')
  const { from: _from, to: _to, complete: _complete, revised: _revised, ...counted } = point
  return counted
}

/**
 * The points of a window, dense: every period is there, with `null` where nothing happened.
 *
 * @param history from {@link firstDayOf} the window on, or earlier.
 */
export function series(
  kpi: Kpi,
  history: History,
  window: Window,
  grain: Grain,
  place: Place,
): CountedPoint[] {
  return points(kpi, history, periods(window, grain), place)
}

/** The values of windows that follow each other. */
function points(
  kpi: Kpi,
  { opening, snapshots }: History,
  windows: readonly Window[],
  place: Place,
): CountedPoint[] {
  const before = new Map(opening)
  let next = 0
  return windows.map((window) => {
    const start = indexFrom(snapshots, window.from)
    for (; next < start; next++) addTo(before, snapshots[next]?.counters)
    const days = snapshots.slice(start, indexFrom(snapshots, addDays(window.to, 1)))
    const counters = addCounters(days.map((day) => day.counters))
    const scope = { counters, opening: before, window, currency: place.currency }
    const { from, to } = window
    return {
      from,
      to,
      ...counted(kpi, scope, previousOf(kpi, snapshots, scope), place),
      complete: to <= place.closed,
      revised: days.some((day) => day.revision > 1),
    }
  })
}

function counted(kpi: Kpi, scope: Scope, previous: Scope | null, place: Place): Counted {
  const readings = readingsOf(kpi, scope)
  const { window } = scope
  const estimate = kpi.value(readings, {
    window,
    ...place,
    previous: previous === null ? null : readingsOf(kpi, previous),
  })
  const others = leftOut(kpi, scope)
  return {
    ...within(kpi, estimate),
    parts: partsJson(kpi, scope),
    ...(others !== null && { leftOut: others }),
    ...(kpi.matures !== undefined && { mature: addDays(window.to, kpi.matures) <= place.closed }),
  }
}

/** An interval ends where the scale does: nobody can be more content than 5 of 5. */
function within({ range }: Kpi, estimate: Estimate): Estimate {
  const { low, high } = estimate
  if (range === undefined || low === null || high === null) return estimate
  return { ...estimate, low: Math.max(range[0], low), high: Math.min(range[1], high) }
}

/** The same parts over as many days just before the window. */
function previousOf(kpi: Kpi, snapshots: readonly Snapshot[], scope: Scope): Scope | null {
  if (kpi.compares !== true) return null
  const { from } = scope.window
  const window = { from: addDays(from, -lengthOf(scope.window)), to: addDays(from, -1) }
  const days = snapshots.slice(indexFrom(snapshots, window.from), indexFrom(snapshots, from))
  return { ...scope, window, counters: addCounters(days.map((day) => day.counters)) }
}

/** What a KPI's parts amount to: each reads its own counters, once, on sums. */
function readingsOf(kpi: Kpi, scope: Scope): Readings<Parts> {
  return Object.fromEntries(
    Object.entries(kpi.parts).map(([name, part]) => [name, part.read(ownOf(name, scope))]),
  )
}

function ownOf(name: string, scope: Scope): Scope {
  return {
    ...scope,
    counters: countersOf(name, scope.counters),
    opening: countersOf(name, scope.opening),
  }
}

function partsJson(kpi: Kpi, scope: Scope): PartsJson {
  return Object.fromEntries(
    Object.entries(kpi.parts).map(([name, part]) => [name, part.show(ownOf(name, scope))]),
  )
}

/** By currency, the most that any part leaves out; `null` where nothing is. */
function leftOut(kpi: Kpi, scope: Scope): Record<string, number> | null {
  const found = new Map<string, number>()
  for (const [name, part] of Object.entries(kpi.parts)) {
    for (const [currency, count] of part.leftOut(ownOf(name, scope))) {
      found.set(currency, Math.max(count, found.get(currency) ?? 0))
    }
  }
  return found.size === 0 ? null : Object.fromEntries(found)
}

function addTo(sum: Map<string, number>, counters: Counters = new Map()): void {
  for (const [name, count] of counters) sum.set(name, (sum.get(name) ?? 0) + count)
}

/** The index of the first snapshot on or after a day, found by halving. */
function indexFrom(snapshots: readonly Snapshot[], day: Day): number {
  let low = 0
  let high = snapshots.length
  while (low < high) {
    const middle = (low + high) >> 1
    const found = snapshots[middle]
    if (found !== undefined && found.day < day) low = middle + 1
    else high = middle
  }
  return low
}
