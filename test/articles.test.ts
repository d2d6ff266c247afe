import { expect, test } from 'vitest'
import { addDays } from '../src/day.ts'
import type { Estimate } from '../src/kpi.ts'
import { series, total } from '../src/series.ts'
import { exampleWindow, historyOf, kpiOf, place, snapshot, windowOf } from './kpi.ts'

/*
 * What popular articles on these KPIs calculate, right or wrong, and what is published here instead.
 */

/** The value of a KPI whose parts amount to this, in March or in a window of its own. */
function estimateOf(
  id: string,
  readings: Record<string, unknown>,
  window?: [string, string],
): Estimate {
  const kpi = kpiOf(id)
  const asked = window === undefined ? exampleWindow(kpi) : windowOf(...window)
  return kpi.value(readings, { window: asked, ...place, previous: null })
}

const valueOf = (id: string, readings: Record<string, unknown>, window?: [string, string]) =>
  estimateOf(id, readings, window).value

test('100 leads of which 30 were closed are 30 %, not leads over closed deals, which is 3.33', () => {
  expect(valueOf('close_rate', { created: 100, won: 30 })).toBe(30)
  expect(valueOf('lead_conversion', { leads: 100, won: 30 })).toBe(30)
  expect(100 / 30).toBeCloseTo(3.33, 2)
})

test('the win rate is over the deals that were closed, the close rate over those created', () => {
  expect(valueOf('win_rate', { won: 30, lost: 20 })).toBe(60)
  expect(valueOf('close_rate', { created: 100, won: 30 })).toBe(30)
})

test('renewals from 900 to 600 of 1,000 due: 30 points less, which is a third, not 30 percent', () => {
  const [before, after] = [900, 600].map((renewed) =>
    valueOf('renewal_rate', { due: 1_000, renewed }),
  )

  expect([before, after]).toEqual([90, 60])
  expect(Number(after) - Number(before)).toBe(-30)
  expect(100 * (Number(after) / Number(before) - 1)).toBeCloseTo(-33.33, 2)
})

test('renewals are over those due: 900 of 1,000 due is 90 %, however many subscribe', () => {
  expect(Object.keys(kpiOf('renewal_rate').parts)).toEqual(['due', 'renewed'])
  expect(kpiOf('renewal_rate').parts['due']?.rule).toMatchObject({ types: ['subscription.due'] })
})

const year: [string, string] = ['2026-01-01', '2026-12-31']

/** 100 customers who ordered so often for so much on average, one of so many leaving a year. */
function customers(averageOrder: number, frequency: number, years: number) {
  const orders = 100 * frequency
  const opening = { n: 12 * years, sum: 0 }
  return {
    ordered: { n: orders, sum: orders * averageOrder * 100 },
    buyers: { once: 100, twice: 100 },
    base: { opening, closing: opening },
    lost: { opening: 12, since: 0 },
  }
}

const margin = { costed: { n: 10, sum: 100_000 }, margin: { n: 10, sum: 30_000 } }

test.each([
  [40, 5, 4, 800, 240],
  [35, 5, 6, 1_050, 315],
])(
  'orders of %d, %d a year for %d years: %d of revenue, at 30 %% margin %d of value',
  (averageOrder, frequency, years, revenue, value) => {
    const found = customers(averageOrder, frequency, years)

    expect(valueOf('clv_simple', found, year)).toBeCloseTo(revenue, 9)
    expect(valueOf('clv', { ...found, ...margin }, year)).toBeCloseTo(value, 9)
    expect(estimateOf('clv', { ...found, ...margin }, year).also?.['lifetime_years']).toBeCloseTo(
      years,
      9,
    )
  },
)

test('where nobody left, lifetime is a horizon that is printed, not eternity', () => {
  const found = { ...customers(40, 5, 4), lost: { opening: 0, since: 0 } }
  const { value, also } = estimateOf('clv_simple', found, year)

  expect(also?.['lifetime_years']).toBe(also?.['horizon_years'])
  expect(value).toBeCloseTo(200 * Number(also?.['horizon_years']), 9)
})

