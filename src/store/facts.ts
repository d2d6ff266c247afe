import type { Fact, FactType } from '../fact.ts'

/** The facts of one request, and the condition on which they may be stored at all. */
export interface Intake {
  readonly workspace: string
  readonly facts: readonly Fact[]
  /** When they arrived, in milliseconds since 1970 UTC. */
  readonly received: number
  /** Which other types count a fact by those that follow it. */
  readonly followers: Followers
  /** The survey version that was answered: it must still be asked when the answer is written. */
  readonly asked?: { readonly survey: string; readonly version: number }
}

/** By type, the types whose days change when a fact of it arrives about their subject and entity. */
export type Followers = Readonly<Partial<Record<FactType, readonly FactType[]>>>

/** What became of an {@link Intake}; `open` is false where the survey is closed or has been replaced. */
export interface Stored {
  readonly stored: number
  readonly open: boolean
}

/** Bytes of JSON in one parameter; D1 takes 2,000,000. */
const parameterLimit = 1_800_000

/** One row where the survey is open and this version is the one that is asked. */
const stillAsked = (survey: string, version: string) =>
  `SELECT 1 FROM survey WHERE id = ${survey} AND version = ${version} AND closed IS NULL`

const incoming = `
  incoming AS MATERIALIZED (
    SELECT
      value ->> 'source' AS source, value ->> 'id' AS id, value ->> 'type' AS type,
      value ->> 'subject' AS subject, value ->> 'entity' AS entity, value ->> 'time' AS time,
      coalesce(
        (
          SELECT known.day FROM day known
          WHERE known.workspace = ?1
            AND known.day IN (
              date((value ->> 'time') / 1000, 'unixepoch', '-1 day'),
              date((value ->> 'time') / 1000, 'unixepoch'),
              date((value ->> 'time') / 1000, 'unixepoch', '+1 day')
            )
            AND known.start <= value ->> 'time' AND value ->> 'time' < known."end"
        ),
        value ->> 'day'
      ) AS day,
      value ->> 'value' AS value, value -> 'dimensions' AS dimensions, value -> 'data' AS data
    FROM json_each(?2)
    WHERE ?3 IS NULL
      OR EXISTS (${stillAsked('?3', '?4')})
  ),
  fresh AS (
    SELECT * FROM incoming
    WHERE NOT EXISTS (
      SELECT 1 FROM fact
      WHERE fact.workspace = ?1 AND fact.source = incoming.source AND fact.id = incoming.id
    )
  )`

/** A closed day is marked; the days after it are rolled up by every run anyway. */
const markOwnDays = `
  WITH ${incoming}
  INSERT INTO dirty (workspace, day, type)
  SELECT DISTINCT ?1, day, type FROM fresh
  WHERE day <= (SELECT closed FROM workspace WHERE id = ?1)
  ON CONFLICT DO NOTHING`

/**
 * The last fact that this one follows may count differently now: what came before that one is followed
 * by that one at the latest. CROSS JOIN and the index keep it to a few seeks, however long the history is.
 */
const markFollowedDays = `
  WITH ${incoming}
  INSERT INTO dirty (workspace, day, type)
  SELECT DISTINCT ?1, fact.day, fact.type
  FROM fresh
  CROSS JOIN json_each(?5) follower
  CROSS JOIN json_each(follower.value) counted
  CROSS JOIN fact INDEXED BY fact_entity
  WHERE follower.key = fresh.type AND fact.workspace = ?1 AND fact.subject = fresh.subject
    AND fact.entity = fresh.entity AND fact.type = counted.value
    AND fact.time = (
      SELECT max(time) FROM fact INDEXED BY fact_entity
      WHERE workspace = ?1 AND subject = fresh.subject AND entity = fresh.entity
        AND type = counted.value AND time <= fresh.time
    )
    AND +fact.day <= (SELECT closed FROM workspace WHERE id = ?1)
  ON CONFLICT DO NOTHING`

const insertFacts = `
  WITH ${incoming}
  INSERT INTO fact
    (workspace, type, day, source, id, subject, entity, time, received, value, dimensions, data)
  SELECT ?1, type, day, source, id, subject, entity, time, ?5, value, dimensions, data
  FROM incoming
  WHERE true
  ON CONFLICT DO NOTHING`

/**
 * The only writer of facts: one transaction that inserts those whose (source, id) is new and marks the
 * closed days they change. Resolves after the commit. A repeat writes nothing.
 *
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function store(db: D1Database, intake: Intake): Promise<Stored> {
  const { facts, asked } = intake
  if (facts.length === 0) return { stored: 0, open: true }
  const chunks = parameters(facts).map((json) => statementsFor(db, json, intake))
  const guard =
    asked === undefined ? [] : [db.prepare(stillAsked('?1', '?2')).bind(...guardOf(intake))]
  const results = await db.batch([...chunks.flat(), ...guard])
  return {
    stored: changesOf(results, chunks),
    open: asked === undefined || results.at(-1)?.results.length === 1,
  }
}

/** Whether a fact of this identity is there. */
export async function isStored(
  db: D1Database,
  workspace: string,
  { source, id }: Pick<Fact, 'source' | 'id'>,
): Promise<boolean> {
  const found = await db
    .prepare('SELECT 1 FROM fact WHERE workspace = ?1 AND source = ?2 AND id = ?3')
    .bind(workspace, source, id)
    .first()
  return found !== null
}

/** The survey and version that must still be asked, or nothing to be checked. */
function guardOf({ asked }: Intake): [string | null, number | null] {
  return asked === undefined ? [null, null] : [asked.survey, asked.version]
}

/** How many rows the last statement of each chunk has inserted. */
function changesOf(results: readonly D1Result[], chunks: readonly unknown[][]): number {
  let end = 0
  let changes = 0
  for (const chunk of chunks) {
    end += chunk.length
    changes += results[end - 1]?.meta.changes ?? 0
  }
  return changes
}

/** The statements that take in one parameter's facts; the last one inserts them. */
function statementsFor(db: D1Database, json: string, intake: Intake): D1PreparedStatement[] {
  const { workspace, facts, received, followers } = intake
  const given = [workspace, json, ...guardOf(intake)] as const
  const followed = facts.some(({ entity, type }) => entity !== null && type in followers)
  return [
    db.prepare(markOwnDays).bind(...given),
    ...(followed ? [db.prepare(markFollowedDays).bind(...given, JSON.stringify(followers))] : []),
    db.prepare(insertFacts).bind(...given, received),
  ]
}

/** The facts as JSON arrays that each fit one bound parameter. */
function parameters(facts: readonly Fact[]): string[] {
  const encoder = new TextEncoder()
  const found: string[][] = []
  let room = 0
  for (const fact of facts) {
    const row = JSON.stringify(fact)
    const length = encoder.encode(row).byteLength + 1
    if (length > room) {
      found.push([])
      room = parameterLimit
    }
    found.at(-1)?.push(row)
    room -= length
  }
  return found.map((rows) => `[${rows.join(',')}]`)
}
