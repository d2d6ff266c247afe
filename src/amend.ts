import type { Fact } from './fact.ts'

/** What a fact says, by which a later reading of the same delivery is compared with it. */
export type Said = Pick<
  Fact,
  'type' | 'time' | 'subject' | 'thread' | 'entity' | 'value' | 'dimensions' | 'data'
> & { readonly cost?: number | null }

/** What counts under a name: the fact of this name, or a later reading of it. */
export interface Counting extends Said {
  readonly id: string
  /** How new it is among those that correct the same fact. */
  readonly newness: number
}

/** What is stored under names; `null` where none of it counts, or where somebody else has told it. */
export type Known = ReadonlyMap<string, Counting | null>

/**
 * The facts of a delivery that is read again: those that are not stored yet as they are, and under a
 * name of their own, in the place of what counts, those that it has told otherwise. They are as old as what
 * was told at first, so that a correction which came since stays the newest. What is no longer told stays,
 * and so does what another delivery has told, or somebody has corrected.
 *
 * @param now the time of reading, in milliseconds since 1970 UTC: readings are named by it.
 */
export function amendments(told: readonly Fact[], known: Known, now: number): Fact[] {
  return told.flatMap((fact) => {
    const counts = known.get(fact.id)
    if (counts === undefined) return [fact]
    if (counts === null || sameContent(fact, counts)) return []
    const revision = Math.max(fact.revision ?? fact.time, counts.newness)
    const replaces = fact.replaces ?? fact.id
    return [{ ...fact, id: `${fact.id}~${now}`, replaces, revision, rereads: counts.id }]
  })
}

/** Whether all that a delivery tells is stored, counts and says the same. */
export function tellsNothingNew(told: readonly Fact[], known: Known): boolean {
  return told.every((fact) => {
    const counts = known.get(fact.id)
    return counts !== undefined && counts !== null && sameContent(fact, counts)
  })
}

function sameContent(one: Said, other: Said): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))
}

function contentOf({ type, time, subject, thread, entity, value, cost, dimensions, data }: Said) {
  return [
    type,
    time,
    subject,
    thread,
    entity,
    value,
    cost ?? null,
    sorted(dimensions),
    sorted(data),
  ]
}

function sorted(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))
}
