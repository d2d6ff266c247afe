import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Interval, intervalOf, monthly } from '../src/mrr.ts'

const one = (units: number, interval: Interval, every = 1) => monthly([{ units, interval, every }])

test.each([
  [12_000, 'year', 1, 1_000],
  [9_900, 'year', 1, 825],
  [1_000, 'month', 1, 1_000],
  [3_000, 'month', 3, 1_000],
  [1_200, 'week', 1, 5_200],
  [100, 'day', 1, 3_042],
  [0, 'year', 1, 0],
  [5, 'year', 1, 0],
  [6, 'year', 1, 1],
] as const)('%i every %s (%i) comes to %i a month', (units, interval, every, expected) => {
  expect(one(units, interval, every)).toBe(expected)
})

test('several charges are added before they are rounded', () => {
  const fivePence = { units: 5, interval: 'year', every: 1 } as const

  expect(monthly(Array.from({ length: 12 }, () => fivePence))).toBe(5)
  expect(monthly([])).toBe(0)
})

test('a charge every twelve months is a yearly one', () => {
  fc.assert(
    fc.property(fc.nat(1e12), (units) => {
      expect(one(units, 'month', 12)).toBe(one(units, 'year'))
    }),
  )
})

test('what cannot be a charge is refused', () => {
  expect(() => one(1, 'month', 0)).toThrow('every 1 interval')
  expect(() => one(Number.MAX_SAFE_INTEGER, 'day')).toThrow('2^53')
  expect(() => intervalOf('plan.interval', 'fortnight')).toThrow('plan.interval: Expected day')
  expect(intervalOf('plan.interval', 'YEAR')).toBe('year')
})
