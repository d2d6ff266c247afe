import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64, utf8 } from '../../src/bytes.ts'
import { dayFinder } from '../../src/day.ts'
import { contentDigest, parseBody, settle } from '../../src/delivery.ts'
import { facts } from '../../src/facts/index.ts'
import type { Told } from '../../src/source.ts'
import { chargebee } from '../../src/sources/chargebee.ts'
import { mutants } from './mutants.ts'
import { tell, verified, inUtc } from './sample.ts'

// Excerpt of gist.github.com/bhoggard/fc4888d2c74e52dceaafbaf2fb976fc2 (2024, Product Catalog 2.0).
const subscription = {
  id: '169vvoU3YUvoI75i',
  billing_period: 1,
  billing_period_unit: 'month',
  customer_id: '16CRpYTwv1YYb63b',
  status: 'active',
  current_term_start: 1_707_265_233,
  current_term_end: 1_709_770_833,
  started_at: 1_707_265_233,
  activated_at: 1_707_265_233,
  resource_version: 1_707_265_233_591,
  deleted: false,
  currency_code: 'USD',
  subscription_items: [
    {
      item_price_id: 'Netvvrk-Monthly-USD-Monthly',
      item_type: 'plan',
      quantity: 1,
      unit_price: 7_900,
      amount: 7_900,
      free_quantity: 0,
    },
  ],
}

// Excerpt of what Chargebee sent in 2017, as an app public on GitHub keeps it (Product Catalog 1.0).
const invoice = {
  id: '17251',
  customer_id: '1mkVvvQQMKsrmvkf3',
  subscription_id: '1mkVvvQQMKsrmvkf3',
  recurring: true,
  status: 'paid',
  date: 1_502_540_265,
  total: 1_800,
  amount_paid: 1_800,
  credits_applied: 0,
  amount_due: 0,
  paid_at: 1_502_540_267,
  first_invoice: false,
  currency_code: 'USD',
  line_items: [
    {
      id: 'li_1sjs9ZNQS5ZpnPeBi',
      date_from: 1_502_540_265,
      date_to: 1_505_218_665,
      subscription_id: '1mkVvvQQMKsrmvkf3',
      amount: 1_800,
      entity_type: 'plan',
      entity_id: '17-dog-basic-monthly',
    },
  ],
}

const term = {
  id: '1mkVvvQQMKsrmvkf3',
  customer_id: '1mkVvvQQMKsrmvkf3',
  plan_id: '17-dog-basic-monthly',
  billing_period: 1,
  billing_period_unit: 'month',
  status: 'active',
  current_term_start: 1_502_540_265,
  current_term_end: 1_505_218_665,
  started_at: 1_497_269_865,
  activated_at: 1_497_269_865,
  resource_version: 1_502_540_268_660,
  currency_code: 'USD',
  mrr: 1_800,
}

const refund = {
  id: 'txn_refund',
  type: 'refund',
  status: 'success',
  date: 1_503_000_000,
  amount: 500,
  currency_code: 'USD',
  linked_credit_notes: [{ cn_id: 'CN-1', cn_reference_invoice_id: '17251' }],
}

const ev = 'ev_169vvoU3YUvqS75n'

const eventOf = (type: string, content: object, change: object = {}) => ({
  id: ev,
  occurred_at: 1_707_265_233,
  source: 'admin_console',
  object: 'event',
  api_version: 'v2',
  content,
  event_type: type,
  webhook_status: 'scheduled',
  ...change,
})

const withStatus = (status: string, change: object = {}) => ({
  subscription: { ...subscription, status, ...change },
})

/** The events of a body, which is what most of the tests ask for. */
const eventsOf = (type: string, content: object, change: object = {}) =>
  tell(chargebee, eventOf(type, content, change)).events

/** The only fact of a body. */
/** The first fact of an event, under the name that it shares with the delivery. */
function factOf(type: string, content: object, change: object = {}): Told | undefined {
  const { id, events } = tell(chargebee, eventOf(type, content, change))
  const [fact] = events.flatMap((one) => ('facts' in one ? one.facts : []))
  return fact === undefined ? undefined : { ...(id !== ev && id !== null && { id }), ...fact }
}

const begun: Told = {
  id: 'started:169vvoU3YUvoI75i',
  type: 'subscription.started',
  time: Date.parse('2024-02-07T00:20:33Z'),
  data: {
    subscription: '169vvoU3YUvoI75i',
    customer: '16CRpYTwv1YYb63b',
    mrr: '79',
    currency: 'USD',
    plan: 'Netvvrk-Monthly-USD-Monthly',
  },
}

