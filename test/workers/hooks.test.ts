import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { base64, hex, utf8 } from '../../src/bytes.ts'
import { changeSource, readSource, removeSource } from '../../src/store/sources.ts'
import { changeWorkspace } from '../../src/store/workspaces.ts'
import worker from '../../workers/index.ts'
import { sealSecret } from '../../workers/sealed.ts'
import { counting } from '../store/counting.ts'
import { type Client, call, countFacts, newWorkspace } from './client.ts'
import {
  type Content,
  type Sender,
  changeOf,
  newHub,
  newOrganization,
  newPipeline,
  newShop,
  orderOf,
  shopSecret,
  withSecret,
} from './senders.ts'

/** The Worker on another database or with another key than it is deployed with. */
async function on(changed: Partial<Env>, request: Request): Promise<Response> {
  const context = createExecutionContext()
  const answer = await worker.fetch(request, { ...env, ...changed }, context)
  await waitOnExecutionContext(context)
  return answer
}

interface Row {
  readonly id: string
  readonly state: string
  readonly reason: string | null
  /** In hexadecimal. */
  readonly body: string
}

/** Deliveries of a workspace, as they are kept. */
async function deliveriesOf({ workspace }: Client): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, state, reason, lower(hex(body)) AS body FROM identity
     WHERE workspace = ? AND state IS NOT NULL ORDER BY received, id`,
  )
    .bind(workspace)
    .all<Row>()
  return results
}

/** Facts of a workspace that count. */
async function factsOf({ workspace }: Client): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    `SELECT type, subject, value, dimensions FROM fact
     WHERE workspace = ? AND replaced IS NULL ORDER BY time, id`,
  )
    .bind(workspace)
    .all()
  return results
}

/** What an answer says, but for the time. */
async function wholeOf(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => name !== 'date')
  return { status: answer.status, headers, body: await answer.text() }
}

test('a delivery is kept with its fact before it is acknowledged', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  const answer = await shop.send(orderOf(1))

  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    delivery: `${shop.id}.${btoa('order:1').replaceAll('=', '')}`,
    state: 'stored',
  })
  expect(await deliveriesOf(client)).toMatchObject([{ id: 'order:1', state: 'stored' }])
  expect(await factsOf(client)).toMatchObject([{ type: 'order.placed', value: 1_250 }])
})

test.each<[what: string, state: string, more: object]>([
  ['a test order', 'ignored', { test: true }],
  ['an order without a price', 'quarantined', { total_price: null }],
])('%s is kept as %s, and the sender hears no complaint', async (_what, state, more) => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  const answer = await shop.send(orderOf(1, more))

  expect([answer.status, await answer.json()]).toMatchObject([200, { state }])
  expect(await deliveriesOf(client)).toMatchObject([{ state }])
  expect(await countFacts(client.workspace)).toBe(0)
})

test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  '%s is not for hooks, whether there is a source or not',
  async (method) => {
    const { id } = await newShop(await newWorkspace())
    const ask = async (path: string) => wholeOf(await call(path, { method }))

    const known = await ask(`/hooks/${id}`)

    expect(known.status).toBe(405)
    expect(known.headers).toContainEqual(['allow', 'POST, HEAD'])
    expect(await ask('/hooks/none')).toEqual(known)
    expect(await ask('/hooks')).toEqual(known)
    expect(await ask(`/hooks/${id}/token/more`)).toEqual(known)
  },
)

test.each(['known', 'unknown'])(
  'HEAD at a source that is %s finds somebody there',
  async (what) => {
    const { id } = await newShop(await newWorkspace())

    const answer = await call(`/hooks/${what === 'known' ? id : 'none'}`, { method: 'HEAD' })

    expect([answer.status, await answer.text()]).toEqual([200, ''])
  },
)

test('a method in a header is no method', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  const answer = await shop.send(orderOf(1), { 'x-http-method-override': 'DELETE' })

  expect([answer.status, await answer.json()]).toMatchObject([200, { state: 'stored' }])
})

test('nobody learns from a refusal whether there is such a source', async () => {
  const client = await newWorkspace()
  const [shop, gone] = [await newShop(client), await newShop(client)]
  await client.remove(`/v1/sources/${gone.id}`)
  const body = JSON.stringify(orderOf(1))
  const signed = Object.fromEntries((await shop.request(body)).headers)
  const ask = async (path: string, headers: Record<string, string> = signed, more = '') =>
    wholeOf(await call(path, { method: 'POST', body: body + more, headers }))

  const unknown = await ask(`/hooks/${'A'.repeat(22)}`)

  expect(unknown).toMatchObject({
    status: 401,
    body: expect.stringContaining('urn:tidemark:problem:unverified'),
  })
  expect(unknown.headers).toContainEqual([
    'www-authenticate',
    'Basic realm="hooks", charset="UTF-8"',
  ])
  expect(await ask(`/hooks/${shop.id}`, {})).toEqual(unknown)
  expect(await ask(`/hooks/${shop.id}`, signed, ' ')).toEqual(unknown)
  expect(await ask(`/hooks/${shop.id}`, { 'x-shopify-hmac-sha256': '%' })).toEqual(unknown)
  expect(await ask(`/hooks/${gone.id}`)).toEqual(unknown)
  expect(await ask('/hooks/short')).toEqual(unknown)
  expect(await ask(`/hooks/${shop.id}%20`)).toEqual(unknown)
  expect(await ask(`/hooks/${"'".repeat(22)}`)).toEqual(unknown)
  expect(await ask('/hooks/')).toEqual(unknown)
  expect(await ask('/hooks')).toEqual(unknown)
  expect(await ask(`/hooks/${shop.id}/token/more`)).toEqual(unknown)
  expect(await ask(`/hooks/${shop.id}//`)).toEqual(unknown)
  expect(await deliveriesOf(client)).toEqual([])
})

