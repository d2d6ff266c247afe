import type { FactType } from '../fact.ts'
import { type Kpi, reads } from '../kpi.ts'
import { type Plan, type RollupRequest, type Target, planRun } from './plan.ts'

/** What every chunk of a run has in common. */
interface Run {
  readonly kpis: readonly Kpi[]
  readonly now: number
  readonly computed: number
}

/** What one run did, in days of one workspace each. */
export interface RollupReport {
  readonly days: number
  readonly remaining: number
  /** Workspaces with a number that is another now. */
  readonly changed: readonly string[]
}

/** Days in one transaction. */
const chunkSize = 60

/** A fact dated further ahead than this waits until its time, in milliseconds. */
const lead = 5 * 60_000

const countDirtyDays = `
  SELECT count(*) AS days FROM (
    SELECT DISTINCT workspace, day FROM dirty WHERE ?1 IS NULL OR workspace = ?1
  )`

const targets = `
  target AS MATERIALIZED (
    SELECT
      value ->> 'workspace' AS workspace, value ->> 'day' AS day, value ->> 'start' AS start,
      value ->> 'end' AS "end", value ->> 'final' AS final, workspace.closed
    FROM json_each(?1) JOIN workspace ON workspace.id = value ->> 'workspace'
  )`

/**
 * Cells are facts of equal type, day, dimensions and value, counted; from them every counter of every
 * KPI and segment follows. CROSS JOIN keeps SQLite to this order: a day's facts are one stretch of the
 * table, however long the history is. A closed day is read whole, so that a run that began earlier cannot
 * take back what a later one has seen.
 */
const writeSnapshots = `
  WITH ${targets},
  part AS MATERIALIZED (
    SELECT
      value ->> 'kpi' AS kpi, value ->> 'version' AS version, value ->> 'part' AS part,
      value ->> 'type' AS type, value ->> 'key' AS key, value ->> 'followed' AS followed,
      value -> 'where' AS condition, value -> 'dimensions' AS dimensions
    FROM json_each(?2)
  ),
  cell AS MATERIALIZED (
    SELECT
      fact.workspace, fact.day, fact.type, NULL AS followed, fact.dimensions, fact.value,
      count(*) AS n
    FROM target
    CROSS JOIN (SELECT DISTINCT type FROM part WHERE followed IS NULL) counted
    CROSS JOIN fact ON fact.workspace = target.workspace AND fact.type = counted.type
      AND fact.day = target.day AND (fact.time <= ?3 OR target.day <= target.closed)
    GROUP BY 1, 2, 3, 5, 6
    UNION ALL
    SELECT
      fact.workspace, fact.day, fact.type, counted.followed, fact.dimensions, fact.value,
      count(*) AS n
    FROM target
    CROSS JOIN (SELECT DISTINCT type, followed FROM part WHERE followed IS NOT NULL) counted
    CROSS JOIN fact ON fact.workspace = target.workspace AND fact.type = counted.type
      AND fact.day = target.day AND (fact.time <= ?3 OR target.day <= target.closed)
    WHERE EXISTS (
      SELECT 1 FROM fact later
      WHERE later.workspace = fact.workspace AND later.subject = fact.subject
        AND later.entity = fact.entity AND later.type = counted.followed
        AND later.time >= fact.time
        AND NOT EXISTS (
          SELECT 1 FROM fact next
          WHERE next.workspace = fact.workspace AND next.subject = fact.subject
            AND next.entity = fact.entity AND next.type = fact.type
            AND (next.time, next.source, next.id) > (fact.time, fact.source, fact.id)
            AND next.time <= later.time
        )
    )
    GROUP BY 1, 2, 3, 4, 5, 6
  ),
  counted AS MATERIALIZED (
    SELECT
      cell.workspace, cell.day, cell.dimensions AS cut, part.kpi, part.version, part.dimensions,
      part.part || CASE part.key WHEN 'value' THEN '/' || cell.value ELSE '' END AS counter, cell.n
    FROM cell
    JOIN part ON part.type = cell.type AND part.followed IS cell.followed
    WHERE NOT EXISTS (
      SELECT 1 FROM json_each(part.condition) wanted
      WHERE cell.dimensions ->> wanted.key IS NOT wanted.value
    )
  ),
  cut AS (
    SELECT workspace, day, kpi, version, '' AS segment, counter, n FROM counted
    UNION ALL
    SELECT workspace, day, kpi, version, dimension.key || ':' || dimension.value, counter, n
    FROM counted, json_each(counted.cut) dimension
    WHERE substr(dimension.key, 1, 2) = 'p.'
      OR dimension.key IN (SELECT value FROM json_each(counted.dimensions))
  ),
  fresh AS (
    SELECT
      workspace, day, kpi, version, segment,
      json_group_object(counter, n ORDER BY counter) AS counters
    FROM (
      SELECT workspace, day, kpi, version, segment, counter, sum(n) AS n
      FROM cut GROUP BY 1, 2, 3, 4, 5, 6
    )
    GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO snapshot (workspace, kpi, version, segment, day, revision, counters, computed)
  SELECT
    fresh.workspace, fresh.kpi, fresh.version, fresh.segment, fresh.day,
    CASE WHEN known.closed IS NULL THEN 1 ELSE coalesce(latest.revision, 1) + 1 END,
    fresh.counters, ?4
  FROM fresh
  LEFT JOIN day known ON known.workspace = fresh.workspace AND known.day = fresh.day
  LEFT JOIN snapshot latest ON latest.workspace = fresh.workspace AND latest.kpi = fresh.kpi
    AND latest.version = fresh.version AND latest.segment = fresh.segment
    AND latest.day = fresh.day AND latest.revision = (
      SELECT max(revision) FROM snapshot
      WHERE workspace = fresh.workspace AND kpi = fresh.kpi AND version = fresh.version
        AND segment = fresh.segment AND day = fresh.day
    )
  WHERE fresh.counters IS NOT latest.counters
  ON CONFLICT (workspace, kpi, version, segment, day, revision)
    DO UPDATE SET counters = excluded.counters, computed = excluded.computed
    WHERE excluded.computed >= snapshot.computed
  RETURNING workspace`

