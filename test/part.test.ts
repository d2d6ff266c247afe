import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { deals, quotas, seats, subscriptions } from '../src/holding.ts'
import {
  type Counters,
  addCounters,
  countBefore,
  countersOf,
  never,
  otherCurrencies,
} from '../src/part.ts'
import { answers, latest } from '../src/parts/answers.ts'
import { cohort, cohortIn } from '../src/parts/cohort.ts'
import { arrivals, count, countBy, moves, values } from '../src/parts/count.ts'
import { distinct } from '../src/parts/distinct.ts'
import { elapsed, stay } from '../src/parts/elapsed.ts'
import { amounts, histogram } from '../src/parts/histogram.ts'
import { balance, balanceBy, level } from '../src/parts/level.ts'
import { moved, sum } from '../src/parts/sum.ts'
import { scopeOf } from './kpi.ts'

const counters: fc.Arbitrary<Counters> = fc
  .array(
    fc.tuple(fc.constantFrom('sent', 'answers/0', 'answers/10'), fc.integer({ min: 0, max: 99 })),
  )
  .map((entries) => new Map(entries))

const map = (own: Record<string, number>) => new Map(Object.entries(own))

test('finds the counters of one part and no other, by their keys', () => {
  const all = map({ a: 1, 'a/7': 2, 'a/7/8': 6, ab: 3, 'ab/7': 4, 'b/a': 5 })

  expect(countersOf('a', all)).toEqual(map({ '': 1, '7': 2, '7/8': 6 }))
  expect(countersOf('b', all)).toEqual(map({ a: 5 }))
  expect(countersOf('c', all)).toEqual(map({}))
})

