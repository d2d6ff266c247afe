import { expect, test } from 'vitest'
import { type Said, amendments, tellsNothingNew } from '../src/amend.ts'
import type { Day } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'

const now = 9_000

const fact: Fact = {
  source: 's',
  id: 'f',
  type: 'deal.won',
  subject: 'd1',
  thread: 'deal:d1',
  entity: 'acme',
  time: 1_000,
  day: '1970-01-01' as Day,
  value: 1_250,
  dimensions: { currency: 'EUR', owner: 'ann' },
  data: { note: 'x' },
}

const known = (said: Said | null, id = fact.id, newness = 1_000) =>
  new Map([[fact.id, said === null ? null : { ...said, id, newness }]])

test('what is not known is stored as it is told', () => {
  expect(amendments([fact], new Map(), now)).toEqual([fact])
})

test('what is known to say the same is not told again, in whatever order its names are', () => {
  const turned = { ...fact, dimensions: { owner: 'ann', currency: 'EUR' } }

  expect(amendments([fact], known(turned), now)).toEqual([])
  expect(amendments([fact], known({ ...fact, cost: null }), now)).toEqual([])
})

test('what counts no more is left alone, whatever it says now', () => {
  expect(amendments([{ ...fact, value: 0 }], known(null), now)).toEqual([])
})

test.each<[what: string, change: Partial<Said>]>([
  ['type', { type: 'deal.lost' }],
  ['time', { time: 1_001 }],
  ['subject', { subject: 'd2' }],
  ['thread', { thread: null }],
  ['entity', { entity: null }],
  ['value', { value: 1_251 }],
  ['cost', { cost: 1 }],
  ['dimensions', { dimensions: { currency: 'USD', owner: 'ann' } }],
  ['dimensions', { dimensions: { currency: 'EUR' } }],
  ['data', { data: {} }],
])('another %s takes the place of what counts, under a name of its own', (_what, change) => {
  const amended = amendments([fact], known({ ...fact, ...change }), now)

  expect(amended).toEqual([{ ...fact, id: 'f~9000', replaces: 'f', revision: 1_000, rereads: 'f' }])
})

test('a correction stays one of what it corrects, and as new as it was', () => {
  const correction = { ...fact, replaces: 'closing', revision: 7 }

  expect(amendments([correction], known({ ...fact, value: 0 }, 'f~8000', 7), now)).toEqual([
    { ...correction, id: 'f~9000', rereads: 'f~8000' },
  ])
})

test('a later reading is never older than the one whose place it takes', () => {
  const [amended] = amendments([{ ...fact, time: 500 }], known(fact, 'f~8000', 1_000), now)

  expect(amended).toMatchObject({ time: 500, revision: 1_000, rereads: 'f~8000' })
})

test('a delivery tells nothing new where all that it tells counts and says the same', () => {
  const correction = { ...fact, id: 'g' }

  expect(tellsNothingNew([fact], known(fact))).toBe(true)
  expect(tellsNothingNew([], new Map())).toBe(true)
  expect(tellsNothingNew([fact], known({ ...fact, value: 0 }))).toBe(false)
  expect(tellsNothingNew([fact], known(null))).toBe(false)
  expect(tellsNothingNew([fact, correction], known(fact))).toBe(false)
})

test('each fact is looked at by itself', () => {
  const others = ['new', 'same', 'other'].map((id) => ({ ...fact, id }))
  const stored = new Map([
    ['same', { ...fact, id: 'same', newness: 0 }],
    ['other', { ...fact, id: 'other', value: null, newness: 0 }],
  ])

  expect(amendments(others, stored, now).map(({ id }) => id)).toEqual(['new', 'other~9000'])
})
