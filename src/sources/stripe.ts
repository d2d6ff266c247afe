import * as v from 'valibot'
import { at, isObject, secondsAt } from '../at.ts'
import { invalid } from '../problem.ts'
import { sharedSecretRule } from '../scheme.ts'
import { type Reading, defineSource, event, ignore, single, strange } from '../source.ts'
import type { StripeEvent } from '../vendors/stripe-event.ts'
import { stripePayments } from '../vendors/stripe-payments.ts'
import { stripeRecalls, stripeRefunds, stripeRemembers } from '../vendors/stripe-refunds.ts'
import { stripeSubscriptions } from '../vendors/stripe-subscriptions.ts'
import { timedScheme } from '../timed-scheme.ts'

const scheme = timedScheme({
  header: 'Stripe-Signature',
  separator: ',',
  time: 't',
  signature: 'v1',
  joint: '.',
  // Used as it is written: unlike in Standard Webhooks, what follows `whsec_` is not decoded.
  secretRule: (secret) =>
    sharedSecretRule(secret) ??
    (secret.startsWith('whsec_') ? null : 'Expected the signing secret, which begins with whsec_'),
})

const meanings = new Map([...stripeSubscriptions, ...stripePayments, ...stripeRefunds])

/** Whether an event is of a sandbox or of test mode. */
function isTest(body: unknown): boolean {
  const live = at(body, 'livemode')
  if (typeof live === 'boolean') return !live
  throw invalid('livemode', 'Expected true or false')
}

function eventOf(body: unknown, memory: ReadonlyMap<string, string>): StripeEvent {
  const object = at(body, 'data.object')
  if (!isObject(object)) throw invalid('data.object', 'Expected an object')
  return {
    time: secondsAt(body, 'created'),
    object,
    before: at(body, 'data.previous_attributes'),
    memory,
  }
}

function read(body: unknown, test: boolean, memory: ReadonlyMap<string, string>): Reading {
  const id = at(body, 'id')
  const type = at(body, 'type')
  if (typeof id !== 'string' || typeof type !== 'string') {
    return strange('Expected an event with an id and a type')
  }
  if (at(body, 'object') === 'v2.core.event') return { id, events: [{ name: type, unclear: thin }] }
  if (at(body, 'object') !== 'event') return strange('Expected an event')
  const found = event(type, () => {
    if (isTest(body) && !test) return ignore('Test mode')
    const mean = meanings.get(type)
    return mean === undefined ? ignore('No event that is counted') : mean(eventOf(body, memory))
  })
  const reading = single(found, id)
  const remember = stripeRemembers(type, at(body, 'data.object'))
  return remember.size === 0 ? reading : { ...reading, remember }
}

const thin =
  'A thin event says what something happened to, and not what: choose Snapshot as the payload style'

/** Stripe: subscriptions, invoices, Checkout and refunds, in old and new API versions. */
export const stripe = defineSource({
  vendor: 'stripe',
  label: 'Stripe',
  docs: 'https://docs.stripe.com/webhooks',
  config: { test: v.optional(v.boolean('Expected true where test mode is to be counted')) },
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: ['pending_webhooks'],
  types: [
    'order.placed',
    'order.refunded',
    'subscription.started',
    'subscription.changed',
    'subscription.due',
    'subscription.renewed',
    'subscription.cancelled',
  ],
  recalls: stripeRecalls,
  read: (body, { config, memory }) => read(body, config.test === true, memory),
  setup: [
    'Create the source here, for now with a random secret from `echo "whsec_$(openssl rand -base64 ' +
      '32)"`, and copy its `url`.',
    'In Stripe open Workbench → Webhooks → Create an event destination, and choose Your account and, ' +
      'as the payload style, Snapshot.',
    'Choose the events `customer.subscription.created`, `customer.subscription.updated`, ' +
      '`customer.subscription.paused`, `customer.subscription.resumed`, ' +
      '`customer.subscription.deleted`, `invoice.created`, `invoice.paid`, `invoice_payment.paid`, ' +
      '`checkout.session.completed`, `checkout.session.async_payment_succeeded`, `refund.created`, ' +
      '`refund.updated` and `refund.failed`.',
    'Choose Webhook endpoint as the destination and paste the `url`.',
    'Reveal the signing secret of the destination and add it: ' +
      '`POST /v1/sources/{id}/secrets {"secret": "whsec_…", "overlap": 0}`, which ends the random one ' +
      'at once.',
    'To try it in a sandbox, make a source of its own with `"config":{"test":true}`: elsewhere test ' +
      'mode is ignored.',
  ],
  becomes: [
    [
      'customer.subscription.created',
      '`subscription.started`, once its first payment is made; 0 a month on trial. What it charges a ' +
        'month is the price of its items times their quantity, before discounts and taxes (an event ' +
        'names coupons, and not what they are limited to) and without metered usage; tiered prices ' +
        'are in quarantine, because an event does not hold the tiers: send `subscription.started` ' +
        'yourself',
    ],
    [
      'customer.subscription.updated',
      '`subscription.started` where the first payment was awaited; `subscription.changed` where what ' +
        'it charges a month has changed: also at the end of a trial, while unpaid (0), and while ' +
        'collection is paused and invoices are voided or uncollectible (0)',
    ],
    ['customer.subscription.paused, .resumed', '`subscription.changed`'],
    ['customer.subscription.deleted', '`subscription.cancelled`: the reason is the feedback given'],
    [
      'invoice.created',
      '`subscription.due` for a renewal, which the first invoice after a trial is too; others are ignored',
    ],
    [
      'invoice.paid',
      '`order.placed`: what was paid, taxes included, the order being the invoice, or its payment where ' +
        'it names one; for a renewal also `subscription.renewed`',
    ],
    [
      'checkout.session.completed, .async_payment_succeeded',
      '`order.placed` for a payment without invoice, the order being the payment intent',
    ],
    ['invoice_payment.paid', 'remembered: which payment has paid which invoice'],
    [
      'refund.created, refund.updated',
      '`order.refunded` once it has succeeded. The order is the invoice where its payment is remembered, ' +
        'otherwise the payment intent',
    ],
    ['refund.failed', 'takes back what the refund had told'],
    [
      'charge.succeeded, payment_intent.succeeded',
      'ignored: they do not say whether they pay an invoice. Payments with neither invoice nor ' +
        'Checkout are not counted',
    ],
    ['test mode, disputes, other events', 'ignored'],
  ],
})
