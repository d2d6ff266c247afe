import worker from '../../workers/index.ts'
import { type Host, adminKey } from '../program/host.ts'
import bareHook from './bare-hook.ts'
import { type Count, context, count } from './counts.ts'
import { type Sent, orders, sentBy } from './order.ts'

/** What both Workers verify by. */
const secret = adminKey

const sealKey = 'bench-seal-key-of-32-characters-or-more'

const what = 'webhook, bare Worker'

/** Asks both Workers' own code, on their own databases, while every call to D1 is counted. */
export async function countWebhooks(ours: Host, bare: Host, now: number): Promise<Count[]> {
  const vars = { ADMIN_KEY: adminKey, SEAL_KEY: sealKey }
  const ask = (db: D1Database, path: string, init: RequestInit) =>
    worker.fetch(new Request(`https://bench.test${path}`, init), { DB: db, ...vars }, context)
  const source = await newSource((path, init) => ask(ours.db, path, init))

  const insert = post(sentBy(secret, orders(now)(0), 'counted'))
  const found = [
    await count(bare.db, { what, status: 200 }, (db) =>
      bareHook.fetch(new Request('https://bench.test/', insert), { DB: db, ADMIN_KEY: adminKey }),
    ),
  ]
  for (const [state, sent] of steps(now)) {
    found.push(
      await count(ours.db, { what: `webhook, ${state}`, status: 200 }, (db) =>
        ask(db, `/hooks/${source}`, post(sent)),
      ),
    )
  }
  return found
}

/** In this order: a repeat is one of what has come before. */
function steps(now: number): [state: string, sent: Sent][] {
  const orderOf = orders(now)
  const sent = (body: string, topic?: string) => sentBy(secret, body, '', topic)
  return [
    ['an order, source not yet known here', sent(orderOf(1))],
    ['an order of a customer', sent(orderOf(2))],
    ['the same again', sent(orderOf(2))],
    ['the same told in other words', sent(orderOf(2).replace('"paid"', '"void"'))],
    ['a conflict', sent(orderOf(2).replace('"403.00"', '"304.00"'))],
    ['ignored', sent(orderOf(3), 'products/create')],
    ['quarantined', sent(orderOf(4).replace('"total_price"', '"no_price"'))],
  ]
}

function post({ body, headers }: Sent): RequestInit {
  return { method: 'POST', body, headers }
}

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>

/** Makes a source by the Worker that will open its secret: it is sealed with this one's key. */
async function newSource(ask: Ask): Promise<string> {
  const make = async <Body>(path: string, key: string, body: unknown): Promise<Body> => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    const answer = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json<Body>()
  }
  const { key } = await make<{ key: { secret: string } }>('/v1/workspaces', adminKey, {
    name: 'Bench',
    timeZone: 'UTC',
    currency: 'EUR',
  })
  const source = { vendor: 'shopify', name: 'Shop', secrets: [secret] }
  const { id } = await make<{ id: string }>('/v1/sources', key.secret, source)
  return id
}
