import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import { settle } from '../../src/delivery.ts'
import { facts } from '../../src/facts/index.ts'
import type { Reading } from '../../src/source.ts'
import { calendly } from '../../src/sources/calendly.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const invitees = 'https://api.calendly.com/scheduled_events/E1/invitees'
const submissions = 'https://api.calendly.com/routing_form_submissions'

const tracking = {
  utm_campaign: 'spring',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_content: null,
  utm_term: null,
  salesforce_uuid: null,
}

const invitee = {
  created_at: '2026-03-01T09:00:00.361675Z',
  email: 'Betty@Rei.example',
  name: 'Betty',
  new_invitee: null,
  old_invitee: null,
  rescheduled: false,
  routing_form_submission: null,
  status: 'active',
  tracking,
  uri: `${invitees}/I1`,
}

const submission = {
  created_at: '2026-03-01T08:59:00Z',
  questions_and_answers: [{ question: 'Company size?', answer: '10', question_uuid: 'q1' }],
  routing_form: 'https://api.calendly.com/routing_forms/F1',
  submitter: null,
  submitter_type: null,
  tracking,
  uri: `${submissions}/S1`,
}

const eventOf = (event: string, payload: unknown) => ({
  event,
  created_at: '2026-03-01T09:00:01.000000Z',
  created_by: 'https://api.calendly.com/users/U1',
  payload,
})

const factsOf = ({ events }: Reading) => events.flatMap((one) => ('facts' in one ? one.facts : []))

const only = (event: string, payload: unknown) => tell(calendly, eventOf(event, payload)).events

test('whoever books is a lead, known by the booking', () => {
  expect(tell(calendly, eventOf('invitee.created', invitee))).toEqual({
    id: 'lead:I1',
    events: [
      {
        name: 'invitee.created',
        facts: [
          {
            type: 'lead.created',
            time: Date.parse('2026-03-01T09:00:00.361Z'),
            data: { lead: 'I1', channel: 'google' },
          },
        ],
      },
    ],
  })
})

test('a lead may be known by e-mail, under the same name', () => {
  const reading = tell(calendly, eventOf('invitee.created', invitee), {
    config: { leads: 'email' },
  })

  expect(reading.id).toBe('lead:I1')
  expect(factsOf(reading)).toMatchObject([{ data: { lead: 'betty@rei.example' } }])
})

test.each([
  [{}, 'google'],
  [{ channel: 'utm_source' }, 'google'],
  [{ channel: 'utm_medium' }, 'cpc'],
  [{ channel: 'utm_campaign' }, 'spring'],
])('with %j the channel is %j', (config, channel) => {
  const reading = tell(calendly, eventOf('invitee.created', invitee), { config })

  expect(factsOf(reading)).toMatchObject([{ data: { channel } }])
})

test('who comes from nowhere in particular has no channel', () => {
  const nowhere = { ...invitee, tracking: { ...tracking, utm_source: null } }

  expect(factsOf(tell(calendly, eventOf('invitee.created', nowhere)))[0]?.data).toEqual({
    lead: 'I1',
    channel: undefined,
  })
  expect(
    factsOf(tell(calendly, eventOf('invitee.created', { ...invitee, tracking: null }))),
  ).toHaveLength(1)
})

test('a booking that was rescheduled is no new lead', () => {
  expect(
    tell(calendly, eventOf('invitee.created', { ...invitee, old_invitee: `${invitees}/I0` })),
  ).toEqual({
    id: null,
    events: [{ name: 'invitee.created', ignored: 'A booking that was rescheduled is no new lead' }],
  })
})

test('a routing form and the booking that follows are one lead', () => {
  const form = tell(calendly, eventOf('routing_form_submission.created', submission))
  const booking = tell(
    calendly,
    eventOf('invitee.created', { ...invitee, routing_form_submission: `${submissions}/S1` }),
  )

  expect(form).toEqual({
    id: 'lead:S1',
    events: [
      {
        name: 'routing_form_submission.created',
        facts: [
          {
            type: 'lead.created',
            time: Date.parse('2026-03-01T08:59:00Z'),
            data: { lead: 'S1', channel: 'google' },
          },
        ],
      },
    ],
  })
  expect(booking.id).toBe('lead:S1')
  expect(factsOf(booking)).toMatchObject([{ data: { lead: 'S1' } }])
})

