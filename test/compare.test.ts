import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentenceOf } from '../src/change-sentence.ts'
import {
  type Change,
  changeOf,
  isChance,
  isEqualLength,
  parseWindow,
  reachOf,
} from '../src/compare.ts'
import type { Day } from '../src/day.ts'
import { number, ratio } from '../src/estimate.ts'
import { share } from '../src/interval.ts'
import type { Direction, Estimate, Unit } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import { kpiOf } from './kpi.ts'

const up = { unit: 'percent', direction: 'up' } as const

const march = { from: '2017-03-01' as Day, to: '2017-03-31' as Day }
const april = { from: '2017-04-01' as Day, to: '2017-04-30' as Day }
const may = { from: '2017-05-01' as Day, to: '2017-05-31' as Day }
const place = { closed: '2017-12-31' as Day, currency: 'EUR' }

const nothing: Estimate = { value: null, n: 0, low: null, high: null, reason: 'no_denominator' }

/** What is said of a change from March to May. */
function told(
  kpi: { label: string; unit: Unit; direction: Direction; matures?: number },
  before: Estimate & { mature?: boolean },
  after: Estimate & { mature?: boolean },
): string {
  const change = changeOf(kpi, before, after)
  return sentenceOf({
    kpi,
    change,
    place,
    before: { ...march, ...before },
    after: { ...may, ...after },
  })
}

test('retention from 65 % to 80 % is up 15 pp, which is 23.08 % more, and better', () => {
  const change = changeOf(up, ratio(65, 100, { scale: 100 }), ratio(80, 100, { scale: 100 }))

  expect(change).toMatchObject({ absolute: 15, unit: 'pp', better: true })
  expect(change.relative).toBeCloseTo(23.08, 2)
})

test('a sales cycle from 15 to 10 days is a third shorter, and better because less is', () => {
  const days = (count: number) => number(count * 86_400)

  const change = changeOf({ unit: 'seconds', direction: 'down' }, days(15), days(10))

  expect(change).toMatchObject({ absolute: -5 * 86_400, unit: 'seconds', better: true })
  expect(change.relative).toBeCloseTo(-33.3, 1)
})

test('renewals from 90 % to 60 % are down 30 pp, which is a third, and worse', () => {
  const change = changeOf(up, ratio(90, 100, { scale: 100 }), ratio(60, 100, { scale: 100 }))

  expect(change).toMatchObject({ absolute: -30, unit: 'pp', better: false })
  expect(change.relative).toBeCloseTo(-33.3, 1)
})

test.each([
  { change: '48/80 to 56/70', before: share(48, 80), after: share(56, 70), ends: [0.0524, 0.3339] },
  { change: '3/10 to 9/10', before: share(3, 10), after: share(9, 10), ends: [0.1705, 0.809] },
  { change: '2/7 to 6/7', before: share(2, 7), after: share(6, 7), ends: [0.0582, 0.8062] },
  { change: '0/29 to 5/56', before: share(0, 29), after: share(5, 56), ends: [-0.0381, 0.1926] },
  { change: '0/20 to 0/10', before: share(0, 20), after: share(0, 10), ends: [-0.1611, 0.2775] },
  { change: '0/10 to 10/10', before: share(0, 10), after: share(10, 10), ends: [0.6075, 1] },
])('from $change the interval is the one that Newcombe published', ({ before, after, ends }) => {
  const { low, high } = changeOf(up, before, after)
  const [lower = Number.NaN, upper = Number.NaN] = ends

  expect((low ?? Number.NaN) / 100).toBeCloseTo(lower, 4)
  expect((high ?? Number.NaN) / 100).toBeCloseTo(upper, 4)
})

const shares = fc
  .tuple(fc.nat(500), fc.integer({ min: 1, max: 500 }))
  .map(([part, whole]) => share(Math.min(part, whole), whole))

test('the interval holds the change and stays within what shares can change by', () => {
  fc.assert(
    fc.property(shares, shares, (before, after) => {
      const { absolute, low, high } = changeOf(up, before, after)
      const slack = 1e-9

      expect(low).toBeLessThanOrEqual((absolute ?? Number.NaN) + slack)
      expect(high).toBeGreaterThanOrEqual((absolute ?? Number.NaN) - slack)
      expect(low).toBeGreaterThanOrEqual(-100 - slack)
      expect(high).toBeLessThanOrEqual(100 + slack)
    }),
  )
})

