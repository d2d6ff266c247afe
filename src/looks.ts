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

/** What the parts of KPIs look at, gathered once so that storing a fact is a few seeks. */
export function looksOf(kpis: readonly Kpi[]): Looks {
  const found = new Gathered()
  for (const type of vocabulary) {
    const origin = origins[type]
    if (origin !== undefined) found.thread.add([origin], [type])
  }
  for (const kpi of kpis) for (const { rule } of Object.values(kpi.parts)) lookOf(rule, found)
  return {
    thread: found.thread.all(),
    both: found.both.all(),
    holder: found.holder.all(),
    next: [...found.next.values()],
    previous: [...found.previous.values()],
    early: [...found.early.values()],
    led: [...found.led.values()],
  }
}

function lookOf(rule: Rule, found: Gathered): void {
  switch (rule.how) {
    case 'tally':
      lookOfTally(rule, found)
      break
    case 'visit':
      found.thread.add(rule.types, rule.types)
      break
    case 'holding':
      lookOfHolding(rule.holding, found)
      break
    case 'distinct':
      found.addNeighbours(found.next, rule, rule.back)
      break
    case 'latest':
      found.addNeighbours(found.previous, rule, 1)
      break
    case 'intake':
    case 'revision':
      break
  }
}

function lookOfTally({ measure, only, types }: TallyRule, found: Gathered): void {
  if (typeof measure === 'object') found.thread.add([measure.since], types)
  for (const condition of only) lookOfCondition(condition, types, found)
}

function lookOfHolding(holding: Holding, found: Gathered): void {
  const types = typesOf(holding)
  found.thread.add(types, types)
  if (holding.holder === 'entity' && holding.opens !== null) {
    found.holder.add([holding.opens], types)
  }
}

/** Conditions that look at the thread, or at the same subject and entity: what they look at. */
function lookOfCondition(condition: Condition, types: readonly FactType[], found: Gathered): void {
  switch (condition.is) {
    case 'followed':
      found[condition.by].add([...condition.types, ...types], types)
      break
    case 'met':
      found.thread.add([condition.by, ...types], types)
      break
    case 'anew':
      found.thread.add(types, types)
      break
    case 'onward':
      found.thread.add([...condition.types, ...types], types)
      break
    case 'led':
      for (const from of types) found.addLed(from, condition.via, condition.to)
      break
    case 'last':
      found.thread.add(condition.among, types)
      break
    default:
      lookOfEarlier(condition, types, found)
  }
}

/** Conditions that look at what came before. */
function lookOfEarlier(
  condition: Extract<Condition, { is: 'first' | 'early' }>,
  types: readonly FactType[],
  found: Gathered,
): void {
  if (condition.is === 'early') found.addEarly(condition.among, condition.within)
  else if (condition.by === 'thread') found.thread.add(condition.among, types)
  else found.addEarly(condition.among, 0)
}

/** What has been found so far; the same look of two KPIs is one. */
class Gathered {
  readonly thread = new Pairs()
  readonly both = new Pairs()
  readonly holder = new Pairs()
  readonly next = new Map<string, Neighbours>()
  readonly previous = new Map<string, Neighbours>()
  readonly early = new Map<string, Looks['early'][number]>()
  readonly led = new Map<string, Looks['led'][number]>()

  addNeighbours(
    known: Map<string, Neighbours>,
    { types: [type], where, unless }: DistinctRule | LatestRule,
    places: number,
  ): void {
    known.set(JSON.stringify([type, where, unless, places]), { type, where, unless, places })
  }

  addEarly(among: readonly FactType[], within: number): void {
    this.early.set(`${within} ${among.join(' ')}`, { among, within })
  }

  addLed(from: FactType, via: FactType, to: FactType): void {
    this.led.set(`${from} ${via} ${to}`, { from, via, to })
  }
}

/** Which types affect which. */
class Pairs {
  readonly #pairs = new Map<FactType, Set<FactType>>()

  add(causes: readonly FactType[], affected: readonly FactType[]): void {
    for (const cause of causes) {
      const known = this.#pairs.get(cause) ?? new Set()
      for (const type of affected) known.add(type)
      this.#pairs.set(cause, known)
    }
  }

  /** In the order of the vocabulary, so that equal rules give equal data. */
  all(): Affected {
    return Object.fromEntries(
      vocabulary.flatMap((cause): [FactType, FactType[]][] => {
        const affected = this.#pairs.get(cause)
        if (affected === undefined) return []
        return [[cause, vocabulary.filter((type) => affected.has(type))]]
      }),
    )
  }
}
