import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { vocabulary } from '../../src/fact.ts'
import { standard } from '../../src/sources/standard.ts'
import { bent } from './bent.ts'
import { tell, verified, inUtc } from './sample.ts'

const envelope = (change: object = {}) => ({
  specversion: '1.0',
  id: 'e1',
  source: 'crm',
  type: 'deal.won',
  time: '2026-03-01T09:30:00Z',
  data: { deal: 'd1', amount: '10.00', 'p.team': 'blue' },
  ...change,
})

const told = {
  type: 'deal.won',
  time: Date.parse('2026-03-01T09:30:00Z'),
  data: { deal: 'd1', amount: '10.00', 'p.team': 'blue' },
}

test('an envelope is the fact of its type, and names its delivery', () => {
  const headers = { 'webhook-id': 'msg_1' }

  expect(tell(standard, envelope(), { headers })).toEqual({
    id: 'e1',
    events: [{ name: 'deal.won', facts: [told] }],
  })
})

test('the source of an envelope is not part of its name', () => {
  expect(tell(standard, envelope({ source: 'shop' }))).toEqual(tell(standard, envelope()))
})

test('a correction says what it corrects', () => {
  expect(tell(standard, envelope({ id: 'e2', replaces: 'e1' }))).toEqual({
    id: 'e2',
    events: [{ name: 'deal.won', facts: [{ ...told, replaces: 'e1' }] }],
  })
})

test.each(vocabulary.map((type) => [type]))('%s is told', (type) => {
  expect(tell(standard, envelope({ type, data: {} })).events).toEqual([
    { name: type, facts: [{ type, time: told.time, data: {} }] },
  ])
})

test('of a list each envelope has its own name, and one that is unclear keeps none back', () => {
  const list = [envelope(), envelope({ id: 'e2', time: 'today' }), null, envelope({ id: 'e3' })]

  expect(tell(standard, list)).toEqual({
    id: null,
    events: [
      { name: 'deal.won', facts: [{ ...told, id: 'e1' }] },
      {
        name: 'deal.won',
        unclear: 'time: Expected an RFC 3339 time with an offset, such as 2026-03-01T09:30:00Z',
      },
      { name: 'unknown', unclear: 'envelope: Invalid type: Expected Object but received null' },
      { name: 'deal.won', facts: [{ ...told, id: 'e3' }] },
    ],
  })
})

test('the names in a list do not depend on order, nor on how many there are', () => {
  const idsOf = (body: unknown) =>
    tell(standard, body).events.flatMap((one) =>
      ('facts' in one ? one.facts : []).map(({ id }) => id),
    )

  expect(idsOf([envelope(), envelope({ id: 'e2' })])).toEqual(['e1', 'e2'])
  expect(idsOf([envelope({ id: 'e2' }), envelope()])).toEqual(['e2', 'e1'])
  expect(idsOf([envelope()])).toEqual(['e1'])
})

test('a list is called by its content: of two families of headers only one is signed', () => {
  const headers = { 'svix-id': 'msg_2', 'webhook-id': 'msg_1' }

  expect(tell(standard, [envelope()], { headers }).id).toBeNull()
  expect(standard.keeps).toEqual([])
})

test('a list holds at most 100 envelopes', () => {
  const list = (length: number) =>
    Array.from({ length }, (_, index) => envelope({ id: `e${index}` }))

  expect(tell(standard, list(100)).events).toHaveLength(100)
  expect(tell(standard, list(101))).toEqual({
    id: null,
    events: [{ name: 'unknown', unclear: 'Expected at most 100 events: there are 101' }],
  })
  expect(tell(standard, [])).toEqual({
    id: null,
    events: [{ name: 'unknown', ignored: 'The list is empty' }],
  })
})

test.each([
  [envelope({ id: undefined }), 'deal.won', 'id: The field is missing'],
  [envelope({ id: ' ' }), 'deal.won', 'id: Expected a text that is not blank'],
  [
    envelope({ replaces: 'e1' }),
    'deal.won',
    'replaces: A fact cannot replace itself: expected another id',
  ],
  [envelope({ data: null }), 'deal.won', 'data: Expected an object'],
  [envelope({ extra: 1 }), 'deal.won', 'extra: Unknown field'],
  [envelope({ type: undefined }), 'unknown', 'type: The field is missing'],
  [
    envelope({ type: 'deal.lust' }),
    'deal.lust',
    `type: Unknown type "deal.lust": expected one of ${vocabulary.join(', ')}`,
  ],
  [
    { type: 'user.created', timestamp: '2026-03-01T09:30:00Z', data: {} },
    'user.created',
    'specversion: The field is missing',
  ],
])('%j is unclear', (body, name, unclear) => {
  expect(tell(standard, body)).toEqual({ id: null, events: [{ name, unclear }] })
})

test.each(['null', '7', '"text"', 'true'])('%s is no event', (text) => {
  expect(tell(standard, text)).toEqual({
    id: null,
    events: [{ name: 'unknown', unclear: 'Expected a CloudEvents envelope or a list of them' }],
  })
})

test('any JSON is facts, ignored or unclear', () => {
  const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
  const bodies = fc.oneof(fc.jsonValue(), bent(envelope()), bent([envelope(), envelope()]))

  fc.assert(
    fc.property(bodies, (body) => {
      for (const event of standard.read(body, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('a delivery is signed as Standard Webhooks and Svix do', async () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = JSON.stringify(envelope())
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`msg_1.1614265330.${body}`)
    .digest('base64')
  const at = { now: 1614265330_000 }

  for (const family of ['webhook', 'svix']) {
    const headers = {
      [`${family}-id`]: 'msg_1',
      [`${family}-timestamp`]: '1614265330',
      [`${family}-signature`]: `v1,${signature}`,
    }
    expect(await verified(standard, { body, headers }, [secret], at)).toEqual({ ok: true })
    expect((await verified(standard, { body: `${body} `, headers }, [secret], at)).ok).toBe(false)
  }
})
