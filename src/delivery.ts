import * as v from 'valibot'
import { base64url, parseBase64url, parseUtf8, utf8 } from './bytes.ts'
import { type Fact, type Outcome, refuse } from './fact.ts'
import { type Draft, type IntakeContext, factOf } from './intake.ts'
import { parseExactJson } from './json.ts'
import { Problem } from './problem.ts'
import type { Event, Given, Reading, Source, Told } from './source.ts'
import { strange } from './source.ts'
import { sha256 } from './sign.ts'
import { nameField } from './text-field.ts'
import { isInstant } from './time.ts'
import { isElement, parseXml } from './xml.ts'

/** What has become of a delivery: `expired` are those whose bytes are gone and that were never stored. */
export const states = ['stored', 'ignored', 'quarantined', 'conflict', 'expired'] as const

export type State = (typeof states)[number]

/** The longest reason that is kept, in characters. */
const reasonLimit = 1_000

/** A body as it is read: parsed, or what makes it unreadable. */
export type Body = { readonly body: unknown } | { readonly unreadable: string }

/** Decodes and parses verified bytes by the vendor's format. */
export function parseBody(format: Source['format'], bytes: Uint8Array): Body {
  const text = parseUtf8(bytes)
  if (text === null) return { unreadable: 'The body is not valid UTF-8' }
  try {
    return { body: format === 'xml' ? parseXml(text) : parseExactJson(text) }
  } catch (error) {
    if (error instanceof Problem) return { unreadable: error.message }
    throw error
  }
}

/** What the body says, whatever it is. */
export function readBody(
  source: Source,
  parsed: Body,
  given: Given<Record<string, unknown>>,
): Reading {
  if ('unreadable' in parsed) return strange(parsed.unreadable)
  try {
    return source.read(parsed.body, given)
  } catch (error) {
    if (error instanceof Problem) return strange(error.message)
    throw error
  }
}

/**
 * The digest of what a body says: two attempts to deliver the same thing have the same, although their
 * counters of attempts differ.
 */
export async function contentDigest(
  source: Pick<Source, 'format' | 'volatile'>,
  parsed: Body,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  if (source.volatile.length === 0 || 'unreadable' in parsed) return sha256(bytes)
  const volatile = new Set(source.volatile)
  const lasting =
    source.format === 'json'
      ? (name: string, value: unknown) => (volatile.has(name) ? undefined : value)
      : (_: string, value: unknown) => (isElement(value) && volatile.has(value.name) ? null : value)
  return sha256(JSON.stringify(parsed.body, lasting))
}

/** What is left of a reading once its facts have been checked. */
export interface Settled {
  readonly state: 'stored' | 'ignored' | 'quarantined'
  /** Why not everything was stored; `null` where it was. */
  readonly reason: string | null
  readonly facts: readonly Fact[]
}

/** What a delivery is called for ever: by its own id where that can be a name, otherwise by its content. */
export function deliveryName({ id }: Pick<Reading, 'id'>, digest: string): string {
  return id !== null && v.is(nameField, id) ? id : digest
}

/** What the API calls a delivery: its source, and its name in a form that a path can hold. */
export function deliveryId(source: string, name: string): string {
  return `${source}.${base64url(utf8(name))}`
}

/** The opposite of {@link deliveryId}; `null` where the text is none. */
export function parseDeliveryId(text: string): { source: string; name: string } | null {
  const [source = '', encoded = '', ...more] = text.split('.')
  const bytes = parseBase64url(encoded)
  if (source === '' || bytes === null || more.length > 0) return null
  return { source, name: new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes) }
}

/** The drafts of an event, named within the source; one without an id is called as its delivery. */
export function draftsOf(event: Event, source: string, delivery: string): Draft[] {
  if (!('facts' in event)) return []
  return event.facts.map(({ id = delivery, type, replaces, revision, time, data }: Told) => ({
    source,
    id,
    type,
    ...(replaces !== undefined && { replaces }),
    ...(revision !== undefined && { revision }),
    time,
    data,
  }))
}

/** A reading whose personal names are digests: names stay for ever, and people may be forgotten. */
export async function concealed(reading: Reading): Promise<Reading> {
  const events = await Promise.all(
    reading.events.map(async (event) =>
      'facts' in event ? { ...event, facts: await Promise.all(event.facts.map(conceal)) } : event,
    ),
  )
  return { ...reading, events }
}

async function conceal(told: Told): Promise<Told> {
  if (told.id === undefined || told.personal !== true) return told
  const [kind = ''] = told.id.split(':', 1)
  return { ...told, id: `${kind}:${(await sha256(told.id)).slice(0, 32)}` }
}

/**
 * Turns a reading into facts. An event that cannot be told quarantines the delivery, and does not keep
 * the others of it from being stored.
 */
export function settle(
  { events }: Pick<Reading, 'events'>,
  place: { readonly source: string; readonly delivery: string },
  context: IntakeContext,
): Settled {
  const facts: Fact[] = []
  const unclear: string[] = []
  const ignored: string[] = []
  events.forEach((event, index) => {
    const named = (reason: string) =>
      events.length === 1 ? `${event.name}: ${reason}` : `${event.name} (${index + 1}): ${reason}`
    if ('unclear' in event) unclear.push(named(event.unclear))
    if ('ignored' in event) ignored.push(named(event.ignored))
    for (const draft of draftsOf(event, place.source, place.delivery)) {
      const outcome = checked(draft, context)
      if (outcome.ok) facts.push(outcome.value)
      else unclear.push(named(toldAs(draft.type, event.name) + ruleOf(outcome.errors)))
    }
  })
  const state = unclear.length > 0 ? 'quarantined' : facts.length > 0 ? 'stored' : 'ignored'
  if (state === 'ignored' && ignored.length === 0) ignored.push('There is nothing in it')
  const reasons = [...unclear, ...(state === 'ignored' ? ignored : [])]
  const reason = [...new Set(reasons)].join('; ').toWellFormed().replaceAll('\u0000', '\ufffd')
  return { state, reason: reason === '' ? null : cut(reason), facts }
}

/** What a refusal is of, where the event does not say so by its name. */
const toldAs = (type: string, event: string) => (type === event ? '' : `${type}: `)

/** A draft as a fact; its envelope is a vendor's, so it is checked as an envelope from outside would be. */
function checked(draft: Draft, context: IntakeContext): Outcome<Fact> {
  const { id, replaces = id, time, revision = time } = draft
  if (!v.is(nameField, id)) return refuse('id', 'Expected a name of at most 200 characters')
  if (!v.is(nameField, replaces))
    return refuse('replaces', 'Expected a name of at most 200 characters')
  if (!isInstant(time))
    return refuse('time', `Expected a time of the years 1970 to 9998, got ${time}`)
  if (!Number.isSafeInteger(revision)) return refuse('revision', 'Expected a whole number')
  return factOf(draft, context)
}

function ruleOf(errors: readonly { path: string; message: string }[]): string {
  return errors.map(({ path, message }) => `${path}: ${message}`).join(', ')
}

function cut(text: string): string {
  return text.length <= reasonLimit ? text : `${text.slice(0, reasonLimit).toWellFormed()}…`
}
