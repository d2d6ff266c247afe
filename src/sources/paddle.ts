import * as v from 'valibot'
import { at, currencyAt, isObject, majorAt, textAt, timeAt } from '../at.ts'
import { paddleCharged, paddlePlanOf } from '../vendors/paddle-charged.ts'
import { invalid } from '../problem.ts'
import {
  type Meaning,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
  single,
} from '../source.ts'
import { timedScheme } from '../timed-scheme.ts'

const scheme = timedScheme({
  header: 'Paddle-Signature',
  separator: ';',
  time: 'ts',
  signature: 'h1',
  joint: ':',
})

function started(entity: unknown): Meaning {
  const subscription = textAt(entity, 'id')
  return {
    id: `subscription.started:${subscription}`,
    type: 'subscription.started',
    time: timeAt(entity, at(entity, 'started_at') === null ? 'created_at' : 'started_at'),
    data: {
      subscription,
      customer: textAt(entity, 'customer_id'),
      ...paddleCharged(entity),
      plan: paddlePlanOf(entity),
    },
  }
}

/** One change sends several events of the same state: all say when that was last updated. */
function changed(entity: unknown): Meaning {
  const subscription = textAt(entity, 'id')
  const updated = textAt(entity, 'updated_at')
  if (updated === at(entity, 'created_at'))
    return ignore('Nothing has changed since it was created')
  if (at(entity, 'status') === 'canceled') return ignore('Counted by subscription.canceled')
  return {
    id: `subscription.changed:${subscription}:${updated}`,
    type: 'subscription.changed',
    time: timeAt(entity, 'updated_at'),
    data: { subscription, ...paddleCharged(entity) },
  }
}

function cancelled(entity: unknown): Meaning {
  const subscription = textAt(entity, 'id')
  return {
    id: `subscription.cancelled:${subscription}`,
    type: 'subscription.cancelled',
    time: timeAt(entity, 'canceled_at'),
    data: { subscription },
  }
}

const isRenewal = (transaction: unknown) =>
  textAt(transaction, 'origin') === 'subscription_recurring'

function billed(entity: unknown): Meaning {
  if (!isRenewal(entity)) return ignore('Only transactions of renewals fall due')
  return {
    id: `subscription.due:${textAt(entity, 'id')}`,
    type: 'subscription.due',
    time: timeAt(entity, 'created_at'),
    data: { subscription: textAt(entity, 'subscription_id') },
  }
}

function completed(entity: unknown, time: number): Meaning {
  const order = textAt(entity, 'id')
  const id = `transaction.completed:${order}`
  const currency = currencyAt(entity, 'currency_code')
  const amount = majorAt(entity, 'details.totals.grand_total', currency)
  const renewal = isRenewal(entity)
  if (amount === '0' && !renewal) return ignore('Nothing was paid')
  const placed = (): Told => ({
    id,
    type: 'order.placed',
    time,
    data: { order, customer: textAt(entity, 'customer_id'), amount, currency },
  })
  const renewed = (): Told => ({
    id: `${id}:renewed`,
    type: 'subscription.renewed',
    time,
    data: { subscription: textAt(entity, 'subscription_id') },
  })
  return [...(amount === '0' ? [] : [placed()]), ...(renewal ? [renewed()] : [])]
}

function adjusted(entity: unknown, time: number): Meaning {
  if (textAt(entity, 'action') !== 'refund') return ignore('No refund')
  if (textAt(entity, 'status') !== 'approved') return ignore('Nothing has been paid back yet')
  const currency = currencyAt(entity, 'currency_code')
  return {
    id: `refund:${textAt(entity, 'id')}`,
    type: 'order.refunded',
    time,
    data: {
      order: textAt(entity, 'transaction_id'),
      amount: majorAt(entity, 'totals.total', currency),
      currency,
    },
  }
}

