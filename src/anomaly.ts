import { type Band, countBand, shareBand } from './chance.ts'
import { z } from './interval.ts'
import { type Kpi, boundsOf, waits } from './kpi.ts'
import { deviationOf, middleOf } from './middle.ts'
import type { Window } from './window.ts'
import { type History, type Place, type Point, series } from './series.ts'
import { addDays } from './day.ts'

/** How many days before are looked at: eight weeks. */
export const daysBefore = 56

/** Fewer days of the same weekday tell nothing (Datadog waits for three weeks as well). */
const leastWeeks = 3

/** Fewer deviations are no measure of how far days usually lie apart. */
const leastDeviations = 6

/** A mean of fewer values, or a median, is anybody's. */
const leastValues = 5

/** Standard deviations that a day may lie off: what Iglewicz and Hoaglin recommend. */
export const threshold = 3.5

/** What chance leaves out at each end: about what 3.5 standard deviations do. */
const tail = 0.0003

/** Beyond this, what chance does to a count is small beside what weeks do. */
const largestCount = 1_000

/** Why a day is not judged. */
export type Unjudged = 'level' | 'not_final' | 'running' | 'no_value' | 'too_few' | 'too_few_weeks'

/** A day beside what the same weekday of the weeks before lets expect; all in the KPI's unit. */
export interface Judgement {
  readonly value: number | null
  readonly n: number
  /** `null` where the day is not judged, and `reason` then says why. */
  readonly verdict: 'usual' | 'high' | 'low' | null
  readonly reason?: Unjudged
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  /** How many days of the same weekday it is compared with. */
  readonly weeks: number
}

/** A day with a value. */
interface Known {
  readonly index: number
  readonly value: number
  readonly n: number
  /** What one of its `n` values deviates by; `null` where the value has no interval. */
  readonly one: number | null
  /** The whole number that the value is the share of; `null` where it is no share. */
  readonly part: number | null
}

/** How much a value may deviate depends on: its size where it adds up, its `n` where it is a mean. */
type Nature = 'count' | 'amount' | 'share' | 'mean'

function natureOf({ unit }: Pick<Kpi, 'unit'>, known: readonly Known[]): Nature {
  if (unit === 'count') return 'count'
  if (unit === 'currency') return known.some(({ one }) => one !== null) ? 'mean' : 'amount'
  return unit === 'percent' && known.every(({ part }) => part !== null) ? 'share' : 'mean'
}

/**
 * The days of a window, after those that they are compared with: eight weeks, or from the first day on
 * which anything was counted. Days before that were not without, but unknown.
 *
 * @param history from eight weeks before the window on.
 */
export function dailyPoints(
  kpi: Kpi,
  history: History,
  { from, to }: Window,
  place: Place,
): Point[] {
  const start = addDays(from, -daysBefore)
  const { from: known, opening, snapshots, earlier } = history
  const told = opening.size > 0 || earlier === true ? known : (snapshots[0]?.day ?? from)
  const first = told > start ? (told < from ? told : from) : start
  return series(kpi, history, { from: first, to }, 'day', place)
}

/** Why no day of a KPI is judged, or `null`. */
export function neverJudged(kpi: Kpi): Unjudged | null {
  if (Object.values(kpi.parts).every(({ kind }) => kind === 'level')) return 'level'
  return waits(kpi) ? 'not_final' : null
}

/**
 * Compares a day with the same weekday of up to eight weeks before: the middle of their values, or for
 * shares that of all of them together, and a range of 3.5 standard deviations. These are the median
 * absolute deviation of all days of those weeks from their own weekday, so that few weeks are enough
 * and a bad day among them does no harm. The range never is smaller than what chance does to so few:
 * exact for counts and shares, and for means what their intervals tell.
 *
 * @param points one a day, oldest first; what lies after `index` is not looked at.
 */
export function judge(kpi: Kpi, points: readonly Point[], index: number): Judgement {
  const point = points[index]
  if (point === undefined) throw new RangeError(`Expected a point at ${index}`)
  const { value, n } = point
  const unjudged = (reason: Unjudged, weeks = 0): Judgement => {
    const nothing = { expected: null, low: null, high: null, verdict: null }
    return { value, n, ...nothing, reason, weeks }
  }
  const never = neverJudged(kpi)
  if (never !== null) return unjudged(never)
  if (!point.complete) return unjudged('running')
  const day = knownOf(point, index)
  if (day === null) return unjudged('no_value')
  const before = points
    .slice(Math.max(0, index - daysBefore), index)
    .flatMap((other, at) => knownOf(other, Math.max(0, index - daysBefore) + at) ?? [])
  const peers = peersOf(day, before)
  if (peers.length < leastWeeks) return unjudged('too_few_weeks', peers.length)
  const nature = natureOf(kpi, [...before, day])
  if (nature === 'mean' && n < leastValues) return unjudged('too_few', peers.length)
  const range = rangeOf(nature, day, peers, before)
  if (range === null) return unjudged('too_few_weeks', peers.length)
  return { value, n, ...verdictOf(kpi, day.value, range), weeks: peers.length }
}

