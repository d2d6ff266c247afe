import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { contentDigest, deliveryName, parseBody } from '../../src/delivery.ts'
import { utf8 } from '../../src/bytes.ts'
import { formbricks } from '../../src/sources/formbricks.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const config = { questions: { nps: 'loyalty' } }
const partial = { ...config, partial: true }

const begun = Date.parse('2025-07-24T07:47:29.507Z')
const ended = Date.parse('2025-07-24T07:47:56.116Z')

const response = {
  id: 'r1',
  createdAt: '2025-07-24T07:47:29.507Z',
  updatedAt: '2025-07-24T07:47:56.116Z',
  finished: true,
  language: 'en',
  contact: { id: 'contact1', userId: 'user1' },
  contactAttributes: { plan: 'pro', email: 'jon@doe.ca' },
  data: { nps: 9, effort: '3', why: 'Fast', team: 'blue', consent: 'accepted' },
}

const body = (change: object = {}, event = 'responseFinished') => ({
  event,
  webhookId: 'w1',
  data: { ...response, ...change },
})

const factsOf = (sent: unknown, set: Readonly<Record<string, unknown>> = config) =>
  tell(formbricks, sent, { config: set }).events.flatMap((one) => ('facts' in one ? one.facts : []))

test('a finished response tells the answer to the question that counts', () => {
  expect(tell(formbricks, body(), { config })).toEqual({
    id: 'response:r1:nps',
    events: [
      {
        name: 'responseFinished',
        facts: [
          {
            id: 'response:r1:nps',
            type: 'survey.response',
            time: begun,
            data: {
              survey: 'loyalty',
              score: '9',
              comment: undefined,
              locale: 'en',
              respondent: undefined,
            },
          },
        ],
      },
    ],
  })
})

test('several questions of one response are answers of several surveys', () => {
  const reading = tell(formbricks, body(), {
    config: { questions: { nps: 'loyalty', effort: 'ease', later: 'never' } },
  })

  expect(reading.id).toBe('response:r1')
  expect(reading.events).toMatchObject([
    { facts: [{ id: 'response:r1:nps', data: { survey: 'loyalty', score: '9' } }] },
    { facts: [{ id: 'response:r1:effort', data: { survey: 'ease', score: '3' } }] },
  ])
})

test('comment, respondent and properties are told where the team has asked for them', () => {
  const set = {
    ...config,
    comments: { nps: 'why' },
    respondents: true,
    properties: ['plan', 'team', 'city'],
  }

  expect(factsOf(body(), set)).toMatchObject([
    { data: { comment: 'Fast', respondent: 'contact1', 'p.plan': 'pro', 'p.team': 'blue' } },
  ])
  expect(factsOf(body({ contact: null, contactAttributes: null }), set)).toMatchObject([
    { data: { comment: 'Fast', respondent: undefined, 'p.team': 'blue' } },
  ])
  expect(JSON.stringify(factsOf(body(), set))).not.toContain('jon@doe.ca')
})

test.each([
  ['pt-BR', 'pt-BR'],
  ['default', undefined],
  [null, undefined],
  [7, undefined],
])('the language %j is the locale %j', (language, locale) => {
  expect(factsOf(body({ language })).map(({ data }) => data['locale'])).toEqual([locale])
})

test.each(['responseCreated', 'responseUpdated'])('%s is ignored', (event) => {
  expect(tell(formbricks, body({}, event), { config })).toEqual({
    id: `${event}:r1@2025-07-24T07:47:56.116Z`,
    events: [{ name: event, ignored: 'Only finished responses are counted' }],
  })
})

test('an update that is ignored does not take the name of an end that nobody understands yet', async () => {
  const nameOf = async (event: string) => {
    const bytes = utf8(JSON.stringify(body({}, event)))
    const digest = await contentDigest(formbricks, parseBody('json', bytes), bytes)
    return deliveryName(tell(formbricks, body({}, event)), digest)
  }

  expect(await nameOf('responseUpdated')).not.toBe(await nameOf('responseFinished'))
})

test.each(['responseCreated', 'responseUpdated', 'responseFinished'])(
  'with partial, %s corrects what the response has said before',
  (event) => {
    const { id, events } = tell(formbricks, body({}, event), { config: partial })

    expect(id).toBe(`response:r1:nps@${ended}`)
    expect(events).toMatchObject([
      {
        name: event,
        facts: [
          {
            id: `response:r1:nps@${ended}`,
            replaces: 'response:r1:nps',
            revision: ended,
            time: begun,
          },
        ],
      },
    ])
  },
)

test('with partial and several questions each corrects itself', () => {
  const reading = tell(formbricks, body(), {
    config: { questions: { nps: 'loyalty', effort: 'ease' }, partial: true },
  })

  expect(reading.id).toBe(`response:r1@${ended}`)
  expect(reading.events).toMatchObject([
    { facts: [{ id: `response:r1:nps@${ended}`, replaces: 'response:r1:nps' }] },
    { facts: [{ id: `response:r1:effort@${ended}`, replaces: 'response:r1:effort' }] },
  ])
})

test('the last update and the end, and two webhooks, say the same thing', async () => {
  const digestOf = (sent: unknown) => {
    const bytes = utf8(JSON.stringify(sent))
    return contentDigest(formbricks, parseBody('json', bytes), bytes)
  }

  expect(await digestOf({ ...body({}, 'responseUpdated'), webhookId: 'w2' })).toBe(
    await digestOf(body()),
  )
  expect(await digestOf(body({ updatedAt: '2025-07-24T07:47:57.000Z' }))).not.toBe(
    await digestOf(body()),
  )
  expect(tell(formbricks, body({}, 'responseUpdated'), { config: partial }).id).toBe(
    tell(formbricks, body(), { config: partial }).id,
  )
})

