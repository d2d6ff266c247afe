import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import { settle } from '../../src/delivery.ts'
import { facts } from '../../src/facts/index.ts'
import type { Reading } from '../../src/source.ts'
import { paddle } from '../../src/sources/paddle.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const at = (text: string) => Date.parse(text)

const item = {
  price: {
    id: 'pri_1',
    name: 'Monthly',
    billing_cycle: { interval: 'month', frequency: 1 },
    unit_price: { amount: '3240', currency_code: 'USD' },
  },
  product: { name: 'ChatApp Pro' },
  status: 'active',
  quantity: 10,
  recurring: true,
}

const subscription = {
  id: 'sub_1',
  items: [item],
  status: 'active',
  started_at: '2026-03-01T08:00:00.449123Z',
  created_at: '2026-03-01T08:00:01.892822Z',
  updated_at: '2026-04-01T08:00:00.341611Z',
  canceled_at: null,
  customer_id: 'ctm_1',
  currency_code: 'USD',
}

const transaction = {
  id: 'txn_1',
  origin: 'subscription_recurring',
  status: 'completed',
  created_at: '2026-04-01T08:00:01.767524Z',
  customer_id: 'ctm_1',
  currency_code: 'USD',
  details: { totals: { total: '35208', grand_total: '35208', credit: '0' } },
  subscription_id: 'sub_1',
}

const adjustment = {
  id: 'adj_1',
  action: 'refund',
  status: 'approved',
  totals: { total: '100', tax: '8' },
  currency_code: 'USD',
  transaction_id: 'txn_1',
}

function eventOf(type: string, data: object, change: object = {}) {
  return {
    event_id: 'evt_1',
    event_type: type,
    occurred_at: '2026-04-01T08:00:02.5Z',
    notification_id: 'ntf_1',
    data,
    ...change,
  }
}

const occurred = at('2026-04-01T08:00:02.500Z')

const factsOf = ({ events }: Reading) => events.flatMap((one) => ('facts' in one ? one.facts : []))

const only = (type: string, data: object) => tell(paddle, eventOf(type, data)).events

test.each(['subscription.created', 'subscription.imported'])(
  'a subscription starts by %s with what its items charge a month',
  (type) => {
    expect(tell(paddle, eventOf(type, subscription))).toEqual({
      id: 'subscription.started:sub_1',
      events: [
        {
          name: type,
          facts: [
            {
              type: 'subscription.started',
              time: at('2026-03-01T08:00:00.449Z'),
              data: {
                subscription: 'sub_1',
                customer: 'ctm_1',
                mrr: '324',
                currency: 'USD',
                plan: 'ChatApp Pro',
              },
            },
          ],
        },
      ],
    })
  },
)

test('a subscription that says no start starts when it was made', () => {
  const body = eventOf('subscription.created', { ...subscription, started_at: null })

  expect(factsOf(tell(paddle, body))).toMatchObject([{ time: at('2026-03-01T08:00:01.892Z') }])
})

const startedWith = (change: object) =>
  factsOf(tell(paddle, eventOf('subscription.created', { ...subscription, ...change }))).map(
    ({ data }) => data,
  )

const priced = (change: object) => ({
  items: [{ ...item, quantity: 1, price: { ...item.price, ...change } }],
})

test.each([
  ['a year', priced({ billing_cycle: { interval: 'year', frequency: 1 } }), '2.7'],
  ['two weeks', priced({ billing_cycle: { interval: 'week', frequency: 2 } }), '70.2'],
  [
    'a month for two items',
    { items: [item, { ...item, quantity: 1, price: { ...item.price, name: null } }] },
    '356.4',
  ],
  ['once', { items: [item, { ...item, recurring: false, price: {} }] }, '324'],
  ['no more', { items: [item, { ...item, status: 'inactive' }] }, '324'],
  ['on trial', { items: [{ ...item, status: 'trialing' }] }, '0'],
])('what is charged %s comes to so much a month', (_, change, mrr) => {
  expect(startedWith(change)).toMatchObject([{ mrr }])
})

test('yen have no decimals', () => {
  const yen = {
    currency_code: 'JPY',
    ...priced({ unit_price: { amount: '500', currency_code: 'JPY' } }),
  }

  expect(startedWith(yen)).toMatchObject([{ mrr: '500', currency: 'JPY' }])
})

test.each([
  ['active', '324'],
  ['past_due', '324'],
  ['trialing', '0'],
  ['paused', '0'],
])('a subscription that is %s charges %s', (status, mrr) => {
  expect(startedWith({ status })).toMatchObject([{ mrr }])
})

