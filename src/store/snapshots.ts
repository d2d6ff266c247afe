import { type Day, addDays, dayFinder } from '../day.ts'
import type { Window } from '../window.ts'
import {
  type Asked,
  type SegmentHistory,
  type SnapshotRow,
  historiesOf,
  isLatest,
  openingRows,
} from './history.ts'
import type { Holder } from './keys.ts'

/** Who asks for snapshots: a key by its id, or the deployment's admin for a workspace. */
export type Asker = { readonly key: string } | { readonly workspace: string }

/** Which snapshots to read; the days may exceed those that are shown. */
export interface SnapshotQuery {
  readonly asked: Asked
  /** One segment (`''` is all), or every segment of a dimension. */
  readonly cut: { readonly segment: string } | { readonly dimension: string }
  readonly window: Window
  /** Reads what had been published by then, in milliseconds since 1970 UTC. */
  readonly asOf?: number
}

/** What was found, and whose it is. */
export interface Found {
  readonly holder: Holder
  readonly segments: readonly SegmentHistory[]
  /** The days of the window on which values of the dimension were folded into `other`. */
  readonly folded: readonly Day[]
}

interface HolderRow extends SnapshotRow {
  /** A JSON array of days. */
  readonly folded: string
  readonly ended: Day | null
  readonly created: number
  readonly hash: string
  readonly scopes: string
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly currency: string
  readonly dimensions: string
  readonly gap: number
  readonly retention: number | null
  readonly erased: number
  readonly closed: Day
  readonly importing: string | null
}

const workspaceColumns = `
  workspace.id, workspace.name, workspace.zone, workspace.currency, workspace.dimensions,
  workspace.gap, workspace.retention, workspace.erased, workspace.closed, workspace.created,
  workspace.importing`

const keyHolder = `
  SELECT key.hash, key.scopes, ${workspaceColumns}
  FROM key JOIN workspace ON workspace.id = key.workspace
  WHERE key.id = ?1 AND key.revoked IS NULL`

const adminHolder = `
  SELECT '' AS hash, '[]' AS scopes, ${workspaceColumns}
  FROM workspace WHERE workspace.id = ?1`

/** The one segment that is asked for, of every KPI, and whether it is known from earlier: one seek each. */
const oneSegment = `
  name AS MATERIALIZED (
    SELECT asked.key AS kpi, asked.value AS version, ?3 AS segment, EXISTS (
      SELECT 1 FROM snapshot past
      WHERE past.workspace = holder.id AND past.kpi = asked.key AND past.version = asked.value
        AND past.segment = ?3 AND past.day < ?4 AND past.computed <= ?6
    ) AS earlier
    FROM holder CROSS JOIN json_each(?2) asked
  )`

/** The next name of a segment in a dimension: `;` is the byte after `:`, so there it ends. */
const nextSegment = (after: string, kpi: string) => `(
      SELECT min(snapshot.segment) FROM snapshot
      WHERE snapshot.workspace = holder.id AND snapshot.kpi = ${kpi}.kpi
        AND snapshot.version = ${kpi}.version
        AND snapshot.segment > ${after} AND snapshot.segment < ?3 || ';'
    )`

/** Every segment of a dimension, one seek each: a range of them would read all their days. */
const everySegment = `
  version AS (SELECT key AS kpi, value AS version FROM json_each(?2)),
  name AS (
    SELECT version.kpi, version.version, ${nextSegment(`?3 || ':'`, 'version')} AS segment,
      NULL AS earlier
    FROM holder CROSS JOIN version
    UNION ALL
    SELECT name.kpi, name.version, ${nextSegment('name.segment', 'name')}, NULL
    FROM name CROSS JOIN holder WHERE name.segment IS NOT NULL
  )`

/** The segments of a dimension are named alike, so that `other` is found whichever was asked for. */
const other = `CASE WHEN instr(?3, ':') > 0 THEN substr(?3, 1, instr(?3, ':')) ELSE ?3 || ':' END || 'other'`