/** A day begins where the one before has ended. Its bounds follow the zone until it is closed, once. */
const keepBounds = `
  WITH ${targets}
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
  WHERE workspace.id = last.id AND workspace.closed < last.day`

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
  const { kpis, now, computed = now, workspace = null } = request
  const plan = await planRun(db, request)
  const { changed, failures } = await runChunks(db, plan, { kpis, now, computed })
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
      const [written] = await db.batch<{ workspace: string }>(statements)
      for (const { workspace } of written?.results ?? []) changed.add(workspace)
    } catch (error) {
      failures.push(error)
      for (const target of chunk) waiting.add(target.workspace)
    }
  }
  return { changed, failures }
}

function chunkStatements(
  db: D1Database,
  chunk: readonly Target[],
  types: readonly FactType[],
  { kpis, now, computed }: Run,
): D1PreparedStatement[] {
  const days = JSON.stringify(chunk)
  return [
    db
      .prepare(writeSnapshots)
      .bind(days, JSON.stringify(partRows(kpis, types)), now + lead, computed),
    db.prepare(keepBounds).bind(days, computed),
    db.prepare(forgetMarks).bind(days, JSON.stringify(types)),
    db.prepare(advance).bind(JSON.stringify(lastClosed(chunk))),
  ]
}

/** The parts of the KPIs that read one of the types, as the data that SQL runs on. */
function partRows(kpis: readonly Kpi[], types: readonly FactType[]) {
  return kpis
    .filter((kpi) => reads(kpi).some((type) => types.includes(type)))
    .flatMap((kpi) =>
      Object.entries(kpi.parts).map(([part, { type, where, followed, key }]) => ({
        kpi: kpi.id,
        version: kpi.version,
        dimensions: kpi.dimensions,
        part,
        type,
        where,
        followed,
        key,
      })),
    )
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
