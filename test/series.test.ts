import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { type Snapshot, firstDayOf, looksBack, noHistory, series, total } from '../src/series.ts'
import type { Grain } from '../src/window.ts'
import { historyOf, kpiOf, snapshot, windowOf } from './kpi.ts'

const march = windowOf('2026-03-01', '2026-03-04')
const place = { closed: '2026-03-03' as Day, currency: 'EUR' }

const nps = kpiOf('nps')
const responseRate = kpiOf('response_rate')
const revenue = kpiOf('revenue')

const pointsOf = (snapshots: readonly Snapshot[], grain: Grain) =>
  series(nps, historyOf(snapshots), march, grain, place)

test('reads the parts of a KPI and no other counters', () => {
  const day = snapshot('2026-03-01', { sent: 40, answered: 10, 'answers/10': 99, '*': 1 })

  expect(total(responseRate, historyOf([day]), march, place)).toMatchObject({
    value: 25,
    n: 40,
    parts: { sent: 40, answered: 10 },
  })
})

test('shows the parts in the order of their declaration, and counts that are missing as 0', () => {
  const shown = (kpi: typeof nps, counters: Record<string, number>) =>
    JSON.stringify(total(kpi, historyOf([snapshot('2026-03-01', counters)]), march, place).parts)

  expect(shown(responseRate, { answered: 3 })).toBe('{"sent":0,"answered":3}')
  expect(shown(nps, { 'answers/10': 3 })).toBe('{"answers":{"10":3}}')
  expect(shown(nps, {})).toBe('{"answers":{}}')
})

test('has a point for every day, null where nothing happened', () => {
  const points = pointsOf([snapshot('2026-03-02', { 'answers/10': 1 })], 'day')

  expect(points.map(({ from, to, value, n }) => [from, to, value, n])).toEqual([
    ['2026-03-01', '2026-03-01', null, 0],
    ['2026-03-02', '2026-03-02', 100, 1],
    ['2026-03-03', '2026-03-03', null, 0],
    ['2026-03-04', '2026-03-04', null, 0],
  ])
  expect(points[0]).toMatchObject({ reason: 'no_data', low: null, high: null })
})

test('divides the sums of a period and never averages its days', () => {
  const days = [
    snapshot('2026-03-02', { sent: 1, answered: 1 }),
    snapshot('2026-03-03', { sent: 9, answered: 0 }),
  ]

  expect(total(responseRate, historyOf(days), march, place)).toMatchObject({
    value: 10,
    n: 10,
    parts: { sent: 10, answered: 1 },
  })
})

test('puts each day into its period', () => {
  const points = pointsOf(
    [
      snapshot('2026-03-01', { 'answers/10': 1 }),
      snapshot('2026-03-02', { 'answers/8': 1 }),
      snapshot('2026-03-04', { 'answers/0': 1 }),
    ],
    'week',
  )

  expect(points.map(({ from, value }) => [from, value])).toEqual([
    ['2026-03-01', 100],
    ['2026-03-02', -50],
  ])
})

test('ignores days beyond both ends of the window', () => {
  const points = pointsOf(
    ['2025-03-02', '2026-02-28', '2026-03-05', '2027-03-02'].map((day) =>
      snapshot(day, { 'answers/10': 1 }),
    ),
    'total',
  )

  expect(points).toMatchObject([{ value: null, n: 0 }])
})

test('gives the window as a whole what its only period has', () => {
  const history = historyOf([snapshot('2026-03-02', { 'answers/10': 1 })])
  const [point] = series(nps, history, march, 'total', place)

  expect(point).toEqual({
    ...march,
    ...total(nps, history, march, place),
    complete: false,
    revised: false,
  })
})

test('calls a period complete once its last day has been closed', () => {
  const complete = (grain: Grain) => pointsOf([], grain).map((point) => point.complete)

  expect(complete('day')).toEqual([true, true, true, false])
  expect(complete('week')).toEqual([true, false])
  expect(complete('total')).toEqual([false])
})

