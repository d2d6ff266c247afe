import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { satismeter } from '../../src/sources/satismeter.ts'
import { bent } from './bent.ts'
import { tell, verified, inUtc } from './sample.ts'

const config = { surveys: { nps: 'loyalty', csat: 'support', ces: 'effort' } }

const listed = [
  {
    id: 'q-nps',
    label: 'Recommend us?',
    value: 5,
    name: 'SM_rating',
    type: 'scale',
    metric: 'nps',
  },
  { id: 'q-why', label: 'Why?', value: 'Too slow\n', name: 'SM_comment', type: 'long-text' },
  { id: 'q-ces', label: 'Easy?', value: 4, name: null, type: 'scale', metric: 'ces' },
  { id: 'q-csat', label: 'Satisfied?', value: 3, name: null, type: 'smiley', metric: 'csat' },
  { id: 'q-own', label: 'How was the survey?', value: 2, type: 'scale' },
  { id: 'q-many', label: 'Which?', value: ['a', 'b'], type: 'multiple-choice' },
]

/** As sent since answers say which metric they are of. */
const response = {
  id: '63767499ca6fb1b7c988d5bb',
  created: '2022-11-17T17:51:21.764Z',
  rating: 5,
  feedback: 'Too slow\n',
  dismissed: false,
  pending: false,
  answers: listed,
  category: 'detractor',
  ip: '192.0.2.1',
  location: { country: 'IN' },
  user: {
    id: '63766fbb7ac7b72676145338',
    userId: '1234',
    email: 'john@doe.com',
    traits: { email: 'john@doe.com' },
  },
  device: { os: 'macOS', type: 'desktop' },
  language: 'en',
  project: '6372247a764986ebee62bf66',
  campaign: '6373271b764986ebee62bfca',
}

/** As the vendor's page shows it: answers without metrics, the rating beside them. */
const plain = {
  rating: 9,
  feedback: 'You are awesome!',
  answers: [
    { id: 'q-support', label: 'How would you rate the support?', value: 5 },
    { id: 'q-feature', label: 'Select your favourite feature', value: 'Dashboard filters' },
  ],
  completed: true,
  created: '2015-07-31T19:48:07.648Z',
  method: 'In-app',
  user: { name: 'Homer Simpson', email: 'homer@simpson.com', userId: '1234', traits: {} },
  category: 'promoter',
  id: '55bb',
}

const completed = (sent: object = response) => ({ response: sent, event: 'completed' })

const factsOf = (body: unknown, set: Readonly<Record<string, unknown>> = config) =>
  tell(satismeter, body, { config: set }).events.flatMap((one) => ('facts' in one ? one.facts : []))

test('a response tells an answer for each question whose metric has a survey', () => {
  const told = { type: 'survey.response', time: Date.parse('2022-11-17T17:51:21.764Z') }
  const person = { locale: 'en', respondent: '1234' }

  expect(tell(satismeter, completed(), { config })).toEqual({
    id: 'response:63767499ca6fb1b7c988d5bb',
    events: [
      {
        name: 'completed',
        facts: [
          { ...told, data: { ...person, survey: 'loyalty', score: '5', comment: 'Too slow\n' } },
          {
            ...told,
            id: 'response:63767499ca6fb1b7c988d5bb:q-ces',
            data: { ...person, survey: 'effort', score: '4', comment: undefined },
          },
          {
            ...told,
            id: 'response:63767499ca6fb1b7c988d5bb:q-csat',
            data: { ...person, survey: 'support', score: '3', comment: undefined },
          },
        ],
      },
    ],
  })
})

test('where answers have no metrics the rating is the answer to the NPS question', () => {
  expect(tell(satismeter, completed(plain), { config })).toEqual({
    id: 'response:55bb',
    events: [
      {
        name: 'completed',
        facts: [
          {
            type: 'survey.response',
            time: Date.parse('2015-07-31T19:48:07.648Z'),
            data: {
              survey: 'loyalty',
              score: '9',
              comment: 'You are awesome!',
              locale: undefined,
              respondent: '1234',
            },
          },
        ],
      },
    ],
  })
})

test('a rating that is listed among the answers is told once', () => {
  const unmarked = listed.map((answer) => ({ ...answer, name: null }))
  const named = listed.map((answer) => ({ ...answer, metric: null }))
  const only = { surveys: { nps: 'loyalty' } }

  expect(factsOf(completed({ ...response, answers: unmarked }), only)).toMatchObject([
    { id: 'response:63767499ca6fb1b7c988d5bb:q-nps', data: { score: '5' } },
  ])
  expect(factsOf(completed({ ...response, answers: named }), only)).toMatchObject([
    { data: { score: '5', comment: 'Too slow\n' } },
  ])
})

test('a survey that is set for a question goes before that of its metric', () => {
  const surveys = { nps: 'loyalty', 'q-nps': 'beta', 'q-own': 'meta', 'q-support': 'support' }

  expect(factsOf(completed(), { surveys })).toMatchObject([
    { data: { survey: 'beta', score: '5' } },
    { id: 'response:63767499ca6fb1b7c988d5bb:q-own', data: { survey: 'meta', score: '2' } },
  ])
  expect(factsOf(completed(plain), { surveys })).toMatchObject([
    { data: { survey: 'loyalty', score: '9' } },
    { id: 'response:55bb:q-support', data: { survey: 'support', score: '5' } },
  ])
})