function knownOf({ value, n, low, high }: Point, index: number): Known | null {
  if (value === null) return null
  const bounded = low !== null && high !== null
  const part = Math.round((value * n) / 100)
  const whole = bounded && Math.abs((100 * part) / Math.max(1, n) - value) < 1e-9
  return {
    index,
    value,
    n,
    one: bounded ? ((high - low) / (2 * z)) * Math.sqrt(n) : null,
    part: whole && part >= 0 && part <= n ? part : null,
  }
}

const peersOf = (day: Known, days: readonly Known[]) =>
  days.filter(({ index }) => index !== day.index && (day.index - index) % 7 === 0)

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

const pooled = (peers: readonly Known[]) => ({
  part: sumOf(peers.map(({ part }) => part ?? 0)),
  whole: sumOf(peers.map(({ n }) => n)),
})

function centreOf(nature: Nature, peers: readonly Known[]): number | null {
  if (nature !== 'share') return middleOf(peers.map(({ value }) => value))
  const { part, whole } = pooled(peers)
  return whole === 0 ? null : (100 * part) / whole
}

/** What deviations of different days are measured in, so that they can be compared. */
function yardstick(nature: Nature, { n }: Known, days: readonly Known[]): number {
  if (nature === 'share' || nature === 'mean') return 1 / Math.sqrt(Math.max(1, n))
  return Math.sqrt(sumOf(days.map(({ value }) => Math.abs(value))) / days.length)
}

/** The standard deviation of a day, in yardsticks; `null` where too few are known to tell. */
function spreadOf(nature: Nature, before: readonly Known[]): number | null {
  const residuals = before.flatMap((day) => {
    const others = peersOf(day, before)
    if (others.length < leastWeeks - 1) return []
    const centre = centreOf(nature, others)
    const yard = yardstick(nature, day, [...others, day])
    if (centre === null) return []
    // Where nothing was counted on any of these days, nothing deviates.
    return yard === 0 ? [0] : [(day.value - centre) / yard]
  })
  if (residuals.length < leastDeviations) return null
  const chance = nature === 'mean' ? before.flatMap(({ one }) => one ?? []) : []
  return Math.max(deviationOf(residuals) ?? 0, middleOf(chance) ?? 0)
}

/** What chance alone does to so few, in the KPI's unit; `null` where it does not bound a day. */
function chanceOf(nature: Nature, { n }: Known, peers: readonly Known[]): Band | null {
  if (nature === 'count') {
    const counts = peers.map(({ value }) => value).toSorted((one, other) => one - other)
    // One incident in these weeks must not hide the next: the largest counts as the second largest.
    const total = sumOf([...counts.slice(0, -1), counts.at(-2) ?? 0])
    return total > largestCount * counts.length ? null : countBand(total, counts.length, tail)
  }
  if (nature !== 'share') return null
  const { low, high } = shareBand(pooled(peers), n, tail)
  return { low: (100 * low) / n, high: (100 * high) / n }
}

interface Range extends Band {
  readonly expected: number
}

function rangeOf(
  nature: Nature,
  day: Known,
  peers: readonly Known[],
  before: readonly Known[],
): Range | null {
  const expected = centreOf(nature, peers)
  const spread = spreadOf(nature, before)
  if (expected === null || spread === null) return null
  // A weekday on which nothing ever happened is measured as the others are.
  const yard = yardstick(nature, day, peers) || yardstick(nature, day, before)
  const half = threshold * spread * yard
  const chance = chanceOf(nature, day, peers)
  return {
    expected,
    low: Math.min(expected - half, chance?.low ?? expected),
    high: Math.max(expected + half, chance?.high ?? expected),
  }
}

function verdictOf(kpi: Kpi, value: number, { expected, low, high }: Range) {
  const [least, most] = boundsOf(kpi)
  // A rounding error is no surprise.
  const off = 1e-9 * Math.max(1, Math.abs(expected))
  return {
    verdict: value > high + off ? 'high' : value < low - off ? 'low' : 'usual',
    expected,
    low: Math.max(least, low),
    high: Math.min(most, high),
  } as const
}