test('a plan is known by its product, otherwise by its price', () => {
  const plan = (change: object) => startedWith({ items: [{ ...item, ...change }] })

  expect(plan({ product: null })).toMatchObject([{ plan: 'Monthly' }])
  expect(plan({ product: null, price: { ...item.price, name: null } })).toMatchObject([
    { plan: 'pri_1' },
  ])
})

test.each([
  [{ status: 'frozen' }, 'status: Expected a known status: current value is frozen'],
  [{ items: [] }, 'items: Expected the items of the subscription'],
  [{ items: {} }, 'items: Expected a list: current value is {}'],
  [
    { items: [{ ...item, status: null }] },
    'status: Expected a text or number: current value is null',
  ],
  [
    { items: [{ ...item, quantity: 1.5 }] },
    'quantity: Expected a whole number: current value is 1.5',
  ],
  [
    priced({ unit_price: { amount: '3240', currency_code: 'EUR' } }),
    'price.unit_price.currency_code: Expected USD: current value is EUR',
  ],
  [
    priced({ unit_price: { amount: '32,40', currency_code: 'USD' } }),
    'price.unit_price.amount: Expected an amount in plain digits: current value is 32,40',
  ],
  [
    priced({ billing_cycle: null }),
    'price.billing_cycle.frequency: Expected a whole number: current value is missing',
  ],
  [{ customer_id: null }, 'customer_id: Expected a text or number: current value is null'],
  [{ started_at: 7 }, 'started_at: Expected an RFC 3339 time: current value is 7'],
])('a subscription with %j is unclear', (change, unclear) => {
  expect(only('subscription.created', { ...subscription, ...change })).toEqual([
    { name: 'subscription.created', unclear },
  ])
})

test.each([
  'subscription.updated',
  'subscription.activated',
  'subscription.paused',
  'subscription.resumed',
])('%s tells a change, once for all events of it', (type) => {
  expect(tell(paddle, eventOf(type, subscription))).toEqual({
    id: 'subscription.changed:sub_1:2026-04-01T08:00:00.341611Z',
    events: [
      {
        name: type,
        facts: [
          {
            type: 'subscription.changed',
            time: at('2026-04-01T08:00:00.341Z'),
            data: { subscription: 'sub_1', mrr: '324', currency: 'USD' },
          },
        ],
      },
    ],
  })
})

test('an activation and the update that comes with it say exactly the same', () => {
  const activated = tell(paddle, eventOf('subscription.activated', subscription))
  const later = { event_id: 'evt_2', occurred_at: '2026-04-01T08:00:03.75Z' }
  const updated = tell(paddle, eventOf('subscription.updated', subscription, later))

  expect(updated.id).toBe(activated.id)
  expect(factsOf(updated)).toEqual(factsOf(activated))
})

test('a pause charges nothing', () => {
  const paused = { ...subscription, status: 'paused', items: [{ ...item, status: 'inactive' }] }

  expect(factsOf(tell(paddle, eventOf('subscription.paused', paused)))).toMatchObject([
    { data: { mrr: '0' } },
  ])
})

test('an activation at once is no second start', () => {
  const fresh = { ...subscription, updated_at: subscription.created_at }

  expect(tell(paddle, eventOf('subscription.activated', fresh))).toEqual({
    id: 'evt_1',
    events: [
      { name: 'subscription.activated', ignored: 'Nothing has changed since it was created' },
    ],
  })
})

test('a subscription is cancelled when it has ended', () => {
  const ended = { ...subscription, status: 'canceled', canceled_at: '2026-05-01T00:00:00Z' }

  expect(tell(paddle, eventOf('subscription.canceled', ended))).toEqual({
    id: 'subscription.cancelled:sub_1',
    events: [
      {
        name: 'subscription.canceled',
        facts: [
          {
            type: 'subscription.cancelled',
            time: at('2026-05-01T00:00:00Z'),
            data: { subscription: 'sub_1' },
          },
        ],
      },
    ],
  })
  expect(only('subscription.updated', ended)).toEqual([
    { name: 'subscription.updated', ignored: 'Counted by subscription.canceled' },
  ])
  expect(only('subscription.canceled', subscription)).toEqual([
    {
      name: 'subscription.canceled',
      unclear: 'canceled_at: Expected an RFC 3339 time: current value is null',
    },
  ])
})