test('the team reads why a request was refused, and the last time when', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  await on({}, await withSecret(shop, 'another-secret').request(orderOf(1)))
  const source = await (await client.get(`/v1/sources/${shop.id}`)).json()

  expect(source).toMatchObject({
    refused: {
      last: expect.stringMatching(/^\d{4}-/),
      reason: 'The signature fits no secret in use',
    },
  })
})

test.each(['/', '/token', '/?a=b'])('a path that ends with %s changes nothing', async (end) => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const signed = await shop.request(orderOf(1))

  const answer = await call(new URL(shop.url).pathname + end, {
    method: 'POST',
    headers: signed.headers,
    body: await signed.text(),
  })

  expect(answer.status).toBe(200)
})

const kibibyte = 1024

/** An order of exactly so many bytes. */
function orderOfSize(bytes: number): string {
  const text = JSON.stringify(orderOf(1, { note: '' }))
  return text.replace('"note":""', `"note":"${'x'.repeat(bytes - text.length)}"`)
}

test('a body of 256 KiB is taken, and not a byte more', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  const [most, more] = [256 * kibibyte, 256 * kibibyte + 1].map(orderOfSize)
  const refused = await shop.send(more ?? '')
  const taken = await shop.send(most ?? '')

  expect(refused.status).toBe(413)
  expect([taken.status, await taken.json()]).toMatchObject([200, { state: 'stored' }])
  expect((await deliveriesOf(client)).map(({ body }) => body.length / 2)).toEqual([256 * kibibyte])
})

test.each([
  [256 * kibibyte, 200],
  [256 * kibibyte + 1, 413],
])('%i bytes that come in pieces, of unknown length, get %i', async (length, status) => {
  const shop = await newShop(await newWorkspace())
  const request = await shop.request(orderOfSize(length))
  const pieces = new TransformStream()
  const writing = request.body?.pipeTo(pieces.writable)
  const chunked = new Request(request.url, {
    method: 'POST',
    headers: request.headers,
    body: pieces.readable,
  })

  const answer = await on({}, chunked)

  expect(chunked.headers.get('content-length')).toBeNull()
  expect(answer.status).toBe(status)
  await writing?.catch(() => {})
})

