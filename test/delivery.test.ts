import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../src/bytes.ts'
import type { Day } from '../src/day.ts'
import {
  contentDigest,
  deliveryId,
  deliveryName,
  draftsOf,
  parseBody,
  parseDeliveryId,
  readBody,
  settle,
} from '../src/delivery.ts'
import { facts } from '../src/facts/index.ts'
import { invalid } from '../src/problem.ts'
import { type Event, type Source, type Told, ignore, strange } from '../src/source.ts'
import { shopify } from '../src/sources/shopify.ts'
import { inUtc } from './sources/sample.ts'

const place = { source: 's', delivery: 'd' }

const context = {
  facts,
  surveys: new Map(),
  dimensions: [],
  currency: 'EUR',
  dayOf: () => '2026-03-01' as Day,
}

const won: Told = { type: 'deal.won', time: 1_000, data: { deal: 'd1', amount: '12.50' } }

const settled = (...events: Event[]) => settle({ events }, place, context)

const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }

/** A vendor that reads in its own way. */
const reading = (read: () => never): Source => ({ ...shopify, read })

test('bytes are read by the format of the vendor', () => {
  expect(parseBody('json', utf8('{"a":1}'))).toEqual({ body: { a: 1 } })
  expect(parseBody('xml', utf8('<a>1</a>'))).toEqual({
    body: { name: 'a', children: [], text: '1' },
  })
})

test.each<[what: string, bytes: Uint8Array, reason: string]>([
  ['nothing', new Uint8Array(), 'The body is not valid JSON'],
  ['NUL', Uint8Array.of(0), 'The body is not valid JSON'],
  ['a byte order mark', utf8('\ufeff{}'), 'The body is not valid JSON'],
  ['half a character', Uint8Array.of(0x22, 0xc3, 0x22), 'The body is not valid UTF-8'],
  ['a name twice', utf8('{"a":1,"a":2}'), 'a: The field occurs twice'],
  ['__proto__', utf8('{"__proto__":1}'), '__proto__: A field of this name is not allowed'],
  ['depth', utf8('['.repeat(40) + ']'.repeat(40)), 'The body nests deeper than 32 levels'],
  [
    'large numbers in depth',
    utf8(`${'['.repeat(50_000)}12345678901234567890${']'.repeat(50_000)}`),
    'The body nests deeper than 32 levels',
  ],
])('%s is unreadable, and why is said', (_what, bytes, reason) => {
  expect(parseBody('json', bytes)).toEqual({ unreadable: reason })
})

test('an unreadable body is one event that nobody can tell', () => {
  expect(readBody(shopify, { unreadable: 'Because' }, given)).toEqual(strange('Because'))
})

test('a rule that a vendor says is broken makes the body unclear, and a bug stays a bug', () => {
  const broken = reading(() => {
    throw invalid('id', 'Expected a text')
  })
  const buggy = reading(() => {
    throw new RangeError('oops')
  })

  expect(readBody(broken, { body: {} }, given)).toEqual(strange('id: Expected a text'))
  expect(() => readBody(buggy, { body: {} }, given)).toThrow(RangeError)
})

const digestOf = (text: string, format: 'json' | 'xml' = 'json', volatile: string[] = ['try']) =>
  contentDigest({ format, volatile }, parseBody(format, utf8(text)), utf8(text))

test('without names that change with every attempt the digest is of the bytes', async () => {
  expect(await digestOf('{"a":1}', 'json', [])).toBe(
    '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
  )
  expect(await digestOf('{"a":1} ', 'json', [])).not.toBe(await digestOf('{"a":1}', 'json', []))
})

test.each<['json' | 'xml', same: string, again: string, other: string]>([
  ['json', '{"a":1,"try":0}', '{"a":1,"try":1}', '{"a":2,"try":1}'],
  ['json', '[{"b":{"try":0}}]', '[{"b":{"try":{"x":1}}}]', '[{"b":{"x":1}}]'],
  ['json', '{"a":1}', '{"a": 1, "try": 3}', '{"a": "1"}'],
  ['xml', '<m><try>0</try><a>1</a></m>', '<m><try>9</try><a>1</a></m>', '<m><try>9</try></m>'],
])('what says the same has the same digest: %s %s', async (format, same, again, other) => {
  expect(await digestOf(again, format)).toBe(await digestOf(same, format))
  expect(await digestOf(other, format)).not.toBe(await digestOf(same, format))
})

test('the digest of what cannot be read is of its bytes', async () => {
  expect(await digestOf('{"try":0')).not.toBe(await digestOf('{"try":1'))
  expect(await digestOf('{"try":0')).toMatch(/^[0-9a-f]{64}$/)
})

test.each(['evt_1', 'x'.repeat(200), ' a '])('a delivery is called as its vendor says', (id) => {
  expect(deliveryName({ id }, 'digest')).toBe(id)
})

