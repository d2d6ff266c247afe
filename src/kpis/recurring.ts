import { money, ratio } from '../estimate.ts'
import { subscriptions } from '../holding.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { cohortIn } from '../parts/cohort.ts'
import { balance } from '../parts/level.ts'
import { moved } from '../parts/sum.ts'

const dimensions = ['plan']

const currencyWords = ' Only the workspace’s currency; what is in others is named and left out.'

/** From 1,000.00 a month by 10 customers to 1,050.00 by 11. */
const base = { opening: { n: 10, sum: 100_000 }, closing: { n: 11, sum: 105_000 } }

const mrr = defineKpi({
  id: 'mrr',
  label: 'Monthly recurring revenue',
  unit: 'currency',
  direction: 'up',
  definition:
    'What all subscriptions that are running charge a month, at the end of the window’s last day; at ' +
    'its start in the parts. Never added up over days.' +
    currencyWords,
  source: 'Level: all days up to the window’s end',
  version: 1,
  dimensions,
  parts: { mrr: balance(subscriptions) },
  example: { given: { mrr: base }, is: 1_050 },
  value: (found, { currency }) => money(found.mrr.closing.sum, found.mrr.closing.n, currency),
})

const netNewMrr = defineKpi({
  id: 'net_new_mrr',
  label: 'Net new MRR',
  unit: 'currency',
  direction: 'up',
  definition:
    'By how much the monthly recurring revenue changed in the window: new customers’, that of returned ' +
    'ones and of those who pay more, less that of those who pay less or left. A change of currency ' +
    'leaves the one and enters the other.' +
    currencyWords,
  source: 'New + reactivation + expansion − contraction − churn (Stripe Billing glossary)',
  version: 1,
  dimensions,
  parts: {
    new: moved(subscriptions, 'new'),
    returned: moved(subscriptions, 'returned'),
    expanded: moved(subscriptions, 'expanded'),
    contracted: moved(subscriptions, 'contracted'),
    left: moved(subscriptions, 'left'),
  },
  example: {
    given: {
      new: { n: 2, sum: 20_000 },
      returned: { n: 1, sum: 5_000 },
      expanded: { n: 3, sum: 6_000 },
      contracted: { n: 1, sum: -2_000 },
      left: { n: 2, sum: -24_000 },
    },
    is: 50,
  },
  value(found, { currency }) {
    const all = Object.values(found)
    const change = all.reduce((total, { sum }) => total + sum, 0)
    return money(
      change,
      all.reduce((total, { n }) => total + n, 0),
      currency,
    )
  },
})

const mrrChurn = defineKpi({
  id: 'mrr_churn',
  label: 'MRR churn',
  unit: 'percent',
  direction: 'down',
  definition:
    'Share of the opening monthly recurring revenue that was lost by the window’s end, by customers who ' +
    'left or pay less than at its start; what others pay more does not make up for it. Beside it net, ' +
    'where it does, which may be negative.' +
    currencyWords,
  source: '(Churned + contracted MRR of the opening customers) / opening MRR',
  version: 1,
  dimensions,
  parts: {
    base: balance(subscriptions),
    kept: cohortIn(subscriptions, 'kept'),
    held: cohortIn(subscriptions, 'held'),
  },
  example: {
    given: { base, kept: { opening: -8_000, since: 0 }, held: { opening: 2_000, since: 0 } },
    is: 8,
  },
  value: ({ base: { opening }, kept, held }) => ({
    ...ratio(0 - kept.opening, opening.sum, { scale: 100, n: opening.n }),
    also: { net: opening.sum === 0 ? null : (100 * (0 - held.opening)) / opening.sum },
  }),
})

const nrr = defineKpi({
  id: 'nrr',
  label: 'Net revenue retention',
  unit: 'percent',
  direction: 'up',
  definition:
    'What the customers at the window’s start pay a month at its end, over what they paid at its start. ' +
    'Above 100 where those who stayed grew by more than what was lost. New customers are in neither.' +
    currencyWords,
  source: '(Opening + expansion − contraction − churn) / opening, closed cohort',
  version: 1,
  dimensions,
  parts: { base: balance(subscriptions), held: cohortIn(subscriptions, 'held') },
  example: { given: { base, held: { opening: 2_000, since: 0 } }, is: 102 },
  value: ({ base: { opening }, held }) =>
    ratio(opening.sum + held.opening, opening.sum, { scale: 100, n: opening.n }),
})

const grr = defineKpi({
  id: 'grr',
  label: 'Gross revenue retention',
  unit: 'percent',
  direction: 'up',
  definition:
    'As nrr, but of each customer at most what was paid at the window’s start counts, so that it never ' +
    'exceeds 100.' +
    currencyWords,
  source: '(Opening − contraction − churn) / opening, closed cohort',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: { base: balance(subscriptions), kept: cohortIn(subscriptions, 'kept') },
  example: { given: { base, kept: { opening: -8_000, since: 0 } }, is: 92 },
  value: ({ base: { opening }, kept }) =>
    ratio(opening.sum + kept.opening, opening.sum, { scale: 100, n: opening.n }),
})

/** What comes in month by month. */
export const recurring: readonly Kpi[] = [mrr, netNewMrr, mrrChurn, nrr, grr]
