import { type FactType, origins, vocabulary } from './fact.ts'
import type { Kpi } from './kpi.ts'
import {
  type Condition,
  type DistinctRule,
  type Filter,
  type Holding,
  type LatestRule,
  type Rule,
  type TallyRule,
  typesOf,
} from './rule.ts'

/** By type of fact, the types whose days may count differently when such a fact arrives or is corrected. */
export type Affected = Readonly<Partial<Record<FactType, readonly FactType[]>>>

/** How many places away a fact of this type looks, among those that the filter lets through. */
export interface Neighbours extends Filter {
  readonly type: FactType
  readonly places: number
}

/**
 * Where the counters of a fact depend on other facts: the other half of what the rules say. A fact that
 * arrives late changes every day whose parts looked at it.
 */
export interface Looks {
  /** Facts of the same thread. */
  readonly thread: Affected
  /** The last fact before it of the same subject and entity. */
  readonly both: Affected
  /** Facts of any thread that the same entity holds, by the type that says whose a thread is. */
  readonly holder: Readonly<Partial<Record<FactType, readonly FactType[]>>>
  /** The entity's next facts of the same type in a segment. */
  readonly next: readonly Neighbours[]
  /** The entity's facts of the same type before it in a segment. */
  readonly previous: readonly Neighbours[]
  /** Facts of an entity up to so many milliseconds after its first one of the types. */
  readonly early: readonly { readonly among: readonly FactType[]; readonly within: number }[]
  /** Facts whose subject the thread of a fact names as its entity: the lead of a deal. */
  readonly led: readonly {
    readonly from: FactType
    readonly via: FactType
    readonly to: FactType
  }[]
}

/** By type, the types that it affects, while they are gathered. */
type Pairs = Map<FactType, Set<FactType>>

/** What has been found so far; the same look of two KPIs is one. */
interface Gathered {
  readonly thread: Pairs
  readonly both: Pairs
  readonly holder: Pairs
  readonly next: Map<string, Neighbours>
  readonly previous: Map<string, Neighbours>
  readonly early: Map<string, Looks['early'][number]>
  readonly led: Map<string, Looks['led'][number]>
}

/** What the parts of KPIs look at, gathered once so that storing a fact is a few seeks. */
export function looksOf(kpis: readonly Kpi[]): Looks {
  const found: Gathered = {
    thread: new Map(),
    both: new Map(),
    holder: new Map(),
    next: new Map(),
    previous: new Map(),
    early: new Map(),
    led: new Map(),
  }
  for (const type of vocabulary) {
    const origin = origins[type]
    if (origin !== undefined) add(found.thread, [origin], [type])
  }
  for (const kpi of kpis) for (const { rule } of Object.values(kpi.parts)) lookOf(rule, found)
  return {
    thread: affectedBy(found.thread),
    both: affectedBy(found.both),
    holder: affectedBy(found.holder),
    next: [...found.next.values()],
    previous: [...found.previous.values()],
    early: [...found.early.values()],
    led: [...found.led.values()],
  }
}

function add(pairs: Pairs, causes: readonly FactType[], affected: readonly FactType[]): void {
  for (const cause of causes) {
    const known = pairs.get(cause) ?? new Set()
    for (const type of affected) known.add(type)
    pairs.set(cause, known)
  }
}

/** In the order of the vocabulary, so that equal rules give equal data. */
function affectedBy(pairs: Pairs): Affected {
  return Object.fromEntries(
    vocabulary.flatMap((cause): [FactType, FactType[]][] => {
      const affected = pairs.get(cause)
      if (affected === undefined) return []
      return [[cause, vocabulary.filter((type) => affected.has(type))]]
    }),
  )
}

function lookOf(rule: Rule, found: Gathered): void {
  switch (rule.how) {
    case 'tally':
      lookOfTally(rule, found)
      break
    case 'visit':
      add(found.thread, rule.types, rule.types)
      break
    case 'holding':
      lookOfHolding(rule.holding, found)
      break
    case 'distinct':
      lookAround(found.next, rule, rule.back)
      break
    case 'latest':
      lookAround(found.previous, rule, 1)
      break
    case 'intake':
    case 'revision':
      break
  }
}

function lookOfTally({ measure, only, types }: TallyRule, found: Gathered): void {
  if (typeof measure === 'object') add(found.thread, [measure.since], types)
  for (const condition of only) lookOfCondition(condition, types, found)
}

function lookOfHolding(holding: Holding, found: Gathered): void {
  const types = typesOf(holding)
  add(found.thread, types, types)
  if (holding.holder === 'entity' && holding.opens !== null) {
    add(found.holder, [holding.opens], types)
  }
}

function lookAround(
  looks: Map<string, Neighbours>,
  { types, where, unless }: DistinctRule | LatestRule,
  places: number,
): void {
  const [type] = types
  const name = JSON.stringify([type, where, unless])
  const known = looks.get(name)?.places ?? 0
  looks.set(name, { type, where, unless, places: Math.max(places, known) })
}

/** What a condition on facts of these types looks at. */
function lookOfCondition(condition: Condition, types: readonly FactType[], found: Gathered): void {
  switch (condition.is) {
    case 'followed':
      add(found[condition.by], [...condition.types, ...types], types)
      break
    case 'met':
    case 'anew':
    case 'onward':
    case 'first':
    case 'last':
      add(found.thread, seenBy(condition, types), types)
      break
    case 'debut':
      lookEarly(condition.among, 0, found)
      break
    case 'early':
      lookEarly(condition.among, condition.within, found)
      break
    case 'led':
      lookOfLed(condition, types, found)
      break
  }
}

/** Which facts of its thread a fact looks at. */
function seenBy(
  condition: Extract<Condition, { is: 'met' | 'anew' | 'onward' | 'first' | 'last' }>,
  types: readonly FactType[],
): readonly FactType[] {
  switch (condition.is) {
    case 'met':
      return [condition.by, ...types]
    case 'anew':
      return types
    case 'onward':
      return [...condition.types, ...types]
    case 'first':
    case 'last':
      return condition.among
  }
}

function lookEarly(among: readonly FactType[], within: number, found: Gathered): void {
  found.early.set(`${within} ${among.join(' ')}`, { among, within })
}

function lookOfLed(
  { via, to }: Extract<Condition, { is: 'led' }>,
  types: readonly FactType[],
  found: Gathered,
): void {
  for (const from of types) found.led.set(`${from} ${via} ${to}`, { from, via, to })
}
