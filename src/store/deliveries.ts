import { parseUtf8 } from '../bytes.ts'
import type { Fact } from '../fact.ts'
import type { State } from '../delivery.ts'
import type { Looks } from '../looks.ts'
import { type Guard, parameters, statementsFor } from './facts.ts'
import { conditions, incoming } from './incoming.ts'
import { tight } from './tight.ts'

/** A verified request, and what was made of it. */
export interface Delivery {
  readonly source: string
  /** The version of the source that it was verified and read by. */
  readonly version: number
  readonly id: string
  /** Of what it says, in hexadecimal. */
  readonly digest: string
  readonly state: State
  readonly reason: string | null
  readonly headers: Readonly<Record<string, string>>
  /** `null` where it names somebody who has been erased. */
  readonly body: Uint8Array<ArrayBuffer> | null
}

/** What a delivery brings with it. */
export interface Delivering {
  readonly workspace: string
  readonly delivery: Delivery
  readonly facts: readonly Fact[]
  /** What later deliveries need to know, by name. */
  readonly remember: ReadonlyMap<string, string>
  /** What was remembered when it was read, `null` for nothing: it must be so still when it is stored. */
  readonly recalled: ReadonlyMap<string, string | null>
  /** When it arrived, in milliseconds since 1970 UTC. */
  readonly received: number
  readonly looks: Looks
}

/**
 * What became of a delivery: `outdated` where the source, or what was remembered, has changed since it was
 * read, `conflict` where another of the same id said something else before, `unclaimed` where that one has
 * told no fact of this name.
 */
export type Receipt = 'new' | 'repeat' | 'conflict' | 'unclaimed' | 'outdated'

const insertDelivery = `
  WITH ${incoming('taken')}
  INSERT INTO identity (
    workspace, source, id, type, day, state, reason, received, digest, headers, body
  )
  SELECT
    ?1, ?3, ?6 ->> 'id', own.type, own.day, ?6 ->> 'state', ?6 ->> 'reason', ?5, ?6 ->> 'digest',
    ?6 -> 'headers', CAST(?7 AS BLOB)
  FROM (SELECT 1) LEFT JOIN (
    SELECT type, day FROM incoming WHERE source = ?3 AND id = ?6 ->> 'id' ORDER BY place LIMIT 1
  ) own
  WHERE ${conditions.taken} AND NOT EXISTS (
    SELECT 1 FROM json_each(?8) asked
    WHERE (asked.value ->> 1) IS NOT (
      SELECT value FROM memory
      WHERE workspace = ?1 AND source = ?3 AND name = asked.value ->> 0
    )
  )
  ON CONFLICT DO NOTHING
  RETURNING 1`

/** A repeat remembers nothing: what it says may have changed since. */
const rememberThings = `
  INSERT INTO memory (workspace, source, name, value, time)
  SELECT ?1, ?2, key, value, ?5 FROM json_each(?6)
  WHERE EXISTS (
    SELECT 1 FROM identity
    WHERE workspace = ?1 AND source = ?2 AND id = ?3 AND digest = ?4 AND received = ?5
  )
  ON CONFLICT DO UPDATE SET value = excluded.value, time = excluded.time
  WHERE excluded.time >= memory.time AND excluded.value <> memory.value`

const readDigest = `
  SELECT digest, type FROM identity
  WHERE workspace = ?1 AND source = ?2 AND id = ?3 AND EXISTS (
    SELECT 1 FROM source WHERE id = ?2 AND version = ?4 AND removed IS NULL
  )`

/**
 * Stores a delivery with its facts: one transaction, in which the first of one id wins. Resolves after
 * the commit. A repeat writes nothing.
 *
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function deliver(db: D1Database, delivering: Delivering): Promise<Receipt> {
  const { workspace, delivery, facts, recalled, received } = delivering
  const { source, version, id, digest, state, reason, headers, body } = delivery
  const said = JSON.stringify({ id, digest, state, reason, headers })
  const chunks = parameters(facts)
  const guard: Guard = {
    condition: 'delivered',
    given: [source, JSON.stringify({ id, digest, received })],
  }
  const results = await db.batch([
    db
      .prepare(tight(insertDelivery))
      .bind(
        workspace,
        chunks[0] ?? '[]',
        source,
        version,
        received,
        said,
        bindable(body),
        JSON.stringify([...recalled]),
      ),
    ...(facts.length === 0 ? [] : chunks).flatMap(
      (json) => statementsFor(db, json, delivering, guard).statements,
    ),
    ...remembering(db, delivering),
  ])
  if (results[0]?.results.length === 1) return 'new'
  const kept = await db.prepare(readDigest).bind(workspace, source, id, version).first<KeptName>()
  return kept === null ? 'outdated' : receiptOf(kept, digest)
}

/** Who has a name: of a fact that nobody has delivered there is no digest. */
interface KeptName {
  readonly digest: string | null
  readonly type: string | null
}

