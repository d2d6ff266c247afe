import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../src/day.ts'
import { number, ratio } from '../src/estimate.ts'
import type { FactType } from '../src/fact.ts'
import { binOf } from '../src/histogram.ts'
import { subscriptions } from '../src/holding.ts'
import { share } from '../src/interval.ts'
import { type Estimate, defineKpi } from '../src/kpi.ts'
import { type Counters, type Part, addCounters } from '../src/part.ts'
import { answers } from '../src/parts/answers.ts'
import { cohort } from '../src/parts/cohort.ts'
import { count, countBy } from '../src/parts/count.ts'
import { distinct } from '../src/parts/distinct.ts'
import { elapsed } from '../src/parts/elapsed.ts'
import { amounts, histogram } from '../src/parts/histogram.ts'
import { type Level, level } from '../src/parts/level.ts'
import { type Total, sum } from '../src/parts/sum.ts'
import type { Rule } from '../src/rule.ts'
import type { Counted } from '../src/series.ts'
import { scopeOf, windowOf } from './kpi.ts'

/*
 * What does not add up cannot be declared as if it did: these are refused by the compiler, which
 * `npm run check` runs over this file. An expectation that is not met is an error there.
 */

const customers = level(subscriptions)
const win: Estimate = share(60, 100)

const words = {
  id: 'seeded',
  label: 'Seeded',
  unit: 'percent',
  direction: 'up',
  definition: 'Something that must not compile.',
  source: 'Nowhere',
  version: 1,
  dimensions: [],
} as const

/** Never run: only read by the compiler. */
export const seeded: readonly (() => unknown)[] = [
  // @ts-expect-error no rule divides: there is no way to say that a part is a ratio
  (): Rule => ({ how: 'ratio', part: 'deal.won', whole: 'deal.lost' }),

  // @ts-expect-error nor a mean
  (): Rule => ({ how: 'mean', types: ['deal.won'] satisfies FactType[] }),

  (): Rule => ({
    how: 'tally',
    types: ['deal.won'],
    where: {},
    unless: {},
    only: [],
    measure: 'value',
    by: '',
    // @ts-expect-error a tally keeps numbers, sums or bins, and no mean
    keep: 'mean',
  }),

  // @ts-expect-error a value with its interval is no part: it does not add up
  (): Part => win,

  () =>
    defineKpi({
      ...words,
      // @ts-expect-error a rate of a day cannot be kept, to be averaged later
      parts: { rate: win },
      example: { given: { rate: 60 }, is: 60 },
      value: () => win,
    }),

  () =>
    defineKpi({
      ...words,
      parts: { customers },
      example: {
        given: { customers: { opening: { n: 1, sum: 0 }, closing: { n: 1, sum: 0 } } },
        is: 1,
      },
      // @ts-expect-error a level has a start and an end, and is not a number of things that happened
      value: (found) => number(found.customers),
    }),

  () =>
    defineKpi({
      ...words,
      parts: { customers },
      example: {
        given: { customers: { opening: { n: 1, sum: 0 }, closing: { n: 1, sum: 0 } } },
        is: 1,
      },
      // @ts-expect-error nor can it be divided before it is said which of the two is meant
      value: (found) => ratio(1, found.customers),
    }),

  // @ts-expect-error a level is not what was added up over days
  (found: Level): Total => found,

  // @ts-expect-error nor can levels be added
  (found: Level, other: Level) => found + other,

  // @ts-expect-error nor handed to the sum over days, which takes counters
  (found: Level) => addCounters([found]),

  // @ts-expect-error a value of days is not what days are made of, so values of days cannot be added
  (days: readonly Counted[]) => addCounters(days),

  // @ts-expect-error a part of the sort of a sum is read as a total, which has a number and a sum
  (found: Total) => share(found, 100),

  () =>
    defineKpi({
      ...words,
      parts: { won: count('deal.won') },
      // @ts-expect-error an example gives every part
      example: { given: {}, is: 1 },
      value: ({ won }) => number(won),
    }),

  // @ts-expect-error a fact type outside of the vocabulary
  () => count('deal.wonn'),
]

interface Happened {
  readonly day: number
  readonly value: number
  readonly currency: 'EUR' | 'USD'
}

const days = Array.from({ length: 7 }, (_, day) => day)

const happened: fc.Arbitrary<Happened[]> = fc.array(
  fc.record({
    day: fc.nat(6),
    value: fc.oneof(fc.nat(10), fc.nat(2 ** 31)),
    currency: fc.constantFrom('EUR' as const, 'USD' as const),
  }),
  { maxLength: 60, size: 'max' },
)

/** How facts become counters, by kind of part: a plain loop. */
const kinds: readonly { part: Part; countersOf: (fact: Happened) => Record<string, number> }[] = [
  { part: count('deal.won'), countersOf: () => ({ '': 1 }) },
  {
    part: countBy('owner', 'deal.won'),
    countersOf: ({ value }) => ({ [`owner ${value % 3}`]: 1 }),
  },
  {
    part: sum('deal.won'),
    countersOf: ({ value, currency }) => ({ [`${currency}/n`]: 1, [`${currency}/sum`]: value }),
  },
  { part: answers('survey.response'), countersOf: ({ value }) => ({ [`${value % 11}`]: 1 }) },
  { part: histogram('task.done'), countersOf: ({ value }) => binned('', value) },
  { part: elapsed('deal.created', 'deal.won'), countersOf: ({ value }) => binned('', value) },
  {
    part: amounts('deal.won'),
    countersOf: ({ value, currency }) => binned(`${currency}/`, value),
  },
]

