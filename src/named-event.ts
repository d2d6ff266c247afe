import { type Reading, type Told, event } from './source.ts'

/** What an event comes to: nothing, or facts under the permanent name of what happened. */
export type Meaning =
  | { readonly ignored: string }
  | {
      /** The same in every event that tells it. */
      readonly id: string
      /** Its facts; the one without an id of its own is called as the whole. */
      readonly tell: () => Told | readonly Told[]
    }

/**
 * The reading of a body that holds one event. It is named for what it means, so that two events for one
 * thing are one; where it means nothing, or nobody can say what, `eventId` names it.
 */
export function namedEvent(name: string, eventId: string | null, mean: () => Meaning): Reading {
  let id = eventId
  const found = event(name, () => {
    const meaning = mean()
    if ('ignored' in meaning) return meaning
    id = meaning.id
    return meaning.tell()
  })
  return { id, events: [found] }
}
