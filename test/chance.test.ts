import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countBand, shareBand } from '../src/chance.ts'

const tail = 0.0003

// scipy.stats.nbinom 1.17: ppf and isf of total + ½ with periods / (periods + 1).
test.each([
  [0, 8, 0, 3],
  [3, 8, 0, 5],
  [40, 8, 0, 15],
  [24, 3, 0, 22],
  [400, 8, 27, 78],
  [8_000, 8, 887, 1_117],
])('countBand() of %i in %i periods is that of scipy', (total, periods, low, high) => {
  expect(countBand(total, periods, tail)).toEqual({ low, high })
})

// scipy.stats.betabinom 1.17: ppf and isf with part + ½ and whole − part + ½.
test.each([
  [0, 50, 10, 0, 3],
  [45, 50, 5, 1, 5],
  [300, 1_000, 40, 3, 23],
  [1, 2, 3, 0, 3],
  [1_000, 1_000, 30, 28, 30],
  [700, 1_000, 1_000, 628, 768],
])('shareBand() of %i in %i, for %i, is that of scipy', (part, whole, n, low, high) => {
  expect(shareBand({ part, whole }, n, tail)).toEqual({ low, high })
})

test('after many periods what is left is the Poisson distribution of the tables', () => {
  const many = 1_000_000

  // Quantiles at 2.5 and 97.5 % of the Poisson distribution with means 4 and 10.
  expect(countBand(4 * many, many, 0.025)).toEqual({ low: 1, high: 8 })
  expect(countBand(10 * many, many, 0.025)).toEqual({ low: 4, high: 17 })
})

test('a band holds the rate that it is made of, and is wider the less is left out', () => {
  const counts = fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 12 }))

  fc.assert(
    fc.property(counts, ([total, periods]) => {
      const [wide, narrow] = [0.0003, 0.05].map((left) => countBand(total, periods, left))
      expect(narrow?.low).toBeLessThanOrEqual(Math.ceil(total / periods))
      expect(narrow?.high).toBeGreaterThanOrEqual(Math.floor(total / periods))
      expect(wide?.low).toBeLessThanOrEqual(narrow?.low ?? 0)
      expect(wide?.high).toBeGreaterThanOrEqual(narrow?.high ?? Infinity)
    }),
    { numRuns: 200 },
  )
})

test('a share of n lies between none and all of them', () => {
  const shares = fc
    .nat(5_000)
    .chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole), fc.integer({ min: 1, max: 500 })))

  fc.assert(
    fc.property(shares, ([part, whole, n]) => {
      const { low, high } = shareBand({ part, whole }, n, tail)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(n)
      expect(low).toBeLessThanOrEqual(high)
    }),
    { numRuns: 200 },
  )
})
