import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { dayFinder } from '../../src/day.ts'
import { contentDigest, parseBody, settle } from '../../src/delivery.ts'
import { facts } from '../../src/facts/index.ts'
import type { Told } from '../../src/source.ts'
import { segment } from '../../src/sources/segment.ts'
import { mutants } from './mutants.ts'
import { readSample, tell, verified } from './sample.ts'

const call = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'ajs-f8ca1e4de5024d9430b3928bd8ac6b96',
  userId: '019mr8mf4r',
  anonymousId: '23adfd82-aa0f-45a7-a756-24f2a7a4c895',
  timestamp: '2026-03-01T23:30:00.000Z',
  originalTimestamp: '2026-03-01T23:29:00.000Z',
  sentAt: '2026-03-01T23:30:01.000Z',
  receivedAt: '2026-03-01T23:30:02.000Z',
  context: { ip: '8.8.8.8', campaign: { name: 'TPS Innovation Newsletter', source: 'Newsletter' } },
  properties: { order_id: '50314b8e9bcf000000000000', total: 27.5, revenue: 25, currency: 'usd' },
}

const time = Date.parse('2026-03-01T23:30:00Z')

const told = (change: object, config: object = {}) =>
  tell(segment, { ...call, ...change }, { config: { ...config } })

/** The only fact of a call. */
const factOf = (change: object, config: object = {}): Told | undefined =>
  told(change, config).events.flatMap((one) => ('facts' in one ? one.facts : []))[0]

test('a completed order is placed once, by its id', () => {
  expect(told({})).toEqual({
    id: 'order:50314b8e9bcf000000000000',
    events: [
      {
        name: 'Order Completed',
        facts: [
          {
            type: 'order.placed',
            time,
            data: {
              order: '50314b8e9bcf000000000000',
              customer: '019mr8mf4r',
              amount: '27.5',
              currency: 'USD',
              channel: 'Newsletter',
            },
          },
        ],
      },
    ],
  })
  expect(told({ event: 'Completed Order', messageId: 'another' }).id).toBe(told({}).id)
})

test('an order is worth its total, or its revenue where that is all there is', () => {
  const moneyOf = (properties: object) =>
    factOf({ properties: { orderId: 'o', ...properties } })?.data

  expect(moneyOf({ total: '30.00', revenue: 25 })).toMatchObject({ amount: '30.00' })
  expect(moneyOf({ revenue: 25 })).toMatchObject({ amount: '25', currency: undefined, order: 'o' })
})

test('who is not known yet buys as the browser', () => {
  expect(factOf({ userId: null })?.data).toMatchObject({ customer: call.anonymousId })
})

test('a refund takes back what it says, and is called as its message: there may be several', () => {
  expect(told({ event: 'Order Refunded', properties: { order_id: 'o', total: 5 } })).toEqual({
    id: call.messageId,
    events: [
      {
        name: 'Order Refunded',
        facts: [
          {
            type: 'order.refunded',
            time,
            data: { order: 'o', amount: '5', currency: undefined },
          },
        ],
      },
    ],
  })
})

test('who signs up is a lead once', () => {
  expect(factOf({ event: 'Signed Up' })).toEqual({
    id: 'lead:019mr8mf4r',
    personal: true,
    type: 'lead.created',
    time,
    data: { lead: '019mr8mf4r', channel: 'Newsletter' },
  })
})

test('who signs in has logged in, once a day', () => {
  expect(factOf({ event: 'Signed In' })).toEqual({
    id: 'active:2026-03-01:["019mr8mf4r","login"]',
    personal: true,
    type: 'user.active',
    time,
    data: { user: '019mr8mf4r', action: 'login' },
  })
  expect(told({ event: 'Signed In', userId: undefined }).events).toEqual([
    { name: 'Signed In', ignored: 'The user is not known' },
  ])
})

test.each([['page'], ['screen']])('calls of %s on one day are one visit', (type) => {
  const idOf = (change: object) => factOf({ type, ...change })?.id

  expect(told({ type, event: undefined, name: 'Home' })).toEqual({
    id: call.messageId,
    events: [
      {
        name: type,
        facts: [
          {
            id: `visit:2026-03-01:${call.anonymousId}`,
            type: 'visit.started',
            time,
            data: { visitor: call.anonymousId, channel: 'Newsletter' },
          },
        ],
      },
    ],
  })
  expect(idOf({ messageId: 'another', timestamp: '2026-03-01T00:00:00Z' })).toBe(idOf({}))
  expect(idOf({ timestamp: '2026-03-02T00:00:00Z' })).toBe(`visit:2026-03-02:${call.anonymousId}`)
})

