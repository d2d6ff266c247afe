import { type Day, daysBetween } from './day.ts'
import type { Estimate, Kpi, Parts, Readings } from './kpi.ts'
import { type Counters, addCounters, countersOf } from './part.ts'
import { type Grain, type Window, periods } from './window.ts'

/** One KPI's counters on one local day for one segment, as published at some time. */
export interface Snapshot {
  readonly day: Day
  readonly counters: Counters
  /** 1 as first closed; every change of a closed day adds one. */
  readonly revision: number
  /** When it was computed, in milliseconds since 1970 UTC. */
  readonly computed: number
}

/** The parts of a value as JSON shows them: numbers, and maps of numbers by key. */
export type PartsJson = Record<string, number | Record<string, number>>

/** One period of a series. `complete` is false while its last day is still running. */
export interface Point extends Estimate {
  readonly from: Day
  readonly to: Day
  readonly complete: boolean
  /** Whether a day in it changed after it had been closed. */
  readonly revised: boolean
}

/** A point with the integers it was computed from. */
export interface CountedPoint extends Point {
  readonly parts: PartsJson
}

/** What counters amount to: the formula runs here, once, on sums. */
export function evaluate(kpi: Kpi, counters: Counters): Estimate {
  const readings: [string, unknown][] = Object.entries(kpi.parts).map(([name, part]) => [
    name,
    part.read(countersOf(name, counters)),
  ])
  return kpi.value(Object.fromEntries(readings) as Readings<Parts>)
}

/** Counters as JSON shows them, with the parts in the order of their declaration. */
export function partsJson(kpi: Kpi, counters: Counters): PartsJson {
  return Object.fromEntries(
    Object.entries(kpi.parts).map(([name, part]) => {
      const own = countersOf(name, counters)
      return [name, part.key === 'nothing' ? (own.get('') ?? 0) : Object.fromEntries(own)]
    }),
  )
}

/**
 * The points of a window, dense: every period is there, with `null` where nothing happened.
 *
 * @param snapshots one per day, in any order; days outside the window are ignored.
 * @param closed the last day that has ended and been rolled up.
 */
export function series(
  kpi: Kpi,
  snapshots: readonly Snapshot[],
  window: Window,
  grain: Grain,
  closed: Day,
): CountedPoint[] {
  const cut = periods(window, grain)
  const members = cut.map((): Snapshot[] => [])
  const index = indexOf(cut)
  for (const snapshot of snapshots) {
    const at = index(snapshot.day)
    if (at !== undefined) members[at]?.push(snapshot)
  }
  return cut.map(({ from, to }, at) => {
    const days = members[at] ?? []
    const counters = addCounters(days.map((day) => day.counters))
    return {
      from,
      to,
      ...evaluate(kpi, counters),
      parts: partsJson(kpi, counters),
      complete: to <= closed,
      revised: days.some((day) => day.revision > 1),
    }
  })
}

/** Finds the period a day falls in, without walking all of them for each of thousands of days. */
function indexOf(cut: readonly Window[]): (day: Day) => number | undefined {
  const first = cut[0]
  const last = cut.at(-1)
  if (first === undefined || last === undefined) return () => undefined
  const positions: number[] = []
  cut.forEach((period, at) => {
    positions.push(...Array<number>(daysBetween(period.from, period.to) + 1).fill(at))
  })
  return (day) => positions[daysBetween(first.from, day)]
}
