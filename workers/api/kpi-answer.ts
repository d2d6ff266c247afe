import { type Day, bounds } from '../../src/day.ts'
import type { Estimate, Kpi } from '../../src/kpi.ts'
import { type Counters, addCounters } from '../../src/part.ts'
import { type PartsJson, type Snapshot, evaluate, partsJson, series } from '../../src/series.ts'
import type { Workspace } from '../../src/store/workspaces.ts'
import type { Grain, Window } from '../../src/window.ts'

/** What `GET /v1/kpis/{kpi}` says, in any of its formats. */
export type KpiAnswer = ReturnType<typeof answerOf>

/** A value with what it was computed from, in the order in which every answer has them. */
function withParts({ value, reason, n, low, high }: Estimate, parts: PartsJson) {
  return { value, ...(reason !== undefined && { reason }), n, low, high, parts }
}

/** The value of some days together. */
export function valueOf(kpi: Kpi, snapshots: readonly Snapshot[]) {
  const counters: Counters = addCounters(snapshots.map((snapshot) => snapshot.counters))
  return withParts(evaluate(kpi, counters), partsJson(kpi, counters))
}

interface Shown {
  readonly window: Window
  readonly by: Grain
  readonly segment: string | undefined
  readonly asOf: number | undefined
}

/** Everything about a KPI in a window: its definition, its value and its points. */
export function answerOf(
  kpi: Kpi,
  workspace: Workspace,
  read: readonly Snapshot[],
  { window, by, segment, asOf }: Shown,
) {
  const snapshots = read.filter(({ day }) => day >= window.from && day <= window.to)
  return {
    kpi: kpi.id,
    unit: kpi.unit,
    direction: kpi.direction,
    timeZone: workspace.zone,
    from: window.from,
    to: window.to,
    by,
    segment: segment ?? null,
    asOf: new Date(asOf ?? asOfNow(snapshots, workspace)).toISOString(),
    definition: { text: kpi.definition, version: kpi.version },
    total: valueOf(kpi, snapshots),
    points: series(kpi, snapshots, window, by, workspace.closed).map(
      ({ from, to, complete, revised, parts, ...estimate }) => ({
        from,
        to,
        ...withParts(estimate, parts),
        complete,
        revised,
      }),
    ),
  }
}

/** The instant up to which everything known is in the answer: the newest row, or the last closed day. */
function asOfNow(snapshots: readonly Snapshot[], { closed, zone }: { closed: Day; zone: string }) {
  return Math.max(bounds(closed, zone).end, ...snapshots.map(({ computed }) => computed))
}
