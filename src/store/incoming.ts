/** Types whose facts say themselves on which day they count, whatever their time. */
const ownDay = `'quota.set'`

/** One row where the survey is open, has room, and this version is the one that is asked. */
export const stillAsked = (survey: string, version: string) =>
  `SELECT 1 FROM survey WHERE id = ${survey} AND version = ${version} AND closed IS NULL
     AND (quota IS NULL OR answers < quota)`

/** One row where the source takes deliveries and is as it was when this one was verified and read. */
export const stillTaken = (source: string, version: string) =>
  `SELECT 1 FROM source WHERE id = ${source} AND version = ${version} AND removed IS NULL`

/** One row where the invitation that a fact tells of has just been made. */
const invited = `
  SELECT 1 FROM invitation
  WHERE id = value ->> 'id' AND workspace = ?1 AND survey = ?3 AND created = ?4`

/** One row where the delivery has just been written: a repeat brings nothing, and of two the first wins. */
const delivered = `
  SELECT 1 FROM identity
  WHERE workspace = ?1 AND source = ?3 AND id = ?4 ->> 'id' AND digest = ?4 ->> 'digest'
    AND received = ?4 ->> 'received'`

/**
 * Which facts of a request may be stored at all, as a condition: `asked` wants the survey `?3` in its
 * version `?4` where there is one, `delivered` the source `?3` and `?4`, its delivery's id, digest and arrival,
 * `invited` an invitation to the survey `?3` of the instant `?4`, called as the fact.
 */
export const conditions = {
  asked: `?3 IS NULL OR EXISTS (${stillAsked('?3', '?4')})`,
  delivered: `EXISTS (${delivered})`,
  taken: `EXISTS (${stillTaken('?3', '?4')})`,
  invited: `EXISTS (${invited})`,
} as const

export type Condition = keyof typeof conditions

/** The facts of `?2` as rows, on the days that stored bounds give them. */
export const incoming = (condition: Condition, answering = false) => `
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
      value ->> 'revision' AS revision, value ->> 'rereads' AS rereads,
      value ->> 'delivery' AS delivery, key AS place
      ${answering ? `, value ->> 'invitation' AS invitation` : ''}
    FROM json_each(?2)
    WHERE ${conditions[condition]}
  )`

const placed = (alias: string, source: string) => `
    identity ${alias} CROSS JOIN fact
      ON fact.workspace = ?1 AND fact.type = ${alias}.type AND fact.day = ${alias}.day
      AND fact.source = ${alias}.source AND fact.id = ${alias}.id
    WHERE ${alias}.workspace = ?1 AND ${alias}.source = ${source}`

/** A fact by its identity: a seek for the place and one for the fact. */
export const named = (alias: string, source: string, id: string) =>
  `${placed(alias, source)} AND ${alias}.id = ${id}`

/** Later readings of a fact: its name, `~`, and the 13 digits of when it was read again. */
export const reread = (alias: string, source: string, id: string) =>
  `${placed(alias, source)} AND ${alias}.id > ${id} || '~' AND ${alias}.id < ${id} || '~:'
    AND length(${alias}.id) = length(${id}) + 14`

/** Those that are not there yet; of two of one name the first. */
export const fresh = `
  fresh AS (
    SELECT *, min(place) AS first FROM incoming
    WHERE NOT EXISTS (SELECT 1 FROM ${named('known', 'incoming.source', 'incoming.id')})
    GROUP BY source, id
  )`

const looked = `
      fact.source, fact.id, fact.type, fact.subject, fact.entity, fact.time, fact.day,
      fact.dimensions, fact.thread`

const corrected = `
    UNION ALL
    SELECT ${looked}
    FROM fresh CROSS JOIN ${named('corrected', 'fresh.source', 'fresh.replaces')}
      AND fresh.replaces IS NOT NULL AND fact.replaced IS NULL
    UNION ALL
    SELECT ${looked}
    FROM fresh CROSS JOIN ${named('reread', 'fresh.source', 'fresh.rereads')}
      AND fresh.rereads IS NOT NULL AND fact.replaced IS NULL
    UNION ALL
    SELECT ${looked}
    FROM fresh CROSS JOIN fact INDEXED BY fact_replaces
    WHERE fresh.replaces IS NOT NULL AND fact.workspace = ?1 AND fact.source = fresh.source
      AND fact.replaces = fresh.replaces AND fact.replaced IS NULL`