test('finds a counter by the name it was given, whatever the key', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,5}$/), fc.string(), (part, key) => {
      expect(countersOf(part, new Map([[`${part}/${key}`, 7]]))).toEqual(new Map([[key, 7]]))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('adds counters up by name', () => {
  expect(addCounters([map({ a: 1 }), map({}), map({ a: 2, b: 5 })])).toEqual(map({ a: 3, b: 5 }))
  expect(addCounters([])).toEqual(map({}))
})

test('adds counters up in any order and by any steps', () => {
  fc.assert(
    fc.property(fc.array(counters), fc.nat(10), (days, at) => {
      const all = addCounters(days)

      expect(addCounters(days.toReversed())).toEqual(all)
      expect(addCounters([addCounters(days.slice(0, at)), addCounters(days.slice(at))])).toEqual(
        all,
      )
    }),
    { seed: 2, numRuns: 200 },
  )
})

test('leaves the counters it adds up as they were', () => {
  const day = map({ a: 1 })
  addCounters([day, day])

  expect(day).toEqual(map({ a: 1 }))
})

test('counts what is keyed by a day before another, or by none', () => {
  const keyed = map({ [never]: 1, '2026-02-28': 2, '2026-03-01': 4, '2026-03-02': 8 })

  expect(countBefore(keyed, '2026-03-01' as Day)).toBe(3)
  expect(countBefore(keyed, '2026-03-02' as Day)).toBe(7)
  expect(countBefore(keyed, '1970-01-01' as Day)).toBe(1)
})

test('names how much is in other currencies, where there is anything', () => {
  const all = map({ 'EUR/n': 4, 'EUR/sum': 9, 'USD/n': 2, 'USD/sum': 7, 'JPY/n': 0, 'JPY/b/7': 1 })

  expect(otherCurrencies(all, 'EUR')).toEqual(map({ USD: 2 }))
  expect(otherCurrencies(all, 'USD')).toEqual(map({ EUR: 4 }))
})

test.each([
  ['count', count('survey.sent')],
  ['count', moves(subscriptions, 'new')],
  ['count', arrivals('late')],
  ['count', values('revised')],
])('reads a %s as a number, which is zero where there is none', (kind, part) => {
  const counter = part.rule.how === 'holding' ? 'n' : ''

  expect(part.kind).toBe(kind)
  expect(part.read(scopeOf({ [counter]: 7 }))).toBe(7)
  expect(part.read(scopeOf({}))).toBe(0)
  expect(part.show(scopeOf({ [counter]: 7 }))).toBe(7)
})

test('reads a count by dimension as a map', () => {
  const part = countBy('owner', 'deal.won')

  expect(part.read(scopeOf({ Ann: 2, 'Bob/b': 1 }))).toEqual(map({ Ann: 2, 'Bob/b': 1 }))
  expect(part.show(scopeOf({ Ann: 2 }))).toEqual({ Ann: 2 })
})

test('reads a sum in the workspace’s currency only, and says what it leaves out', () => {
  const own = { 'EUR/n': 2, 'EUR/sum': 300, 'USD/n': 1, 'USD/sum': 999 }

  for (const part of [sum('deal.won'), moved(subscriptions, 'new')]) {
    expect(part.read(scopeOf(own))).toEqual({ n: 2, sum: 300 })
    expect(part.leftOut(scopeOf(own))).toEqual(map({ USD: 1 }))
    expect(part.read(scopeOf(own, { currency: 'USD' }))).toEqual({ n: 1, sum: 999 })
    expect(part.read(scopeOf(own, { currency: 'JPY' }))).toEqual({ n: 0, sum: 0 })
  }
})

test('reads answers by value, in the order of numbers', () => {
  const read = answers('survey.response').read(scopeOf({ '10': 3, '9': 2, '0': 1 }))

  expect([...read]).toEqual([
    [0, 1],
    [9, 2],
    [10, 3],
  ])
})

test('reads of each person the last answer in the window: the one whose next is after it', () => {
  const part = latest('survey.response', { kind: 'nps' })
  const own = { '9/never': 1, '9/2026-04-01': 2, '3/2026-03-31': 4, '3/2026-05-01': 8 }

  expect(part.read(scopeOf(own))).toEqual(
    new Map([
      [3, 8],
      [9, 3],
    ]),
  )
})

test('reads how many did something in a window, each once, and how many twice', () => {
  const own = {
    '1/never': 3,
    '1/2026-02-01': 1,
    '1/2026-03-02': 7,
    '2/never': 5,
    '2/2026-03-01': 6,
  }
  const twice = distinct('order.placed', { back: 2 })

  expect(distinct('order.placed').read(scopeOf(own))).toEqual({ once: 4, twice: 0 })
  expect(twice.read(scopeOf(own))).toEqual({ once: 4, twice: 1 })
  expect(twice.show(scopeOf(own))).toEqual({ once: 4, twice: 1 })
  expect(distinct('order.placed').show(scopeOf(own))).toBe(4)
})

test('reads what became of those who were there when the window began, apart from the others', () => {
  const own = { '2025-12-31': 2, '2026-02-28': 3, '2026-03-01': 10, '2026-03-30': 20 }
  const inEuros = Object.fromEntries(Object.entries(own).map(([day, n]) => [`EUR/${day}`, n]))

  expect(cohort(subscriptions, 'left').read(scopeOf(own))).toEqual({ opening: 5, since: 30 })
  expect(cohort(subscriptions, 'left').show(scopeOf(own))).toEqual({ opening: 5, since: 30 })
  expect(cohort(subscriptions, 'stayed').show(scopeOf(own))).toBe(5)
  expect(
    cohortIn(subscriptions, 'kept').read(scopeOf({ ...inEuros, 'USD/2025-01-01': 7 })),
  ).toEqual({ opening: 5, since: 30 })
})

test('reads a level at the start and at the end of a window', () => {
  const opening = map({ n: 7, sum: 70 })
  const scope = scopeOf({ n: -2, sum: 5 }, { opening })

  expect(level(seats).read(scope)).toEqual({
    opening: { n: 7, sum: 70 },
    closing: { n: 5, sum: 75 },
  })
  expect(level(deals).show(scope)).toEqual({ opening: 7, closing: 5 })
  expect(level(subscriptions).show(scope)).toEqual({ opening: 7, closing: 5 })
  expect(level(seats).show(scope)).toEqual({ opening: 70, closing: 75 })
})

test('reads a balance in the workspace’s currency, and how many hold others', () => {
  const opening = map({ 'EUR/n': 7, 'EUR/sum': 700, 'USD/n': 2, 'USD/sum': 9 })
  const scope = scopeOf({ 'EUR/n': 1, 'EUR/sum': -50, 'USD/n': -1, 'USD/sum': -9 }, { opening })

  expect(balance(subscriptions).read(scope)).toEqual({
    opening: { n: 7, sum: 700 },
    closing: { n: 8, sum: 650 },
  })
  expect(balance(subscriptions).show(scope)).toEqual({ opening: 700, closing: 650 })
  expect(balance(subscriptions).leftOut(scope)).toEqual(map({ USD: 1 }))
  expect(level(subscriptions).leftOut(scope)).toEqual(map({}))
})

test('reads a balance by period as what holds when the window ends', () => {
  const opening = map({ 'EUR/a/n': 1, 'EUR/a/sum': 100, 'EUR/b/sum': 5, 'USD/a/sum': 9 })
  const scope = scopeOf({ 'EUR/a/sum': 20, 'EUR/b/sum': -5, 'EUR/c/sum': 1 }, { opening })

  expect(balanceBy('period', quotas).read(scope)).toEqual(map({ a: 120, c: 1 }))
})

test('reads bins in the order of size, with number and sum', () => {
  const own = { n: 4, sum: 10, 'b/12': 1, 'b/zero': 2, 'b/-1': 0, 'b/3': 1 }
  const money = Object.fromEntries(Object.entries(own).map(([key, n]) => [`EUR/${key}`, n]))

  for (const [part, scope] of [
    [histogram('task.done'), scopeOf(own)],
    [elapsed('deal.created', 'deal.won'), scopeOf(own)],
    [stay('stage', 'deal.stage', ['deal.won']), scopeOf(own)],
    [amounts('deal.won'), scopeOf({ ...money, 'USD/n': 3, 'USD/b/1': 3 })],
  ] as const) {
    const { n, sum: all, bins } = part.read(scope)
    expect([n, all, [...bins]]).toEqual([
      4,
      10,
      [
        ['zero', 2],
        [3, 1],
        [12, 1],
      ],
    ])
    expect(Object.keys(part.show(scope))).toEqual(['n', 'sum', 'median', 'p90'])
    expect(part.show(scopeOf({}))).toEqual({ n: 0, sum: 0 })
  }
  expect(amounts('deal.won').leftOut(scopeOf({ 'USD/n': 3, 'USD/b/1': 3 }))).toEqual(
    map({ USD: 3 }),
  )
})

test('looks back only where all days before are needed', () => {
  const parts = [
    count('deal.won'),
    sum('deal.won'),
    answers('survey.response'),
    distinct('order.placed'),
    cohort(subscriptions, 'left'),
    histogram('task.done'),
    elapsed('deal.created', 'deal.won'),
    level(subscriptions),
    balance(subscriptions),
    balanceBy('period', quotas),
  ]

  expect(parts.map(({ looksBack }) => looksBack)).toEqual([
    ...Array.from({ length: 7 }, () => false),
    true,
    true,
    true,
  ])
})

test('says of a part how it is counted, as data for those who compile it', () => {
  expect(count('survey.sent').rule).toEqual({
    how: 'tally',
    types: ['survey.sent'],
    where: {},
    unless: {},
    only: [],
    measure: 'one',
    by: '',
    keep: 'number',
  })
  expect(answers('survey.response', { where: { kind: 'nps' } }).rule).toMatchObject({
    types: ['survey.response'],
    where: { kind: 'nps' },
    by: 'value',
  })
  expect(sum(['deal.won', 'order.placed'], { of: 'margin' }).rule).toMatchObject({
    types: ['deal.won', 'order.placed'],
    measure: 'margin',
    by: 'currency',
    keep: 'sum',
  })
  expect(elapsed('deal.created', 'deal.won').rule).toMatchObject({
    types: ['deal.won'],
    measure: { since: 'deal.created' },
    keep: 'bins',
  })
})
