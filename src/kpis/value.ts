import { major, ratio, unknown } from '../estimate.ts'
import { subscriptions } from '../holding.ts'
import { type Estimate, type Kpi, type Setting, defineKpi } from '../kpi.ts'
import { type Fated, cohort } from '../parts/cohort.ts'
import { count } from '../parts/count.ts'
import { type Distinct, distinct } from '../parts/distinct.ts'
import { type Level, level } from '../parts/level.ts'
import { type Total, sum } from '../parts/sum.ts'
import { purchases } from '../purchases.ts'
import { lengthOf } from '../window.ts'

/** The longest lifetime that is believed, in years. Nobody leaving for a month is no eternity. */
const horizon = 10

/** A year counts 365 days. */
const year = 365

const customerParts = {
  ordered: sum('order.placed'),
  buyers: distinct('order.placed'),
  base: level(subscriptions),
  lost: cohort(subscriptions, 'left'),
}

const marginParts = {
  costed: sum('order.placed', { of: 'costed' }),
  margin: sum('order.placed', { of: 'margin' }),
}

const costParts = {
  spend: sum('spend.recorded', { where: { purpose: 'acquisition' } }),
  customers: count(purchases, {
    only: [{ is: 'debut', among: purchases }],
  }),
}

interface Customers {
  readonly ordered: Total
  readonly buyers: Distinct
  readonly base: Level
  readonly lost: Fated
}

interface Margin {
  readonly costed: Total
  readonly margin: Total
}

/** How long customers stay, in years: one over the yearly churn of the opening base, up to the horizon. */
function lifetimeOf({ base, lost }: Customers, { window }: Pick<Setting, 'window'>): number | null {
  if (base.opening.n === 0) return null
  const churn = ((lost.opening / base.opening.n) * year) / lengthOf(window)
  return churn * horizon <= 1 ? horizon : 1 / churn
}

/** Order value times orders a year times years; `share` of it is kept. */
function lifetimeValue(found: Customers, setting: Setting, share: number | null): Estimate {
  const lifetime = lifetimeOf(found, setting)
  const { once } = found.buyers
  if (once === 0) return unknown('no_data')
  if (lengthOf(setting.window) < year) return unknown('window_too_short', once)
  if (lifetime === null || share === null) return unknown('no_denominator', once)
  const yearly =
    (major(found.ordered.sum, setting.currency) / once / lengthOf(setting.window)) * year
  return {
    value: yearly * lifetime * share,
    n: once,
    low: null,
    high: null,
    also: { lifetime_years: lifetime, horizon_years: horizon },
  }
}

function marginShare({ costed, margin }: Margin): number | null {
  return costed.sum === 0 ? null : margin.sum / costed.sum
}

function costOf({ spend, customers }: { spend: Total; customers: number }, currency: string) {
  if (spend.n === 0) return unknown('no_data', customers)
  return ratio(major(spend.sum, currency), customers)
}

const lifetimeWords =
  'Lifetime is one over the yearly churn of the window’s opening base of subscribing customers, at ' +
  'most 10 years, which also stands where nobody left; both are printed beside the value. ' +
  'Without an opening base there is no lifetime and no value. A year counts 365 days; a shorter window ' +
  'has no value, because who orders once a year would seem to order every month of it.'

const averageYear = {
  ordered: { n: 500, sum: 2_000_000 },
  buyers: { once: 100, twice: 90 },
  base: { opening: { n: 100, sum: 0 }, closing: { n: 75, sum: 0 } },
  lost: { opening: 25, since: 0 },
}

const wholeYear = ['2026-01-01', '2026-12-31'] as const

const clv = defineKpi({
  id: 'clv',
  label: 'Customer lifetime value',
  unit: 'currency',
  direction: 'up',
  definition:
    'Gross margin that a customer leaves over a lifetime: order amounts per ordering customer and year, ' +
    'times lifetime, times the margin of the orders whose cost is known. ' +
    lifetimeWords,
  source: 'Revenue per customer × margin / churn, as Stripe has it, with a horizon',
  version: 1,
  dimensions: [],
  parts: { ...customerParts, ...marginParts },
  example: {
    given: { ...averageYear, costed: { n: 10, sum: 40_000 }, margin: { n: 10, sum: 12_000 } },
    window: wholeYear,
    is: 240,
  },
  value: (found, setting) => lifetimeValue(found, setting, marginShare(found)),
})

const clvSimple = defineKpi({
  id: 'clv_simple',
  label: 'Customer lifetime revenue',
  unit: 'currency',
  direction: 'up',
  definition:
    'Average order × orders a year per ordering customer × lifetime in years. Revenue, not margin: what ' +
    'the goods cost is not taken off. ' +
    lifetimeWords,
  source: 'Order value × frequency × lifetime, as trade articles have it',
  version: 1,
  dimensions: [],
  parts: customerParts,
  example: { given: averageYear, window: wholeYear, is: 800 },
  value: (found, setting) => lifetimeValue(found, setting, 1),
})

const cac = defineKpi({
  id: 'cac',
  label: 'Customer acquisition cost',
  unit: 'currency',
  direction: 'down',
  definition:
    'Spend on acquisition over new customers in the same window. A customer is new on the day of the ' +
    'first deal won, order or subscription with an amount above 0 that names it, under that one’s ' +
    'channel; without one in channel:unattributed. A free trial makes no customer. Without new ' +
    'customers there is no cost per customer.',
  source: 'Fully loaded acquisition spend / new customers',
  version: 1,
  dimensions: ['channel'],
  parts: costParts,
  example: { given: { spend: { n: 3, sum: 100_000 }, customers: 8 }, is: 125 },
  value: (found, { currency }) => costOf(found, currency),
})

const ltvToCac = defineKpi({
  id: 'ltv_to_cac',
  label: 'Lifetime value to acquisition cost',
  unit: 'ratio',
  direction: 'up',
  definition: 'clv over cac, both of the window. Without either of them there is no ratio.',
  source: 'LTV / CAC',
  version: 1,
  dimensions: [],
  parts: { ...customerParts, ...marginParts, ...costParts },
  example: {
    given: {
      ...averageYear,
      costed: { n: 10, sum: 40_000 },
      margin: { n: 10, sum: 12_000 },
      spend: { n: 1, sum: 80_000 },
      customers: 10,
    },
    window: wholeYear,
    is: 3,
  },
  value(found, setting) {
    const worth = lifetimeValue(found, setting, marginShare(found))
    const cost = costOf(found, setting.currency)
    if (worth.value === null) return worth
    return cost.value === null
      ? { ...cost, n: worth.n }
      : ratio(worth.value, cost.value, { n: worth.n })
  },
})

/** What a customer is worth, and costs. */
export const customerValues: readonly Kpi[] = [clv, clvSimple, cac, ltvToCac]
