import { describe, expect, test } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { badge } from '../../src/charts/badge.ts'
import { addDays } from '../../src/day.ts'
import { messageOf } from '../../src/message.ts'
import { light } from '../../src/palette.ts'
import { shieldsOf } from '../../src/shields.ts'
import { sideOf, thresholdRule } from '../../src/threshold.ts'
import { estimate, picture, today, walk } from './pictures.ts'
import { checked } from './svg.ts'
import { textsOf } from './texts.ts'

const words = (change: Partial<Picture>) => {
  const { value, rest } = messageOf(picture(change))
  return value + rest
}
const show = (...parts: NonNullable<Picture['badge']>['show']) =>
  ({ style: 'flat', show: parts }) as const

describe('thresholds', () => {
  test.each([
    [29.9, 'up', 'worse'],
    [30, 'up', 'even'],
    [59.9, 'up', 'even'],
    [60, 'up', 'better'],
    [30, 'down', 'better'],
    [30.1, 'down', 'even'],
    [60, 'down', 'even'],
    [60.1, 'down', 'worse'],
  ] as const)(
    'put %d, where %s is better, on the %s side of 30 and 60',
    (value, direction, side) => {
      expect(sideOf(value, [30, 60], direction)).toBe(side)
    },
  )

  test('part good from poor where there is one', () => {
    expect(sideOf(5, [5], 'up')).toBe('better')
    expect(sideOf(4.9, [5], 'up')).toBe('worse')
    expect(sideOf(5, [5], 'down')).toBe('better')
    expect(sideOf(5.1, [5], 'down')).toBe('worse')
  })

  test('are refused where they part nothing', () => {
    expect(thresholdRule('up', [30, 60])).toBeNull()
    expect(thresholdRule('down', [3])).toBeNull()
    for (const wrong of [[], [60, 30], [30, 30], [1, 2, 3], [NaN], [1, Infinity]]) {
      expect(thresholdRule('up', wrong)).toContain('Expected one finite number or two')
    }
    expect(thresholdRule('target', [3])).toContain('neither more nor less')
  })

  test('are told by a word as well as by a colour', () => {
    const drawn = (value: number) =>
      checked(badge.draw(picture({ total: estimate(value, 900), thresholds: [30, 60] })))

    expect(drawn(70)).toMatch(new RegExp(`fill="${light.up}".* · good<`))
    expect(drawn(40)).toMatch(new RegExp(`fill="${light.mid}".* · fair<`))
    expect(drawn(20)).toMatch(new RegExp(`fill="${light.down}".* · poor<`))
  })
})

test('shows what was chosen, and the arrow beside the value', () => {
  const points = walk(30).map((point, index) => ({ ...point, ...estimate(2 * index, 40) }))

  expect(words({})).toBe('+69 ±8 · n = 132')
  expect(words({ badge: show() })).toBe('+69')
  expect(words({ badge: show('trend'), points })).toBe('+69 ↑')
  expect(words({ badge: show('as-of', 'n', 'interval', 'trend') })).toBe(
    '+69 → ±8 · n = 132 · as of Nov 21, 2026',
  )
})

test('says that few have answered where the number is not shown', () => {
  const few = { total: estimate(40, 29) }

  expect(words({ ...few, badge: show() })).toBe('+40 · n < 30')
  expect(words({ ...few, badge: show('n') })).toBe('+40 · n = 29')
  expect(words({ total: estimate(40, 30), badge: show() })).toBe('+40')
  expect(words({ total: { value: 12, n: 12, low: null, high: null }, badge: show() })).toBe('+12')
})

test('says that nothing new has come for more than two days', () => {
  expect(words({ asOf: addDays(today, -2), badge: show() })).toBe('+69')
  expect(words({ asOf: addDays(today, -3), badge: show() })).toBe('+69 · stale for 3 days')
})

test('says the same in the badge of shields.io', () => {
  const given = picture({ thresholds: [70], badge: show('interval'), asOf: addDays(today, -9) })

  expect(shieldsOf(given)).toEqual({
    schemaVersion: 1,
    label: 'Net Promoter Score',
    message: '+69 ±8 · stale for 9 days · poor',
    color: 'orange',
    cacheSeconds: 300,
  })
})

test('draws the other styles: square, and large in capitals', () => {
  const [plain, square, large] = (['flat', 'flat-square', 'for-the-badge'] as const).map((style) =>
    checked(badge.draw(picture({ badge: { style, show: ['n'] } }))),
  )

  expect(plain).toContain('a4 4 0 0')
  expect(square).not.toMatch(/d="[^"]*a/)
  expect(large).toContain('height="28"')
  expect(textsOf(large ?? '').map((each) => each.words)).toEqual([
    'NET PROMOTER SCORE',
    '+69 · N = 132',
  ])
  expect(large).toContain('aria-label="Net Promoter Score: +69 · n = 132"')
})
