import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import { settle } from '../../src/delivery.ts'
import { facts } from '../../src/facts/index.ts'
import type { Reading } from '../../src/source.ts'
import { stripe } from '../../src/sources/stripe.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const seconds = 1_772_366_400
const time = seconds * 1000

const price = {
  id: 'price_1',
  object: 'price',
  billing_scheme: 'per_unit',
  currency: 'usd',
  lookup_key: null,
  nickname: 'Team',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
  transform_quantity: null,
  unit_amount: 2000,
  unit_amount_decimal: '2000',
}

const item = { id: 'si_1', object: 'subscription_item', price, quantity: 3 }

const subscription = {
  id: 'sub_1',
  object: 'subscription',
  currency: 'usd',
  customer: 'cus_1',
  ended_at: null,
  items: { object: 'list', data: [item], has_more: false },
  pause_collection: null,
  status: 'active',
}

const invoice = {
  id: 'in_1',
  object: 'invoice',
  amount_paid: 6000,
  billing_reason: 'subscription_cycle',
  created: seconds - 3600,
  currency: 'usd',
  customer: 'cus_1',
  parent: {
    type: 'subscription_details',
    subscription_details: { subscription: 'sub_1' },
  },
}

const session = {
  id: 'cs_1',
  object: 'checkout.session',
  amount_total: 1500,
  currency: 'eur',
  customer: 'cus_1',
  customer_details: { email: 'Jenny@Rosen.example' },
  invoice: null,
  mode: 'payment',
  payment_intent: 'pi_9',
  payment_status: 'paid',
}

const refund = {
  id: 're_1',
  object: 'refund',
  amount: 500,
  charge: 'ch_1',
  created: seconds - 60,
  currency: 'usd',
  payment_intent: 'pi_1',
  status: 'succeeded',
}

function eventOf(type: string, object: object, change: object = {}) {
  return {
    id: 'evt_1',
    object: 'event',
    api_version: '2025-09-30.clover',
    created: seconds,
    data: { object },
    livemode: true,
    pending_webhooks: 1,
    type,
    ...change,
  }
}

const updateOf = (object: object, before: object, type = 'customer.subscription.updated') =>
  eventOf(type, object, { data: { object, previous_attributes: before } })

const factsOf = ({ events }: Reading) => events.flatMap((one) => ('facts' in one ? one.facts : []))

const only = (type: string, object: object) => tell(stripe, eventOf(type, object)).events

test('a subscription starts with what its items charge a month', () => {
  expect(tell(stripe, eventOf('customer.subscription.created', subscription))).toEqual({
    id: 'subscription.started:sub_1',
    events: [
      {
        name: 'customer.subscription.created',
        facts: [
          {
            type: 'subscription.started',
            time,
            data: {
              subscription: 'sub_1',
              customer: 'cus_1',
              mrr: '60',
              currency: 'USD',
              plan: 'Team',
            },
          },
        ],
      },
    ],
  })
})

test.each(['incomplete', 'incomplete_expired'])(
  'a subscription that is %s has not started',
  (status) => {
    expect(only('customer.subscription.created', { ...subscription, status })).toEqual([
      { name: 'customer.subscription.created', ignored: 'It starts with its first payment' },
    ])
    expect(
      tell(stripe, updateOf({ ...subscription, status }, { status: 'incomplete' })).events,
    ).toEqual([
      { name: 'customer.subscription.updated', ignored: 'It starts with its first payment' },
    ])
    expect(only('customer.subscription.deleted', { ...subscription, status })).toEqual([
      { name: 'customer.subscription.deleted', ignored: 'It has never started' },
    ])
  },
)

test('it starts once its first payment is made, under the same name as if it had been at once', () => {
  const late = tell(stripe, updateOf(subscription, { status: 'incomplete' }))
  const once = tell(stripe, eventOf('customer.subscription.created', subscription))

  expect(late.id).toBe(once.id)
  expect(factsOf(late)).toEqual(factsOf(once))
})

const mrrOf = (change: object) =>
  factsOf(
    tell(stripe, eventOf('customer.subscription.created', { ...subscription, ...change })),
  ).map(({ data }) => data['mrr'])

