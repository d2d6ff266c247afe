import {
  type Body,
  type Settled,
  concealed,
  contentDigest,
  deliveryName,
  draftsOf,
  parseBody,
  readBody,
  settle,
} from '../src/delivery.ts'
import { type Day, dayFinder } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { wordsIn } from '../src/person.ts'
import type { Inbound } from '../src/scheme.ts'
import { type Given, type Reading, type Source, strange } from '../src/source.ts'
import { type Delivery, type Recalled, recall } from '../src/store/deliveries.ts'
import { rootCause } from '../src/store/failure.ts'
import type { StoredSource } from '../src/store/sources.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import type { Survey } from '../src/survey.ts'
import { findSurveys } from './intake.ts'
import { type Vault, erasedAmong, keepPrivate } from './privacy.ts'
import { findUninvited } from './uninvited.ts'

/** Names that a delivery may have recalled; D1 would take more, a body need not. */
const recallLimit = 300

/** By zone: a day that was found once is found at once, and looking into the database of zones is slow. */
const finders = new Map<string, (time: number) => Day>()

function finderOf(zone: string): (time: number) => Day {
  const found = finders.get(zone) ?? dayFinder(zone)
  finders.set(zone, found)
  return found
}

/** What a verified request comes to. */
export interface Kept {
  readonly delivery: Delivery
  readonly facts: readonly Fact[]
  readonly remember: ReadonlyMap<string, string>
  readonly recalled: Recalled['recalled']
}

/** Whose a body is, and who reads it. */
export interface Reader {
  readonly source: StoredSource & { readonly home: Workspace }
  readonly vendor: Source
}

/**
 * Reads verified bytes as facts. Whatever they are, there is something to be kept.
 *
 * @param carried what is to be remembered of deliveries that were read before and are not stored yet.
 */
export async function readDelivery(
  env: Vault,
  { source, vendor }: Reader,
  { body, headers }: Pick<Inbound, 'body' | 'headers'>,
  received: number,
  carried: ReadonlyMap<string, string> = new Map(),
): Promise<Kept> {
  const parsed = parseBody(vendor.format, body)
  const names = namesFor(vendor, parsed)
  const { memory, recalled } = await recall(env.DB, source.workspace, source.id, names)
  const dayOf = finderOf(source.home.zone)
  const given = {
    config: source.config,
    headers: new Map(vendor.keeps.flatMap((name) => pairOf(headers, name))),
    memory: new Map([...memory, ...carried]),
    dayOf,
    received,
  }
  const reading = await concealed(readSafely(vendor, parsed, given))
  const digest = await contentDigest(vendor, parsed, body)
  const id = deliveryName(reading, digest)
  const surveys = new Map<string, Survey>()
  const drafts = reading.events.flatMap((event) => draftsOf(event, source.id, id))
  await findSurveys(env.DB, source.workspace, drafts, surveys)
  const { dimensions, currency } = source.home
  const context = { facts, surveys, dimensions, currency, dayOf }
  const settled = settle(reading, { source: source.id, delivery: id }, context)
  const uninvited = await findUninvited(env.DB, source.workspace, settled.facts, surveys)
  const { state, reason, facts: told } = withoutUninvited(settled, uninvited)
  const named = await erasedAmong(env, source.home, namedIn(parsed, body))
  const known = await keepPrivate(env, source.home, told, received)
  const kept = { headers: Object.fromEntries(given.headers), body, state, reason }
  return {
    delivery: {
      source: source.id,
      version: source.version,
      id,
      digest,
      ...(named.size === 0 ? kept : nothingOf(state)),
    },
    facts: known.map((fact) => ({ ...fact, delivery: id })),
    remember: (named.size === 0 ? reading.remember : undefined) ?? new Map(),
    recalled,
  }
}

/** What is kept of a delivery that names somebody who has been erased: that it came. */
const nothingOf = (state: Settled['state']) =>
  ({
    headers: {},
    body: null,
    state: state === 'stored' ? state : 'expired',
    reason: 'erased',
  }) as const

/** Everybody whom a body may name; one that cannot be read is looked through as a text. */
function namedIn(parsed: Body, bytes: Uint8Array): Set<string> {
  return wordsIn('body' in parsed ? parsed.body : new TextDecoder().decode(bytes))
}

/** The longest that is said of those who were not invited, in characters. */
const refusalLimit = 1_000

/** What is left of a delivery once answers of people who were not invited are kept for somebody to look at. */
function withoutUninvited(
  settled: Settled,
  uninvited: Awaited<ReturnType<typeof findUninvited>>,
): Settled {
  if (uninvited.size === 0) return settled
  const refusals = [...uninvited.values()]
    .flat()
    .map(({ path, message }) => `survey.response: ${path}: ${message}`)
  const said = [...new Set(refusals)].join('; ').slice(0, refusalLimit).toWellFormed()
  return {
    state: 'quarantined',
    reason: settled.reason === null ? said : `${settled.reason}; ${said}`,
    facts: settled.facts.filter((fact) => !uninvited.has(fact)),
  }
}

function pairOf(headers: ReadonlyMap<string, string>, name: string): [string, string][] {
  const value = headers.get(name)
  return value === undefined ? [] : [[name, value]]
}

/** A mistake of ours in reading is no reason to lose what somebody has signed. */
function readSafely(
  vendor: Source,
  parsed: Body,
  given: Given<Readonly<Record<string, unknown>>>,
): Reading {
  try {
    return readBody(vendor, parsed, given)
  } catch (error) {
    console.error(
      JSON.stringify({ event: 'unreadable', vendor: vendor.vendor, reason: rootCause(error) }),
    )
    return strange('This version of Tidemark fails to read it')
  }
}

function namesFor(vendor: Source, parsed: Body): readonly string[] {
  if (vendor.recalls === undefined || 'unreadable' in parsed) return []
  try {
    return [...new Set(vendor.recalls(parsed.body))].slice(0, recallLimit)
  } catch {
    // Reading it will fail for the same reason, and that is what is told of it.
    return []
  }
}
