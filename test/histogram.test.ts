import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Histogram,
  binOf,
  gamma,
  histogramJson,
  histogramOf,
  meanMargin,
  median,
  medianBounds,
  quantile,
} from '../src/histogram.ts'
import { type Counters, addCounters } from '../src/part.ts'

/** The counters of some values, as a day keeps them. */
function countersOf(values: readonly number[]): Counters {
  return addCounters(
    values.map(
      (value) =>
        new Map([
          ['n', 1],
          ['sum', value],
          [`b/${binOf(value)}`, 1],
        ]),
    ),
  )
}

const of = (...values: number[]): Histogram => histogramOf(countersOf(values))

const largest = 1e12

/** Whole numbers of every size: as likely of one digit as of twelve. */
const value = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([digits, share]) => Math.floor(share * 10 ** digits))

const values = fc.array(value, { minLength: 1, maxLength: 200, size: 'max' })

function sorted(given: readonly number[]): number[] {
  return given.toSorted((one, other) => one - other)
}

/** The median of the values themselves: the mean of the two in the middle. */
function exactMedian(given: readonly number[]): number {
  const order = sorted(given)
  const [low, high] = [(order.length - 1) >> 1, order.length >> 1]
  return ((order[low] ?? NaN) + (order[high] ?? NaN)) / 2
}

/** The quantile of the values themselves, by nearest rank. */
function exactQuantile(given: readonly number[], q: number): number {
  return sorted(given)[Math.max(1, Math.ceil(q * given.length)) - 1] ?? NaN
}

function expectWithin1Percent(found: number | null, exact: number): void {
  expect(Math.abs((found ?? NaN) - exact)).toBeLessThanOrEqual(0.01 * exact)
}

test('puts a value into the bin whose ends it lies between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: largest }), (whole) => {
      const bin = binOf(whole)
      expect(Number.isInteger(bin)).toBe(true)
      expect(whole).toBeGreaterThan(gamma ** (Number(bin) - 1) * (1 - 1e-9))
      expect(whole).toBeLessThanOrEqual(gamma ** Number(bin) * (1 + 1e-9))
    }),
    { seed: 1, numRuns: 1_000 },
  )
})

test.each([
  [0, 'zero'],
  [1, 0],
  [2, 36],
  [100, 233],
  [4_000, 419],
  [300_000, 637],
  [864_000_000, 1_040],
  [largest, 1_396],
])('puts %d into bin %s', (whole, bin) => {
  expect(binOf(whole)).toBe(bin)
})

test('reads what was counted, in the order of size, without what has become 0', () => {
  const counters = new Map([
    ['n', 3],
    ['sum', 7],
    ['b/5', 1],
    ['b/zero', 1],
    ['b/-2', 1],
    ['b/9', 0],
  ])

  expect([...histogramOf(counters).bins]).toEqual([
    ['zero', 1],
    [-2, 1],
    [5, 1],
  ])
  expect(histogramOf(new Map())).toEqual({ n: 0, sum: 0, bins: new Map() })
})

test('finds the median and the 90th percentile within 1 %', () => {
  fc.assert(
    fc.property(values, (given) => {
      const histogram = of(...given)
      expectWithin1Percent(median(histogram), exactMedian(given))
      for (const q of [0.1, 0.5, 0.9, 0.99]) {
        expectWithin1Percent(quantile(histogram, q), exactQuantile(given, q))
      }
    }),
    { seed: 2, numRuns: 1_000 },
  )
})

test('keeps number and sum exact', () => {
  fc.assert(
    fc.property(values, (given) => {
      const { n, sum, bins } = of(...given)
      expect(n).toBe(given.length)
      expect(sum).toBe(given.reduce((all, one) => all + one, 0))
      expect(bins.values().reduce((all, one) => all + one, 0)).toBe(n)
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('is of days added up what it is of all values at once', () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 5 }), (days) => {
      expect(histogramOf(addCounters(days.map(countersOf)))).toEqual(of(...days.flat()))
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('takes the mean of the two in the middle of an even number', () => {
  expect(median(of(0, 100))).toBeCloseTo((quantile(of(100), 0.5) ?? NaN) / 2, 9)
  expectWithin1Percent(median(of(100, 200, 300, 1_000_000)), 250)
  expectWithin1Percent(median(of(100, 200, 1_000_000)), 200)
})

test('takes the smallest value for quantile 0, the largest for 1', () => {
  expect(quantile(of(0, 5, 9), 0)).toBe(0)
  expectWithin1Percent(quantile(of(0, 5, 9), 1), 9)
})

test('has no quantile of nothing', () => {
  expect(median(of())).toBeNull()
  expect(quantile(of(), 0.9)).toBeNull()
  expect(medianBounds(of())).toBeNull()
  expect(meanMargin(of())).toBeNull()
  expect(histogramJson(of())).toEqual({ n: 0, sum: 0 })
})

test.each([
  [7, null],
  [8, [1, 8]],
  [10, [1, 10]],
  [25, [7, 19]],
  [100, [40, 61]],
])('bounds the median of %d values by those of rank %j', (n, ranks) => {
  const given = Array.from({ length: n }, (_, index) => 1.5 ** (index + 1) * 1_000)
  const order = given.map((one) => Math.round(one))
  const expected =
    ranks === null ? null : ranks.map((rank) => quantile(of(...order), (rank - 0.5) / n))

  expect(medianBounds(of(...order))).toEqual(expected)
})

test('bounds the median of a known population in at least 95 of 100 samples', () => {
  let hits = 0
  let seed = 7
  const draw = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let sample = 0; sample < 400; sample++) {
    const given = Array.from({ length: 60 }, () => Math.round(-1e6 * Math.log(draw())))
    const [low, high] = medianBounds(of(...given)) ?? [NaN, NaN]
    if (low <= 1e6 * Math.LN2 * 1.01 && high >= 1e6 * Math.LN2 * 0.99) hits++
  }

  expect(hits / 400).toBeGreaterThan(0.94)
})

test('has the margin of the mean that the values themselves give, within 2 %', () => {
  const given = [100, 220, 310, 90, 1_500, 640, 800, 75]
  const mean = given.reduce((sum, one) => sum + one, 0) / given.length
  const variance = given.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (given.length - 1)
  const exact = 1.959963984540054 * Math.sqrt(variance / given.length)

  expect(Math.abs((meanMargin(of(...given)) ?? NaN) - exact)).toBeLessThan(0.02 * exact)
})

test('has no margin of values that are alike, or of one', () => {
  expect(meanMargin(of(7))).toBeNull()
  expect(meanMargin(of(7, 7, 7))).toBeNull()
})
