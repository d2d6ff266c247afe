import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { nps } from '../src/kpis/nps.ts'
import { responseRate } from '../src/kpis/response-rate.ts'
import { type Snapshot, evaluate, partsJson, series } from '../src/series.ts'
import type { Window } from '../src/window.ts'

function snapshot(day: string, counters: Record<string, number>, revision = 1): Snapshot {
  return { day: day as Day, counters: new Map(Object.entries(counters)), revision, computed: 0 }
}

const march: Window = { from: '2026-03-01' as Day, to: '2026-03-04' as Day }
const closed = '2026-03-03' as Day

test('evaluates the parts of a KPI and no other counters', () => {
  const counters = new Map([
    ['sent', 40],
    ['answered', 10],
    ['answers/10', 99],
  ])

  expect(evaluate(responseRate, counters).value).toBe(25)
})

test('shows the parts in the order of their declaration, and counts that are missing as 0', () => {
  expect(JSON.stringify(partsJson(responseRate, new Map([['answered', 3]])))).toBe(
    '{"sent":0,"answered":3}',
  )
  expect(partsJson(nps, new Map([['answers/10', 3]]))).toEqual({ answers: { 10: 3 } })
  expect(partsJson(nps, new Map())).toEqual({ answers: {} })
})

test('has a point for every day, null where nothing happened', () => {
  const points = series(nps, [snapshot('2026-03-02', { 'answers/10': 1 })], march, 'day', closed)

  expect(points.map(({ from, to, value, n }) => [from, to, value, n])).toEqual([
    ['2026-03-01', '2026-03-01', null, 0],
    ['2026-03-02', '2026-03-02', 100, 1],
    ['2026-03-03', '2026-03-03', null, 0],
    ['2026-03-04', '2026-03-04', null, 0],
  ])
  expect(points[0]).toMatchObject({ reason: 'no_data', low: null, high: null })
})

test('divides the sums of a period and never averages its days', () => {
  const snapshots = [
    snapshot('2026-03-02', { sent: 1, answered: 1 }),
    snapshot('2026-03-03', { sent: 9, answered: 0 }),
  ]
  const [total] = series(responseRate, snapshots, march, 'total', closed)

  expect(total).toMatchObject({ value: 10, n: 10, parts: { sent: 10, answered: 1 } })
})

test('puts each day into its period, in whatever order the days come', () => {
  const snapshots = [
    snapshot('2026-03-04', { 'answers/0': 1 }),
    snapshot('2026-03-01', { 'answers/10': 1 }),
    snapshot('2026-03-02', { 'answers/8': 1 }),
  ]
  const points = series(nps, snapshots, march, 'week', closed)

  expect(points.map(({ from, value }) => [from, value])).toEqual([
    ['2026-03-01', 100],
    ['2026-03-02', -50],
  ])
  expect(series(nps, snapshots.toReversed(), march, 'week', closed)).toEqual(points)
})

test('ignores days beyond both ends of the window', () => {
  const snapshots = [
    snapshot('2026-02-28', { 'answers/10': 1 }),
    snapshot('2026-03-05', { 'answers/10': 1 }),
    snapshot('2025-03-02', { 'answers/10': 1 }),
    snapshot('2027-03-02', { 'answers/10': 1 }),
  ]

  expect(series(nps, snapshots, march, 'total', closed)).toMatchObject([{ value: null, n: 0 }])
})

test('calls a period complete once its last day has been closed', () => {
  const complete = (grain: 'day' | 'week' | 'total') =>
    series(nps, [], march, grain, closed).map((point) => point.complete)

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
  const revised = (grain: 'day' | 'week' | 'total') =>
    series(nps, snapshots, march, grain, closed).map((point) => point.revised)

  expect(revised('day')).toEqual([false, true, false, false])
  expect(revised('week')).toEqual([false, true])
  expect(revised('total')).toEqual([true])
})

test('has no points where the window has no days', () => {
  const { from, to } = march

  expect(series(nps, [], { from: to, to: from }, 'day', closed)).toEqual([])
})