test('a lifetime is no longer where more leave but the window is longer by as much', () => {
  const found = customers(40, 5, 4)
  const twoYears = { ...found, lost: { opening: 2 * found.lost.opening, since: 0 } }
  const { also } = estimateOf('clv_simple', twoYears, ['2025-01-01', '2026-12-31'])

  expect(Number(also?.['lifetime_years'])).toBeCloseTo(4, 9)
})

test.each(['clv', 'clv_simple', 'ltv_to_cac'])(
  'whoever orders once a year would seem to order every month: %s wants a year',
  (id) => {
    const margin = { costed: { n: 1, sum: 100 }, margin: { n: 1, sum: 30 } }
    const cost = { spend: { n: 1, sum: 100 }, customers: 1 }
    const readings = { ...customers(40, 5, 4), ...margin, ...cost }

    expect(estimateOf(id, readings, ['2026-01-01', '2026-12-30'])).toMatchObject({
      value: null,
      reason: 'window_too_short',
    })
  },
)

test('a lifetime needs somebody who could have left', () => {
  const nobody = { opening: { n: 0, sum: 0 }, closing: { n: 5, sum: 0 } }

  expect(estimateOf('clv_simple', { ...customers(40, 5, 4), base: nobody }, year)).toMatchObject({
    value: null,
    reason: 'no_denominator',
  })
})

test('without new customers there is no cost of one, and without leads no cost of one', () => {
  const spend = { n: 1, sum: 100_000 }

  expect(estimateOf('cac', { spend, customers: 0 })).toMatchObject({ value: null, n: 0 })
  expect(estimateOf('cost_per_lead', { spend, leads: 0 })).toMatchObject({ value: null, n: 0 })
  expect(estimateOf('cac', { spend: { n: 0, sum: 0 }, customers: 7 })).toMatchObject({
    value: null,
    reason: 'no_data',
  })
})

test('a channel that brought nothing back has returned −100 %, one that paid for itself 0', () => {
  const none = { n: 0, sum: 0 }
  const spend = { n: 1, sum: 5_000 }

  expect(valueOf('channel_return', { won: none, ordered: none, refunded: none, spend })).toBe(-100)
  expect(valueOf('channel_return', { won: spend, ordered: none, refunded: none, spend })).toBe(0)
})

test('cost per lead of all channels is all spend over all leads, not the mean of the channels', () => {
  const channels = [
    { spend: { n: 1, sum: 10_000 }, leads: 1 },
    { spend: { n: 1, sum: 10_000 }, leads: 99 },
  ]
  const [one, other] = channels.map((found) => Number(valueOf('cost_per_lead', found)))

  expect(valueOf('cost_per_lead', { spend: { n: 2, sum: 20_000 }, leads: 100 })).toBe(2)
  expect(((one ?? 0) + (other ?? 0)) / 2).toBeGreaterThan(50)
})

test('quota attainment is over the quota of the same days, and its pace over the days gone', () => {
  const quota = new Map([['team:2026-01-01..2026-03-31', 90_000]])
  const won = { n: 3, sum: 30_000 }
  const kpi = kpiOf('quota_attainment')
  const january = windowOf('2026-01-01', '2026-01-31')
  const setting = { currency: 'EUR', previous: null }

  const whole = kpi.value(
    { won, quota },
    { ...setting, window: windowOf('2026-01-01', '2026-03-31'), closed: addDays(january.from, 44) },
  )
  const month = kpi.value({ won, quota }, { ...setting, window: january, closed: january.to })

  expect(whole.value).toBeCloseTo(100 / 3, 9)
  expect(whole.also?.['pace']).toBeCloseTo(200 / 3, 9)
  expect(month.value).toBeCloseTo(100 * (30_000 / (90_000 * (31 / 90))), 9)
})

const base = { opening: { n: 100, sum: 0 }, closing: { n: 150, sum: 0 } }

test('upsell is over the customers at the start, not over all that there are by the end', () => {
  expect(valueOf('upsell_rate', { base, grown: { opening: 15, since: 7 } })).toBe(15)
})

test('churn is over the customers at the start; its variant counts those who joined as well', () => {
  const lost = { opening: 10, since: 5 }

  expect(valueOf('churn_rate', { base, lost })).toBe(10)
  expect(valueOf('churn_rate_incl_new', { base, lost, joined: 48, returned: 2 })).toBe(10)
  expect(valueOf('churn_rate_incl_new', { base, lost, joined: 0, returned: 0 })).toBe(15)
})

