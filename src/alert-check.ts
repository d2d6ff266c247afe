import type { Finding, NumberRule } from './alert.ts'
import { dailyPoints, daysBefore, judge } from './anomaly.ts'
import { changeOf } from './compare.ts'
import { type Day, addDays, daysBetween } from './day.ts'
import type { Estimate, Kpi } from './kpi.ts'
import { type History, type Place, firstDayOf, total } from './series.ts'
import { type Window, lastDays } from './window.ts'

/** Longer silences have been told of, or were there before anybody asked. */
const longestSilence = 64

/** Fewer things together are too few to say that their number has changed. */
const leastCounted = 10

/** The two-sided 95 % quantile of the normal distribution. */
const z = 1.959963984540054

/** What was found, once by its subject: the day, or the last one before a silence. */
export interface Found {
  readonly subject: string
  readonly finding: Finding
}

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
  if (finding === null || finding.kind === 'test') return null
  // A silence is one, however many days it lasts.
  const subject = rule.kind === 'silence' && 'from' in finding ? finding.from : known.place.closed
  return { subject, finding }
}

function findingOf(rule: NumberRule, known: Known): Finding | null {
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

function beyond({ kpi: id, segment, ...rule }: Of<'value'>, known: Known): Finding | null {
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

function changed({ kpi: id, segment, days }: Of<'change'>, known: Known): Finding | null {
  const after = lastDays(days, known.place.closed)
  const before = lastDays(days, addDays(after.from, -1))
  const was = total(known.kpi, known.history, before, known.place)
  const is = total(known.kpi, known.history, after, known.place)
  if (was.value === null || is.value === null || !differ(known.kpi, was, is)) return null
  const { value, n, low, high } = is
  return { kind: 'change', kpi: id, segment, ...after, value, n, low, high, before: was.value }
}

/**
 * Whether two estimates differ by more than chance does: the interval of their difference leaves out 0, or
 * two counts lie further apart than the counts of one rate would (1.96·√(a + b), as for a difference
 * of Poisson numbers). What has neither, such as revenue, is not known to differ.
 */
function differ(kpi: Kpi, was: Estimate, is: Estimate): boolean {
  const { low, high, absolute } = changeOf(kpi, was, is)
  if (low !== null && high !== null) return low > 0 || high < 0
  const level = Object.values(kpi.parts).every(({ kind }) => kind === 'level')
  if (kpi.unit !== 'count' || level || absolute === null) return false
  const both = (was.value ?? 0) + (is.value ?? 0)
  return both >= leastCounted && Math.abs(absolute) > z * Math.sqrt(both)
}

function surprising({ kpi: id, segment }: Of<'anomaly'>, known: Known): Finding | null {
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

function silent({ kpi, segment, days }: Of<'silence'>, known: Known): Finding | null {
  const { closed } = known.place
  const spoken = known.history.snapshots.findLast(({ day, counters }) => {
    return day <= closed && counters.size > 0
  })
  if (spoken === undefined) return null
  const gap = daysBetween(spoken.day, closed)
  if (gap < days) return null
  return { kind: 'silence', kpi, segment, from: spoken.day, to: closed, days: gap }
}