test('a subscription starts once, whichever of its events says so', () => {
  expect(factOf('subscription_created', { subscription })).toEqual(begun)
  expect(factOf('subscription_started', { subscription })).toEqual(begun)
  expect(factOf('subscription_created_with_backdating', { subscription })).toEqual(begun)
})

test('a trial charges nothing until it ends', () => {
  const trial = withStatus('in_trial', { mrr: 7_900 })

  expect(eventsOf('subscription_created', trial)).toMatchObject([
    { facts: [{ type: 'subscription.started', data: { mrr: '0' } }] },
  ])
  expect(tell(chargebee, eventOf('subscription_activated', { subscription }))).toEqual({
    id: ev,
    events: [
      {
        name: 'subscription_activated',
        facts: [
          {
            type: 'subscription.changed',
            time: 1_707_265_233_591,
            data: { subscription: '169vvoU3YUvoI75i', mrr: '79', currency: 'USD' },
          },
        ],
      },
    ],
  })
})

test('a subscription without its customer takes the event’s', () => {
  const bare = { subscription: { ...subscription, customer_id: null }, customer: { id: 'C' } }

  expect(eventsOf('subscription_created', bare)).toMatchObject([
    { facts: [{ data: { customer: 'C' } }] },
  ])
})

test.each([
  ['subscription_created', 'future', 'It has not started yet'],
  ['subscription_created', 'cancelled', 'It has already ended'],
  ['subscription_changed', 'future', 'It has not started yet'],
  ['subscription_deleted', 'future', 'It was not running'],
  ['subscription_deleted', 'cancelled', 'It was not running'],
])('%s of a subscription that is %s', (type, status, ignored) => {
  expect(eventsOf(type, withStatus(status))).toEqual([{ name: type, ignored }])
})

test.each([
  ['subscription_changed', 'active', '79'],
  ['subscription_changed_with_backdating', 'active', '79'],
  ['subscription_ramp_applied', 'active', '79'],
  ['subscription_changed', 'in_trial', '0'],
  ['subscription_paused', 'paused', '0'],
  ['subscription_resumed', 'active', '79'],
  ['subscription_activated_with_backdating', 'active', '79'],
])('%s: %s, a month now comes to %s', (type, status, mrr) => {
  expect(eventsOf(type, withStatus(status))).toMatchObject([
    { facts: [{ type: 'subscription.changed', data: { mrr } }] },
  ])
})

test('the time of a change is the event’s, finer where the resource’s version is of that second', () => {
  const timeOf = (resource_version: unknown) =>
    factOf('subscription_changed', { subscription: { ...subscription, resource_version } })?.time

  expect(timeOf(1_707_265_233_999)).toBe(1_707_265_233_999)
  expect(timeOf(1_707_265_234_000)).toBe(1_707_265_233_000)
  expect(timeOf(1_707_265_233_000.5)).toBe(1_707_265_233_000)
  expect(timeOf('1707265233591')).toBe(1_707_265_233_000)
})

test('what comes back after its end starts anew', () => {
  const again = { occurred_at: 1_710_000_000 }

  expect(factOf('subscription_reactivated', { subscription }, again)).toEqual({
    ...begun,
    id: 'restarted:169vvoU3YUvoI75i:1710000000',
    time: 1_710_000_000_000,
  })
})

// The event itself: subscription_renewed of the app above.
test('a renewal that is paid at once is due and renewed', () => {
  const renewal = eventOf('subscription_renewed', { subscription: term, invoice })

  expect(tell(chargebee, renewal)).toEqual({
    id: 'due:1mkVvvQQMKsrmvkf3:1502540265',
    events: [
      {
        name: 'subscription_renewed',
        facts: [
          {
            type: 'subscription.due',
            time: 1_502_540_265_000,
            data: { subscription: '1mkVvvQQMKsrmvkf3' },
          },
          {
            id: 'renewed:1mkVvvQQMKsrmvkf3:1502540265',
            type: 'subscription.renewed',
            time: 1_502_540_267_000,
            data: { subscription: '1mkVvvQQMKsrmvkf3' },
          },
        ],
      },
    ],
  })
})

test('a renewal that is not paid yet is due, and renewed when it is paid', () => {
  const unpaid = { ...invoice, status: 'payment_due', amount_paid: 0 }
  const late = { ...invoice, paid_at: 1_502_900_000 }

  expect(eventsOf('subscription_renewed', { subscription: term, invoice: unpaid })).toEqual([
    {
      name: 'subscription_renewed',
      facts: [expect.objectContaining({ type: 'subscription.due' })],
    },
  ])
  expect(factOf('payment_succeeded', { subscription: term, invoice: late })).toEqual({
    id: 'renewed:1mkVvvQQMKsrmvkf3:1502540265',
    type: 'subscription.renewed',
    time: 1_502_900_000_000,
    data: { subscription: '1mkVvvQQMKsrmvkf3' },
  })
})

