import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mean, netScore, share } from '../src/interval.ts'
import type { Estimate } from '../src/kpi.ts'

/** The net score of so many promoters, passives and detractors. */
function net(promoters: number, passives: number, detractors: number): Estimate {
  const answers = new Map([
    [1, promoters],
    [0, passives],
    [-1, detractors],
  ])
  return netScore(answers, (value) => (value > 0 ? 1 : value < 0 ? -1 : 0))
}

/** The value with its interval, where there is one. */
function ends({ value, low, high }: Estimate): readonly [low: number, value: number, high: number] {
  if (value === null || low === null || high === null) throw new Error('no interval')
  return [low, value, high]
}

function ordered(...values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || (values[at - 1] ?? Number.NaN) <= value)
}

function margin({ value, high }: Estimate): number {
  return (high ?? Number.NaN) - (value ?? Number.NaN)
}

/**
 * Whether no double is nearer to numerator / denominator, by whole numbers alone. All values here lie
 * below 128, so that 2⁵² times a value of 1 or more is a whole number.
 */
function isNearest(value: number, numerator: number, denominator: number): boolean {
  if (numerator === 0) return Object.is(value, 0)
  const scaled = BigInt(value * 2 ** 52)
  const distance = scaled * BigInt(denominator) - BigInt(numerator) * 2n ** 52n
  const spacing = 2n ** BigInt(Math.floor(Math.log2(Math.abs(value))))
  return 2n * (distance < 0n ? -distance : distance) <= spacing * BigInt(denominator)
}

/** Every division of up to `most` answers into three. */
function* divisions(most: number): Generator<readonly [number, number, number]> {
  for (let n = 1; n <= most; n++) {
    for (let promoters = 0; promoters <= n; promoters++) {
      for (let detractors = 0; promoters + detractors <= n; detractors++) {
        yield [promoters, n - promoters - detractors, detractors]
      }
    }
  }
}

test('gives the published score of 32 promoters, 13 passives and 6 detractors', () => {
  // The worked example of Delighted's guide to the margin of error of NPS.
  const estimate = net(32, 13, 6)

  expect(estimate.value).toBeCloseTo(50.98, 2)
  expect(estimate.n).toBe(51)
  expect(margin(estimate)).toBeCloseTo(19.1, 1)
})

test.each([
  [10, 48],
  [30, 28],
  [100, 15],
  [400, 8],
])('narrows with the number of answers: of %d, half and a fifth, by ±%d', (n, expected) => {
  const estimate = net(0.5 * n, 0.3 * n, 0.2 * n)

  expect(estimate.value).toBeCloseTo(30, 12)
  expect(Math.round(margin(estimate))).toBe(expected)
})

test('gives the double nearest to the score, for every division of up to 60 answers', () => {
  const wrong: unknown[] = []
  for (const [promoters, passives, detractors] of divisions(60)) {
    const n = promoters + passives + detractors
    const { value } = net(promoters, passives, detractors)
    if (value === null || !isNearest(value, 100 * (promoters - detractors), n)) {
      wrong.push([promoters, passives, detractors, value])
    }
  }

  expect(wrong).toEqual([])
})

test('can tell the nearest double from its neighbours', () => {
  expect(isNearest(100 / 3, 100, 3)).toBe(true)
  expect(isNearest(100 / 3 + 2 ** -47, 100, 3)).toBe(false)
  expect(isNearest(100 / 3 - 2 ** -47, 100, 3)).toBe(false)
  expect(isNearest(-0, 0, 3)).toBe(false)
})

test('has an interval that holds the score within ±100, for every division that is not alike', () => {
  const wrong: unknown[] = []
  for (const division of divisions(40)) {
    if (division.filter((count) => count > 0).length === 1) continue
    const [low, value, high] = ends(net(...division))
    const wide = low < value && value < high
    if (!wide || !ordered(-100, low, high, 100)) wrong.push([division, low, high])
  }

  expect(wrong).toEqual([])
})

test.each([
  [7, 0, 0],
  [0, 7, 0],
  [0, 0, 7],
])('has no interval where %d promote, %d are passive and %d detract', (...division) => {
  expect(net(...division)).toMatchObject({ n: 7, low: null, high: null })
})

test('ends the interval of a net score at −100 and 100', () => {
  expect(net(9, 1, 0).high).toBe(100)
  expect(net(0, 1, 9).low).toBe(-100)
  expect(net(9, 1, 0).low).toBeGreaterThan(-100)
})

test('turns a score upside down with its answers', () => {
  const [one, other] = [net(32, 13, 6), net(6, 13, 32)]

  expect(other.value).toBe(-(one.value ?? 0))
  expect(other.low).toBe(-(one.high ?? 0))
  expect(other.high).toBe(-(one.low ?? 0))
})

