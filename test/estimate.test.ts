import { expect, test } from 'vitest'
import { major, meanOf, medianOf, money, number, ratio, unknown } from '../src/estimate.ts'
import { type Histogram, binOf } from '../src/histogram.ts'

function of(...values: number[]): Histogram {
  const bins = Map.groupBy(
    values.toSorted((one, other) => one - other),
    binOf,
  )
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    bins: new Map([...bins].map(([bin, found]) => [bin, found.length])),
  }
}

test('says why there is no value', () => {
  expect(unknown('no_data')).toEqual({
    value: null,
    n: 0,
    low: null,
    high: null,
    reason: 'no_data',
  })
  expect(unknown('no_denominator', 7).n).toBe(7)
})

test('takes nothing for zero where things are counted', () => {
  expect(number(0)).toEqual({ value: 0, n: 0, low: null, high: null })
  expect(number(7)).toEqual({ value: 7, n: 7, low: null, high: null })
})

test('divides, and never by zero', () => {
  expect(ratio(3, 4)).toEqual({ value: 0.75, n: 4, low: null, high: null })
  expect(ratio(3, 4, { scale: 100, n: 9 })).toEqual({ value: 75, n: 9, low: null, high: null })
  expect(ratio(3, 0)).toEqual(unknown('no_denominator'))
  expect(ratio(0, 0, { n: 9 })).toEqual(unknown('no_denominator'))
})

test.each([
  [12_345, 'EUR', 123.45],
  [12_345, 'JPY', 12_345],
  [12_345, 'KWD', 12.345],
  [-50, 'USD', -0.5],
])('takes %d minor units of %s for %d', (minor, currency, value) => {
  expect(major(minor, currency)).toBe(value)
  expect(money(minor, 2, currency)).toEqual({ value, n: 2, low: null, high: null })
})

test('gives the median with mean and 90th percentile beside it, in the unit asked for', () => {
  const { value, n, low, high, also } = medianOf(of(1_000, 2_000, 9_000), 1_000)

  expect(value).toBeCloseTo(2, 1)
  expect({ n, low, high }).toEqual({ n: 3, low: null, high: null })
  expect(also?.['mean']).toBe(4)
  expect(also?.['p90']).toBeCloseTo(9, 0)
})

test('bounds the median of a sample that is large enough', () => {
  const { value, low, high } = medianOf(of(...Array.from({ length: 100 }, (_, n) => n + 1)), 1)

  expect(value).toBeCloseTo(50.5, 0)
  expect(Math.abs((low ?? NaN) - 40)).toBeLessThan(0.5)
  expect(Math.abs((high ?? NaN) - 61)).toBeLessThan(0.7)
})

test('gives the exact mean with median and 90th percentile beside it', () => {
  const { value, n, low, high, also } = meanOf(of(10_000, 20_000, 30_001), 100)

  expect(value).toBeCloseTo(200.003_333_333, 9)
  expect(n).toBe(3)
  expect(low ?? NaN).toBeLessThan(200)
  expect(high ?? NaN).toBeGreaterThan(200)
  expect(Object.keys(also ?? {})).toEqual(['median', 'p90'])
})

test('bounds a mean of what cannot be negative by zero, and not at all where all are alike', () => {
  expect(meanOf(of(1, 1, 1_000), 1).low).toBe(0)
  expect(meanOf(of(40, 40), 1)).toMatchObject({ value: 40, low: null, high: null })
})

test('has neither median nor mean of nothing', () => {
  expect(medianOf(of(), 1)).toEqual(unknown('no_data'))
  expect(meanOf(of(), 1)).toEqual(unknown('no_data'))
})
