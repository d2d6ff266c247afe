import { type Known, amendments, tellsNothingNew } from '../src/amend.ts'
import type { Fact } from '../src/fact.ts'
import { Problem } from '../src/problem.ts'
import {
  type KeptDelivery,
  type Outcome,
  type ReadBy,
  readKnown,
  storeReplay,
} from '../src/store/kept.ts'
import { readSource } from '../src/store/sources.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import { looks } from './intake.ts'
import type { Vault } from './privacy.ts'
import { type Kept, type Reader, readDelivery } from './reading.ts'
import { vendorOf } from './vendors.ts'

/** What came of a replay: how many deliveries, by what they have come to, and how many facts were new. */
export interface Replay {
  readonly replayed: number
  readonly states: Readonly<Record<string, number>>
  readonly outcomes: readonly Outcome[]
}

/** How often deliveries are read again because something has changed while they were read. */
const attempts = 6

/**
 * Reads deliveries again, as their sources are configured now, and stores what was not yet stored. A fact
 * that now says something else is corrected; nothing is counted twice.
 *
 * @throws Problem 503 where too much is changing at once; then nothing was stored.
 */
export async function replay(
  env: Vault,
  workspace: Workspace,
  deliveries: readonly KeptDelivery[],
  now: number,
): Promise<Replay> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const read = await readAll(env, workspace, deliveries, now)
    const { facts, outcomes, by } = read
    const replayed = { workspace: workspace.id, facts, outcomes, by, received: now, looks }
    if (!(await storeReplay(env.DB, replayed))) continue
    const states = Map.groupBy(outcomes, ({ state }) => state)
    return {
      replayed: outcomes.length,
      states: Object.fromEntries([...states].map(([state, found]) => [state, found.length])),
      outcomes,
    }
  }
  throw new Problem('unavailable', 'Too much is changing at once; asking again is safe')
}

/** What deliveries have come to, and by what they were read. */
interface ReadAgain {
  readonly facts: readonly Fact[]
  readonly outcomes: readonly Outcome[]
  readonly by: ReadBy
}

async function readAll(
  env: Vault,
  workspace: Workspace,
  deliveries: readonly KeptDelivery[],
  now: number,
): Promise<ReadAgain> {
  const facts: Fact[] = []
  const outcomes: Outcome[] = []
  const sources: Record<string, number> = {}
  for (const [id, kept] of Map.groupBy(deliveries, ({ source }) => source)) {
    const reader = await readerOf(env.DB, workspace, id)
    if (reader === null) continue
    sources[id] = reader.source.version
    const readings: { kept: KeptDelivery; reading: Kept }[] = []
    const carried = new Map<string, string>()
    for (const one of inOrder(kept)) {
      const reading = await readAgain(env, reader, one, carried)
      for (const [name, value] of reading.remember) carried.set(name, value)
      readings.push({ kept: one, reading })
    }
    const wanted = readings.flatMap(({ kept: { id: delivery }, reading }) =>
      reading.facts.map(({ id: name }) => ({ name, delivery })),
    )
    const known = await readKnown(env.DB, workspace.id, id, wanted)
    for (const { kept: delivery, reading } of readings) {
      // The row keeps its name, whatever the body is read to be called now.
      const told = reading.facts.map((fact) => ({ ...fact, delivery: delivery.id }))
      facts.push(...amendments(told, known.get(delivery.id) ?? nothing, now))
    }
    outcomes.push(...readings.map((one) => outcomeOf(one.reading, one.kept)))
  }
  const counting = facts.flatMap(({ source, rereads }) =>
    rereads === undefined ? [] : [[source, rereads] as const],
  )
  return { facts, outcomes, by: { sources, counting } }
}

const nothing: Known = new Map()

/** Who reads the deliveries of a source; `null` where the source has been removed. */
async function readerOf(db: D1Database, workspace: Workspace, id: string): Promise<Reader | null> {
  const source = await readSource(db, workspace.id, id)
  if (source === null) return null
  return { source: { ...source, home: workspace }, vendor: vendorOf(source.vendor) }
}

/** As they arrived: what one wants to be remembered is for those after it. */
function inOrder(deliveries: readonly KeptDelivery[]): readonly KeptDelivery[] {
  return [...deliveries].sort((one, other) => one.received - other.received)
}

function readAgain(
  env: Vault,
  reader: Reader,
  { body, headers, received }: KeptDelivery,
  carried: ReadonlyMap<string, string> = new Map(),
): Promise<Kept> {
  const inbound = { body, headers: new Map(Object.entries(headers)) }
  return readDelivery(env, reader, inbound, received, carried)
}

/** What a kept body is read as today, and which of its facts count; nothing is stored. */
export interface Preview extends Pick<Outcome, 'state' | 'reason'> {
  readonly facts: readonly (Pick<Fact, 'id' | 'type' | 'time'> & { readonly counted: boolean })[]
}

/** Reads a delivery as a replay would; `null` where its body or its source has gone. */
export async function preview(
  env: Vault,
  workspace: Workspace,
  kept: KeptDelivery,
): Promise<Preview | null> {
  const reader = kept.bytes === null ? null : await readerOf(env.DB, workspace, kept.source)
  if (reader === null) return null
  const { delivery, facts } = await readAgain(env, reader, kept)
  const wanted = facts.map(({ id: name }) => ({ name, delivery: kept.id }))
  const known = (await readKnown(env.DB, workspace.id, kept.source, wanted)).get(kept.id) ?? nothing
  return {
    state: delivery.state,
    reason: delivery.reason,
    facts: facts.map((fact) => ({
      id: fact.id,
      type: fact.type,
      time: fact.time,
      counted: kept.state !== 'conflict' && tellsNothingNew([fact], known),
    })),
  }
}

function outcomeOf({ delivery, remember }: Kept, kept: KeptDelivery): Outcome {
  const { source, id, received } = kept
  return { source, id, received, state: delivery.state, reason: delivery.reason, remember }
}
