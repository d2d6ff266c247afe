import { at, currencyAt, listAt, major, optionalTextAt, textAt, wholeAt } from '../at.ts'
import { lineTotal } from '../line-total.ts'
import { digitsOf } from '../money.ts'
import { type Charge, intervalOf, monthly } from '../mrr.ts'
import { invalid } from '../problem.ts'

/** Whether a subscription charges in a status; one that is past due still does. */
const charging: ReadonlyMap<string, boolean> = new Map([
  ['active', true],
  ['past_due', true],
  ['trialing', false],
  ['paused', false],
  ['canceled', false],
])

/**
 * What a subscription charges a month at the price of its recurring items, before discounts: of those a
 * body says only that there is one.
 *
 * @throws Problem where the body does not say what is charged.
 */
export function paddleCharged(subscription: unknown): { mrr: string; currency: string } {
  const currency = currencyAt(subscription, 'currency_code')
  const status = textAt(subscription, 'status')
  const charges = charging.get(status)
  if (charges === undefined) {
    throw invalid('status', `Expected a known status: current value is ${status.slice(0, 40)}`)
  }
  const items = charges ? recurring(subscription) : []
  const units = monthly(items.map((item) => chargeOf(item, currency)))
  return { mrr: major(units, digitsOf(currency)), currency }
}

/** What the first recurring item is called by: its product’s name, or its price’s. */
export function paddlePlanOf(subscription: unknown): string | undefined {
  const [item] = listAt(subscription, 'items').filter((one) => at(one, 'recurring') === true)
  return (
    optionalTextAt(item, 'product.name') ??
    optionalTextAt(item, 'price.name') ??
    optionalTextAt(item, 'price.id')
  )
}

/** Items that are charged now: one may have ended, or be on trial by itself. */
function recurring(subscription: unknown): readonly unknown[] {
  const items = listAt(subscription, 'items')
  if (items.length === 0) throw invalid('items', 'Expected the items of the subscription')
  return items.filter(
    (item) => at(item, 'recurring') === true && textAt(item, 'status') === 'active',
  )
}

function chargeOf(item: unknown, currency: string): Charge {
  const own = currencyAt(item, 'price.unit_price.currency_code')
  if (own !== currency) {
    throw invalid('price.unit_price.currency_code', `Expected ${currency}: current value is ${own}`)
  }
  const amount = textAt(item, 'price.unit_price.amount')
  return {
    units: lineTotal('price.unit_price.amount', amount, wholeAt(item, 'quantity')),
    every: wholeAt(item, 'price.billing_cycle.frequency'),
    interval: intervalOf(
      'price.billing_cycle.interval',
      textAt(item, 'price.billing_cycle.interval'),
    ),
  }
}
