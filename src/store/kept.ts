import type { Counting, Known } from '../amend.ts'
import type { State } from '../delivery.ts'
import type { Fact } from '../fact.ts'
import type { Looks } from '../looks.ts'
import { parameters, statementsFor } from './facts.ts'
import { named, reread, stillTaken } from './incoming.ts'

/** A delivery as it is listed. */
export interface ListedDelivery {
  readonly source: string
  readonly id: string
  readonly state: State
  readonly reason: string | null
  readonly received: number
  /** The length of its body; `null` once that has gone. */
  readonly bytes: number | null
}

/** A delivery with what was signed. */
export interface KeptDelivery extends ListedDelivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** Where a list ended. */
export type DeliveryCursor = Pick<ListedDelivery, 'received' | 'source' | 'id'>

/** Which deliveries: those that were stored or have expired can only be asked for by their source. */
export interface Asked {
  readonly state: State
  readonly source: string | null
  /** Of when they arrived, half-open, in milliseconds since 1970 UTC. */
  readonly from: number
  readonly to: number
  readonly cursor: DeliveryCursor | null
  readonly limit: number
}

/** States that have an index of their own. */
const waiting = `'ignored', 'quarantined', 'conflict'`

export const isWaiting = (state: State): boolean => waiting.includes(`'${state}'`)

const listed = 'source, id, state, reason, received, length(body) AS bytes'

/** The newest first, across sources: `?7` to `?9` is where the page before ended. */
const byState = (columns: string, which: string) => `
  SELECT ${columns} FROM identity INDEXED BY identity_state
  WHERE state = ?1 AND state IN (${waiting}) AND workspace = ?2
    AND received >= ?3 AND received < ?4 AND (?5 IS NULL OR source = ?5)
    AND (?7 IS NULL OR (received, source, id) < (?7, ?8, ?9)) AND ${which}
  ORDER BY received DESC, source DESC, id DESC LIMIT ?6`

/** By name, within the source. */
const bySource = (columns: string, which: string) => `
  SELECT ${columns} FROM identity
  WHERE workspace = ?2 AND source = ?5 AND state = ?1 AND received >= ?3 AND received < ?4
    AND ((?7, ?8, ?9) IS (NULL, NULL, NULL) OR id > ?9) AND ${which}
  ORDER BY id LIMIT ?6`

const query = (state: State, columns: string, which = 'true') =>
  isWaiting(state) ? byState(columns, which) : bySource(columns, which)

function bindings(workspace: string, { state, source, from, to, cursor, limit }: Asked) {
  const after = [cursor?.received ?? null, cursor?.source ?? null, cursor?.id ?? null]
  return [state, workspace, from, to, source, limit, ...after]
}

/** A page of a workspace's deliveries. */
export async function listDeliveries(
  db: D1Database,
  workspace: string,
  asked: Asked,
): Promise<ListedDelivery[]> {
  const { results } = await db
    .prepare(query(asked.state, listed))
    .bind(...bindings(workspace, asked))
    .all<ListedDelivery>()
  return results
}

/** As D1 gives them: a BLOB comes as an array of numbers. */
type BodyRow = ListedDelivery & { headers: string | null; body: number[] | null }

function keptOf({ headers, body, ...rest }: BodyRow): KeptDelivery {
  const said = JSON.parse(headers ?? '{}') as Record<string, string>
  return { ...rest, headers: said, body: Uint8Array.from(body ?? []) }
}

/** A delivery of a workspace by its name; its body is empty once it has gone. */
export async function readDelivery(
  db: D1Database,
  workspace: string,
  { source, name }: { source: string; name: string },
): Promise<KeptDelivery | null> {
  const found = await db
    .prepare(
      `SELECT ${listed}, headers, body FROM identity
       WHERE workspace = ?1 AND source = ?2 AND id = ?3 AND state IS NOT NULL`,
    )
    .bind(workspace, source, name)
    .first<BodyRow>()
  return found === null ? null : keptOf(found)
}

/** Bodies that are read at once, in bytes: each byte is a number while it comes out of D1. */
const bytesAtOnce = 1_000_000

/** Deliveries whose bodies are still there, as many at once as there is room for. */
export async function readDeliveries(
  db: D1Database,
  workspace: string,
  asked: Asked,
): Promise<KeptDelivery[]> {
  const { results } = await db
    .prepare(
      `SELECT * FROM (
         SELECT *, sum(bytes) OVER (ROWS UNBOUNDED PRECEDING) - bytes AS before
         FROM (${query(asked.state, `${listed}, headers, body`, 'body IS NOT NULL')})
       ) WHERE before < ${bytesAtOnce}`,
    )
    .bind(...bindings(workspace, asked))
    .all<BodyRow>()
  return results.map(keptOf)
}

const said = `
    fact.id, fact.type, fact.time, fact.subject, fact.thread, fact.entity, fact.value, fact.cost,
    fact.dimensions, fact.data, fact.replaced, coalesce(fact.revision, fact.time) AS newness,
    fact.delivery`

