import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { base64, base64url, utf8 } from '../../src/bytes.ts'
import { type Client, call, clientOf, newWorkspace } from './client.ts'
import { watchAll } from './hooks.ts'
import { newShop, orderOf } from './senders.ts'

interface Item {
  readonly id: string
  readonly source: string
  readonly event: string
  readonly state: string
  readonly reason: string | null
  readonly received: string
  readonly bytes: number | null
}

interface Page {
  readonly items: Item[]
  readonly next: string | null
}

async function list(client: Client, query: string): Promise<Page> {
  const answer = await client.get(`/v1/deliveries?${query}`)
  expect(answer.status).toBe(200)
  return answer.json<Page>()
}

const eventsOf = async (client: Client, query: string) =>
  (await list(client, query)).items.map(({ event }) => event)

const unclear = (id: number) => orderOf(id, { total_price: null })

/** Has a delivery come when it is said to. */
const arrive = (client: Client, event: string, received: string) =>
  env.DB.prepare('UPDATE identity SET received = ? WHERE workspace = ? AND id = ?')
    .bind(Date.parse(received), client.workspace, event)
    .run()

test('a delivery in quarantine is listed with the reason, and shown with what was sent', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const body = JSON.stringify(unclear(1))
  await shop.send(body)

  const { items, next } = await list(client, 'state=quarantined')
  const [item] = items
  const shown = await client.get(`/v1/deliveries/${item?.id}`)

  expect(next).toBeNull()
  expect(items).toEqual([
    {
      id: `${shop.id}.${base64url(utf8('order:1'))}`,
      source: shop.id,
      event: 'order:1',
      state: 'quarantined',
      reason: 'orders/create: total_price: Expected a text or number: current value is null',
      received: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      bytes: utf8(body).length,
    },
  ])
  expect(shown.headers.get('cache-control')).toBe('private, no-store')
  expect(await shown.json()).toEqual({
    ...item,
    headers: { 'x-shopify-topic': 'orders/create' },
    body,
    reading: { state: 'quarantined', reason: item?.reason, facts: [] },
  })
})

test('a delivery is shown with what it is read as today, and which of its facts count', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const { delivery } = await (await shop.send(orderOf(1))).json<{ delivery: string }>()

  const shown = await (await client.get(`/v1/deliveries/${delivery}`)).json()

  expect(shown).toMatchObject({
    reading: {
      state: 'stored',
      reason: null,
      facts: [{ id: 'order:1', type: 'order.placed', counted: true }],
    },
  })
})

test('a list without a state is of what needs attention', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await shop.send(orderOf(1))
  await shop.send(unclear(2))

  expect(await eventsOf(client, '')).toEqual(['order:2'])
})

test('what is no text is shown in base64', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const body = Uint8Array.of(0xff, 0, 0xfe)
  const { delivery } = await (await shop.send(body)).json<{ delivery: string }>()

  const shown = await (await client.get(`/v1/deliveries/${delivery}`)).json()

  expect(shown).toMatchObject({ body: null, bodyBase64: base64(body), bytes: 3 })
})

test('a conflict shows both: the first, which counts, and what came later under its id', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = orderOf(1)
  const other = JSON.stringify({ ...order, total_price: '99' })
  await shop.send(order)

  const answer = await shop.send(other)
  const again = await shop.send(other)

  expect(await answer.json()).toMatchObject({ state: 'conflict' })
  expect(await again.json()).toMatchObject({ state: 'conflict' })
  const { items } = await list(client, 'state=conflict')
  expect(items).toMatchObject([
    {
      event: expect.stringMatching(/^order:1![0-9a-f]{16}$/),
      reason: 'A delivery of the same id said something else before: "order:1"',
    },
  ])
  const shown = await (await client.get(`/v1/deliveries/${items[0]?.id}`)).json()
  expect(shown).toMatchObject({ state: 'conflict', body: other })
  expect(await eventsOf(client, `state=stored&source=${shop.id}`)).toEqual(['order:1'])
})

test('what nobody understands under an id that is taken is a conflict, and no repeat', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await shop.send(orderOf(1))

  const answer = await shop.send(unclear(1))

  expect(await answer.json()).toMatchObject({ state: 'conflict' })
  expect(await eventsOf(client, 'state=conflict')).toEqual([expect.stringMatching(/^order:1!/)])
  expect(await eventsOf(client, 'state=quarantined')).toEqual([])
})