test.each([
  ['invitee.canceled', 'A lead that cancels was one'],
  ['invitee_no_show.created', 'A lead that does not come was one'],
  ['invitee_no_show.deleted', 'No booking and no routing form'],
  ['event_type.updated', 'No booking and no routing form'],
  ['__proto__', 'No booking and no routing form'],
])('%s is ignored', (event, ignored) => {
  expect(tell(calendly, eventOf(event, invitee))).toEqual({
    id: null,
    events: [{ name: event, ignored }],
  })
})

test.each([
  [{ uri: null }, 'uri: Expected a text or number: current value is null'],
  [{ uri: 'I1' }, 'uri: Expected a URI: current value is I1'],
  [{ uri: `${invitees}/` }, `uri: Expected a URI: current value is ${invitees.slice(0, 40)}`],
  [{ created_at: 7 }, 'created_at: Expected an RFC 3339 time: current value is 7'],
  [
    { tracking: { utm_source: ['a'] } },
    'tracking.utm_source: Expected a text or number: current value is ["a"]',
  ],
  [
    { routing_form_submission: 'S1' },
    'routing_form_submission: Expected a URI: current value is S1',
  ],
])('a booking with %j is unclear', (change, unclear) => {
  expect(only('invitee.created', { ...invitee, ...change })).toEqual([
    { name: 'invitee.created', unclear },
  ])
})

test('a booking without e-mail is unclear only where leads are known by it', () => {
  const body = eventOf('invitee.created', { ...invitee, email: null })

  expect(factsOf(tell(calendly, body))).toHaveLength(1)
  expect(tell(calendly, body, { config: { leads: 'email' } })).toEqual({
    id: null,
    events: [
      {
        name: 'invitee.created',
        unclear: 'email: Expected a text or number: current value is null',
      },
    ],
  })
})

test.each([[[]], [{}], ['null'], [{ event: 'invitee.created' }], [eventOf('invitee.created', [])]])(
  '%j is no event',
  (body) => {
    expect(tell(calendly, body)).toEqual({
      id: null,
      events: [{ name: 'unknown', unclear: 'Expected an event with a payload' }],
    })
  },
)

test.skipIf(readSample('calendly/scheduled_event_resource.json') === null)(
  'a resource of the API is no event',
  () => {
    expect(
      tell(calendly, readSample('calendly/scheduled_event_resource.json') ?? '').events,
    ).toEqual([{ name: 'unknown', unclear: 'Expected an event with a payload' }])
  },
)

const absent = readSample('calendly/hull/invitee-created.json') === null

test.skipIf(absent)('a booking as it was sent is a lead', () => {
  expect(tell(calendly, readSample('calendly/hull/invitee-created.json') ?? '')).toEqual({
    id: 'lead:AHT4VZ5PQYFOSTFB',
    events: [
      {
        name: 'invitee.created',
        facts: [
          {
            type: 'lead.created',
            time: Date.parse('2020-12-22T18:15:55.361Z'),
            data: { lead: 'AHT4VZ5PQYFOSTFB', channel: undefined },
          },
        ],
      },
    ],
  })
})

test.skipIf(absent)('a cancellation as it was sent is none', () => {
  expect(tell(calendly, readSample('calendly/hull/invitee-canceled.json') ?? '').events).toEqual([
    { name: 'invitee.canceled', ignored: 'A lead that cancels was one' },
  ])
})

