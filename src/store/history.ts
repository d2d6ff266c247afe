import type { Day } from '../day.ts'
import type { Kpi } from '../kpi.ts'
import { type History, type Snapshot, noHistory } from '../series.ts'

/** What is known of one segment of one KPI. */
export interface SegmentHistory extends History {
  readonly kpi: string
  readonly segment: string
  /** When the newest of what is in `opening` was computed; 0 where nothing is. */
  readonly computed: number
}

/** A revision of a snapshot; one of revision 0 holds what was counted on all days before. */
export interface SnapshotRow {
  readonly kpi: string | null
  readonly segment: string
  readonly day: Day
  readonly revision: number
  readonly counters: string
  readonly computed: number
  /** 1 where its KPI and segment have a snapshot of a day before those that were asked for. */
  readonly earlier?: number | null
}

/** What SQL needs to know of KPIs to read their snapshots, by id. */
export interface Asked {
  readonly versions: Readonly<Record<string, number>>
  /** The parts that need all days before the window. */
  readonly lookBack: Readonly<Record<string, readonly string[]>>
  /** How many windows to read: two where a KPI compares with the one before. */
  readonly reach: Readonly<Record<string, number>>
}

export function askedOf(kpis: readonly Kpi[]): Asked {
  const lookBack = kpis.flatMap((kpi): [string, string[]][] => {
    const parts = Object.entries(kpi.parts).filter(([, part]) => part.looksBack)
    return parts.length === 0 ? [] : [[kpi.id, parts.map(([name]) => name)]]
  })
  return {
    versions: Object.fromEntries(kpis.map(({ id, version }) => [id, version])),
    lookBack: Object.fromEntries(lookBack),
    reach: Object.fromEntries(kpis.map(({ id, compares }) => [id, compares === true ? 2 : 1])),
  }
}

/** Whether `past` is what had been published of its day by some instant: SQL that names it. */
export const isLatest = (asOf: string) => `NOT EXISTS (
          SELECT 1 FROM snapshot later
          WHERE later.workspace = past.workspace AND later.kpi = past.kpi
            AND later.version = past.version AND later.segment = past.segment
            AND later.day = past.day AND later.revision > past.revision
            AND later.computed <= ${asOf}
        )`

/**
 * What parts that look back have counted on all days before `from`, as one row a segment: the latest
 * revision of each day, added up.
 *
 * @param workspace and the others: SQL that names the workspace, the KPIs' versions and parts as JSON, the
 * segments, the first day that is not before, and the instant after which nothing had been published.
 */
export function openingRows(given: {
  readonly from: string
  readonly where: string
  readonly lookBack: string
  readonly day: string
  readonly asOf: string
}): string {
  return `
    SELECT kpi, segment, '' AS day, 0 AS revision,
      json_group_object(counter, n) AS counters, max(computed) AS computed
    FROM (
      SELECT past.kpi, past.segment, counter.key AS counter, sum(counter.value) AS n,
        max(past.computed) AS computed
      FROM ${given.from}
      CROSS JOIN json_each(${given.lookBack}) look
      CROSS JOIN snapshot past
      CROSS JOIN json_each(past.counters) counter
      WHERE past.kpi = look.key AND ${given.where}
        AND past.day < ${given.day} AND past.computed <= ${given.asOf}
        AND ${isLatest(given.asOf)}
        AND EXISTS (
          SELECT 1 FROM json_each(look.value) part
          WHERE counter.key = part.value
            OR substr(counter.key, 1, length(part.value) + 1) = part.value || '/'
        )
      GROUP BY 1, 2, 3
    )
    GROUP BY 1, 2`
}

function countersOf(json: string): ReadonlyMap<string, number> {
  return new Map(Object.entries(JSON.parse(json) as Record<string, number>))
}

/** Rows in order of segment, day and revision, as histories from a day on: of each day the last counts. */
export function historiesOf(rows: readonly SnapshotRow[], from: Day): SegmentHistory[] {
  const found = new Map<string, { history: SegmentHistory; days: Map<Day, Snapshot> }>()
  for (const { kpi, segment, day, revision, counters: json, computed, earlier } of rows) {
    if (kpi === null) continue
    const name = `${kpi} ${segment}`
    const known = found.get(name)
    const days = known?.days ?? new Map<Day, Snapshot>()
    const history = known?.history ?? {
      ...noHistory(from),
      kpi,
      segment,
      computed: 0,
      ...(earlier === 1 && { earlier: true }),
    }
    const counters = countersOf(json)
    const opening = revision === 0 ? { opening: counters, computed } : {}
    if (revision > 0) days.set(day, { day, revision, computed, counters })
    found.set(name, { history: { ...history, ...opening }, days })
  }
  return [...found.values()].map(({ history, days }) => ({
    ...history,
    snapshots: [...days.values()],
  }))
}