test('a visitor without a browser is the user', () => {
  expect(factOf({ type: 'page', anonymousId: undefined })).toEqual({
    id: 'visit:2026-03-01:019mr8mf4r',
    personal: true,
    type: 'visit.started',
    time,
    data: { visitor: '019mr8mf4r', channel: 'Newsletter' },
  })
})

const config = { events: { 'Trial Started': 'lead.qualified' } }

const beside = { headers: new Map(), memory: new Map(), received: 0 }

test.each([
  ['UTC', '2026-03-01'],
  ['Asia/Tokyo', '2026-03-02'],
  ['America/Los_Angeles', '2026-03-01'],
])('what counts once a day counts once on a day of the workspace: in %s on %s', (zone, day) => {
  const given = { ...beside, config: {}, dayOf: dayFinder(zone) }
  const idOf = (change: object) =>
    segment
      .read({ ...call, ...change }, given)
      .events.flatMap((one) => ('facts' in one ? one.facts.map(({ id }) => id) : []))

  expect(idOf({ type: 'page' })).toEqual([`visit:${day}:${call.anonymousId}`])
  expect(idOf({ event: 'Signed In' })).toEqual([`active:${day}:["019mr8mf4r","login"]`])
})

test.each([
  ['a user', { event: 'Signed Up' }, true],
  ['a lead that is qualified', { event: 'Trial Started' }, true],
  ['a user’s action', { event: 'Signed In' }, true],
  ['a user without a browser', { type: 'page', anonymousId: null }, true],
  ['a browser', { type: 'page' }, undefined],
  ['an order', {}, undefined],
])('whether a name holds who somebody is: %s', (_, change, personal) => {
  expect(factOf(change, config)?.personal).toBe(personal)
})

test('what is called as its message is nobody’s', () => {
  const bare = { timestamp: null, originalTimestamp: null, event: 'Signed In' }

  expect(factOf(bare)).not.toHaveProperty('personal')
})

test.each([
  ['lead.created', { lead: '019mr8mf4r', channel: 'Newsletter' }, 'lead:019mr8mf4r'],
  ['lead.qualified', { lead: '019mr8mf4r' }, 'qualified:019mr8mf4r'],
  [
    'user.active',
    { user: '019mr8mf4r', action: 'Demo Booked' },
    'active:2026-03-01:["019mr8mf4r","Demo Booked"]',
  ],
  [
    'visit.started',
    { visitor: call.anonymousId, channel: 'Newsletter' },
    `visit:2026-03-01:${call.anonymousId}`,
  ],
  ['order.placed', { order: call.properties.order_id }, undefined],
  ['order.refunded', { order: call.properties.order_id }, undefined],
])('a team’s own event may be a %s', (type, data, id) => {
  const fact = factOf({ event: ' Demo Booked' }, { events: { 'Demo Booked': type } })

  expect(fact).toMatchObject({ type, time, data })
  expect(fact?.id).toBe(id)
})

test('a team may leave an event out that the specification names', () => {
  expect(told({}, { events: { 'Order Completed': 'ignored' } })).toEqual({
    id: call.messageId,
    events: [{ name: 'Order Completed', ignored: 'The configuration leaves this event out' }],
  })
})

test.each([
  [{ events: { 'Trial Started': 'lead.qualified', Login: 'user.active' } }, null],
  [
    { events: { 'Trial Started': 'trial' } },
    'Expected one of order.placed, order.refunded, lead.created, lead.qualified, user.active, ' +
      'visit.started, ignored for each event',
  ],
  [
    { events: 'Trial Started' },
    'Expected an object that gives what each event is by its name, such as ' +
      '{"Demo Booked": "lead.qualified"}',
  ],
])('as a configuration, %j', (config, message) => {
  const { issues } = v.safeParse(v.strictObject(segment.config), config)

  expect(issues?.[0].message ?? null).toBe(message)
})

test.each([
  ['identify', 'Only page, screen and track calls are counted'],
  ['group', 'Only page, screen and track calls are counted'],
  ['alias', 'Only page, screen and track calls are counted'],
  ['delete', 'Only page, screen and track calls are counted'],
])('%s is ignored', (type, ignored) => {
  expect(told({ type })).toEqual({ id: call.messageId, events: [{ name: type, ignored }] })
})