test('retention by (E − N) / S takes those who joined and left for customers who were lost', () => {
  const closing = { n: 100, sum: 0 }
  const found = { base: { ...base, closing } }
  const stayed = { opening: 0, since: 0 }
  const lost = { opening: 0, since: 10 }

  expect(valueOf('retention_rate', { ...found, stayed, lost })).toBe(100)
  expect(valueOf('retention_simple', { ...found, joined: 10, returned: 0 })).toBe(90)
})

test('churn and retention are 100 % together unless somebody came back, who is then named', () => {
  const lost = { opening: 10, since: 0 }
  const stayed = { opening: -8, since: 0 }
  const retention = estimateOf('retention_rate', { base, stayed, lost })

  expect(Number(retention.value) + Number(valueOf('churn_rate', { base, lost }))).toBe(102)
  expect(retention.also).toEqual({ won_back: 2 })
})

test('net revenue retention may exceed 100 %, gross may not, and new customers are in neither', () => {
  const paid = { opening: { n: 10, sum: 100_000 }, closing: { n: 50, sum: 900_000 } }

  expect(valueOf('nrr', { base: paid, held: { opening: 20_000, since: 9 } })).toBe(120)
  expect(valueOf('grr', { base: paid, kept: { opening: -5_000, since: 9 } })).toBe(95)
})

test('a purchase that is repeated is counted by customers, not by orders', () => {
  expect(valueOf('repeat_purchase_rate', { customers: { once: 20, twice: 5 } })).toBe(25)
})

const evenly = (from: number, to: number) =>
  new Map(Array.from({ length: to - from + 1 }, (_, index) => [from + index, 10]))

test('answers spread evenly are −45 on the scale of NPS and 0 on five points', () => {
  expect(valueOf('nps', { answers: evenly(0, 10) })).toBeCloseTo(-45.45, 2)
  expect(valueOf('nps5', { answers: evenly(1, 5) })).toBe(0)
})

test('six promoters, three passives and a detractor are 50, whoever skipped the question', () => {
  const answers = new Map([
    [10, 6],
    [8, 3],
    [2, 1],
  ])

  expect(valueOf('nps', { answers })).toBe(50)
})

test('no answers are no NPS; as many promoters as detractors are 0', () => {
  expect(valueOf('nps', { answers: new Map() })).toBeNull()
  expect(
    valueOf('nps', {
      answers: new Map([
        [10, 3],
        [0, 3],
      ]),
    }),
  ).toBe(0)
})

test('32 promoters, 13 passives and 6 detractors are 50.98 ± 19.1', () => {
  const answers = new Map([
    [9, 32],
    [7, 13],
    [6, 6],
  ])
  const { value, n, low, high } = estimateOf('nps', { answers })

  expect(value).toBeCloseTo(50.98, 2)
  expect(n).toBe(51)
  expect(Number(value) - Number(low)).toBeCloseTo(19.1, 1)
  expect(Number(high) - Number(value)).toBeCloseTo(19.1, 1)
})

test.each([
  [10, 48],
  [30, 28],
  [100, 15],
  [400, 8],
])('half promoters and a fifth detractors of %d are 30 ± %d', (n, margin) => {
  const answers = new Map([
    [10, n * 0.5],
    [8, n * 0.3],
    [0, n * 0.2],
  ])
  const { value, low } = estimateOf('nps', { answers })

  expect(value).toBeCloseTo(30, 9)
  expect(Math.round(Number(value) - Number(low))).toBe(margin)
})

test('retention from 65 to 80 is 15 points or 23 percent; a cycle from 15 to 10 days is a third less', () => {
  const [before, after] = [-35, -20].map((opening) =>
    Number(
      valueOf('retention_rate', {
        base,
        stayed: { opening, since: 0 },
        lost: { opening: -opening, since: 0 },
      }),
    ),
  )

  expect(Number(after) - Number(before)).toBe(15)
  expect(100 * (Number(after) / Number(before) - 1)).toBeCloseTo(23.08, 2)
  expect(100 * (10 / 15 - 1)).toBeCloseTo(-33.33, 2)
  expect([kpiOf('retention_rate').direction, kpiOf('sales_cycle').direction]).toEqual([
    'up',
    'down',
  ])
})

