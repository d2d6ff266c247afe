import { major, number, ratio, unknown } from '../estimate.ts'
import { share } from '../interval.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { count } from '../parts/count.ts'
import { sum } from '../parts/sum.ts'
import { days } from '../purchases.ts'

const visits = defineKpi({
  id: 'visits',
  label: 'Visits',
  unit: 'count',
  direction: 'up',
  definition: 'Visits started, on the day they started. One visitor may visit more than once.',
  source: 'Count',
  version: 1,
  dimensions: ['channel'],
  parts: { visits: count('visit.started') },
  example: { given: { visits: 400 }, is: 400 },
  value: (found) => number(found.visits),
})

const visitConversion = defineKpi({
  id: 'visit_conversion',
  label: 'Leads per 100 visits',
  unit: 'percent',
  direction: 'up',
  definition:
    'Leads created over visits started in the same window. A rate of two counts, not a share of ' +
    'visitors: nothing says which visit became which lead, so it can exceed 100 and has no interval.',
  source: 'Rate of counts, as shops call conversion: conversions over visits',
  version: 1,
  dimensions: ['channel'],
  parts: { visits: count('visit.started'), leads: count('lead.created') },
  example: { given: { visits: 400, leads: 10 }, is: 2.5 },
  value: (found) => ratio(found.leads, found.visits, { scale: 100 }),
})

const leads = defineKpi({
  id: 'leads',
  label: 'Leads',
  unit: 'count',
  direction: 'up',
  definition: 'Leads created, on the day they were created.',
  source: 'Count',
  version: 1,
  dimensions: ['channel', 'owner'],
  parts: { leads: count('lead.created') },
  example: { given: { leads: 100 }, is: 100 },
  value: (found) => number(found.leads),
})

const leadQualifiedRate = defineKpi({
  id: 'lead_qualified_rate',
  label: 'Qualified leads',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the leads created in the window that were qualified within 90 days of being created, so ' +
    'that a cohort is final after 90 days; younger ones can still grow. The interval is Wilson’s, 95 %.',
  source: 'Cohort conversion by day of creation, with a window as dbt MetricFlow asks for',
  version: 1,
  funnel: [
    { part: 'leads', label: 'Leads' },
    { part: 'qualified', label: 'Qualified' },
  ],
  dimensions: ['channel', 'owner'],
  range: [0, 100],
  matures: 90,
  parts: {
    leads: count('lead.created'),
    qualified: count('lead.created', {
      only: [{ is: 'followed', types: ['lead.qualified'], by: 'thread', within: days(90) }],
    }),
  },
  example: { given: { leads: 80, qualified: 20 }, is: 25 },
  value: (found) => share(found.qualified, found.leads),
})

const leadConversion = defineKpi({
  id: 'lead_conversion',
  label: 'Leads that became sales',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the leads created in the window that led to a deal (a deal that names the lead) which ' +
    'was won within 365 days of the lead’s creation. A cohort is final after 365 days; younger ones ' +
    'can still grow. The interval is Wilson’s, 95 %.',
  source: 'Cohort conversion by day of creation, with a window as dbt MetricFlow asks for',
  version: 1,
  funnel: [
    { part: 'leads', label: 'Leads' },
    { part: 'won', label: 'Sales' },
  ],
  dimensions: ['channel', 'owner'],
  range: [0, 100],
  matures: 365,
  parts: {
    leads: count('lead.created'),
    won: count('lead.created', {
      only: [{ is: 'led', via: 'deal.created', to: 'deal.won', within: days(365) }],
    }),
  },
  example: { given: { leads: 100, won: 30 }, is: 30 },
  value: (found) => share(found.won, found.leads),
})

const costPerLead = defineKpi({
  id: 'cost_per_lead',
  label: 'Cost per lead',
  unit: 'currency',
  direction: 'down',
  definition:
    'Spend on acquisition over leads created in the same window. Over several channels it is all spend ' +
    'over all leads, never the mean of the channels. What names no channel is in channel:unattributed. ' +
    'Spend without leads has no cost per lead; it is in the parts.',
  source: 'Sum of spend over sum of leads',
  version: 1,
  dimensions: ['channel'],
  parts: {
    spend: sum('spend.recorded', { where: { purpose: 'acquisition' } }),
    leads: count('lead.created'),
  },
  example: { given: { spend: { n: 2, sum: 50_000 }, leads: 20 }, is: 25 },
  value({ spend, leads: found }, { currency }) {
    if (spend.n === 0) return unknown('no_data', found)
    return ratio(major(spend.sum, currency), found)
  },
})

const channelReturn = defineKpi({
  id: 'channel_return',
  label: 'Return on spend',
  unit: 'percent',
  direction: 'up',
  definition:
    'Revenue minus spend, over spend, in percent: −100 where nothing came back, 0 where it just paid ' +
    'for itself. Revenue is that of deals won and orders placed in the window less refunds, under the ' +
    'channel that they or their beginning name; spend is all spend of the window.',
  source: 'Return on investment, sum over sum',
  version: 1,
  dimensions: ['channel'],
  parts: {
    won: sum('deal.won'),
    ordered: sum('order.placed'),
    refunded: sum('order.refunded'),
    spend: sum('spend.recorded'),
  },
  example: {
    given: {
      won: { n: 1, sum: 300_000 },
      ordered: { n: 2, sum: 30_000 },
      refunded: { n: 1, sum: 10_000 },
      spend: { n: 3, sum: 200_000 },
    },
    is: 60,
  },
  value({ won, ordered, refunded, spend }) {
    const gain = won.sum + ordered.sum - refunded.sum - spend.sum
    return ratio(gain, spend.sum, { scale: 100, n: won.n + ordered.n })
  },
})

/** From a visit to a lead, and what it costs. */
export const marketing: readonly Kpi[] = [
  visits,
  visitConversion,
  leads,
  leadQualifiedRate,
  leadConversion,
  costPerLead,
  channelReturn,
]
