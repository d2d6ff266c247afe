import type { FactType } from './fact.ts'
import type { Part, Reading } from './part.ts'

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
}

/** Why there is no value; `too_few` where there is one that is not shown to everybody. */
export type Reason = 'no_data' | 'no_denominator' | 'too_few'

/** The parts of a KPI, by name. */
export type Parts = Readonly<Record<string, Part>>

/** What a KPI's parts amount to over some days. */
export type Readings<P extends Parts> = { readonly [Name in keyof P]: Reading<P[Name]> }

/** A worked example: these values of the named parts give this value. */
export interface Example<P extends Parts> {
  readonly given: Readings<P>
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
  readonly parts: P
  readonly example: Example<P>
  readonly value: (readings: Readings<P>) => Estimate
}

/** Checks a declaration's types and forgets their detail, so that KPIs can stand in one list. */
export function defineKpi<const P extends Parts>(kpi: Kpi<P>): Kpi {
  // The store and the series hand `value` the readings of its own `parts`, so the wider type is safe.
  return kpi as unknown as Kpi
}

/** The fact types on whose days a KPI counts something. */
export function reads(kpi: Kpi): readonly FactType[] {
  return [...new Set(Object.values(kpi.parts).map((part) => part.type))]
}

/**
 * By fact type, the types whose days may count differently when a fact of it arrives about the same
 * subject and entity: the other half of what a part's `followed` says.
 */
export function followers(kpis: readonly Kpi[]): Partial<Record<FactType, FactType[]>> {
  const found: Partial<Record<FactType, FactType[]>> = {}
  for (const part of kpis.flatMap((kpi) => Object.values(kpi.parts))) {
    if (part.followed === null) continue
    for (const type of [part.followed, part.type]) {
      found[type] = [...new Set([...(found[type] ?? []), part.type])]
    }
  }
  return found
}
