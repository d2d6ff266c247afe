import { at, currencyAt, isObject, listAt, optionalTextAt, textAt, wholeAt } from '../at.ts'
import { lineTotal } from '../line-total.ts'
import { type Charge, intervalOf } from '../mrr.ts'
import { invalid } from '../problem.ts'
import { stripeMonthly } from './stripe-money.ts'

// Reading a subscription as docs.stripe.com/api/subscriptions/object describes it, in old API versions
// and in new ones: prices came after plans, and both are there.

/** Whether a subscription charges in a status; one that is past due still does. */
const charging: ReadonlyMap<string, boolean> = new Map([
  ['active', true],
  ['past_due', true],
  ['trialing', false],
  ['unpaid', false],
  ['paused', false],
  ['canceled', false],
  ['incomplete', false],
  ['incomplete_expired', false],
])

/** What happens to invoices while collection is paused: drafts that are kept will be charged. */
const forgone: ReadonlySet<unknown> = new Set(['void', 'mark_uncollectible'])

/**
 * What a subscription charges a month at the price of its items, before discounts and taxes: a body names
 * coupons, but says nowhere which products they are limited to.
 */
export interface Charged {
  readonly mrr: string
  readonly currency: string
}

/** @throws Problem where the body does not say what is charged: tiers are not in it. */
export function chargedMonthly(subscription: unknown): Charged {
  const currency = currencyAt(subscription, 'currency')
  const charges = isCharging(subscription) ? chargesOf(subscription) : []
  return { mrr: stripeMonthly(charges, currency), currency }
}

/** What the first item is called by: a name that the team gave the price, or the price’s id. */
export function planOf(subscription: unknown): string | undefined {
  const [item] = listAt(subscription, 'items.data')
  const price = `${priceOf(item)}.`
  return (
    optionalTextAt(item, `${price}lookup_key`) ??
    optionalTextAt(item, `${price}nickname`) ??
    optionalTextAt(item, `${price}id`)
  )
}

function isCharging(subscription: unknown): boolean {
  const status = textAt(subscription, 'status')
  const charges = charging.get(status)
  if (charges === undefined) {
    throw invalid('status', `Expected a known status: current value is ${status.slice(0, 40)}`)
  }
  return charges && !forgone.has(at(subscription, 'pause_collection.behavior'))
}

function chargesOf(subscription: unknown): readonly Charge[] {
  const items = listAt(subscription, 'items.data')
  if (items.length === 0 || at(subscription, 'items.has_more') === true) {
    throw invalid('items', 'Expected all items of the subscription')
  }
  return items.map(chargeOf).filter((charge) => charge !== null)
}

const priceOf = (item: unknown) => (isObject(at(item, 'price')) ? 'price' : 'plan')

/** What an item charges again and again; `null` where it depends on what is used. */
function chargeOf(item: unknown): Charge | null {
  const price = priceOf(item)
  const recurring = price === 'price' ? 'price.recurring' : 'plan'
  if (at(item, `${recurring}.usage_type`) === 'metered') return null
  if (at(item, `${price}.billing_scheme`) === 'tiered') {
    throw invalid(`${price}.billing_scheme`, 'The amounts of a tiered price are not in the body')
  }
  const [path, amount] = amountOf(item, price)
  return {
    units: lineTotal(path, amount, packagesOf(item, price)),
    every: wholeAt(item, `${recurring}.interval_count`),
    interval: intervalOf(`${recurring}.interval`, textAt(item, `${recurring}.interval`)),
  }
}

function amountOf(item: unknown, price: 'price' | 'plan'): [path: string, amount: string] {
  const whole = price === 'price' ? 'price.unit_amount' : 'plan.amount'
  const exact = optionalTextAt(item, `${whole}_decimal`)
  return exact === undefined ? [whole, textAt(item, whole)] : [`${whole}_decimal`, exact]
}

/** How many times the price is charged: a price may be for packages of so many. */
function packagesOf(item: unknown, price: 'price' | 'plan'): number {
  const quantity = at(item, 'quantity') === undefined ? 1 : wholeAt(item, 'quantity')
  const bundle = price === 'price' ? 'price.transform_quantity' : 'plan.transform_usage'
  if (!isObject(at(item, bundle))) return quantity
  const size = wholeAt(item, `${bundle}.divide_by`)
  if (size === 0) throw invalid(`${bundle}.divide_by`, 'Expected a package of 1 or more')
  const packages = quantity / size
  return at(item, `${bundle}.round`) === 'up' ? Math.ceil(packages) : Math.floor(packages)
}
