import { type Bounds, type Day, addDays, bounds, dayFinder, daysBetween } from '../day.ts'
import { type Kpi, type Subject, reads } from '../kpi.ts'

/** What one run may and shall do. */
export interface RollupRequest {
  readonly kpis: readonly Kpi[]
  /** In milliseconds since 1970 UTC; it decides which days have ended. */
  readonly now: number
  /** When it is computed, where that is not `now`: a run may be made as of another time. */
  readonly computed?: number
  /** Only this workspace; every one where it is left out. */
  readonly workspace?: string
  /** How many days one run may work through. */
  readonly limit?: number
  /** How many values of a dimension a day keeps apart. */
  readonly segments?: number
  /** Is told of a workspace that cannot be planned, and is left out. */
  readonly leaveOut?: (workspace: string, error: unknown) => void
}

/** One day to roll up. `final` days have ended and are closed by this run. */
export interface Target extends Bounds {
  readonly workspace: string
  readonly day: Day
  readonly final: boolean
  /** When the day after it ends. */
  readonly due: number
}

/** The days of one run, the types whose KPIs it runs, and how many open days are left for the next. */
export interface Plan {
  readonly targets: readonly Target[]
  readonly types: readonly Subject[]
  readonly remaining: number
}

/** Days that one run works through: 6 transactions of 60 days stay below 50 queries. */
const defaultLimit = 360

/** A version of a KPI that has been told from the beginning. */
export interface Birth {
  readonly id: string
  readonly version: number
}

const births = `SELECT id, version FROM kpi ORDER BY id, version`

const giveBirth = `
  INSERT INTO kpi (id, version, born)
  SELECT value ->> 'id', value ->> 'version', ?2 FROM json_each(?1) WHERE true
  ON CONFLICT DO NOTHING`

/** Closed days with anything that a new KPI reads were closed without it: one seek a day and type. */
const markForNewKpis = `
  WITH RECURSIVE found AS (
    SELECT workspace.id AS workspace, type.value AS type, workspace.closed, (
      SELECT min(fact.day) FROM fact
      WHERE fact.workspace = workspace.id AND fact.type = type.value
    ) AS day
    FROM workspace CROSS JOIN json_each(?1) type
    WHERE ?2 IS NULL OR workspace.id = ?2
    UNION ALL
    SELECT workspace, type, closed, (
      SELECT min(fact.day) FROM fact
      WHERE fact.workspace = found.workspace AND fact.type = found.type AND fact.day > found.day
    )
    FROM found WHERE day IS NOT NULL
  )
  INSERT INTO dirty (workspace, day, type)
  SELECT workspace, day, type FROM found WHERE day <= closed
  UNION
  SELECT tally.workspace, tally.day, type.value
  FROM json_each(?1) type CROSS JOIN workspace
  CROSS JOIN tally ON tally.workspace = workspace.id AND tally.day <= workspace.closed
  WHERE type.value = 'intake' AND (?2 IS NULL OR workspace.id = ?2)
  UNION
  SELECT day.workspace, day.day, type.value
  FROM json_each(?1) type CROSS JOIN day
  WHERE type.value = 'revision' AND day.closed IS NOT NULL AND (?2 IS NULL OR day.workspace = ?2)
  ON CONFLICT DO NOTHING`

/** A workspace's open days, and what lies on them: KPIs that read nothing of it need not run. */
const planOpenDays = `
  SELECT * FROM (
    SELECT id, zone, closed, due, (
      SELECT json_group_array(type.value) FROM json_each(?3) type
      WHERE EXISTS (
        SELECT 1 FROM fact
        WHERE fact.workspace = workspace.id AND fact.type = type.value
          AND fact.day > workspace.closed AND fact.day <= date(?2 / 1000, 'unixepoch', '+1 day')
      ) OR type.value = 'intake' AND EXISTS (
        SELECT 1 FROM tally WHERE tally.workspace = workspace.id AND tally.day > workspace.closed
      )
    ) AS types
    FROM workspace WHERE (?1 IS NULL OR id = ?1) AND importing IS NULL
  )
  WHERE due <= ?2 OR types <> '[]'
  ORDER BY id > ?4 DESC, id
  LIMIT ?5`

const planDirtyDays = `
  SELECT dirty.workspace AS id, workspace.zone, dirty.day, json_group_array(dirty.type) AS types
  FROM dirty JOIN workspace ON workspace.id = dirty.workspace
  WHERE (?1 IS NULL OR dirty.workspace = ?1) AND workspace.importing IS NULL
  GROUP BY dirty.workspace, dirty.day
  ORDER BY dirty.workspace > ?3 DESC, dirty.workspace, dirty.day
  LIMIT ?2`

interface UnclosedRow {
  readonly id: string
  readonly zone: string
  readonly closed: Day
  /** A JSON array of fact types. */
  readonly types: string
}

