import type { Looks } from '../looks.ts'
import { bare, hasProperties } from './bare.ts'
import { named, reread } from './incoming.ts'
import { marksOfAny } from './marks.ts'
import { tight } from './tight.ts'

/** A fact that is taken back, with all that corrects it. */
export interface Withdrawal {
  readonly workspace: string
  readonly source: string
  /** What the fact was called first: those that correct it name it. */
  readonly id: string
  readonly looks: Looks
  /** In milliseconds since 1970 UTC. */
  readonly now: number
}

const places = 'fact.type, fact.day, fact.source, fact.id'

/** The fact `?3` of the source `?2`, its corrections and its later readings, whether or not they count. */
const told = `
  SELECT ${places} FROM ${named('base', '?2', '?3')}
  UNION
  SELECT ${places} FROM ${reread('base', '?2', '?3')}
  UNION
  SELECT ${places} FROM fact INDEXED BY fact_replaces
  WHERE fact.workspace = ?1 AND fact.source = ?2 AND fact.replaces = ?3`

const touched = `
  touched AS MATERIALIZED (
    SELECT ${places}, fact.subject, fact.entity, fact.time, fact.dimensions, fact.thread
    FROM (${told}) told CROSS JOIN fact
      ON fact.workspace = ?1 AND fact.type = told.type AND fact.day = told.day
      AND fact.source = told.source AND fact.id = told.id
    WHERE fact.replaced IS NULL
  )`

/** What has been published by the properties of these facts is taken back by them, and then they go too. */
const keepWaiting = `
  INSERT INTO heartbeat (name, time)
  SELECT DISTINCT 'withdrawn ' || ?1 || ' ' || day, ?4 FROM (${told})
  WHERE type = 'survey.response'
  ON CONFLICT (name) DO UPDATE SET time = excluded.time`

/** Later than any correction, of whatever time: what has been taken back stays so. */
const last = 8_640_000_000_000_000

const takeBackAll = `
  UPDATE fact SET
    replaced = 1, replaces = ?3, revision = ${last}, entity = NULL, data = '{}'
  WHERE workspace = ?1 AND (type, day, source, id) IN (SELECT * FROM (${told}))
    AND revision IS NOT ${last}
  RETURNING 1`

/**
 * Takes a fact back: it and what corrects it no longer count, and say nothing of anybody. One transaction,
 * with the marks of closed days. Its name stays taken, and so a repeat does not bring it back.
 *
 * @returns whether there was anything.
 */
export async function withdraw(
  db: D1Database,
  { workspace, source, id, looks, now }: Withdrawal,
): Promise<boolean> {
  const bound = [workspace, source, id] as const
  const marks = marksOfAny(looks).map(({ sql, looks: asked }) => {
    const more = asked === null ? [] : [null, JSON.stringify(asked)]
    return db.prepare(tight(`WITH ${touched} ${sql}`)).bind(...bound, ...more)
  })
  const results = await db.batch([
    ...marks,
    db.prepare(tight(keepWaiting)).bind(...bound, now),
    db.prepare(tight(takeBackAll)).bind(...bound),
  ])
  return (results.at(-1)?.results.length ?? 0) > 0
}

/** A rollup that had begun by then may have read what has been taken back since, in milliseconds. */
const margin = 60_000

/** Days that have been rolled up since something of them was taken back. */
const readDone = `
  SELECT waiting.name, substr(waiting.name, 11, length(waiting.name) - 21) AS workspace,
    substr(waiting.name, -10) AS day
  FROM heartbeat waiting CROSS JOIN heartbeat run ON run.name = 'rollup'
  WHERE waiting.name > 'withdrawn ' AND waiting.name < 'withdrawn!'
    AND run.time > waiting.time + ${margin}`

const settled = `
  SELECT done.* FROM (${readDone}) done
  WHERE NOT EXISTS (
    SELECT 1 FROM dirty WHERE dirty.workspace = done.workspace AND dirty.day = done.day
  ) LIMIT 20`

const forgetProperties = `
  UPDATE fact SET dimensions = ${bare('fact.dimensions')}
  WHERE (workspace, type, day) IN (
    SELECT workspace, 'survey.response', day FROM (${settled})
  ) AND revision = ${last} AND ${hasProperties('dimensions')}`

const forgetWaiting = `DELETE FROM heartbeat WHERE name IN (SELECT name FROM (${settled}))`

/** Empties the properties of what has been taken back, once no published number tells of them. */
export async function settleWithdrawn(db: D1Database): Promise<void> {
  await db.batch([forgetProperties, forgetWaiting].map((sql) => db.prepare(tight(sql))))
}
