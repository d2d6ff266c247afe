import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { base64, utf8 } from '../../src/bytes.ts'
import { pipedrive } from '../../src/sources/pipedrive.ts'
import type { Told } from '../../src/source.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const stamp = '2026-03-05T10:00:00.250Z'

const open = {
  id: 9,
  status: 'open',
  stage_id: 1,
  value: 1200.5,
  currency: 'EUR',
  org_id: 2,
  person_id: 3,
  owner_id: 123123,
  channel: null,
  origin: 'ManuallyCreated',
  add_time: '2026-03-01T09:00:00Z',
  update_time: '2026-03-05T10:00:00Z',
  won_time: null,
  lost_time: null,
  lost_reason: null,
}

const won = { ...open, status: 'won', won_time: '2026-03-05T09:59:59Z' }

const lost = {
  ...open,
  status: 'lost',
  lost_time: '2026-03-05T09:59:59Z',
  lost_reason: 'Too expensive',
}

const wonName = `deal:9:won:${Date.parse('2026-03-05T09:59:59Z') / 1000}`

const lostName = `deal:9:lost:${Date.parse('2026-03-05T09:59:59Z') / 1000}`

const cuts = { owner: '123123', channel: 'ManuallyCreated' }

const v2 = (action: string, entity: string, data: unknown, previous: unknown = null) => ({
  meta: { action, entity, version: '2.0', timestamp: stamp, id: 'a1', attempt: 1 },
  data,
  previous,
})

const v1 = (action: string, current: unknown, previous: unknown) => ({
  v: 1,
  meta: { action, object: 'deal', v: 1, id: 9, timestamp_micro: Date.parse(stamp) * 1000 },
  current,
  previous,
  retry: 0,
})

const factsOf = (body: unknown, config = {}): readonly Told[] =>
  tell(pipedrive, body, { config }).events.flatMap((one) => ('facts' in one ? one.facts : []))

test('a deal is created once, with its expected value', () => {
  expect(tell(pipedrive, v2('create', 'deal', open))).toEqual({
    id: 'deal:9:created',
    events: [
      {
        name: 'create.deal',
        facts: [
          {
            type: 'deal.created',
            time: Date.parse('2026-03-01T09:00:00Z'),
            data: { deal: '9', customer: 'org:2', ...cuts, amount: '1200.5', currency: 'EUR' },
          },
        ],
      },
    ],
  })
})

test('a deal of no value is created without an amount, and for a person where there is no organization', () => {
  const [nothing] = factsOf(v2('create', 'deal', { ...open, value: 0, org_id: null }))
  const [blank] = factsOf(
    v2('create', 'deal', { ...open, value: null, org_id: null, person_id: null }),
  )

  expect(nothing?.data).toEqual({ deal: '9', customer: 'person:3', ...cuts })
  expect(blank?.data).toEqual({ deal: '9', customer: undefined, ...cuts })
})

test('a deal that is created as won is won, too', () => {
  expect(tell(pipedrive, v2('create', 'deal', won))).toMatchObject({
    id: 'deal:9:created',
    events: [{ facts: [{ type: 'deal.created' }, { id: wonName, type: 'deal.won' }] }],
  })
})

test('the channel is the source channel by its name, and the origin where none is set', () => {
  const channelOf = (change: object, config = {}) =>
    factsOf(v2('create', 'deal', { ...open, ...change }), config)[0]?.data['channel']

  expect(channelOf({ channel: 8 }, { channels: { '8': 'Fair' } })).toBe('Fair')
  expect(channelOf({ channel: 8 })).toBe('8')
  expect(channelOf({ channel: 'toString' }, { channels: { '8': 'Fair' } })).toBe('toString')
  expect(channelOf({ origin: null })).toBe(undefined)
})

test('another stage is told by its name, once for every time it is entered', () => {
  const body = v2('change', 'deal', { ...open, stage_id: 2 }, { stage_id: 1 })

  expect(tell(pipedrive, body, { config: { stages: { '2': 'Demo' } } })).toEqual({
    id: `deal:9:stage:2:${Date.parse('2026-03-05T10:00:00Z') / 1000}`,
    events: [
      {
        name: 'change.deal',
        facts: [
          {
            type: 'deal.stage',
            time: Date.parse('2026-03-05T10:00:00Z'),
            data: { deal: '9', stage: 'Demo' },
          },
        ],
      },
    ],
  })
  expect(factsOf(body)[0]?.data).toEqual({ deal: '9', stage: '2' })
})