test('a renewal without an invoice of its own is renewed when it is due', () => {
  expect(eventsOf('subscription_renewed', { subscription: term })).toMatchObject([
    { facts: [{ type: 'subscription.due' }, { type: 'subscription.renewed' }] },
  ])
})

const line = (change: object) => ({ line_items: [{ ...invoice.line_items[0], ...change }] })

test.each([
  ['of the first invoice', {}, { first_invoice: true }],
  ['of the term that activated it', { activated_at: 1_502_540_265 }, {}],
  ['of a change amid the term', {}, line({ date_from: 1_502_600_000 })],
  ['of an addon alone', {}, line({ entity_type: 'addon_item_price' })],
  ['of another subscription', {}, line({ subscription_id: 'another' })],
  ['of a part', {}, { status: 'payment_due' }],
  ['of nothing in particular', {}, { line_items: null }],
])('a payment %s renews nothing', (_, ofTerm, ofInvoice) => {
  const content = { subscription: { ...term, ...ofTerm }, invoice: { ...invoice, ...ofInvoice } }

  expect(eventsOf('payment_succeeded', content)).toEqual([
    { name: 'payment_succeeded', ignored: 'Its invoice tells what was paid' },
  ])
})

test('a payment without a subscription or invoice renews nothing', () => {
  const ignored = [{ name: 'payment_succeeded', ignored: 'Its invoice tells what was paid' }]

  expect(eventsOf('payment_succeeded', { invoice })).toEqual(ignored)
  expect(eventsOf('payment_succeeded', { subscription: term })).toEqual(ignored)
})

test('a plan of Product Catalog 2.0 is renewed as well', () => {
  const content = {
    subscription: term,
    invoice: { ...invoice, ...line({ entity_type: 'plan_item_price' }) },
  }

  expect(eventsOf('payment_succeeded', content)).toMatchObject([
    { facts: [{ type: 'subscription.renewed' }] },
  ])
})

test.each([['invoice_generated'], ['invoice_updated']])(
  'a paid invoice is one order, also by %s',
  (type) => {
    expect(factOf(type, { invoice })).toEqual({
      id: 'invoice.paid:17251',
      type: 'order.placed',
      time: Date.parse('2017-08-12T12:17:47Z'),
      data: {
        order: '17251',
        customer: '1mkVvvQQMKsrmvkf3',
        amount: '18',
        currency: 'USD',
        channel: undefined,
      },
    })
  },
)

test('an order is the money that came in, in the units of its currency', () => {
  const amountOf = (change: object) =>
    factOf('invoice_updated', { invoice: { ...invoice, ...change } })?.data['amount']

  expect(amountOf({ total: 5_000, credits_applied: 3_750, amount_paid: 1_250 })).toBe('12.5')
  expect(amountOf({ currency_code: 'jpy' })).toBe('1800')
})

test.each([
  [{ status: 'payment_due' }, 'The invoice is not paid'],
  [{ status: 'voided' }, 'The invoice is not paid'],
  [{ amount_paid: 0 }, 'No money was paid: it costs nothing, or credits covered it'],
])('an invoice with %j is no order', (change, ignored) => {
  expect(eventsOf('invoice_updated', { invoice: { ...invoice, ...change } })).toEqual([
    { name: 'invoice_updated', ignored },
  ])
})

test('money is paid back to the invoice it came from', () => {
  expect(factOf('payment_refunded', { transaction: refund })).toEqual({
    type: 'order.refunded',
    time: 1_503_000_000_000,
    data: { order: '17251', amount: '5', currency: 'USD' },
  })
})

test('the invoice of a refund is the one beside it, else the one of its credit note', () => {
  const orderOf = (beside: object) =>
    factOf('payment_refunded', { transaction: refund, ...beside })?.data['order']
  const credit_note = { id: 'CN-1', reference_invoice_id: 'I-2' }

  expect(orderOf({ credit_note, invoice: { id: 'I-1' } })).toBe('I-1')
  expect(orderOf({ credit_note })).toBe('I-2')
})

test.each([
  [{ status: 'in_progress' }, 'No money was paid back yet'],
  [{ linked_credit_notes: [] }, 'The money belonged to no invoice'],
])('a refund with %j is none', (change, ignored) => {
  expect(eventsOf('payment_refunded', { transaction: { ...refund, ...change } })).toEqual([
    { name: 'payment_refunded', ignored },
  ])
})

