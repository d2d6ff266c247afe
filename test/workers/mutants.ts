import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { contentDigest, deliveryName, parseBody, readBody } from '../../src/delivery.ts'
import type { Source } from '../../src/source.ts'
import { conflictName } from '../../src/store/deliveries.ts'
import { type Sample, configOf, samples } from '../sources/bodies.ts'
import { made } from '../sources/made.ts'
import { mutants } from '../sources/mutants.ts'
import { type Client, newSurvey, newWorkspace } from './client.ts'
import { type Sender, newSender } from './vendors.ts'
import { inUtc } from '../sources/sample.ts'

// Bodies of every vendor with something wrong in them, signed as it signs. Whatever they say, they are
// taken, and what became of each can be told.

/** A vendor's sources among which its mutants are dealt out. */
const sourcesEach = 5

/** Requests under way at the same time. */
const lanes = 20

/** A leaf of an XML document, with everything that may go wrong with it. */
function* wrongXml(text: string): Generator<string> {
  for (const { 0: leaf, 1: start = '', 2: end = '', index } of text.matchAll(
    /(<[\w:]+(?: [^<>]*)?>)[^<>]*(<\/[\w:]+>)/g,
  )) {
    const by = (other: string) => text.slice(0, index) + other + text.slice(index + leaf.length)
    yield by('')
    yield by(start + end)
    yield by(leaf + leaf)
    yield by(start)
    for (const other of ['x'.repeat(2_000), '-1', '0.5', '&#0;', '&lol;', '<a>'.repeat(40), leaf]) {
      yield by(start + other + end)
    }
  }
}

/** A body that has been read as its format is, with what may go wrong in it. */
const formats = {
  json: {
    parse: (text: string): unknown => JSON.parse(text) as unknown,
    wrong: (body: unknown) => mutants(body).map((mutant) => mutant.body),
    write: (body: unknown) => JSON.stringify(body),
  },
  xml: {
    parse: (text: string): unknown => text,
    wrong: (body: unknown) => wrongXml(String(body)),
    write: String,
  },
}

interface Wrong {
  readonly body: unknown
  readonly headers: Sample['headers']
}

function* wrongOf(bodies: readonly Wrong[], format: Source['format']): Generator<Wrong> {
  for (const { body, headers } of bodies) {
    for (const wrong of formats[format].wrong(body)) yield { body: wrong, headers }
  }
}

/** So many of them, evenly spread; where there are too few, also such as have two things wrong. */
function spread(bodies: readonly Wrong[], format: Source['format'], n: number): readonly Wrong[] {
  const total = wrongOf(bodies, format).reduce((sum) => sum + 1, 0)
  if (total < n) {
    const all = [...wrongOf(bodies, format)]
    return [...all, ...spread(all, format, n - total)]
  }
  const step = Math.floor(total / n)
  return wrongOf(bodies, format)
    .filter((_, at) => at % step === 0)
    .take(n)
    .toArray()
}

/** A body as it is sent, what it is called, and by which of the vendor's sources. */
interface Sent {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
  readonly message: string
  readonly digest: string
  readonly name: string
  readonly sender: Sender
}

async function sentOf(
  source: Source,
  { body, headers }: Wrong,
  { sender, config }: { sender: Sender; config: Readonly<Record<string, unknown>> },
): Promise<Sent> {
  const bytes = utf8(formats[source.format].write(body))
  const parsed = parseBody(source.format, bytes)
  const digest = await contentDigest(source, parsed, bytes)
  const message = `msg_${digest}`
  const reading = readBody(source, parsed, {
    config,
    headers: new Map([...Object.entries(headers), ['webhook-id', message]]),
    memory: new Map(),
    dayOf: inUtc,
    received: Date.now(),
  })
  return { bytes, headers, message, digest, name: deliveryName(reading, digest), sender }
}

/** A vendor's mutants, dealt out among sources of one team. */
async function dealOut(source: Source, share: number, client: Client): Promise<readonly Sent[]> {
  const surveys = { nps: await newSurvey(client), csat: await newSurvey(client, { kind: 'csat' }) }
  const config = configOf(source.vendor, surveys)
  const senders = await Promise.all(
    Array.from({ length: sourcesEach }, () => newSender(client, source.vendor, config)),
  )
  const { parse } = formats[source.format]
  const bodies = [...made, ...samples]
    .filter(({ vendor }) => vendor === source.vendor)
    .map(({ body, headers }) => ({ body: parse(body), headers }))
  const wrongs = spread(bodies, source.format, share)
  const dealt = senders.map((sender, first) =>
    wrongs
      .filter((_, at) => at % sourcesEach === first)
      .map((wrong) => sentOf(source, wrong, { sender, config })),
  )
  return Promise.all(dealt.flat())
}

