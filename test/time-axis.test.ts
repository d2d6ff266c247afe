import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day } from '../src/day.ts'
import { en } from '../src/languages/en.ts'
import { languages } from '../src/languages/index.ts'
import { linear } from '../src/scale.ts'
import { textWidth } from '../src/text.ts'
import { timeLabels, type TimeLabel } from '../src/time-axis.ts'
import { day } from './charts/pictures.ts'

function days(from: string, count: number, step = 1): Day[] {
  return Array.from({ length: count }, (_, index) => addDays(day(from), index * step))
}

function labels(given: readonly Day[], room = 500): TimeLabel[] {
  return timeLabels(given, linear([0, given.length - 1], [0, room]), 13, en)
}

const texts = (given: readonly Day[], room?: number) => labels(given, room).map(({ text }) => text)

test('names every period where there is room', () => {
  expect(texts(days('2026-11-17', 5))).toEqual(['Nov 17', 'Nov 18', 'Nov 19', 'Nov 20', 'Nov 21'])
})

test('names Mondays of a month of days', () => {
  expect(texts(days('2026-10-24', 29))).toEqual(['Oct 24', 'Nov 2', 'Nov 9', 'Nov 16', 'Nov 21'])
})

test('names months of a quarter, and a year where one begins', () => {
  expect(texts(days('2026-10-10', 110))).toEqual([
    'Oct 10, 2026',
    'Nov',
    'Dec',
    '2027',
    'Jan 27, 2027',
  ])
})

test('names years of a decade', () => {
  expect(texts(days('2016-03-01', 130, 30))).toContain('2020')
})

test('names one period once and nothing where there is none', () => {
  expect(texts(days('2026-11-21', 1))).toEqual(['Nov 21'])
  expect(texts([])).toEqual([])
})

test('never overlaps, and always has the first and the last', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 400 }),
      fc.constantFrom(1, 7, 30, 91, 365),
      fc.integer({ min: 250, max: 1200 }),
      fc.constantFrom(...languages),
      (count, step, room, language) => {
        const given = days('1990-01-01', count, step)
        const found = timeLabels(given, linear([0, count - 1], [0, room]), 13, language)
        const shares = { start: 0, middle: 0.5, end: 1 }
        const spans = found.map(({ x, text, anchor }) => {
          const width = textWidth(text, 13)
          return [x - shares[anchor] * width, x + (1 - shares[anchor]) * width] as const
        })

        expect(found[0]?.x).toBe(0)
        expect(found.at(-1)?.x).toBe(room)
        spans.slice(1).forEach(([left], index) => {
          expect(left).toBeGreaterThanOrEqual(spans[index]?.[1] ?? 0)
        })
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})