test.each(['known', 'unknown'])(
  'what is compressed is refused at a source that is %s',
  async (what) => {
    const shop = await newShop(await newWorkspace())
    const { headers, url } = await shop.request(orderOf(1))
    headers.set('content-encoding', 'gzip')
    const path = what === 'known' ? new URL(url).pathname : '/hooks/none'

    const answer = await call(path, { method: 'POST', headers, body: 'x' })

    expect(answer.status).toBe(415)
  },
)

const bodies: [what: string, body: Uint8Array<ArrayBuffer>, reason: string][] = [
  ['NUL', utf8('{"id":1,"total_price":"\u0000"}'), 'The body is not valid JSON'],
  ['NUL alone', Uint8Array.of(0), 'The body is not valid JSON'],
  ['an escaped NUL', utf8('{"id":"\\u0000"}'), 'created_at: Expected an RFC 3339 time'],
  ['invalid UTF-8', Uint8Array.of(0x22, 0xff, 0xfe, 0x22), 'The body is not valid UTF-8'],
  ['a lone surrogate', utf8('{"id":"\\ud800"}'), 'created_at: Expected an RFC 3339 time'],
  ['a byte order mark', utf8('\ufeff{"id":1}'), 'The body is not valid JSON'],
  ['depth', utf8('['.repeat(100_000) + ']'.repeat(100_000)), 'nests deeper than 32 levels'],
  [
    'depth with a large number',
    utf8(`${'['.repeat(100_000)}12345678901234567890${']'.repeat(100_000)}`),
    'nests deeper than 32 levels',
  ],
  ['__proto__', utf8('{"__proto__":{"id":1}}'), '__proto__: A field of this name is not allowed'],
  ['a name twice', utf8('{"id":1,"id":2}'), 'id: The field occurs twice'],
  ['a number', utf8('1'), 'Expected an object'],
  ['a text', utf8('"order"'), 'Expected an object'],
  ['true', utf8('true'), 'Expected an object'],
  ['null', utf8('null'), 'Expected an object'],
  ['a list', utf8('[]'), 'Expected an object'],
  ['half a document', utf8('{"id":'), 'The body is not valid JSON'],
  ['a form', utf8('id=1&total_price=2'), 'The body is not valid JSON'],
  ['nothing', new Uint8Array(), 'The body is not valid JSON'],
]

test.each(bodies)('%s is signed, so it is kept byte for byte', async (_what, body, reason) => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  const answer = await shop.send(body)
  const again = await shop.send(body)

  const told = await answer.json<{ delivery: string; state: string }>()
  expect([answer.status, told.state]).toEqual([200, 'quarantined'])
  expect([again.status, await again.json()]).toMatchObject([200, { state: 'repeat' }])
  expect(await deliveriesOf(client)).toMatchObject([
    { state: 'quarantined', reason: expect.stringContaining(reason), body: hex(body) },
  ])
  const shown = await client.get(`/v1/deliveries/${told.delivery}`)
  expect(shown.status).toBe(200)
  expect(await shown.json()).toMatchObject({ bytes: body.length })
})

test.each(bodies)('%s of HubSpot is kept as well', async (_what, body) => {
  const client = await newWorkspace()
  const hub = await newHub(client)

  const answer = await hub.send(body)

  expect(answer.status).toBe(200)
  expect((await deliveriesOf(client)).map((one) => one.body)).toEqual([hex(body)])
  expect(await countFacts(client.workspace)).toBe(0)
})

test('two events that tell the same fact are one', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = orderOf(1)
  await shop.send(order)

  const again = await shop.send({ ...order, note: 'told once more' })

  expect([again.status, await again.json()]).toMatchObject([200, { state: 'repeat' }])
  expect(await deliveriesOf(client)).toHaveLength(1)
  expect(await countFacts(client.workspace)).toBe(1)
})