test.each([['Trial Started'], ['__proto__'], ['toString'], ['order completed']])(
  '%s is ignored until the configuration says what it is',
  (name) => {
    expect(told({ event: name }).events).toEqual([
      { name, ignored: 'The configuration does not say what this event is' },
    ])
  },
)

test('the time is the corrected one, else the original, else the arrival', () => {
  const timeOf = (change: object) =>
    tell(segment, { ...call, ...change }, { received: 1 }).events.flatMap((one) =>
      'facts' in one ? one.facts.map((fact) => fact.time) : [],
    )

  expect(timeOf({})).toEqual([time])
  expect(timeOf({ timestamp: null })).toEqual([time - 60_000])
  expect(timeOf({ timestamp: null, originalTimestamp: undefined })).toEqual([1])
})

test('without a time of its own, what counts once a day is called as its message', () => {
  const bare = { timestamp: undefined, originalTimestamp: undefined }

  expect(factOf({ ...bare, type: 'page' })?.id).toBeUndefined()
  expect(factOf({ ...bare, event: 'Signed In' })?.id).toBeUndefined()
})

test('a delivery is called as its message, unless it is an order', () => {
  expect(told({ event: 'Demo Booked' }).id).toBe(call.messageId)
  expect(told({ event: 'Demo Booked' }, { events: { 'Demo Booked': 'lead.created' } }).id).toBe(
    call.messageId,
  )
  expect(told({ timestamp: 'yesterday' }).id).toBe(call.messageId)
  expect(told({ event: 'Demo Booked', messageId: '' }).id).toBeNull()
})

test.each([
  [{ event: null }, 'event: Expected a text or number: current value is null'],
  [
    { timestamp: 'yesterday' },
    'timestamp: Expected an RFC 3339 time: current value is "yesterday"',
  ],
  [
    { properties: { order_id: 'o' } },
    'properties.revenue: Expected a text or number: current value is missing',
  ],
  [
    { userId: null, anonymousId: null },
    'anonymousId: Expected a text or number: current value is null',
  ],
  [{ userId: { id: 1 } }, 'userId: Expected a text or number: current value is {"id":1}'],
])('%j is unclear', (change, unclear) => {
  expect(told(change).events).toMatchObject([{ unclear }])
})

test('a body that is no call is strange', () => {
  const strange = (unclear: string) => ({ id: null, events: [{ name: 'unknown', unclear }] })

  expect(tell(segment, [call])).toEqual(strange('Expected one call: the batch size must be 0'))
  expect(told({ type: undefined })).toEqual(strange('Expected a call with its type'))
})

test('attempts to deliver a call without an id are the same', async () => {
  const digestOf = (change: object) => {
    const bytes = utf8(JSON.stringify({ ...call, messageId: undefined, ...change }))
    return contentDigest(segment, parseBody('json', bytes), bytes)
  }

  expect(await digestOf({ sentAt: 'later', receivedAt: 'later' })).toBe(await digestOf({}))
  expect(await digestOf({ userId: 'another' })).not.toBe(await digestOf({}))
})

