import { expect, test } from 'vitest'
import { formatDate, formatDays, formatMargin, formatTicks, formatValue } from '../src/format.ts'
import { ar } from '../src/languages/ar.ts'
import { en } from '../src/languages/en.ts'
import { he } from '../src/languages/he.ts'
import { languages } from '../src/languages/index.ts'
import { ja } from '../src/languages/ja.ts'
import { pl } from '../src/languages/pl.ts'
import { ru } from '../src/languages/ru.ts'
import { fixedAxis } from '../src/scale.ts'
import { day } from './charts/pictures.ts'

/** Languages differ in which space does not break; readers cannot see it. */
const plain = (text: string) => text.replace(/\s/g, ' ')

/** As it is read: without the marks that only say in which order. */
const bare = (text: string) => plain(text).replace(/\p{Cf}/gu, '')

test('writes NPS with its sign and a real minus', () => {
  expect(formatValue(69.2, 'points', en)).toBe('+69')
  expect(formatValue(-38.4, 'points', ru)).toBe('−38')
  expect(formatValue(-0.2, 'points', en)).toBe('0')
})

test('writes each unit as its language does', () => {
  expect(formatValue(61.54, 'percent', en)).toBe('61.5%')
  expect(plain(formatValue(61.54, 'percent', ru))).toBe('61,5 %')
  expect(formatValue(4, 'score', en)).toBe('4.0')
  expect(formatValue(4.256, 'score', pl)).toBe('4,26')
  expect(plain(formatValue(12_345, 'count', pl))).toBe('12 345')
  expect(formatValue(3.256, 'ratio', en)).toBe('3.26')
  expect(formatValue(12.5, 'currency', en)).toBe('12.50')
  expect(formatValue(1_234_567.8, 'currency', en)).toBe('1,234,568')
})

test('tells durations in the unit a person would use', () => {
  expect(formatValue(45, 'seconds', en)).toBe('45 sec')
  expect(formatValue(200, 'seconds', en)).toBe('3.3 min')
  expect(plain(formatValue(11_000, 'seconds', ru))).toBe('3,1 ч')
  expect(formatValue(400_000, 'seconds', en)).toBe('4.6 days')
})

test('writes a margin bare, in the unit of its value', () => {
  expect(formatMargin(8.04, 61.5, 'percent', en)).toBe('8')
  expect(formatMargin(3000, 11_000, 'seconds', en)).toBe('0.8')
})

test('labels an axis with one precision, and large numbers short', () => {
  expect(formatTicks(fixedAxis(0, 1).ticks, 'ratio', en)).toEqual([
    '0.00',
    '0.25',
    '0.50',
    '0.75',
    '1.00',
  ])
  expect(formatTicks([0, 50_000, 100_000], 'currency', en)).toEqual(['0', '50K', '100K'])
  expect(formatTicks([10_050, 10_100], 'count', en)).toEqual(['10,050', '10,100'])
  expect(formatTicks([0, 25, 50, 75, 100], 'seconds', en).at(-1)).toBe('100 sec')
  expect(formatTicks([0, 3600, 7200], 'seconds', en)).toEqual(['0 hr', '1 hr', '2 hr'])
  expect(formatTicks([0, 50, 100], 'percent', en)).toEqual(['0%', '50%', '100%'])
})

test('writes days without a time zone moving them', () => {
  expect(formatDate(day('2026-11-21'), 'full', en)).toBe('Nov 21, 2026')
  expect(formatDate(day('2026-01-01'), 'day', pl)).toBe('1 sty')
  expect(plain(formatDays(day('2026-10-23'), day('2026-11-21'), en))).toBe('Oct 23 – Nov 21, 2026')
})

test.each(languages)('writes $id with the digits of our scales and its own words', (language) => {
  expect(bare(formatValue(-38.4, 'points', language))).toBe('−38')
  expect(bare(formatValue(45, 'seconds', language))).toMatch(/^45 ?\p{L}+[.׳]?$/u)
  expect(bare(formatValue(61.54, 'percent', language))).toMatch(/^%?61[.,]5 ?%?$/)
  expect(bare(formatDate(day('2026-11-21'), 'day', language))).toMatch(/21/)
  expect(bare(formatDate(day('2026-11-21'), 'full', language))).toMatch(/2026/)
  expect(bare(formatDays(day('2026-10-23'), day('2026-11-21'), language))).toMatch(/23.+21/)
})

test('keeps what runs from right to left in its own order, and leaves the rest bare', () => {
  const isolated = /^\u2068[^\u2068\u2069]+\u2069$/

  for (const language of [ar, he]) {
    expect(formatValue(11_000, 'seconds', language)).toMatch(isolated)
    expect(formatMargin(8, 61, 'percent', language)).toMatch(isolated)
    expect(formatTicks([0, 50_000], 'currency', language)[1]).toMatch(isolated)
    expect(formatDate(day('2026-11-21'), 'day', language)).toMatch(isolated)
    expect(formatDays(day('2026-10-23'), day('2026-11-21'), language)).toMatch(isolated)
  }
  for (const language of [en, ru, ja]) {
    expect(formatValue(11_000, 'seconds', language)).not.toMatch(/[\u2068\u2069]/)
    expect(formatDate(day('2026-11-21'), 'full', language)).not.toMatch(/[\u2068\u2069]/)
  }
})
