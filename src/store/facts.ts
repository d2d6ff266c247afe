import type { Day } from '../day.ts'
import type { Fact } from '../fact.ts'
import type { Looks } from '../looks.ts'
import { marksOf } from './marks.ts'

/** The facts of one request, and the condition on which they may be stored at all. */
export interface Intake {
  readonly workspace: string
  readonly facts: readonly Fact[]
  /** When they arrived, in milliseconds since 1970 UTC. */
  readonly received: number
  /** Which other facts count differently when one arrives. */
  readonly looks: Looks
  /** The survey version that was answered: it must still be asked when the answer is written. */
  readonly asked?: { readonly survey: string; readonly version: number }
  /** What to tally: the day of arrival, and by source how many facts were rejected before. */
  readonly tally?: { readonly day: Day; readonly rejected: Readonly<Record<string, number>> }
}

/** What became of an {@link Intake}; `open` is false where the survey is closed or has been replaced. */
export interface Stored {
  readonly stored: number
  readonly open: boolean
}

/** Bytes of JSON in one parameter; D1 takes 2,000,000. */
const parameterLimit = 1_800_000

/** Types whose facts say themselves on which day they count, whatever their time. */
const ownDay = `'quota.set'`

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
              date(value ->> 'day', '-1 day'), value ->> 'day', date(value ->> 'day', '+1 day')
            )
            AND known.start <= value ->> 'time' AND value ->> 'time' < known."end"
            AND value ->> 'type' NOT IN (${ownDay})
        ),
        value ->> 'day'
      ) AS day,
      value ->> 'value' AS value, value -> 'dimensions' AS dimensions, value -> 'data' AS data,
      value ->> 'thread' AS thread, value ->> 'cost' AS cost, value ->> 'replaces' AS replaces,
      key AS place
    FROM json_each(?2)
    WHERE ?3 IS NULL
      OR EXISTS (${stillAsked('?3', '?4')})
  ),
  fresh AS (
    SELECT *, min(place) AS first FROM incoming
    WHERE NOT EXISTS (
      SELECT 1 FROM fact
      WHERE fact.workspace = ?1 AND fact.source = incoming.source AND fact.id = incoming.id
    )
    GROUP BY source, id
  )`

/** New facts and those that they correct: what the others may have looked at. */
const touched = `
  touched AS MATERIALIZED (
    SELECT source, id, type, subject, entity, time, day, dimensions, thread FROM fresh
    UNION ALL
    SELECT
      fact.source, fact.id, fact.type, fact.subject, fact.entity, fact.time, fact.day,
      fact.dimensions, fact.thread
    FROM fresh CROSS JOIN fact
    WHERE fresh.replaces IS NOT NULL AND fact.workspace = ?1 AND fact.source = fresh.source
      AND fact.id = fresh.replaces AND fact.replaced IS NULL
  )`

/** A fact whose correction has come first is born corrected. */
const insertFacts = `
  WITH ${incoming}
  INSERT INTO fact (
    workspace, type, day, source, id, subject, entity, time, received, value, dimensions, data,
    thread, cost, replaces, replaced
  )
  SELECT
    ?1, type, day, source, id, subject, entity, time, ?5, value, dimensions, data,
    thread, cost, replaces,
    CASE WHEN EXISTS (
      SELECT 1 FROM fact correction INDEXED BY fact_replaces
      WHERE correction.workspace = ?1 AND correction.source = incoming.source
        AND correction.replaces = incoming.id
    ) THEN 1 END
  FROM incoming
  WHERE true
  ON CONFLICT DO NOTHING`

/** Only what a stored correction names: one that is refused as a repeat corrects nothing. */
const takeBack = `
  UPDATE fact SET replaced = 1
  WHERE workspace = ?1 AND replaced IS NULL AND (source, id) IN (
    SELECT correction.source, correction.replaces
    FROM json_each(?2) given CROSS JOIN fact correction
    WHERE correction.workspace = ?1 AND correction.source = given.value ->> 'source'
      AND correction.id = given.value ->> 'id' AND correction.replaces IS NOT NULL
  )`

const tallyFacts = `
  WITH ${incoming}
  INSERT INTO tally (workspace, day, source, stored, late, duplicate, rejected)
  SELECT
    ?1, ?5, source, stored, late, arrived - stored,
    coalesce((SELECT value FROM json_each(?6) WHERE key = source), 0)
  FROM (
    SELECT
      incoming.source, count(*) AS arrived, count(DISTINCT fresh.id) AS stored,
      count(DISTINCT CASE WHEN EXISTS (
        SELECT 1 FROM day known
        WHERE known.workspace = ?1 AND known.day = fresh.day AND known.closed IS NOT NULL
      ) THEN fresh.id END) AS late
    FROM incoming LEFT JOIN fresh ON fresh.source = incoming.source AND fresh.id = incoming.id
    GROUP BY incoming.source
    UNION ALL
    SELECT key, 0, 0, 0 FROM json_each(?6)
    WHERE key NOT IN (SELECT source FROM incoming)
  )
  WHERE true
  ON CONFLICT (workspace, day, source) DO UPDATE SET
    stored = stored + excluded.stored, late = late + excluded.late,
    duplicate = duplicate + excluded.duplicate, rejected = rejected + excluded.rejected`

const markTally = `
  INSERT INTO dirty (workspace, day, type)
  SELECT ?1, ?2, 'intake' WHERE ?2 <= (SELECT closed FROM workspace WHERE id = ?1)
  ON CONFLICT DO NOTHING`

/**
 * The only writer of facts: one transaction that inserts those whose (source, id) is new and marks the
 * closed days they change. Resolves after the commit. A repeat writes nothing.
 *
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function store(db: D1Database, intake: Intake): Promise<Stored> {
  const { facts, asked, tally } = intake
  const rejected = Object.keys(tally?.rejected ?? {}).length > 0
  if (facts.length === 0 && !rejected) return { stored: 0, open: true }
  const chunks = parameters(facts).map((json, index) =>
    statementsFor(db, json, intake, index === 0),
  )
  const closing = [...lastStatements(db, intake)]
  const results = await db.batch([...chunks.flatMap(({ statements }) => statements), ...closing])
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

/** The statements that take in one parameter's facts, and which of them inserts them. */
interface Chunk {
  readonly statements: readonly D1PreparedStatement[]
  readonly insert: number
}

/** How many rows the inserts have inserted. */
function changesOf(results: readonly D1Result[], chunks: readonly Chunk[]): number {
  let start = 0
  let changes = 0
  for (const { statements, insert } of chunks) {
    changes += results[start + insert]?.meta.changes ?? 0
    start += statements.length
  }
  return changes
}

function statementsFor(db: D1Database, json: string, intake: Intake, first: boolean): Chunk {
  const { workspace, facts, received, looks, tally } = intake
  const given = [workspace, json, ...guardOf(intake)] as const
  const marks = marksOf(facts, looks).map(({ sql, data }) => {
    const statement = db.prepare(`WITH ${incoming}, ${touched} ${sql}`)
    return data === null ? statement.bind(...given) : statement.bind(...given, JSON.stringify(data))
  })
  const corrects = facts.some(({ replaces }) => replaces !== undefined)
  const before = [
    ...marks,
    ...(tally === undefined
      ? []
      : [
          db
            .prepare(tallyFacts)
            .bind(...given, tally.day, JSON.stringify(first ? tally.rejected : {})),
        ]),
  ]
  return {
    statements: [
      ...before,
      db.prepare(insertFacts).bind(...given, received),
      ...(corrects ? [db.prepare(takeBack).bind(workspace, json)] : []),
    ],
    insert: before.length,
  }
}

/** What comes after the facts: the survey's question must be the last. */
function lastStatements(db: D1Database, intake: Intake): D1PreparedStatement[] {
  const { workspace, asked, tally } = intake
  return [
    ...(tally === undefined ? [] : [db.prepare(markTally).bind(workspace, tally.day)]),
    ...(asked === undefined ? [] : [db.prepare(stillAsked('?1', '?2')).bind(...guardOf(intake))]),
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
  return found.length === 0 ? ['[]'] : found.map((rows) => `[${rows.join(',')}]`)
}