const priced = (change: object, quantity = 1) => ({
  items: { data: [{ ...item, quantity, price: { ...price, ...change } }] },
})

const every = (interval: string, count: number) => ({
  recurring: { ...price.recurring, interval, interval_count: count },
})

test.each([
  ['a year', priced({ ...every('year', 1), unit_amount_decimal: '12000' }), '10'],
  ['a quarter', priced({ ...every('month', 3), unit_amount_decimal: '3000' }), '10'],
  ['a week', priced({ ...every('week', 1), unit_amount_decimal: '1200' }), '52'],
  ['a day', priced({ ...every('day', 1), unit_amount_decimal: '100' }), '30.42'],
  ['a month for half a cent each', priced({ unit_amount_decimal: '0.5' }, 300), '1.5'],
  [
    'a month for each ten begun',
    priced({ transform_quantity: { divide_by: 10, round: 'up' } }, 11),
    '40',
  ],
  [
    'a month for each ten full',
    priced({ transform_quantity: { divide_by: 10, round: 'down' } }, 19),
    '20',
  ],
  ['a month by use', priced({ recurring: { ...price.recurring, usage_type: 'metered' } }), '0'],
  ['for two items', { items: { data: [item, { ...item, quantity: 1 }] } }, '80'],
])('what is charged %s comes to so much a month', (_, change, mrr) => {
  expect(mrrOf(change)).toEqual([mrr])
})

test.each([
  ['active', '60'],
  ['past_due', '60'],
  ['trialing', '0'],
  ['unpaid', '0'],
  ['paused', '0'],
])('a subscription that is %s charges %s', (status, mrr) => {
  expect(mrrOf({ status })).toEqual([mrr])
})

test.each([
  ['void', '0'],
  ['mark_uncollectible', '0'],
  ['keep_as_draft', '60'],
])(
  'while collection is paused and invoices are dealt with by %s it charges %s',
  (behavior, mrr) => {
    expect(mrrOf({ pause_collection: { behavior, resumes_at: null } })).toEqual([mrr])
  },
)

test('plans say what prices say, in older bodies', () => {
  const plan = {
    id: 'plan_1',
    amount: 1200,
    interval: 'year',
    interval_count: 1,
    usage_type: 'licensed',
    nickname: null,
  }
  const old = { ...subscription, items: { data: [{ plan, quantity: 2 }] } }

  expect(factsOf(tell(stripe, eventOf('customer.subscription.created', old)))).toMatchObject([
    { data: { mrr: '2', plan: 'plan_1' } },
  ])
})

test('a plan is known by the key that the team looks its price up by, where there is one', () => {
  const keyed = { ...subscription, ...priced({ lookup_key: 'team_monthly' }) }

  expect(factsOf(tell(stripe, eventOf('customer.subscription.created', keyed)))).toMatchObject([
    { data: { plan: 'team_monthly' } },
  ])
})

test.each([
  [{ currency: null }, 'currency: Expected a text or number: current value is null'],
  [{ status: 'frozen' }, 'status: Expected a known status: current value is frozen'],
  [{ items: { data: [] } }, 'items: Expected all items of the subscription'],
  [{ items: { data: [item], has_more: true } }, 'items: Expected all items of the subscription'],
  [{ items: 7 }, 'items: Expected all items of the subscription'],
  [
    priced({ billing_scheme: 'tiered', unit_amount: null, unit_amount_decimal: null }),
    'price.billing_scheme: The amounts of a tiered price are not in the body',
  ],
  [
    priced({ unit_amount: null, unit_amount_decimal: null }),
    'price.unit_amount: Expected a text or number: current value is null',
  ],
  [
    priced({ unit_amount_decimal: '-5' }),
    'price.unit_amount_decimal: Expected an amount in plain digits: current value is -5',
  ],
  [
    priced(every('fortnight', 1)),
    'price.recurring.interval: Expected day, week, month or year: current value is fortnight',
  ],
  [
    priced({ transform_quantity: { divide_by: 0, round: 'up' } }),
    'price.transform_quantity.divide_by: Expected a package of 1 or more',
  ],
  [{ customer: null }, 'customer: Expected a text or number: current value is null'],
])('a subscription with %j is unclear', (change, unclear) => {
  expect(only('customer.subscription.created', { ...subscription, ...change })).toEqual([
    { name: 'customer.subscription.created', unclear },
  ])
})

