import { expect, test } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { addDays } from '../../src/day.ts'
import { trendOf } from '../../src/trend.ts'
import { estimate, picture, today, walk } from './pictures.ts'

const days = { from: addDays(today, -60), to: addDays(today, -31) }
const against = (before: number, n: number, change: Partial<Picture> = {}) =>
  trendOf(
    picture({ total: estimate(40, n), before: { ...days, total: estimate(before, n) }, ...change }),
  )
const rising = (by: number, n: number, change: Partial<Picture> = {}) =>
  trendOf(
    picture({
      points: walk(30).map((point, index) => ({ ...point, ...estimate(by * index, n) })),
      ...change,
    }),
  )

test('sees a change in the windows only where its interval leaves zero out', () => {
  expect(against(20, 1000)).toBe('up')
  expect(against(60, 1000)).toBe('down')
  expect(against(38, 1000)).toBe('level')
  expect(against(20, 20)).toBe('level')
})

test('compares the halves of a series where nothing earlier is known', () => {
  expect(rising(2, 40)).toBe('up')
  expect(rising(-2, 40)).toBe('down')
  expect(rising(0.1, 40)).toBe('level')
})

test('needs fewer answers a day the more days there are', () => {
  expect(rising(1, 20)).toBe('up')
  expect(
    rising(1, 20, { points: walk(2).map((each, at) => ({ ...each, ...estimate(15 * at, 20) })) }),
  ).toBe('level')
})

test('leaves a period that still runs out', () => {
  const points = walk(2, 30).map((each, at) => ({
    ...each,
    ...estimate(80 * at, 900),
    complete: at < 1,
  }))

  expect(rising(1, 1, { points })).toBeNull()
})

test('tells nothing of what has no interval or may not be seen', () => {
  const bare = walk(30).map((each) => ({ ...each, low: null, high: null }))

  expect(rising(1, 1, { points: bare })).toBeNull()
  expect(rising(2, 4)).toBeNull()
  expect(against(20, 4)).toBeNull()
  expect(rising(1, 1, { points: [] })).toBeNull()
})
