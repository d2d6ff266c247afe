import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import { mentionOf } from '../src/mention.ts'
import {
  aliasesOf,
  mailOf,
  mailPerson,
  namesIn,
  tombstones,
  withoutPeople,
  wordsIn,
} from '../src/person.ts'

const fact = (more: Partial<Fact>): Fact => ({
  source: 's',
  id: 'f1',
  type: 'survey.response',
  subject: 'survey',
  thread: null,
  entity: 'ann',
  time: 0,
  day: '1970-01-01' as Day,
  value: 9,
  dimensions: { kind: 'nps', 'p.plan': 'pro' },
  data: { comment: 'Call me' },
  ...more,
})

test('an answer of somebody who has been erased counts and says nothing of them', () => {
  expect(withoutPeople(fact({}), new Set(['ann']))).toEqual(
    fact({ entity: null, dimensions: { kind: 'nps' }, data: {} }),
  )
})

test('a fact of somebody else stays as it is', () => {
  const given = fact({})

  expect(withoutPeople(given, new Set(['bob', 'survey']))).toBe(given)
})

test.each<[what: string, given: Partial<Fact>, left: Partial<Fact>]>([
  [
    'a visit',
    { type: 'visit.started', subject: 'ann', entity: null },
    { subject: 'erased', data: {} },
  ],
  [
    'a lead',
    { type: 'lead.created', subject: 'ann', entity: null, thread: 'lead:ann' },
    { subject: 'erased', thread: null, data: {} },
  ],
  [
    'somebody who is active',
    { type: 'user.active', subject: 'ann' },
    { subject: 'erased', entity: null, data: {} },
  ],
  [
    'a ticket',
    { type: 'ticket.created', subject: 't1', entity: null, data: { customer: 'ann' } },
    { subject: 't1', data: {} },
  ],
  [
    'an order, whose number is not a name',
    { type: 'order.placed', subject: 'o1', thread: 'order:o1' },
    { subject: 'o1', thread: 'order:o1', entity: null, data: {} },
  ],
])('%s names nobody who has been erased', (_what, given, left) => {
  const before = fact(given)

  const after = withoutPeople(before, new Set(['ann']))

  expect(namesIn(before)).toContain('ann')
  expect(after).toMatchObject(left)
  expect(JSON.stringify(after)).not.toContain('ann')
})

test('an address is one name, however it is written', async () => {
  expect(mailOf(' Ann@Example.COM ')).toBe('ann@example.com')
  expect(mailOf('ann')).toBeNull()
  expect(await mailPerson(' Ann@Example.com')).toBe(await mailPerson('ann@example.com'))
  expect(await aliasesOf('Ann@example.com')).toEqual([
    'Ann@example.com',
    'ann@example.com',
    await mailPerson('ann@example.com'),
  ])
})

test('a tombstone is of one person, one workspace and one key', async () => {
  const found = [
    await (await tombstones('key-1', 'w1'))('ann'),
    await (await tombstones('key-1', 'w1'))('bob'),
    await (await tombstones('key-1', 'w2'))('ann'),
    await (await tombstones('key-2', 'w1'))('ann'),
  ]

  expect(new Set(found).size).toBe(4)
  expect(found.every((one) => /^[\w-]{43}$/.test(one))).toBe(true)
})

test('words of a body are found in texts, numbers and within sentences', () => {
  const words = wordsIn({ a: ['Mail ann@example.com, please.', { b: 4711 }], c: ' ann-1 ' })

  expect([...words]).toEqual(expect.arrayContaining(['ann@example.com', '4711', 'ann-1']))
})

test('a short name is looked for as a value, a long one anywhere', () => {
  expect(mentionOf(['42']).anywhere).toEqual([])
  expect(mentionOf(['12345678']).anywhere).toEqual([])
  expect(mentionOf(['Ann-4711']).anywhere).toContain('ann-4711')
  expect(mentionOf(['Zoë@example.com']).written).toEqual(
    expect.arrayContaining(['zoë@example.com', 'zo\\u00eb@example.com', 'zo%c3%ab%40example.com']),
  )
})