test('what is unclear is called as its event, so that it may be told again', () => {
  const body = eventOf('customer.subscription.created', { ...subscription, customer: null })

  expect(tell(stripe, body).id).toBe('evt_1')
})

test('a change is told where what is charged a month has changed', () => {
  const before = { items: { data: [{ ...item, quantity: 1 }] } }

  expect(tell(stripe, updateOf(subscription, before))).toEqual({
    id: `subscription.changed:sub_1:${time}:60`,
    events: [
      {
        name: 'customer.subscription.updated',
        facts: [
          {
            type: 'subscription.changed',
            time,
            data: { subscription: 'sub_1', mrr: '60', currency: 'USD' },
          },
        ],
      },
    ],
  })
})

test.each([
  ['the end of a trial', {}, { status: 'trialing' }, '60'],
  [
    'a pause of collection',
    { pause_collection: { behavior: 'void' } },
    { pause_collection: null },
    '0',
  ],
  ['its end', {}, { pause_collection: { behavior: 'void', resumes_at: null } }, '60'],
  ['giving up on payment', { status: 'unpaid' }, { status: 'past_due' }, '0'],
  ['another currency', { currency: 'eur' }, { currency: 'usd' }, '60'],
  ['items that are said in part', {}, { items: { data: [{ quantity: 1 }] } }, '60'],
])('%s is a change', (_, after, before, mrr) => {
  expect(factsOf(tell(stripe, updateOf({ ...subscription, ...after }, before)))).toMatchObject([
    { type: 'subscription.changed', data: { mrr } },
  ])
})

test.each([
  ['a late payment', { status: 'past_due' }, { status: 'active' }],
  ['a new period', {}, { current_period_end: 1, latest_invoice: 'in_0' }],
  ['the same items', {}, { items: { data: [item] } }],
  ['a scheduled end', { cancel_at_period_end: true }, { cancel_at_period_end: false }],
  [
    'a yearly plan of the same charge',
    {},
    priced({ ...every('year', 1), unit_amount_decimal: '72000' }),
  ],
])('%s is none', (_, after, before) => {
  expect(tell(stripe, updateOf({ ...subscription, ...after }, before))).toEqual({
    id: 'evt_1',
    events: [
      {
        name: 'customer.subscription.updated',
        ignored: 'What it charges a month has not changed',
      },
    ],
  })
})

test('two events of one change are one', () => {
  const paused = { ...subscription, status: 'paused' }
  const one = tell(stripe, updateOf(paused, { status: 'active' }))
  const other = tell(stripe, eventOf('customer.subscription.paused', paused, { id: 'evt_2' }))

  expect(other.id).toBe(one.id)
  expect(factsOf(other)).toEqual(factsOf(one))
  expect(factsOf(other)).toMatchObject([{ data: { mrr: '0' } }])
})

test('a subscription resumes with its charge', () => {
  expect(
    factsOf(tell(stripe, eventOf('customer.subscription.resumed', subscription))),
  ).toMatchObject([{ type: 'subscription.changed', data: { mrr: '60' } }])
})

test('a subscription is cancelled when it has ended', () => {
  const ended = {
    ...subscription,
    status: 'canceled',
    ended_at: seconds - 5,
    cancellation_details: { feedback: 'too_expensive', reason: 'cancellation_requested' },
  }

  expect(tell(stripe, eventOf('customer.subscription.deleted', ended))).toEqual({
    id: 'subscription.cancelled:sub_1',
    events: [
      {
        name: 'customer.subscription.deleted',
        facts: [
          {
            type: 'subscription.cancelled',
            time: time - 5000,
            data: { subscription: 'sub_1', reason: 'too_expensive' },
          },
        ],
      },
    ],
  })
  expect(tell(stripe, updateOf(ended, { status: 'active' })).events).toEqual([
    {
      name: 'customer.subscription.updated',
      ignored: 'Counted by customer.subscription.deleted',
    },
  ])
})

