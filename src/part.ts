import type { Day } from './day.ts'
import type { Rule } from './rule.ts'
import type { Window } from './window.ts'

/**
 * The counters of one KPI on one day for one segment, or of any days added up. The name of a counter is
 * the part's name, then what it is keyed by, divided by `/`.
 */
export type Counters = ReadonlyMap<string, number>

/** What a part's counters are read in: those of the window and, where asked for, of all days before. */
export interface Scope {
  readonly counters: Counters
  /** Of all days before the window; empty for parts that do not look back. */
  readonly opening: Counters
  readonly window: Window
  /** ISO 4217 code of the workspace's currency. */
  readonly currency: string
}

/** A reading as JSON shows it. */
export type ReadingJson = number | Record<string, number>

/**
 * A named additive integer, or sparse map of integers, written as data. Only parts are stored, and parts
 * of any days add up; whatever does not add up is a KPI's formula over them.
 */
export interface Part<R = unknown> {
  readonly kind: Kind
  readonly rule: Rule
  /** Whether its reading needs the counters of all days before the window. */
  readonly looksBack: boolean
  /** What its counters amount to in a window. */
  readonly read: (scope: Scope) => R
  /** What its counters amount to, as JSON shows it. */
  readonly show: (scope: Scope) => ReadingJson
  /** How much is in other currencies than the workspace's: facts, or holders, by currency. */
  readonly leftOut: (scope: Scope) => Counters
}

/** The kinds there are, one module each. */
export type Kind =
  | 'count'
  | 'sum'
  | 'answers'
  | 'histogram'
  | 'elapsed'
  | 'level'
  | 'cohort'
  | 'distinct'

/** What a part's counters are read as. */
export type Reading<P> = P extends Part<infer R> ? R : never

/** The counters of several days as those of all of them: every part adds up. */
export function addCounters(days: Iterable<Counters>): Counters {
  const sum = new Map<string, number>()
  for (const day of days) {
    for (const [name, count] of day) sum.set(name, (sum.get(name) ?? 0) + count)
  }
  return sum
}

/** The counters whose name begins with `name`, by what comes after it (`''` for the name itself). */
export function countersOf(name: string, counters: Counters): Counters {
  const own: [string, number][] = []
  for (const [counter, count] of counters) {
    if (counter === name) own.push(['', count])
    else if (counter.startsWith(`${name}/`)) own.push([counter.slice(name.length + 1), count])
  }
  return new Map(own)
}

/** How many counts are keyed by a day before `day`, or by none at all: `never` sorts before every day. */
export function countBefore(counters: Counters, day: Day): number {
  let sum = 0
  for (const [key, count] of counters) if (key === never || key < day) sum += count
  return sum
}

/** The key of what has no day to be keyed by. */
export const never = 'never'

/** For parts that hold no money. */
export const nothingLeftOut = (): Counters => new Map()

/** Of counters keyed by currency first, the `n` of all but one. */
export function otherCurrencies(counters: Counters, currency: string): Counters {
  const found = new Map<string, number>()
  for (const [key, count] of counters) {
    const [code = '', name] = key.split('/')
    if (name === 'n' && code !== currency && count !== 0) found.set(code, count)
  }
  return found
}