// Segment's specification, segmentio/segment-docs (CC BY 4.0).
const samples: readonly (readonly [file: string, outcome: string])[] = [
  ['alias-00-alias', 'ignored'],
  ['alias-01-alias', 'ignored'],
  ['b2b-saas-00-Account_Created', 'ignored'],
  ['b2b-saas-01-Account_Deleted', 'ignored'],
  ['b2b-saas-02-Signed_Up', 'lead.created'],
  ['b2b-saas-03-Signed_In', 'user.active'],
  ['b2b-saas-04-Signed_Out', 'ignored'],
  ['b2b-saas-05-Invite_Sent', 'ignored'],
  ['b2b-saas-06-Account_Added_User', 'ignored'],
  ['b2b-saas-07-Account_Removed_User', 'ignored'],
  ['b2b-saas-08-Trial_Started', 'ignored'],
  ['b2b-saas-09-Trial_Ended', 'ignored'],
  ['common-00-Report_Submitted', 'ignored'],
  ['copilot-00-Conversation_Started', 'ignored'],
  ['copilot-01-Message_Sent', 'ignored'],
  ['copilot-02-Message_Received', 'ignored'],
  ['copilot-03-Conversation_Ended', 'ignored'],
  ['copilot-04-Action_Invoked', 'ignored'],
  ['copilot-05-Media_Generated', 'ignored'],
  ['copilot-06-Component_Loaded', 'ignored'],
  ['copilot-07-Feedback_Submitted', 'ignored'],
  ['copilot-08-Item_Purchased', 'ignored'],
  ['ecommerce_index-00-Viewed_Product_Category', 'ignored'],
  ['ecommerce_index-01-Viewed_Product', 'ignored'],
  ['ecommerce_index-02-Added_Product', 'ignored'],
  ['ecommerce_index-03-Removed_Product', 'ignored'],
  ['ecommerce_index-04-Order_Completed', 'order.placed'],
  ['email-00-Email_Bounced', 'ignored'],
  ['email-01-Email_Delivered', 'ignored'],
  ['email-02-Email_Link_Clicked', 'ignored'],
  ['email-03-Email_Marked_as_Spam', 'ignored'],
  ['email-04-Email_Opened', 'ignored'],
  ['email-05-Unsubscribed', 'ignored'],
  ['group-00-group', 'ignored'],
  ['group-01-group', 'ignored'],
  ['identify-00-identify', 'ignored'],
  ['identify-01-identify', 'ignored'],
  ['live-chat-00-Live_Chat_Conversation_Started', 'ignored'],
  ['live-chat-01-Live_Chat_Message_Sent', 'ignored'],
  ['live-chat-02-Live_Chat_Message_Received', 'ignored'],
  ['mobile-00-Application_Installed', 'ignored'],
  ['mobile-01-Application_Opened', 'ignored'],
  ['mobile-02-Application_Backgrounded', 'ignored'],
  ['mobile-03-Application_Foregrounded', 'ignored'],
  ['mobile-04-Application_Updated', 'ignored'],
  ['mobile-05-Application_Uninstalled', 'ignored'],
  ['mobile-06-Application_Crashed', 'ignored'],
  ['mobile-07-Install_Attributed', 'ignored'],
  ['mobile-08-Push_Notification_Received', 'ignored'],
  ['mobile-09-Push_Notification_Tapped', 'ignored'],
  ['mobile-10-Push_Notification_Bounced', 'ignored'],
  ['mobile-11-Deep_Link_Opened', 'ignored'],
  ['mobile-12-Deep_Link_Clicked', 'ignored'],
  // Abbreviated: nobody is named.
  ['page-00-page', 'unclear'],
  ['page-01-page', 'visit.started'],
  ['screen-00-screen', 'unclear'],
  ['screen-01-screen', 'visit.started'],
  ['track-00-User_Registered', 'ignored'],
  ['track-01-Course_Clicked', 'ignored'],
  ['video-00-Video_Playback_Started', 'ignored'],
  ['video-01-Video_Playback_Paused', 'ignored'],
  ['video-02-Video_Playback_Interrupted', 'ignored'],
  ['video-03-Video_Playback_Buffer_Started', 'ignored'],
  ['video-04-Video_Playback_Buffer_Completed', 'ignored'],
  ['video-05-Video_Playback_Seek_Started', 'ignored'],
  ['video-06-Video_Playback_Seek_Completed', 'ignored'],
  ['video-07-Video_Playback_Resumed', 'ignored'],
  ['video-08-Video_Playback_Completed', 'ignored'],
  ['video-09-Video_Playback_Exited', 'ignored'],
  ['video-10-Video_Content_Started', 'ignored'],
  ['video-11-Video_Content_Playing', 'ignored'],
  ['video-12-Video_Content_Completed', 'ignored'],
  ['video-13-Video_Ad_Started', 'ignored'],
  ['video-14-Video_Ad_Playing', 'ignored'],
  ['video-15-Video_Ad_Completed', 'ignored'],
]

const sampleOf = (name: string) => readSample(`segment/${name}.json`)

const outcomesOf = (body: string) =>
  tell(segment, body).events.flatMap((one) =>
    'facts' in one ? one.facts.map(({ type }) => type) : Object.keys(one).slice(1),
  )

test.skipIf(sampleOf('page-01-page') === null).each(samples)('%s: %s', (name, outcome) => {
  expect(outcomesOf(sampleOf(name) ?? '')).toEqual([outcome])
})

test.skipIf(sampleOf('page-01-page') === null)('a page as Segment documents it is a visit', () => {
  expect(tell(segment, sampleOf('page-01-page') ?? '')).toEqual({
    id: '022bb90c-bbac-11e4-8dfc-aa07a5b093db',
    events: [
      {
        name: 'page',
        facts: [
          {
            id: 'visit:2015-02-23:507f191e810c19729de860ea',
            type: 'visit.started',
            time: Date.parse('2015-02-23T22:28:55.111Z'),
            data: { visitor: '507f191e810c19729de860ea', channel: undefined },
          },
        ],
      },
    ],
  })
})

