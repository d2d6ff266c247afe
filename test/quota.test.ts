import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { attainment, quotaPeriod } from '../src/quota.ts'
import { windowOf } from './kpi.ts'

const late = '2027-12-31' as Day
const won = { n: 5, sum: 60_000 }

const january = quotaPeriod('team', '2026-01-01' as Day, '2026-01-31' as Day)

function reached(quota: Record<string, number>, from: string, to: string, closed: Day = late) {
  return attainment(won, new Map(Object.entries(quota)), { window: windowOf(from, to), closed })
}

test('names a period by whose it is and its days', () => {
  expect(january).toBe('team:2026-01-01..2026-01-31')
})

test('is what was won over the quota of the same days', () => {
  expect(reached({ [january]: 80_000 }, '2026-01-01', '2026-01-31')).toEqual({
    value: 75,
    n: 5,
    low: null,
    high: null,
    also: { pace: 75, covered: 100 },
  })
})

test.each([
  ['half of its days', '2026-01-01', '2026-01-15', (31 / 15) * 75],
  ['days before it as well', '2025-12-01', '2026-01-31', 75],
  ['one of its days', '2026-01-31', '2026-02-28', 31 * 75],
])('counts as much of a quota as the window shares with it: %s', (_, from, to, value) => {
  expect(reached({ [january]: 80_000 }, from, to).value).toBeCloseTo(value, 9)
})

test('adds the quotas of the periods in a window', () => {
  const february = quotaPeriod('team', '2026-02-01' as Day, '2026-02-28' as Day)
  const quota = { [january]: 80_000, [february]: 40_000 }

  expect(reached(quota, '2026-01-01', '2026-02-28').value).toBe(50)
})

test('takes the team’s quota where there is one, those of the owners together otherwise', () => {
  const owners = 'owner:2026-01-01..2026-01-31'

  expect(reached({ [owners]: 30_000 }, '2026-01-01', '2026-01-31').value).toBe(200)
  expect(reached({ [owners]: 30_000, [january]: 80_000 }, '2026-01-01', '2026-01-31').value).toBe(
    75,
  )
})

test('has no value without a quota for any of the days', () => {
  for (const quota of [{}, { [january]: 80_000 }, { [january]: 0 }, { 'team:x..y': 9 }]) {
    expect(reached(quota, '2026-03-01', '2026-03-31')).toEqual({
      value: null,
      n: 0,
      low: null,
      high: null,
      reason: 'no_denominator',
    })
  }
})

test.each([
  ['2026-01-31', 75],
  ['2026-02-15', 75],
  ['2026-01-15', (75 * 31) / 15],
  ['2026-01-01', 75 * 31],
  ['2025-12-31', null],
  ['2025-06-30', null],
])('is ahead of time by the share of days gone: closed %s', (closed, pace) => {
  const { value, also } = reached({ [january]: 80_000 }, '2026-01-01', '2026-01-31', closed as Day)

  expect(value).toBe(75)
  if (pace === null) expect(also?.['pace']).toBeNull()
  else expect(also?.['pace']).toBeCloseTo(pace, 9)
})

test('does not add a month to its year, nor to its quarter', () => {
  const year = quotaPeriod('team', '2026-01-01' as Day, '2026-12-31' as Day)
  const quarter = quotaPeriod('team', '2026-01-01' as Day, '2026-03-31' as Day)
  const nested = { [year]: 365_000, [quarter]: 180_000, [january]: 80_000 }

  expect(reached(nested, '2026-01-01', '2026-01-31').value).toBe(75)
  expect(reached(nested, '2026-02-01', '2026-02-28').value).toBeCloseTo(60_000 / 560, 9)
  expect(reached(nested, '2026-04-01', '2026-04-30').value).toBeCloseTo(60_000 / 300, 9)
})

test('says how much of the window has a quota at all', () => {
  const { also } = reached({ [january]: 80_000 }, '2026-01-01', '2026-03-03')

  expect(also?.['covered']).toBe(50)
})