test('told the other way round, a change has the other sign and the mirrored interval', () => {
  fc.assert(
    fc.property(shares, shares, (before, after) => {
      const there = changeOf(up, before, after)
      const back = changeOf(up, after, before)

      expect(back.absolute).toBeCloseTo(-(there.absolute ?? Number.NaN), 9)
      expect(back.low).toBeCloseTo(-(there.high ?? Number.NaN), 9)
      expect(back.high).toBeCloseTo(-(there.low ?? Number.NaN), 9)
      expect(back.overlap).toBe(there.overlap)
      expect(back.better).toBe(there.better === null ? null : !there.better)
    }),
  )
})

test('intervals that do not overlap leave no room for no change', () => {
  fc.assert(
    fc.property(shares, shares, (before, after) => {
      const { overlap, low, high } = changeOf(up, before, after)
      const decided = (low ?? Number.NaN) > 0 || (high ?? Number.NaN) < 0

      expect(overlap || decided).toBe(true)
    }),
  )
})

test('from nothing there is an absolute change and no relative one', () => {
  const change = changeOf({ unit: 'count', direction: 'up' }, number(0), number(12))

  expect(change).toEqual({
    absolute: 12,
    unit: 'count',
    relative: null,
    better: true,
    overlap: null,
    low: null,
    high: null,
  })
})

test.each([
  [5, 4, true],
  [0, 4, true],
  [0, 9, false],
  [20, 30, true],
  [20, 40, false],
])('events that were %i and are %i differ by chance: %s', (before, after, chance) => {
  const change = changeOf(kpiOf('deals_won'), number(before), number(after))

  expect(isChance(change)).toBe(chance)
  expect(change.overlap).toBeNull()
})

test('a number of things that are held is no number of events', () => {
  expect(isChance(changeOf(kpiOf('open_deals'), number(20), number(40)))).toBeNull()
})

test('a relative change has the sign of the change where the earlier value is negative', () => {
  const change = changeOf({ unit: 'points', direction: 'up' }, number(-20), number(10))

  expect(change).toMatchObject({ absolute: 30, relative: 150, better: true })
})

test.each<[string, Direction, number, number]>([
  ['nothing changed', 'up', 12, 12],
  ['neither more nor less is better', 'target', 12, 15],
])('a change is neither better nor worse where %s', (_why, direction, before, after) => {
  const change = changeOf({ unit: 'count', direction }, number(before), number(after))

  expect(change.better).toBeNull()
})

test.each([
  ['before', nothing, share(3, 4)],
  ['after', share(3, 4), nothing],
  ['on either side', nothing, nothing],
])('without a value %s there is no change', (_where, before, after) => {
  const expected: Change = {
    absolute: null,
    unit: 'pp',
    relative: null,
    better: null,
    overlap: null,
    low: null,
    high: null,
  }

  expect(changeOf(up, before, after)).toEqual(expected)
})

const winRate = { label: 'Win rate', ...up }

test('the sentence says what changed after which day, and whether that is better', () => {
  expect(told(winRate, share(60, 100), share(65, 100))).toBe(
    'Win rate changed after 2017-03-31 from 60 % to 65 %: up 5 pp (8.33 %), which is better; the ' +
      'intervals overlap, and a change of −8.31 pp to 18.06 pp may be chance.',
  )
})

test('intervals may overlap although the change is more than chance', () => {
  expect(told(winRate, share(500, 1000), share(555, 1000))).toMatch(
    /the intervals overlap, and a change of 1\.\d+ pp to 9\.\d+ pp is more than chance\.$/,
  )
})

