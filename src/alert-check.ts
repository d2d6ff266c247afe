import type { Finding, NumberRule } from './alert.ts'
import { dailyPoints, daysBefore, judge } from './anomaly.ts'
import { changeOf, isChance, isNumberOfEvents } from './compare.ts'
import { type Day, addDays, daysBetween } from './day.ts'
import type { Estimate, Kpi } from './kpi.ts'
import { type History, type Place, firstDayOf, total } from './series.ts'
import { type Window, lastDays } from './window.ts'

/** Longer silences have been told of, or were there before anybody asked. */
const longestSilence = 64

/** Fewer things together are too few to say that their number has changed. */
const leastCounted = 10

/** What was found, once by its subject: the day, or the last one before a silence. */
export interface Found {
  readonly subject: string
  readonly finding: NumberFinding
}

/** What rules about numbers find. */
type NumberFinding = Extract<Finding, { kind: NumberRule['kind'] }>

type Of<Kind extends NumberRule['kind']> = Extract<NumberRule, { kind: Kind }>

/** What is known of a rule's KPI when it is checked. */
interface Known {
  readonly kpi: Kpi
  /** Of the days that {@link reachOfRule} names, at least. */
  readonly history: History
  readonly place: Place
}

/** The days that a rule has to know, up to the last closed one. */
export function reachOfRule(rule: NumberRule, kpi: Kpi, closed: Day): Window {
  return { from: firstDayOf(kpi, lastDays(daysOf(rule), closed)), to: closed }
}

function daysOf(rule: NumberRule): number {
  if (rule.kind === 'value') return rule.days
  if (rule.kind === 'change') return 2 * rule.days
  return rule.kind === 'anomaly' ? daysBefore + 1 : longestSilence
}

/** What a rule finds on the last closed day; `null` where there is nothing to tell. */
export function check(rule: NumberRule, known: Known): Found | null {
  const finding = findingOf(rule, known)
  if (finding === null) return null
  // A silence is one, however many days it lasts.
  const subject = finding.kind === 'silence' ? finding.from : known.place.closed
  return { subject, finding }
}

function findingOf(rule: NumberRule, known: Known): NumberFinding | null {
  switch (rule.kind) {
    case 'value':
      return beyond(rule, known)
    case 'change':
      return changed(rule, known)
    case 'anomaly':
      return surprising(rule, known)
    case 'silence':
      return silent(rule, known)
  }
}

function beyond({ kpi: id, segment, ...rule }: Of<'value'>, known: Known): NumberFinding | null {
  const window = lastDays(rule.days, known.place.closed)
  const { value, n, low, high } = total(known.kpi, known.history, window, known.place)
  if (value === null) return null
  const told = { kind: 'value', kpi: id, segment, ...window, value, n, low, high } as const
  if (rule.above !== null && value > rule.above)
    return { ...told, side: 'above', bound: rule.above }
  if (rule.below !== null && value < rule.below)
    return { ...told, side: 'below', bound: rule.below }
  return null
}

function changed({ kpi: id, segment, days }: Of<'change'>, known: Known): NumberFinding | null {
  const after = lastDays(days, known.place.closed)
  const before = lastDays(days, addDays(after.from, -1))
  const was = total(known.kpi, known.history, before, known.place)
  const is = total(known.kpi, known.history, after, known.place)
  if (was.value === null || is.value === null || !differ(known.kpi, was, is)) return null
  const { value, n, low, high } = is
  return { kind: 'change', kpi: id, segment, ...after, value, n, low, high, before: was.value }
}

/**
 * Whether two estimates differ by more than chance does: the interval of their difference leaves out 0.
 * What has none, such as revenue, is not known to differ.
 */
function differ(kpi: Kpi, was: Estimate, is: Estimate): boolean {
  if (isChance(changeOf(kpi, was, is)) !== false) return false
  return !isNumberOfEvents(kpi) || (was.value ?? 0) + (is.value ?? 0) >= leastCounted
}

/** Whether a KPI counts what happens, as a Poisson number does, and not what there is. */
function isTally({ unit, parts }: Kpi): boolean {
  return unit === 'count' && Object.values(parts).some(({ kind }) => kind !== 'level')
}

/**
 * Whether a change of a KPI is never known to be more than chance: it is no tally, and without an interval
 * even where it is worked out as an example. Means and medians have one once there are enough values.
 */
export function neverDiffers(kpi: Kpi): boolean {
  if (isTally(kpi) || Object.values(kpi.parts).some(({ kind }) => kind === 'histogram'))
    return false
  const { given, previous = null, window: [from, to] = ['2026-01-01', '2026-01-31'] } = kpi.example
  const window = { from: from as Day, to: to as Day }
  const setting = { window, closed: window.to, currency: 'EUR', previous }
  return kpi.value(given, setting).low === null
}

function surprising({ kpi: id, segment }: Of<'anomaly'>, known: Known): NumberFinding | null {
  const { closed } = known.place
  const points = dailyPoints(known.kpi, known.history, { from: closed, to: closed }, known.place)
  const found = judge(known.kpi, points, points.length - 1)
  const { value, n, expected, low, high, verdict } = found
  if (verdict === null || verdict === 'usual') return null
  if (value === null || expected === null || low === null || high === null) return null
  const window = { from: closed, to: closed }
  return {
    kind: 'anomaly',
    kpi: id,
    segment,
    ...window,
    side: verdict,
    value,
    n,
    expected,
    low,
    high,
  }
}

function silent({ kpi, segment, days }: Of<'silence'>, known: Known): NumberFinding | null {
  const { closed } = known.place
  const spoken = known.history.snapshots.findLast(({ day, counters }) => {
    return day <= closed && counters.size > 0
  })
  if (spoken === undefined) return null
  const gap = daysBetween(spoken.day, closed)
  if (gap < days) return null
  return { kind: 'silence', kpi, segment, from: spoken.day, to: closed, days: gap }
}
