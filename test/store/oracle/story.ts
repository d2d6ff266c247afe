import type { Day } from '../../../src/day.ts'
import { type Dimensions, type Fact, attributed, origins, vocabulary } from '../../../src/fact.ts'
import type { Filter } from '../../../src/rule.ts'

/** A fact that counts, with all that it is counted under: what its thread began with among it. */
export interface Told extends Fact {
  readonly cut: Dimensions
}

/** What a part counts: so many, on a day, under these dimensions. */
export interface Cell {
  readonly day: Day
  readonly cut: Dimensions
  readonly key: string
  readonly n: number
}

/** The same of one segment by itself: what neighbours and holders are, each segment says for itself. */
export interface Tied {
  readonly day: Day
  readonly segment: Segment
  readonly key: string
  readonly n: number
}

/** A dimension and its value; `null` is all. */
export type Segment = readonly [string, string] | null

/** Whether one fact comes before another: by time, type in the vocabulary's order, source and id. */
export function compare(one: Fact, other: Fact): number {
  return (
    one.time - other.time ||
    vocabulary.indexOf(one.type) - vocabulary.indexOf(other.type) ||
    compareTexts(one.source, other.source) ||
    compareTexts(one.id, other.id)
  )
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

const nameOf = (source: string, id: string) => JSON.stringify([source, id])

/** The first of each name, in order of arrival: what is sent again changes nothing. */
export function firstsOf(facts: readonly Fact[]): Fact[] {
  const known = new Set<string>()
  return facts.filter(({ source, id }) => {
    const name = nameOf(source, id)
    return !known.has(name) && known.add(name)
  })
}

/** The facts that no other one corrects, and of those that correct the same one the newest. */
function liveOf(facts: readonly Fact[]): Fact[] {
  const first = firstsOf(facts)
  const newest = new Map<string, Fact>()
  for (const fact of first) {
    if (fact.replaces === undefined) continue
    const name = nameOf(fact.source, fact.replaces)
    const known = newest.get(name)
    if (known === undefined || isNewer(fact, known)) newest.set(name, fact)
  }
  return first.filter(({ source, id, replaces }) => {
    if (newest.has(nameOf(source, id))) return false
    return replaces === undefined || newest.get(nameOf(source, replaces))?.id === id
  })
}

function isNewer(one: Fact, other: Fact): boolean {
  const [first, second] = [one.revision ?? one.time, other.revision ?? other.time]
  return first > second || (first === second && one.id > other.id)
}

/** The facts that count, in their order, from all that have arrived, in theirs. */
export function tell(facts: readonly Fact[]): Told[] {
  const live = liveOf(facts).sort(compare)
  return live.map((fact) => {
    const origin = live.find(
      ({ type, thread }) =>
        fact.thread !== null && thread === fact.thread && type === origins[fact.type],
    )
    const channel = attributed.has(fact.type) ? { channel: 'unattributed' } : {}
    return { ...fact, cut: { ...channel, ...origin?.dimensions, ...fact.dimensions } }
  })
}

/** Whether a fact has what it must and has not what it must not. */
export function keeps({ where, unless }: Filter, { cut }: Told): boolean {
  return (
    Object.entries(where).every(([name, value]) => cut[name] === value) &&
    Object.entries(unless).every(([name, value]) => cut[name] !== value)
  )
}

export function isIn(segment: Segment, cut: Dimensions): boolean {
  return segment === null || cut[segment[0]] === segment[1]
}

/** Every segment that any of these is in, all of them first. */
export function segmentsOf(cuts: readonly Dimensions[]): Segment[] {
  const found = new Map(
    cuts.flatMap((cut) =>
      Object.entries(cut).map((pair): [string, Segment] => [JSON.stringify(pair), pair]),
    ),
  )
  return [null, ...found.values()]
}
