import * as v from 'valibot'
import { type Day, addDays, dayFinder } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import type { Kpi } from '../../src/kpi.ts'
import { invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { timeField } from '../../src/time-field.ts'
import {
  type Grain,
  type Window,
  grains,
  lastDays,
  lengthOf,
  parseSpan,
  windowLimit,
} from '../../src/window.ts'
import { readQuery } from '../query.ts'

const spanRule = `Expected a number of complete days from "1d" to "${windowLimit}d"`

/** The parameters of a KPI. */
export const kpiFields = {
  from: v.optional(dayField),
  to: v.optional(dayField),
  last: v.optional(v.pipe(v.string(), v.transform(parseSpan), v.number(spanRule))),
  by: v.optional(v.picklist(grains, `Expected one of ${grains.join(', ')}`), 'day'),
  segment: v.optional(segmentField),
  as_of: v.optional(timeField),
}

/** What a KPI is asked for. */
export interface KpiQuery {
  readonly by: Grain
  readonly segment: string | undefined
  /** In milliseconds since 1970 UTC. */
  readonly asOf: number | undefined
  readonly asked: Window | { readonly last: number }
  /** Days that hold the window in whatever zone the workspace turns out to have. */
  readonly reach: (now: number) => Window
}

/** @throws Problem 422 that names the parameter and the rule it breaks. */
export function kpiQuery(request: Request, kpi: Kpi): KpiQuery {
  const query = readQuery(request, kpiFields)
  const rule = query.segment === undefined ? null : segmentRule(kpi, query.segment)
  if (rule !== null) throw invalid('segment', rule)
  const asked = askedWindow(query)
  return {
    by: query.by,
    segment: query.segment,
    asOf: query.as_of,
    asked,
    reach(now) {
      return 'last' in asked ? reachOfLast(asked.last, now) : asked
    },
  }
}

function askedWindow(query: {
  from?: Day | undefined
  to?: Day | undefined
  last?: number | undefined
}): Window | { last: number } {
  if (query.last !== undefined) {
    if (query.from === undefined && query.to === undefined) return { last: query.last }
    throw invalid('last', 'Give either last, or from and to')
  }
  if (query.from === undefined) throw invalid('from', 'Give from and to, or last=30d')
  if (query.to === undefined) throw invalid('to', 'Give from and to, or last=30d')
  return checked({ from: query.from, to: query.to })
}

function checked(window: Window): Window {
  if (window.to < window.from) {
    throw invalid('to', `The window ends before it starts, on ${window.from}`)
  }
  if (lengthOf(window) > windowLimit) {
    throw invalid(
      'to',
      `Expected at most ${windowLimit} days: current length is ${lengthOf(window)}`,
    )
  }
  return window
}

/** Days that hold the last so many complete ones in any zone. */
export function reachOfLast(days: number, now: number): Window {
  const today = dayFinder('UTC')(now)
  return { from: addDays(today, -days - 1), to: addDays(today, 1) }
}

/** The last so many complete days of a zone, so they end yesterday. */
export function lastComplete(days: number, zone: string, now: number): Window {
  return lastDays(days, addDays(dayFinder(zone)(now), -1))
}

/** The window asked for. */
export function windowOf({ asked }: KpiQuery, zone: string, now: number): Window {
  return 'last' in asked ? lastComplete(asked.last, zone, now) : asked
}

/** The parameters of the segments of a KPI. */
export const segmentsFields = { from: dayField, to: dayField, dimension: v.string() }

/** What the segments of a KPI are asked for. */
export function segmentsQuery(request: Request): Window & { dimension: string } {
  const { from, to, dimension } = readQuery(request, segmentsFields)
  return { ...checked({ from, to }), dimension }
}
