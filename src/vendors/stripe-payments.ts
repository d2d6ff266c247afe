import { at, currencyAt, optionalTextAt, secondsAt, textAt } from '../at.ts'
import { type Meaning, type Told, ignore } from '../source.ts'
import { type StripeEvent, type StripeMeanings, stripeCustomerOf } from './stripe-event.ts'
import { stripeMajorAt } from './stripe-money.ts'

/** Since API version 2025-03-31 an invoice says it of its parent. */
const subscriptionOf = (invoice: unknown) =>
  optionalTextAt(invoice, 'subscription') ??
  textAt(invoice, 'parent.subscription_details.subscription')

const isRenewal = (invoice: unknown) => textAt(invoice, 'billing_reason') === 'subscription_cycle'

function invoiced({ object }: StripeEvent): Meaning {
  if (!isRenewal(object)) return ignore('Only invoices of renewals fall due')
  return {
    id: `subscription.due:${textAt(object, 'id')}`,
    type: 'subscription.due',
    time: secondsAt(object, 'created'),
    data: { subscription: subscriptionOf(object) },
  }
}

function paid({ object, time }: StripeEvent): Meaning {
  const invoice = textAt(object, 'id')
  const id = `invoice.paid:${invoice}`
  // Where an invoice names its payment, as it did before API version 2025-03-31, refunds find it by that.
  const order = optionalTextAt(object, 'payment_intent') ?? invoice
  const currency = currencyAt(object, 'currency')
  const amount = stripeMajorAt(object, 'amount_paid', currency)
  const renewal = isRenewal(object)
  if (amount === '0' && !renewal) return ignore('Nothing was paid')
  const renewed = (): Told => ({
    id: `${id}:renewed`,
    type: 'subscription.renewed',
    time,
    data: { subscription: subscriptionOf(object) },
  })
  const placed = (): Told => ({
    id,
    type: 'order.placed',
    time,
    data: { order, customer: stripeCustomerOf(object), amount, currency },
  })
  return [...(amount === '0' ? [] : [placed()]), ...(renewal ? [renewed()] : [])]
}

/** A payment by Checkout or a payment link that has no invoice. */
function checkedOut({ object, time }: StripeEvent): Meaning {
  if (at(object, 'mode') !== 'payment' || optionalTextAt(object, 'invoice') !== undefined) {
    return ignore('Counted by invoice.paid')
  }
  if (at(object, 'payment_status') === 'unpaid') return ignore('Not paid yet')
  const session = textAt(object, 'id')
  const currency = currencyAt(object, 'currency')
  const amount = stripeMajorAt(object, 'amount_total', currency)
  if (amount === '0') return ignore('Nothing was paid')
  const customer =
    optionalTextAt(object, 'customer') ??
    optionalTextAt(object, 'customer_details.email')?.toLowerCase() ??
    `guest:${session}`
  return {
    id: `checkout:${session}`,
    type: 'order.placed',
    time,
    // A refund names the payment, and never the session.
    data: {
      order: optionalTextAt(object, 'payment_intent') ?? session,
      customer,
      amount,
      currency,
    },
  }
}

const elsewhere = () => ignore('Counted by invoice.paid or checkout.session.completed')

/**
 * What falls due, and what is paid. Charges and payment intents do not count: since API version
 * 2025-03-31 they do not say whether they pay an invoice, which would count twice.
 */
export const stripePayments: StripeMeanings = [
  ['invoice.created', invoiced],
  ['invoice.paid', paid],
  ['checkout.session.completed', checkedOut],
  ['checkout.session.async_payment_succeeded', checkedOut],
  ['charge.succeeded', elsewhere],
  ['payment_intent.succeeded', elsewhere],
  ['invoice.payment_succeeded', elsewhere],
]