test('ids depend neither on what is configured nor on the order of the answers', () => {
  const idsOf = (body: unknown, set: Readonly<Record<string, unknown>>) =>
    factsOf(body, set).map(({ id, data }) => [data['survey'], id])
  const backwards = completed({ ...response, answers: listed.toReversed() })
  const csat = ['support', 'response:63767499ca6fb1b7c988d5bb:q-csat']

  expect(idsOf(completed(), { surveys: { csat: 'support' } })).toEqual([csat])
  expect(idsOf(completed(), { surveys: { nps: 'loyalty', csat: 'support' } })).toEqual([
    ['loyalty', undefined],
    csat,
  ])
  expect(idsOf(backwards, { surveys: { nps: 'loyalty', csat: 'support' } })).toEqual([
    csat,
    ['loyalty', undefined],
  ])
})

test('a response that comes again with more answers is the same delivery', () => {
  const [first, again] = [listed.slice(0, 2), listed].map((answers) =>
    tell(satismeter, completed({ ...response, answers }), { config }),
  )

  expect(first?.id).toBe(again?.id)
})

test('who has no id of the team’s is known by the vendor’s, and neither by e-mail', () => {
  const respondentOf = (user: unknown) =>
    factsOf(completed({ ...plain, user })).map(({ data }) => data['respondent'])

  expect(respondentOf({ id: '6376', userId: ' ', email: 'a@example.com' })).toEqual(['6376'])
  expect(respondentOf({ email: 'a@example.com' })).toEqual([undefined])
  expect(respondentOf(null)).toEqual([undefined])
})

test('questions that were left blank tell nothing', () => {
  const blank = (values: readonly unknown[]) =>
    completed({
      ...response,
      answers: listed.map((answer, index) => ({ ...answer, value: values[index] })),
    })

  expect(factsOf(blank([null, '', 4, '']))).toMatchObject([{ data: { survey: 'effort' } }])
  expect(tell(satismeter, blank([null, '', ' ']), { config }).events).toEqual([
    { name: 'completed', ignored: 'No question was answered with a score' },
  ])
})

test('responses to other questions are ignored, and before any survey is set they wait', () => {
  expect(tell(satismeter, completed(), { config: { surveys: { x: 'y' } } }).events).toEqual([
    {
      name: 'completed',
      ignored: 'config.surveys names no survey for any of its questions',
    },
  ])
  expect(tell(satismeter, completed()).events).toEqual([
    {
      name: 'completed',
      unclear: 'config.surveys: Expected a survey for any of nps, q-why, ces, csat, q-own, q-many',
    },
  ])
})

test('a survey that was closed has no answer, whatever else the body says', () => {
  expect(tell(satismeter, { response, event: 'dismissed' }, { config })).toEqual({
    id: null,
    events: [{ name: 'dismissed', ignored: 'The survey was closed without an answer' }],
  })
  expect(tell(satismeter, { response, event: 'started' }, { config }).events).toEqual([
    { name: 'started', ignored: 'Only completed responses are counted, not started' },
  ])
})

test.each([
  [
    completed({ ...response, id: null }),
    'response.id: Expected a text or number: current value is null',
    'completed',
  ],
  [
    completed({ ...response, created: 1668707481 }),
    'response.created: Expected an RFC 3339 time: current value is 1668707481',
    'completed',
  ],
  [
    completed({ ...response, answers: { nps: 5 } }),
    'response.answers: Expected a list: current value is {"nps":5}',
    'completed',
  ],
  [
    completed({ ...response, answers: [{ metric: 'csat', value: 4 }] }),
    'response.answers.0.id: Expected a text or number: current value is missing',
    'completed',
  ],
  [
    completed({ ...response, answers: [{ id: 'q', metric: 'csat', value: ['a'] }] }),
    'response.answers.0.value: Expected a text or number: current value is ["a"]',
    'completed',
  ],
  [{ response }, 'event: Expected a text or number: current value is missing', 'unknown'],
  [[completed()], 'Expected an object', 'unknown'],
])('a body that lacks what it needs is unclear (%#)', (body, unclear, name) => {
  expect(tell(satismeter, body, { config }).events).toEqual([{ name, unclear }])
})

test('the configuration says what it expects', () => {
  const { issues } = v.safeParse(v.strictObject(satismeter.config), { surveys: 'loyalty' })

  expect(issues?.map(({ message }) => message)).toEqual([
    'Expected an object that gives a survey here by metric or by question id, such as {"nps": "<id of a survey here>"}',
  ])
})

test('it is sent with the secret itself, which has to be long', async () => {
  const secret = 'kX7wq2LmZ94tRbVn'
  const { secretRule } = satismeter.scheme({})

  expect(
    await verified(satismeter, { body: '{}', token: secret }, ['x'.repeat(16), secret]),
  ).toEqual({ ok: true })
  expect(await verified(satismeter, { body: '{}', token: `${secret}x` }, [secret])).toEqual({
    ok: false,
    reason: 'The credentials fit no secret in use',
  })
  expect(await verified(satismeter, { body: '{}' }, [secret])).toEqual({
    ok: false,
    reason: 'No credentials were sent',
  })
  expect(secretRule('')).toBe('The secret is blank')
  expect(secretRule('short-secret')).toBe('Expected at least 16 characters: it is sent as it is')
})

test('any JSON is facts, ignored or unclear', () => {
  const given = { config, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
  const bodies = fc.oneof(fc.jsonValue(), bent(completed()), bent(completed(plain)))

  fc.assert(
    fc.property(bodies, (body) => {
      for (const event of satismeter.read(body, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})
