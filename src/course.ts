import { addDays, daysBetween } from './day.ts'
import { type Smoothing, ahead, holt } from './holt.ts'
import type { Kpi } from './kpi.ts'
import { type Counters, addCounters } from './part.ts'
import { type History, type Place, type Snapshot, looksBack, total } from './series.ts'
import type { Window } from './window.ts'

/** Weeks that are looked at: half a year. */
export const mostWeeks = 26

/** What a KPI has counted in whole weeks that end with the last closed day. */
export interface Course {
  readonly kpi: Kpi
  readonly place: Place
  /** What was counted before the first of them, where the KPI looks back. */
  readonly opening: Counters
  readonly windows: readonly Window[]
  readonly weeks: readonly Counters[]
}

/** A way to tell what comes; without smoothing, the last week comes again. */
export interface Method {
  readonly name: 'seasonal_naive' | 'damped_holt'
  readonly smoothing: Smoothing | null
}

/** What a KPI is expected to be over some days. */
export type Outlook = Window & { readonly value: number | null }

/** The course of a KPI, from the first day on which anything was counted. */
export function courseOf(kpi: Kpi, { from, opening, snapshots }: History, place: Place): Course {
  const first = opening.size > 0 ? from : (snapshots[0]?.day ?? addDays(place.closed, 1))
  const whole = Math.max(0, Math.floor((daysBetween(first, place.closed) + 1) / 7))
  const count = Math.min(mostWeeks, whole)
  const windows = Array.from({ length: count }, (_, at) => {
    const to = addDays(place.closed, -7 * (count - 1 - at))
    return { from: addDays(to, -6), to }
  })
  const countersIn = (window: Window) =>
    addCounters(
      snapshots
        .filter(({ day }) => day >= window.from && day <= window.to)
        .map(({ counters }) => counters),
    )
  const before = { from: first, to: addDays(place.closed, -7 * count) }
  return {
    kpi,
    place,
    opening: looksBack(kpi) ? addCounters([opening, countersIn(before)]) : new Map(),
    windows,
    weeks: windows.map(countersIn),
  }
}

/**
 * What is expected of the weeks after the first `origin` ones, one by one and all together: each counter
 * comes as the method tells, and the KPI's formula is applied to them.
 */
export function lookAhead(
  { kpi, place, opening, windows, weeks }: Course,
  method: Method,
  origin: number,
  steps: number,
): { readonly points: readonly Outlook[]; readonly total: Outlook } {
  const past = weeks.slice(0, origin)
  const last = windows[origin - 1]?.to ?? place.closed
  const coming = countersAhead(past, method, steps).map((counters, at): Snapshot => {
    return { day: addDays(last, 7 * (at + 1)), counters, revision: 1, computed: 0 }
  })
  const history: History = {
    from: addDays(last, 1),
    opening: looksBack(kpi) ? addCounters([opening, ...past]) : new Map(),
    snapshots: coming,
  }
  const over = (window: Window): Outlook => {
    return { ...window, value: total(kpi, history, window, place).value }
  }
  return {
    points: coming.map(({ day }) => over({ from: addDays(day, -6), to: day })),
    total: over({ from: addDays(last, 1), to: addDays(last, 7 * steps) }),
  }
}

/** Every counter, one week to so many weeks after those that are known. */
function countersAhead(
  past: readonly Counters[],
  { smoothing }: Method,
  steps: number,
): readonly Counters[] {
  const coming = Array.from({ length: steps }, () => new Map<string, number>())
  const names = new Set(past.flatMap((week) => [...week.keys()]))
  for (const name of names) {
    const values = past.map((week) => week.get(name) ?? 0)
    const positive = values.every((value) => value >= 0)
    const tell = smoothing === null ? () => values.at(-1) ?? 0 : followed(values, smoothing)
    coming.forEach((week, at) => {
      const expected = tell(at + 1)
      // What was never below zero will not be: nothing is counted less than not at all.
      week.set(name, positive ? Math.max(0, expected) : expected)
    })
  }
  return coming
}

function followed(values: readonly number[], smoothing: Smoothing): (steps: number) => number {
  const start = { level: values[0] ?? 0, trend: 0 }
  const state = holt(values, smoothing, start).at(-1) ?? start
  return (steps) => ahead(state, steps, smoothing)
}