/** What became of a body; `state` is `null` where the vendor wants to hear something else. */
interface Answered extends Sent {
  readonly status: number
  readonly state: string | null
}

async function send(source: Source, one: Sent): Promise<Answered> {
  const answer = await one.sender.send(one.bytes, { headers: one.headers, id: one.message })
  const text = await answer.text()
  const told = source.reply === undefined ? (JSON.parse(text) as { state: string }) : null
  return { ...one, status: answer.status, state: told?.state ?? null }
}

/** All of them, so many at a time. */
async function inLanes<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const waiting = items.values()
  const lane = async () => {
    const done: Result[] = []
    for (const item of waiting) done.push(await run(item))
    return done
  }
  return (await Promise.all(Array.from({ length: lanes }, lane))).flat()
}

interface Row {
  readonly source: string
  readonly id: string
  readonly digest: string
  readonly state: string
  readonly reason: string | null
}

async function rowsOf(workspace: string): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    'SELECT source, id, digest, state, reason FROM identity WHERE workspace = ? AND digest IS NOT NULL',
  )
    .bind(workspace)
    .all<Row>()
  return results
}

/** Names that say where their fact is, but there is none, and facts that no name leads to. */
async function strayNames(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT identity.id FROM identity WHERE workspace = ?1 AND type IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM fact
       WHERE fact.workspace = ?1 AND fact.type = identity.type AND fact.day = identity.day
         AND fact.source = identity.source AND fact.id = identity.id
     )
     UNION ALL
     SELECT fact.id FROM fact WHERE workspace = ?1 AND NOT EXISTS (
       SELECT 1 FROM identity
       WHERE identity.workspace = ?1 AND identity.source = fact.source AND identity.id = fact.id
         AND identity.type = fact.type AND identity.day = fact.day
     )`,
  )
    .bind(workspace)
    .all()
  return results
}

function tally(states: Iterable<string>): Record<string, number> {
  const groups = Map.groupBy(states, (state) => state)
  return Object.fromEntries([...groups].map(([state, some]) => [state, some.length]))
}

/** Where a body is kept: under its name, or beside another of that name that has said something else. */
function rowOf({ sender, name, digest }: Sent, rows: ReadonlyMap<string, Row>): Row | undefined {
  return [name, conflictName({ id: name, digest })]
    .map((id) => rows.get(`${sender.id} ${id}`))
    .find((row) => row?.digest === digest)
}

/** So many mutants of a vendor are sent, and nothing of them is lost, whatever is wrong with them. */
export async function losesNothing(source: Source, share: number): Promise<void> {
  const client = await newWorkspace()
  const sent = await dealOut(source, share, client)

  const answers = await inLanes(sent, (one) => send(source, one))
  const rows = await rowsOf(client.workspace)

  expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: share })

  // Each has a row of its own, unless all that it says was known under its name.
  const byName = new Map(rows.map((row) => [`${row.source} ${row.id}`, row]))
  const known = answers.filter((one) => rowOf(one, byName) === undefined)
  expect(known.filter(({ state }) => state !== null && state !== 'repeat')).toEqual([])
  expect(known.filter(({ sender, name }) => !byName.has(`${sender.id} ${name}`))).toEqual([])

  // There are as many rows as different bodies that were not known, each as it was answered.
  const told = new Map(
    answers
      .map((one) => ({ row: rowOf(one, byName), state: one.state }))
      .filter(({ row, state }) => row !== undefined && state !== 'repeat')
      .map(({ row, state }) => [row, state ?? row?.state]),
  )
  expect(tally(rows.map(({ state }) => state))).toEqual(tally([...told.values()].map(String)))

  // Whatever was not stored says why, and never that reading it has failed.
  expect(rows.filter(({ state, reason }) => (state === 'stored') !== (reason === null))).toEqual([])
  expect(rows.filter(({ reason }) => reason?.includes('fails to read') === true)).toEqual([])
  expect(await strayNames(client.workspace)).toEqual([])
}