test('two hundred copies at once are one delivery, and each is acknowledged', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = orderOf(1)

  const answers = await Promise.all(Array.from({ length: 200 }, () => shop.send(order)))

  const states = await Promise.all(
    answers.map(async (answer) => (await answer.json<{ state: string }>()).state),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(200)
  expect(Map.groupBy(states, (state) => state).get('stored')).toHaveLength(1)
  expect(Map.groupBy(states, (state) => state).get('repeat')).toHaveLength(199)
  expect(await deliveriesOf(client)).toHaveLength(1)
  expect(await countFacts(client.workspace)).toBe(1)
})

test('an order costs two round trips the first time, and one where its source is remembered', async () => {
  const shop = await newShop(await newWorkspace())
  const { db, account } = counting(env.DB)
  const send = async (content: Content) => {
    const before = { ...account }
    const answer = await on({ DB: db }, await shop.request(content))
    return [
      answer.status,
      account.trips - before.trips,
      account.queries - before.queries,
      account.rowsWritten - before.rowsWritten,
    ]
  }
  const [first, second] = [orderOf(1), orderOf(2)]

  expect(await send(first)).toEqual([200, 2, expect.any(Number), 4])
  const [status, trips, queries, written] = await send(second)
  expect([status, trips, written]).toEqual([200, 1, 4])
  expect(queries).toBe(3)
  expect(await send(second)).toEqual([200, 2, 4, 0])
  expect(await send(orderOf(3, { test: true }))).toEqual([200, 1, 1, 2])
  expect(await send('{')).toEqual([200, 1, 1, 2])
  expect(await send({ ...second, total_price: '1' })).toEqual([200, 4, expect.any(Number), 2])
  expect(await send({ ...second, total_price: '1' })).toEqual([200, 4, expect.any(Number), 0])
})

test('an order of a day that has been closed marks it for the next rollup', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)

  await shop.send(orderOf(1, { created_at: '2026-03-01T10:00:00Z' }))
  await shop.send(orderOf(2))

  const { results } = await env.DB.prepare('SELECT day, type FROM dirty WHERE workspace = ?')
    .bind(client.workspace)
    .all()
  expect(results).toEqual([{ day: '2026-03-01', type: 'order.placed' }])
})

const closeDeal = (eventId: number, more: object = {}) =>
  changeOf(eventId, { propertyName: 'dealstage', propertyValue: 'closedwon', ...more })

const priceDeal = (eventId: number, more: object = {}) =>
  changeOf(eventId, { propertyName: 'amount', propertyValue: '100', ...more })

test('an amount that is told first is remembered until the deal is won', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const now = Date.now()

  const amount = await hub.send([priceDeal(1, { occurredAt: now - 2_000 })])
  const win = await hub.send([closeDeal(2, { occurredAt: now - 1_000 })])

  expect(await amount.json()).toMatchObject({ state: 'ignored' })
  expect(await win.json()).toMatchObject({ state: 'stored' })
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', subject: '9', value: 10_000 }])
})

test('an amount that is set after the win corrects it, and the win counts once', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const now = Date.now()

  await hub.send([priceDeal(1, { occurredAt: now - 3_000 })])
  await hub.send([closeDeal(2, { occurredAt: now - 2_000 })])
  await hub.send([priceDeal(3, { occurredAt: now - 1_000, propertyValue: '150' })])

  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 15_000 }])
})

test('an amount that arrives after the win that waits for it has the win counted', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const now = Date.now()

  const win = await hub.send([closeDeal(2, { occurredAt: now - 1_000 })])
  await hub.send([priceDeal(1, { occurredAt: now - 2_000 })])

  expect(await win.json()).toMatchObject({ state: 'quarantined' })
  expect(await factsOf(client)).toMatchObject([{ type: 'deal.won', value: 10_000 }])
})

test('one event that nobody understands costs none of the other ninety-nine', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const created = Array.from({ length: 100 }, (_, at) =>
    changeOf(at, { subscriptionType: 'deal.creation', objectId: at + 1 }),
  )

  const answer = await hub.send(created.with(41, { ...created[41], occurredAt: 'soon' } as never))

  expect([answer.status, await answer.json()]).toMatchObject([200, { state: 'quarantined' }])
  expect(await countFacts(client.workspace)).toBe(99)
  expect(await deliveriesOf(client)).toMatchObject([
    {
      state: 'quarantined',
      reason: 'deal.creation (42): occurredAt: Expected a whole number: current value is "soon"',
    },
  ])
})

