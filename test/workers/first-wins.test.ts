import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { type Client, newWorkspace } from './client.ts'
import { changeOf, newHub, newShop, orderOf } from './senders.ts'
import { newSender } from './vendors.ts'

const inJson = (content: unknown) => utf8(JSON.stringify(content))

/** Facts that count, of a workspace. */
async function counting(client: Client): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT type, subject, value FROM fact
     WHERE workspace = ? AND replaced IS NULL ORDER BY type, subject, value`,
  )
    .bind(client.workspace)
    .all()
  return results
}

async function replayStored(client: Client, source: string): Promise<void> {
  for (const _ of [1, 2]) {
    await client.post('/v1/deliveries/replay', { state: 'stored', source })
  }
}

const page = (message: string, minute: number) => ({
  type: 'page',
  messageId: message,
  anonymousId: 'v1',
  timestamp: `2026-05-30T10:0${minute}:00Z`,
})

test('what two deliveries tell is told by the first, however often both are read again', async () => {
  const client = await newWorkspace()
  const segment = await newSender(client, 'segment')
  await segment.send(inJson(page('m1', 1)))
  await segment.send(inJson(page('m2', 2)))
  const before = await counting(client)

  await replayStored(client, segment.id)

  expect(before).toHaveLength(1)
  expect(await counting(client)).toEqual(before)
})

const envelope = (id: string, order: string, amount: string) => ({
  specversion: '1.0',
  id,
  source: 'shop',
  type: 'order.placed',
  time: '2026-05-30T15:00:00Z',
  data: { order, customer: 'c', amount },
})

test('a fact that is called as we call later readings is somebody else’s all the same', async () => {
  const client = await newWorkspace()
  const standard = await newSender(client, 'standard')
  await standard.send(inJson(envelope('o1', 'o1', '10')))
  await standard.send(inJson(envelope('o1~1700000000000', 'o2', '20')))

  await replayStored(client, standard.id)

  expect(await counting(client)).toMatchObject([
    { subject: 'o1', value: 1_000 },
    { subject: 'o2', value: 2_000 },
  ])
})

test('a fact that a list has told first stays, and what says otherwise is a conflict', async () => {
  const client = await newWorkspace()
  const standard = await newSender(client, 'standard')
  await standard.send(inJson([envelope('o1', 'o1', '10')]))

  const other = await standard.send(inJson(envelope('o1', 'o1', '99')))
  const { state, delivery } = await other.json<{ state: string; delivery: string }>()
  await replayStored(client, standard.id)

  expect(state).toBe('conflict')
  expect((await client.get(`/v1/deliveries/${delivery}`)).status).toBe(200)
  expect(await counting(client)).toMatchObject([{ subject: 'o1', value: 1_000 }])
})

test('what could not be told does not keep out what it was mended to', async () => {
  const client = await newWorkspace()
  const standard = await newSender(client, 'standard')
  const broken = await standard.send(inJson(envelope('o9', 'o9', 'ten')))
  const mended = await standard.send(inJson(envelope('o9', 'o9', '10')))
  const list = await client.get('/v1/deliveries?state=quarantined')
  const { items } = await list.json<{ items: { event: string }[] }>()

  expect(await broken.json()).toMatchObject({ state: 'quarantined' })
  expect(await mended.json()).toMatchObject({ state: 'stored' })
  expect(items).toMatchObject([{ event: expect.stringMatching(/^o9![0-9a-f]{16}$/) }])
  expect(await counting(client)).toMatchObject([{ subject: 'o9', value: 1_000 }])
})

test('a body under another topic does not keep out the one that belongs there', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  const order = { ...orderOf(1), financial_status: 'pending' }
  const cancelled = { ...order, financial_status: 'voided', cancelled_at: '2026-05-31T15:00:00Z' }
  const topic = { 'x-shopify-topic': 'orders/cancelled' }
  await shop.send(order)
  await shop.send(order, topic)

  expect(await (await shop.send(cancelled, topic)).json()).toMatchObject({ state: 'stored' })
  expect(await counting(client)).toMatchObject([
    { type: 'order.placed', subject: '1' },
    { type: 'order.refunded', subject: '1' },
  ])
})

test('an amount and a win that arrive at once are a win, in whatever order they are read', async () => {
  const client = await newWorkspace()
  const hub = await newHub(client)
  const change = (id: number, deal: number, name: string, value: string) =>
    changeOf(id, {
      subscriptionType: 'deal.propertyChange',
      objectId: deal,
      propertyName: name,
      propertyValue: value,
    })
  const deals = Array.from({ length: 12 }, (_, at) => at + 1)

  await Promise.all(
    deals.flatMap((deal) => [
      hub.send([change(deal * 2, deal, 'amount', '100')]),
      hub.send([change(deal * 2 + 1, deal, 'dealstage', 'closedwon')]),
    ]),
  )

  const won = await counting(client)
  expect(won).toHaveLength(deals.length)
  expect(won).toEqual(won.map(() => expect.objectContaining({ type: 'deal.won', value: 10_000 })))
})

test('a delivery is kept where a fact that it tells was corrected since', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await shop.send(orderOf(1))
  const correction = { ...envelope('fix', '1', '5'), source: shop.id, replaces: 'order:1' }
  await client.send('/v1/facts', JSON.stringify(correction), 'application/cloudevents+json')

  const other = await shop.send(orderOf(1, { total_price: '99' }))

  expect(await other.json()).toMatchObject({ state: 'conflict' })
  expect(await counting(client)).toMatchObject([{ subject: '1', value: 500 }])
})