// Excerpt of the event that a test of BlockJoy's API keeps (2023).
test('a subscription is cancelled when it has ended, and once', () => {
  const ended = {
    id: 'Azz5eSTos9KFABDRX',
    status: 'cancelled',
    started_at: 1_693_813_618,
    cancelled_at: 1_693_902_804,
    cancel_schedule_created_at: 1_693_902_526,
    mrr: 0,
  }

  expect(factOf('subscription_cancelled', { subscription: ended })).toEqual({
    id: 'cancelled:Azz5eSTos9KFABDRX:1693902804',
    type: 'subscription.cancelled',
    time: Date.parse('2023-09-05T08:33:24Z'),
    data: { subscription: 'Azz5eSTos9KFABDRX', reason: undefined },
  })
  expect(factOf('subscription_canceled_with_backdating', { subscription: ended })?.id).toBe(
    'cancelled:Azz5eSTos9KFABDRX:1693902804',
  )
})

test.each([
  [{ cancel_reason: 'not_paid' }, 'not_paid'],
  [{ cancel_reason: 'not_paid', cancel_reason_code: 'Too expensive' }, 'Too expensive'],
])('%j: the team’s own reason comes before Chargebee’s', (change, reason) => {
  const ended = withStatus('cancelled', { cancelled_at: 1_707_300_000, ...change })

  expect(eventsOf('subscription_cancelled', ended)).toMatchObject([
    { facts: [{ data: { reason } }] },
  ])
})

test('what had never started is not cancelled, and what is deleted has ended', () => {
  const never = withStatus('cancelled', { started_at: null, cancelled_at: 1_707_300_000 })

  expect(eventsOf('subscription_cancelled', never)).toEqual([
    { name: 'subscription_cancelled', ignored: 'It had never started' },
  ])
  expect(factOf('subscription_deleted', { subscription })).toEqual({
    type: 'subscription.cancelled',
    time: 1_707_265_233_000,
    data: { subscription: '169vvoU3YUvoI75i', reason: 'deleted' },
  })
})

test.each([
  ['subscription_cancellation_scheduled', 'It has not happened yet'],
  ['subscription_changes_scheduled', 'It has not happened yet'],
  ['subscription_trial_end_reminder', 'It has not happened yet'],
  ['customer_changed', 'Only subscriptions and money are counted'],
  ['credit_note_created', 'Only subscriptions and money are counted'],
  ['payment_failed', 'Only subscriptions and money are counted'],
  ['__proto__', 'Only subscriptions and money are counted'],
])('%s is ignored', (type, ignored) => {
  expect(tell(chargebee, eventOf(type, {}))).toEqual({
    id: ev,
    events: [{ name: type, ignored }],
  })
})

// The example of hookdeck/webhook-skills, skills/chargebee-webhooks/references/overview.md.
test('a subscription that does not say what it charges is unclear', () => {
  const plain = {
    id: '16BHbhF4s42tO2lJ',
    customer_id: '16BHbhF4s42tO2lI',
    plan_id: 'basic-monthly',
    status: 'active',
    current_term_start: 1_704_067_200,
    current_term_end: 1_706_745_600,
    created_at: 1_704_067_200,
  }

  expect(eventsOf('subscription_created', { subscription: plain })).toEqual([
    {
      name: 'subscription_created',
      unclear: 'currency_code: Expected a text or number: current value is missing',
    },
  ])
})

test.each([
  ['subscription_created', {}, 'content.subscription: Expected an object'],
  ['subscription_renewed', { subscription: [] }, 'content.subscription: Expected an object'],
  ['invoice_updated', { invoice: 7 }, 'content.invoice: Expected an object'],
  [
    'invoice_updated',
    { invoice: { ...invoice, paid_at: '2017-08-12' } },
    'paid_at: Expected a whole number: current value is "2017-08-12"',
  ],
  ['payment_refunded', { invoice }, 'content.transaction: Expected an object'],
])('%s with %j is unclear', (type, content, unclear) => {
  expect(eventsOf(type, content)).toEqual([{ name: type, unclear }])
})

test('a body that names no event is strange', () => {
  const strange = {
    id: null,
    events: [{ name: 'unknown', unclear: 'Expected an event with its type' }],
  }

  expect(tell(chargebee, { ...eventOf('x', {}), event_type: 7 })).toEqual(strange)
  expect(tell(chargebee, [])).toEqual(strange)
})

