import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import { type Counters, addCounters, counterName, countersOf, counts } from '../src/part.ts'
import { answers } from '../src/parts/answers.ts'
import { count } from '../src/parts/count.ts'

let made = 0

function fact(change: Partial<Fact> = {}): Fact {
  return {
    source: 'test',
    id: String(++made),
    type: 'survey.sent',
    time: 1000,
    day: '2026-03-01' as Day,
    subject: 'checkout',
    entity: 'Ann',
    value: null,
    dimensions: { survey: 'checkout', kind: 'nps' },
    data: {},
    ...change,
  }
}

function response(time: number, change: Partial<Fact> = {}): Fact {
  return fact({ type: 'survey.response', time, value: 9, ...change })
}

const counters: fc.Arbitrary<Counters> = fc
  .array(
    fc.tuple(fc.constantFrom('sent', 'answers/0', 'answers/10'), fc.integer({ min: 0, max: 99 })),
  )
  .map((entries) => new Map(entries))

test('names a counter by its part and, in a map, its key', () => {
  expect(counterName('sent', '')).toBe('sent')
  expect(counterName('answers', '10')).toBe('answers/10')
})

test('finds the counters of one part and no other, by their keys', () => {
  const all = new Map([
    ['a', 1],
    ['a/7', 2],
    ['ab', 3],
    ['ab/7', 4],
    ['b/a', 5],
  ])

  expect(countersOf('a', all)).toEqual(
    new Map([
      ['', 1],
      ['7', 2],
    ]),
  )
  expect(countersOf('b', all)).toEqual(new Map([['a', 5]]))
  expect(countersOf('c', all)).toEqual(new Map())
})

test('finds a counter by the name it was given', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,5}$/), fc.string(), (part, key) => {
      expect(countersOf(part, new Map([[counterName(part, key), 7]]))).toEqual(new Map([[key, 7]]))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('adds counters up by name', () => {
  const days = [
    new Map([['a', 1]]),
    new Map(),
    new Map([
      ['a', 2],
      ['b', 5],
    ]),
  ]

  expect(addCounters(days)).toEqual(
    new Map([
      ['a', 3],
      ['b', 5],
    ]),
  )
  expect(addCounters([])).toEqual(new Map())
})

test('adds counters up in any order and by any steps', () => {
  fc.assert(
    fc.property(fc.array(counters), fc.nat(10), (days, at) => {
      const sum = addCounters(days)

      expect(addCounters(days.toReversed())).toEqual(sum)
      expect(addCounters([addCounters(days.slice(0, at)), addCounters(days.slice(at))])).toEqual(
        sum,
      )
    }),
    { seed: 2, numRuns: 200 },
  )
})

test('leaves the counters it adds up as they were', () => {
  const day = new Map([['a', 1]])
  addCounters([day, day])

  expect(day).toEqual(new Map([['a', 1]]))
})

test('counts facts of its type only', () => {
  const part = count('survey.sent')

  expect(counts(part, fact(), [])).toBe(true)
  expect(counts(part, response(1000), [])).toBe(false)
})

test('counts facts only that have every dimension it asks for', () => {
  const part = answers('survey.response', { kind: 'nps', locale: 'en' })
  const other = (dimensions: Fact['dimensions']) => counts(part, response(1000, { dimensions }), [])

  expect(other({ kind: 'nps', locale: 'en', 'p.plan': 'pro' })).toBe(true)
  expect(other({ kind: 'nps', locale: 'pl' })).toBe(false)
  expect(other({ kind: 'csat', locale: 'en' })).toBe(false)
  expect(other({ kind: 'nps' })).toBe(false)
})

const answered = count('survey.sent', { followed: 'survey.response' })

test.each([
  ['later', [response(1500)], true],
  ['at the same time', [response(1000)], true],
  ['before it', [response(999)], false],
  ['never', [], false],
  ['by somebody else', [response(1500, { entity: 'Bob' })], false],
  ['about something else', [response(1500, { subject: 'support' })], false],
  ['by nobody known', [response(1500, { entity: null })], false],
  ['after the next sending', [fact({ time: 1200 }), response(1500)], false],
  ['just before the next sending', [fact({ time: 1501 }), response(1500)], true],
  ['with the next sending', [fact({ time: 1500 }), response(1500)], false],
  ['after a sending to somebody else', [fact({ time: 1200, entity: 'Bob' }), response(1500)], true],
  ['after a sending of another', [fact({ time: 1200, subject: 'b' }), response(1500)], true],
] as const)('follows up a sending that is answered %s: %o', (_, others, expected) => {
  const sent = fact()

  expect(counts(answered, sent, [sent, ...others])).toBe(expected)
  expect(counts(answered, sent, [...others.toReversed(), sent])).toBe(expected)
})

test('counts one of two sendings at the same time as answered: one of them is the last', () => {
  const sendings = [fact({ id: 'a' }), fact({ id: 'b' }), fact({ id: 'a', source: 'z' })]
  const all = [...sendings, response(1500)]

  expect(sendings.map((sent) => counts(answered, sent, all))).toEqual([false, false, true])
})

test('counts no sending to nobody as answered, whoever answers', () => {
  const sent = fact({ entity: null })

  expect(counts(answered, sent, [sent, response(1500, { entity: null })])).toBe(false)
})

test('reads a count as a number, which is zero where there is none', () => {
  expect(count('survey.sent').read(new Map([['', 7]]))).toBe(7)
  expect(count('survey.sent').read(new Map())).toBe(0)
})

test('reads answers by value, in the order of numbers', () => {
  const read = answers('survey.response').read(
    new Map([
      ['10', 3],
      ['9', 2],
      ['0', 1],
    ]),
  )

  expect([...read]).toEqual([
    [0, 1],
    [9, 2],
    [10, 3],
  ])
})

test('says of a part how it is counted, for those who compile it', () => {
  expect(answered).toMatchObject({
    kind: 'count',
    type: 'survey.sent',
    where: {},
    followed: 'survey.response',
    key: 'nothing',
  })
  expect(answers('survey.response', { kind: 'nps' })).toMatchObject({
    kind: 'answers',
    type: 'survey.response',
    where: { kind: 'nps' },
    followed: null,
    key: 'value',
  })
})
