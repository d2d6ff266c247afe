import { type Known, amendments } from '../src/amend.ts'
import type { Fact } from '../src/fact.ts'
import { type KeptDelivery, type Outcome, readKnown, storeReplay } from '../src/store/kept.ts'
import { readSource } from '../src/store/sources.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import { looks } from './intake.ts'
import { type Kept, type Reader, readDelivery } from './reading.ts'
import { vendorOf } from './vendors.ts'

/** What came of a replay: how many deliveries, by what they have come to, and how many facts were new. */
export interface Replay {
  readonly replayed: number
  readonly states: Readonly<Record<string, number>>
  readonly outcomes: readonly Outcome[]
}

/**
 * Reads deliveries again, as their sources are configured now, and stores what was not yet stored. A fact
 * that now says something else is corrected; nothing is counted twice.
 */
export async function replay(
  db: D1Database,
  workspace: Workspace,
  deliveries: readonly KeptDelivery[],
  now: number,
): Promise<Replay> {
  const facts: Fact[] = []
  const outcomes: Outcome[] = []
  for (const [id, kept] of Map.groupBy(deliveries, ({ source }) => source)) {
    const reader = await readerOf(db, workspace, id)
    if (reader === null) continue
    const readings: { kept: KeptDelivery; reading: Kept }[] = []
    for (const one of kept) readings.push({ kept: one, reading: await readAgain(db, reader, one) })
    const told = readings.flatMap(({ reading }) => reading.facts)
    const known: Known = await readKnown(
      db,
      workspace.id,
      id,
      told.map((fact) => fact.id),
    )
    facts.push(...amendments(told, known, now))
    outcomes.push(...readings.map((one) => outcomeOf(one.reading, one.kept)))
  }
  await storeReplay(db, { workspace: workspace.id, facts, outcomes, received: now, looks })
  const states = Map.groupBy(outcomes, ({ state }) => state)
  return {
    replayed: outcomes.length,
    states: Object.fromEntries([...states].map(([state, found]) => [state, found.length])),
    outcomes,
  }
}

/** Who reads the deliveries of a source; `null` where the source has been removed. */
async function readerOf(db: D1Database, workspace: Workspace, id: string): Promise<Reader | null> {
  const source = await readSource(db, workspace.id, id)
  if (source === null) return null
  return { source: { ...source, home: workspace }, vendor: vendorOf(source.vendor) }
}

function readAgain(db: D1Database, reader: Reader, kept: KeptDelivery): Promise<Kept> {
  const { body, headers, received } = kept
  return readDelivery(db, reader, { body, headers: new Map(Object.entries(headers)) }, received)
}

/** The row keeps its name, whatever the body is read to be called now. */
function outcomeOf({ delivery: { state, reason } }: Kept, { source, id }: KeptDelivery): Outcome {
  return { source, id, state, reason }
}