test('where the deal has no time of update, the stage has the time of the notification', () => {
  const body = v2('change', 'deal', { ...open, stage_id: 2, update_time: null }, { stage_id: 1 })

  expect(factsOf(body)[0]?.time).toBe(Date.parse(stamp))
})

test('a win is told under the second it was won in, without correcting anything', () => {
  expect(tell(pipedrive, v2('change', 'deal', won, { status: 'open', won_time: null }))).toEqual({
    id: wonName,
    events: [
      {
        name: 'change.deal',
        facts: [
          {
            type: 'deal.won',
            time: Date.parse('2026-03-05T09:59:59Z'),
            data: { deal: '9', amount: '1200.5', currency: 'EUR', customer: 'org:2', ...cuts },
          },
        ],
      },
    ],
  })
})

test('a deal that nobody has valued is not won for nothing: it waits', () => {
  const body = v2('change', 'deal', { ...won, value: null }, { status: 'open' })

  expect(tell(pipedrive, body).events).toMatchObject([
    { unclear: 'value: Expected a text or number: current value is null' },
  ])
})

test('a deal that is moved and won at once is in its stage before it is won', () => {
  const body = v2('change', 'deal', { ...won, stage_id: 5 }, { status: 'open', stage_id: 4 })
  const time = Date.parse('2026-03-05T09:59:59Z')

  expect(factsOf(body)).toMatchObject([
    { type: 'deal.won', time },
    { type: 'deal.stage', time, data: { stage: '5' }, id: expect.stringMatching(/:stage:5:/) },
  ])
})

test('a loss has its reason', () => {
  expect(tell(pipedrive, v2('change', 'deal', lost, { status: 'open' }))).toMatchObject({
    id: lostName,
    events: [
      { facts: [{ type: 'deal.lost', data: { deal: '9', reason: 'Too expensive', ...cuts } }] },
    ],
  })
})

test('a reopened deal takes its closing back, in either version', () => {
  const told = {
    id: `deal:9:reopened:${Date.parse(stamp)}`,
    events: [
      {
        facts: [
          {
            type: 'deal.stage',
            time: Date.parse('2026-03-05T10:00:00Z'),
            data: { deal: '9', stage: '1' },
            replaces: wonName,
            revision: Date.parse(stamp),
          },
        ],
      },
    ],
  }

  expect(
    tell(pipedrive, v2('change', 'deal', open, { status: 'won', won_time: won.won_time })),
  ).toMatchObject(told)
  expect(tell(pipedrive, v1('updated', open, won))).toMatchObject(told)
  expect(factsOf(v1('updated', open, lost))).toMatchObject([{ replaces: lostName }])
})

test('a won deal that turns out lost takes its win back', () => {
  const later = { ...lost, lost_time: '2026-03-09T08:00:00Z' }

  expect(
    factsOf(v2('change', 'deal', later, { status: 'won', won_time: won.won_time })),
  ).toMatchObject([{ type: 'deal.lost', replaces: wonName, revision: Date.parse(stamp) }])
})

test('where the time of the win is kept, a deal that is lost takes the win of that time back', () => {
  const later = { ...lost, won_time: won.won_time }

  expect(factsOf(v2('change', 'deal', later, { status: 'won' }))).toMatchObject([
    { type: 'deal.lost', replaces: wonName },
  ])
})

test.each([
  ['another value', { value: 900 }, { value: 1200.5 }],
  ['another currency', { currency: 'USD' }, { currency: 'EUR' }],
  ['another organization', { org_id: 4 }, { org_id: null }],
])('%s of a won deal corrects its win', (_, change, previous) => {
  expect(tell(pipedrive, v2('change', 'deal', { ...won, ...change }, previous))).toMatchObject({
    id: `${wonName}:${Date.parse(stamp)}`,
    events: [
      {
        facts: [
          {
            type: 'deal.won',
            time: Date.parse('2026-03-05T09:59:59Z'),
            replaces: wonName,
            revision: Date.parse(stamp),
          },
        ],
      },
    ],
  })
})

