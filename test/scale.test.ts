import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fittedAxis, fixedAxis, linear } from '../src/scale.ts'

const unit = fc.constantFrom('percent', 'score', 'count', 'seconds', 'currency')

test('places the ends on the ends, the middle in the middle, and clamps what lies beyond', () => {
  const y = linear([-100, 100], [200, 100])

  expect([-100, 0, 100, -500, 500].map(y)).toEqual([200, 150, 100, 200, 100])
})

test('places everything in the middle where the domain has no width', () => {
  expect(linear([5, 5], [0, 10])(5)).toBe(5)
})

test('cuts given ends into equal round steps', () => {
  expect(fixedAxis(-100, 100).ticks).toEqual([-100, -50, 0, 50, 100])
  expect(fixedAxis(0, 100).ticks).toEqual([0, 25, 50, 75, 100])
  expect(fixedAxis(1, 5).ticks).toEqual([1, 2, 3, 4, 5])
  expect(fixedAxis(1, 7).ticks).toEqual([1, 3, 5, 7])
})

test('fits round ends around the values', () => {
  expect(fittedAxis(12, 87, 'percent').ticks).toEqual([0, 25, 50, 75, 100])
  expect(fittedAxis(4.12, 4.28, 'score').ticks).toEqual([4.1, 4.15, 4.2, 4.25, 4.3])
})

test('gives counts whole steps and durations steps of their own unit', () => {
  expect(fittedAxis(0, 3, 'count').ticks).toEqual([0, 1, 2, 3])
  expect(fittedAxis(0, 3 * 3600, 'seconds').ticks).toEqual([0, 3600, 7200, 10_800])
})

test('has at most five gridlines that rise and hold all values, for any values', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e14, max: 1e14, noNaN: true }),
      fc.double({ min: 0, max: 1e14, noNaN: true }),
      unit,
      (low, width, unit) => {
        const { domain, ticks } = fittedAxis(low, low + width, unit)
        const slack = Math.max(1, Math.abs(low), width) * 1e-6

        expect(ticks.length).toBeLessThanOrEqual(5)
        expect(ticks).toEqual([...new Set(ticks)].toSorted((a, b) => a - b))
        expect(domain[0]).toBeLessThanOrEqual(low + slack)
        expect(domain[1]).toBeGreaterThanOrEqual(low + width - slack)
      },
    ),
    { seed: 7, numRuns: 500 },
  )
})

test('stays finite for the largest numbers there are', () => {
  for (const [low, high] of [
    [-Number.MAX_VALUE, Number.MAX_VALUE],
    [1e300, 1e300],
    [0, Number.MIN_VALUE],
  ] as const) {
    expect(fittedAxis(low, high, 'ratio').ticks.every(Number.isFinite)).toBe(true)
  }
})