test('an end without a time of its own is that of the event, and its reason may be Stripe’s', () => {
  const ended = {
    ...subscription,
    status: 'canceled',
    cancellation_details: { feedback: null, reason: 'payment_failed' },
  }

  expect(factsOf(tell(stripe, eventOf('customer.subscription.deleted', ended)))).toEqual([
    {
      type: 'subscription.cancelled',
      time,
      data: { subscription: 'sub_1', reason: 'payment_failed' },
    },
  ])
})

test('the invoice of a renewal falls due when it is made', () => {
  expect(tell(stripe, eventOf('invoice.created', invoice))).toEqual({
    id: 'subscription.due:in_1',
    events: [
      {
        name: 'invoice.created',
        facts: [
          {
            type: 'subscription.due',
            time: time - 3_600_000,
            data: { subscription: 'sub_1' },
          },
        ],
      },
    ],
  })
  expect(only('invoice.created', { ...invoice, billing_reason: 'subscription_create' })).toEqual([
    { name: 'invoice.created', ignored: 'Only invoices of renewals fall due' },
  ])
})

test('a renewal that is paid is an order and a renewal', () => {
  expect(tell(stripe, eventOf('invoice.paid', invoice))).toEqual({
    id: 'invoice.paid:in_1',
    events: [
      {
        name: 'invoice.paid',
        facts: [
          {
            type: 'order.placed',
            time,
            data: { order: 'in_1', customer: 'cus_1', amount: '60', currency: 'USD' },
          },
          {
            id: 'invoice.paid:in_1:renewed',
            type: 'subscription.renewed',
            time,
            data: { subscription: 'sub_1' },
          },
        ],
      },
    ],
  })
})

test('old invoices name their subscription themselves', () => {
  const old = { ...invoice, parent: undefined, subscription: 'sub_0' }

  expect(factsOf(tell(stripe, eventOf('invoice.paid', old)))).toMatchObject([
    { type: 'order.placed' },
    { type: 'subscription.renewed', data: { subscription: 'sub_0' } },
  ])
})

test('other invoices are orders, and whoever pays nothing has renewed at most', () => {
  const told = (change: object) =>
    factsOf(tell(stripe, eventOf('invoice.paid', { ...invoice, ...change }))).map(
      ({ type }) => type,
    )

  expect(told({ billing_reason: 'subscription_create' })).toEqual(['order.placed'])
  expect(told({ billing_reason: 'manual', parent: null })).toEqual(['order.placed'])
  expect(told({ amount_paid: 0 })).toEqual(['subscription.renewed'])
  expect(only('invoice.paid', { ...invoice, amount_paid: 0, billing_reason: 'manual' })).toEqual([
    { name: 'invoice.paid', ignored: 'Nothing was paid' },
  ])
})

test.each([
  [{ amount_paid: '60.00' }, 'amount_paid: Expected a whole number: current value is "60.00"'],
  [{ amount_paid: -1 }, 'amount_paid: Expected a whole number: current value is -1'],
  [{ billing_reason: null }, 'billing_reason: Expected a text or number: current value is null'],
  [
    { parent: null },
    'parent.subscription_details.subscription: Expected a text or number: current value is missing',
  ],
])('an invoice with %j is unclear', (change, unclear) => {
  expect(only('invoice.paid', { ...invoice, ...change })).toEqual([
    { name: 'invoice.paid', unclear },
  ])
})

test.each(['checkout.session.completed', 'checkout.session.async_payment_succeeded'])(
  '%s without an invoice is an order, known by its payment',
  (type) => {
    expect(tell(stripe, eventOf(type, session))).toEqual({
      id: 'checkout:cs_1',
      events: [
        {
          name: type,
          facts: [
            {
              type: 'order.placed',
              time,
              data: { order: 'pi_9', customer: 'cus_1', amount: '15', currency: 'EUR' },
            },
          ],
        },
      ],
    })
  },
)

test('who checks out as a guest is known by e-mail, and otherwise not at all', () => {
  const customer = (change: object) =>
    factsOf(tell(stripe, eventOf('checkout.session.completed', { ...session, ...change }))).map(
      ({ data }) => data['customer'],
    )

  expect(customer({ customer: null })).toEqual(['jenny@rosen.example'])
  expect(customer({ customer: null, customer_details: null })).toEqual(['guest:cs_1'])
})