test('another time of the win corrects it, and later corrections go by the new time', () => {
  const earlier = { ...won, won_time: '2026-02-27T00:00:00Z' }
  const name = `deal:9:won:${Date.parse('2026-02-27T00:00:00Z') / 1000}`

  expect(tell(pipedrive, v2('change', 'deal', earlier, { won_time: won.won_time }))).toMatchObject({
    id: name,
    events: [{ facts: [{ replaces: wonName }] }],
  })
  expect(factsOf(v2('change', 'deal', earlier, { value: 1 }))).toMatchObject([{ replaces: name }])
})

test('another reason of a loss corrects it', () => {
  expect(factsOf(v2('change', 'deal', lost, { lost_reason: null }))).toMatchObject([
    { type: 'deal.lost', replaces: lostName, data: { reason: 'Too expensive' } },
  ])
})

test('the same win told by both versions has one name', () => {
  const { won_time: _, ...rest } = won
  const naive = {
    ...rest,
    won_time: '2026-03-05 09:59:59',
    update_time: '2026-03-05 10:00:00',
    user_id: 123123,
    owner_id: undefined,
  }

  expect(tell(pipedrive, v1('updated', naive, open))).toEqual({
    ...tell(pipedrive, v2('change', 'deal', won, { status: 'open' })),
    events: [
      {
        ...tell(pipedrive, v2('change', 'deal', won, { status: 'open' })).events[0],
        name: 'updated.deal',
      },
    ],
  })
})

test('a second attempt tells the same', () => {
  const body = v2('change', 'deal', won, { status: 'open' })
  const again = { ...body, meta: { ...body.meta, attempt: 2 } }

  expect(tell(pipedrive, again)).toEqual(tell(pipedrive, body))
})

test('a lead is created once', () => {
  const lead = {
    id: 'adf21080-0e10-11eb-879b-05d71fb426ec',
    add_time: '2026-03-01T09:00:00.597Z',
    owner_id: 123123,
    origin: 'Import',
  }

  expect(tell(pipedrive, v2('create', 'lead', lead))).toEqual({
    id: 'lead:adf21080-0e10-11eb-879b-05d71fb426ec:created',
    events: [
      {
        name: 'create.lead',
        facts: [
          {
            type: 'lead.created',
            time: Date.parse('2026-03-01T09:00:00.597Z'),
            data: { lead: lead.id, owner: '123123', channel: 'Import' },
          },
        ],
      },
    ],
  })
})

test.each([
  [
    v2('change', 'deal', open, { title: 'Old' }),
    'Neither the stage nor the status of the deal has changed',
  ],
  [
    v2('change', 'deal', { ...won, stage_id: 2 }, { stage_id: 1 }),
    'The deal is closed, and nothing that is counted of it has changed',
  ],
  [
    v2('change', 'deal', { ...open, status: 'deleted' }, { status: 'open' }),
    'The deal is neither open nor won nor lost',
  ],
  [v1('deleted', null, won), 'Only new and changed deals and new leads are counted'],
  [v2('delete', 'deal', null, won), 'Only new and changed deals and new leads are counted'],
  [v2('change', 'lead', {}, {}), 'Only new and changed deals and new leads are counted'],
  [v2('create', 'person', {}), 'Only new and changed deals and new leads are counted'],
])('what tells nothing is ignored: %j', (body, reason) => {
  expect(tell(pipedrive, body)).toMatchObject({ id: null, events: [{ ignored: reason }] })
})

test.each([
  [
    v2('change', 'deal', { ...won, won_time: null }, { status: 'open' }),
    'won_time: Expected a time such as 2026-03-01T09:30:00Z',
  ],
  [
    v2('change', 'deal', { ...won, value: [] }, { status: 'open' }),
    'value: Expected a text or number: current value is []',
  ],
  [
    v2('change', 'deal', { ...open, status: null }, {}),
    'status: Expected a text or number: current value is null',
  ],
  [v2('create', 'deal', null), 'data: Expected an object'],
  [v1('updated', [], open), 'current: Expected an object'],
])('what lacks something it needs is unclear: %j', (body, reason) => {
  expect(tell(pipedrive, body)).toMatchObject({ id: null, events: [{ unclear: reason }] })
})

test('bodies of another form are unclear', () => {
  const reason = 'Expected a webhook of version 2.0 or 1: see `meta`'

  expect(tell(pipedrive, {}).events).toEqual([{ name: 'unknown', unclear: reason }])
  expect(tell(pipedrive, { meta: { version: '3.0' } }).events).toMatchObject([{ unclear: reason }])
  expect(tell(pipedrive, { meta: { version: '2.0', action: 'create' } }).events).toMatchObject([
    { unclear: 'Expected texts in meta.action and meta.entity' },
  ])
})

