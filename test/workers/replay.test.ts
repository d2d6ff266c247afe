import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '../../workers/index.ts'
import { counting } from '../store/counting.ts'
import { type Client, call, newWorkspace, rollUp } from './client.ts'
import { watchAll } from './hooks.ts'
import { type Sender, changeOf, newHub, newPipeline, newShop, orderOf } from './senders.ts'

interface Replayed {
  readonly replayed: number
  readonly states: Record<string, number>
  readonly items: readonly { id: string; event: string; state: string; reason: string | null }[]
  readonly next: string | null
}

async function replay(client: Client, asked: object = {}): Promise<Replayed> {
  const answer = await client.post('/v1/deliveries/replay', asked)
  expect(answer.status).toBe(200)
  return answer.json<Replayed>()
}

/** Page after page, until there is no more. */
async function replayAll(client: Client, asked: object): Promise<Replayed[]> {
  const pages: Replayed[] = []
  for (let cursor: string | null = null; ; cursor = pages.at(-1)?.next ?? null) {
    if (pages.length > 0 && cursor === null) return pages
    pages.push(await replay(client, { ...asked, cursor }))
  }
}

/** Configures a source anew, as its team does. */
async function configure(client: Client, { id }: Sender, config: object): Promise<void> {
  const answer = await call(`/v1/sources/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ config }),
  })
  expect(answer.status).toBe(200)
}

/** Facts of a workspace that count. */
async function factsOf({ workspace }: Client): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    `SELECT type, subject, value, dimensions ->> 'stage' AS stage FROM fact
     WHERE workspace = ? AND replaced IS NULL ORDER BY subject, type`,
  )
    .bind(workspace)
    .all()
  return results
}

const sent = async (answer: Response) => answer.json<{ delivery: string; state: string }>()

const day = 24 * 60 * 60 * 1000
const lately = Date.now() - 3 * day

/** A change of a deal, so many seconds after a moment three days ago. */
const dealChange = (seconds: number, name: string, value: string, deal = 9) =>
  changeOf(seconds, {
    objectId: deal,
    occurredAt: lately + seconds * 1_000,
    propertyName: name,
    propertyValue: value,
  })

const price = (seconds: number, value: string, deal = 9) =>
  dealChange(seconds, 'amount', value, deal)

const move = (seconds: number, value: string, deal = 9) =>
  dealChange(seconds, 'dealstage', value, deal)

const become = (seconds: number, stage: string, lead: number) =>
  changeOf(seconds, {
    subscriptionType: 'contact.propertyChange',
    objectId: lead,
    occurredAt: lately + seconds * 1_000,
    propertyName: 'lifecyclestage',
    propertyValue: stage,
  })

const customers = { qualified: ['customer'] }

test('what was ignored is stored once its source is configured for it, and only once', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const { delivery, state } = await sent(await hub.send([become(1, 'customer', 1)]))
  await configure(client, hub, customers)

  const first = await client.post(`/v1/deliveries/${delivery}/replay`)
  const second = await client.post(`/v1/deliveries/${delivery}/replay`)

  expect(state).toBe('ignored')
  const stored = { id: delivery, event: expect.any(String), state: 'stored', reason: null }
  expect([first.status, await first.json()]).toEqual([200, stored])
  expect([second.status, await second.json()]).toEqual([200, stored])
  expect(await factsOf(client)).toMatchObject([{ type: 'lead.qualified', subject: '1' }])
})

test('a replay that changes nothing writes nothing', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client, customers)
  await hub.send([become(1, 'customer', 1), become(2, 'lead', 2), move(3, 'a')])
  await hub.send([move(4, 'closedwon')])
  await hub.send([become(5, 'lead', 3)])
  const { db, account } = counting(env.DB)
  const again = async (state: string) => {
    const request = new Request('https://tidemark.test/v1/deliveries/replay', {
      method: 'POST',
      headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state, source: hub.id }),
    })
    const answer = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
    return (await answer.json<Replayed>()).states
  }

  expect([await again('stored'), await again('quarantined'), await again('ignored')]).toEqual([
    { stored: 1 },
    { quarantined: 1 },
    { ignored: 1 },
  ])
  expect(account.rowsWritten).toBe(0)
})

test('what is in quarantine is stored once it is known what was missing', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([move(2, 'closedwon')])
  await hub.send([price(1, '100')])
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 10_000 }])

  const { replayed, states, items } = await replay(client)

  expect([replayed, states]).toEqual([1, { stored: 1 }])
  expect(items).toMatchObject([{ state: 'stored', reason: null }])
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 10_000 }])
  expect((await replay(client)).replayed).toBe(0)
})

async function valueOf(client: Client, kpi: string): Promise<number | null> {
  const dates = [lately - day, lately + day].map((time) =>
    new Date(time).toISOString().slice(0, 10),
  )
  const answer = await client.get(`/v1/kpis/${kpi}?from=${dates[0]}&to=${dates[1]}`)
  return (await answer.json<{ total: { value: number | null } }>()).total.value
}

test('a stage that turns out to be a win is one after a replay, and the figures follow', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([price(1, '100')])
  await hub.send([move(2, 'signed')])
  const revenueBy = async (stages: Record<string, string>) => {
    await configure(client, hub, { stages })
    const { states } = await replay(client, { state: 'stored', source: hub.id })
    await rollUp(client)
    return [states, await valueOf(client, 'revenue')]
  }

  expect(await revenueBy({})).toEqual([{ stored: 1 }, 0])
  expect(await revenueBy({ signed: 'won' })).toEqual([{ stored: 1 }, 100])
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 10_000 }])
  expect(await revenueBy({ signed: 'won' })).toEqual([{ stored: 1 }, 100])
  expect(await revenueBy({ signed: 'Signed' })).toEqual([{ stored: 1 }, 0])
})

test('a win that a replay has found counts once after what is told of it later', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([price(1, '100')])
  await hub.send([move(2, 'signed')])
  await configure(client, hub, { stages: { signed: 'won' } })
  await replay(client, { state: 'stored', source: hub.id })

  await hub.send([price(3, '150')])

  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 15_000 }])
})

test('a deal that has been lost since is lost after a replay as well', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([price(1, '100')])
  await hub.send([move(2, 'signed')])
  await configure(client, hub, { stages: { signed: 'won' } })
  await replay(client, { state: 'stored', source: hub.id })

  await hub.send([move(3, 'closedlost')])
  await replay(client, { state: 'stored', source: hub.id })

  expect((await factsOf(client)).map(({ type }) => type)).toEqual(['deal.lost'])
})

test('what a replay has corrected is corrected back by another', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([price(1, '100')])
  await hub.send([move(2, 'signed')])
  const types: unknown[] = []
  for (const stages of [{ signed: 'won' }, { signed: 'Signed' }, { signed: 'lost' }, {}]) {
    await configure(client, hub, { stages })
    await replay(client, { state: 'stored', source: hub.id })
    types.push((await factsOf(client)).map(({ type, stage }) => [type, stage]))
  }

  expect(types).toEqual([
    [['deal.won', null]],
    [['deal.stage', 'Signed']],
    [['deal.lost', null]],
    [['deal.stage', 'signed']],
  ])
})

const dealOf = (id: number, stage: number) => ({
  meta: { action: 'change', entity: 'deal', version: '2.0', timestamp: new Date(lately) },
  data: { id, status: 'open', stage_id: stage, update_time: new Date(lately) },
  previous: { stage_id: 4 },
})

test('a stage that has got a name gets it in what was stored before', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client)
  for (const [id, stage] of [5, 6].entries()) await pipeline.send(dealOf(id, stage))
  await configure(client, pipeline, { stages: { 5: 'Proposal' } })

  const { states } = await replay(client, { state: 'stored', source: pipeline.id })

  expect(states).toEqual({ stored: 2 })
  expect(await factsOf(client)).toMatchObject([{ stage: 'Proposal' }, { stage: '6' }])
})

/** What Pipedrive says of a deal that is won, and was before or was not. */
const wonDeal = (value: number, hours: number, previous: object) => {
  const stamp = new Date(lately + hours * 3_600_000).toISOString()
  const won_time = new Date(lately).toISOString()
  return {
    meta: { action: 'change', entity: 'deal', version: '2.0', timestamp: stamp },
    data: { id: 1, status: 'won', value, currency: 'EUR', won_time, update_time: stamp },
    previous,
  }
}

test('what its vendor has corrected since stays corrected when the first is read again', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client)
  await pipeline.send(wonDeal(100, 0, { status: 'open' }))
  await pipeline.send(wonDeal(150, 1, { value: 100 }))

  const once = await replay(client, { state: 'stored', source: pipeline.id })
  const found = await factsOf(client)
  await replay(client, { state: 'stored', source: pipeline.id })

  expect(once.states).toEqual({ stored: 2 })
  expect(found).toMatchObject([{ type: 'deal.won', value: 15_000 }])
  expect(await factsOf(client)).toEqual(found)
})

test('what its vendor corrects after a replay has corrected it counts once', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client, { channels: { 8: 'Fair' } })
  const withChannel = (deal: ReturnType<typeof wonDeal>) => ({
    ...deal,
    data: { ...deal.data, channel: 8 },
  })
  await pipeline.send(withChannel(wonDeal(100, 0, { status: 'open' })))
  await pipeline.send(withChannel(wonDeal(150, 1, { value: 100 })))
  await configure(client, pipeline, { channels: { 8: 'Trade fair' } })
  await replay(client, { state: 'stored', source: pipeline.id })
  const between = await factsOf(client)

  await pipeline.send(withChannel(wonDeal(175, 99, { value: 150 })))

  expect(between).toMatchObject([{ type: 'deal.won', value: 15_000 }])
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 17_500 }])
})

test('a fact that is told no more stays', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client, customers)
  await hub.send([become(1, 'customer', 1)])
  await configure(client, hub, {})

  const { items } = await replay(client, { state: 'stored', source: hub.id })

  expect(items).toMatchObject([{ state: 'ignored', reason: expect.stringContaining('qualified') }])
  expect(await factsOf(client)).toMatchObject([{ type: 'lead.qualified' }])
})

test('two replays at once count nothing twice', async () => {
  const client = await newWorkspace()
  const [hub, pipeline] = [await newHub(client), await newPipeline(client)]
  await hub.send([become(1, 'customer', 1)])
  await pipeline.send(dealOf(2, 5))
  await configure(client, hub, customers)
  await configure(client, pipeline, { stages: { 5: 'Proposal' } })

  await Promise.all(
    Array.from({ length: 8 }, async (_, at) =>
      at % 2 === 0
        ? replay(client, { state: 'ignored', source: hub.id })
        : replay(client, { state: 'stored', source: pipeline.id }),
    ),
  )

  expect(await factsOf(client)).toMatchObject([
    { type: 'lead.qualified', subject: '1' },
    { type: 'deal.stage', stage: 'Proposal' },
  ])
})

/** A database in which something happens just before the first transaction. */
function interrupted(db: D1Database, meanwhile: () => Promise<unknown>): D1Database {
  let waiting: (() => Promise<unknown>) | null = meanwhile
  return Object.create(db, {
    prepare: { value: (sql: string) => db.prepare(sql) },
    batch: {
      value: async (statements: D1PreparedStatement[]) => {
        const first = waiting
        waiting = null
        await first?.()
        return db.batch(statements)
      },
    },
  })
}

/** Replays a source's deliveries, while something else happens between reading and storing. */
async function replayDuring(
  client: Client,
  { id }: Sender,
  meanwhile: () => Promise<unknown>,
  state = 'stored',
): Promise<Response> {
  const request = new Request('https://tidemark.test/v1/deliveries/replay', {
    method: 'POST',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ state, source: id }),
  })
  const bindings = { ...env, DB: interrupted(env.DB, meanwhile) }
  return worker.fetch(request, bindings, createExecutionContext())
}

test('a replay that another one overtakes reads again, and nothing is doubled', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([move(1, 'signed')])
  await configure(client, hub, { stages: { signed: 'Signed' } })

  const answer = await replayDuring(client, hub, () =>
    replay(client, { state: 'stored', source: hub.id }),
  )

  expect(answer.status).toBe(200)
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.stage', stage: 'Signed' }])
  const stored = env.DB.prepare('SELECT count(*) AS n FROM fact WHERE workspace = ?')
  expect(await stored.bind(client.workspace).first()).toEqual({ n: 2 })
})

test('a replay whose source is configured anew meanwhile goes by what it says then', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([become(1, 'customer', 1)])
  await configure(client, hub, customers)

  const unconfigure = () => configure(client, hub, { qualified: ['opportunity'] })
  const answer = await replayDuring(client, hub, unconfigure, 'ignored')

  expect(await answer.json()).toMatchObject({ states: { ignored: 1 } })
  expect(await factsOf(client)).toEqual([])
})

test('a replay whose source is removed meanwhile stores nothing', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([move(1, 'signed')])
  await configure(client, hub, { stages: { signed: 'Signed' } })

  const answer = await replayDuring(client, hub, async () => {
    const headers = { authorization: `Bearer ${client.secret}` }
    await call(`/v1/sources/${hub.id}`, { method: 'DELETE', headers })
  })

  expect(await answer.json()).toMatchObject({ replayed: 0 })
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.stage', stage: 'signed' }])
})

test('storage trouble during a replay is told as such', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([move(1, 'signed')])

  const answer = await replayDuring(client, hub, () => Promise.reject(new Error('D1_ERROR: gone')))

  expect(answer.status).toBe(503)
})

const unclear = (id: number) => orderOf(id, { total_price: null })

const eventsOf = ({ items }: Replayed) => items.map(({ event }) => event)

test('a source, a state and a time say what is read again', async () => {
  const client = await newWorkspace()
  const [one, other] = [await newShop(client), await newShop(client)]
  for (const id of [1, 2]) await one.send(unclear(id))
  await other.send(unclear(3))
  await other.send(orderOf(4))
  await one.send(orderOf(5, { test: true }))
  for (const id of [1, 2, 3]) {
    await env.DB.prepare('UPDATE identity SET received = ? WHERE workspace = ? AND id = ?')
      .bind(Date.parse(`2026-03-0${id}T10:00:00Z`), client.workspace, `order:${id}`)
      .run()
  }
  const found = async (asked: object) => eventsOf(await replay(client, asked)).toSorted()

  expect(await found({})).toEqual(['order:1', 'order:2', 'order:3'])
  expect(await found({ source: one.id })).toEqual(['order:1', 'order:2'])
  expect(await found({ from: '2026-03-02T10:00:00Z' })).toEqual(['order:2', 'order:3'])
  expect(await found({ to: '2026-03-02T10:00:00Z' })).toEqual(['order:1'])
  expect(await found({ state: 'stored', source: other.id })).toEqual(['order:4'])
  expect(await found({ state: 'ignored' })).toEqual(['order:5'])
})

test.each(['quarantined', 'stored'])('many that are %s are read page by page', async (state) => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const ids = Array.from({ length: 45 }, (_, at) => at + 1)
  for (const id of ids) await shop.send(state === 'stored' ? orderOf(id) : unclear(id))

  const pages = await replayAll(client, { state, source: shop.id })

  expect(pages.map(({ replayed }) => replayed)).toEqual([12, 12, 12, 9, 0])
  expect(pages.flatMap(eventsOf).toSorted()).toEqual(ids.map((id) => `order:${id}`).toSorted())
})

test('those with large bodies are read a few at once, and all in the end', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const note = 'x'.repeat(250_000)
  for (const id of [1, 2, 3, 4, 5, 6]) await shop.send({ ...unclear(id), note })

  const pages = await replayAll(client, {})

  expect(pages.map(({ replayed }) => replayed)).toEqual([4, 2, 0])
})

test('those whose bodies have gone do not keep the others from being read', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const ids = Array.from({ length: 25 }, (_, at) => 101 + at)
  for (const id of ids) await shop.send(orderOf(id))
  await env.DB.prepare("UPDATE identity SET body = NULL WHERE workspace = ? AND id < 'order:123'")
    .bind(client.workspace)
    .run()

  const pages = await replayAll(client, { state: 'stored', source: shop.id })

  expect(pages.flatMap(eventsOf)).toEqual(['order:123', 'order:124', 'order:125'])
})

test('a conflict is never read again', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = orderOf(1)
  await shop.send(order)
  await shop.send({ ...order, total_price: '99' })
  const list = await client.get('/v1/deliveries?state=conflict')
  const [conflict] = (await list.json<{ items: { id: string }[] }>()).items

  const answer = await client.post(`/v1/deliveries/${conflict?.id}/replay`)
  const many = await client.post('/v1/deliveries/replay', { state: 'conflict' })

  expect([answer.status, await answer.json()]).toMatchObject([
    409,
    { detail: 'Another delivery of the same id counts; this one never does' },
  ])
  expect(many.status).toBe(422)
  expect(await factsOf(client)).toMatchObject([{ value: 1_250 }])
})

test.each(['stored', 'expired'])('what is %s and has no body is gone', async (state) => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const { delivery } = await sent(await shop.send(state === 'stored' ? orderOf(1) : unclear(1)))
  await watchAll(Date.now() + 31 * day)

  const answer = await client.post(`/v1/deliveries/${delivery}/replay`)

  expect([answer.status, await answer.json()]).toMatchObject([
    410,
    { detail: 'Its body has been dropped after the retention of its source' },
  ])
  const { state: kept } = await (
    await client.get(`/v1/deliveries/${delivery}`)
  ).json<{ state: string }>()
  expect(kept).toBe(state)
})

test('an empty body is a body', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const { delivery } = await sent(await shop.send(''))

  const answer = await client.post(`/v1/deliveries/${delivery}/replay`)

  expect([answer.status, await answer.json()]).toMatchObject([200, { state: 'quarantined' }])
})

test('deliveries of a source that was removed can be read by nobody any more', async () => {
  const client = await newWorkspace()
  const [gone, left] = [await newShop(client), await newShop(client)]
  const { delivery } = await sent(await gone.send(unclear(1)))
  await left.send(unclear(2))
  await client.remove(`/v1/sources/${gone.id}`)

  const answer = await client.post(`/v1/deliveries/${delivery}/replay`)
  const many = await replay(client)

  expect([answer.status, await answer.json()]).toMatchObject([
    409,
    { detail: 'Its source has been removed' },
  ])
  expect(eventsOf(many)).toEqual(['order:2'])
})

test('another workspace reads nothing again', async () => {
  const [client, stranger] = [await newWorkspace(), await newWorkspace()]
  const hub = await newHub(client)
  const { delivery } = await sent(await hub.send([become(1, 'customer', 1)]))
  await configure(client, hub, customers)

  const answer = await stranger.post(`/v1/deliveries/${delivery}/replay`)

  expect(answer.status).toBe(404)
  expect(await replay(stranger, { state: 'ignored' })).toEqual({
    replayed: 0,
    states: {},
    items: [],
    next: null,
  })
  expect(await replay(stranger, { state: 'ignored', source: hub.id })).toMatchObject({ items: [] })
  expect(await factsOf(client)).toEqual([])
})

test.each([
  [{ state: 'stored' }, 'source'],
  [{ state: 'expired' }, 'state'],
  [{ source: 'short' }, 'source'],
  [{ from: 'now' }, 'from'],
  [{ to: 5 }, 'to'],
  [{ cursor: '%' }, 'cursor'],
  [{ color: 'red' }, 'color'],
])('a replay of %j is refused by the name of %s', async (asked, path) => {
  const client = await newWorkspace()

  const answer = await client.post('/v1/deliveries/replay', asked)

  const { errors } = await answer.json<{ errors: { path: string }[] }>()
  expect([answer.status, errors.map((error) => error.path)]).toEqual([422, [path]])
})

test('a replay while storage fails changes nothing', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  await hub.send([become(1, 'customer', 1)])
  await configure(client, hub, customers)
  const db = Object.create(env.DB, {
    prepare: { value: (sql: string) => env.DB.prepare(sql) },
    batch: { value: () => Promise.reject(new Error('D1 DB is overloaded')) },
  }) as D1Database
  const request = new Request('https://tidemark.test/v1/deliveries/replay', {
    method: 'POST',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'ignored' }),
  })

  const answer = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await factsOf(client)).toEqual([])
  expect((await replay(client, { state: 'ignored' })).states).toEqual({ stored: 1 })
})
