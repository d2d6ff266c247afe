import { number, ratio } from '../estimate.ts'
import { subscriptions } from '../holding.ts'
import { share } from '../interval.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { cohort, cohortIn } from '../parts/cohort.ts'
import { count, moves } from '../parts/count.ts'
import { balance, level } from '../parts/level.ts'

const dimensions = ['plan']

const who =
  'A customer is whoever has a subscription with a charge: trials and free plans have none. '

/** From 100 customers to 95: ten left, four came, one of those who had left came back. */
const base = { opening: { n: 100, sum: 0 }, closing: { n: 95, sum: 0 } }

const customers = defineKpi({
  id: 'customers',
  label: 'Customers',
  unit: 'count',
  direction: 'up',
  definition: who + 'Their number at the end of the window’s last day; at its start beside it.',
  source: 'Level: all days up to the window’s end',
  version: 1,
  dimensions,
  parts: { base: level(subscriptions) },
  example: { given: { base }, is: 95 },
  value: ({ base: { opening, closing } }) => ({
    ...number(closing.n),
    also: { opening: opening.n },
  }),
})

const churnRate = defineKpi({
  id: 'churn_rate',
  label: 'Churn rate',
  unit: 'percent',
  direction: 'down',
  definition:
    who +
    'Share of the customers at the window’s start who left in it, by ending their last such ' +
    'subscription; coming back does not undo it. Who joined and left inside the window is not in it: ' +
    'lost.since counts them. The interval is Wilson’s, 95 %.',
  source: 'Lost from the opening base over the opening base',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: { base: level(subscriptions), lost: cohort(subscriptions, 'left') },
  example: { given: { base, lost: { opening: 9, since: 1 } }, is: 9 },
  value: ({ base: { opening }, lost }) => share(lost.opening, opening.n),
})

const churnRateInclNew = defineKpi({
  id: 'churn_rate_incl_new',
  label: 'Churn rate, new customers included',
  unit: 'percent',
  direction: 'down',
  definition:
    who +
    'All who left in the window over those at its start together with all who joined or came back in ' +
    'it, as Stripe counts. Lower than churn_rate wherever a base grows.',
  source: 'Stripe Billing: churned over active at the start plus new',
  version: 1,
  dimensions,
  parts: {
    base: level(subscriptions),
    lost: cohort(subscriptions, 'left'),
    joined: moves(subscriptions, 'new'),
    returned: moves(subscriptions, 'returned'),
  },
  example: { given: { base, lost: { opening: 9, since: 1 }, joined: 23, returned: 2 }, is: 8 },
  value: ({ base: { opening }, lost, joined, returned }) =>
    ratio(lost.opening + lost.since, opening.n + joined + returned, { scale: 100 }),
})

const retentionRate = defineKpi({
  id: 'retention_rate',
  label: 'Retention rate',
  unit: 'percent',
  direction: 'up',
  definition:
    who +
    'Share of the customers at the window’s start who are customers at its end. It is 100 minus the ' +
    'churn rate unless somebody left and came back inside the window: won_back counts them. The ' +
    'interval is Wilson’s, 95 %.',
  source: 'Active at both ends over active at the start',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: {
    base: level(subscriptions),
    stayed: cohort(subscriptions, 'stayed'),
    lost: cohort(subscriptions, 'left'),
  },
  example: {
    given: { base, stayed: { opening: -8, since: 0 }, lost: { opening: 9, since: 1 } },
    is: 92,
  },
  value: ({ base: { opening }, stayed, lost }) => ({
    ...share(opening.n + stayed.opening, opening.n),
    also: { won_back: stayed.opening + lost.opening },
  }),
})

const retentionSimple = defineKpi({
  id: 'retention_simple',
  label: 'Retention by (E − N) / S',
  unit: 'percent',
  direction: 'up',
  definition:
    who +
    'Customers at the end less those who joined or came back, over customers at the start. The textbook ' +
    'shortcut: wrong where somebody joins and leaves inside the window, which retention_rate is not.',
  source: 'Trade articles; kept for comparison',
  version: 1,
  dimensions,
  parts: {
    base: level(subscriptions),
    joined: moves(subscriptions, 'new'),
    returned: moves(subscriptions, 'returned'),
  },
  example: { given: { base, joined: 4, returned: 1 }, is: 90 },
  value: ({ base: { opening, closing }, joined, returned }) =>
    ratio(closing.n - joined - returned, opening.n, { scale: 100 }),
})

const renewalRate = defineKpi({
  id: 'renewal_rate',
  label: 'Renewal rate',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the renewals that came due in the window which were made, on the day they were due: a ' +
    'renewal belongs to the due date of its subscription that it is nearest to, early or late, so a ' +
    'late one still changes the past. The interval is Wilson’s, 95 %.',
  source: 'Renewed over due for renewal; not over all subscribers',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: {
    due: count('subscription.due'),
    renewed: count('subscription.due', { only: [{ is: 'met', by: 'subscription.renewed' }] }),
  },
  example: { given: { due: 1_000, renewed: 900 }, is: 90 },
  value: ({ due, renewed }) => share(renewed, due),
})

const upsellRate = defineKpi({
  id: 'upsell_rate',
  label: 'Upsell rate',
  unit: 'percent',
  direction: 'up',
  definition:
    who +
    'Share of the customers at the window’s start who paid more at some time in it than just before, ' +
    'each counted once. Only those with a charge in the workspace’s currency; others are named and ' +
    'left out. The interval is Wilson’s, 95 %.',
  source: 'Opening customers with an expansion over opening customers; not over all customers',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: { base: balance(subscriptions), grown: cohortIn(subscriptions, 'grew') },
  example: { given: { base, grown: { opening: 15, since: 0 } }, is: 15 },
  value: ({ base: { opening }, grown }) => share(grown.opening, opening.n),
})

/** Who stays and who leaves. */
export const customerBase: readonly Kpi[] = [
  customers,
  churnRate,
  churnRateInclNew,
  retentionRate,
  retentionSimple,
  renewalRate,
  upsellRate,
]