test.each([
  [{ mode: 'subscription', invoice: 'in_1' }, 'Counted by invoice.paid'],
  [{ mode: 'setup' }, 'Counted by invoice.paid'],
  [{ invoice: 'in_1' }, 'Counted by invoice.paid'],
  [{ payment_status: 'unpaid' }, 'Not paid yet'],
  [{ payment_status: 'no_payment_required', amount_total: 0 }, 'Nothing was paid'],
])('a checkout with %j is no order', (change, ignored) => {
  expect(only('checkout.session.completed', { ...session, ...change })).toEqual([
    { name: 'checkout.session.completed', ignored },
  ])
})

test('a refund is told once, when it has succeeded', () => {
  const created = tell(stripe, eventOf('refund.created', refund))
  const updated = tell(stripe, updateOf(refund, { status: 'pending' }, 'refund.updated'))
  const older = tell(stripe, updateOf(refund, { status: 'pending' }, 'charge.refund.updated'))

  expect(created).toEqual({
    id: 'refund:re_1',
    events: [
      {
        name: 'refund.created',
        facts: [
          {
            type: 'order.refunded',
            time: time - 60_000,
            data: { order: 'pi_1', amount: '5', currency: 'USD' },
          },
        ],
      },
    ],
  })
  expect(updated.id).toBe('refund:re_1')
  expect(factsOf(updated)).toEqual(factsOf(created))
  expect(older.id).toBe('refund:re_1')
  expect(factsOf(older)).toEqual(factsOf(created))
})

test('a refund that is pending does not stand in the way of its success', () => {
  const pending = tell(stripe, eventOf('refund.created', { ...refund, status: 'pending' }))

  expect(pending).toEqual({
    id: 'evt_1',
    events: [{ name: 'refund.created', ignored: 'Nothing has been paid back yet' }],
  })
  expect(tell(stripe, updateOf(refund, { reference: null }, 'refund.updated')).events).toEqual([
    { name: 'refund.updated', ignored: 'Its status has not changed' },
  ])
})

test('a refund belongs to the invoice that its payment has paid', () => {
  const paid = {
    id: 'inpay_1',
    object: 'invoice_payment',
    invoice: 'in_1',
    payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  }
  const reading = tell(stripe, eventOf('invoice_payment.paid', paid))
  const body = eventOf('refund.created', refund)
  const memory = Object.fromEntries(reading.remember ?? [])

  expect(reading.events).toEqual([
    { name: 'invoice_payment.paid', ignored: 'Kept for refunds, which name the payment only' },
  ])
  expect(memory).toEqual({ pi_1: 'in_1' })
  expect(stripe.recalls?.(body)).toEqual(['pi_1', 'ch_1'])
  expect(factsOf(tell(stripe, body, { memory }))).toMatchObject([{ data: { order: 'in_1' } }])
})

test('old invoices name their payment themselves, and are the order that it pays', () => {
  const old = eventOf('invoice.paid', { ...invoice, charge: 'ch_1', payment_intent: 'pi_1' })

  expect(tell(stripe, old)).toMatchObject({ id: 'invoice.paid:in_1' })
  expect(tell(stripe, old).remember).toBeUndefined()
  expect(factsOf(tell(stripe, old))).toMatchObject([{ data: { order: 'pi_1' } }, {}])
  expect(factsOf(tell(stripe, eventOf('refund.created', refund)))).toMatchObject([
    { data: { order: 'pi_1' } },
  ])
})

test('a refund that names a charge only finds its invoice by that', () => {
  const byCharge = eventOf('refund.created', { ...refund, payment_intent: null })

  expect(factsOf(tell(stripe, byCharge, { memory: { ch_1: 'in_1' } }))).toMatchObject([
    { data: { order: 'in_1' } },
  ])
  expect(factsOf(tell(stripe, byCharge))).toMatchObject([{ data: { order: 'ch_1' } }])
})

test('only refunds need to know of earlier events', () => {
  expect(stripe.recalls?.(eventOf('invoice.paid', invoice))).toEqual([])
  expect(stripe.recalls?.(null)).toEqual([])
  expect(tell(stripe, eventOf('invoice.paid', invoice)).remember).toBeUndefined()
})

