import { dayFinder } from '../src/day.ts'
import { editions } from '../src/editions/index.ts'
import { interpretations } from '../src/interpretations/index.ts'
import { families, kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import { namesOf } from '../src/names/index.ts'
import { type Ground, reportReach } from '../src/report.ts'
import { type History, firstDayOf, noHistory, total } from '../src/series.ts'
import { listBenchmarks } from '../src/store/benchmarks.ts'
import { askedOf } from '../src/store/history.ts'
import { readSnapshots } from '../src/store/snapshots.ts'
import { readTargets } from '../src/store/targets.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import { type Target, begun } from '../src/target.ts'
import type { Window } from '../src/window.ts'

/** What a report is asked for. */
interface Asked {
  readonly window: Window
  readonly locale: string
  readonly minimum: number
  /** In milliseconds since 1970 UTC. */
  readonly now: number
}

/** As many of each are read at once. */
const most = 200

const reported = families.flatMap((family) =>
  family.kpis.map((kpi) => ({ kpi, family: family.id })),
)

/** The words of a language that a report may be in; those of the first where it is not one of them. */
export function wordsOf(locale: string) {
  const [edition] = [editions.find(({ language }) => language === locale) ?? editions[0]]
  const words = interpretations.find(({ language }) => language === edition.language)
  const language = languages.find(({ id }) => id === edition.language)
  if (words === undefined || language === undefined) {
    throw new Error(`No language and sentences for the edition ${edition.language}`)
  }
  return { edition, words, language, names: namesOf(edition.language) }
}

/**
 * Reads what a report is made of in at most four queries, whatever there is: targets, benchmarks, the
 * snapshots of all KPIs, and those of KPIs with a target over that one's days.
 */
export async function readGround(
  db: D1Database,
  workspace: Workspace,
  { window, locale, minimum, now }: Asked,
): Promise<Ground> {
  const [found, benchmarks, histories] = await Promise.all([
    readTargets(db, workspace.id, window, most),
    listBenchmarks(db, workspace.id, { cursor: null, limit: most }),
    readHistories(
      db,
      workspace,
      kpis.map(({ id }) => id),
      reportReach(kpis, window),
    ),
  ])
  const today = dayFinder(workspace.zone)(now)
  const { words, language, names } = wordsOf(locale)
  return {
    kpis: reported,
    histories,
    targets: await withValues(db, workspace, found, today),
    benchmarks,
    window,
    place: workspace,
    minimum,
    language,
    words,
    names,
  }
}

async function readHistories(
  db: D1Database,
  { id }: Workspace,
  ids: readonly string[],
  window: Window,
): Promise<ReadonlyMap<string, History>> {
  const asked = askedOf(kpis.filter((kpi) => ids.includes(kpi.id)))
  const found = await readSnapshots(db, { workspace: id }, { asked, cut: { segment: '' }, window })
  return new Map((found?.segments ?? []).map((history) => [history.kpi, history]))
}

/** Targets, the first of each KPI, with what the KPI amounts to over their days that have begun. */
async function withValues(
  db: D1Database,
  workspace: Workspace,
  targets: readonly Target[],
  today: Window['to'],
): Promise<Ground['targets']> {
  const firsts = targets.filter(
    ({ kpi }, index) => targets.findIndex((other) => other.kpi === kpi) === index,
  )
  const running = firsts.flatMap((target) => {
    const window = begun(target, today)
    const kpi = kpis.find(({ id }) => id === target.kpi)
    return window === null || kpi === undefined ? [] : [{ target, kpi, window }]
  })
  const [from] = running.map(({ kpi, window }) => firstDayOf(kpi, window)).toSorted()
  const to = running
    .map(({ window }) => window.to)
    .toSorted()
    .at(-1)
  const histories =
    from === undefined || to === undefined
      ? new Map<string, History>()
      : await readHistories(
          db,
          workspace,
          running.map(({ kpi }) => kpi.id),
          { from, to },
        )
  return firsts.map((target) => {
    const of = running.find((one) => one.target === target)
    if (of === undefined) return { target, current: null }
    const history = histories.get(target.kpi) ?? noHistory(of.window.from)
    return { target, current: total(of.kpi, history, of.window, workspace) }
  })
}