test('a question that was not answered is no answer', () => {
  const ignored =
    'Only questions that config.questions names are counted: answered are nps, consent'

  for (const nps of [null, '', ' ']) {
    const sent = body({ data: { nps, consent: 'accepted' } })
    expect(tell(formbricks, sent, { config })).toEqual({
      id: null,
      events: [{ name: 'responseFinished', ignored }],
    })
  }
})

test.each([
  [{ data: { nps: 'Great' } }, 'nps: Expected a whole number: current value is "Great"'],
  [{ data: { nps: 8.5 } }, 'nps: Expected a whole number: current value is 8.5'],
  [{ data: { nps: ['9'] } }, 'nps: Expected a whole number: current value is ["9"]'],
  [{ data: null }, 'data.data: Expected an object of answers'],
  [{ id: null }, 'data.id: Expected a text or number: current value is null'],
  [{ createdAt: 7 }, 'data.createdAt: Expected an RFC 3339 time: current value is 7'],
])('a response with %j is unclear', (change, unclear) => {
  expect(tell(formbricks, body(change), { config }).events).toEqual([
    { name: 'responseFinished', unclear },
  ])
})

test('with partial a response that does not say how new it is is unclear', () => {
  expect(tell(formbricks, body({ updatedAt: null }), { config: partial }).events).toEqual([
    {
      name: 'responseFinished',
      unclear: 'data.updatedAt: Expected an RFC 3339 time: current value is null',
    },
  ])
  expect(factsOf(body({ updatedAt: null }))).toHaveLength(1)
})

test('an answer waits until somebody says which questions count', () => {
  expect(tell(formbricks, body())).toEqual({
    id: null,
    events: [
      {
        name: 'responseFinished',
        unclear: 'config.questions: Expected a survey for any of nps, effort, why, team, consent',
      },
    ],
  })
})

test('Test Endpoint and other events are ignored, and what is no event is unclear', () => {
  expect(tell(formbricks, { event: 'testEndpoint' }, { config })).toEqual({
    id: null,
    events: [{ name: 'testEndpoint', ignored: 'Only responses are counted, not testEndpoint' }],
  })
  expect(tell(formbricks, {}, { config }).events).toEqual([
    { name: 'unknown', unclear: 'event: Expected a text or number: current value is missing' },
  ])
  expect(tell(formbricks, [], { config }).events).toEqual([
    { name: 'unknown', unclear: 'Expected an object' },
  ])
})

const samples = ['responseCreated', 'responseUpdated', 'responseFinished']

test.skipIf(samples.some((name) => readSample(`formbricks/${name}.json`) === null))(
  'the published bodies say when they were answered, and that they hold no score',
  () => {
    const bodies = samples.map((name) => readSample(`formbricks/${name}.json`) ?? '')
    const set = { questions: { nps: 'loyalty' }, partial: true }
    const chosen = { questions: { visit_reason: 'loyalty' }, partial: true }

    expect(bodies.flatMap((one) => tell(formbricks, one, { config: set }).events)).toEqual([
      {
        name: 'responseCreated',
        ignored:
          'Only questions that config.questions names are counted: answered are welcome_card_cta',
      },
      {
        name: 'responseUpdated',
        ignored:
          'Only questions that config.questions names are counted: answered are visit_reason, welcome_card_cta',
      },
      {
        name: 'responseFinished',
        ignored:
          'Only questions that config.questions names are counted: answered are newsletter_consent, welcome_card_cta',
      },
    ])
    expect(tell(formbricks, bodies[1], { config: chosen })).toEqual({
      id: `response:responseId:visit_reason@${Date.parse('2025-07-24T07:47:33.696Z')}`,
      events: [
        {
          name: 'responseUpdated',
          unclear: 'visit_reason: Expected a whole number: current value is "Just browsing"',
        },
      ],
    })
  },
)

test('any JSON is facts, ignored or unclear', () => {
  const given = {
    config: {
      questions: { nps: 'loyalty', effort: 'ease' },
      comments: { nps: 'why' },
      respondents: true,
      properties: ['plan', 'team'],
      partial: true,
    },
    headers: new Map(),
    memory: new Map(),
    dayOf: inUtc,
    received: 0,
  }

  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), bent(body())), (sent) => {
      for (const event of formbricks.read(sent, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('a configuration is a map of questions, or says what it lacks', () => {
  const schema = v.strictObject(formbricks.config)

  expect(v.is(schema, {})).toBe(true)
  expect(
    v.is(schema, {
      ...partial,
      comments: { nps: 'why' },
      respondents: false,
      properties: ['plan'],
    }),
  ).toBe(true)
  expect(v.safeParse(schema, { questions: 'nps' }).issues?.map(({ message }) => message)).toEqual([
    'Expected an object that gives a survey here by question id, such as {"nps": "<id of a survey here>"}',
  ])
  expect(v.safeParse(schema, { partial: 'yes' }).issues?.map(({ message }) => message)).toEqual([
    'Expected true or false',
  ])
})

test('a delivery is signed as Standard Webhooks says', async () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const sent = { body: '{"test": 2432232314}', headers }
  const secrets = [
    'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  ]

  expect(await verified(formbricks, sent, secrets, { now: 1614265330_000 })).toEqual({ ok: true })
  expect((await verified(formbricks, sent, secrets, { now: 1614265631_000 })).ok).toBe(false)
})
