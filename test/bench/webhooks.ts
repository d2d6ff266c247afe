import { utf8 } from '../../src/bytes.ts'
import { shopify } from '../../src/sources/shopify.ts'
import { readTakingSource } from '../../src/store/sources.ts'
import { readDelivery } from '../../workers/reading.ts'
import { type Host, adminKey, newTeam } from '../program/host.ts'
import { type Comparison, type Speed, compare } from './compare.ts'
import { type Shot, load } from './load.ts'
import { orders, sentBy } from './order.ts'
import { startWatched } from './processor.ts'

/** What a request takes of a processor, in milliseconds, and whether it may. */
export interface Cost {
  readonly what: string
  readonly ours: number
  readonly baseline: number
  readonly limit: { readonly milliseconds: number; readonly times: number }
  readonly holds: boolean
}

const limit = { milliseconds: 5, times: 2 }
const baseline = 'bare Worker, HMAC and one INSERT'

/** What the source shares with its vendor; the bare Worker knows no other. */
const secret = adminKey

/** Signed webhooks of one order each, 10 kB of JSON, on two Workers that take nothing else. */
export async function compareWebhooks(
  openOurs: () => Promise<Host>,
  openBare: () => Promise<Host>,
  now: number,
): Promise<{ comparisons: Comparison[]; costs: Cost[] }> {
  const ours = await startWatched(openOurs)
  const bare = await startWatched(openBare)
  const source = await newSource(ours.started)
  const next = shots(now)
  const pairOf = (connections: number, watched = false) =>
    [
      load(
        ours.started.origin,
        connections,
        () => next(`/hooks/${source}`),
        watched ? ours.processor : undefined,
      ),
      load(bare.started.origin, connections, () => next('/'), watched ? bare.processor : undefined),
    ] as const

  const rounds = 25
  const many = { what: 'webhooks of 10 kB, 32 connections', baseline, rounds, speeds: pairOf(32) }
  const one = { what: 'webhooks of 10 kB, 1 connection', baseline, rounds, speeds: pairOf(1) }
  const worked = {
    what: 'webhooks of 10 kB, by time of the processor',
    baseline,
    rounds,
    speeds: pairOf(4, true),
  }
  const comparisons = [await compare(many), await compare(one)]
  const processor = await compare(worked)
  const reading = await compareReading(ours.started.db, source, now)
  return {
    comparisons: [...comparisons, processor, reading],
    costs: [costOf('webhook of 10 kB, with its local database', processor)],
  }
}

/** Deliveries by number, each of which must be taken as a new one. */
function shots(now: number): (path: string) => Shot {
  const orderOf = orders(now)
  let sent = 0
  return (path) => {
    sent++
    const { body, headers } = sentBy(secret, orderOf(sent), `delivery-${sent}`)
    return { method: 'POST', path, headers, body, status: 200 }
  }
}

/** Makes a source over HTTP, as a team would; resolves to its id. */
async function newSource(host: Host): Promise<string> {
  const team = await newTeam(host)
  const answer = await fetch(`${host.origin}/v1/sources`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${team.secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ vendor: 'shopify', name: 'Shop', secrets: [secret] }),
  })
  if (answer.status !== 201) throw new Error(`Cannot create a source: ${await answer.text()}`)
  const { id } = await answer.json<{ id: string }>()
  return id
}

function costOf(what: string, { context }: Comparison): Cost {
  const ours = 1_000 / context.ours
  const other = 1_000 / context.baseline
  const holds = ours <= limit.milliseconds && ours <= limit.times * other
  return { what, ours, baseline: other, limit, holds }
}

/** How long one round of reading lasts, in milliseconds. */
const span = 100

/** What is left when the database is not asked: verified, parsed and made a fact, in this process. */
async function compareReading(db: D1Database, id: string, now: number): Promise<Comparison> {
  const source = await readTakingSource(db, id)
  if (source === null) throw new Error(`No source "${id}"`)
  const { body, headers } = sentBy(secret, orders(now)(0), 'delivery')
  const inbound = {
    method: 'POST',
    url: 'https://bench.test/hooks',
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: utf8(body),
    token: null,
  }
  const scheme = shopify.scheme(source.config)
  const vault = { DB: db, SEAL_KEY: '' }
  const key = await crypto.subtle.importKey(
    'raw',
    utf8(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  const signature = Buffer.from(headers['X-Shopify-Hmac-Sha256'] ?? '', 'base64')
  return compare({
    what: 'webhook verified and read, in this process',
    baseline: 'HMAC and JSON.parse',
    rounds: 25,
    speeds: [
      repeat(async () => {
        const { ok } = await scheme.verify(inbound, [secret], now)
        const { facts } = await readDelivery(vault, { source, vendor: shopify }, inbound, now)
        return ok && facts.length === 1
      }),
      repeat(async () => {
        const ok = await crypto.subtle.verify('HMAC', key, signature, inbound.body)
        return ok && JSON.parse(new TextDecoder().decode(inbound.body)) !== null
      }),
    ],
  })
}

/** Turns a second, one after the other. */
function repeat(turn: () => Promise<boolean>): Speed {
  return async () => {
    const begin = performance.now()
    let turns = 0
    while (performance.now() < begin + span) {
      if (!(await turn())) throw new Error('A webhook was not read')
      turns++
    }
    return (1_000 * turns) / (performance.now() - begin)
  }
}