test('a refund that fails takes back what it had told', () => {
  const failed = eventOf('refund.failed', { ...refund, status: 'failed' })

  expect(tell(stripe, failed, { memory: { pi_1: 'in_1' } })).toEqual({
    id: 'refund.failed:re_1',
    events: [
      {
        name: 'refund.failed',
        facts: [
          {
            replaces: 'refund:re_1',
            type: 'order.refunded',
            time,
            data: { order: 'in_1', amount: '0', currency: 'USD' },
          },
        ],
      },
    ],
  })
})

test.each([
  ['charge.refunded', 'Counted by refund.created and refund.updated'],
  ['charge.succeeded', 'Counted by invoice.paid or checkout.session.completed'],
  ['payment_intent.succeeded', 'Counted by invoice.paid or checkout.session.completed'],
  ['invoice.payment_succeeded', 'Counted by invoice.paid or checkout.session.completed'],
  ['customer.subscription.trial_will_end', 'No event that is counted'],
  ['charge.dispute.created', 'No event that is counted'],
  ['__proto__', 'No event that is counted'],
])('%s is ignored', (type, ignored) => {
  expect(tell(stripe, eventOf(type, { id: 'x' }))).toEqual({
    id: 'evt_1',
    events: [{ name: type, ignored }],
  })
})

test('test mode is ignored, unless it is what the source is for', () => {
  const body = eventOf('invoice.paid', invoice, { livemode: false })

  expect(tell(stripe, body).events).toEqual([{ name: 'invoice.paid', ignored: 'Test mode' }])
  expect(tell(stripe, body, { config: { test: true } }).id).toBe('invoice.paid:in_1')
  expect(tell(stripe, eventOf('invoice.paid', invoice, { livemode: 'no' })).events).toEqual([
    { name: 'invoice.paid', unclear: 'livemode: Expected true or false' },
  ])
})

test.each([
  [[], 'Expected an event with an id and a type'],
  ['"evt_1"', 'Expected an event with an id and a type'],
  [{ id: 'evt_1', type: 7 }, 'Expected an event with an id and a type'],
  [{ id: 'evt_1', type: 'invoice.paid', object: 'invoice' }, 'Expected an event'],
])('%j is no event', (body, unclear) => {
  expect(tell(stripe, body)).toEqual({ id: null, events: [{ name: 'unknown', unclear }] })
})

test('an event without an object, or without a time, is unclear', () => {
  const { events } = tell(stripe, eventOf('invoice.paid', invoice, { data: {} }))

  expect(events).toEqual([{ name: 'invoice.paid', unclear: 'data.object: Expected an object' }])
  expect(tell(stripe, eventOf('invoice.paid', invoice, { created: null })).events).toEqual([
    {
      name: 'invoice.paid',
      unclear: 'created: Expected a whole number: current value is null',
    },
  ])
})

