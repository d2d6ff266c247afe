import type { Theme } from '../chart.ts'
import { type Day, addDays, dayFinder } from '../day.ts'
import type { Snapshot } from '../series.ts'
import type { Grain, Window } from '../window.ts'
import type { Embed } from './embeds.ts'
import type { Holder } from './keys.ts'

/** Who asks for snapshots: a key by its id, or the deployment's admin for a workspace. */
export type Asker = { readonly key: string } | { readonly workspace: string }

/** The snapshots of one segment of one KPI. */
export interface SegmentSnapshots {
  readonly segment: string
  readonly kpi: string
  readonly snapshots: readonly Snapshot[]
}

/** Which snapshots to read; the days may exceed those that are shown. */
export interface SnapshotQuery {
  /** The KPIs asked for, with their versions. */
  readonly versions: Readonly<Record<string, number>>
  /** One segment (`''` is all), or every segment of a dimension. */
  readonly cut: { readonly segment: string } | { readonly dimension: string }
  readonly window: Window
  /** Reads what had been published by then, in milliseconds since 1970 UTC. */
  readonly asOf?: number
}

interface SnapshotRow {
  readonly kpi: string | null
  readonly segment: string
  readonly day: Day
  readonly revision: number
  readonly counters: string
  readonly computed: number
}

interface HolderRow extends SnapshotRow {
  readonly ended: Day | null
  readonly created: number
  readonly hash: string
  readonly scopes: string
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly currency: string
  readonly closed: Day
}

const workspaceColumns =
  'workspace.id, workspace.name, workspace.zone, workspace.currency, workspace.closed, workspace.created'

const keyHolder = `
  SELECT key.hash, key.scopes, ${workspaceColumns}
  FROM key JOIN workspace ON workspace.id = key.workspace
  WHERE key.id = ?1 AND key.revoked IS NULL`

const adminHolder = `
  SELECT '' AS hash, '[]' AS scopes, ${workspaceColumns}
  FROM workspace WHERE workspace.id = ?1`

const oneSegment = 'snapshot.segment = ?3'

/** `;` is the byte after `:`, so these are the segments of a dimension. */
const everySegment = "snapshot.segment > ?3 || ':' AND snapshot.segment < ?3 || ';'"

