import type * as v from 'valibot'
import type { Day } from './day.ts'
import type { FactType } from './fact.ts'
import { Problem } from './problem.ts'
import type { Scheme } from './scheme.ts'

/** A fact as a vendor tells it; its source is the delivery's, and so is its id where it has none. */
export interface Told {
  /**
   * What names the fact for ever within the source. It must follow from the body alone: the same thing
   * told again, in whatever delivery, must get the same id.
   */
  readonly id?: string
  /** Whether the id says who somebody is: then only its digest is kept, so that a name can be forgotten. */
  readonly personal?: true
  /** The id of the fact that this one corrects. Of all that correct one fact, the newest counts. */
  readonly replaces?: string
  /** How new a correction is, in milliseconds since 1970 UTC; its time where it is left out. */
  readonly revision?: number
  readonly type: FactType
  /** When it happened, in milliseconds since 1970 UTC. */
  readonly time: number
  /** The fields of its type (docs/facts.md), as yet unchecked. */
  readonly data: Readonly<Record<string, unknown>>
}

/** What one event of a delivery comes to. */
export type Event = { readonly name: string } & (
  | { readonly facts: readonly Told[] }
  /** Why nothing is to be counted. */
  | { readonly ignored: string }
  /** Why nobody can say what it means; the delivery is kept in quarantine. */
  | { readonly unclear: string }
)

/** What a body says. */
export interface Reading {
  /**
   * What names the delivery for ever within its source: the vendor's own id of the event, from the signed
   * body. `null` where it has none; then its content names it.
   */
  readonly id: string | null
  readonly events: readonly Event[]
  /** What later deliveries need to know, by name. */
  readonly remember?: ReadonlyMap<string, string>
}

/** What a vendor knows besides the body. */
export interface Given<Config> {
  readonly config: Config
  /** Those headers that the vendor keeps, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  /**
   * Of the names that the vendor recalls: what earlier deliveries of the source have asked to be
   * remembered, and `''` for each that a fact of the source already replaces.
   */
  readonly memory: ReadonlyMap<string, string>
  /** The local day of an instant in the workspace's zone, for what counts once a day. */
  readonly dayOf: (time: number) => Day
  /** When the delivery first arrived, in milliseconds since 1970 UTC: for what states no time of its own. */
  readonly received: number
}

/** What a team has set, of these fields. */
export type ConfigOf<Fields extends v.ObjectEntries> = v.InferOutput<
  v.StrictObjectSchema<Fields, undefined>
>

/** One vendor: how its deliveries are verified, and what they mean. */
export interface SourceDeclaration<Fields extends v.ObjectEntries = v.ObjectEntries> {
  /** Its name in the API, such as `stripe`. */
  readonly vendor: string
  readonly label: string
  /** The vendor's own page about its webhooks. */
  readonly docs: string
  /** What a team may set; every field is optional or says what it is for when it is missing. */
  readonly config: Fields
  /** How requests are verified, which a team may have chosen. */
  readonly scheme: (config: ConfigOf<Fields>) => Scheme
  /** What bodies are written in: what `read` gets is JSON, or the document of {@link parseXml}. */
  readonly format: 'json' | 'xml'
  /** Lower-case names of headers that reading needs, and that are kept for a replay. No secrets. */
  readonly keeps: readonly string[]
  /** Names of members, at any depth, that change with every attempt to deliver the same thing. */
  readonly volatile: readonly string[]
  /** The types of facts it can tell of. */
  readonly types: readonly FactType[]
  /** Names in memory that reading this body needs; at most 300. */
  readonly recalls?: (body: unknown) => readonly string[]
  /** Total over any JSON: what it cannot make sense of is an unclear event, never an error. */
  readonly read: (body: unknown, given: Given<ConfigOf<Fields>>) => Reading
  /** What the sender wants to hear, where any 2xx will not do. */
  readonly reply?: { readonly type: string; readonly body: string }
  /** For the documentation: where to click at the vendor's, what to paste here, step by step. */
  readonly setup: readonly string[]
  /** For the documentation: each event by name, and what it becomes or why it is ignored. */
  readonly becomes: readonly (readonly [event: string, what: string])[]
}

/** A vendor as the program meets it, whatever its configuration. */
export type Source = SourceDeclaration

/** Checks a declaration's types and forgets their detail, so that vendors can stand in one list. */
export function defineSource<const Fields extends v.ObjectEntries>(
  declaration: SourceDeclaration<Fields>,
): Source {
  // `scheme` and `read` are only ever called with what `config` has parsed, so the wider type is safe.
  return declaration as unknown as Source
}

/** Why an event is not counted. */
export function ignore(reason: string): Ignored {
  return { ignored: reason }
}

/** Why there is nothing to be counted, in words that a team understands. */
export interface Ignored {
  readonly ignored: string
}

/** What an event means: facts, or why there are none. */
export type Meaning = Told | readonly Told[] | Ignored

/** What an event tells; whatever a `Problem` says of its body makes it unclear. */
export function event(name: string, tell: () => Meaning): Event {
  try {
    const told = tell()
    if ('ignored' in told) return { name, ignored: told.ignored }
    return { name, facts: 'type' in told ? [told] : told }
  } catch (error) {
    if (error instanceof Problem) return { name, unclear: error.message }
    throw error
  }
}

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

/** The only event of a body that is of no form the vendor is known to send. */
export function strange(reason: string): Reading {
  return { id: null, events: [{ name: 'unknown', unclear: reason }] }
}