const meanings: ReadonlyMap<string, (entity: unknown, time: number) => Meaning> = new Map([
  ['subscription.created', started],
  ['subscription.imported', started],
  ['subscription.trialing', () => ignore('Counted by subscription.created')],
  ['subscription.activated', changed],
  ['subscription.updated', changed],
  ['subscription.paused', changed],
  ['subscription.resumed', changed],
  ['subscription.past_due', () => ignore('What is past due is still charged')],
  ['subscription.canceled', cancelled],
  ['transaction.created', billed],
  ['transaction.billed', billed],
  ['transaction.completed', completed],
  ['adjustment.created', adjusted],
  ['adjustment.updated', adjusted],
])

/** How the ids of events begin that Paddle’s simulator makes up. */
const simulated = 'ntfsimevt_'

function read(body: unknown, test: boolean): Reading {
  const id = at(body, 'event_id')
  const type = at(body, 'event_type')
  if (typeof id !== 'string' || typeof type !== 'string') {
    return strange('Expected an event with an event_id and an event_type')
  }
  const found = event(type, () => {
    if (id.startsWith(simulated) && !test) return ignore('Simulated')
    const mean = meanings.get(type)
    if (mean === undefined) return ignore('No event that is counted')
    const entity = at(body, 'data')
    if (!isObject(entity)) throw invalid('data', 'Expected an object')
    return mean(entity, timeAt(body, 'occurred_at'))
  })
  return single(found, id)
}

/** Paddle Billing: subscriptions and transactions, with money as text in minor units. */
export const paddle = defineSource({
  vendor: 'paddle',
  label: 'Paddle Billing',
  docs: 'https://developer.paddle.com/webhooks',
  config: { test: v.optional(v.boolean('Expected true where simulated events are to be counted')) },
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: ['notification_id'],
  types: [
    'order.placed',
    'order.refunded',
    'subscription.started',
    'subscription.changed',
    'subscription.due',
    'subscription.renewed',
    'subscription.cancelled',
  ],
  read: (body, { config }) => read(body, config.test === true),
  setup: [
    'Create the source here, for now with a random secret from `openssl rand -hex 32`, and copy its ' +
      '`url`.',
    'In Paddle open Developer tools → Notifications → New destination, choose Webhook and paste the ' +
      '`url`.',
    'Choose the events `subscription.created`, `subscription.imported`, `subscription.updated`, ' +
      '`subscription.canceled`, `transaction.billed`, `transaction.completed`, `adjustment.created` and ' +
      '`adjustment.updated`.',
    'Copy the secret key of the destination and add it: ' +
      '`POST /v1/sources/{id}/secrets {"secret": "pdl_ntfset_…", "overlap": 0}`, which ends the random ' +
      'one at once.',
    'To try it with the sandbox or the simulator, make a source of its own; simulated events are ' +
      'ignored unless it has `"config":{"test":true}`.',
  ],
  becomes: [
    [
      'subscription.created, .imported',
      '`subscription.started`, 0 a month on trial. What it charges a month is the price of its active ' +
        'recurring items times their quantity, before discounts, which an event does not state',
    ],
    [
      'subscription.updated, .activated, .paused, .resumed',
      '`subscription.changed`, once for all events of one change; 0 a month while paused',
    ],
    ['subscription.canceled', '`subscription.cancelled`, when it has ended'],
    ['subscription.trialing, .past_due', 'ignored: what it charges a month is the same'],
    [
      'transaction.billed, .created',
      '`subscription.due`, once, where it is a renewal, which the first charge after a trial or a pause ' +
        'is too; others are ignored',
    ],
    [
      'transaction.completed',
      '`order.placed`: the grand total, taxes included, the order being the transaction; for a renewal ' +
        'also `subscription.renewed`',
    ],
    [
      'adjustment.created, .updated',
      '`order.refunded` for a refund that is approved; credits and chargebacks are ignored',
    ],
    ['simulated events, other events', 'ignored'],
  ],
})
