import * as v from 'valibot'
import { expect, test } from 'vitest'
import { at, textAt, timeAt } from '../src/at.ts'
import { hex, parseHex, utf8 } from '../src/bytes.ts'
import { dayFinder } from '../src/day.ts'
import { contentDigest, deliveryName, parseBody, readBody, settle } from '../src/delivery.ts'
import { facts } from '../src/facts/index.ts'
import { hmacScheme } from '../src/scheme.ts'
import { hmac } from '../src/sign.ts'
import { mapField } from '../src/source-fields.ts'
import { defineSource, event, ignore, single } from '../src/source.ts'
import { tell, verified, inUtc } from './sources/sample.ts'

/** Everything that a new vendor takes: one declaration, and one line in the list of vendors. */
const acme = defineSource({
  vendor: 'acme',
  label: 'Acme CRM',
  docs: 'https://acme.example/webhooks',
  config: { won: v.optional(mapField('the channel of each stage that is a win')) },
  scheme: () =>
    hmacScheme({
      label: 'HMAC-SHA256 of the body, hexadecimal, in `X-Acme-Signature`',
      claim({ headers, body }) {
        const signature = parseHex(headers.get('x-acme-signature') ?? '')
        return signature === null
          ? 'X-Acme-Signature holds no hexadecimal'
          : { signatures: [signature], message: body }
      },
    }),
  format: 'json',
  keeps: [],
  volatile: ['attempt'],
  types: ['deal.won'],
  read: (body, { config: { won = {} } }) =>
    single(
      event(textAt(body, 'type'), () => {
        const channel = new Map(Object.entries(won)).get(textAt(body, 'deal.stage'))
        if (channel === undefined) return ignore('The stage is no win')
        return {
          id: `won:${textAt(body, 'deal.id')}`,
          type: 'deal.won',
          time: timeAt(body, 'at'),
          data: {
            deal: textAt(body, 'deal.id'),
            amount: textAt(body, 'deal.amount'),
            customer: at(body, 'deal.customer'),
            channel,
          },
        }
      }),
      textAt(body, 'id'),
    ),
  setup: ['Open Settings → Webhooks and paste the `url`.'],
  becomes: [['deal.moved', '`deal.won`, where `won` knows the stage']],
})

const secret = 'acme-secret'

const moved = {
  id: 'evt-1',
  type: 'deal.moved',
  at: '2026-03-31T23:30:00Z',
  attempt: 1,
  deal: { id: 7, stage: '5', amount: '1500.50', customer: 'ann' },
}

const sent = (change: object = {}) => JSON.stringify({ ...moved, ...change })

/** A workspace in Berlin that counts in euros. */
const context = {
  facts,
  surveys: new Map(),
  dimensions: [],
  currency: 'EUR',
  dayOf: dayFinder('Europe/Berlin'),
}

/** What a body comes to, from its bytes to facts: the road of every delivery. */
async function take(text: string, config: Record<string, unknown> = { won: { '5': 'fairs' } }) {
  const bytes = utf8(text)
  const parsed = parseBody(acme.format, bytes)
  const given = { config, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
  const reading = readBody(acme, parsed, given)
  const digest = await contentDigest(acme, parsed, bytes)
  const delivery = deliveryName(reading, digest)
  return { delivery, digest, ...settle(reading, { source: 'ours', delivery }, context) }
}

test('a request is taken by its signature, and by nothing else', async () => {
  const signature = hex(await hmac('SHA-256', utf8(secret), utf8(sent())))
  const headers = { 'x-acme-signature': signature }

  expect(await verified(acme, { body: sent(), headers }, ['old-secret', secret])).toEqual({
    ok: true,
  })
  expect(await verified(acme, { body: sent({ at: '' }), headers }, [secret])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
  expect(await verified(acme, { body: sent() }, [secret])).toEqual({
    ok: false,
    reason: 'X-Acme-Signature holds no hexadecimal',
  })
})

test('what it tells is a fact of the workspace: its day, its money, its names', async () => {
  expect(await take(sent())).toMatchObject({
    delivery: 'won:7',
    state: 'stored',
    reason: null,
    facts: [
      {
        source: 'ours',
        id: 'won:7',
        type: 'deal.won',
        time: Date.parse('2026-03-31T23:30:00Z'),
        day: '2026-04-01',
        entity: 'ann',
        value: 150_050,
        dimensions: { currency: 'EUR', channel: 'fairs' },
      },
    ],
  })
})

test('another attempt to deliver it is the same delivery, and other content is not', async () => {
  const first = await take(sent())
  const again = await take(sent({ attempt: 2 }))
  const other = await take(sent({ at: '2026-04-01T00:00:00Z' }))

  expect(again).toEqual(first)
  expect(other.delivery).toBe(first.delivery)
  expect(other.digest).not.toBe(first.digest)
})

test('what is not to be counted says why, and is called as the vendor calls it', async () => {
  expect(await take(sent(), {})).toMatchObject({
    delivery: 'evt-1',
    state: 'ignored',
    reason: 'deal.moved: The stage is no win',
    facts: [],
  })
})

test.each([
  [sent({ at: 'yesterday' }), 'deal.moved: at: Expected an RFC 3339 time'],
  [sent({ deal: { id: 7, stage: '5' } }), 'deal.moved: deal.amount: Expected a text or number'],
  [
    sent({ deal: { ...moved.deal, amount: '1,500' } }),
    'deal.moved: deal.won: amount: Expected EUR as plain digits',
  ],
  [sent({ type: null }), 'unknown: type: Expected a text or number'],
  ['[]', 'unknown: type: Expected a text or number'],
  ['{"id":', 'unknown: '],
])(
  'a body that cannot be understood is kept in quarantine with the reason: %s',
  async (text, reason) => {
    const settled = await take(text)

    expect(settled).toMatchObject({ state: 'quarantined', facts: [] })
    expect(settled.reason?.slice(0, reason.length)).toBe(reason)
  },
)

test('reading follows from the body alone: the same twice, whatever the time', () => {
  const given = { config: { won: { '5': 'fairs' } } }

  expect(tell(acme, moved, { ...given, received: 1 })).toEqual(
    tell(acme, moved, { ...given, received: 2 }),
  )
})

test('a team may set what the declaration has, and nothing else', () => {
  const schema = v.strictObject(acme.config)

  expect(v.is(schema, {})).toBe(true)
  expect(v.is(schema, { won: { '5': 'fairs' } })).toBe(true)
  expect(v.is(schema, { won: ['fairs'] })).toBe(false)
  expect(v.is(schema, { lost: {} })).toBe(false)
})