test.each([
  ['netScore', () => net(0, 0, 0)],
  ['netScore of an empty map', () => netScore(new Map(), () => 1)],
  ['mean', () => mean(new Map())],
  ['mean of counters at zero', () => mean(new Map([[3, 0]]))],
])('says null, not zero, when nothing was answered: %s', (_, estimate) => {
  expect(estimate()).toEqual({ value: null, n: 0, low: null, high: null, reason: 'no_data' })
})

test('says null, not zero, for a share of nothing', () => {
  expect(share(0, 0)).toEqual({
    value: null,
    n: 0,
    low: null,
    high: null,
    reason: 'no_denominator',
  })
})

test('gives no reason where there is a value', () => {
  for (const estimate of [share(1, 2), mean(new Map([[3, 2]])), net(1, 1, 1)]) {
    expect(estimate).not.toHaveProperty('reason')
  }
})

test.each([
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, score method without correction.
  [81, 263, 25.53, 36.62],
  [15, 148, 6.24, 16.05],
  [0, 20, 0, 16.11],
  [1, 29, 0.61, 17.18],
  // At the ends the formula comes down to z² / (n + z²) = 3.8415 / 13.8415.
  [0, 10, 0, 27.75],
  [10, 10, 72.25, 100],
  [1, 1, 20.65, 100],
  // In the middle to 50 ± 50 z / √(n + z²).
  [50, 100, 40.38, 59.62],
])('gives %d of %d Wilson’s interval from %d to %d', (part, whole, low, high) => {
  const estimate = share(part, whole)

  expect(estimate.value).toBe((100 * part) / whole)
  expect(estimate.n).toBe(whole)
  expect([estimate.low, estimate.high].map((end) => Number(end?.toFixed(2)))).toEqual([low, high])
})

test('has an interval around every share that solves Wilson’s equation', () => {
  const z = 1.959963984540054
  const wrong: unknown[] = []
  for (let whole = 1; whole <= 120; whole++) {
    for (let part = 0; part <= whole; part++) {
      const [low, value, high] = ends(share(part, whole))
      // The ends are the shares π for which |p − π| = z √(π (1 − π) / n).
      const solved = [low / 100, high / 100].every(
        (pi) =>
          Math.abs(Math.abs(value / 100 - pi) - z * Math.sqrt((pi * (1 - pi)) / whole)) < 1e-9,
      )
      if (!solved || low === high || !ordered(0, low, value, high, 100)) wrong.push([part, whole])
    }
  }

  expect(wrong).toEqual([])
})

test('mirrors the interval of a share in that of its rest', () => {
  const [one, other] = [share(15, 148), share(133, 148)]

  expect(other.low).toBeCloseTo(100 - (one.high ?? 0), 10)
  expect(other.high).toBeCloseTo(100 - (one.low ?? 0), 10)
})

test('gives a mean with the interval of its sample', () => {
  // 2, 3, 4, 4, 4, 5, 5, 5: squares around 4 sum up to 8, so s² = 8 / 7.
  const estimate = mean(
    new Map([
      [2, 1],
      [3, 1],
      [4, 3],
      [5, 3],
    ]),
  )

  expect(estimate.value).toBe(4)
  expect(estimate.n).toBe(8)
  expect(margin(estimate)).toBeCloseTo(1.959964 * Math.sqrt(8 / 7 / 8), 6)
  expect(4 - (estimate.low ?? 0)).toBeCloseTo(margin(estimate), 12)
})

test.each([
  [[[5, 1]], 5],
  [[[5, 1000]], 5],
  [[[0, 3]], 0],
  [
    [
      [4, 3],
      [5, 0],
    ],
    4,
  ],
] as const)('has no interval where all answers are alike: %j', (answers, value) => {
  expect(mean(new Map(answers))).toEqual({
    value,
    n: answers[0][1],
    low: null,
    high: null,
  })
})

test('agrees with the mean and variance of the answers one by one', () => {
  const score = fc.integer({ min: 1, max: 5 })
  fc.assert(
    fc.property(fc.array(score, { minLength: 2, maxLength: 60 }), (scores) => {
      const answers = new Map<number, number>()
      for (const score of scores) answers.set(score, (answers.get(score) ?? 0) + 1)
      const n = scores.length
      const average = scores.reduce((sum, score) => sum + score, 0) / n
      const squares = scores.reduce((sum, score) => sum + (score - average) ** 2, 0)
      const estimate = mean(answers)

      expect(estimate.value).toBeCloseTo(average, 12)
      expect(estimate.high === null).toBe(answers.size === 1)
      if (answers.size > 1) {
        expect(margin(estimate)).toBeCloseTo(1.959964 * Math.sqrt(squares / (n - 1) / n), 5)
      }
    }),
    { seed: 1, numRuns: 300 },
  )
})
