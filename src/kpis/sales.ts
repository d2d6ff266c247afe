import { meanOf, medianOf, number, ratio } from '../estimate.ts'
import { deals } from '../holding.ts'
import { share } from '../interval.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { count, countBy } from '../parts/count.ts'
import { elapsed, stay } from '../parts/elapsed.ts'
import { level } from '../parts/level.ts'
import { days } from '../purchases.ts'

const dimensions = ['owner', 'channel', 'product']

const day = days(1)

/** 9 cycles of 10 days and one of 100. */
const cycles = {
  n: 10,
  sum: 190 * day,
  bins: new Map([
    [1_040, 9],
    [1_156, 1],
  ]),
}

const winRate = defineKpi({
  id: 'win_rate',
  label: 'Win rate',
  unit: 'percent',
  direction: 'up',
  definition:
    'Deals won over deals won or lost in the window, by the day they were closed. Open deals are in ' +
    'neither, so a pipeline that nobody closes flatters it: read open_deals beside it. The interval is ' +
    'Wilson’s, 95 %.',
  source: 'Won / (won + lost) by closing day',
  version: 1,
  dimensions,
  range: [0, 100],
  parts: { won: count('deal.won'), lost: count('deal.lost') },
  example: { given: { won: 60, lost: 40 }, is: 60 },
  value: ({ won, lost }) => share(won, won + lost),
})

const closeRate = defineKpi({
  id: 'close_rate',
  label: 'Close rate',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the deals created in the window that were won within 365 days of being created. Unlike ' +
    'the win rate it follows a cohort: a deal counts for the day it was created on. Final after 365 ' +
    'days; younger cohorts can still grow. The interval is Wilson’s, 95 %.',
  source: 'Won deals over deals created, by cohort; not leads over closed deals',
  version: 1,
  funnel: [
    { part: 'created', label: 'Deals' },
    { part: 'won', label: 'Won' },
  ],
  dimensions,
  range: [0, 100],
  matures: 365,
  parts: {
    created: count('deal.created'),
    won: count('deal.created', {
      only: [{ is: 'followed', types: ['deal.won'], by: 'thread', within: days(365) }],
    }),
  },
  example: { given: { created: 100, won: 30 }, is: 30 },
  value: ({ created, won }) => share(won, created),
})

const dealsWon = defineKpi({
  id: 'deals_won',
  label: 'Deals won',
  unit: 'count',
  direction: 'up',
  definition: 'Deals won, on the day they were won.',
  source: 'Count',
  version: 1,
  dimensions,
  parts: { won: count('deal.won') },
  example: { given: { won: 12 }, is: 12 },
  value: ({ won }) => number(won),
})

const openDeals = defineKpi({
  id: 'open_deals',
  label: 'Open deals',
  unit: 'count',
  direction: 'target',
  definition:
    'Deals created and neither won nor lost, at the end of the window’s last day; at its start beside ' +
    'it. Cut by what the deal was created with.',
  source: 'Level: all days up to the window’s end',
  version: 1,
  dimensions,
  parts: { deals: level(deals) },
  example: {
    given: { deals: { opening: { n: 7, sum: 0 }, closing: { n: 122, sum: 0 } } },
    is: 122,
  },
  value: ({ deals: { opening, closing } }) => ({
    ...number(closing.n),
    also: { opening: opening.n },
  }),
})

const salesCycle = defineKpi({
  id: 'sales_cycle',
  label: 'Sales cycle, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time from the creation of a deal to its winning, over the deals won in the window, within ' +
    '1 %; mean and 90th percentile beside it. Deals whose creation is not known are not measured. Young ' +
    'pipelines look fast, because quick deals are won first. The interval is that of the median, 95 %.',
  source: 'Median of elapsed times; log-binned as DDSketch (VLDB 2019)',
  version: 1,
  dimensions,
  parts: { cycles: elapsed('deal.created', 'deal.won') },
  example: { given: { cycles }, is: 870_677.373_739_523_3 },
  value: (found) => medianOf(found.cycles, 1_000),
})

const salesCycleMean = defineKpi({
  id: 'sales_cycle_mean',
  label: 'Sales cycle, mean',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Mean time from the creation of a deal to its winning, over the deals won in the window; exact. The ' +
    'interval is that of 95 %, with the spread taken from times known within 1 %.',
  source: 'Sum of elapsed times over their number',
  version: 1,
  dimensions,
  parts: { cycles: elapsed('deal.created', 'deal.won') },
  example: { given: { cycles }, is: 1_641_600 },
  value: (found) => meanOf(found.cycles, 1_000),
})

const stageLength = defineKpi({
  id: 'stage_length',
  label: 'Time in stage, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time that deals stayed in a stage, within 1 %, on the day they left it for another stage or ' +
    'by being won or lost; mean and 90th percentile beside it. A deal that comes back stays a second ' +
    'time, a stage that was skipped has no stay, and one that is not over yet is not counted. The ' +
    'interval is that of the median, 95 %.',
  source: 'Time of exit minus time of entry by visit, as HubSpot’s stage properties',
  version: 1,
  dimensions: ['stage', ...dimensions],
  parts: { stays: stay('stage', 'deal.stage', ['deal.won', 'deal.lost']) },
  example: { given: { stays: cycles }, is: 870_677.373_739_523_3 },
  value: (found) => medianOf(found.stays, 1_000),
})

const stageConversion = defineKpi({
  id: 'stage_conversion',
  label: 'Stage conversion',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of the deals that entered a stage for the first time in the window which went on from it: ' +
    'into a stage they had not been in before, or to being won, whenever that was. Going back is not ' +
    'going on. Recent days can still grow. The interval is Wilson’s, 95 %.',
  source: 'Cohort by day of first entry',
  version: 1,
  funnel: [
    { part: 'entered', label: 'Entered the stage' },
    { part: 'advanced', label: 'Went on' },
  ],
  dimensions: ['stage', ...dimensions],
  range: [0, 100],
  parts: {
    entered: count('deal.stage', { only: [{ is: 'anew', dimension: 'stage' }] }),
    advanced: count('deal.stage', {
      only: [
        { is: 'anew', dimension: 'stage' },
        { is: 'onward', dimension: 'stage', types: ['deal.won'] },
      ],
    }),
  },
  example: { given: { entered: 50, advanced: 20 }, is: 40 },
  value: ({ entered, advanced }) => share(advanced, entered),
})

const dealsPerOwner = defineKpi({
  id: 'deals_per_owner',
  label: 'Deals won per owner',
  unit: 'ratio',
  direction: 'up',
  definition:
    'Deals won by an owner, over the owners with any deal created, moved, won or lost in the window: ' +
    'who is away does not count, who works and wins nothing does.',
  source: 'Sum over distinct active owners, never a mean of means',
  version: 1,
  dimensions: ['channel', 'product'],
  parts: {
    won: countBy('owner', 'deal.won'),
    active: countBy('owner', ['deal.created', 'deal.stage', 'deal.won', 'deal.lost']),
  },
  example: {
    given: {
      won: new Map([['Ann', 6]]),
      active: new Map([
        ['Ann', 9],
        ['Bob', 2],
      ]),
    },
    is: 3,
  },
  value({ won, active }) {
    const owners = [...active.values()].filter((n) => n > 0).length
    return ratio(
      [...won.values()].reduce((sum, n) => sum + n, 0),
      owners,
    )
  },
})

/** Deals, from their creation to their end. */
export const sales: readonly Kpi[] = [
  winRate,
  closeRate,
  dealsWon,
  openDeals,
  salesCycle,
  salesCycleMean,
  stageLength,
  stageConversion,
  dealsPerOwner,
]