test('a delivery is called as what it tells, and otherwise as its event', () => {
  expect(tell(chargebee, eventOf('invoice_updated', { invoice })).id).toBe('invoice.paid:17251')
  expect(tell(chargebee, eventOf('invoice_updated', { invoice: {} })).id).toBe(ev)
  expect(tell(chargebee, eventOf('invoice_voided', { invoice }, { id: null })).id).toBeNull()
})

test('attempts to deliver the same event are the same', async () => {
  const digestOf = (change: object) => {
    const bytes = utf8(JSON.stringify(eventOf('customer_changed', {}, change)))
    return contentDigest(chargebee, parseBody('json', bytes), bytes)
  }
  const attempt = {
    webhook_status: 're_scheduled',
    webhook_failure_reason: 'Timeout',
    webhooks: [],
  }

  expect(await digestOf(attempt)).toBe(await digestOf({}))
  expect(await digestOf({ id: 'ev_2' })).not.toBe(await digestOf({}))
})

const bodies = [
  eventOf('subscription_created', { subscription }),
  eventOf('subscription_changed', { subscription: term }),
  eventOf('subscription_reactivated', { subscription }),
  eventOf('subscription_renewed', { subscription: term, invoice }),
  eventOf('payment_succeeded', { subscription: term, invoice }),
  eventOf('subscription_cancelled', withStatus('cancelled', { cancelled_at: 1_707_300_000 })),
  eventOf('subscription_deleted', { subscription }),
  eventOf('invoice_updated', { invoice }),
  eventOf('payment_refunded', { transaction: refund, invoice }),
]

const context = {
  facts,
  surveys: new Map(),
  dimensions: [],
  currency: 'EUR',
  dayOf: dayFinder('Europe/Berlin'),
}

test('what is told are facts of the types that are declared, and they are stored', () => {
  const told = bodies.map((body) => tell(chargebee, body))
  const settled = told.map((reading) =>
    settle(reading, { source: 'chargebee', delivery: reading.id ?? 'none' }, context),
  )

  expect(settled.map(({ state, reason }) => [state, reason])).toEqual(
    bodies.map(() => ['stored', null]),
  )
  expect(new Set(settled.flatMap((one) => one.facts.map(({ type }) => type)))).toEqual(
    new Set(chargebee.types),
  )
})

const read = (body: unknown) =>
  chargebee.read(body, {
    config: {},
    headers: new Map(),
    memory: new Map(),
    dayOf: inUtc,
    received: 0,
  })

const isAnswered = (body: unknown) =>
  read(body).events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)

test('whatever else a body holds, reading it ends well', () => {
  const broken = bodies.flatMap((body) =>
    [...mutants(body)].filter((mutant) => !isAnswered(mutant.body)).map(({ how }) => how),
  )

  expect(broken).toEqual([])
  fc.assert(fc.property(fc.jsonValue(), isAnswered))
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.jsonValue(), (body, content) =>
      isAnswered({ ...body, content }),
    ),
  )
})

const secret = 'tidemark:a long: password'
const basic = (text: string) => ({ authorization: `Basic ${base64(utf8(text))}` })

test.each([
  ['the user and password', basic(secret), true],
  [
    'the scheme in other letters',
    { authorization: basic(secret).authorization.replace('B', 'b') },
    true,
  ],
  ['another password', basic('tidemark:another password'), false],
  ['a part of the password', basic(secret.slice(0, -1)), false],
  ['the user alone', basic('tidemark'), false],
  ['another scheme', { authorization: `Digest ${base64(utf8(secret))}` }, false],
  [
    'both twice',
    { authorization: `${basic(secret).authorization}, ${basic(secret).authorization}` },
    false,
  ],
  ['no base64', { authorization: 'Basic tidemark' }, false],
  ['an empty header', { authorization: '' }, false],
  ['no header', {}, false],
])('%s', async (_, headers, ok) => {
  expect(await verified(chargebee, { body: '{}', headers }, [secret])).toMatchObject({ ok })
})

test('the old password fits as long as it is in use', async () => {
  const sent = { body: '{}', headers: basic(secret) }

  expect(await verified(chargebee, sent, ['tidemark:the new password', secret])).toEqual({
    ok: true,
  })
  expect(await verified(chargebee, sent, ['tidemark:the new password'])).toEqual({
    ok: false,
    reason: 'The credentials fit no secret in use',
  })
})

test.each([
  ['user:password', 'Expected at least 16 characters: it is sent as it is'],
  ['', 'The secret is blank'],
  [`${secret}\n`, 'The secret has blanks or a line break at one end'],
  [secret, null],
])('as a secret, %j', (text, rule) => {
  expect(chargebee.scheme({}).secretRule(text)).toBe(rule)
})