test.each([null, '', ' ', 'x'.repeat(201), 'a\u0000b', '\ud800'])(
  'a delivery whose id is no name is called by its digest',
  (id) => {
    expect(deliveryName({ id }, 'digest')).toBe('digest')
  },
)

test('an id of the API says which source and which name, whatever that is', () => {
  const source = 'a_b-c'

  expect(deliveryId(source, 'evt_1')).toBe('a_b-c.ZXZ0XzE')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      expect(parseDeliveryId(deliveryId(source, name))).toEqual({ source, name })
    }),
  )
  expect(parseDeliveryId(deliveryId(source, '\ufeffevt'))).toEqual({ source, name: '\ufeffevt' })
})

test.each(['', '.', 'a', 'a.', '.YQ', 'a.YQ.YQ', 'a.YQ==', 'a.Y', 'a.+/8', 'a.YR'])(
  '%j is no id of a delivery',
  (text) => {
    expect(parseDeliveryId(text)).toBeNull()
  },
)

test('a fact without an id of its own is called as its delivery', () => {
  expect(draftsOf({ name: 'n', facts: [won, { ...won, id: 'own' }] }, 's', 'd')).toEqual([
    { ...won, id: 'd', source: 's' },
    { ...won, id: 'own', source: 's' },
  ])
  expect(draftsOf({ name: 'n', ignored: 'x' }, 's', 'd')).toEqual([])
  expect(draftsOf({ name: 'n', unclear: 'x' }, 's', 'd')).toEqual([])
})

test('a delivery whose facts keep the rules is stored', () => {
  const { facts: found, ...rest } = settled(
    { name: 'a', facts: [{ ...won, replaces: 'before', revision: 7 }] },
    { name: 'b', ignored: 'of no use' },
  )

  expect(rest).toEqual({ state: 'stored', reason: null })
  expect(found).toEqual([
    {
      source: 's',
      id: 'd',
      replaces: 'before',
      revision: 7,
      type: 'deal.won',
      time: 1_000,
      day: '2026-03-01',
      subject: 'd1',
      thread: 'deal:d1',
      entity: null,
      value: 1_250,
      dimensions: { currency: 'EUR' },
      data: {},
    },
  ])
})

test('a delivery of which nothing is counted is ignored, and says why once', () => {
  const test = { name: 'ping', ignored: 'A test' }

  expect(settled(test)).toEqual({ state: 'ignored', reason: 'ping: A test', facts: [] })
  expect(settled(test, { ...test, ...ignore('Another') })).toMatchObject({
    state: 'ignored',
    reason: 'ping (1): A test; ping (2): Another',
  })
  expect(settled()).toEqual({ state: 'ignored', reason: 'There is nothing in it', facts: [] })
  expect(settled({ name: 'empty', facts: [] })).toMatchObject({
    state: 'ignored',
    reason: 'There is nothing in it',
  })
})

test('one event that is unclear keeps none of the others back', () => {
  const {
    state,
    reason,
    facts: found,
  } = settled(
    { name: 'good', facts: [{ ...won, id: 'a' }] },
    { name: 'bad', unclear: 'id: missing' },
    { name: 'worse', facts: [{ ...won, id: 'c', data: { deal: 'd1', amount: '-1' } }] },
    { name: 'good', facts: [{ ...won, id: 'd' }] },
    { name: 'none', ignored: 'of no use' },
  )

  expect(state).toBe('quarantined')
  expect(found.map(({ id }) => id)).toEqual(['a', 'd'])
  expect(reason).toMatch(/^bad \(2\): id: missing; worse \(3\): deal\.won: amount: \S/)
  expect(reason).not.toContain('of no use')
})

test.each<[path: string, told: Partial<Told>, message: string]>([
  ['id', { id: '' }, 'Expected a name of at most 200 characters'],
  ['id', { id: 'x'.repeat(201) }, 'Expected a name of at most 200 characters'],
  ['replaces', { replaces: ' ' }, 'Expected a name of at most 200 characters'],
  ['time', { time: -1 }, 'Expected a time of the years 1970 to 9998, got -1'],
  ['time', { time: Number.NaN }, 'Expected a time of the years 1970 to 9998, got NaN'],
  ['revision', { revision: 1.5 }, 'Expected a whole number'],
])('a vendor that tells a bad %s tells nothing', (path, told, message) => {
  expect(settled({ name: 'n', facts: [{ ...won, ...told }] })).toEqual({
    state: 'quarantined',
    reason: `n: deal.won: ${path}: ${message}`,
    facts: [],
  })
})

test('a reason is a text that storage takes, of at most a thousand characters and an ellipsis', () => {
  const { reason } = settled({ name: 'a\u0000b\ud800', unclear: '😀'.repeat(2_000) })

  expect(reason).toMatch(/^a\ufffdb\ufffd: 😀/)
  expect(reason?.isWellFormed()).toBe(true)
  expect(reason?.length).toBe(1_001)
  expect(reason?.endsWith('…')).toBe(true)
})