test('the counter of attempts does not make a repeat another delivery', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const events = [priceDeal(1), closeDeal(2)]

  await hub.send(events)
  const again = await hub.send(events.map((one) => ({ ...one, attemptNumber: 1 })))

  expect(await again.json()).toMatchObject({ state: 'repeat' })
  expect(await deliveriesOf(client)).toHaveLength(1)
})

const opportunity = (stage: string, notification = '04l000000000001AAA', more = '') =>
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><soapenv:Body>' +
  '<notifications xmlns="http://soap.sforce.com/2005/09/outbound">' +
  '<OrganizationId>00Dxx0000001gPLEAY</OrganizationId>' +
  `<Notification><Id>${notification}</Id><sObject><sf:Id>006xx000004TmiQAAS</sf:Id>` +
  `<sf:StageName>${stage}</sf:StageName>` +
  `<sf:LastModifiedDate>2026-03-02T10:00:00.000Z</sf:LastModifiedDate>${more}` +
  '</sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>'

test('Salesforce gets its acknowledgement whatever became of the message', async () => {
  const client = await newWorkspace()
  const organization = await newOrganization(client)
  const bodies = [
    opportunity('Prospecting'),
    opportunity('Prospecting'),
    opportunity('Negotiation'),
    opportunity('Closed Won', '04l000000000002AAA'),
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    'no XML',
  ]

  const answers: unknown[] = []
  for (const body of bodies) {
    const answer = await organization.send(body)
    answers.push([answer.status, answer.headers.get('content-type'), await answer.text()])
  }

  expect(answers).toEqual(
    bodies.map(() => [
      200,
      'text/xml; charset=utf-8',
      expect.stringMatching(/^<\?xml .*<Ack>true<\/Ack>/),
    ]),
  )
  const states = (await deliveriesOf(client)).map(({ state }) => state)
  expect(states.toSorted()).toEqual([
    'conflict',
    'quarantined',
    'quarantined',
    'quarantined',
    'stored',
  ])
})

test('who does not know the end of the path is refused, and the secret is taken from nowhere else', async () => {
  const organization = await newOrganization(await newWorkspace())
  const { id } = organization
  const send = async (path: string) =>
    (await call(path, { method: 'POST', body: opportunity('Prospecting') })).status

  expect(await send(`/hooks/${id}`)).toBe(401)
  expect(await send(`/hooks/${id}/salesforce-path-tokem`)).toBe(401)
  expect(await send(`/hooks/${id}?token=salesforce-path-token`)).toBe(401)
  expect(await send(`/hooks/${id}/salesforce-path-token`)).toBe(200)
})

/** Another secret for a source, over the API. */
const rotate = (client: Client, { id }: Sender, secret: string, overlap: number) =>
  client.post(`/v1/sources/${id}/secrets`, { secret, overlap })

test('while secrets are changed both fit, and afterwards the new one alone', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const [second, third] = ['second-secret', 'third-secret'].map((one) => withSecret(shop, one))
  const statuses = async (id: number) =>
    Promise.all(
      [shop, second, third].map(async (one, at) => (await one?.send(orderOf(id + at)))?.status),
    )

  expect(await statuses(10)).toEqual([200, 401, 401])
  await rotate(client, shop, 'second-secret', 24)
  expect(await statuses(20)).toEqual([200, 200, 401])
  await rotate(client, shop, 'third-secret', 0)
  expect(await statuses(30)).toEqual([401, 401, 200])
})

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