test('a renewal falls due once, whichever event says so', () => {
  const created = tell(paddle, eventOf('transaction.created', transaction))
  const billed = tell(paddle, eventOf('transaction.billed', transaction, { event_id: 'evt_2' }))

  expect(billed.id).toBe('subscription.due:txn_1')
  expect(created.id).toBe(billed.id)
  expect(factsOf(created)).toEqual(factsOf(billed))
  expect(factsOf(billed)).toEqual([
    {
      type: 'subscription.due',
      time: at('2026-04-01T08:00:01.767Z'),
      data: { subscription: 'sub_1' },
    },
  ])
  expect(only('transaction.created', { ...transaction, origin: 'web' })).toEqual([
    { name: 'transaction.created', ignored: 'Only transactions of renewals fall due' },
  ])
})

test('a renewal that is paid is an order and a renewal', () => {
  expect(tell(paddle, eventOf('transaction.completed', transaction))).toEqual({
    id: 'transaction.completed:txn_1',
    events: [
      {
        name: 'transaction.completed',
        facts: [
          {
            type: 'order.placed',
            time: occurred,
            data: { order: 'txn_1', customer: 'ctm_1', amount: '352.08', currency: 'USD' },
          },
          {
            id: 'transaction.completed:txn_1:renewed',
            type: 'subscription.renewed',
            time: occurred,
            data: { subscription: 'sub_1' },
          },
        ],
      },
    ],
  })
})

test('other transactions are orders, and whoever pays nothing has renewed at most', () => {
  const free = { details: { totals: { total: '35208', grand_total: '0' } } }
  const told = (change: object) =>
    factsOf(tell(paddle, eventOf('transaction.completed', { ...transaction, ...change }))).map(
      ({ type }) => type,
    )

  expect(told({ origin: 'web', subscription_id: null })).toEqual(['order.placed'])
  expect(told(free)).toEqual(['subscription.renewed'])
  expect(only('transaction.completed', { ...transaction, ...free, origin: 'web' })).toEqual([
    { name: 'transaction.completed', ignored: 'Nothing was paid' },
  ])
})

test.each([
  [
    { details: null },
    'details.totals.grand_total: Expected a whole number: current value is missing',
  ],
  [
    { details: { totals: { grand_total: '352.08' } } },
    'details.totals.grand_total: Expected a whole number: current value is "352.08"',
  ],
  [{ subscription_id: null }, 'subscription_id: Expected a text or number: current value is null'],
])('a transaction with %j is unclear', (change, unclear) => {
  expect(only('transaction.completed', { ...transaction, ...change })).toEqual([
    { name: 'transaction.completed', unclear },
  ])
})

test('a refund is told once, when it is approved', () => {
  const created = tell(paddle, eventOf('adjustment.created', adjustment))
  const updated = tell(paddle, eventOf('adjustment.updated', adjustment))

  expect(created).toEqual({
    id: 'refund:adj_1',
    events: [
      {
        name: 'adjustment.created',
        facts: [
          {
            type: 'order.refunded',
            time: occurred,
            data: { order: 'txn_1', amount: '1', currency: 'USD' },
          },
        ],
      },
    ],
  })
  expect(updated.id).toBe('refund:adj_1')
  expect(factsOf(updated)).toEqual(factsOf(created))
})

test.each([
  [{ status: 'pending_approval' }, 'Nothing has been paid back yet'],
  [{ status: 'rejected' }, 'Nothing has been paid back yet'],
  [{ action: 'credit' }, 'No refund'],
  [{ action: 'chargeback' }, 'No refund'],
])('an adjustment with %j pays nothing back', (change, ignored) => {
  expect(tell(paddle, eventOf('adjustment.created', { ...adjustment, ...change }))).toEqual({
    id: 'evt_1',
    events: [{ name: 'adjustment.created', ignored }],
  })
})

test.each([
  ['subscription.trialing', 'Counted by subscription.created'],
  ['subscription.past_due', 'What is past due is still charged'],
  ['transaction.paid', 'No event that is counted'],
  ['customer.created', 'No event that is counted'],
  ['__proto__', 'No event that is counted'],
])('%s is ignored', (type, ignored) => {
  expect(only(type, subscription)).toEqual([{ name: type, ignored }])
})

test('simulated events are ignored, unless they are what the source is for', () => {
  const body = eventOf('transaction.completed', transaction, {
    event_id: 'ntfsimevt_01jd00tmxmnjwedtm67q3rsasd',
  })

  expect(tell(paddle, body)).toEqual({
    id: 'ntfsimevt_01jd00tmxmnjwedtm67q3rsasd',
    events: [{ name: 'transaction.completed', ignored: 'Simulated' }],
  })
  expect(tell(paddle, body, { config: { test: true } }).id).toBe('transaction.completed:txn_1')
})

