import { at, currencyAt, optionalTextAt, secondsAt, textAt } from '../at.ts'
import { type Meaning, ignore } from '../source.ts'
import type { StripeEvent, StripeMeanings } from './stripe-event.ts'
import { stripeMajorAt } from './stripe-money.ts'

/** The members by which a payment is named. */
const payments = ['payment_intent', 'charge'] as const

/** The payments that an object names; total over any JSON. */
function paymentsOf(object: unknown): readonly string[] {
  return payments.map((name) => at(object, name)).filter((payment) => typeof payment === 'string')
}

/** What reading an event needs to know of earlier ones: the invoices of the payments it pays back. */
export function stripeRecalls(body: unknown): readonly string[] {
  return at(body, 'data.object.object') === 'refund' ? paymentsOf(at(body, 'data.object')) : []
}

/**
 * The invoice of each payment that an event states: a refund names the payment only. Before API version
 * 2025-03-31 there was no such event, and the invoice named its payment itself.
 */
export function stripeRemembers(type: string, object: unknown): ReadonlyMap<string, string> {
  const invoice = at(object, 'invoice')
  if (type !== 'invoice_payment.paid' || typeof invoice !== 'string') return new Map()
  return new Map(paymentsOf(at(object, 'payment')).map((payment) => [payment, invoice]))
}

/** The invoice of a payment, where one has been remembered; otherwise the payment is the order. */
function orderOf(refund: unknown, memory: ReadonlyMap<string, string>): string {
  const named = payments
    .map((name) => optionalTextAt(refund, name))
    .filter((payment) => payment !== undefined)
  const [invoice] = named.map((payment) => memory.get(payment) ?? '').filter((id) => id !== '')
  return invoice ?? named[0] ?? textAt(refund, 'payment_intent')
}

function refunded({ object, memory }: StripeEvent): Meaning {
  const refund = textAt(object, 'id')
  if (textAt(object, 'status') !== 'succeeded') return ignore('Nothing has been paid back yet')
  const currency = currencyAt(object, 'currency')
  return {
    id: `refund:${refund}`,
    type: 'order.refunded',
    time: secondsAt(object, 'created'),
    data: {
      order: orderOf(object, memory),
      amount: stripeMajorAt(object, 'amount', currency),
      currency,
    },
  }
}

function refundUpdated(said: StripeEvent): Meaning {
  return at(said.before, 'status') === undefined
    ? ignore('Its status has not changed')
    : refunded(said)
}

/** A bank may send back what had been paid back: then nothing was. */
function refundFailed({ object, time, memory }: StripeEvent): Meaning {
  const refund = textAt(object, 'id')
  return {
    id: `refund.failed:${refund}`,
    replaces: `refund:${refund}`,
    type: 'order.refunded',
    time,
    data: {
      order: orderOf(object, memory),
      amount: '0',
      currency: currencyAt(object, 'currency'),
    },
  }
}

/** What is paid back. Disputes are not: their money may come back. */
export const stripeRefunds: StripeMeanings = [
  ['invoice_payment.paid', () => ignore('Kept for refunds, which name the payment only')],
  ['refund.created', refunded],
  ['refund.updated', refundUpdated],
  ['charge.refund.updated', refundUpdated],
  ['refund.failed', refundFailed],
  ['charge.refunded', () => ignore('Counted by refund.created and refund.updated')],
]