test('a secret ends in time although its source is remembered', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const source = await readSource(env.DB, client.workspace, shop.id)
  const expires = Date.now() + 1_000
  await changeSource(env.DB, source as NonNullable<typeof source>, {
    secrets: (source?.secrets ?? []).map((secret) => ({ ...secret, expires })),
  })

  const before = await on({}, await shop.request(orderOf(1)))
  await pause(expires - Date.now() + 1)
  const after = await on({}, await shop.request(orderOf(2)))

  expect([before.status, after.status]).toEqual([200, 401])
  expect(await deliveriesOf(client)).toMatchObject([{ id: 'order:1' }])
})

type Change = Parameters<typeof changeSource>[2]

/** Changes a source in storage, as another instance of the Worker would: nothing is forgotten here. */
async function changeElsewhere({ workspace }: Client, id: string, change: Change): Promise<void> {
  const source = await readSource(env.DB, workspace, id)
  await changeSource(env.DB, source as NonNullable<typeof source>, change)
}

test('a source that was removed elsewhere takes nothing more, although it is remembered', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await on({}, await shop.request(orderOf(1)))
  await removeSource(env.DB, client.workspace, shop.id, Date.now())

  const fresh = await on({}, await shop.request(orderOf(2)))
  const repeat = await on({}, await shop.request(orderOf(1)))

  expect([fresh.status, repeat.status]).toEqual([401, 401])
  expect(await deliveriesOf(client)).toMatchObject([{ id: 'order:1' }])
})

test('a secret that was replaced elsewhere fits no more, although it is remembered', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await on({}, await shop.request(orderOf(1)))
  const place = { workspace: client.workspace, id: shop.id }
  const secret = await sealSecret(env, place, 'another-secret', Date.now())
  await changeElsewhere(client, shop.id, { secrets: [secret] })

  const old = await on({}, await shop.request(orderOf(2)))
  const next = await on({}, await withSecret(shop, 'another-secret').request(orderOf(3)))

  expect([old.status, next.status]).toEqual([401, 200])
  expect((await deliveriesOf(client)).map(({ id }) => id)).toEqual(['order:1', 'order:3'])
})

const dealOf = (id: number) => ({
  meta: { action: 'change', entity: 'deal', version: '2.0', timestamp: new Date().toISOString() },
  data: {
    id,
    status: 'open',
    stage_id: 5,
    update_time: new Date().toISOString(),
    value: 1,
    currency: 'EUR',
  },
  previous: { stage_id: 4 },
})

test('a source that was configured anew elsewhere reads by that at once', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client)
  await on({}, await pipeline.request(dealOf(1)))
  await changeElsewhere(client, pipeline.id, { config: { stages: { 5: 'Proposal' } } })

  const answer = await on({}, await pipeline.request(dealOf(2)))

  expect(answer.status).toBe(200)
  expect((await factsOf(client)).map(({ dimensions }) => dimensions)).toEqual([
    expect.stringContaining('"5"'),
    expect.stringContaining('"Proposal"'),
  ])
})

test('money without a currency is in what the workspace uses now, although its source is remembered', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const won = (deal: number) => [
    priceDeal(deal, { objectId: deal, occurredAt: Date.now() - 2_000 }),
    closeDeal(deal, { objectId: deal, occurredAt: Date.now() - 1_000 }),
  ]
  await on({}, await hub.request(won(1)))
  await changeWorkspace(env.DB, client.workspace, { currency: 'USD' })

  await on({}, await hub.request(won(2)))

  expect((await factsOf(client)).map(({ dimensions }) => dimensions)).toEqual([
    expect.stringContaining('EUR'),
    expect.stringContaining('USD'),
  ])
})

/** A database before whose batches something else happens. */
function before(happens: () => Promise<unknown>): D1Database {
  return Object.create(env.DB, {
    prepare: { value: (sql: string) => env.DB.prepare(sql) },
    batch: {
      value: async (statements: D1PreparedStatement[]) => {
        await happens()
        return env.DB.batch(statements)
      },
    },
  }) as D1Database
}

