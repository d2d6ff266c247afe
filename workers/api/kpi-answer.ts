import { type Day, bounds } from '../../src/day.ts'
import type { Kpi } from '../../src/kpi.ts'
import {
  type Counted,
  type History,
  firstDayOf,
  looksBack,
  series,
  total,
} from '../../src/series.ts'
import type { Workspace } from '../../src/store/workspaces.ts'
import type { Grain, Window } from '../../src/window.ts'

/** What `GET /v1/kpis/{kpi}` says, in any of its formats. */
export type KpiAnswer = ReturnType<typeof answerOf>

/** A value with what it was computed from, in the order in which every answer has them. */
export function shown({ value, reason, n, low, high, also, parts, leftOut, mature }: Counted) {
  return {
    value,
    ...(reason !== undefined && { reason }),
    n,
    low,
    high,
    ...(also !== undefined && { also }),
    parts,
    ...(leftOut !== undefined && { leftOut }),
    ...(mature !== undefined && { mature }),
  }
}

/** What every answer about a KPI says of it. */
export function about(kpi: Kpi, { currency }: Pick<Workspace, 'currency'>) {
  const { id, unit, direction } = kpi
  return { kpi: id, unit, ...(unit === 'currency' && { currency }), direction }
}

interface Shown {
  readonly window: Window
  readonly by: Grain
  readonly segment: string | undefined
  readonly asOf: number | undefined
  /** The days on which values of the segment's dimension were folded into `other`. */
  readonly folded: readonly Day[]
}

/** What an answer stands on, and when the newest of what was counted before was computed. */
export type Ground = History & { readonly computed: number }

/** On how many days that the value stands on values of its dimension were folded into `other`. */
export function foldedDays(kpi: Kpi, folded: readonly Day[], window: Window) {
  const from = firstDayOf(kpi, window)
  const days = folded.filter((day) => day >= from && day <= window.to)
  return days.length === 0 ? {} : { foldedDays: days.length }
}

/** Everything about a KPI in a window: its definition, its value and its points. */
export function answerOf(
  kpi: Kpi,
  workspace: Workspace,
  history: Ground,
  { window, by, segment, asOf, folded }: Shown,
) {
  return {
    ...about(kpi, workspace),
    timeZone: workspace.zone,
    from: window.from,
    to: window.to,
    by,
    segment: segment ?? null,
    ...foldedDays(kpi, folded, window),
    asOf: new Date(asOf ?? asOfNow(kpi, history, window, workspace)).toISOString(),
    definition: { text: kpi.definition, version: kpi.version },
    total: shown(total(kpi, history, window, workspace)),
    points: series(kpi, history, window, by, workspace).map(
      ({ from, to, complete, revised, ...counted }) => ({
        from,
        to,
        ...shown(counted),
        complete,
        revised,
      }),
    ),
  }
}

/** The instant up to which everything known is in the answer: the newest row, or the last closed day. */
function asOfNow(
  kpi: Kpi,
  { snapshots, computed }: Ground,
  window: Window,
  { closed, zone }: { closed: Day; zone: string },
) {
  const from = firstDayOf(kpi, window)
  const stands = snapshots.filter(({ day }) => day <= window.to && (looksBack(kpi) || day >= from))
  const rows = stands.map((snapshot) => snapshot.computed)
  return Math.max(bounds(closed, zone).end, computed, ...rows)
}