test('a thin event says too little, and how to get more', () => {
  const thin = {
    id: 'evt_test_1',
    object: 'v2.core.event',
    type: 'v1.invoice.paid',
    livemode: true,
    created: '2026-03-01T12:00:00.000Z',
    related_object: { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' },
  }

  expect(tell(stripe, thin)).toEqual({
    id: 'evt_test_1',
    events: [
      {
        name: 'v1.invoice.paid',
        unclear:
          'A thin event says what something happened to, and not what: choose Snapshot as the payload style',
      },
    ],
  })
})

const context = {
  facts,
  surveys: new Map(),
  dimensions: [],
  currency: 'USD',
  dayOf: dayFinder('UTC'),
}

test('what is told is of the vocabulary', () => {
  const bodies = [
    eventOf('customer.subscription.created', subscription),
    eventOf('customer.subscription.paused', subscription),
    eventOf('customer.subscription.deleted', subscription),
    eventOf('invoice.created', invoice),
    eventOf('invoice.paid', invoice),
    eventOf('checkout.session.completed', session),
    eventOf('refund.created', refund),
    eventOf('refund.failed', refund),
  ]
  const found = bodies.map((body) => {
    const reading = tell(stripe, body)
    return settle(reading, { source: 's', delivery: String(reading.id) }, context)
  })

  expect(found.map(({ state, reason }) => reason ?? state)).toEqual(bodies.map(() => 'stored'))
  expect(new Set(found.flatMap((one) => one.facts.map(({ type }) => type)))).toEqual(
    new Set(stripe.types),
  )
})

const samples = JSON.parse(readSample('stripe/openapi_fixtures3.json') ?? '{"resources":{}}')
const resources: Readonly<Record<string, object>> = samples.resources
const absent = readSample('stripe/openapi_fixtures3.json') === null

test.skipIf(absent)('Stripe’s own examples of resources are read as they are', () => {
  const told = (type: string, resource: string, change: object = {}) =>
    tell(stripe, eventOf(type, { ...resources[resource], ...change })).events

  const running = { pause_collection: null }
  expect(told('customer.subscription.created', 'subscription', running)).toMatchObject([
    { facts: [{ data: { subscription: 'sub_1Pgc6rB7WZ01zgkWNy0Cn5nw', mrr: '0' } }] },
  ])
  expect(told('invoice.paid', 'invoice')).toEqual([
    { name: 'invoice.paid', ignored: 'Nothing was paid' },
  ])
  expect(
    told('invoice.paid', 'invoice', { amount_paid: 1000, billing_reason: 'subscription_cycle' }),
  ).toMatchObject([
    {
      facts: [
        { data: { order: 'in_1Pgc6tB7WZ01zgkWu9fdqL6I', amount: '10', currency: 'USD' } },
        { data: { subscription: 'subscription' } },
      ],
    },
  ])
  expect(told('checkout.session.completed', 'checkout.session')).toEqual([
    { name: 'checkout.session.completed', ignored: 'Not paid yet' },
  ])
  expect(told('charge.succeeded', 'charge')).toMatchObject([{ name: 'charge.succeeded' }])
  expect(told('refund.created', 'refund')).toMatchObject([
    { facts: [{ data: { order: 'ch_1PgafuB7WZ01zgkWXYmPNZs8', amount: '1' } }] },
  ])
  expect(told('invoice_payment.paid', 'invoice_payment')).toMatchObject([
    { ignored: 'Kept for refunds, which name the payment only' },
  ])
})

test.skipIf(absent)('an item of Stripe’s own example counts in packages', () => {
  const { items } = resources['subscription'] as { items: { data: { price: object }[] } }
  const [first] = items.data
  const whole = { ...first, price: { ...first?.price, transform_quantity: null } }
  const body = { ...resources['subscription'], pause_collection: null, items: { data: [whole] } }

  expect(only('customer.subscription.created', body)).toMatchObject([
    { facts: [{ data: { mrr: '20', plan: 'price_1PgafmB7WZ01zgkW6dKueIc5' } }] },
  ])
})

test.skipIf(absent)('every resource of Stripe’s is read in every event, one way or another', () => {
  const types = stripe.becomes.flatMap(([names]) => names.split(', '))
  for (const type of [...types, 'customer.subscription.resumed', 'refund.updated']) {
    for (const object of Object.values(resources)) {
      const { events } = tell(stripe, eventOf(type, object))
      expect(events).toHaveLength(1)
    }
  }
})

test.skipIf(readSample('stripe/event_plan.created.json') === null)(
  'Stripe’s own example of an event is of test mode',
  () => {
    const body = readSample('stripe/event_plan.created.json') ?? ''

    expect(tell(stripe, body).events).toEqual([{ name: 'plan.created', ignored: 'Test mode' }])
    expect(tell(stripe, body, { config: { test: true } }).events).toEqual([
      { name: 'plan.created', ignored: 'No event that is counted' },
    ])
  },
)

test('whatever the body, reading it ends well', () => {
  const given = {
    headers: new Map(),
    memory: new Map(),
    dayOf: inUtc,
    received: 0,
    config: { test: true },
  }
  const bodies = [
    updateOf(subscription, { status: 'trialing', items: { data: [item] } }),
    eventOf('customer.subscription.deleted', subscription),
    eventOf('invoice.created', invoice),
    eventOf('invoice.paid', { ...invoice, charge: 'ch_1' }),
    eventOf('invoice_payment.paid', { invoice: 'in_1', payment: { payment_intent: 'pi_1' } }),
    eventOf('checkout.session.completed', session),
    updateOf(refund, { status: 'pending' }, 'refund.updated'),
    eventOf('refund.failed', refund),
  ]
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), ...bodies.map(bent)), (body) => {
      const { events } = stripe.read(body, given)
      expect(events.length).toBe(1)
      expect(events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)).toBe(
        true,
      )
      expect(stripe.recalls?.(body).length).toBeLessThanOrEqual(2)
    }),
    { numRuns: 500 },
  )
})

