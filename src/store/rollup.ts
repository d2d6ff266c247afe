import type { Kpi, Subject } from '../kpi.ts'
import { type Plan, type RollupRequest, type Target, planRun } from './plan.ts'
import { type Publication, publications, revisions, targetDays } from './publish.ts'

/** What every chunk of a run has in common. */
interface Run {
  readonly kpis: readonly Kpi[]
  readonly published: readonly Publication[]
  readonly now: number
  readonly computed: number
  readonly segments: number
}

/** What one run did, in days of one workspace each. */
export interface RollupReport {
  readonly days: number
  readonly remaining: number
  /** Workspaces with a number that is another now, or a window that has moved on by a day. */
  readonly changed: readonly string[]
}

/** Days in one transaction. */
const chunkSize = 60

/** Values of a dimension that a day keeps apart. */
const segmentLimit = 200

/** A fact dated further ahead than this waits until its time, in milliseconds. */
const lead = 5 * 60_000

const countDirtyDays = `
  SELECT count(*) AS days FROM (
    SELECT DISTINCT workspace, day FROM dirty WHERE ?1 IS NULL OR workspace = ?1
  )`

/** A day begins where the one before has ended. Its bounds follow the zone until it is closed, once. */
const keepBounds = `
  WITH ${targetDays}
  INSERT INTO day (workspace, day, start, "end", closed)
  SELECT
    target.workspace, target.day, coalesce(before."end", target.start), target."end",
    CASE WHEN target.final THEN ?2 END
  FROM target LEFT JOIN day before ON before.workspace = target.workspace
    AND before.day = date(target.day, '-1 day') AND before."end" <= target."end"
  WHERE true
  ON CONFLICT (workspace, day) DO UPDATE
    SET start = excluded.start, "end" = excluded."end", closed = excluded.closed
    WHERE day.closed IS NULL
      AND (day.start, day."end", excluded.closed) IS NOT (excluded.start, excluded."end", NULL)`

const forgetMarks = `
  DELETE FROM dirty
  WHERE (workspace, day) IN (
    SELECT value ->> 'workspace', value ->> 'day' FROM json_each(?1)
  ) AND type IN (SELECT value FROM json_each(?2))`

const advance = `
  UPDATE workspace SET closed = last.day, due = last.due
  FROM (
    SELECT value ->> 'workspace' AS id, value ->> 'day' AS day, value ->> 'due' AS due
    FROM json_each(?1)
  ) last
  WHERE workspace.id = last.id AND workspace.closed < last.day
  RETURNING id AS workspace`

const beat = `
  INSERT INTO heartbeat (name, time) VALUES ('rollup', ?1)
  ON CONFLICT (name) DO UPDATE SET time = excluded.time WHERE excluded.time > heartbeat.time`

/**
 * Recomputes the days that may have changed, from the facts, in SQL: those not closed yet, and those
 * marked dirty. Each chunk replaces its days' snapshots, closes what has ended and takes away the marks
 * in one transaction, so that running it twice, late, at the same time or after a crash gives the same
 * rows. What one run may not do, the next does.
 *
 * @throws the first error of a chunk that D1 has refused, after all others have been worked through.
 */
export async function rollup(db: D1Database, request: RollupRequest): Promise<RollupReport> {
  const { kpis, now, computed = now, workspace = null, segments = segmentLimit } = request
  const plan = await planRun(db, request)
  const { changed, failures } = await runChunks(db, plan, {
    kpis,
    published: publications(kpis, plan.types),
    now,
    computed,
    segments,
  })
  const [, left] = await db.batch<{ days: number }>([
    db.prepare(beat).bind(computed),
    db.prepare(countDirtyDays).bind(workspace),
  ])
  if (failures.length > 0) throw failures[0]
  return {
    days: plan.targets.length,
    remaining: plan.remaining + (left?.results[0]?.days ?? 0),
    changed: [...changed],
  }
}

/**
 * One transaction after another. One chunk's trouble is not the others', but the workspaces in it must
 * wait: a later day that is closed would leave the failed ones behind for ever.
 */
async function runChunks(db: D1Database, plan: Plan, run: Run) {
  const changed = new Set<string>()
  const failures: unknown[] = []
  const waiting = new Set<string>()
  for (let at = 0; at < plan.targets.length; at += chunkSize) {
    const chunk = plan.targets
      .slice(at, at + chunkSize)
      .filter((target) => !waiting.has(target.workspace))
    if (chunk.length === 0) continue
    const statements = chunkStatements(db, chunk, plan.types, run)
    try {
      const results = await db.batch<{ workspace?: string }>(statements)
      workspacesIn(results).forEach((workspace) => changed.add(workspace))
    } catch (error) {
      failures.push(error)
      for (const target of chunk) waiting.add(target.workspace)
    }
  }
  return { changed, failures }
}

/** Whose snapshots the statements say that they wrote, and whose days that they closed. */
function workspacesIn(results: readonly D1Result<{ workspace?: string }>[]): string[] {
  return results.flatMap((result) => result.results.flatMap(({ workspace = [] }) => workspace))
}

function chunkStatements(
  db: D1Database,
  chunk: readonly Target[],
  types: readonly Subject[],
  { kpis, published, now, computed, segments }: Run,
): D1PreparedStatement[] {
  const days = JSON.stringify(chunk)
  return [
    ...published.map(({ statement, parts, kpis: rows }) =>
      db.prepare(statement).bind(days, parts, now + lead, computed, rows, segments),
    ),
    ...kpis.flatMap((kpi) => revisions(db, kpi, { kpis, days, computed })),
    db.prepare(keepBounds).bind(days, computed),
    db.prepare(forgetMarks).bind(days, JSON.stringify(types)),
    db.prepare(advance).bind(JSON.stringify(lastClosed(chunk))),
  ]
}

/** By workspace, the last day that the chunk closes, and when the day after it ends. */
function lastClosed(chunk: readonly Target[]) {
  const last = new Map<string, Target>()
  for (const found of chunk) {
    const known = last.get(found.workspace)
    if (found.final && (known === undefined || found.day > known.day)) {
      last.set(found.workspace, found)
    }
  }
  return [...last.values()].map(({ workspace, day, due }) => ({ workspace, day, due }))
}
