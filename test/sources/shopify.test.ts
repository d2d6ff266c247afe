import { expect, test } from 'vitest'
import { shopify } from '../../src/sources/shopify.ts'
import { readSample, tell, verified } from './sample.ts'

const topic = { 'x-shopify-topic': 'orders/create' }

const order = {
  id: '820982911946154508',
  created_at: '2026-03-01T13:53:06-04:00',
  total_price: '403.00',
  currency: 'USD',
  source_name: 'web',
  customer: { id: '115310627314723954' },
}

test('an order is placed once, by its id, whatever the size of the number', () => {
  const text =
    '{"id": 820982911946154508, "created_at": "2026-03-01T13:53:06-04:00", "total_price": "403.00", "currency": "USD", "email": "jon@doe.ca"}'

  expect(tell(shopify, text, { headers: topic })).toEqual({
    id: 'order:820982911946154508',
    events: [
      {
        name: 'orders/create',
        facts: [
          {
            type: 'order.placed',
            time: Date.parse('2026-03-01T17:53:06Z'),
            data: {
              order: '820982911946154508',
              customer: 'jon@doe.ca',
              amount: '403.00',
              currency: 'USD',
              channel: undefined,
            },
          },
        ],
      },
    ],
  })
})

test('a customer is known by id before e-mail, and nobody knows who buys at a till', () => {
  const customerOf = (change: object) => {
    const { events } = tell(shopify, { ...order, ...change }, { headers: topic })
    return events
      .flatMap((one) => ('facts' in one ? one.facts : []))
      .map(({ data }) => data['customer'])
  }

  expect(customerOf({ email: 'jon@doe.ca' })).toEqual(['115310627314723954'])
  expect(customerOf({ customer: null })).toEqual(['guest:820982911946154508'])
})

test.skipIf(readSample('shopify/orders_create_test_notification.json') === null)(
  'Shopify’s own test notification is ignored',
  () => {
    const body = readSample('shopify/orders_create_test_notification.json') ?? ''

    expect(tell(shopify, body, { headers: topic })).toEqual({
      id: 'order:820982911946154508',
      events: [{ name: 'orders/create', ignored: 'A test order' }],
    })
  },
)

test('a refund is what successful transactions have paid back', () => {
  const refund = {
    id: '929361462',
    order_id: '820982911946154508',
    created_at: '2026-03-05T10:00:00Z',
    transactions: [
      { kind: 'refund', status: 'success', amount: '10.10', currency: 'USD' },
      { kind: 'refund', status: 'success', amount: '20.20', currency: 'USD' },
      { kind: 'refund', status: 'failure', amount: '99.00', currency: 'USD' },
    ],
  }

  const { id, events } = tell(shopify, refund, { headers: { 'x-shopify-topic': 'refunds/create' } })

  expect(id).toBe('refund:929361462')
  expect(events).toMatchObject([
    { facts: [{ type: 'order.refunded', data: { order: '820982911946154508', amount: '30.3' } }] },
  ])
})

const backOf = (transactions: readonly object[]) =>
  tell(
    shopify,
    {
      id: '929361462',
      order_id: '820982911946154508',
      created_at: '2026-03-05T10:00:00Z',
      transactions: transactions.map((one) => ({ kind: 'refund', status: 'success', ...one })),
    },
    { headers: { 'x-shopify-topic': 'refunds/create' } },
  ).events

test('a test transaction pays nothing back', () => {
  const paid = { amount: '10.00', currency: 'USD' }

  expect(backOf([{ ...paid, test: true }])).toEqual([
    { name: 'refunds/create', ignored: 'No money was paid back' },
  ])
  expect(
    backOf([
      { ...paid, test: true },
      { ...paid, test: false },
    ]),
  ).toMatchObject([{ facts: [{ data: { amount: '10', currency: 'USD' } }] }])
})

test('a refund is in the shop’s currency where it is told, as its order is', () => {
  const shop = (amount: string, currency: string) => ({
    amount: '9.00',
    currency,
    amount_set: {
      shop_money: { amount, currency_code: 'USD' },
      presentment_money: { amount: '9.00', currency_code: currency },
    },
  })

  expect(backOf([shop('10.50', 'EUR'), shop('11.25', 'GBP')])).toMatchObject([
    { facts: [{ data: { amount: '21.75', currency: 'USD' } }] },
  ])
  expect(backOf([{ ...shop('10', 'EUR'), amount_set: null }])).toMatchObject([
    { facts: [{ data: { amount: '9', currency: 'EUR' } }] },
  ])
})

test('currencies are not added up', () => {
  const [eur, usd] = ['EUR', 'USD'].map((currency) => ({ amount: '10.00', currency }))

  expect(backOf([{ ...eur }, { ...usd }])).toEqual([
    { name: 'refunds/create', unclear: 'transactions.currency: Expected one currency' },
  ])
})

test.each([
  ['voided', { facts: [{ type: 'order.refunded', data: { amount: '403.00' } }] }],
  ['refunded', { ignored: 'What had been paid comes back by refunds/create' }],
])('a cancelled order that was %s', (status, outcome) => {
  const cancelled = { ...order, cancelled_at: '2026-03-02T00:00:00Z', financial_status: status }

  const { events } = tell(shopify, cancelled, {
    headers: { 'x-shopify-topic': 'orders/cancelled' },
  })

  expect(events).toMatchObject([outcome])
})

test('other topics are ignored, and bodies that lack what they need are unclear', () => {
  expect(
    tell(shopify, order, { headers: { 'x-shopify-topic': 'products/update' } }).events,
  ).toEqual([{ name: 'products/update', ignored: 'Only orders and refunds are counted' }])
  expect(tell(shopify, { ...order, total_price: null }, { headers: topic }).events).toEqual([
    {
      name: 'orders/create',
      unclear: 'total_price: Expected a text or number: current value is null',
    },
  ])
  expect(tell(shopify, [order], { headers: topic }).events).toEqual([
    { name: 'unknown', unclear: 'Expected an object' },
  ])
})

// Derived (no vendor publishes one): HMAC-SHA256 of {"foo":"bar"} under "mysecret", base64.
test('a signature is checked over the bytes of the body', async () => {
  const headers = { 'x-shopify-hmac-sha256': 'SGTSdZk4oVRotd+a3iC/Fh2ptPc36mF5QULzSEI2vaM=' }

  expect(await verified(shopify, { body: '{"foo":"bar"}', headers }, ['mysecret'])).toEqual({
    ok: true,
  })
  expect(await verified(shopify, { body: '{"foo":"bar"}\n', headers }, ['mysecret'])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
  expect(await verified(shopify, { body: '{"foo":"bar"}' }, ['mysecret'])).toMatchObject({
    ok: false,
  })
})
