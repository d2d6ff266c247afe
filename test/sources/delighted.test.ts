import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { delighted } from '../../src/sources/delighted.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const config = { surveys: { nps: 'loyalty', csat: 'support' } }

const answer = {
  id: '5435',
  person: { id: '5975', email: 'charlie_gravis@example.com', name: 'Charlie Gravis' },
  survey_type: 'nps',
  score: 9,
  comment: null,
  created_at: 1732186844,
  updated_at: null,
  person_properties: null,
  notes: [],
  tags: [],
}

const created = (change: object = {}) => ({
  event_type: 'survey_response.created',
  event_id: 'e1',
  event_data: { ...answer, ...change },
})

const updated = (change: object = {}) => ({
  event_type: 'survey_response.updated',
  event_id: 'e2',
  event_data: { ...answer, updated_at: 1732187444, ...change },
})

/** The data of what is told. */
const dataOf = (body: unknown, set: Readonly<Record<string, unknown>> = config) =>
  tell(delighted, body, { config: set })
    .events.flatMap((one) => ('facts' in one ? one.facts : []))
    .map(({ data }) => data)

test('a new answer is called by its id, as is the delivery', () => {
  expect(tell(delighted, created(), { config })).toEqual({
    id: 'response:5435',
    events: [
      {
        name: 'survey_response.created',
        facts: [
          {
            type: 'survey.response',
            time: Date.parse('2024-11-21T11:00:44Z'),
            data: {
              survey: 'loyalty',
              score: '9',
              comment: undefined,
              locale: undefined,
              respondent: '5975',
            },
          },
        ],
      },
    ],
  })
})

test('an update corrects the answer it belongs to, whose day does not move', () => {
  expect(tell(delighted, updated({ comment: 'Flawless!' }), { config })).toEqual({
    id: 'response:5435@1732187444',
    events: [
      {
        name: 'survey_response.updated',
        facts: [
          {
            replaces: 'response:5435',
            revision: Date.parse('2024-11-21T11:10:44Z'),
            type: 'survey.response',
            time: Date.parse('2024-11-21T11:00:44Z'),
            data: {
              survey: 'loyalty',
              score: '9',
              comment: 'Flawless!',
              locale: undefined,
              respondent: '5975',
            },
          },
        ],
      },
    ],
  })
})

test('the same delivery again has the same id, and a later update has another', () => {
  const ids = [created(), created(), updated(), updated(), updated({ updated_at: 1732187445 })].map(
    (body) => tell(delighted, body, { config }).id,
  )

  expect(ids).toEqual([
    'response:5435',
    'response:5435',
    'response:5435@1732187444',
    'response:5435@1732187444',
    'response:5435@1732187445',
  ])
})

// Both samples say that they are one event about one answer, updated in one second. Whichever comes
// first is kept; the other is the same delivery with another content, which is a conflict for the team
// to see and never a second answer.
test.skipIf(readSample('delighted/survey_response_updated_promoter.json') === null)(
  'two samples of one update that differ in their scores are one delivery',
  () => {
    const readings = ['promoter', 'non_promoter'].map((name) =>
      tell(delighted, readSample(`delighted/survey_response_updated_${name}.json`) ?? '', {
        config,
      }),
    )

    expect(readings.map(({ id }) => id)).toEqual([
      'response:5435@1482590009',
      'response:5435@1482590009',
    ])
    expect(readings.flatMap(({ events }) => events)).toMatchObject([
      {
        facts: [
          {
            replaces: 'response:5435',
            revision: 1482590009000,
            time: 1482589409000,
            data: { survey: 'loyalty', score: '9', respondent: '5975' },
          },
        ],
      },
      {
        facts: [
          {
            replaces: 'response:5435',
            revision: 1482590009000,
            time: 1482589409000,
            data: { survey: 'loyalty', score: '5', respondent: '5975' },
          },
        ],
      },
    ])
  },
)

test('the survey is the one set for the type, and answers without a type are NPS', () => {
  expect(dataOf(created({ survey_type: 'csat', score: 4 }))).toMatchObject([{ survey: 'support' }])
  expect(dataOf(created({ survey_type: undefined }))).toMatchObject([{ survey: 'loyalty' }])
  expect(dataOf(created({ survey_type: null }))).toMatchObject([{ survey: 'loyalty' }])
})

test('a type left out of the configuration is ignored, and one before any is set waits', () => {
  const pmf = created({ survey_type: 'pmf' })

  expect(tell(delighted, pmf, { config }).events).toEqual([
    { name: 'survey_response.created', ignored: 'config.surveys names no survey for "pmf"' },
  ])
  expect(tell(delighted, pmf).events).toEqual([
    {
      name: 'survey_response.created',
      unclear: 'config.surveys: Expected a survey for "pmf"',
    },
  ])
  expect(tell(delighted, created({ survey_type: 'constructor' }), { config }).events).toEqual([
    {
      name: 'survey_response.created',
      ignored: 'config.surveys names no survey for "constructor"',
    },
  ])
})

test.each([[null], [undefined], [''], [' ']])('an answer scored %j is none', (score) => {
  expect(tell(delighted, updated({ score }), { config }).events).toEqual([
    { name: 'survey_response.updated', ignored: 'The answer has no score' },
  ])
})

test('a score of zero is one', () => {
  expect(dataOf(created({ score: 0 }))).toMatchObject([{ score: '0' }])
})

