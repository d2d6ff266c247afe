import { type Day, addDays } from '../src/day.ts'
import type { Kpi, Parts, Readings } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import { type Counters, type Part, type Scope, addCounters } from '../src/part.ts'
import type { Fated } from '../src/parts/cohort.ts'
import type { Distinct } from '../src/parts/distinct.ts'
import type { Level } from '../src/parts/level.ts'
import type { Total } from '../src/parts/sum.ts'
import type { Histogram } from '../src/histogram.ts'
import type { History, Place, Snapshot } from '../src/series.ts'
import type { Window } from '../src/window.ts'

/** A KPI that a test knows to be there. */
export function kpiOf(id: string): Kpi {
  const found = kpis.find((kpi) => kpi.id === id)
  if (found === undefined) throw new RangeError(`There is no KPI "${id}"`)
  return found
}

/** A window of days that a test knows to be days. */
export function windowOf(from: string, to: string): Window {
  return { from: from as Day, to: to as Day }
}

/** A workspace in euros that was rolled up to the end of 2027. */
export const place: Place = { closed: '2027-12-31' as Day, currency: 'EUR' }

export function snapshot(day: string, counters: Record<string, number>, revision = 1): Snapshot {
  return { day: day as Day, counters: new Map(Object.entries(counters)), revision, computed: 0 }
}

/** What is known of a KPI: what was counted before, and on some days. */
export function historyOf(
  snapshots: readonly Snapshot[],
  opening: Record<string, number> = {},
): History {
  const from = snapshots[0]?.day ?? ('2026-03-01' as Day)
  return { from, opening: new Map(Object.entries(opening)), snapshots }
}

/** What a part is read in, where only its counters matter. */
export function scopeOf(counters: Record<string, number>, change: Partial<Scope> = {}): Scope {
  const window = windowOf('2026-03-01', '2026-03-31')
  const own = new Map(Object.entries(counters))
  return { counters: own, opening: new Map(), window, currency: 'EUR', ...change }
}

/** The window of a worked example. */
export function exampleWindow({ example }: Kpi): Window {
  const [from, to] = example.window ?? ['2026-03-01', '2026-03-31']
  return windowOf(from, to)
}

/** The history that gives the readings of a worked example in its window. */
export function exampleHistory(kpi: Kpi): History {
  const { given, previous } = kpi.example
  const window = exampleWindow(kpi)
  const { opening, counters } = countersGiving(kpi, given, window)
  const before = addDays(window.from, -1)
  const earlier = previous === undefined ? [] : [countersGiving(kpi, previous, window).counters]
  return {
    from: addDays(window.from, -400),
    opening,
    snapshots: [
      ...earlier.map((found) => ({ day: before, counters: found, revision: 1, computed: 0 })),
      { day: window.from, counters, revision: 1, computed: 0 },
    ],
  }
}

interface Found {
  readonly opening: Counters
  readonly counters: Counters
}

/** Counters of one day, and of all before it, that are read as these readings. */
export function countersGiving(
  { parts }: Pick<Kpi, 'parts'>,
  readings: Readings<Parts>,
  window: Window,
): Found {
  const found = Object.entries(parts).map(([name, part]) => {
    const own = countersOfReading(part, readings[name], window)
    return { opening: named(name, own.opening), counters: named(name, own.counters) }
  })
  return {
    opening: addCounters(found.map(({ opening }) => opening)),
    counters: addCounters(found.map(({ counters }) => counters)),
  }
}

type Own = Record<string, number>

function named(part: string, own: Own = {}): Counters {
  return new Map(
    Object.entries(own).map(([key, count]) => [key === '' ? part : `${part}/${key}`, count]),
  )
}

function countersOfReading(
  part: Part,
  reading: unknown,
  window: Window,
): { opening?: Own; counters: Own } {
  switch (part.kind) {
    case 'count':
      return { counters: countKeys(part, reading) }
    case 'sum':
      return { counters: prefixed('EUR/', { ...(reading as Total) }) }
    case 'answers': {
      const next = part.rule.how === 'latest' ? '/never' : ''
      const answers = [...(reading as Map<number, number>)]
      return { counters: Object.fromEntries(answers.map(([value, n]) => [`${value}${next}`, n])) }
    }
    case 'histogram':
    case 'elapsed':
      return { counters: binKeys(part, reading as Histogram) }
    case 'level':
      return levelKeys(part, reading)
    case 'cohort': {
      const { opening, since } = reading as Fated
      const prefix = part.rule.how === 'holding' && part.rule.book === 'currency' ? 'EUR/' : ''
      return { counters: prefixed(prefix, { '2000-01-01': opening, [window.from]: since }) }
    }
    case 'distinct': {
      const { once, twice } = reading as Distinct
      return { counters: { '1/never': once, '2/never': once + twice } }
    }
  }
}

function prefixed(prefix: string, own: Own): Own {
  return Object.fromEntries(Object.entries(own).map(([key, count]) => [prefix + key, count]))
}

function countKeys({ rule }: Part, reading: unknown): Own {
  if (reading instanceof Map) return Object.fromEntries(reading as Map<string, number>)
  return { [rule.how === 'holding' ? 'n' : '']: reading as number }
}

function binKeys({ rule }: Part, { n, sum, bins }: Histogram): Own {
  const counted = [...bins].map(([bin, count]) => [`b/${bin}`, count])
  const prefix = rule.how === 'tally' && rule.by === 'currency' ? 'EUR/' : ''
  return prefixed(prefix, { n, sum, ...Object.fromEntries(counted) })
}

function levelKeys({ rule }: Part, reading: unknown): { opening: Own; counters: Own } {
  if (reading instanceof Map) {
    const held = [...(reading as Map<string, number>)]
    const opening = Object.fromEntries(held.map(([key, sum]) => [`EUR/${key}/sum`, sum]))
    return { opening, counters: {} }
  }
  const { opening, closing } = reading as Level
  const prefix = rule.how === 'holding' && rule.book === 'currency' ? 'EUR/' : ''
  const change = { n: closing.n - opening.n, sum: closing.sum - opening.sum }
  return { opening: prefixed(prefix, { ...opening }), counters: prefixed(prefix, change) }
}