const bodies = [
  call,
  { ...call, event: 'Order Refunded' },
  { ...call, event: 'Signed Up' },
  { ...call, event: 'Trial Started' },
  { ...call, event: 'Signed In' },
  { ...call, type: 'page' },
]

test('what is told are facts of the types that are declared, and they are stored', () => {
  const context = {
    facts,
    surveys: new Map(),
    dimensions: [],
    currency: 'EUR',
    dayOf: dayFinder('Europe/Berlin'),
  }
  const settled = bodies
    .map((body) => tell(segment, body, { config }))
    .map((one) => settle(one, { source: 'segment', delivery: one.id ?? 'none' }, context))

  expect(settled.map(({ state, reason }) => [state, reason])).toEqual(
    bodies.map(() => ['stored', null]),
  )
  expect(new Set(settled.flatMap((one) => one.facts.map(({ type }) => type)))).toEqual(
    new Set(segment.types),
  )
})

const isAnswered = (body: unknown) =>
  segment
    .read(body, { ...beside, config, dayOf: dayFinder('UTC') })
    .events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)

test('whatever else a body holds, reading it ends well', () => {
  const broken = bodies.flatMap((body) =>
    [...mutants(body)].filter((mutant) => !isAnswered(mutant.body)).map(({ how }) => how),
  )

  expect(broken).toEqual([])
  fc.assert(fc.property(fc.jsonValue(), isAnswered))
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.jsonValue(), (body, properties) =>
      isAnswered({ ...body, properties }),
    ),
  )
})

// Derived: no vendor publishes one. The second is of the body that Segment's own test signs.
test.each([
  ['mysecret', '{"foo":"bar"}', 'd03207e4b030cf234e3447bac4d93add4c6643d8'],
  ['abc123', '{"cool":true}', '5099cab379b3be52908387457007040cc934ef86'],
])('under %s, %s is signed', async (secret, body, signature) => {
  const headers = { 'x-signature': signature }

  expect(await verified(segment, { body, headers }, [secret])).toEqual({ ok: true })
  expect(await verified(segment, { body, headers }, ['the new one', secret])).toEqual({ ok: true })
  expect(await verified(segment, { body, headers }, ['the new one'])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
  expect(await verified(segment, { body: `${body}\n`, headers }, [secret])).toMatchObject({
    ok: false,
  })
})

const signature = 'd03207e4b030cf234e3447bac4d93add4c6643d8'

test.each([
  ['nothing', ''],
  ['blanks', '  '],
  ['a prefix', `sha1=${signature}`],
  ['capitals', signature.toUpperCase()],
  ['a half digit', signature.slice(0, -1)],
  ['junk between digits', `${signature.slice(0, 2)} ${signature.slice(2)}`],
  ['the header twice', `${signature}, ${signature}`],
  ['base64', '0DIH5LAwzyNOM0R7rE2Trd1MZkPY'],
])('a signature of %s is none', async (_, header) => {
  const sent = { body: '{"foo":"bar"}', headers: { 'x-signature': header } }

  expect(await verified(segment, sent, ['mysecret'])).toEqual({
    ok: false,
    reason: 'X-Signature holds no lower-case hexadecimal',
  })
})

test('a signature that is cut or flipped anywhere fits no secret', async () => {
  const flipped = Array.from(signature, (digit, at) => {
    const other = (Number.parseInt(digit, 16) ^ 1).toString(16)
    return signature.slice(0, at) + other + signature.slice(at + 1)
  })
  const cut = Array.from({ length: 19 }, (_, bytes) => signature.slice(0, 2 * (bytes + 1)))

  for (const header of [...flipped, ...cut, `${signature}00`]) {
    const sent = { body: '{"foo":"bar"}', headers: { 'x-signature': header } }
    expect(await verified(segment, sent, ['mysecret'])).toEqual({
      ok: false,
      reason: 'The signature fits no secret in use',
    })
  }
})

test('nothing is signed without a shared secret', async () => {
  expect(await verified(segment, { body: '{}' }, ['mysecret'])).toMatchObject({ ok: false })
})

test.each([
  ['', 'The secret is blank'],
  [' mysecret', 'The secret has blanks or a line break at one end'],
  ['secret', 'Expected a secret of 8 to 500 characters'],
  ['mysecret', null],
])('as a secret, %j', (text, rule) => {
  expect(segment.scheme({}).secretRule(text)).toBe(rule)
})
