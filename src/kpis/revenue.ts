import { digitsOf } from '../money.ts'
import { type Estimate, type Kpi, defineKpi } from '../kpi.ts'
import { meanOf, money, number, ratio } from '../estimate.ts'
import { quotas } from '../holding.ts'
import { share } from '../interval.ts'
import { count } from '../parts/count.ts'
import { distinct } from '../parts/distinct.ts'
import { amounts } from '../parts/histogram.ts'
import { balanceBy } from '../parts/level.ts'
import { sum } from '../parts/sum.ts'
import { days, purchases } from '../purchases.ts'
import { attainment } from '../quota.ts'

const dimensions = ['owner', 'channel', 'product']

const sales = {
  won: sum('deal.won'),
  ordered: sum('order.placed'),
  refunded: sum('order.refunded'),
}

interface Sales {
  readonly won: { readonly n: number; readonly sum: number }
  readonly ordered: { readonly n: number; readonly sum: number }
  readonly refunded: { readonly n: number; readonly sum: number }
}

const netOf = ({ won, ordered, refunded }: Sales) => won.sum + ordered.sum - refunded.sum

const sold = {
  won: { n: 3, sum: 30_000 },
  ordered: { n: 2, sum: 8_000 },
  refunded: { n: 1, sum: 2_000 },
}

const revenue = defineKpi({
  id: 'revenue',
  label: 'Revenue',
  unit: 'currency',
  direction: 'up',
  definition:
    'Amounts of deals won plus orders placed, less refunds, each on its own day: a refund lowers the ' +
    'day it was made on, not the day of the order. Record a sale as a deal or as an order, not as both. ' +
    'Only the workspace’s currency; what is in others is named and left out.',
  source: 'Sum; net of refunds',
  version: 1,
  dimensions,
  parts: sales,
  example: { given: sold, is: 360 },
  value: (found, { currency }) =>
    money(netOf(found), found.won.n + found.ordered.n + found.refunded.n, currency),
})

const revenueGrowth = defineKpi({
  id: 'revenue_growth',
  label: 'Revenue growth',
  unit: 'percent',
  direction: 'up',
  definition:
    'Revenue of the window over that of as many days just before it, minus one. Where there was no ' +
    'revenue before, there is no growth to speak of.',
  source: 'Relative change between windows of equal length',
  version: 1,
  dimensions,
  compares: true,
  parts: sales,
  example: { given: sold, previous: { ...sold, won: { n: 2, sum: 18_000 } }, is: 50 },
  value(found, { previous }): Estimate {
    const before = previous === null ? 0 : netOf(previous)
    return ratio(netOf(found) - before, Math.max(0, before), {
      scale: 100,
      n: found.won.n + found.ordered.n + found.refunded.n,
    })
  },
})

const averageDeal = defineKpi({
  id: 'average_deal',
  label: 'Average deal',
  unit: 'currency',
  direction: 'up',
  definition:
    'Mean amount of the deals won in the window; median and 90th percentile beside it, within 1 %. The ' +
    'interval is that of 95 %, with the spread taken from amounts known within 1 %. Only the ' +
    'workspace’s currency; what is in others is named and left out.',
  source: 'Sum of amounts over their number',
  version: 1,
  dimensions,
  parts: { amounts: amounts('deal.won') },
  example: { given: { amounts: { n: 4, sum: 40_000, bins: new Map([[466, 4]]) } }, is: 100 },
  value: (found, { currency }) => meanOf(found.amounts, 10 ** digitsOf(currency)),
})

const quotaAttainment = defineKpi({
  id: 'quota_attainment',
  label: 'Quota attainment',
  unit: 'percent',
  direction: 'up',
  definition:
    'Amounts of deals won in the window over the quota for it. A quota is for a period and spreads evenly ' +
    'over its days; those in the window count. On a day for which the team has quotas, the one of the ' +
    'shortest period counts; otherwise those of the owners, added up. Beside it the share of the ' +
    'window’s days that have a quota (below 100 the value flatters), and the pace: attainment over the ' +
    'share of the window’s days that have ended, 100 being on time.',
  source: 'Closed-won amount by closing day over quota of the same period',
  version: 1,
  dimensions: ['owner'],
  parts: { won: sum('deal.won'), quota: balanceBy('period', quotas) },
  example: {
    given: {
      won: { n: 5, sum: 60_000 },
      quota: new Map([['team:2026-01-01..2026-01-31', 80_000]]),
    },
    window: ['2026-01-01', '2026-01-31'],
    is: 75,
  },
  value: ({ won, quota }, setting) => attainment(won, quota, setting),
})

const orders = defineKpi({
  id: 'orders',
  label: 'Orders',
  unit: 'count',
  direction: 'up',
  definition: 'Orders placed, on the day they were placed, refunded or not.',
  source: 'Count',
  version: 1,
  dimensions: ['owner', 'channel'],
  parts: { orders: count('order.placed') },
  example: { given: { orders: 25 }, is: 25 },
  value: (found) => number(found.orders),
})

const averageOrder = defineKpi({
  id: 'average_order',
  label: 'Average order',
  unit: 'currency',
  direction: 'up',
  definition:
    'Mean amount of the orders placed in the window; median and 90th percentile beside it, within 1 %. ' +
    'Amounts are as placed: refunds have their own day and lower revenue. By owner it is each one’s ' +
    'sum over each one’s orders, never a mean of means. The interval is that of 95 %.',
  source: 'Sum of amounts over their number',
  version: 1,
  dimensions: ['owner', 'channel'],
  parts: { amounts: amounts('order.placed') },
  example: { given: { amounts: { n: 5, sum: 20_000, bins: new Map([[419, 5]]) } }, is: 40 },
  value: (found, { currency }) => meanOf(found.amounts, 10 ** digitsOf(currency)),
})

const repeatPurchaseRate = defineKpi({
  id: 'repeat_purchase_rate',
  label: 'Repeat purchase rate',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the customers who ordered in the window that ordered at least twice in it. It grows with ' +
    'the length of the window: compare windows of equal length only. The interval is Wilson’s, 95 %.',
  source: 'Customers with two orders or more over customers with one or more',
  version: 1,
  dimensions: ['owner', 'channel'],
  range: [0, 100],
  parts: { customers: distinct('order.placed', { back: 2 }) },
  example: { given: { customers: { once: 20, twice: 5 } }, is: 25 },
  value: ({ customers: { once, twice } }) => share(twice, once),
})

const newCustomerRevenue = defineKpi({
  id: 'new_customer_revenue',
  label: 'Revenue from new customers',
  unit: 'currency',
  direction: 'up',
  definition:
    'Amounts of deals won and orders placed by customers within 90 days of their first purchase (a deal ' +
    'won, an order or a subscription, with an amount above 0), on the day of the sale, before refunds. ' +
    'Sales that name no customer themselves are nobody’s. Only the workspace’s currency; what is in others is named and left out.',
  source: 'Money from new customers; what is net of churn is net_new_mrr',
  version: 1,
  dimensions,
  parts: {
    sales: sum(['deal.won', 'order.placed'], {
      only: [{ is: 'early', among: purchases, within: days(90) }],
    }),
  },
  example: { given: { sales: { n: 4, sum: 120_000 } }, is: 1_200 },
  value: (found, { currency }) => money(found.sales.sum, found.sales.n, currency),
})

/** What was sold. */
export const revenues: readonly Kpi[] = [
  revenue,
  revenueGrowth,
  averageDeal,
  quotaAttainment,
  orders,
  averageOrder,
  repeatPurchaseRate,
  newCustomerRevenue,
]