function receiptOf(kept: KeptName, digest: string): Receipt {
  if (kept.digest === digest) return 'repeat'
  return kept.type === null ? 'unclaimed' : 'conflict'
}

function remembering(
  db: D1Database,
  { workspace, delivery: { source, id, digest }, remember, received }: Delivering,
): D1PreparedStatement[] {
  if (remember.size === 0) return []
  const json = JSON.stringify(Object.fromEntries(remember))
  return [db.prepare(rememberThings).bind(workspace, source, id, digest, received, json)]
}

/** What a delivery is called that has given its name to another one: `id`, `!` and how its content begins. */
const renamed = `workspace = ?1 AND source = ?2 AND id = ?3 AND type IS NULL AND digest <> ?4`

const giveName = `
  INSERT INTO identity (workspace, source, id, state, reason, received, digest, headers, body)
  SELECT workspace, source, id || '!' || substr(digest, 1, 16), state, reason, received, digest,
    headers, body
  FROM identity WHERE ${renamed}
  ON CONFLICT DO NOTHING`

/**
 * Takes a name from a delivery that has told no fact of it, for one that does: what could not be read, or
 * meant nothing, must not keep out what it was mended to.
 */
export async function makeWay(
  db: D1Database,
  workspace: string,
  { source, id, digest }: Pick<Delivery, 'source' | 'id' | 'digest'>,
): Promise<void> {
  await db.batch(
    [giveName, `DELETE FROM identity WHERE ${renamed}`].map((sql) =>
      db.prepare(sql).bind(workspace, source, id, digest),
    ),
  )
}

/**
 * A body to be bound: D1 sends bytes as a list of numbers, several times as long as their text. Whether a
 * text with a NUL in it arrives whole is nobody's promise.
 */
function bindable(body: Delivery['body']): Delivery['body'] | string {
  if (body === null) return null
  const text = body.includes(0) ? null : parseUtf8(body)
  return text ?? body
}

const insertConflict = `
  INSERT INTO identity (workspace, source, id, state, reason, received, digest, headers, body)
  VALUES (?1, ?2, ?3, 'conflict', ?4, ?5, ?6, ?7, CAST(?8 AS BLOB))
  ON CONFLICT DO NOTHING`

/** What the name of a delivery in conflict ends with, so that each of different content is kept once. */
export const conflictName = ({ id, digest }: Pick<Delivery, 'id' | 'digest'>) =>
  `${id}!${digest.slice(0, 16)}`

/** Keeps a delivery whose id another one has taken; it counts nowhere. */
export async function keepConflict(
  db: D1Database,
  { workspace, delivery, received }: Pick<Delivering, 'workspace' | 'delivery' | 'received'>,
): Promise<void> {
  const { source, id, digest, headers, body } = delivery
  const reason = `A delivery of the same id said something else before: "${id.slice(0, 200)}"`
  await db
    .prepare(insertConflict)
    .bind(
      workspace,
      source,
      conflictName({ id, digest }),
      reason,
      received,
      digest,
      JSON.stringify(headers),
      bindable(body),
    )
    .run()
}

const recallThings = `
  SELECT name, value, 1 AS remembered FROM memory
  WHERE workspace = ?1 AND source = ?2 AND name IN (SELECT value FROM json_each(?3))
  UNION ALL
  SELECT DISTINCT replaces, '', 0 FROM fact INDEXED BY fact_replaces
  WHERE workspace = ?1 AND source = ?2 AND replaces IN (SELECT value FROM json_each(?3))`

/** What is known under names: all of it, and what of it was remembered. */
export interface Recalled {
  readonly memory: ReadonlyMap<string, string>
  /** By every name that was asked for; `null` where nothing is remembered. */
  readonly recalled: ReadonlyMap<string, string | null>
}

/** What a source is known to have said under these names, and `''` for those that a fact replaces. */
export async function recall(
  db: D1Database,
  workspace: string,
  source: string,
  names: readonly string[],
): Promise<Recalled> {
  if (names.length === 0) return { memory: new Map(), recalled: new Map() }
  const { results } = await db
    .prepare(recallThings)
    .bind(workspace, source, JSON.stringify(names))
    .all<{ name: string; value: string; remembered: number }>()
  const remembered = results.filter((row) => row.remembered === 1)
  return {
    memory: new Map(results.map(({ name, value }) => [name, value])),
    recalled: new Map([
      ...names.map((name) => [name, null] as const),
      ...remembered.map(({ name, value }) => [name, value] as const),
    ]),
  }
}