test.each([
  [{ id: '5975', email: 'charlie_gravis@example.com' }, '5975'],
  ['10', '10'],
  [10, '10'],
  [{ email: 'charlie_gravis@example.com' }, undefined],
  [null, undefined],
])('the respondent %j is %j', (person, respondent) => {
  expect(dataOf(created({ person }))[0]?.['respondent']).toBe(respondent)
})

test('properties are copied where the configuration names them and the person has them', () => {
  const body = created({
    person_properties: { country: 'USA', plan: ' ', seats: 12, secret: 'x', locale: 'pt_BR' },
  })

  expect(dataOf(body, { ...config, properties: ['country', 'plan', 'seats', 'team'] })).toEqual([
    {
      survey: 'loyalty',
      score: '9',
      comment: undefined,
      locale: 'pt-BR',
      respondent: '5975',
      'p.country': 'USA',
      'p.seats': '12',
    },
  ])
})

test('additional answers are not taken for others', () => {
  const additional_answers = [{ id: '4', value: { scale: 3 }, question: { type: 'scale' } }]

  expect(dataOf(created({ additional_answers }))).toHaveLength(1)
})

test('other events are ignored', () => {
  const body = { event_type: 'unsubscribe.created', event_id: 'e3', event_data: { id: '1' } }

  expect(tell(delighted, body, { config })).toEqual({
    id: null,
    events: [
      {
        name: 'unsubscribe.created',
        ignored: 'Only answers are counted, not unsubscribe.created',
      },
    ],
  })
})

test.each([
  [
    created({ id: null }),
    'event_data.id: Expected a text or number: current value is null',
    'survey_response.created',
  ],
  [
    created({ created_at: '2024-11-21T11:00:44Z' }),
    'event_data.created_at: Expected a whole number: current value is "2024-11-21T11:00:44Z"',
    'survey_response.created',
  ],
  [
    created({ score: { value: 9 } }),
    'event_data.score: Expected a text or number: current value is {"value":9}',
    'survey_response.created',
  ],
  [
    updated({ updated_at: null }),
    'event_data.updated_at: Expected a whole number: current value is null',
    'survey_response.updated',
  ],
  [
    updated({ comment: ['Flawless!'] }),
    'event_data.comment: Expected a text or number: current value is ["Flawless!"]',
    'survey_response.updated',
  ],
  [
    { event_id: 'e1', event_data: answer },
    'event_type: Expected a text or number: current value is missing',
    'unknown',
  ],
  [[created()], 'Expected an object', 'unknown'],
])('a body that lacks what it needs is unclear (%#)', (body, unclear, name) => {
  expect(tell(delighted, body, { config }).events).toEqual([{ name, unclear }])
})

test('the configuration says what it expects', () => {
  const rules = (set: unknown) =>
    v.safeParse(v.strictObject(delighted.config), set).issues?.map(({ message }) => message)

  expect(rules({ surveys: { nps: 'loyalty' }, properties: ['country'] })).toBeUndefined()
  expect(rules({ surveys: 'loyalty' })).toEqual([
    'Expected an object that gives a survey here by survey type, such as {"nps": "<id of a survey here>"}',
  ])
  expect(rules({ properties: ['Purchase Experience'] })).toEqual([
    'Expected a name of a–z, 0–9 and _',
  ])
})

const secret = 'kX7wq2LmZ94tRbVn'

test.each([
  ['Basic authentication', { headers: { authorization: `Basic ${btoa(`tide:${secret}`)}` } }],
  ['a bearer token', { headers: { authorization: `Bearer tide:${secret}` } }],
  ['the end of the path', { token: `tide:${secret}` }],
])('credentials are taken from %s', async (_, sent) => {
  const body = '{}'

  expect(await verified(delighted, { body, ...sent }, [`tide:${secret}`])).toEqual({ ok: true })
  expect(
    await verified(delighted, { body, ...sent }, ['another secret!!', `tide:${secret}`]),
  ).toEqual({ ok: true })
  expect(await verified(delighted, { body, ...sent }, ['another secret!!'])).toEqual({
    ok: false,
    reason: 'The credentials fit no secret in use',
  })
})

test.each([
  ['nothing', {}, 'No credentials were sent'],
  ['part of the secret', { token: secret.slice(1) }, 'The credentials fit no secret in use'],
  ['another case', { token: secret.toLowerCase() }, 'The credentials fit no secret in use'],
  [
    'the secret twice',
    { headers: { authorization: `Bearer ${secret}, Bearer ${secret}` } },
    'No credentials were sent',
  ],
  [
    'Basic authentication that is no base64',
    { headers: { authorization: `Basic ${secret}!` } },
    'No credentials were sent',
  ],
])('%s is refused', async (_, sent, reason) => {
  expect(await verified(delighted, { body: '{}', ...sent }, [secret])).toEqual({
    ok: false,
    reason,
  })
})

test('a secret that is sent as it is has to be long', () => {
  const { secretRule } = delighted.scheme({})

  expect(secretRule(secret)).toBeNull()
  expect(secretRule('short-secret')).toBe('Expected at least 16 characters: it is sent as it is')
  expect(secretRule(`${secret}\n`)).toBe('The secret has blanks or a line break at one end')
})

test('any JSON is facts, ignored or unclear', () => {
  const given = {
    config: { ...config, properties: ['country'] },
    headers: new Map(),
    memory: new Map(),
    dayOf: inUtc,
    received: 0,
  }
  const bodies = fc.oneof(
    fc.jsonValue(),
    bent(created({ person_properties: { country: 'US' } })),
    bent(updated()),
  )

  fc.assert(
    fc.property(bodies, (body) => {
      for (const event of delighted.read(body, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})
