import { describe, expect, test } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { change } from '../../src/charts/change.ts'
import { funnel } from '../../src/charts/funnel.ts'
import { gauge } from '../../src/charts/gauge.ts'
import { segments } from '../../src/charts/segments.ts'
import { stacked } from '../../src/charts/stacked.ts'
import { ar } from '../../src/languages/ar.ts'
import { estimate, picture, walk, whole } from './pictures.ts'
import { checked } from './svg.ts'
import { textsOf } from './texts.ts'

const named = (name: string, value: number, n: number) => ({ name, estimate: estimate(value, n) })
const ranked = (all: Picture['segments'], n: number) =>
  checked(segments.draw(picture({ segments: all ?? [], total: estimate(40, n), points: [] })))
const words = (svg: string) => textsOf(svg).map((text) => text.words)

describe('segments', () => {
  test('stand in the order of the picture, each with its number', () => {
    const svg = ranked([named('shop', 55, 40), named('web', 20, 60)], 100)

    expect(words(svg).slice(2)).toEqual(['shop', 'web', '+55', '+20'])
    expect(svg).toContain('shop +55 (n = 40); web +20 (n = 60)</desc>')
  })

  test('hide those with too few answers', () => {
    expect(ranked([named('web', 20, 95), named('shop', 55, 4)], 200)).not.toContain('shop')
  })

  test('say how many more there are than ten', () => {
    const all = Array.from({ length: 13 }, (_, index) => named(`place ${index}`, 90 - index, 100))
    const svg = ranked(all, 1300)

    expect(words(svg)).toContain('and 3 more')
    expect(words(svg)).not.toContain('place 10')
  })
})

describe('funnel', () => {
  const drawn = (...counts: (number | null)[]) =>
    checked(
      funnel.draw(
        picture({ stages: counts.map((count, index) => ({ name: `step ${index}`, count })) }),
      ),
    )

  test('tells the share of the step before', () => {
    const svg = drawn(200, 90, 9)

    expect(words(svg)).toEqual(expect.arrayContaining(['200', '90 · 45%', '9 · 10%']))
    expect(svg).toContain('step 1 90, 45% of the step before')
  })

  test('neither shows nor gives away a count below the minimum', () => {
    expect(drawn(200, null, 40)).toContain('fewer than 5 answers')
    expect(words(drawn(200, null, 40))).toContain('40')
    expect(words(drawn(200, 0))).toContain('0 · 0%')
  })
})

describe('change', () => {
  const drawn = (before: number, n: number) => {
    const { before: earlier, ...rest } = whole(picture({ total: estimate(40, n) }))
    if (earlier === undefined) throw new RangeError('There is no earlier window')
    return checked(change.draw({ ...rest, before: { ...earlier, total: estimate(before, n) } }))
  }

  test('tells both values and their difference, each with its interval', () => {
    expect(words(drawn(10, 900))).toEqual(
      expect.arrayContaining(['+10 (+5 … +15)', '+40 (+35 … +45)', '+30 (+22 … +38)']),
    )
    expect(words(drawn(10, 900))).not.toContain('no clear change')
  })

  test('says where nothing is decided', () => {
    expect(words(drawn(38, 100))).toContain('no clear change')
  })

  test('has no difference where one of the values may not be seen', () => {
    expect(drawn(38, 4)).not.toMatch(/change|\+2/)
  })

  test('tells a share in percentage points', () => {
    const given = whole(picture({ unit: 'percent', range: [0, 100], total: estimate(71, 900) }))

    expect(words(checked(change.draw(given)))).toContainEqual(
      expect.stringMatching(/^\+12\.6 pp \(/),
    )
  })
})

describe('gauge', () => {
  const drawn = (target: number, change: Partial<Picture> = {}) =>
    words(checked(gauge.draw(picture({ target, total: estimate(40, 900), ...change }))))

  test('says whether the target is reached, as far as the interval decides it', () => {
    expect(drawn(30)).toContain('target +30: reached')
    expect(drawn(50)).toContain('target +50: not reached')
    expect(drawn(42)).toContain('target +42: within the margin of error')
    expect(drawn(30, { direction: 'down' })).toContain('target +30: not reached')
    expect(drawn(30, { direction: 'target' })).toContain('target +30')
    expect(drawn(30, { total: estimate(40, 4) })).toContain('target +30')
  })
})

describe('stacked', () => {
  const mix = { low: 10, middle: 30, high: 60 }
  const drawn = (change: Partial<Picture> = {}) =>
    checked(stacked.draw(picture({ points: walk(3), mixes: [null, mix, mix], ...change })))

  test('names each layer at its end, with its share of the newest period', () => {
    expect(words(drawn())).toEqual(
      expect.arrayContaining(['detractors 10%', 'passives 30%', 'promoters 60%']),
    )
    expect(words(drawn({ unit: 'percent' }))).toContain('satisfied 60%')
  })

  test('keeps a gap as a gap, and hides a mix of too few answers', () => {
    const of = (mixes: Picture['mixes']) =>
      drawn({ mixes: mixes ?? [] }).match(/M\d+ 204V/g)?.length

    expect(of([mix, mix, mix])).toBe(3)
    expect(of([mix, null, mix])).toBe(6)
    expect(of([mix, { low: 1, middle: 1, high: 2 }, mix])).toBe(6)
  })
})

test('names stand where an Arabic reader begins', () => {
  const svg = checked(segments.draw(whole(picture({ language: ar }))))
  const names = textsOf(svg).filter((text) => text.words.includes('قناة'))

  expect(names.length).toBeGreaterThan(3)
  expect(names.every(({ right }) => Math.abs(right - 576) < 1)).toBe(true)
})