test('the newest comes first, of all sources or of one', async () => {
  const client = await newWorkspace()
  const [one, other] = [await newShop(client), await newShop(client)]
  await one.send(unclear(1))
  await other.send(unclear(2))
  await one.send(unclear(3))
  await arrive(client, 'order:1', '2026-03-01T10:00:00Z')
  await arrive(client, 'order:2', '2026-03-03T10:00:00Z')
  await arrive(client, 'order:3', '2026-03-02T10:00:00Z')

  expect(await eventsOf(client, 'state=quarantined')).toEqual(['order:2', 'order:3', 'order:1'])
  expect(await eventsOf(client, `state=quarantined&source=${one.id}`)).toEqual([
    'order:3',
    'order:1',
  ])
})

test('a range of time holds its beginning and not its end', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  for (const id of [1, 2, 3]) {
    await shop.send(unclear(id))
    await arrive(client, `order:${id}`, `2026-03-0${id}T10:00:00Z`)
  }
  const range = (from: string, to: string) =>
    eventsOf(client, `state=quarantined&from=${from}&to=${to}`)

  expect(await range('2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z')).toEqual(['order:1'])
  expect(await range('2026-03-01T10:00:00.001Z', '2026-03-02T10:00:00.001Z')).toEqual(['order:2'])
  expect(await range('2026-03-03T12:00:00%2B02:00', '2026-03-04T00:00:00Z')).toEqual(['order:3'])
  expect(await range('2026-03-04T00:00:00Z', '2026-03-01T00:00:00Z')).toEqual([])
})

test.each(['quarantined', 'stored'])('pages of those %s hold each of them once', async (state) => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const orders = Array.from({ length: 7 }, (_, at) => at + 1)
  for (const id of orders) await shop.send(state === 'stored' ? orderOf(id) : unclear(id))
  await env.DB.prepare('UPDATE identity SET received = 1772359200000 WHERE workspace = ?')
    .bind(client.workspace)
    .run()

  const found: string[] = []
  let path: string | undefined = `/v1/deliveries?state=${state}&source=${shop.id}&limit=3`
  for (let page = 0; path !== undefined && page < 5; page++) {
    const answer: Response = await client.get(path)
    const { items } = await answer.json<Page>()
    expect(items.length).toBeLessThanOrEqual(3)
    found.push(...items.map(({ event }) => event))
    path = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }

  expect(found.toSorted()).toEqual(orders.map((id) => `order:${id}`))
})

test('each state has its own list, and a fact without a delivery is in none', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = orderOf(1)
  for (const one of [
    order,
    { ...order, total_price: '1' },
    unclear(2),
    orderOf(3, { test: true }),
  ]) {
    await shop.send(one)
  }
  await client.post('/v1/facts', {
    specversion: '1.0',
    id: 'by-hand',
    source: shop.id,
    type: 'visit.started',
    time: '2026-03-01T10:00:00Z',
    data: {},
  })

  const states = ['stored', 'conflict', 'quarantined', 'ignored', 'expired']
  const found = await Promise.all(
    states.map((state) => eventsOf(client, `state=${state}&source=${shop.id}`)),
  )

  expect(found).toEqual([
    ['order:1'],
    [expect.stringMatching(/^order:1!/)],
    ['order:2'],
    ['order:3'],
    [],
  ])
})

const month = 30 * 24 * 60 * 60 * 1000

test('past the retention of its source a body is gone, and what was not stored has expired', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await shop.send(orderOf(1))
  await shop.send(unclear(2))

  await watchAll(Date.now() + month + 1_000)

  const [stored] = (await list(client, `state=stored&source=${shop.id}`)).items
  const [expired] = (await list(client, `state=expired&source=${shop.id}`)).items
  expect([stored, expired]).toMatchObject([
    { event: 'order:1', bytes: null },
    { event: 'order:2', bytes: null, reason: null },
  ])
  const shown = await client.get(`/v1/deliveries/${expired?.id}`)
  expect(await shown.json()).toEqual({ ...expired, headers: {}, body: null, reading: null })
  expect(await eventsOf(client, 'state=quarantined')).toEqual([])
})