test('what was read while its source was being changed is read again', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client)
  let changes = 0
  const db = before(async () => {
    changes += 1
    if (changes <= 2)
      await changeElsewhere(client, pipeline.id, { config: { stages: { 5: `${changes}` } } })
  })

  const answer = await on({ DB: db }, await pipeline.request(dealOf(1)))

  expect([answer.status, changes]).toEqual([200, 3])
  expect(await factsOf(client)).toMatchObject([
    { dimensions: expect.stringContaining('"stage":"2"') },
  ])
})

test('a source that changes all the time is unavailable, and nothing is stored', async () => {
  const client = await newWorkspace()
  const pipeline = await newPipeline(client)
  const db = before(() => changeElsewhere(client, pipeline.id, { name: 'again' }))

  const answer = await on({ DB: db }, await pipeline.request(dealOf(1)))

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await deliveriesOf(client)).toEqual([])
})

type When = 'before' | 'after'

/** A database of which one call fails, before or after it has been carried out; `null` for none. */
function faulty(failing: number | null, when: When, error: Error) {
  const calls = { made: 0 }
  const originals = new WeakMap<object, D1PreparedStatement>()
  const carried = async <T>(call: () => Promise<T>): Promise<T> => {
    const fails = calls.made++ === failing
    if (fails && when === 'before') throw error
    const result = await call()
    if (fails) throw error
    return result
  }
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = Object.create(statement, {
      bind: { value: (...values: unknown[]) => wrap(statement.bind(...values)) },
      run: { value: () => carried(() => statement.run()) },
      all: { value: () => carried(() => statement.all()) },
      raw: { value: () => carried(() => statement.raw()) },
      first: { value: () => carried(() => statement.first()) },
    }) as D1PreparedStatement
    originals.set(wrapped, statement)
    return wrapped
  }
  const db = Object.create(env.DB, {
    prepare: { value: (sql: string) => wrap(env.DB.prepare(sql)) },
    batch: {
      value: (statements: D1PreparedStatement[]) =>
        carried(() => env.DB.batch(statements.map((one) => originals.get(one) ?? one))),
    },
  }) as D1Database
  return { db, calls }
}

const overloaded = new Error('D1 DB is overloaded. Too many requests queued.')

interface Road {
  readonly what: string
  /** How many calls it takes to go it. */
  readonly calls: number
  /** What has happened before. */
  readonly first: readonly (readonly object[])[]
  readonly facts: number
  readonly deliveries: number
}

const earlier = [[priceDeal(1, { objectId: 1 }), closeDeal(2, { objectId: 1 })]]

const roads: Road[] = [
  { what: 'at a source that nobody remembers', calls: 3, first: [], facts: 1, deliveries: 1 },
  { what: 'at a source that is remembered', calls: 2, first: earlier, facts: 2, deliveries: 2 },
]

const faults = roads.flatMap((road) =>
  Array.from({ length: road.calls }, (_, at) => at).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ ...road, at, when })),
  ),
)

const batchOf = (time: number) => [
  priceDeal(3, { objectId: 2, occurredAt: time - 2_000 }),
  closeDeal(4, { objectId: 2, occurredAt: time - 1_000 }),
]

test.each(roads)('a delivery takes $calls calls $what', async ({ first, calls: expected }) => {
  const hub = await newHub(await newWorkspace())
  for (const one of first) await on({}, await hub.request(one))
  const { db, calls } = faulty(null, 'before', overloaded)

  const answer = await on({ DB: db }, await hub.request(batchOf(Date.now())))

  expect([answer.status, calls.made]).toEqual([200, expected])
})

test.each(faults)(
  'call $at that fails $when it is carried out, $what, costs a retry and nothing else',
  async ({ at, when, first, facts, deliveries }) => {
    const client = await newWorkspace()
    const hub = await newHub(client)
    for (const one of first) await on({}, await hub.request(one))
    const time = Date.now()
    const kept = (await deliveriesOf(client)).length
    const { db } = faulty(at, when, overloaded)

    const failed = await on({ DB: db }, await hub.request(batchOf(time)))
    const between = (await deliveriesOf(client)).length - kept
    const retried = await on({}, await hub.request(batchOf(time)))
    const again = await on({}, await hub.request(batchOf(time)))

    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await failed.text()).not.toContain('overloaded')
    expect(between).toBeLessThanOrEqual(when === 'after' ? 1 : 0)
    expect([retried.status, again.status]).toEqual([200, 200])
    expect(await again.json()).toMatchObject({ state: 'repeat' })
    expect(await deliveriesOf(client)).toHaveLength(deliveries)
    expect((await factsOf(client)).filter(({ type }) => type === 'deal.won')).toHaveLength(facts)
    expect(await factsOf(client)).toHaveLength(facts)
  },
)