test.skipIf(readSample('pipedrive/v2_create.deal.json') === null)(
  'the sample of a created deal tells of it',
  () => {
    expect(tell(pipedrive, readSample('pipedrive/v2_create.deal.json') ?? '')).toEqual({
      id: 'deal:1:created',
      events: [
        {
          name: 'create.deal',
          facts: [
            {
              type: 'deal.created',
              time: Date.parse('2025-04-15T15:31:17Z'),
              data: { deal: '1', customer: 'org:2', ...cuts, amount: '2', currency: 'BRL' },
            },
          ],
        },
      ],
    })
  },
)

test.skipIf(readSample('pipedrive/v1_updated.deal.json') === null)(
  'the sample of a deal with another title tells nothing',
  () => {
    expect(tell(pipedrive, readSample('pipedrive/v1_updated.deal.json') ?? '').events).toEqual([
      {
        name: 'updated.deal',
        ignored: 'Neither the stage nor the status of the deal has changed',
      },
    ])
  },
)

test.skipIf(readSample('pipedrive/v2_change.lead.json') === null)(
  'the sample of a changed lead tells nothing',
  () => {
    expect(tell(pipedrive, readSample('pipedrive/v2_change.lead.json') ?? '').events).toEqual([
      { name: 'change.lead', ignored: 'Only new and changed deals and new leads are counted' },
    ])
  },
)

test('reading never throws, whatever the body', () => {
  const bodies = fc.oneof(
    fc.jsonValue(),
    bent(v2('create', 'deal', won)),
    bent(v2('change', 'deal', open, { status: 'won', won_time: won.won_time, stage_id: 7 })),
    bent(v1('updated', { ...lost, stage_id: 4 }, won)),
    bent(v2('create', 'lead', open)),
  )
  const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }

  fc.assert(
    fc.property(bodies, (body) => {
      for (const one of pipedrive.read(body, given).events) {
        expect('facts' in one || 'ignored' in one || 'unclear' in one).toBe(true)
      }
    }),
  )
})

const secret = 'tidemark:correct horse: battery'

const basic = (text: string) => ({ authorization: `Basic ${base64(utf8(text))}` })

test('a request is the sender’s who knows user and password, colons in the password included', async () => {
  expect(await verified(pipedrive, { body: '', headers: basic(secret) }, [secret])).toEqual({
    ok: true,
  })
  expect(
    await verified(pipedrive, { body: '', headers: basic(secret) }, [
      'old:0123456789abcdef',
      secret,
    ]),
  ).toEqual({ ok: true })
})

test('other credentials, none, doubled or cut ones are refused', async () => {
  const { authorization } = basic(secret)
  const refusal = async (headers: Record<string, string>) =>
    verified(pipedrive, { body: '', headers }, [secret])
  const wrong = { ok: false, reason: 'The credentials fit no secret in use' }
  const none = { ok: false, reason: 'No credentials were sent' }

  expect(await refusal(basic(`${secret}!`))).toEqual(wrong)
  expect(await refusal(basic(secret.slice(0, -1)))).toEqual(wrong)
  expect(await refusal({})).toEqual(none)
  expect(await refusal({ authorization: `${authorization}, ${authorization}` })).toEqual(none)
  expect(await refusal({ authorization: authorization.slice(0, -2) })).toEqual(none)
  expect(await refusal({ authorization: 'Digest abc' })).toEqual(none)
})

test('a secret is long enough to be sent as it is', () => {
  const { secretRule } = pipedrive.scheme({})

  expect(secretRule(secret)).toBe(null)
  expect(secretRule('user:short')).toBe('Expected at least 16 characters: it is sent as it is')
  expect(secretRule(`${secret}\n`)).toBe('The secret has blanks or a line break at one end')
})

test('the config gives stages and channels their names', () => {
  const config = v.strictObject(pipedrive.config)

  expect(v.is(config, {})).toBe(true)
  expect(v.is(config, { stages: { '1': 'Demo' }, channels: { '8': 'Fair' } })).toBe(true)
  expect(v.safeParse(config, { stages: 1 }).issues?.[0].message).toBe(
    'Expected an object that gives each stage id its name',
  )
  expect(v.safeParse(config, { channels: [1] }).success).toBe(false)
})
