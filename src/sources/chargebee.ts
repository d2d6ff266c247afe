import {
  at,
  currencyAt,
  isObject,
  listAt,
  majorAt,
  optionalTextAt,
  secondsAt,
  textAt,
} from '../at.ts'
import { findId } from '../answer.ts'
import { chargeOf, planOf } from '../vendors/chargebee-charge.ts'
import { invalid } from '../problem.ts'
import { credentials } from '../scheme.ts'
import {
  type Meaning,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  single,
  strange,
} from '../source.ts'

type Tell = (body: unknown) => Meaning

/** One of the resources that an event carries. */
function partOf(body: unknown, name: string): unknown {
  const part = at(body, `content.${name}`)
  if (!isObject(part)) throw invalid(`content.${name}`, 'Expected an object')
  return part
}

/**
 * When an event happened. The version of what it changed is the same moment in milliseconds, so that two
 * changes within a second keep their order.
 */
function happenedAt(body: unknown, part: unknown): number {
  const time = secondsAt(body, 'occurred_at')
  const version = at(part, 'resource_version')
  const finer = Number.isSafeInteger(version) && Math.floor(Number(version) / 1000) * 1000 === time
  return finer ? Number(version) : time
}

function begun(body: unknown, id: string, time: number): Told {
  const subscription = partOf(body, 'subscription')
  return {
    id,
    type: 'subscription.started',
    time,
    data: {
      ...chargeOf(subscription),
      customer: optionalTextAt(subscription, 'customer_id') ?? textAt(body, 'content.customer.id'),
      plan: planOf(subscription),
    },
  }
}

const started: Tell = (body) => {
  const subscription = partOf(body, 'subscription')
  const status = textAt(subscription, 'status')
  if (status === 'future') return ignore('It has not started yet')
  if (status === 'cancelled') return ignore('It has already ended')
  const stated = optionalTextAt(subscription, 'started_at') !== undefined
  const time = stated ? secondsAt(subscription, 'started_at') : secondsAt(body, 'occurred_at')
  return begun(body, `started:${textAt(subscription, 'id')}`, time)
}

const reactivated: Tell = (body) => {
  const id = textAt(partOf(body, 'subscription'), 'id')
  const time = secondsAt(body, 'occurred_at')
  return begun(body, `restarted:${id}:${time / 1000}`, time)
}

const changed: Tell = (body) => {
  const subscription = partOf(body, 'subscription')
  if (textAt(subscription, 'status') === 'future') return ignore('It has not started yet')
  return {
    type: 'subscription.changed',
    time: happenedAt(body, subscription),
    data: chargeOf(subscription),
  }
}

/** A term begins, paid or not; without an invoice of its own there is nothing to wait for. */
const due: Tell = (body) => {
  const term = partOf(body, 'subscription')
  const subscription = textAt(term, 'id')
  const time = secondsAt(term, 'current_term_start')
  const id = `due:${subscription}:${time / 1000}`
  const known: Told = { id, type: 'subscription.due', time, data: { subscription } }
  const invoice = at(body, 'content.invoice')
  if (!isObject(invoice)) return [known, renewed(term, secondsAt(body, 'occurred_at'))]
  if (textAt(invoice, 'status') !== 'paid') return known
  return [known, renewed(term, secondsAt(invoice, 'paid_at'))]
}

function renewed(term: unknown, time: number): Told {
  const subscription = textAt(term, 'id')
  const id = `renewed:${subscription}:${secondsAt(term, 'current_term_start') / 1000}`
  return { id, type: 'subscription.renewed', time, data: { subscription } }
}

/** What was due and not paid at once is renewed when it is; the money is told by the invoice. */
const collected: Tell = (body) => {
  const term = at(body, 'content.subscription')
  const invoice = at(body, 'content.invoice')
  const other = ignore('Its invoice tells what was paid')
  if (!isObject(term) || !isObject(invoice) || at(invoice, 'status') !== 'paid') return other
  // The first term begins with the activation, and a change amid a term is charged from amid it.
  const begins = secondsAt(term, 'current_term_start') / 1000
  const first = at(invoice, 'first_invoice') === true || at(term, 'activated_at') === begins
  const renews = listAt(invoice, 'line_items').some(
    (line) =>
      ['plan', 'plan_item_price'].includes(textAt(line, 'entity_type')) &&
      at(line, 'date_from') === begins &&
      at(line, 'subscription_id') === at(term, 'id'),
  )
  return renews && !first ? renewed(term, secondsAt(invoice, 'paid_at')) : other
}

const cancelled: Tell = (body) => {
  const ended = partOf(body, 'subscription')
  if (optionalTextAt(ended, 'started_at') === undefined) return ignore('It had never started')
  const subscription = textAt(ended, 'id')
  const time = secondsAt(ended, 'cancelled_at')
  return {
    id: `cancelled:${subscription}:${time / 1000}`,
    type: 'subscription.cancelled',
    time,
    data: {
      subscription,
      reason: optionalTextAt(ended, 'cancel_reason_code') ?? optionalTextAt(ended, 'cancel_reason'),
    },
  }
}

const deleted: Tell = (body) => {
  const subscription = partOf(body, 'subscription')
  const status = textAt(subscription, 'status')
  if (status === 'future' || status === 'cancelled') return ignore('It was not running')
  const data = { subscription: textAt(subscription, 'id'), reason: 'deleted' }
  return { type: 'subscription.cancelled', time: secondsAt(body, 'occurred_at'), data }
}