const week = windowOf('2026-03-02', '2026-03-08')

test('the rate of a week is not the mean of the rates of its days', () => {
  const kpi = kpiOf('win_rate')
  const history = historyOf([
    snapshot('2026-03-02', { won: 1, lost: 0 }),
    snapshot('2026-03-03', { won: 10, lost: 89 }),
  ])
  const days = series(kpi, history, week, 'day', place).flatMap(({ value }) => value ?? [])

  expect(total(kpi, history, week, place).value).toBe(11)
  expect(days.reduce((sum, value) => sum + value, 0) / days.length).toBeGreaterThan(55)
})

test('the median of a week is not the mean of the medians of its days', () => {
  const kpi = kpiOf('task_time')
  const history = historyOf([
    snapshot('2026-03-02', { 'times/n': 1, 'times/sum': 300_000, 'times/b/637': 1 }),
    snapshot('2026-03-03', { 'times/n': 3, 'times/sum': 10_800_000, 'times/b/763': 3 }),
  ])
  const values = series(kpi, history, week, 'day', place).flatMap(({ value }) => value ?? [])

  expect(total(kpi, history, week, place).value).toBe(values[1])
  expect(values).toHaveLength(2)
})

test('the users of a week are not the sum of those of its days', () => {
  const kpi = kpiOf('active_user_share')
  const history = historyOf(
    [
      snapshot('2026-03-02', { 'users/1/never': 3 }),
      snapshot('2026-03-03', { 'users/1/2026-03-02': 3, 'users/1/2026-02-20': 1 }),
    ],
    { 'seats/n': 1, 'seats/sum': 10 },
  )
  const days = series(kpi, history, week, 'day', place).map(({ parts }) => parts['users'])

  expect(days.slice(0, 3)).toEqual([3, 4, 0])
  expect(total(kpi, history, week, place)).toMatchObject({ value: 40, parts: { users: 4 } })
})

test('a level is never added up over days', () => {
  const history = (part: string) =>
    historyOf(
      [
        snapshot('2026-03-04', {
          [`${part}/n`]: 5,
          [`${part}/EUR/n`]: 5,
          [`${part}/EUR/sum`]: 500,
        }),
      ],
      {
        [`${part}/n`]: 90,
        [`${part}/EUR/n`]: 90,
        [`${part}/EUR/sum`]: 9_000,
      },
    )
  const customersOf = kpiOf('customers')
  const mrr = kpiOf('mrr')

  expect(total(customersOf, history('base'), week, place).value).toBe(95)
  expect(total(mrr, history('mrr'), week, place).value).toBe(95)
  expect(
    series(customersOf, history('base'), week, 'day', place).map(({ value }) => value),
  ).toEqual([90, 90, 95, 95, 95, 95, 95])
})

test('revenue counts a refund on the day it was made, and never mixes currencies', () => {
  const kpi = kpiOf('revenue')
  const history = historyOf([
    snapshot('2026-03-02', {
      'ordered/EUR/n': 1,
      'ordered/EUR/sum': 5_000,
      'won/USD/n': 1,
      'won/USD/sum': 9_900,
    }),
    snapshot('2026-03-05', { 'refunded/EUR/n': 1, 'refunded/EUR/sum': 2_000 }),
  ])

  expect(series(kpi, history, week, 'day', place).map(({ value }) => value)).toEqual([
    50, 0, 0, -20, 0, 0, 0,
  ])
  expect(total(kpi, history, week, place)).toMatchObject({ value: 30, leftOut: { USD: 1 } })
})

test('there is no growth from nothing, nor from more refunds than sales', () => {
  const kpi = kpiOf('revenue_growth')
  const earned = (day: string, part: string) =>
    snapshot(day, { [`${part}/EUR/n`]: 1, [`${part}/EUR/sum`]: 1_000 })
  const growthAfter = (part: string) =>
    total(kpi, historyOf([earned('2026-02-25', part), earned('2026-03-03', 'won')]), week, place)

  expect(growthAfter('won')).toMatchObject({ value: 0, n: 1 })
  expect(growthAfter('refunded')).toMatchObject({ value: null, reason: 'no_denominator' })
  expect(total(kpi, historyOf([earned('2026-03-03', 'won')]), week, place).value).toBeNull()
})