const readSnapshotsOf = (holder: string, segments: string) => `
  WITH holder AS MATERIALIZED (${holder})
  SELECT
    holder.*, found.*,
    (
      SELECT day.day FROM day WHERE day.workspace = holder.id AND day.closed <= ?6
      ORDER BY day.day DESC LIMIT 1
    ) AS ended
  FROM holder LEFT JOIN (
    SELECT
      snapshot.workspace, snapshot.kpi, snapshot.segment, snapshot.day, snapshot.revision,
      snapshot.counters, snapshot.computed
    FROM json_each(?2) version CROSS JOIN holder CROSS JOIN snapshot
    WHERE snapshot.workspace = holder.id AND snapshot.kpi = version.key
      AND snapshot.version = version.value
      AND ${segments}
      AND snapshot.day BETWEEN ?4 AND ?5 AND snapshot.computed <= ?6
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
): Promise<{ holder: Holder; segments: SegmentSnapshots[] } | null> {
  const [sql, id] = 'key' in asker ? [keyHolder, asker.key] : [adminHolder, asker.workspace]
  const [segments, segment] =
    'segment' in query.cut ? [oneSegment, query.cut.segment] : [everySegment, query.cut.dimension]
  const { results } = await db
    .prepare(readSnapshotsOf(sql, segments))
    .bind(
      id,
      JSON.stringify(query.versions),
      segment,
      query.window.from,
      query.window.to,
      query.asOf ?? Number.MAX_SAFE_INTEGER,
    )
    .all<HolderRow>()
  const head = results[0]
  if (head === undefined) return null
  const { hash, name, zone, currency } = head
  const closed = query.asOf === undefined ? head.closed : closedBy(head, query.asOf)
  return {
    holder: {
      hash,
      scopes: JSON.parse(head.scopes) as string[],
      workspace: { id: head.id, name, zone, currency, closed },
    },
    segments: segmentsOf(results),
  }
}

/** The last day that was closed by then: none before the day the workspace began on, but history. */
function closedBy({ zone, created, ended }: HolderRow, asOf: number): Day {
  const history = addDays(dayFinder(zone)(Math.min(created, asOf)), -1)
  return ended !== null && ended > history ? ended : history
}

/** Rows in order, by segment, with the latest revision of each day. */
function segmentsOf(rows: readonly SnapshotRow[]): SegmentSnapshots[] {
  const found = new Map<string, { kpi: string; segment: string; days: Map<Day, Snapshot> }>()
  for (const { kpi, segment, day, revision, counters, computed } of rows) {
    if (kpi === null) continue
    const name = `${kpi} ${segment}`
    const entry = found.get(name) ?? { kpi, segment, days: new Map<Day, Snapshot>() }
    const counts = Object.entries(JSON.parse(counters) as Record<string, number>)
    entry.days.set(day, { day, revision, computed, counters: new Map(counts) })
    found.set(name, entry)
  }
  return [...found.values()].map(({ kpi, segment, days }) => ({
    kpi,
    segment,
    snapshots: [...days.values()],
  }))
}

interface EmbedRow extends SnapshotRow {
  readonly embed_kpi: string
  readonly embed_segment: string
  readonly days: number
  readonly grain: Grain
  readonly kind: string
  readonly minimum: number
  readonly locale: string
  readonly theme: Theme
  readonly created: number
  readonly workspace_id: string
  readonly zone: string
  readonly closed: Day
}

/** An embed with what it shows. */
export interface FoundEmbed {
  readonly embed: Embed
  readonly workspace: { readonly id: string; readonly zone: string; readonly closed: Day }
  readonly snapshots: readonly Snapshot[]
}

/** One day more than the window on both sides, because the zone is only known with the row. */
const readEmbedById = `
  SELECT
    embed.kpi AS embed_kpi, embed.segment AS embed_segment, embed.days, embed.grain, embed.kind,
    embed.minimum, embed.locale, embed.theme, embed.created,
    workspace.id AS workspace_id, workspace.zone, workspace.closed,
    snapshot.kpi, snapshot.segment, snapshot.day, snapshot.revision, snapshot.counters,
    snapshot.computed
  FROM embed
  JOIN workspace ON workspace.id = embed.workspace
  LEFT JOIN snapshot ON snapshot.workspace = embed.workspace AND snapshot.kpi = embed.kpi
    AND snapshot.version = ?2 ->> embed.kpi AND snapshot.segment = embed.segment
    AND snapshot.day >= date(?3 / 1000, 'unixepoch', '-' || embed.days || ' days')
  WHERE embed.id = ?1 AND embed.revoked IS NULL
  ORDER BY snapshot.day, snapshot.revision`

/** An embed in use with its snapshots, in one query; `null` where there is none of this id. */
export async function readEmbed(
  db: D1Database,
  id: string,
  versions: Readonly<Record<string, number>>,
  now: number,
): Promise<FoundEmbed | null> {
  const { results } = await db
    .prepare(readEmbedById)
    .bind(id, JSON.stringify(versions), now)
    .all<EmbedRow>()
  const head = results[0]
  if (head === undefined) return null
  const { embed_kpi: kpi, embed_segment: segment, days, grain, kind, minimum } = head
  const { locale, theme, created, workspace_id, zone, closed } = head
  return {
    embed: { id, kpi, segment, days, grain, kind, minimum, locale, theme, created },
    workspace: { id: workspace_id, zone, closed },
    snapshots: segmentsOf(results)[0]?.snapshots ?? [],
  }
}
