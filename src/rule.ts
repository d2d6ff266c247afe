import type { FactType } from './fact.ts'

/** Dimensions that a fact must have, and must not have, to count. */
export interface Filter {
  readonly where: Readonly<Record<string, string>>
  readonly unless: Readonly<Record<string, string>>
}

/** What else must, or must not, have happened for a fact to count. */
export type Condition =
  /** A fact of one of the types came, not earlier, and before the next fact of the counted type. */
  | {
      readonly is: 'followed'
      readonly types: readonly FactType[]
      readonly by: 'thread' | 'both'
      /** Within so many milliseconds. */
      readonly within: number | null
    }
  /** A fact that names this one's subject as its entity began a thread in which `then` came in time. */
  | {
      readonly is: 'led'
      readonly via: FactType
      readonly to: FactType
      readonly within: number
    }
  /** A fact of this type came nearer to this one than to any other of the counted type in its thread. */
  | { readonly is: 'met'; readonly by: FactType }
  /** None of the types came before in the thread. */
  | ({ readonly is: 'first'; readonly among: readonly FactType[] } & Filter)
  /** It has an amount, and none of the types with an amount came to the same entity before. */
  | { readonly is: 'debut'; readonly among: readonly FactType[] }
  /** None of the types with an amount came to the same entity more than so many milliseconds before. */
  | { readonly is: 'early'; readonly among: readonly FactType[]; readonly within: number }
  /** None of the types comes after it in the thread. */
  | { readonly is: 'last'; readonly among: readonly FactType[] }
  /** No fact of its own type with the same value of this dimension came before in the thread. */
  | { readonly is: 'anew'; readonly dimension: string }
  /** Later in the thread came one of `types`, or its own type with a value not met before. */
  | { readonly is: 'onward'; readonly dimension: string; readonly types: readonly FactType[] }

/** What a fact adds: itself, an amount it carries, or the milliseconds since its thread's first `since`. */
export type Measure = 'one' | 'value' | 'margin' | 'costed' | { readonly since: FactType }

/** Facts that match are counted, or what they measure is added up, on their own day. */
export interface TallyRule extends Filter {
  readonly how: 'tally'
  readonly types: readonly FactType[]
  readonly only: readonly Condition[]
  readonly measure: Measure
  /** What the counters are divided by: nothing, the fact's value, or a dimension. */
  readonly by: string
  /** One number; number and sum (`n`, `sum`); or these and one counter per bin (`b/<bin>`). */
  readonly keep: 'number' | 'sum' | 'bins'
}

/** The milliseconds that a thread stayed at one value of a dimension, on the day it left. */
export interface VisitRule {
  readonly how: 'visit'
  readonly types: readonly FactType[]
  readonly enters: FactType
  readonly dimension: string
}

/** Facts by the day of the entity's fact before it in the segment, and of the one before that. */
export interface DistinctRule extends Filter {
  readonly how: 'distinct'
  readonly types: readonly [FactType]
  readonly back: 1 | 2
}

/** Facts by value and the day of the entity's next fact in the segment. */
export interface LatestRule extends Filter {
  readonly how: 'latest'
  readonly types: readonly [FactType]
}

/** What an entity, or a thread by itself, holds as time goes by: subscriptions, open deals, seats. */
export interface Holding {
  readonly name: string
  /** Begins a thread's holding; `null` where a thread always holds what was last set. */
  readonly opens: FactType | null
  /** Changes the amount of a thread that holds. */
  readonly sets: FactType | null
  readonly closes: readonly FactType[]
  /** Whether the threads of one entity are held together, or each by itself. */
  readonly holder: 'entity' | 'thread'
  /** What a thread holds: the fact's value, or one. */
  readonly amount: 'value' | 'one'
}

/** How a holder's amount changed: from nothing the first time, from nothing again, up, down, to nothing. */
export type Move = 'new' | 'returned' | 'expanded' | 'contracted' | 'left'

/** What is asked of those who held something when the window began. */
export type Fate =
  /** How many ended a holding that had begun before the window. */
  | 'left'
  /** How many hold something at the end. */
  | 'stayed'
  /** What each holds at the end, at most what it held at the start. */
  | 'kept'
  /** What they hold at the end. */
  | 'held'
  /** How many held more at some time. */
  | 'grew'

/** What happened to holders of a {@link Holding}, on the day it happened. */
export interface HoldingRule {
  readonly how: 'holding'
  readonly holding: Holding
  /** Every change; the moves of one sort; or changes by the day that their effect on a fate began. */
  readonly tell: 'change' | { readonly move: Move } | { readonly fate: Fate }
  /** Whether amounts of each currency are held apart, or it only matters that something is held. */
  readonly book: 'currency' | 'any'
  /** A dimension besides that the counters are divided by. */
  readonly by: string
}

/** What requests brought in, by day of arrival. */
export interface IntakeRule {
  readonly how: 'intake'
  readonly column: 'stored' | 'late' | 'duplicate' | 'rejected'
}

/** The values of a closed day, and those among them that were changed afterwards. */
export interface RevisionRule {
  readonly how: 'revision'
  readonly column: 'published' | 'revised'
}

/** What a part counts, as data: src/store/ compiles it to SQL, the tests run it as a plain loop. */
export type Rule =
  | TallyRule
  | VisitRule
  | DistinctRule
  | LatestRule
  | HoldingRule
  | IntakeRule
  | RevisionRule

/** The types of a holding's facts. */
export function typesOf({ opens, sets, closes }: Holding): FactType[] {
  return [opens, sets, ...closes].filter((type) => type !== null)
}