const readSnapshotsOf = (holder: string, names: string) => `
  WITH RECURSIVE holder AS MATERIALIZED (${holder}),${names}
  SELECT
    holder.*, found.*,
    (
      SELECT day.day FROM day WHERE day.workspace = holder.id AND day.closed <= ?6
      ORDER BY day.day DESC LIMIT 1
    ) AS ended,
    (
      SELECT json_group_array(DISTINCT past.day)
      FROM json_each(?2) asked CROSS JOIN snapshot past
      WHERE past.workspace = holder.id AND past.kpi = asked.key
        AND past.version = asked.value AND past.segment = ${other}
        AND past.day BETWEEN ?4 AND ?5
        AND past.computed <= ?6 AND past.counters ->> '*' IS NOT NULL AND ${isLatest('?6')}
    ) AS folded
  FROM holder LEFT JOIN (
    SELECT
      snapshot.kpi, snapshot.segment, snapshot.day, snapshot.revision, snapshot.counters,
      snapshot.computed, name.earlier
    FROM holder CROSS JOIN name CROSS JOIN snapshot
    WHERE snapshot.workspace = holder.id AND snapshot.kpi = name.kpi
      AND snapshot.version = name.version AND snapshot.segment = name.segment
      AND snapshot.day BETWEEN ?4 AND ?5 AND snapshot.computed <= ?6
    UNION ALL
    SELECT *, NULL FROM (${openingRows({
      from: 'holder CROSS JOIN name',
      where: `look.key = name.kpi AND past.workspace = holder.id AND past.version = name.version
        AND past.segment = name.segment`,
      lookBack: '?7',
      day: '?4',
      asOf: '?6',
    })})
  ) found ON true
  ORDER BY found.kpi, found.segment, found.day, found.revision`

/**
 * Reads snapshots and the right to them in one query, and with `asOf` the last day that had been closed
 * by then as the workspace's. The rows are as good as nobody's until the caller has checked the holder's
 * secret and scopes.
 *
 * @returns `null` where there is no such key or workspace.
 */
export async function readSnapshots(
  db: D1Database,
  asker: Asker,
  query: SnapshotQuery,
): Promise<Found | null> {
  const [sql, id] = 'key' in asker ? [keyHolder, asker.key] : [adminHolder, asker.workspace]
  const [names, segment] =
    'segment' in query.cut ? [oneSegment, query.cut.segment] : [everySegment, query.cut.dimension]
  const { results } = await db
    .prepare(readSnapshotsOf(sql, names))
    .bind(
      id,
      JSON.stringify(query.asked.versions),
      segment,
      query.window.from,
      query.window.to,
      query.asOf ?? Number.MAX_SAFE_INTEGER,
      JSON.stringify(query.asked.lookBack),
    )
    .all<HolderRow>()
  const head = results[0]
  if (head === undefined) return null
  const { hash, name, zone, currency, gap, retention, erased } = head
  const dimensions = JSON.parse(head.dimensions) as string[]
  const closed = query.asOf === undefined ? head.closed : closedBy(head, query.asOf)
  return {
    holder: {
      hash,
      scopes: JSON.parse(head.scopes) as string[],
      workspace: {
        id: head.id,
        name,
        zone,
        currency,
        dimensions,
        gap,
        retention,
        erased,
        closed,
        ...(head.importing !== null && { importing: true }),
      },
    },
    segments: historiesOf(results, query.window.from),
    folded: JSON.parse(head.folded) as Day[],
  }
}

/** The last day that was closed by then: none before the day the workspace began on, but history. */
function closedBy({ zone, created, ended }: HolderRow, asOf: number): Day {
  const history = addDays(dayFinder(zone)(Math.min(created, asOf)), -1)
  return ended !== null && ended > history ? ended : history
}
