import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { addDays, dayFinder } from '../../src/day.ts'
import type { Kpi } from '../../src/kpi.ts'
import type { ReadingJson } from '../../src/part.ts'
import { isDimension } from '../../src/segment.ts'
import {
  type Counted,
  type CountedPoint,
  type History,
  type Place,
  noHistory,
  series,
  total,
} from '../../src/series.ts'
import { askedOf } from '../../src/store/history.ts'
import { readSnapshots } from '../../src/store/snapshots.ts'
import { type Grain, type Window, grains } from '../../src/window.ts'
import type { Cases } from './cases.ts'
import type { Table } from './oracle.ts'
import { Analyst, type Answer, answers } from './oracle/analyst.ts'
import { type Segment, tell } from './oracle/story.ts'
import type { Team } from './team.ts'

/** Days from where a history is, and one of the segments that were told, or all. */
export const question = fc.record({
  first: fc.integer({ min: -20, max: 4 }),
  days: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(40, 400)),
  grain: fc.constantFrom(...grains),
  segment: fc.option(fc.nat(), { nil: null }),
})

export type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

/** How far a value is from what it should be: whole numbers are exact, medians within 1 %. */
function fits(value: number | null, answer: Answer): boolean {
  if (answer === null || typeof answer === 'number') {
    if (value === null || answer === null) return value === answer
    return Math.abs(value - answer) <= 1e-9 * Math.max(1, Math.abs(answer))
  }
  const sorted = answer.median.map((ms) => ms / 1_000).sort((one, other) => one - other)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) return value === null
  if (value === null) return false
  const middle = (low + high) / 2
  return Math.abs(value - middle) <= 0.01 * middle + 1e-9
}

/** Parts that are the same however a window is divided: what each counts is of its own days alone. */
const additive = new Set(['count', 'sum', 'answers', 'histogram', 'elapsed'])

/** What a reading adds up to; quantiles do not. */
function amounts(reading: ReadingJson = {}): Record<string, number> {
  if (typeof reading === 'number') return { number: reading }
  const { median: _median, p90: _p90, ...rest } = reading
  return rest
}

function sums(readings: readonly (ReadingJson | undefined)[]): string {
  const found = new Map<string, number>()
  for (const [name, amount] of readings.flatMap((one) => Object.entries(amounts(one)))) {
    found.set(name, (found.get(name) ?? 0) + amount)
  }
  const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify(sorted.filter(([, sum]) => sum !== 0))
}

/** Parts of periods that are not the whole's: what is counted adds up, levels follow each other. */
function undone(kpi: Kpi, whole: Counted, points: readonly CountedPoint[]): string[] {
  return Object.entries(kpi.parts).flatMap(([name, { kind, rule }]) => {
    const readings = points.map(({ parts }) => parts[name])
    if (additive.has(kind) && rule.how !== 'latest') {
      const fault = `${kpi.id} ${name}: periods do not add up`
      return sums(readings) === sums([whole.parts[name]]) ? [] : [fault]
    }
    const levels = [...readings, whole.parts[name]].flatMap((one) =>
      typeof one === 'object' && kind === 'level' && 'opening' in one ? [one] : [],
    )
    const last = levels.at(-1)
    if (last === undefined) return []
    const follow = levels
      .slice(0, -1)
      .every(({ opening }, at) => opening === (levels[at - 1]?.['closing'] ?? last['opening']))
    return follow && levels.at(-2)?.['closing'] === last['closing']
      ? []
      : [`${kpi.id} ${name}: levels do not follow each other`]
  })
}

/** What is read of a KPI, and how a window of it is divided. */
interface Reading {
  readonly kpi: Kpi
  readonly history: History
  readonly window: Window
  readonly grain: Grain
  readonly place: Place
}

/** What is wrong with a value, and with how its periods make it up. */
function misreadOf(reading: Reading, analyst: Analyst, cases: Cases): string[] {
  const { kpi, history, window, grain, place } = reading
  const whole = total(kpi, history, window, place)
  const points = series(kpi, history, window, grain, place)
  const faults = undone(kpi, whole, points)
  const answer = answers[kpi.id]?.(analyst)
  if (answer === undefined) return faults
  if (whole.value !== null) cases.addValue(kpi.id)
  if (!fits(whole.value, answer)) {
    const { from, to } = window
    const asked = `${kpi.id} ${analyst.segment?.join(':') ?? ''} ${from}..${to}`
    faults.push(`${asked}: ${whole.value}, expected ${JSON.stringify(answer)}`)
  }
  return faults
}

/** The segments that rows are of. */
function segmentsIn(table: Table): Segment[] {
  const names = new Set(Object.keys(table).map((row) => row.split(' ').slice(1, -1).join(' ')))
  return [...names].map((name) => {
    const at = name.indexOf(':')
    return name === '' ? null : [name.slice(0, at), name.slice(at + 1)]
  })
}

function pick(segments: readonly Segment[], at: number | null): Segment {
  return at === null ? null : (segments[at % segments.length] ?? null)
}

/** Values that differ from what an analyst would find in the facts. */
export async function misread(
  { kpis, workspace, facts, zone, counted }: Team,
  { first, days, grain, ...asked }: Question,
  { around, now, cases }: { around: number; now: number; cases: Cases },
): Promise<string[]> {
  const dayOf = dayFinder(zone)
  const from = addDays(dayOf(around), first)
  const segment = pick(segmentsIn(counted), asked.segment)
  const window: Window = { from, to: addDays(from, days - 1) }
  const found = await readSnapshots(
    env.DB,
    { workspace },
    {
      asked: askedOf(kpis),
      cut: { segment: segment?.join(':') ?? '' },
      window: { from: addDays(from, -days), to: window.to },
    },
  )
  const told = tell(facts).filter(({ day }) => day <= dayOf(now))
  const analyst = new Analyst({ told, window, segment })
  const place = { closed: found?.holder.workspace.closed ?? from, currency: 'EUR' }
  const cut = kpis.filter((kpi) => segment === null || isDimension(kpi, segment[0]))
  return cut.flatMap((kpi) => {
    const history = found?.segments.find((one) => one.kpi === kpi.id) ?? noHistory(from)
    return misreadOf({ kpi, history, window, grain, place }, analyst, cases)
  })
}
