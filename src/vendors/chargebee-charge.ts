import { at, currencyAt, listAt, major, optionalTextAt, textAt, wholeAt } from '../at.ts'
import { digitsOf } from '../money.ts'
import { type Charge, intervalOf, monthly } from '../mrr.ts'
import { invalid } from '../problem.ts'

const paying: ReadonlySet<string> = new Set(['active', 'non_renewing'])
const free: ReadonlySet<string> = new Set(['future', 'in_trial', 'paused', 'cancelled'])

/**
 * What a subscription of Chargebee's charges a month as it stands, in major units: `0` where it is
 * charged nothing yet or no longer, as in a trial.
 *
 * @throws Problem where the body does not say.
 */
export function chargeOf(subscription: unknown) {
  const currency = currencyAt(subscription, 'currency_code')
  const status = textAt(subscription, 'status')
  if (!free.has(status) && !paying.has(status)) {
    throw invalid('status', `Expected a known status: current value is ${status.slice(0, 40)}`)
  }
  const units = free.has(status) ? 0 : unitsOf(subscription)
  return {
    subscription: textAt(subscription, 'id'),
    mrr: major(units, digitsOf(currency)),
    currency,
  }
}

/** Chargebee's own figure knows discounts, which the items do not state. */
function unitsOf(subscription: unknown): number {
  if (optionalTextAt(subscription, 'mrr') !== undefined) return wholeAt(subscription, 'mrr')
  const items = listAt(subscription, 'subscription_items')
  return monthly(items.length > 0 ? itemsOf(subscription, items) : plannedOf(subscription))
}

/** Product Catalog 2.0; charges are made once, and items may have a period of their own. */
function itemsOf(subscription: unknown, items: readonly unknown[]): Charge[] {
  return items
    .filter((item) => textAt(item, 'item_type') !== 'charge')
    .map((item) => {
      const own = optionalTextAt(item, 'billing_period') !== undefined
      return { units: amountOf(item, ''), ...periodOf(own ? item : subscription) }
    })
}

/** Product Catalog 1.0: one plan, and addons of its period. */
function plannedOf(subscription: unknown): Charge[] {
  const period = periodOf(subscription)
  return [
    { units: amountOf(subscription, 'plan_'), ...period },
    ...listAt(subscription, 'addons').map((addon) => ({ units: amountOf(addon, ''), ...period })),
  ]
}

function periodOf(owner: unknown): Pick<Charge, 'every' | 'interval'> {
  const interval = intervalOf('billing_period_unit', textAt(owner, 'billing_period_unit'))
  return { every: wholeAt(owner, 'billing_period'), interval }
}

/** The amount of all units; older API versions leave it out where it is the product. */
function amountOf(item: unknown, prefix: '' | 'plan_'): number {
  const wholeOr = (name: string, missing: number) =>
    optionalTextAt(item, prefix + name) === undefined ? missing : wholeAt(item, prefix + name)
  if (optionalTextAt(item, `${prefix}amount`) !== undefined) return wholeAt(item, `${prefix}amount`)
  const quantity = Math.max(0, wholeOr('quantity', 1) - wholeOr('free_quantity', 0))
  return wholeAt(item, `${prefix}unit_price`) * quantity
}

/** A plan by its price in Product Catalog 2.0, by its id in 1.0. */
export function planOf(subscription: unknown): string | undefined {
  const plan = listAt(subscription, 'subscription_items').find(
    (item) => at(item, 'item_type') === 'plan',
  )
  return optionalTextAt(plan, 'item_price_id') ?? optionalTextAt(subscription, 'plan_id')
}
