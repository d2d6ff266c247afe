import { type Day, dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import type { Kpi } from '../../src/kpi.ts'
import { looksBack } from '../../src/series.ts'
import type { IntakeRule, Rule } from '../../src/rule.ts'
import { heldCells } from './oracle/holding.ts'
import { lastWords, revisits } from './oracle/neighbours.ts'
import { type Cell, type Tied, type Told, tell } from './oracle/story.ts'
import { tallied, visited } from './oracle/tally.ts'

/** Five minutes: what is dated further ahead waits. */
const lead = 5 * 60_000

/** Counters by `kpi segment day`, then by name. */
export type Table = Record<string, Record<string, number>>

/** What requests of a day brought in, by source. */
export interface Arrival extends Record<IntakeRule['column'], number> {
  readonly day: Day
  readonly source: string
}

/** Everything that snapshots are made of. */
export interface World {
  /** In order of arrival, repeats and corrected ones among them. */
  readonly facts: readonly Fact[]
  readonly arrivals?: readonly Arrival[]
  readonly now: number
  readonly zone: string
}

/**
 * What every snapshot must say, as plain loops over all facts: no SQL, no order of arrival, no incremental
 * state. Counters that are zero and rows without counters are left out.
 */
export function oracle(kpis: readonly Kpi[], world: World): Table {
  const { facts, arrivals = [], now, zone } = world
  const today = dayFinder(zone)(now)
  const told = tell(facts.filter(({ time }) => time <= now + lead))
  const known = new Map<string, readonly (Cell | Tied)[]>()
  const table = new Map<string, Map<string, number>>()
  for (const kpi of kpis) {
    for (const [part, { rule }] of Object.entries(kpi.parts)) {
      const name = JSON.stringify(rule)
      const cells = known.get(name) ?? cellsOf(rule, told, arrivals)
      known.set(name, cells)
      for (const cell of cells) {
        if (cell.day > today) continue
        const counter = cell.key === '' ? part : `${part}/${cell.key}`
        for (const segment of segmentsFor(kpi, cell)) {
          add(table, `${kpi.id} ${segment} ${cell.day}`, counter, cell.n)
        }
      }
    }
  }
  return withoutZeros(table)
}

function cellsOf(
  rule: Rule,
  told: readonly Told[],
  arrivals: readonly Arrival[],
): readonly (Cell | Tied)[] {
  switch (rule.how) {
    case 'tally':
      return tallied(rule, told)
    case 'visit':
      return visited(rule, told)
    case 'distinct':
      return revisits(rule, told)
    case 'latest':
      return lastWords(rule, told)
    case 'holding':
      return heldCells(rule, told)
    case 'intake':
      return arrivals.map((arrival) => {
        const { day, source } = arrival
        return { day, cut: { source }, key: '', n: arrival[rule.column] }
      })
    case 'revision':
      return []
  }
}

function segmentsFor(kpi: Kpi, cell: Cell | Tied): string[] {
  const isCut = ([name]: readonly [string, string]) =>
    name.startsWith('p.') || kpi.dimensions.includes(name)
  if ('cut' in cell) {
    const cuts = Object.entries(cell.cut).filter(isCut)
    return ['', ...cuts.map(([name, value]) => `${name}:${value}`)]
  }
  if (cell.segment === null) return ['']
  return isCut(cell.segment) ? [cell.segment.join(':')] : []
}

function add(table: Map<string, Map<string, number>>, row: string, counter: string, n: number) {
  const counters = table.get(row) ?? new Map<string, number>()
  table.set(row, counters)
  counters.set(counter, (counters.get(counter) ?? 0) + n)
}

function withoutZeros(table: ReadonlyMap<string, ReadonlyMap<string, number>>): Table {
  const rows = [...table].map(([row, counters]): [string, Record<string, number>] => [
    row,
    Object.fromEntries([...counters].filter(([, n]) => n !== 0)),
  ])
  return Object.fromEntries(rows.filter(([, counters]) => Object.keys(counters).length > 0))
}

/**
 * The same, of each dimension and day but the largest values apart: the others together are `other`, whose
 * `*` says how many they are. KPIs that look back keep all.
 */
export function fold(kpis: readonly Kpi[], table: Table, segments: number): Table {
  const whole = new Set(kpis.filter(looksBack).map(({ id }) => id))
  const groups = Map.groupBy(Object.keys(table), (row) => {
    const [kpi = '', ...rest] = row.split(' ')
    const segment = rest.slice(0, -1).join(' ')
    return `${kpi} ${segment.slice(0, segment.indexOf(':') + 1)}|${rest.at(-1)}`
  })
  const folded = new Map<string, Map<string, number>>()
  for (const [group, rows] of groups) {
    const [name = '', day = ''] = group.split('|')
    const sized = rows.map((row) => ({ row, size: sizeOf(table[row] ?? {}) }))
    sized.sort((one, other) => other.size - one.size || (one.row < other.row ? -1 : 1))
    for (const [place, { row }] of sized.entries()) {
      const [kpi = ''] = name.split(' ')
      const apart = name.endsWith(' ') || whole.has(kpi) || place < segments
      const target = apart ? row : `${name}other ${day}`
      for (const [counter, n] of Object.entries(table[row] ?? {})) add(folded, target, counter, n)
      if (!apart) add(folded, target, '*', 1)
    }
  }
  return withoutZeros(folded)
}

function sizeOf(counters: Record<string, number>): number {
  return Object.values(counters).reduce((sum, n) => sum + Math.abs(n), 0)
}
