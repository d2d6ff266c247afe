import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../src/day.ts'
import { forecast, neverForecast } from '../src/forecast.ts'
import { kpis } from '../src/kpis/index.ts'
import type { History } from '../src/series.ts'
import { exampleHistory, historyOf, kpiOf, place, snapshot } from './kpi.ts'

/** So many weeks of counters, one day each, up to the last closed day. */
function weeksOf(weeks: readonly Record<string, number>[], opening = {}): History {
  return historyOf(
    weeks.map((counters, at) => {
      const first = addDays(place.closed, -7 * (weeks.length - at) + 1)
      return snapshot(first, counters)
    }),
    opening,
  )
}

const visitsOf = (counts: readonly number[]) => weeksOf(counts.map((visits) => ({ visits })))

test('a course that repeats itself is forecast to, without doubt', () => {
  const told = forecast(kpiOf('visits'), visitsOf(Array.from({ length: 12 }, () => 70)), place, 4)

  expect(told).toMatchObject({ weeks: 12, needed: 11, reason: null })
  expect(told.forecast).toMatchObject({
    method: 'seasonal_naive',
    backtest: { mae: 0, mase: null },
    total: { from: '2028-01-01', to: '2028-01-28', value: 280, low: 280, high: 280 },
  })
  expect(told.forecast?.points.map(({ value }) => value)).toEqual([70, 70, 70, 70])
})

test('a steady rise is followed by the damped trend, which errs less than the week before', () => {
  const counts = Array.from({ length: 26 }, (_, at) => 1_000 + 100 * at)

  const { forecast: found } = forecast(kpiOf('visits'), visitsOf(counts), place, 4)

  expect(found?.method).toBe('damped_holt')
  expect(found?.points[0]?.value).toBeGreaterThan(3_500)
  expect(found?.backtest.mae).toBeLessThan(found?.backtest.otherMae ?? 0)
})

test('a number of things is never expected to be below zero', () => {
  const counts = Array.from({ length: 26 }, (_, at) => (at % 3 === 0 ? 90 : 2))

  const { forecast: found } = forecast(kpiOf('visits'), visitsOf(counts), place, 4)

  expect(found?.points.map(({ low }) => low)).toEqual([0, 0, 0, 0])
})

test('a share is forecast by its parts: a week with ten times the answers weighs ten times', () => {
  const weeks = Array.from({ length: 12 }, (_, at) =>
    at % 2 === 0 ? { 'answers/5': 90, 'answers/1': 10 } : { 'answers/5': 1, 'answers/1': 9 },
  )

  const { forecast: found } = forecast(kpiOf('csat'), weeksOf(weeks), place, 1)

  // The mean of the weeks' shares is 50, and that of the answers 83.
  expect(found?.method).toBe('damped_holt')
  expect(found?.total.value).toBeGreaterThan(70)
})

test('a level is carried on from where it stands', () => {
  const weeks = Array.from({ length: 12 }, () => ({ 'base/n': 5, 'base/sum': 0 }))

  const { forecast: found } = forecast(
    kpiOf('customers'),
    weeksOf(weeks, { 'base/n': 100 }),
    place,
    4,
  )

  expect(found?.points.map(({ value }) => value)).toEqual([165, 170, 175, 180])
  expect(found?.total.value).toBe(180)
})

test.each([
  [7, 1, 'too_few_weeks', 8],
  [10, 4, 'too_few_weeks', 11],
])(
  '%i weeks are too few for %i ahead, and the answer says how many it takes',
  (weeks, steps, reason, needed) => {
    const counts = Array.from({ length: weeks }, () => 70)

    expect(forecast(kpiOf('visits'), visitsOf(counts), place, steps)).toEqual({
      weeks,
      needed,
      reason,
      forecast: null,
    })
  },
)

test('a KPI without a value in most weeks is not forecast', () => {
  const weeks = Array.from({ length: 12 }, (_, at) => (at === 0 ? { 'answers/5': 1 } : {}))

  expect(forecast(kpiOf('csat'), weeksOf(weeks), place, 1)).toMatchObject({ reason: 'no_value' })
})

test('what hangs on other days, or is not final, is never forecast', () => {
  expect(neverForecast(kpiOf('churn_rate'))).toBe('not_additive')
  expect(neverForecast(kpiOf('revenue_growth'))).toBe('not_additive')
  expect(neverForecast(kpiOf('response_rate'))).toBe('not_final')
  expect(neverForecast(kpiOf('mrr'))).toBe(null)
})

test('every other KPI that always is as in its example is forecast to stay so', () => {
  for (const kpi of kpis.filter((one) => neverForecast(one) === null)) {
    const { snapshots, opening } = exampleHistory(kpi)
    const [counters = new Map()] = snapshots.slice(-1).map((day) => day.counters)
    const level = Object.values(kpi.parts).every(({ kind }) => kind === 'level')
    const weeks = Array.from({ length: 12 }, () => (level ? {} : Object.fromEntries(counters)))

    const told = forecast(kpi, { ...weeksOf(weeks), ...(level && { opening }) }, place, 2)

    expect(told.reason, kpi.id).toBe(null)
    expect(told.forecast?.points[0]?.value, kpi.id).toEqual(expect.any(Number))
  }
})

test('the band holds the value, widens with the errors, and forecasts scale as the counts do', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 12, maxLength: 26 })

  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 50 }), (list, factor) => {
      const [one, other] = [1, factor].map(
        (times) =>
          forecast(kpiOf('visits'), visitsOf(list.map((n) => n * times)), place, 2).forecast,
      )
      for (const { value, low, high } of one?.points ?? []) {
        expect(low).toBeLessThanOrEqual(value ?? Number.NaN)
        expect(high).toBeGreaterThanOrEqual(value ?? Number.NaN)
      }
      expect(other?.method).toBe(one?.method)
      expect(other?.total.value).toBeCloseTo((one?.total.value ?? 0) * factor, 3)
      expect(other?.total.high).toBeCloseTo((one?.total.high ?? 0) * factor, 3)
    }),
    { numRuns: 60 },
  )
})