/**
 * New facts, those that they correct or are later readings of, and those that corrected the same before:
 * what others may have looked at.
 */
export const touched = (corrects: boolean) => `
  touched AS MATERIALIZED (
    SELECT source, id, type, subject, entity, time, day, dimensions, thread FROM fresh
    ${corrects ? corrected : ''}
  )`

/** How new a fact is among those that correct the same one. */
const newness = (alias: string) => `(coalesce(${alias}.revision, ${alias}.time), ${alias}.id)`

/** Whether a newer fact corrects the same one. */
const outdone = (alias: string) => `EXISTS (
      SELECT 1 FROM fact newer INDEXED BY fact_replaces
      WHERE newer.workspace = ?1 AND newer.source = ${alias}.source
        AND newer.replaces = ${alias}.replaces AND ${newness('newer')} > ${newness(alias)}
    )`

/**
 * A fact whose correction has come first, or a newer one than itself, is born corrected.
 *
 * @param answers how it is found which of them are `fresh`, where not all that are new may be stored.
 */
export const insertFacts = (condition: Condition, answers?: string) => `
  WITH ${incoming(condition, answers !== undefined)} ${answers === undefined ? '' : `, ${answers}`}
  INSERT INTO fact (
    workspace, type, day, source, id, subject, entity, time, received, value, dimensions, data,
    thread, cost, replaces, revision, delivery, invitation, replaced
  )
  SELECT
    ?1, type, day, source, id, subject, entity, time, ?5, value, dimensions, data,
    thread, cost, replaces, revision, delivery, ${answers === undefined ? 'NULL' : 'takes'},
    CASE WHEN EXISTS (
      SELECT 1 FROM fact correction INDEXED BY fact_replaces
      WHERE correction.workspace = ?1 AND correction.source = incoming.source
        AND correction.replaces = incoming.id
    ) OR replaces IS NOT NULL AND ${outdone('incoming')} THEN 1 END
  FROM ${answers === undefined ? 'incoming' : 'fresh AS incoming'}
  WHERE true
  ON CONFLICT DO NOTHING
  RETURNING 1`

/**
 * Only what a stored correction or reading names: one that is refused as a repeat corrects nothing. The
 * inner SELECT is there because SQLite looks up the rows of a plain one only, and not of a compound.
 */
export const takeBack = `
  WITH correction AS MATERIALIZED (
    SELECT DISTINCT fact.source, fact.replaces, given.value ->> 'rereads' AS rereads
    FROM json_each(?2) given CROSS JOIN
    ${named('stored', "given.value ->> 'source'", "given.value ->> 'id'")}
      AND given.value ->> 'replaces' IS NOT NULL AND fact.replaces IS NOT NULL
  )
  UPDATE fact SET replaced = 1
  WHERE workspace = ?1 AND replaced IS NULL AND (type, day, source, id) IN (
    SELECT type, day, source, id FROM (
      SELECT corrected.type, corrected.day, corrected.source, corrected.id
      FROM correction CROSS JOIN identity corrected
      WHERE corrected.workspace = ?1 AND corrected.source = correction.source
        AND corrected.id IN (correction.replaces, correction.rereads) AND corrected.type IS NOT NULL
      UNION ALL
      SELECT fact.type, fact.day, fact.source, fact.id
      FROM correction CROSS JOIN fact INDEXED BY fact_replaces
      WHERE fact.workspace = ?1 AND fact.source = correction.source
        AND fact.replaces = correction.replaces AND ${outdone('fact')}
    )
  )`

/** What came in of each source, told of the day it came in. */
export const tallyFacts = (condition: Condition, answers?: string) => `
  WITH ${incoming(condition, answers !== undefined)}, ${answers ?? fresh}
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

export const markTally = `
  INSERT INTO dirty (workspace, day, type)
  SELECT ?1, ?2, 'intake' WHERE ?2 <= (SELECT closed FROM workspace WHERE id = ?1)
  ON CONFLICT DO NOTHING`