test('what is told is of the vocabulary', () => {
  const context = {
    facts,
    surveys: new Map(),
    dimensions: [],
    currency: 'USD',
    dayOf: dayFinder('UTC'),
  }
  const settled = [
    eventOf('invitee.created', invitee),
    eventOf('routing_form_submission.created', submission),
  ].map((body) => settle(tell(calendly, body), { source: 's', delivery: 'd' }, context))

  expect(settled.map(({ state }) => state)).toEqual(['stored', 'stored'])
  expect(settled.flatMap((one) => one.facts.map(({ type }) => type))).toEqual([
    ...calendly.types,
    ...calendly.types,
  ])
})

test('whatever the body, reading it ends well', () => {
  const given = { headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0, config: {} }
  const bodies = [
    eventOf('invitee.created', { ...invitee, routing_form_submission: `${submissions}/S1` }),
    eventOf('routing_form_submission.created', submission),
  ]
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), ...bodies.map(bent)),
      fc.constantFrom({}, { leads: 'email', channel: 'utm_medium' }),
      (body, config) => {
        const { events } = calendly.read(body, { ...given, config })
        expect(events.length).toBe(1)
        expect(events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)).toBe(
          true,
        )
      },
    ),
    { numRuns: 500 },
  )
})

test('what a lead is known by and what its channel is may be set', () => {
  const config = v.strictObject(calendly.config)
  const messageOf = (input: unknown) => v.safeParse(config, input).issues?.[0]?.message

  expect(messageOf({})).toBeUndefined()
  expect(messageOf({ leads: 'email', channel: 'utm_medium' })).toBeUndefined()
  expect(messageOf({ leads: 'phone' })).toBe('Expected "uri" or "email": what a lead is known by')
  expect(messageOf({ channel: 'utm_term' })).toBe(
    'Expected "utm_source", "utm_medium" or "utm_campaign": what says the channel',
  )
})

// Derived: Calendly publishes no vector.
const vector = {
  body: '{"foo":"bar"}',
  secret: 'mysecret',
  signature: 'fa231551bd95907dff74c930919e9c464571af4b8d30cef4bf5d8193ca90b534',
  now: 1_614_265_330_000,
}

const signed = (header: string, secrets: readonly string[], now = vector.now) =>
  verified(
    calendly,
    { body: vector.body, headers: { 'calendly-webhook-signature': header } },
    secrets,
    { now },
  )

test('a signature is of the time and the body', async () => {
  const unfit = { ok: false, reason: 'The signature fits no secret in use' }
  const header = `t=1614265330,v1=${vector.signature}`
  const other = createHmac('sha256', 'newsecret').update(`1614265330.${vector.body}`).digest('hex')

  expect(await signed(header, [vector.secret])).toEqual({ ok: true })
  expect(await signed(header, ['newsecret', vector.secret])).toEqual({ ok: true })
  expect(await signed(`t=1614265330,v1=${other}`, ['newsecret', vector.secret])).toEqual({
    ok: true,
  })
  expect(await signed(header, ['newsecret'])).toEqual(unfit)
  expect(await signed(`t=1614265331,v1=${vector.signature}`, [vector.secret])).toEqual(unfit)
  expect(await signed(`${header}, ${header}`, [vector.secret])).toEqual({
    ok: false,
    reason: 'Calendly-Webhook-Signature holds no single time t in whole seconds',
  })
  expect(await verified(calendly, { body: vector.body }, [vector.secret])).toEqual({
    ok: false,
    reason: 'Calendly-Webhook-Signature is missing',
  })
})

test.each([
  [299, true],
  [-299, true],
  [301, false],
  [-301, false],
])('a signature %i seconds ago is good: %j', async (ago, ok) => {
  const header = `t=1614265330,v1=${vector.signature}`

  expect(await signed(header, [vector.secret], vector.now + ago * 1000)).toMatchObject({ ok })
})

test.each([
  ['a1b2c3d4e5f60718', null],
  ['short', 'Expected a secret of 8 to 500 characters'],
  ['mysecret\n', 'The secret has blanks or a line break at one end'],
])('of %j as a secret is said: %j', (secret, rule) => {
  expect(calendly.scheme({}).secretRule(secret)).toBe(rule)
})
