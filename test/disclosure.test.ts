import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { conceal, disclose } from '../src/disclosure.ts'
import type { CountedPoint } from '../src/series.ts'

const day = '2026-01-01' as Day

function pointOf(n: number): CountedPoint {
  const value = n === 0 ? null : 50
  const period = { from: day, to: day, complete: true, revised: false }
  return { ...period, value, n, low: null, high: null, parts: { answers: { 3: n } } }
}

const totalOf = (sizes: readonly number[]) => {
  const n = sizes.reduce((sum, size) => sum + size, 0)
  return { value: n === 0 ? null : 50, n, low: null, high: null }
}

const shownSizes = (sizes: readonly number[], minimum: number) =>
  disclose(totalOf(sizes), sizes.map(pointOf), minimum).points.map(({ value, n }) =>
    value === null ? 0 : n,
  )

test('what was hidden cannot be found by taking what is shown from the total', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 20 }),
      (sizes, minimum) => {
        const total = totalOf(sizes)
        const found = disclose(total, sizes.map(pointOf), minimum)

        const shown = found.points.reduce((sum, { n }) => sum + n, 0)
        const rest = total.n - shown
        expect(found.points.every(({ n, value }) => value === null || n >= minimum)).toBe(true)
        if (found.total.value === null) expect(shown).toBe(0)
        else expect(rest === 0 || rest >= minimum || shown === 0).toBe(true)
      },
    ),
  )
})

test('six answers and one hide both, because the one is the total without the six', () => {
  expect(shownSizes([6, 1], 5)).toEqual([0, 0])
})

test('the smallest of the points goes with a hidden one, and no more than it takes', () => {
  expect(shownSizes([20, 3, 7, 9], 5)).toEqual([20, 0, 0, 9])
})

test('hidden points that are many enough together hide nothing else', () => {
  expect(shownSizes([20, 3, 2], 5)).toEqual([20, 0, 0])
})

test('a window of too few answers shows none of them, and says why', () => {
  const { total, points } = disclose(totalOf([2, 0]), [2, 0].map(pointOf), 5)

  expect(total).toMatchObject({ value: null, n: 0, reason: 'too_few' })
  expect(points[0]).toMatchObject({ value: null, n: 0, reason: 'too_few' })
  expect(points[1]).toMatchObject({ value: null, n: 0 })
})

test('with a minimum of one nothing is hidden', () => {
  expect(shownSizes([1, 0, 2], 1)).toEqual([1, 0, 2])
})

test('neither a point nor the total tells what it was made of, hidden or shown', () => {
  const told = {
    also: { p90: 7, opening: 6 },
    leftOut: { USD: 1 },
    mature: true,
    parts: { answers: { 3: 20 } },
  }
  const sizes = [20, 1, 0]
  const points = sizes.map((n) => ({ ...pointOf(n), ...told }))

  const found = disclose({ ...totalOf(sizes), ...told }, points, 5)

  const names = new Set([found.total, ...found.points].flatMap((shown) => Object.keys(shown)))
  expect([...names].filter((name) => name in told)).toEqual([])
  expect(found.total).toMatchObject({ value: 50, n: 21 })
  expect(found.points.map(({ n, reason }) => [n, reason])).toEqual([
    [0, 'too_few'],
    [0, 'too_few'],
    [0, undefined],
  ])
})

const concealedSizes = (sizes: readonly number[], minimum: number, beside: number) =>
  [
    ...conceal(
      sizes.map((n) => ({ n })),
      minimum,
      beside,
    ),
  ].map(({ n }) => n)

test('segments that have more answers than their total are told only where what is left of it is enough', () => {
  expect(concealedSizes([8, 6, 3, 3], 5, -10)).toEqual([3, 3, 6, 8])
  expect(concealedSizes([6, 6], 5, -2)).toEqual([])
})