test.each(
  [0, 1, 2].flatMap((at) => (['before', 'after'] as const).map((when) => [at, when] as const)),
)(
  'a conflict whose call %i fails %s it is carried out is kept once by its retry',
  async (at, when) => {
    const client = await newWorkspace()
    const shop = await newShop(client)
    const order = orderOf(1)
    const other = { ...order, total_price: '1' }
    await on({}, await shop.request(order))
    const { db } = faulty(at, when, overloaded)

    const failed = await on({ DB: db }, await shop.request(other))
    const retried = await on({}, await shop.request(other))

    expect([failed.status, retried.status]).toEqual([503, 200])
    expect(await retried.json()).toMatchObject({ state: 'conflict' })
    expect((await deliveriesOf(client)).map(({ state }) => state)).toEqual(['stored', 'conflict'])
    expect(await factsOf(client)).toMatchObject([{ value: 1_250 }])
  },
)

test.each(faults.filter(({ when }) => when === 'before'))(
  'a bug that shows at call $at, $what, is 503 and never 500',
  async ({ at, first }) => {
    const hub = await newHub(await newWorkspace())
    for (const one of first) await on({}, await hub.request(one))
    const { db } = faulty(at, 'before', new TypeError('x is not a function'))

    const answer = await on({ DB: db }, await hub.request(batchOf(Date.now())))

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toMatchObject({ type: 'urn:tidemark:problem:unavailable' })
  },
)

test.each(['', 'short', 'another-seal-key-of-32-characters-or-more'])(
  'a deployment with the SEAL_KEY %j verifies nothing and lets nobody in',
  async (key) => {
    const client = await newWorkspace()
    const shop = await newShop(client)

    const answer = await on({ SEAL_KEY: key }, await shop.request(orderOf(1)))

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await deliveriesOf(client)).toEqual([])
  },
)

const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const

test('nothing secret and nothing of a body is written to the log', async () => {
  const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => {}))
  const client = await newWorkspace()
  const [shop, hub] = [await newShop(client), await newHub(client)]
  const email = 'jon.snow@example.com'
  const requests = [
    orderOf(1, { email }),
    orderOf(1, { email, total_price: '13' }),
    orderOf(2, { email, total_price: email }),
    `{"email":"${email}"`,
  ]
  for (const content of requests) await on({}, await shop.request(content))
  await on({}, await withSecret(shop, 'guessed-secret').request(requests[0] ?? ''))
  await on({}, await hub.request([closeDeal(1, { propertyValue: email })]))
  for (const at of [0, 1]) {
    const { db } = faulty(at, 'after', overloaded)
    await on({ DB: db }, await hub.request([closeDeal(at, { propertyValue: email })]))
  }
  const constraint = new Error('D1_ERROR: UNIQUE constraint failed: SQLITE_CONSTRAINT')
  await on({ DB: faulty(0, 'before', constraint).db }, await shop.request(orderOf(5, { email })))

  const written = JSON.stringify(spies.flatMap((spy) => spy.mock.calls))
  for (const spy of spies) spy.mockRestore()

  expect(written).toContain('overloaded')
  expect(written).not.toContain(email)
  expect(written).not.toContain(shopSecret)
  expect(written).not.toContain(base64(utf8(shopSecret)))
  expect(written).not.toContain('guessed-secret')
  expect(written).not.toContain('hubspot-client-secret')
  expect(written).not.toContain('x-shopify-hmac-sha256')
  expect(written).not.toContain('1250')
})