function binned(prefix: string, value: number): Record<string, number> {
  return { [`${prefix}n`]: 1, [`${prefix}sum`]: value, [`${prefix}b/${binOf(value)}`]: 1 }
}

function counted(
  facts: readonly Happened[],
  countersOf: (fact: Happened) => Record<string, number>,
): Counters {
  return addCounters(facts.map((fact) => new Map(Object.entries(countersOf(fact)))))
}

/** Two readings as one: numbers are added wherever they stand. */
function added(one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') return one + other
  if (one instanceof Map && other instanceof Map) {
    const keys = [...one.keys(), ...other.keys()]
    return new Map(keys.map((key) => [key, added(one.get(key) ?? 0, other.get(key) ?? 0)]))
  }
  const all = Object.entries(one as Record<string, unknown>)
  const others = other as Record<string, unknown>
  return Object.fromEntries(all.map(([name, value]) => [name, added(value, others[name])]))
}

test.each(kinds)('adds up: $part.kind of $part.rule.types', ({ part, countersOf }) => {
  fc.assert(
    fc.property(happened, (facts) => {
      const perDay = days.map((day) =>
        counted(
          facts.filter((fact) => fact.day === day),
          countersOf,
        ),
      )
      const whole = part.read(scopeOf({}, { counters: counted(facts, countersOf) }))
      const readings = perDay.map((counters) => part.read(scopeOf({}, { counters })))

      expect(part.read(scopeOf({}, { counters: addCounters(perDay) }))).toEqual(whole)
      expect(readings.reduce(added)).toEqual(whole)
    }),
    { seed: 1, numRuns: 100 },
  )
})

const week = windowOf('2026-03-02', '2026-03-08')
const dayOf = (index: number) => addDays(week.from, index)

test('counts everybody once in any window, of the same counters', () => {
  const part = distinct('order.placed', { back: 2 })
  const order = fc.record({ day: fc.nat(9), who: fc.constantFrom('Ann', 'Bob', 'Cid', 'Dee') })
  fc.assert(
    fc.property(
      fc.array(order, { maxLength: 40, size: 'max' }),
      fc.nat(6),
      fc.nat(6),
      (all, a, b) => {
        const orders = all.toSorted((one, other) => one.day - other.day)
        const window = { from: dayOf(Math.min(a, b)), to: dayOf(Math.max(a, b)) }
        const inside = orders.filter(
          ({ day }) => dayOf(day) >= window.from && dayOf(day) <= window.to,
        )
        const counters = addCounters(
          orders.flatMap(({ day, who }, index) => {
            if (dayOf(day) < window.from || dayOf(day) > window.to) return []
            const before = orders.slice(0, index).filter((other) => other.who === who)
            const [second, first] = [before.at(-2), before.at(-1)].map((other) =>
              other === undefined ? 'never' : dayOf(other.day),
            )
            return [new Map([[`1/${first}`, 1]]), new Map([[`2/${second}`, 1]])]
          }),
        )
        const times = Map.groupBy(inside, ({ who }) => who)

        expect(part.read(scopeOf({}, { counters, window }))).toEqual({
          once: times.size,
          twice: times
            .values()
            .filter((found) => found.length > 1)
            .toArray().length,
        })
      },
    ),
    { seed: 2, numRuns: 300 },
  )
})

test('finds those who left from the opening base of any window, of the same counters', () => {
  const part = cohort(subscriptions, 'left')
  const spell = fc.record({ began: fc.nat(6), length: fc.integer({ min: 0, max: 6 }) })
  fc.assert(
    fc.property(fc.array(spell), fc.nat(6), fc.nat(6), (spells, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const ended = spells.filter(
        ({ began, length }) => began + length >= from && began + length <= to,
      )
      const counters = addCounters(ended.map(({ began }) => new Map([[dayOf(began) as string, 1]])))
      const window = { from: dayOf(from), to: dayOf(to) }

      expect(part.read(scopeOf({}, { counters, window }))).toEqual({
        opening: ended.filter(({ began }) => began < from).length,
        since: ended.filter(({ began }) => began >= from).length,
      })
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('finds the level at any time by adding changes, and never adds levels', () => {
  const part = level(subscriptions)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 1 }), (changes) => {
      let before = 0
      for (const change of changes) {
        const scope = scopeOf({ n: change }, { opening: new Map([['n', before]]) })
        expect(part.read(scope).opening.n).toBe(before)
        before += change
        expect(part.read(scope).closing.n).toBe(before)
      }
      const all = addCounters(changes.map((change) => new Map([['n', change]])))
      expect(part.read(scopeOf({}, { counters: all })).closing.n).toBe(before)
    }),
    { seed: 4, numRuns: 200 },
  )
})
