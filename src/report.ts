import { dailyPoints, daysBefore, judge } from './anomaly.ts'
import { type Benchmark, newest } from './benchmark.ts'
import { type Change, changeOf, isChance } from './compare.ts'
import { type Day, addDays } from './day.ts'
import type { FamilyId } from './family.ts'
import { type Finding, type Interpretation, type Promised, interpret } from './interpretation.ts'
import { enough } from './interval.ts'
import type { Kpi } from './kpi.ts'
import type { Language } from './language.ts'
import { type Names, kpiName } from './name.ts'
import { type Counted, type History, type Place, firstDayOf, noHistory, total } from './series.ts'
import { type Standing, type Target, standingOf } from './target.ts'
import { type Window, lengthOf, periods } from './window.ts'

/** Everything that a report is made of. */
export interface Ground {
  readonly kpis: readonly { readonly kpi: Kpi; readonly family: FamilyId }[]
  /** By the KPI's id, from {@link reportReach} on. */
  readonly histories: ReadonlyMap<string, History>
  /** Those in force somewhere in the window, newest first, each with its value so far. */
  readonly targets: readonly { readonly target: Target; readonly current: Counted | null }[]
  readonly benchmarks: readonly Benchmark[]
  readonly window: Window
  readonly place: Place
  /** Values with fewer answers are hidden, and what follows from them. */
  readonly minimum: number
  readonly language: Language
  readonly words: Interpretation
  readonly names: Names
}

/** One KPI in a report. */
export interface Entry {
  readonly kpi: Kpi
  readonly family: FamilyId
  readonly finding: Finding
  readonly current: Counted
  readonly previous: Counted
  readonly change: Change
  readonly target: { readonly target: Target; readonly standing: Standing } | null
  readonly benchmark: Benchmark | null
  /** Whether there is nothing to tell of it, neither in the window nor in the one before. */
  readonly empty: boolean
  /** Days of the window whose value changed after it had been published. */
  readonly revised: number
  readonly sentence: string
}

/** The longest window of a report, because every KPI is read over three of them. */
export const reportLimit = 366

/** As many days just before. */
export function previousWindow(window: Window): Window {
  return { from: addDays(window.from, -lengthOf(window)), to: addDays(window.from, -1) }
}

/** The days to read at once so that every KPI can be told of a window, of the one before, and its last day judged. */
export function reportReach(kpis: readonly Kpi[], window: Window): Window {
  const previous = previousWindow(window)
  const judged = addDays(window.to, -daysBefore)
  const days = [previous, { from: judged, to: judged }]
  const [from = previous.from] = kpis
    .flatMap((kpi) => days.map((each) => firstDayOf(kpi, each)))
    .toSorted()
  return { from, to: window.to }
}

/** Some days, or the last whole calendar period, whenever it is read. */
export type Span = 'month' | 'quarter' | Window

/** The days of a span, seen from `today`. */
export function windowOf(span: Span, today: Day): Window {
  if (typeof span !== 'string') return span
  const whole = periods({ from: addDays(today, -200), to: today }, span).at(-2)
  if (whole === undefined) throw new Error('200 days hold two quarters')
  return whole
}

/** Every KPI of a report, in the order of the families. */
export function entriesOf(ground: Ground): Entry[] {
  return ground.kpis.map((of) => entryOf(ground, of))
}

function entryOf(ground: Ground, { kpi, family }: Ground['kpis'][number]): Entry {
  const { window, place, minimum, language, words, names } = ground
  const before = previousWindow(window)
  const history = ground.histories.get(kpi.id)
  const told = history ?? noHistory(before.from)
  const [current, previous] = [window, before].map((days) =>
    hidden(total(kpi, told, days, place), minimum),
  ) as [Counted, Counted]
  const change = changeOf(kpi, previous, current)
  const benchmark = newest(ground.benchmarks.filter((candidate) => candidate.kpi === kpi.id))
  const target = targetOf(ground, kpi)
  const finding: Finding = {
    kpi,
    name: kpiName(kpi, names),
    language,
    currency: place.currency,
    days: window,
    minimum,
    current,
    previous,
    change,
    target: target === null ? null : promised(target),
    benchmark,
    anomaly: history === undefined ? null : anomalyOf(kpi, history, ground),
  }
  const days = told.snapshots.filter(({ day }) => day >= window.from && day <= window.to)
  return {
    kpi,
    family,
    finding,
    current,
    previous,
    change,
    target,
    benchmark,
    empty: history === undefined || (saysNothing(current) && saysNothing(previous)),
    revised: days.filter(({ revision }) => revision > 1).length,
    sentence: interpret(finding, words),
  }
}

/** What is made of too few answers is not told; that there is nothing tells nothing of anybody. */
function hidden(counted: Counted, minimum: number): Counted {
  if (counted.n >= minimum || (counted.value === null && counted.n === 0)) return counted
  return { value: null, n: 0, low: null, high: null, reason: 'too_few', parts: {} }
}

/** Whether the window's last day lies outside of what its weekday is used to. */
function anomalyOf(
  kpi: Kpi,
  history: History,
  { window, place, minimum }: Ground,
): Finding['anomaly'] {
  const points = dailyPoints(kpi, history, { from: window.to, to: window.to }, place)
  const { verdict, n } = judge(kpi, points, points.length - 1)
  return n < minimum || verdict === 'usual' ? null : verdict
}

const saysNothing = ({ value, reason }: Counted) => value === null && reason !== 'too_few'

function targetOf({ targets, place, minimum }: Ground, kpi: Kpi): Entry['target'] {
  const found = targets.find(({ target }) => target.kpi === kpi.id && target.segment === '')
  if (found === undefined) return null
  const current = found.current === null ? null : hidden(found.current, minimum)
  return { target: found.target, standing: standingOf(found.target, current, place.closed) }
}

const promised = ({ target, standing }: NonNullable<Entry['target']>): Promised => ({
  value: target.target,
  to: target.to,
  status: standing.status,
})

/** A change without an interval is told as news from this many percent on. */
const large = 20

/**
 * Whether a KPI has become worse by more than chance, or by much where chance cannot be told. One that is
 * a change itself, such as revenue's growth, is no news beside what it is the change of.
 */
export function isWorse({ kpi, change }: Pick<Entry, 'kpi' | 'change'>): boolean {
  if (change.better !== false || kpi.compares === true) return false
  const chance = isChance(change)
  return chance === null ? Math.abs(change.relative ?? 0) >= large : !chance
}

/** How sure a change is, in half-widths of its interval; of one without, how large. */
export function strengthOf({ change }: Pick<Entry, 'change'>): number {
  const { absolute, relative, low, high } = change
  if (low === null || high === null) return Math.abs(relative ?? 0) / 100
  return Math.abs(absolute ?? 0) / Math.max((high - low) / 2, Number.MIN_VALUE)
}

/** Whether a KPI told something in the window before and nothing any more. */
export function isSilent({ current, previous }: Pick<Entry, 'current' | 'previous'>): boolean {
  return previous.n > 0 && current.n === 0 && current.reason !== 'too_few'
}

/** Whether a value with an interval stands on too few observations to be relied on. */
export function isThin({ current }: Pick<Entry, 'current'>): boolean {
  return current.value !== null && current.low !== null && current.n < enough
}
