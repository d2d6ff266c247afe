import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Day, addDays, daysBetween, weekday } from '../src/day.ts'
import {
  type Grain,
  type Window,
  grains,
  lastDays,
  lengthOf,
  parseSpan,
  periods,
  windowLimit,
} from '../src/window.ts'

function window(from: string, to: string): Window {
  return { from: from as Day, to: to as Day }
}

/** Whether a calendar period of the grain begins with this day; a total begins nowhere. */
const begins: Record<Grain, (day: Day) => boolean> = {
  day: () => true,
  week: (day) => weekday(day) === 1,
  month: (day) => day.endsWith('-01'),
  quarter: (day) => /-(01|04|07|10)-01$/.test(day),
  year: (day) => day.endsWith('-01-01'),
  total: () => false,
}

function daysOf({ from, to }: Window): Day[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))
}

const anyWindow = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 900 }))
  .map(([start, length]): Window => {
    const from = addDays('1970-01-01' as Day, start)
    return { from, to: addDays(from, length) }
  })

test('covers each day of a window exactly once, by any grain', () => {
  fc.assert(
    fc.property(anyWindow, fc.constantFrom(...grains), (window, grain) => {
      expect(periods(window, grain).flatMap(daysOf)).toEqual(daysOf(window))
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('cuts a window where a calendar period begins and nowhere else', () => {
  fc.assert(
    fc.property(anyWindow, fc.constantFrom(...grains), (window, grain) => {
      const cuts = periods(window, grain).map(({ from }) => from)

      expect(cuts).toEqual(
        daysOf(window).filter((day) => day === window.from || begins[grain](day)),
      )
    }),
    { seed: 2, numRuns: 300 },
  )
})

test('shortens the first and last period to the window', () => {
  expect(periods(window('2026-02-27', '2026-03-03'), 'week')).toEqual([
    window('2026-02-27', '2026-03-01'),
    window('2026-03-02', '2026-03-03'),
  ])
  expect(periods(window('2025-11-30', '2026-01-01'), 'month')).toEqual([
    window('2025-11-30', '2025-11-30'),
    window('2025-12-01', '2025-12-31'),
    window('2026-01-01', '2026-01-01'),
  ])
  expect(periods(window('2025-12-31', '2026-07-01'), 'quarter')).toEqual([
    window('2025-12-31', '2025-12-31'),
    window('2026-01-01', '2026-03-31'),
    window('2026-04-01', '2026-06-30'),
    window('2026-07-01', '2026-07-01'),
  ])
  expect(periods(window('2024-02-29', '2025-01-01'), 'year')).toEqual([
    window('2024-02-29', '2024-12-31'),
    window('2025-01-01', '2025-01-01'),
  ])
  expect(periods(window('2024-02-29', '2025-01-01'), 'total')).toEqual([
    window('2024-02-29', '2025-01-01'),
  ])
})

test('keeps the week that lies in two ISO years whole', () => {
  expect(periods(window('2026-12-28', '2027-01-03'), 'week')).toHaveLength(1)
})

test.each(grains)('comes to an end at the last day there is, by %s', (grain) => {
  const cut = periods(window('9998-12-30', '9998-12-31'), grain)

  expect(cut.at(-1)?.to).toBe('9998-12-31')
  expect(cut).toHaveLength(grain === 'day' ? 2 : 1)
})

test('counts both ends of a window', () => {
  expect(lengthOf(window('2026-03-01', '2026-03-01'))).toBe(1)
  expect(lengthOf(window('2024-01-01', '2024-12-31'))).toBe(366)
})

test('ends the last days with the day given', () => {
  expect(lastDays(30, '2026-03-30' as Day)).toEqual(window('2026-03-01', '2026-03-30'))
  expect(lastDays(1, '2026-03-30' as Day)).toEqual(window('2026-03-30', '2026-03-30'))
})

test('reads spans up to twenty years', () => {
  expect(['1d', '30d', '365d', '7305d'].map(parseSpan)).toEqual([1, 30, 365, windowLimit])
  expect(daysBetween('2006-01-01' as Day, '2026-01-01' as Day)).toBe(windowLimit)
})

test.each([
  '',
  'd',
  '0d',
  '-1d',
  '+1d',
  '07d',
  '7306d',
  '9999d',
  '10000d',
  '1.5d',
  '1e2d',
  '30',
  '30D',
  '30 d',
  ' 30d',
  '30d ',
  '30d\n',
  '4w',
  '٣d',
  '３d',
])('takes %j for no span', (text) => {
  expect(parseSpan(text)).toBeNull()
})
