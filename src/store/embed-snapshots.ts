import type { Theme } from '../chart.ts'
import type { Day } from '../day.ts'
import { type History, noHistory } from '../series.ts'
import type { Grain } from '../window.ts'
import type { Embed } from './embeds.ts'
import { type Asked, type SnapshotRow, historiesOf, openingRows } from './history.ts'

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
  readonly currency: string
  readonly closed: Day
  readonly start: Day
}

/** An embed with what it shows. */
export interface FoundEmbed {
  readonly embed: Embed
  readonly workspace: {
    readonly id: string
    readonly zone: string
    readonly currency: string
    readonly closed: Day
  }
  readonly history: History
}

/** One day more than the window on both sides, because the zone is only known with the row. */
const readEmbedById = `
  WITH shown AS MATERIALIZED (
    SELECT
      embed.kpi AS embed_kpi, embed.segment AS embed_segment, embed.days, embed.grain, embed.kind,
      embed.minimum, embed.locale, embed.theme, embed.created,
      workspace.id AS workspace_id, workspace.zone, workspace.currency, workspace.closed,
      date(?3 / 1000, 'unixepoch', '-' || (embed.days * (?5 ->> embed.kpi)) || ' days') AS start
    FROM embed JOIN workspace ON workspace.id = embed.workspace
    WHERE embed.id = ?1 AND embed.revoked IS NULL
  )
  SELECT shown.*, found.*
  FROM shown LEFT JOIN (
    SELECT
      snapshot.kpi, snapshot.segment, snapshot.day, snapshot.revision, snapshot.counters,
      snapshot.computed
    FROM shown CROSS JOIN snapshot
    WHERE snapshot.workspace = shown.workspace_id AND snapshot.kpi = shown.embed_kpi
      AND snapshot.version = ?2 ->> shown.embed_kpi AND snapshot.segment = shown.embed_segment
      AND snapshot.day >= shown.start
    UNION ALL
    ${openingRows({
      from: 'shown',
      where: `look.key = shown.embed_kpi AND past.workspace = shown.workspace_id
        AND past.version = ?2 ->> look.key AND past.segment = shown.embed_segment`,
      lookBack: '?4',
      day: 'shown.start',
      asOf: '?3',
    })}
  ) found ON true
  ORDER BY found.day, found.revision`

/** An embed in use with its snapshots, in one query; `null` where there is none of this id. */
export async function readEmbed(
  db: D1Database,
  id: string,
  { versions, lookBack, reach }: Asked,
  now: number,
): Promise<FoundEmbed | null> {
  const { results } = await db
    .prepare(readEmbedById)
    .bind(id, JSON.stringify(versions), now, JSON.stringify(lookBack), JSON.stringify(reach))
    .all<EmbedRow>()
  const head = results[0]
  if (head === undefined) return null
  const { embed_kpi: kpi, embed_segment: segment, days, grain, kind, minimum } = head
  const { locale, theme, created, workspace_id, zone, currency, closed, start } = head
  return {
    embed: { id, kpi, segment, days, grain, kind, minimum, locale, theme, created },
    workspace: { id: workspace_id, zone, currency, closed },
    history: historiesOf(results, start)[0] ?? noHistory(start),
  }
}
