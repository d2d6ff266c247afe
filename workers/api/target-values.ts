import type { Day } from '../../src/day.ts'
import type { Kpi } from '../../src/kpi.ts'
import { type Counted, firstDayOf, noHistory, total } from '../../src/series.ts'
import { askedOf } from '../../src/store/history.ts'
import { readSnapshots } from '../../src/store/snapshots.ts'
import { type Target, begun } from '../../src/target.ts'
import type { Window } from '../../src/window.ts'

/** A target with the KPI that it is of. */
interface Goal {
  readonly target: Target
  readonly kpi: Kpi
}

/** What a target's KPI amounts to so far. */
export interface Current {
  readonly window: Window
  readonly counted: Counted
  /** The days on which values of the segment's dimension were folded into `other`. */
  readonly folded: readonly Day[]
}

/** Targets that one query reads: of one segment over one window. */
interface Group {
  readonly segment: string
  readonly window: Window
  readonly goals: Goal[]
}

/**
 * By a target's id, what its KPI amounts to over its days that have begun. KPIs without a segment
 * share a query where they share a window; with one they do not, because a query tells which days
 * were folded, but not of which KPI.
 */
export async function readCurrent(
  db: D1Database,
  workspace: string,
  goals: readonly Goal[],
  today: Day,
): Promise<ReadonlyMap<string, Current>> {
  const groups = new Map<string, Group>()
  for (const goal of goals) {
    const { segment } = goal.target
    const window = begun(goal.target, today)
    if (window === null) continue
    const name = [segment === '' ? '' : goal.kpi.id, window.from, window.to, segment].join(' ')
    const group = groups.get(name) ?? { segment, window, goals: [] }
    group.goals.push(goal)
    groups.set(name, group)
  }
  const read = await Promise.all(
    [...groups.values()].map((group) => readGroup(db, workspace, group)),
  )
  return new Map(read.flat())
}

async function readGroup(
  db: D1Database,
  workspace: string,
  { segment, window, goals }: Group,
): Promise<[id: string, current: Current][]> {
  const kpis = [...new Set(goals.map(({ kpi }) => kpi))]
  const [from = window.from] = kpis.map((kpi) => firstDayOf(kpi, window)).toSorted()
  const found = await readSnapshots(
    db,
    { workspace },
    { asked: askedOf(kpis), cut: { segment }, window: { from, to: window.to } },
  )
  if (found === null) return []
  return goals.map(({ target, kpi }) => {
    const history = found.segments.find(({ kpi: id }) => id === kpi.id) ?? noHistory(from)
    const counted = total(kpi, history, window, found.holder.workspace)
    return [target.id, { window, counted, folded: found.folded }]
  })
}
