import type { Theme } from '../chart.ts'
import type { Day } from '../day.ts'
import type { Aim, Birth, FoundEmbed } from '../embed.ts'
import type { Look } from '../look.ts'
import type { Released } from '../release.ts'
import { noHistory } from '../series.ts'
import type { Grain } from '../window.ts'
import { type Asked, type SnapshotRow, historiesOf, openingRows } from './history.ts'

/** What SQL needs to know of KPIs and kinds to read what embeds show. */
export interface AskedByEmbeds extends Asked {
  /** Kinds that show the window before beside their own. */
  readonly twice: readonly string[]
}

/** What is said of an embed itself, the heaviest of it, stands in its first row only. */
export interface EmbedRow extends SnapshotRow {
  readonly owner: string
  readonly embed: string
  readonly embed_kpi: string
  readonly embed_segment: string
  readonly days: number
  readonly grain: Grain
  readonly kind: string
  readonly minimum: number
  readonly locale: string
  readonly theme: Theme
  readonly look: string
  readonly released: string | null
  readonly step: number
  readonly created: number
  readonly workspace_id: string
  readonly zone: string
  readonly currency: string
  readonly closed: Day
  readonly start: Day
  /** A JSON array of {@link Aim}. */
  readonly targets: string
  /** A JSON array of {@link Birth}. */
  readonly versions: string
}

/** Embeds, whose they are, the first day to read, and what else is known of their KPI. */
const shownEmbeds = (which: string) => `
  shown AS MATERIALIZED (
    SELECT
      embed.id AS embed, embed.kpi AS embed_kpi, embed.segment AS embed_segment, embed.days,
      embed.grain, embed.kind, embed.minimum, embed.locale, embed.theme, embed.look,
      embed.released, embed.step, embed.created,
      workspace.id AS workspace_id, workspace.zone, workspace.currency, workspace.closed,
      date(?1 / 1000, 'unixepoch', '-' || (embed.days * (
        (?4 ->> embed.kpi) + (embed.kind IN (SELECT value FROM json_each(?5)))
      )) || ' days') AS start,
      (
        SELECT json_group_array(json_array(target, "from", "to")) FROM (
          SELECT target.target, target."from", target."to" FROM target
          WHERE target.workspace = embed.workspace AND target.kpi = embed.kpi
            AND target.segment = embed.segment
            AND target."from" <= date(?1 / 1000, 'unixepoch', '1 day')
            AND target."to" >= date(?1 / 1000, 'unixepoch', '-1 day')
          ORDER BY target.created DESC, target.id DESC
        )
      ) AS targets,
      (
        SELECT json_group_array(json_array(version, born)) FROM (
          SELECT version, born FROM kpi WHERE kpi.id = embed.kpi ORDER BY version
        )
      ) AS versions
    FROM embed JOIN workspace ON workspace.id = embed.workspace
    WHERE ${which} AND embed.revoked IS NULL
  )`

/**
 * Embeds, each one row and one more for each of its snapshots; what parts look back on is told of one embed only. One day more than the window on both sides, because the zone is only known
 * with the row. The segments of a dimension are found by one seek each: `;` is the byte after `:`.
 *
 * @param which SQL that says which embeds.
 * @param unless SQL that says of which embeds the snapshots are not wanted.
 */