/** Each event of a paid invoice says so; credits are money that was counted when it came in. */
const paid: Tell = (body) => {
  const invoice = partOf(body, 'invoice')
  if (textAt(invoice, 'status') !== 'paid') return ignore('The invoice is not paid')
  const currency = currencyAt(invoice, 'currency_code')
  const amount = majorAt(invoice, 'amount_paid', currency)
  if (amount === '0') return ignore('No money was paid: it costs nothing, or credits covered it')
  return {
    id: `invoice.paid:${textAt(invoice, 'id')}`,
    type: 'order.placed',
    time: secondsAt(invoice, 'paid_at'),
    data: {
      order: textAt(invoice, 'id'),
      customer: textAt(invoice, 'customer_id'),
      amount,
      currency,
      channel: optionalTextAt(invoice, 'channel'),
    },
  }
}

const paidBack: Tell = (body) => {
  const refund = partOf(body, 'transaction')
  if (textAt(refund, 'status') !== 'success') return ignore('No money was paid back yet')
  const order =
    optionalTextAt(body, 'content.invoice.id') ??
    optionalTextAt(body, 'content.credit_note.reference_invoice_id') ??
    optionalTextAt(listAt(refund, 'linked_credit_notes')[0], 'cn_reference_invoice_id')
  if (order === undefined) return ignore('The money belonged to no invoice')
  const currency = currencyAt(refund, 'currency_code')
  return {
    type: 'order.refunded',
    time: secondsAt(refund, 'date'),
    data: { order, amount: majorAt(refund, 'amount', currency), currency },
  }
}

const tellers: ReadonlyMap<string, Tell> = new Map([
  ['subscription_created', started],
  ['subscription_started', started],
  ['subscription_reactivated', reactivated],
  ['subscription_activated', changed],
  ['subscription_changed', changed],
  ['subscription_ramp_applied', changed],
  ['subscription_paused', changed],
  ['subscription_resumed', changed],
  ['subscription_renewed', due],
  ['subscription_cancelled', cancelled],
  ['subscription_canceled', cancelled],
  ['subscription_deleted', deleted],
  ['payment_succeeded', collected],
  ['payment_refunded', paidBack],
  ['invoice_generated', paid],
  ['invoice_updated', paid],
])

function tellerOf(name: string): Tell {
  if (/_(?:scheduled|reminder)$/.test(name)) return () => ignore('It has not happened yet')
  const tell = tellers.get(name.replace(/_with_backdating$/, ''))
  return tell ?? (() => ignore('Only subscriptions and money are counted'))
}

function read(body: unknown): Reading {
  const name = at(body, 'event_type')
  if (typeof name !== 'string' || name === '') return strange('Expected an event with its type')
  const found = event(name, () => tellerOf(name)(body))
  return single(found, findId(body, 'id'))
}

/** Chargebee: subscriptions of either product catalog, and invoices once they are paid. */
export const chargebee = defineSource({
  vendor: 'chargebee',
  label: 'Chargebee',
  docs: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
  config: {},
  scheme: () => credentials,
  format: 'json',
  keeps: [],
  volatile: ['webhook_status', 'webhook_failure_reason', 'webhooks'],
  types: [
    'order.placed',
    'order.refunded',
    'subscription.started',
    'subscription.changed',
    'subscription.due',
    'subscription.renewed',
    'subscription.cancelled',
  ],
  read,
  setup: [
    'Make up a user name and a password and create the source here with both as its secret, joined by ' +
      'a colon: `user:password`, at least 16 characters. Copy its `url`.',
    'In Chargebee open Settings → Configure Chargebee → API Keys and Webhooks → Webhooks and choose Add ' +
      'Webhook. A test site is a site of its own and needs a source of its own.',
    'Paste the `url`, choose to protect it with basic authentication, and fill in the user name and the ' +
      'password.',
    'Choose API version V2 and all events, or at least those in the table below.',
  ],
  becomes: [
    [
      'subscription_created, subscription_started',
      '`subscription.started` once it has begun, with an MRR of 0 in a trial; a future one is ignored',
    ],
    [
      'subscription_activated, subscription_changed, subscription_ramp_applied, subscription_paused, ' +
        'subscription_resumed',
      '`subscription.changed`: Chargebee’s own MRR where the body has it, otherwise what plan and ' +
        'recurring addons charge a month, without discounts; 0 while paused',
    ],
    ['subscription_reactivated', '`subscription.started` once more'],
    [
      'subscription_renewed',
      '`subscription.due` when its term begins, and `subscription.renewed` unless its invoice is unpaid',
    ],
    [
      'payment_succeeded',
      '`subscription.renewed` where it pays for a term that has begun; otherwise ignored, as its ' +
        'invoice tells the money',
    ],
    [
      'subscription_cancelled, subscription_deleted',
      '`subscription.cancelled` when it has ended; one that had never started is ignored',
    ],
    [
      'invoice_generated, invoice_updated',
      '`order.placed` once the invoice is paid: the money paid, with tax and without credits applied; ' +
        'otherwise ignored',
    ],
    ['payment_refunded', '`order.refunded` of the invoice: the money paid back'],
    ['credit notes, what is scheduled, reminders, other events', 'ignored'],
  ],
})