test('the sentence says which way and how far, in the words of the unit', () => {
  const cycle = { label: 'Sales cycle', unit: 'seconds', direction: 'down' } as const
  const money = { label: 'Revenue', unit: 'currency', direction: 'up' } as const
  const open = { label: 'Open deals', unit: 'count', direction: 'target' } as const
  const net = { label: 'NPS', unit: 'points', direction: 'up' } as const

  expect(told(cycle, number(15 * 86_400), number(10 * 86_400))).toBe(
    'Sales cycle changed after 2017-03-31 from 15 days to 10 days: down 5 days (33.33 %), ' +
      'which is better.',
  )
  expect(told(money, number(1_054.5), number(900))).toBe(
    'Revenue changed after 2017-03-31 from 1,054.5 EUR to 900 EUR: down 154.5 EUR (14.65 %), ' +
      'which is worse.',
  )
  expect(told(open, number(0), number(1))).toBe(
    'Open deals changed after 2017-03-31 from 0 to 1: up 1.',
  )
  expect(told(net, number(-2), number(-1))).toBe(
    'NPS changed after 2017-03-31 from −2 points to −1 point: up 1 point (50 %), which is better.',
  )
})

test('the sentence says that intervals lie apart', () => {
  expect(told(winRate, share(10, 100), share(90, 100))).toMatch(
    /which is better; the intervals do not overlap, and a change of .* is more than chance\.$/,
  )
})

test('the sentence says that nothing changed, or that there is nothing to tell', () => {
  expect(told(winRate, number(60), number(60))).toBe(
    'Win rate did not change after 2017-03-31: it is 60 % as before.',
  )
  expect(told(winRate, nothing, share(1, 2))).toBe(
    'Win rate has no value from 2017-03-01 to 2017-03-31, so no change can be told.',
  )
  expect(told(winRate, nothing, nothing)).toBe(
    'Win rate has no value from 2017-03-01 to 2017-03-31 nor from 2017-05-01 to 2017-05-31, ' +
      'so no change can be told.',
  )
})

test('the sentence warns of unequal windows, of one that runs, and of values that can grow', () => {
  const kpi = { ...winRate, matures: 365 }
  const before = { ...march, ...number(1) }
  const after = { ...april, ...number(2), mature: false }
  const change = changeOf(kpi, before, after)

  const sentence = sentenceOf({
    kpi,
    before,
    after,
    change,
    place: { ...place, closed: '2017-04-29' as Day },
  })

  expect(sentence).toBe(
    'Win rate changed after 2017-03-31 from 1 % to 2 %: up 1 pp (100 %), which is better. The ' +
      'windows differ in length: 31 days and 30 days. The later window has not ended. Values ' +
      'less than 365 days old can still change.',
  )
})

test('no sentence claims a cause', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kpis), shares, shares, (kpi, before, after) => {
      expect(told(kpi, before, after)).not.toMatch(/because|due to|caus|thanks/i)
    }),
  )
})

test('a window is two days with two dots between them', () => {
  expect(parseWindow('2017-03-01..2017-03-31')).toEqual(march)
  for (const text of [
    '',
    '..',
    '2017-03-01',
    '2017-03-01..',
    '..2017-03-31',
    '2017-03-01...2017-03-31',
    '2017-03-01..2017-03-31..2017-04-30',
    '2017-02-29..2017-03-31',
    '2017-03-01/2017-03-31',
    ' 2017-03-01..2017-03-31',
  ]) {
    expect([text, parseWindow(text)]).toEqual([text, null])
  }
})

test('one reading holds both windows, and what lies before them where a KPI compares', () => {
  const comparing = kpis.filter(({ compares }) => compares === true)
  const others = kpis.filter(({ compares }) => compares !== true)
  const long = { from: '2017-04-01' as Day, to: '2017-12-31' as Day }

  for (const kpi of others) {
    expect(reachOf(kpi, { before: march, after: may })).toEqual({ from: march.from, to: may.to })
  }
  for (const kpi of comparing) {
    expect(reachOf(kpi, { before: march, after: may }).from).toBe('2017-01-29')
    expect(reachOf(kpi, { before: march, after: long }).from).toBe('2016-06-30')
  }
  expect(comparing.length).toBeGreaterThan(0)
})

test('windows are equally long where they have as many days', () => {
  expect(isEqualLength({ before: march, after: may })).toBe(true)
  expect(isEqualLength({ before: march, after: april })).toBe(false)
})
