import { at, isObject, optionalTextAt, secondsAt, textAt } from '../at.ts'
import { Problem } from '../problem.ts'
import { type Meaning, ignore } from '../source.ts'
import { type Charged, chargedMonthly, planOf } from './stripe-charged.ts'
import { type StripeEvent, type StripeMeanings, stripeCustomerOf } from './stripe-event.ts'

/** Statuses of a subscription whose first payment is awaited, or never came. */
const unpaid: ReadonlySet<unknown> = new Set(['incomplete', 'incomplete_expired'])

function started({ object, time }: StripeEvent): Meaning {
  const subscription = textAt(object, 'id')
  return {
    id: `subscription.started:${subscription}`,
    type: 'subscription.started',
    time,
    data: {
      subscription,
      customer: stripeCustomerOf(object),
      ...chargedMonthly(object),
      plan: planOf(object),
    },
  }
}

function changed({ object, time }: StripeEvent): Meaning {
  const subscription = textAt(object, 'id')
  const charged = chargedMonthly(object)
  return {
    // Events of one change say the same second, and the same charge.
    id: `subscription.changed:${subscription}:${time}:${charged.mrr}`,
    type: 'subscription.changed',
    time,
    data: { subscription, ...charged },
  }
}

function created(said: StripeEvent): Meaning {
  if (unpaid.has(at(said.object, 'status'))) return ignore('It starts with its first payment')
  return started(said)
}

function updated(said: StripeEvent): Meaning {
  const status = at(said.object, 'status')
  if (unpaid.has(status)) return ignore('It starts with its first payment')
  if (unpaid.has(at(said.before, 'status'))) return started(said)
  if (status === 'canceled') return ignore('Counted by customer.subscription.deleted')
  const was = chargedBefore(said)
  const is = chargedMonthly(said.object)
  return was?.mrr === is.mrr && was.currency === is.currency
    ? ignore('What it charges a month has not changed')
    : changed(said)
}

/** What was charged before an update; `null` where the event does not say enough of it. */
function chargedBefore({ object, before }: StripeEvent): Charged | null {
  if (!isObject(object) || !isObject(before)) return null
  try {
    return chargedMonthly({ ...object, ...before })
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function deleted({ object, time }: StripeEvent): Meaning {
  if (unpaid.has(at(object, 'status'))) return ignore('It has never started')
  const subscription = textAt(object, 'id')
  return {
    id: `subscription.cancelled:${subscription}`,
    type: 'subscription.cancelled',
    time: typeof at(object, 'ended_at') === 'number' ? secondsAt(object, 'ended_at') : time,
    data: {
      subscription,
      reason:
        optionalTextAt(object, 'cancellation_details.feedback') ??
        optionalTextAt(object, 'cancellation_details.reason'),
    },
  }
}

/** How subscriptions begin, change and end. */
export const stripeSubscriptions: StripeMeanings = [
  ['customer.subscription.created', created],
  ['customer.subscription.updated', updated],
  ['customer.subscription.paused', changed],
  ['customer.subscription.resumed', changed],
  ['customer.subscription.deleted', deleted],
]
