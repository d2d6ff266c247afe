import type { Fact, FactType } from './fact.ts'

/**
 * The counters of one KPI on one day for one segment, or of any days added up. A part that is one
 * number has one counter, named like the part; a part that is a map has one per key, `part/key`.
 */
export type Counters = ReadonlyMap<string, number>

/**
 * A named additive integer, or sparse map of integers, written as data. It has three readers: the
 * store compiles it to SQL, the tests run it over facts as a plain loop, the docs put it in words.
 */
export interface Part<R = unknown> {
  readonly kind: string
  /** The facts that count, on their own day. */
  readonly type: FactType
  /** Dimensions that a fact must have to count. */
  readonly where: Readonly<Record<string, string>>
  /**
   * Counts only facts that one of this type followed: same subject, same entity, not earlier, and
   * before the next fact of the counted type about the two. A follower dated ahead counts at once.
   */
  readonly followed: FactType | null
  /** What the counters are keyed by: nothing, or the fact's value. */
  readonly key: 'nothing' | 'value'
  /** What the counters of this part, keyed as `key` says, amount to. */
  readonly read: (counters: Counters) => R
}

/** What a part's counters are read as. */
export type Reading<P> = P extends Part<infer R> ? R : never

/** The name of a part's counter. */
export function counterName(part: string, key: string): string {
  return key === '' ? part : `${part}/${key}`
}

/** The counters of several days as those of all of them: every part adds up. */
export function addCounters(days: Iterable<Counters>): Counters {
  const sum = new Map<string, number>()
  for (const day of days) {
    for (const [name, count] of day) sum.set(name, (sum.get(name) ?? 0) + count)
  }
  return sum
}

/** The counters of one part, by key (`''` where it has none). */
export function countersOf(part: string, counters: Counters): Counters {
  const own: [string, number][] = []
  for (const [name, count] of counters) {
    if (name === part) own.push(['', count])
    else if (name.startsWith(`${part}/`)) own.push([name.slice(part.length + 1), count])
  }
  return new Map(own)
}

/** Whether a fact counts towards a part; `others` are all facts of the workspace. The plain loop that SQL is held against. */
export function counts(part: Part, fact: Fact, others: readonly Fact[]): boolean {
  if (fact.type !== part.type) return false
  if (Object.entries(part.where).some(([name, value]) => fact.dimensions[name] !== value)) {
    return false
  }
  return part.followed === null || isFollowed(fact, part.followed, others)
}

function isFollowed(fact: Fact, type: FactType, others: readonly Fact[]): boolean {
  const related = others.filter(
    (other) =>
      fact.entity !== null && other.subject === fact.subject && other.entity === fact.entity,
  )
  const next = Math.min(
    ...related
      .filter((other) => other.type === fact.type && isBefore(fact, other))
      .map((other) => other.time),
  )
  return related.some(
    (other) => other.type === type && other.time >= fact.time && other.time < next,
  )
}

/** By time, and where that is the same by source and id: one of them must be the last. */
function isBefore(one: Fact, other: Fact): boolean {
  if (one.time !== other.time) return one.time < other.time
  if (one.source !== other.source) return one.source < other.source
  return one.id < other.id
}