test('only a switch for test mode may be set', () => {
  const config = v.strictObject(stripe.config)

  expect(v.safeParse(config, { test: true }).success).toBe(true)
  expect(v.safeParse(config, {}).success).toBe(true)
  expect(v.safeParse(config, { test: 'yes' }).issues?.[0]?.message).toBe(
    'Expected true where test mode is to be counted',
  )
})

// Derived (Stripe publishes none of a whole header): see also the vectors of its HMAC below.
const vector = {
  body: JSON.stringify({ id: 'evt_test_webhook', object: 'event' }, null, 2),
  secret: 'whsec_test_secret',
  signature: 'af4ead0627a34a8cca29808e8de9ada8e41a92e6237c63cef6eacf51d36cca34',
  now: 1_614_265_330_000,
}

const signed = (header: string, secrets: readonly string[], now = vector.now) =>
  verified(stripe, { body: vector.body, headers: { 'stripe-signature': header } }, secrets, { now })

const unfit = { ok: false, reason: 'The signature fits no secret in use' }

test('the secret is used as it is written', async () => {
  const header = `t=1614265330,v1=${vector.signature}`

  expect(await signed(header, [vector.secret])).toEqual({ ok: true })
  expect(await signed(header, ['test_secret'])).toEqual(unfit)
  expect(await signed(header, ['whsec_other_secret', vector.secret])).toEqual({ ok: true })
  expect(await signed(`t=1614265331,v1=${vector.signature}`, [vector.secret])).toEqual(unfit)
  expect(await signed(`t=1614265330,v0=${vector.signature}`, [vector.secret])).toEqual({
    ok: false,
    reason: 'Stripe-Signature holds no v1 in lower-case hexadecimal',
  })
  expect(await verified(stripe, { body: vector.body }, [vector.secret])).toEqual({
    ok: false,
    reason: 'Stripe-Signature is missing',
  })
})

test.each([
  [299, true],
  [-299, true],
  [301, false],
  [-301, false],
])('a signature %i seconds ago is good: %j', async (ago, ok) => {
  const header = `t=1614265330,v1=${vector.signature}`

  expect(await signed(header, [vector.secret], vector.now + ago * 1000)).toMatchObject({ ok })
})

test.each([
  ['', 'f7f9bd47fb987337b5796fdc1fdb9ba221d0d5396814bfcaf9521f43fd8927fd'],
  [
    '{"obj1":"hello","obj2":"world"}',
    'bebb1a643997f419b315ddba19e6f5411e1ce7f810ba6d3617ce72823092f363',
  ],
  ['😀', '837da296d05c4fe31f61d5d7ead035099d9585a5bcde87de952012a78f0b0c43'],
])('Stripe’s library makes the same of %j', async (text, published) => {
  const key = 'test_secret'
  const signature = createHmac('sha256', key).update(`1614265330.${text}`).digest('hex')
  const headers = { 'stripe-signature': `t=1614265330,v1=${signature}` }

  expect(createHmac('sha256', key).update(text).digest('hex')).toBe(published)
  expect(await verified(stripe, { body: text, headers }, [key], { now: vector.now })).toEqual({
    ok: true,
  })
})

test.each([
  ['whsec_test_secret', null],
  ['', 'The secret is blank'],
  ['whsec_test_secret\n', 'The secret has blanks or a line break at one end'],
  ['whsec_', 'Expected a secret of 8 to 500 characters'],
  ['sk_live_abcdefgh', 'Expected the signing secret, which begins with whsec_'],
])('of %j as a secret is said: %j', (secret, rule) => {
  expect(stripe.scheme({}).secretRule(secret)).toBe(rule)
})