/** The fact of each name, and what its own delivery was read as since. */
const readNamed = `
  SELECT given.value ->> 'name' AS name, given.value ->> 'delivery' AS teller, ${said}
  FROM json_each(?3) given CROSS JOIN ${named('known', '?2', "given.value ->> 'name'")}
  UNION ALL
  SELECT given.value ->> 'name', given.value ->> 'delivery', ${said}
  FROM json_each(?3) given CROSS JOIN ${reread('known', '?2', "given.value ->> 'name'")}
    AND fact.delivery = given.value ->> 'delivery'`

type NamedRow = Omit<Counting, 'dimensions' | 'data'> & {
  readonly name: string
  readonly teller: string | null
  readonly delivery: string | null
  readonly dimensions: string
  readonly data: string
  readonly replaced: number | null
}

/** A fact to be looked up; with a delivery only as far as that one has told it. */
export interface Wanted {
  readonly name: string
  readonly delivery: string | null
}

/** What counts under the names of a source's facts, by the delivery that was asked for. */
export async function readKnown(
  db: D1Database,
  workspace: string,
  source: string,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string | null, Known>> {
  const { results } = await db
    .prepare(readNamed)
    .bind(workspace, source, JSON.stringify(wanted))
    .all<NamedRow>()
  const found = new Map<string | null, Map<string, Counting | null>>()
  for (const { name, teller, delivery, replaced, dimensions, data, ...rest } of results) {
    const known = found.get(teller) ?? new Map<string, Counting | null>()
    found.set(teller, known)
    const own = teller === null || teller === delivery
    if (own && replaced === null) {
      known.set(name, { ...rest, dimensions: parsed(dimensions), data: parsed(data) })
    } else if (!known.has(name)) known.set(name, null)
  }
  return found
}

/** Rows are written by us alone, from checked facts. */
const parsed = (json: string) => JSON.parse(json) as Record<string, string>

/** What a delivery has come to when it was read again, and what it wants to be remembered. */
export interface Outcome extends Pick<ListedDelivery, 'source' | 'id' | 'state' | 'reason'> {
  readonly received: number
  readonly remember: ReadonlyMap<string, string>
}

const writeOutcomes = `
  WITH said AS MATERIALIZED (
    SELECT value ->> 'source' AS source, value ->> 'id' AS id, value ->> 'state' AS state,
      value ->> 'reason' AS reason
    FROM json_each(?2)
  )
  UPDATE identity SET state = said.state, reason = said.reason FROM said
  WHERE identity.workspace = ?1 AND identity.source = said.source AND identity.id = said.id
    AND identity.body IS NOT NULL AND identity.state <> 'conflict'
    AND (identity.state, identity.reason) IS NOT (said.state, said.reason)`

/** As of when its delivery arrived: what has been said since stays. */
const rememberAgain = `
  INSERT INTO memory (workspace, source, name, value, time)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2)
  WHERE true
  ON CONFLICT DO UPDATE SET value = excluded.value, time = excluded.time
  WHERE excluded.time >= memory.time AND excluded.value <> memory.value`

/** By what a replay has read its deliveries, which must hold still when that is stored. */
export interface ReadBy {
  /** The version of each source, by its id. */
  readonly sources: Readonly<Record<string, number>>
  /** The facts whose place others are to take, as `[source, id]`. */
  readonly counting: readonly (readonly [source: string, id: string])[]
}

const stillSo = `
  SELECT NOT EXISTS (
    SELECT 1 FROM json_each(?2) asked WHERE NOT EXISTS (${stillTaken('asked.key', 'asked.value')})
  ) AND NOT EXISTS (
    SELECT 1 FROM json_each(?3) asked CROSS JOIN
    ${named('known', 'asked.value ->> 0', 'asked.value ->> 1')} AND fact.replaced IS NOT NULL
  ) AS holds`

/** Ends the transaction with an error where it does not hold: SQLite has no other word for that. */
const unlessSo = `SELECT json(CASE WHEN holds THEN '1' ELSE 'changed' END) FROM (${stillSo})`

/**
 * Stores what deliveries have come to when they were read again, with their facts: one transaction.
 *
 * @returns false, with nothing stored, where what they were read by has changed meanwhile.
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function storeReplay(
  db: D1Database,
  replay: {
    readonly workspace: string
    readonly facts: readonly Fact[]
    readonly outcomes: readonly Outcome[]
    readonly by: ReadBy
    readonly received: number
    readonly looks: Looks
  },
): Promise<boolean> {
  const { workspace, facts, outcomes, by } = replay
  const remembered = outcomes.flatMap(({ source, remember, received }) =>
    [...remember].map(([name, value]) => [source, name, value, received]),
  )
  const unconditional = { condition: 'asked', given: [null, null] } as const
  const chunks = facts.length === 0 ? [] : parameters(facts)
  const asked = [workspace, JSON.stringify(by.sources), JSON.stringify(by.counting)]
  try {
    await db.batch([
      db.prepare(unlessSo).bind(...asked),
      ...chunks.flatMap((json) => statementsFor(db, json, replay, unconditional).statements),
      db.prepare(writeOutcomes).bind(workspace, JSON.stringify(outcomes)),
      ...(remembered.length === 0
        ? []
        : [db.prepare(rememberAgain).bind(workspace, JSON.stringify(remembered))]),
    ])
  } catch (error) {
    const found = await db
      .prepare(stillSo)
      .bind(...asked)
      .first<{ holds: number }>()
    if (found?.holds === 0) return false
    throw error
  }
  return true
}