test('calls a period revised where one of its days was published again', () => {
  const snapshots = [
    snapshot('2026-03-01', { 'answers/10': 1 }),
    snapshot('2026-03-02', { 'answers/10': 1 }, 2),
    snapshot('2026-03-03', { 'answers/10': 1 }),
  ]
  const revised = (grain: Grain) => pointsOf(snapshots, grain).map((point) => point.revised)

  expect(revised('day')).toEqual([false, true, false, false])
  expect(revised('week')).toEqual([false, true])
  expect(revised('total')).toEqual([true])
})

test('has no points where the window has no days', () => {
  const { from, to } = march

  expect(series(nps, noHistory(from), { from: to, to: from }, 'day', place)).toEqual([])
})

const customers = kpiOf('customers')

test('looks back at all days before the window, and at the days of the periods before', () => {
  const days = [
    snapshot('2026-02-27', { 'base/n': 5 }),
    snapshot('2026-03-02', { 'base/n': 3 }),
    snapshot('2026-03-04', { 'base/n': -1 }),
  ]
  const points = series(customers, historyOf(days, { 'base/n': 90 }), march, 'day', place)

  expect(points.map(({ value }) => value)).toEqual([95, 98, 98, 97])
  expect(points.map(({ parts }) => parts['base'])).toEqual([
    { opening: 95, closing: 95 },
    { opening: 95, closing: 98 },
    { opening: 98, closing: 98 },
    { opening: 98, closing: 97 },
  ])
  expect(looksBack(customers)).toBe(true)
  expect(looksBack(nps)).toBe(false)
})

test('leaves the history that it looks back at as it was', () => {
  const history = historyOf([snapshot('2026-03-02', { 'base/n': 3 })], { 'base/n': 90 })
  const once = series(customers, history, march, 'day', place)

  expect(series(customers, history, march, 'day', place)).toEqual(once)
  expect(history.opening).toEqual(new Map([['base/n', 90]]))
})

const growth = kpiOf('revenue_growth')

test('compares each period with as many days just before it', () => {
  const won = (day: string, sum: number) => snapshot(day, { 'won/EUR/n': 1, 'won/EUR/sum': sum })
  const days = [
    won('2026-02-25', 100),
    won('2026-02-28', 300),
    won('2026-03-01', 600),
    won('2026-03-02', 1_800),
  ]
  const values = (grain: Grain) =>
    series(growth, historyOf(days), march, grain, place).map(({ value }) => value)

  expect(values('day')).toEqual([100, 200, -100, null])
  expect(values('total')).toEqual([500])
  expect(firstDayOf(growth, march)).toBe('2026-02-25')
  expect(firstDayOf(revenue, march)).toBe('2026-03-01')
})

test('names by currency the most that any part leaves out, only where something is', () => {
  const day = snapshot('2026-03-02', {
    'won/EUR/n': 1,
    'won/EUR/sum': 100,
    'won/USD/n': 2,
    'won/USD/sum': 999,
    'ordered/USD/n': 3,
    'ordered/USD/sum': 999,
    'refunded/JPY/n': 1,
    'refunded/JPY/sum': 999,
  })
  const [first, second] = series(revenue, historyOf([day]), march, 'day', place)

  expect(second).toMatchObject({ value: 1, n: 1, leftOut: { USD: 3, JPY: 1 } })
  expect(first).not.toHaveProperty('leftOut')
})

test('reads money in the currency of the workspace and its decimals', () => {
  const day = snapshot('2026-03-02', { 'won/JPY/n': 1, 'won/JPY/sum': 100 })
  const yen = { ...place, currency: 'JPY' }

  expect(total(revenue, historyOf([day]), march, yen).value).toBe(100)
  expect(total(revenue, historyOf([day]), march, place).value).toBe(0)
})

test('calls a cohort mature once its last day is old enough', () => {
  const conversion = kpiOf('lead_qualified_rate')
  const mature = (closed: string) =>
    series(conversion, noHistory(march.from), march, 'day', {
      ...place,
      closed: closed as Day,
    }).map((point) => point.mature)

  expect(conversion.matures).toBe(90)
  expect(mature('2026-05-31')).toEqual([true, true, false, false])
  expect(mature('2026-06-02')).toEqual([true, true, true, true])
  expect(pointsOf([], 'day')[0]).not.toHaveProperty('mature')
})