export const embedRows = (which: string, unless: string) => `
  WITH RECURSIVE ${shownEmbeds(which)},
  name AS (
    SELECT embed, embed_segment AS segment FROM shown WHERE NOT (${unless})
    UNION ALL
    SELECT name.embed, (
      SELECT min(snapshot.segment) FROM snapshot
      WHERE snapshot.workspace = shown.workspace_id AND snapshot.kpi = shown.embed_kpi
        AND snapshot.version = ?2 ->> shown.embed_kpi
        AND snapshot.segment > max(name.segment, (shown.look ->> 'dimension') || ':')
        AND snapshot.segment < (shown.look ->> 'dimension') || ';'
    )
    FROM name CROSS JOIN shown
    WHERE shown.embed = name.embed AND name.segment IS NOT NULL
      AND shown.look ->> 'dimension' IS NOT NULL
  )
  SELECT
    head.*, found.owner, found.kpi, found.segment, found.day, found.revision, found.counters,
    found.computed
  FROM (
    SELECT
      embed AS owner, NULL AS kpi, NULL AS segment, NULL AS day, NULL AS revision, NULL AS counters,
      NULL AS computed
    FROM shown
    UNION ALL
    SELECT
      name.embed, snapshot.kpi, snapshot.segment, snapshot.day, snapshot.revision,
      snapshot.counters, snapshot.computed
    FROM name CROSS JOIN shown CROSS JOIN snapshot
    WHERE shown.embed = name.embed AND snapshot.workspace = shown.workspace_id
      AND snapshot.kpi = shown.embed_kpi AND snapshot.version = ?2 ->> shown.embed_kpi
      AND snapshot.segment = name.segment AND snapshot.day >= shown.start
    UNION ALL
    SELECT shown.embed, opening.* FROM shown CROSS JOIN (
    ${openingRows({
      from: 'name CROSS JOIN shown',
      where: `shown.embed = name.embed AND look.key = shown.embed_kpi
        AND past.workspace = shown.workspace_id AND past.version = ?2 ->> look.key
        AND past.segment = name.segment`,
      lookBack: '?3',
      day: 'shown.start',
      asOf: '?1',
    })}
    ) opening
  ) found LEFT JOIN shown head ON head.embed = found.owner AND found.kpi IS NULL
  ORDER BY found.owner, found.segment, found.day, found.revision`

/** An embed in use with its snapshots, in one query; `null` where there is none of this id. */
export async function readEmbed(
  db: D1Database,
  id: string,
  asked: Asked & Partial<AskedByEmbeds>,
  now: number,
): Promise<FoundEmbed | null> {
  const { results } = await db
    .prepare(readEmbedById)
    .bind(...parametersOf(asked, now), id)
    .all<EmbedRow>()
  return foundEmbeds(results)[0] ?? null
}

/** What has been released is all that may be shown, so that nothing else is read. */
const readEmbedById = embedRows('embed.id = ?6', 'shown.released IS NOT NULL')

/** `?1` to `?5` of {@link embedRows}. */
export function parametersOf(
  { versions, lookBack, reach, twice = [] }: Asked & Partial<AskedByEmbeds>,
  now: number,
) {
  return [now, ...[versions, lookBack, reach, twice].map((each) => JSON.stringify(each))] as const
}

/** The embeds of rows in the order of {@link embedRows}. */
export function foundEmbeds(rows: readonly EmbedRow[]): FoundEmbed[] {
  return Map.groupBy(rows, ({ owner }) => owner)
    .values()
    .flatMap((own) => own.slice(0, 1).map((head) => foundOf(head, own)))
    .toArray()
}

function foundOf(head: EmbedRow, rows: readonly EmbedRow[]): FoundEmbed {
  const { embed: id, embed_kpi: kpi, embed_segment: segment, days, grain, kind, minimum } = head
  const { locale, theme, created, workspace_id, zone, currency, closed, start, step } = head
  const { look, released, targets, versions } = head
  return {
    embed: {
      id,
      kpi,
      segment,
      days,
      grain,
      kind,
      minimum,
      locale,
      theme,
      created,
      look: JSON.parse(look) as Look,
    },
    workspace: { id: workspace_id, zone, currency, closed },
    start,
    aims: JSON.parse(targets) as Aim[],
    births: JSON.parse(versions) as Birth[],
    released: released === null ? null : (JSON.parse(released) as Record<string, Released>),
    step,
    computed: rows.reduce((newest, row) => Math.max(newest, row.computed ?? 0), 0),
    state: stateOf(head, rows),
    get histories() {
      return historiesOf(rows, start)
    },
    get history() {
      return this.histories.find((one) => one.segment === segment) ?? noHistory(start)
    },
  }
}

/** Without when it was computed: numbers that have not changed are the same. */
function stateOf(head: EmbedRow, rows: readonly EmbedRow[]): string {
  const { days, grain, kind, minimum, locale, theme, look, released, zone, currency, closed } = head
  return JSON.stringify([
    head.embed_kpi,
    head.embed_segment,
    days,
    grain,
    kind,
    minimum,
    locale,
    theme,
    look,
    released,
    zone,
    currency,
    closed,
    head.targets,
    head.versions,
    rows.map(({ segment, day, revision, counters }) => [segment, day, revision, counters]),
  ])
}
