import { type FactType, vocabulary } from './fact.ts'
import type { Day } from './day.ts'
import type { Part, Reading } from './part.ts'
import { type Rule, typesOf } from './rule.ts'
import type { Window } from './window.ts'

/** `percent` is 0–100, `points` is NPS's −100…100, `seconds` are seconds, `currency` is major units. */
export type Unit = 'percent' | 'points' | 'score' | 'count' | 'seconds' | 'currency' | 'ratio'

/** Which way is better; `target` where neither more nor less is better by itself. */
export type Direction = 'up' | 'down' | 'target'

/**
 * A value with what is needed to defend it. `value` is `null`, never 0, where there was nothing to
 * compute from, and `reason` then says why. `low` and `high` bound the 95 % interval and are `null`
 * where an interval has no meaning.
 */
export interface Estimate {
  readonly value: number | null
  readonly n: number
  readonly low: number | null
  readonly high: number | null
  readonly reason?: Reason
  /** What belongs beside the value and has its unit, where its name does not say another: `p90`, `mean`. */
  readonly also?: Readonly<Record<string, number | null>>
}

/** What a formula may know besides its readings. */
export interface Setting<P extends Parts = Parts> {
  readonly window: Window
  /** The last day that has ended and been rolled up. */
  readonly closed: Day
  /** ISO 4217 code of the workspace's currency, in whose minor units money is read. */
  readonly currency: string
  /** The same parts over as many days just before the window; only where the KPI `compares`. */
  readonly previous: Readings<P> | null
}

/** Why there is no value; `too_few` where there is one that is not shown to everybody. */
export type Reason = 'no_data' | 'no_denominator' | 'window_too_short' | 'too_few'

/** The parts of a KPI, by name. */
export type Parts = Readonly<Record<string, Part>>

/** What a KPI's parts amount to over some days. */
export type Readings<P extends Parts> = { readonly [Name in keyof P]: Reading<P[Name]> }

/** A step of a funnel: how many there are, and what they are called. */
export interface Step {
  readonly part: string
  readonly label: string
}

/** A worked example: these readings, in such a window, give this value. Money is in cents of a euro. */
export interface Example<P extends Parts> {
  readonly given: Readings<P>
  readonly previous?: Readings<P>
  readonly window?: readonly [string, string]
  readonly is: number | null
}

/**
 * One declaration of one KPI. Everything else follows from it: the nightly SQL, the API, its docs, the
 * axis and colours of its chart, and its tests.
 */
export interface Kpi<P extends Parts = Parts> {
  /** As in URLs and JSON: snake_case, for ever. */
  readonly id: string
  readonly label: string
  readonly unit: Unit
  readonly direction: Direction
  /** What is counted over what, and what is left out, in words that a board can read. */
  readonly definition: string
  /** Where the definition or formula comes from. */
  readonly source: string
  /** A changed meaning is a new version; the old series stays. */
  readonly version: number
  /** What it can be cut by, besides the properties that facts carry as `p.<name>`. */
  readonly dimensions: readonly string[]
  /** The smallest and largest value that can occur, where there are such. */
  readonly range?: readonly [number, number]
  /** Days after which a cohort's value is final; younger ones can still change. */
  readonly matures?: number
  /** Whether the formula wants the readings of the window before as well. */
  readonly compares?: boolean
  /** Of a KPI over answers: the largest score of the lower part of its scale, the smallest of the upper. */
  readonly mix?: { readonly low: number; readonly high: number }
  /** Of a share of those who went on: its parts that are numbers, each of them some of the one before. */
  readonly funnel?: readonly Step[]
  readonly parts: P
  readonly example: Example<P>
  readonly value: (readings: Readings<P>, setting: Setting<P>) => Estimate
}

/** Checks a declaration's types and forgets their detail, so that KPIs can stand in one list. */
export function defineKpi<const P extends Parts>(kpi: Kpi<P>): Kpi {
  // The store and the series hand `value` the readings of its own `parts`, so the wider type is safe.
  return kpi as unknown as Kpi
}

/** What a part counts: facts of these types, the tally of requests, or the snapshots themselves. */
export type Subject = FactType | 'intake' | 'revision'

function subjectsOf(rule: Rule): readonly Subject[] {
  if (rule.how === 'intake' || rule.how === 'revision') return [rule.how]
  return rule.how === 'holding' ? typesOf(rule.holding) : rule.types
}

/** What lies on the days on which a KPI counts something. */
export function reads(kpi: Kpi): readonly Subject[] {
  return [...new Set(Object.values(kpi.parts).flatMap((part) => subjectsOf(part.rule)))]
}

/** Every fact type that the KPIs count, in the order of the vocabulary. */
export function factTypes(kpis: readonly Kpi[]): FactType[] {
  const read = new Set(kpis.flatMap(reads))
  return vocabulary.filter((type) => read.has(type))
}

/** What waits for something later to happen: its days change by design, and not because they were wrong. */
const waiting: ReadonlySet<string> = new Set(['followed', 'led', 'met', 'onward', 'last'])

/** What no value lies beyond: numbers of things and times are never below zero. */
export function boundsOf({ range, unit }: Pick<Kpi, 'range' | 'unit'>): readonly [number, number] {
  const least = unit === 'count' || unit === 'seconds' ? 0 : -Infinity
  return range ?? [least, Infinity]
}

/** Whether a day of a KPI still changes after it is closed, although every fact has come in time. */
export function waits(kpi: Kpi): boolean {
  return Object.values(kpi.parts).some(
    ({ rule }) =>
      rule.how === 'latest' ||
      (rule.how === 'tally' && rule.only.some((condition) => waiting.has(condition.is))),
  )
}