test.each([[[]], [{}], [{ event_id: 'evt_1' }], [{ event_id: 1, event_type: 'x' }], ['null']])(
  '%j is no event',
  (body) => {
    expect(tell(paddle, body)).toEqual({
      id: null,
      events: [
        { name: 'unknown', unclear: 'Expected an event with an event_id and an event_type' },
      ],
    })
  },
)

test('an event without data, or without a time, is unclear', () => {
  expect(
    tell(paddle, eventOf('transaction.completed', transaction, { data: null })).events,
  ).toEqual([{ name: 'transaction.completed', unclear: 'data: Expected an object' }])
  expect(
    tell(paddle, eventOf('transaction.completed', transaction, { occurred_at: 'today' })).events,
  ).toEqual([
    {
      name: 'transaction.completed',
      unclear: 'occurred_at: Expected an RFC 3339 time: current value is "today"',
    },
  ])
})

const context = {
  facts,
  surveys: new Map(),
  dimensions: [],
  currency: 'USD',
  dayOf: dayFinder('UTC'),
}

const settled = (body: unknown) => {
  const reading = tell(paddle, body)
  return settle(reading, { source: 's', delivery: String(reading.id) }, context)
}

test('what is told is of the vocabulary', () => {
  const bodies = [
    eventOf('subscription.created', subscription),
    eventOf('subscription.updated', subscription),
    eventOf('subscription.canceled', { ...subscription, canceled_at: subscription.updated_at }),
    eventOf('transaction.billed', transaction),
    eventOf('transaction.completed', transaction),
    eventOf('adjustment.updated', adjustment),
  ]
  const found = bodies.map(settled)

  expect(found.map(({ state, reason }) => reason ?? state)).toEqual(bodies.map(() => 'stored'))
  expect(new Set(found.flatMap((one) => one.facts.map(({ type }) => type)))).toEqual(
    new Set(paddle.types),
  )
})

const uncounted = [
  'address.created',
  'address.imported',
  'address.updated',
  'api_key.created',
  'api_key.expired',
  'api_key.expiring',
  'api_key.revoked',
  'api_key.updated',
  'api_key_exposure.created',
  'business.created',
  'business.imported',
  'business.updated',
  'client_token.created',
  'client_token.revoked',
  'client_token.updated',
  'customer.created',
  'customer.imported',
  'customer.updated',
  'discount.created',
  'discount.imported',
  'discount.updated',
  'discount_group.created',
  'discount_group.updated',
  'invoice.paid',
  'payment_method.deleted',
  'payment_method.saved',
  'payout.created',
  'payout.paid',
  'price.created',
  'price.imported',
  'price.updated',
  'product.created',
  'product.imported',
  'product.updated',
  'report.created',
  'report.updated',
  'transaction.canceled',
  'transaction.paid',
  'transaction.past_due',
  'transaction.payment_failed',
  'transaction.ready',
  'transaction.revised',
  'transaction.updated',
]

test.skipIf(readSample('paddle/address.created.json') === null).each(uncounted)(
  'Paddle’s example of %s is ignored',
  (type) => {
    const { id, events } = tell(paddle, readSample(`paddle/${type}.json`) ?? '')

    expect(id).toMatch(/^evt_/)
    expect(events).toEqual([{ name: type, ignored: 'No event that is counted' }])
  },
)

const pro = 'sub_01h7ht5z5wdg9pz18jx1fagp8k'

test.skipIf(readSample('paddle/address.created.json') === null).each([
  [
    'subscription.created',
    [
      {
        subscription: pro,
        customer: 'ctm_01h7hswb86rtps5ggbq7ybydcw',
        mrr: '432',
        plan: 'ChatApp Pro',
      },
    ],
  ],
  [
    'subscription.imported',
    [{ subscription: 'sub_01gxwxwn84xqf0690d7qn5r2g7', mrr: '660', currency: 'GBP' }],
  ],
  ['subscription.trialing', []],
  ['subscription.activated', []],
  ['subscription.updated', [{ subscription: pro, mrr: '432', currency: 'USD' }]],
  ['subscription.past_due', []],
  ['subscription.paused', [{ subscription: pro, mrr: '0', currency: 'USD' }]],
  ['subscription.resumed', [{ subscription: pro, mrr: '432', currency: 'USD' }]],
  ['subscription.canceled', [{ subscription: pro }]],
  ['transaction.created', []],
  ['transaction.billed', []],
  [
    'transaction.completed',
    [
      {
        order: 'txn_01h8dzxgkvdwemdhbpcapj2tbj',
        customer: 'ctm_01h8e18bxp9hby49dnm8ewf0m0',
        amount: '652.15',
        currency: 'USD',
      },
    ],
  ],
  ['adjustment.created', []],
  [
    'adjustment.updated',
    [{ order: 'txn_01h8bxpvx398a7zbawb77y0kp5', amount: '1', currency: 'USD' }],
  ],
])('Paddle’s example of %s tells %j', (type, data) => {
  const body = readSample(`paddle/${type}.json`) ?? ''

  expect(factsOf(tell(paddle, body))).toMatchObject(data.map((one) => ({ data: one })))
  expect(['stored', 'ignored']).toContain(settled(body).state)
})

