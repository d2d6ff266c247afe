import type { Day } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import type { Kpi } from '../../src/kpi.ts'
import { counterName, counts } from '../../src/part.ts'

/** Five minutes: what is dated further ahead waits. */
const lead = 5 * 60_000

/** Counters by `kpi segment day`, then by name. */
export type Table = Record<string, Record<string, number>>

/**
 * What every snapshot must say, as a plain loop over all facts: no SQL, no order of arrival, no
 * incremental state.
 */
export function oracle(
  kpis: readonly Kpi[],
  facts: readonly Fact[],
  now: number,
  today: Day,
): Table {
  const table: Table = {}
  for (const kpi of kpis) {
    for (const [name, part] of Object.entries(kpi.parts)) {
      for (const fact of facts) {
        if (fact.time > now + lead || fact.day > today || !counts(part, fact, facts)) continue
        const key = part.key === 'value' ? String(fact.value) : ''
        for (const segment of segmentsOf(kpi, fact)) {
          const row = (table[`${kpi.id} ${segment} ${fact.day}`] ??= {})
          const counter = counterName(name, key)
          row[counter] = (row[counter] ?? 0) + 1
        }
      }
    }
  }
  return table
}

function segmentsOf(kpi: Kpi, fact: Fact): string[] {
  const cuts = Object.entries(fact.dimensions).filter(
    ([name]) => kpi.dimensions.includes(name) || name.startsWith('p.'),
  )
  return ['', ...cuts.map(([name, value]) => `${name}:${value}`)]
}