test.each([
  ['state=lost', 'state'],
  ['state=quarantined&color=red', 'color'],
  ['state=quarantined&state=ignored', 'state'],
  ['state=stored', 'source'],
  ['state=expired', 'source'],
  ['state=quarantined&source=short', 'source'],
  ['state=quarantined&from=yesterday', 'from'],
  ['state=quarantined&from=2026-03-01', 'from'],
  ['state=quarantined&to=2026-03-01T10:00:00', 'to'],
  ['state=quarantined&limit=0', 'limit'],
  ['state=quarantined&limit=201', 'limit'],
  ['state=quarantined&cursor=%25', 'cursor'],
  ['state=quarantined&cursor=YQ', 'cursor'],
  [`state=quarantined&cursor=${base64url(utf8('[1,"a"]'))}`, 'cursor'],
  [`state=quarantined&cursor=${base64url(utf8('["1","a","b"]'))}`, 'cursor'],
])('a list that is asked for by %j is refused by the name of %s', async (query, path) => {
  const client = await newWorkspace()

  const answer = await client.get(`/v1/deliveries?${query}`)

  const { errors } = await answer.json<{ errors: { path: string }[] }>()
  expect([answer.status, errors.map((error) => error.path)]).toEqual([422, [path]])
})

test('another workspace has no part in it', async () => {
  const [client, stranger] = [await newWorkspace(), await newWorkspace()]
  const shop = await newShop(client)
  const { delivery } = await (await shop.send(unclear(1))).json<{ delivery: string }>()

  const shown = await stranger.get(`/v1/deliveries/${delivery}`)

  expect(shown.status).toBe(404)
  expect((await client.get(`/v1/deliveries/${delivery}`)).status).toBe(200)
  expect(await list(stranger, 'state=quarantined')).toEqual({ items: [], next: null })
  expect(await list(stranger, `state=quarantined&source=${shop.id}`)).toEqual({
    items: [],
    next: null,
  })
})

test.each(['none', 'a.b.c', 'AAAAAAAAAAAAAAAAAAAAAA.YQ', '.', 'a.%25', '%00'])(
  'there is no delivery %j',
  async (id) => {
    const client = await newWorkspace()

    const answer = await client.get(`/v1/deliveries/${id}`)

    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  },
)

test.each(['order 1/2?#%', '注文 1', 'a.b', '..', ' x ', '\ufefforder'])(
  'a delivery whose vendor calls it %j is found by its id',
  async (name) => {
    const client = await newWorkspace()
    const shop = await newShop(client)
    const sent = await shop.send(orderOf(1, { id: name, total_price: null }))
    const { delivery } = await sent.json<{ delivery: string }>()

    const shown = await client.get(`/v1/deliveries/${delivery}`)

    expect(delivery).toMatch(/^[\w-]{22}\.[\w-]+$/)
    expect([shown.status, await shown.json()]).toMatchObject([200, { event: `order:${name}` }])
  },
)

async function withScopes(client: Client, scopes: readonly string[]): Promise<Client> {
  const { secret } = await (await client.post('/v1/keys', { scopes })).json<{ secret: string }>()
  return clientOf(client.workspace, secret)
}

test('who may read numbers sees that there are deliveries, and not what was sent', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const { delivery } = await (await shop.send(unclear(1))).json<{ delivery: string }>()
  const reader = await withScopes(client, ['read'])
  const writer = await withScopes(client, ['read', 'write'])

  const statuses = async (one: Client) => [
    (await one.get('/v1/deliveries?state=quarantined')).status,
    (await one.get(`/v1/deliveries/${delivery}`)).status,
    (await one.post(`/v1/deliveries/${delivery}/replay`)).status,
    (await one.post('/v1/deliveries/replay', {})).status,
  ]

  expect(await statuses(reader)).toEqual([200, 403, 403, 403])
  expect(await statuses(writer)).toEqual([200, 403, 403, 403])
  expect(await statuses(client)).toEqual([200, 200, 200, 200])
  expect(await eventsOf(client, 'state=quarantined')).toEqual(['order:1'])
})

test.each([
  ['GET', '/v1/deliveries?state=quarantined'],
  ['GET', '/v1/deliveries/none'],
  ['POST', '/v1/deliveries/replay'],
  ['POST', '/v1/deliveries/none/replay'],
])('%s %s wants a key', async (method, path) => {
  expect((await call(path, { method })).status).toBe(401)
})