test('whatever the body, reading it ends well', () => {
  const given = { headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0, config: {} }
  const bodies = [
    eventOf('subscription.created', subscription),
    eventOf('subscription.updated', subscription),
    eventOf('subscription.canceled', { ...subscription, canceled_at: subscription.updated_at }),
    eventOf('transaction.billed', transaction),
    eventOf('transaction.completed', transaction),
    eventOf('adjustment.updated', adjustment),
  ]
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), ...bodies.map(bent)), (body) => {
      const { events } = paddle.read(body, given)
      expect(events.length).toBe(1)
      expect(events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)).toBe(
        true,
      )
    }),
    { numRuns: 500 },
  )
})

test('only a switch for simulated events may be set', () => {
  const config = v.strictObject(paddle.config)

  expect(v.safeParse(config, { test: true }).success).toBe(true)
  expect(v.safeParse(config, { test: 1 }).issues?.[0]?.message).toBe(
    'Expected true where simulated events are to be counted',
  )
})

// Published by PaddleHQ/paddle-node-sdk in its tests of the validator.
const hashes = {
  list: 'a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
  value: '28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261',
}
const now = 1_698_796_800_000

test.each([
  ['{"data": ["1", "2"]}', `ts=1698796800;h1=${hashes.list}`, 'VALID_SECRET', true],
  [
    '{"data": "value"}',
    `ts=1698796800;h1=${hashes.value};h1=${hashes.value};h2=RANDOM_HASH`,
    'VALID_SECRET',
    true,
  ],
  ['{"data": ["1", "2"]}', `ts=1698796800;h1=${hashes.list}`, 'INVALID_VALID_SECRET', false],
  ['{"data": ["1", "2"]}', `ts=9876;h1=${hashes.list}`, 'VALID_SECRET', false],
  ['{ "data": [ "1", "2" ]}', `ts=1698796800;h1=${hashes.list}`, 'VALID_SECRET', false],
])(
  'Paddle’s own vector of %j signed by %j is good with %j: %j',
  async (body, header, secret, ok) => {
    const headers = { 'paddle-signature': header }

    expect(await verified(paddle, { body, headers }, [secret], { now })).toMatchObject({ ok })
  },
)

test('of several hashes any may fit, not only the last', async () => {
  const body = '{"data": "value"}'
  const old = createHmac('sha256', 'OLD_SECRET').update(`1698796800:${body}`).digest('hex')
  const headers = { 'paddle-signature': `ts=1698796800;h1=${hashes.value};h1=${old}` }

  expect(await verified(paddle, { body, headers }, ['VALID_SECRET'], { now })).toEqual({ ok: true })
  expect(await verified(paddle, { body, headers }, ['OLD_SECRET'], { now })).toEqual({ ok: true })
  expect(await verified(paddle, { body, headers }, ['NEW_SECRET'], { now })).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
  expect(await verified(paddle, { body }, ['VALID_SECRET'], { now })).toEqual({
    ok: false,
    reason: 'Paddle-Signature is missing',
  })
})

test.each([
  [299, true],
  [-299, true],
  [301, false],
  [-301, false],
])('a signature %i seconds ago is good: %j', async (ago, ok) => {
  const headers = { 'paddle-signature': `ts=1698796800;h1=${hashes.value}` }
  const sent = { body: '{"data": "value"}', headers }

  expect(await verified(paddle, sent, ['VALID_SECRET'], { now: now + ago * 1000 })).toMatchObject({
    ok,
  })
})

test.each([
  ['pdl_ntfset_01gkdf+6q1', null],
  ['', 'The secret is blank'],
  ['pdl_ntfset_01 ', 'The secret has blanks or a line break at one end'],
])('of %j as a secret is said: %j', (secret, rule) => {
  expect(paddle.scheme({}).secretRule(secret)).toBe(rule)
})
