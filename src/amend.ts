import type { Fact } from './fact.ts'

/** What a fact says, by which a later reading of the same delivery is compared with it. */
export type Said = Pick<
  Fact,
  'type' | 'time' | 'subject' | 'thread' | 'entity' | 'value' | 'dimensions' | 'data'
> & { readonly cost?: number | null }

/** What is stored under a name: the fact of this name, or the newest that replaces it; `null` where it counts no more. */
export type Known = ReadonlyMap<string, Said | null>

/**
 * The facts of a delivery that is read again: those that are not stored yet as they are, and as
 * corrections those that say something else than what counts. What is no longer told stays.
 *
 * @param now the time of reading, in milliseconds since 1970 UTC: corrections are named and ordered by it.
 */
export function amendments(told: readonly Fact[], known: Known, now: number): Fact[] {
  return told.flatMap((fact) => {
    const counts = known.get(fact.id)
    if (counts === undefined) return [fact]
    if (counts === null || sameContent(fact, counts)) return []
    return [{ ...fact, id: `${fact.id}~${now}`, replaces: fact.id, revision: now }]
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