interface MarkedRow {
  readonly id: string
  readonly zone: string
  readonly day: Day
  /** A JSON array of fact types. */
  readonly types: string
}

/** Which days this run works through: those not closed yet, oldest first, and marked ones. */
export async function planRun(db: D1Database, request: RollupRequest): Promise<Plan> {
  const limit = request.limit ?? defaultLimit
  const only = request.workspace ?? null
  const all = [...new Set(request.kpis.flatMap(reads))]
  const first = pivot(request.now)
  await backfill(db, request)
  // A batch types all its results alike; these are the columns that the two queries name.
  const [unclosed, marked] = (await db.batch([
    db.prepare(planOpenDays).bind(only, request.now, JSON.stringify(all), first, limit),
    db.prepare(planDirtyDays).bind(only, limit, first),
  ])) as [D1Result<UnclosedRow>, D1Result<MarkedRow>]
  const running = unclosed.results.flatMap((row) => openDays(row, request))
  const open = running.reduce((sum, { count }) => sum + count, 0)
  // Open days come back with every run; without half of it, marked days would wait behind them for ever.
  const marks = marked.results
    .filter(({ id, day, zone }) => isPlannable({ id, zone }, day, request))
    .slice(0, Math.max(Math.ceil(limit / 2), limit - open))
  const opened = firstDays(running, limit - marks.length)
  const touched = new Set(
    [...running, ...marks].flatMap((row) => JSON.parse(row.types) as Subject[]),
  )
  return {
    targets: [...opened, ...marks].map(({ id, day, zone }) => target(id, day, zone, request.now)),
    types: [...touched],
    remaining: open - opened.length,
  }
}

/** Every version of a KPI that this deployment has told from the beginning. */
export async function readBirths(db: D1Database): Promise<Birth[]> {
  return (await db.prepare(births).all<Birth>()).results
}

/** Those of the KPIs that are not among the births. */
export const unborn = (kpis: readonly Kpi[], among: readonly Birth[]): Kpi[] =>
  kpis.filter((kpi) => !among.some(({ id, version }) => id === kpi.id && version === kpi.version))

/** Marks the closed days of a workspace, or of all, on which something lies that the KPIs read. */
export function markUntold(
  db: D1Database,
  kpis: readonly Kpi[],
  workspace: string | null,
): D1PreparedStatement {
  return db
    .prepare(markForNewKpis)
    .bind(JSON.stringify([...new Set(kpis.flatMap(reads))]), workspace)
}

/** Marks what was closed before a KPI, or a version of one, came to be: once, for all workspaces. */
export async function backfill(
  db: D1Database,
  { kpis, now, computed = now }: Pick<RollupRequest, 'kpis' | 'now' | 'computed'>,
): Promise<void> {
  const young = unborn(kpis, await readBirths(db))
  if (young.length === 0) return
  const rows = young.map(({ id, version }) => ({ id, version }))
  await db.batch([
    markUntold(db, young, null),
    db.prepare(giveBirth).bind(JSON.stringify(rows), computed),
  ])
}

/** The days of a workspace that are not closed: so many, from the one after `closed`. */
interface OpenDays extends UnclosedRow {
  readonly count: number
}

/** None where the workspace cannot be planned. */
function openDays(row: UnclosedRow, request: RollupRequest): OpenDays[] {
  if (!isPlannable(row, row.closed, request)) return []
  return [{ ...row, count: Math.max(0, daysBetween(row.closed, dayFinder(row.zone)(request.now))) }]
}

/** Whether a day has bounds. One workspace's trouble is not the others': it is left out. */
function isPlannable(
  { id, zone }: Pick<UnclosedRow, 'id' | 'zone'>,
  day: Day,
  { leaveOut }: RollupRequest,
): boolean {
  try {
    bounds(addDays(day, 2), zone)
    return true
  } catch (error) {
    leaveOut?.(id, error)
    return false
  }
}

/** The first so many open days, each workspace's in order, so that days are closed in order too. */
function firstDays(running: readonly OpenDays[], limit: number) {
  const days: { id: string; zone: string; day: Day }[] = []
  for (const { id, zone, closed, count } of running) {
    for (let ahead = 1; ahead <= count && days.length < limit; ahead++) {
      days.push({ id, zone, day: addDays(closed, ahead) })
    }
  }
  return days
}

function target(workspace: string, day: Day, zone: string, now: number): Target {
  const { start, end } = bounds(day, zone)
  return { workspace, day, start, end, final: end <= now, due: bounds(addDays(day, 1), zone).end }
}

/** Rotates which workspaces come first, so that one run's limit never starves the same ones. */
function pivot(now: number): string {
  const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
  return alphabet.charAt(Math.floor(now / 60_000) % alphabet.length)
}
