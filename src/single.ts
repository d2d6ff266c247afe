import type { Event, Reading } from './source.ts'

/**
 * What a body of one event says. The delivery is called as the first fact, which therefore needs no id
 * of its own, so that the same thing told in two deliveries is one.
 *
 * @param id the vendor's own id of the event, for one that has no facts.
 */
export function single(event: Event, id: string | null): Reading {
  if (!('facts' in event)) return { id, events: [event] }
  const [main, ...more] = event.facts
  if (main === undefined) return { id, events: [event] }
  const { id: name, ...told } = main
  return { id: name ?? id, events: [{ name: event.name, facts: [told, ...more] }] }
}
