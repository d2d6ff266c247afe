import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { number } from '../src/estimate.ts'
import type { Counted } from '../src/series.ts'
import { type Target, begun, isAgainst, progressOf, standingOf } from '../src/target.ts'

const target: Target = {
  id: 't',
  kpi: 'win_rate',
  segment: '',
  baseline: 60,
  target: 70,
  from: '2026-03-01' as Day,
  to: '2026-03-10' as Day,
  owner: null,
  why: null,
  created: 0,
}

const at = (value: number, more: Partial<Counted> = {}): Counted => {
  return { ...number(value), parts: {}, ...more }
}

const closed = (day: string) => day as Day

const finite = fc.double({ min: -1e15, max: 1e15, noNaN: true })

/** Baselines and targets with a way between them that doubles can tell. */
const ways = fc
  .record({ baseline: finite, target: finite })
  .filter((way) => Math.abs(way.target - way.baseline) > 1e-6)

test('progress is 0 at the baseline and 100 at the target', () => {
  fc.assert(
    fc.property(ways, (way) => {
      expect(progressOf(way, way.baseline)).toBe(0)
      expect(progressOf(way, way.target)).toBe(100)
    }),
  )
})

test('progress never falls while the value moves towards the target, up or down', () => {
  fc.assert(
    fc.property(ways, finite, finite, (way, one, other) => {
      const rising = way.target > way.baseline
      const [farther, nearer] = one < other === rising ? [one, other] : [other, one]

      expect(progressOf(way, farther)).toBeLessThanOrEqual(progressOf(way, nearer) ?? Number.NaN)
    }),
  )
})

test('progress is a finite number or none, whatever is asked for', () => {
  fc.assert(
    fc.property(finite, finite, finite, (baseline, goal, current) => {
      const progress = progressOf({ baseline, target: goal }, current)

      expect(progress === null || Number.isFinite(progress)).toBe(true)
      if (baseline === goal) expect(progress).toBeNull()
    }),
  )
})

test.each([
  [60, 70, 65, 50],
  [60, 70, 55, -50],
  [60, 70, 72, 120],
  [15, 10, 12.5, 50],
  [15, 10, 15, 0],
  [15, 10, 20, -100],
  [-20, 20, 0, 50],
])('from %d to %d, a value of %d is progress of %d %%', (baseline, goal, current, progress) => {
  expect(progressOf({ baseline, target: goal }, current)).toBe(progress)
})

test.each([
  ['up', 60, 70, false],
  ['up', 70, 60, true],
  ['up', 60, 60, false],
  ['down', 15, 10, false],
  ['down', 10, 15, true],
  ['target', 10, 15, false],
  ['target', 15, 10, false],
] as const)(
  'where %s is better, going from %d to %d is against it: %s',
  (direction, baseline, goal, against) => {
    expect(isAgainst({ baseline, target: goal }, direction)).toBe(against)
  },
)

test.each([
  ['2026-02-28', 0],
  ['2026-03-01', 10],
  ['2026-03-05', 50],
  ['2026-03-10', 100],
  ['2026-04-30', 100],
])('with %s closed, %d %% of the days have ended', (day, expected) => {
  expect(standingOf(target, at(60), closed(day)).expected).toBe(expected)
})

test('a target of one day is expected in full once it has ended', () => {
  const short = { ...target, to: target.from }

  expect(standingOf(short, at(60), closed('2026-02-28')).expected).toBe(0)
  expect(standingOf(short, at(60), closed('2026-03-01')).expected).toBe(100)
})

test.each([
  ['2026-02-28', '2026-03-01', '2026-03-01'],
  ['2026-03-05', '2026-03-01', '2026-03-05'],
  ['2026-03-10', '2026-03-01', '2026-03-10'],
  ['2026-05-01', '2026-03-01', '2026-03-10'],
])('of the days of a target, those up to today have begun (%s)', (today, from, to) => {
  const found = begun(target, closed(today))

  expect(found).toEqual(today < target.from ? null : { from, to })
})

test.each([
  ['2026-03-05', 65, 'on_track'],
  ['2026-03-05', 64.9, 'behind'],
  ['2026-03-05', 75, 'on_track'],
  ['2026-03-09', 70, 'on_track'],
  ['2026-03-10', 70, 'reached'],
  ['2026-03-10', 69.9, 'missed'],
  ['2026-12-31', 71, 'reached'],
])('with %s closed, a value of %d is %s', (day, value, status) => {
  expect(standingOf(target, at(value), closed(day)).status).toBe(status)
})

test('where less is better, falling is progress', () => {
  const cycle = { ...target, baseline: 15, target: 10 }

  expect(standingOf(cycle, at(12), closed('2026-03-05'))).toEqual({
    progress: 60,
    expected: 50,
    status: 'on_track',
  })
  expect(standingOf(cycle, at(9), closed('2026-03-10')).status).toBe('reached')
  expect(standingOf(cycle, at(16), closed('2026-03-10')).status).toBe('missed')
})

test('a value that can still mature decides nothing, however long ago the days have ended', () => {
  const young = at(61, { mature: false })

  expect(standingOf(target, young, closed('2026-06-01')).status).toBe('behind')
  expect(standingOf(target, at(70, { mature: false }), closed('2026-06-01')).status).toBe(
    'on_track',
  )
  expect(standingOf(target, at(61, { mature: true }), closed('2026-06-01')).status).toBe('missed')
})

test('without a way to go, a value or a day there is no progress, and a reason', () => {
  const nothing: Counted = {
    value: null,
    n: 0,
    low: null,
    high: null,
    reason: 'no_denominator',
    parts: {},
  }
  const same = { ...target, target: target.baseline }

  expect(standingOf(same, at(60), closed('2026-03-05'))).toEqual({
    progress: null,
    expected: 50,
    status: 'unknown',
    reason: 'same_as_baseline',
  })
  expect(standingOf(target, nothing, closed('2026-03-10'))).toEqual({
    progress: null,
    expected: 100,
    status: 'unknown',
    reason: 'no_denominator',
  })
  expect(standingOf(target, null, closed('2026-02-01'))).toEqual({
    progress: null,
    expected: 0,
    status: 'not_started',
    reason: 'not_started',
  })
})
