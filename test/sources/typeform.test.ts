import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { contentDigest, parseBody } from '../../src/delivery.ts'
import { typeform } from '../../src/sources/typeform.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const config = { questions: { f1: 'loyalty' } }

const number = (id: string, value: unknown, ref?: string) => ({
  type: 'number',
  number: value,
  field: { id, type: 'opinion_scale', ...(ref !== undefined && { ref }) },
})

const why = { type: 'text', text: 'Fast', field: { id: 'f2', type: 'long_text', ref: 'why' } }

const response = {
  form_id: 'lT4Z3j',
  token: 't1',
  submitted_at: '2018-01-18T18:17:02Z',
  calculated: { score: 1 },
  hidden: { user_id: 'u7', plan: 'pro', email: 'jon@doe.ca' },
  definition: { fields: [{ id: 'f1', ref: 'nps', type: 'opinion_scale' }] },
  answers: [number('f1', 9), why],
}

const body = (change: object = {}, event: object = {}) => ({
  event_id: 'e1',
  event_type: 'form_response',
  form_response: { ...response, ...change },
  ...event,
})

const told = (data: object = {}) => ({
  id: 'response:t1:f1',
  type: 'survey.response',
  time: Date.parse('2018-01-18T18:17:02Z'),
  data: { survey: 'loyalty', score: '9', comment: undefined, respondent: undefined, ...data },
})

const named = 'Only questions that config.questions names are counted: answered are'

test('a response tells the answer to the field that counts', () => {
  expect(tell(typeform, body(), { config })).toEqual({
    id: 'response:t1:f1',
    events: [{ name: 'form_response', facts: [told()] }],
  })
})

test('a field is known by its ref too, whether the answer or the definition has it', () => {
  const set = { config: { questions: { nps: 'loyalty' } } }
  const inAnswer = body({ definition: null, answers: [number('f1', 9, 'nps'), why] })

  expect(tell(typeform, body(), set)).toEqual(tell(typeform, body(), { config }))
  expect(tell(typeform, inAnswer, set)).toEqual(tell(typeform, body(), { config }))
})

test('several fields of one response are answers of several surveys, whatever their order', () => {
  const set = { config: { questions: { f1: 'loyalty', effort: 'ease' } } }
  const answers = [number('f1', 9), number('f3', 2, 'effort')]
  const { id, events } = tell(typeform, body({ answers }), set)

  expect(id).toBe('response:t1')
  expect(events).toMatchObject([
    { facts: [{ id: 'response:t1:f1', data: { survey: 'loyalty', score: '9' } }] },
    { facts: [{ id: 'response:t1:f3', data: { survey: 'ease', score: '2' } }] },
  ])
  expect(tell(typeform, body({ answers: answers.toReversed() }), set)).toEqual({
    id,
    events: events.toReversed(),
  })
})

test.each([{ f1: 'f2' }, { f1: 'why' }, { nps: 'f2' }, { nps: 'why' }])(
  'a comment is found by %j',
  (comments) => {
    expect(tell(typeform, body(), { config: { ...config, comments } }).events).toEqual([
      { name: 'form_response', facts: [told({ comment: 'Fast' })] },
    ])
  },
)

test('a choice is known by its label, as a score and as a comment', () => {
  const choice = (id: string, value: object) => ({ type: 'choice', choice: value, field: { id } })
  const answers = [choice('f1', { label: '9', ref: 'c1' }), choice('f2', { other: 'Speed' })]
  const set = { ...config, comments: { f1: 'f2' } }

  expect(tell(typeform, body({ answers }), { config: set }).events).toEqual([
    { name: 'form_response', facts: [told({ comment: 'Speed' })] },
  ])
})

test('respondent and properties are copied from the hidden fields that the team has named', () => {
  const set = { ...config, respondent: 'user_id', hidden: ['plan', 'city'] }
  const { events } = tell(typeform, body(), { config: set })

  expect(events).toEqual([
    { name: 'form_response', facts: [told({ respondent: 'u7', 'p.plan': 'pro' })] },
  ])
  expect(tell(typeform, body({ hidden: undefined }), { config: set }).events).toEqual([
    { name: 'form_response', facts: [told()] },
  ])
})

test('two webhooks of one form say the same thing', async () => {
  const digestOf = (sent: unknown) => {
    const bytes = utf8(JSON.stringify(sent))
    return contentDigest(typeform, parseBody('json', bytes), bytes)
  }

  expect(await digestOf(body({}, { event_id: 'e2' }))).toBe(await digestOf(body()))
  expect(await digestOf(body({ token: 't2' }))).not.toBe(await digestOf(body()))
})

test('the form’s own score and fields that nobody has named are no answers', () => {
  expect(tell(typeform, body({ answers: [why] }), { config })).toEqual({
    id: null,
    events: [{ name: 'form_response', ignored: `${named} f2 = why` }],
  })
  expect(tell(typeform, body({ answers: null }), { config }).events).toEqual([
    { name: 'form_response', ignored: `${named} none` },
  ])
  expect(tell(typeform, body({ answers: [number('f1', null)] }), { config }).events).toEqual([
    { name: 'form_response', ignored: `${named} f1 = nps` },
  ])
})

test('a response that was not finished is ignored', () => {
  const sent = body({ submitted_at: null }, { event_type: 'form_response_partial' })

  expect(tell(typeform, sent, { config })).toEqual({
    id: null,
    events: [
      {
        name: 'form_response_partial',
        ignored: 'Only finished responses are counted, not form_response_partial',
      },
    ],
  })
})

test.each([
  [{ token: null }, 'form_response.token: Expected a text or number: current value is null'],
  [
    { submitted_at: 'soon' },
    'form_response.submitted_at: Expected an RFC 3339 time: current value is "soon"',
  ],
  [{ answers: {} }, 'form_response.answers: Expected a list: current value is {}'],
  [{ answers: [{}] }, 'field.id: Expected a text or number: current value is missing'],
  [{ answers: [{ ...number('f1', 9), type: 'rating' }] }, 'f1: Expected an answer under "rating"'],
  [
    { answers: [{ type: 'boolean', boolean: true, field: { id: 'f1' } }] },
    'f1: Expected a whole number: current value is true',
  ],
  [{ answers: [number('f1', 8.5)] }, 'f1: Expected a whole number: current value is 8.5'],
])('a response with %j is unclear', (change, unclear) => {
  expect(tell(typeform, body(change), { config }).events).toEqual([
    { name: 'form_response', unclear },
  ])
})

test('an answer waits until somebody says which fields count', () => {
  expect(tell(typeform, body())).toEqual({
    id: null,
    events: [
      {
        name: 'form_response',
        unclear: 'config.questions: Expected a survey for any of f1 = nps, f2 = why',
      },
    ],
  })
})

test('what is no event is unclear', () => {
  expect(tell(typeform, {}, { config }).events).toEqual([
    { name: 'unknown', unclear: 'event_type: Expected a text or number: current value is missing' },
  ])
  expect(tell(typeform, [], { config }).events).toEqual([
    { name: 'unknown', unclear: 'Expected an object' },
  ])
})

const example = readSample('typeform/form_response_official_example.json')

test.skipIf(example === null)('the published example is read by field, not by its score', () => {
  const set = {
    questions: { NRsxU591jIW9: 'loyalty', readable_ref_number2: 'life', k6TP9oLGgHjl: 'city' },
    comments: { readable_ref_opinion_scale: 'readable_ref_long_text' },
    respondent: 'user_id',
  }
  const { id, events } = tell(typeform, example, { config: set })

  expect(id).toBe('response:a3a12ec67a1365927098a606107fac15')
  expect(events).toMatchObject([
    { unclear: 'k6TP9oLGgHjl: Expected a whole number: current value is "London"' },
    {
      facts: [
        {
          id: 'response:a3a12ec67a1365927098a606107fac15:NRsxU591jIW9',
          data: {
            survey: 'loyalty',
            score: '2',
            respondent: 'abc123456',
            comment:
              "It's cold right now! I live in an older medium-sized city with a university. Geographically, the area is hilly.",
          },
        },
      ],
    },
    { facts: [{ data: { survey: 'life', score: '4', comment: undefined } }] },
  ])
})

const shortText = readSample('typeform/form_response_short_text.json')

test.skipIf(shortText === null)('a form without a score has nothing to count', () => {
  expect(tell(typeform, shortText, { config }).events).toEqual([
    {
      name: 'form_response',
      ignored: `${named} 1abcDEFH6iJK = 45678961-d3e4-4603-b12g-h789e456mno9`,
    },
  ])
})

test('any JSON is facts, ignored or unclear', () => {
  const given = {
    config: {
      questions: { f1: 'loyalty', f3: 'ease' },
      comments: { nps: 'why' },
      hidden: ['plan'],
      respondent: 'user_id',
    },
    headers: new Map(),
    memory: new Map(),
    dayOf: inUtc,
    received: 0,
  }

  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), bent(body())), (sent) => {
      for (const event of typeform.read(sent, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('a configuration is a map of fields, or says what it lacks', () => {
  const schema = v.strictObject(typeform.config)

  expect(v.is(schema, {})).toBe(true)
  expect(v.is(schema, { ...config, comments: {}, hidden: ['plan'], respondent: 'userId' })).toBe(
    true,
  )
  expect(v.safeParse(schema, { questions: 'f1' }).issues?.[0].message).toBe(
    'Expected an object that gives a survey here by the id or ref of a field, such as {"nps": "<id of a survey here>"}',
  )
})

// Derived (no vendor publishes one): HMAC-SHA256 of {"foo":"bar"} under "mysecret", base64.
const good = 'sha256=SGTSdZk4oVRotd+a3iC/Fh2ptPc36mF5QULzSEI2vaM='
const misfit = 'The signature fits no secret in use'
const none = 'Typeform-Signature holds no base64 after sha256='

const judged = (signature: string, secrets: readonly string[] = ['mysecret'], foo = 'bar') =>
  verified(
    typeform,
    { body: `{"foo":"${foo}"}`, headers: { 'typeform-signature': signature } },
    secrets,
  )

test('a signature is checked over the bytes of the body', async () => {
  expect(await judged(good)).toEqual({ ok: true })
  expect(await judged(good, ['newsecret', 'mysecret'])).toEqual({ ok: true })
  expect(await judged(good, ['othersecret'])).toEqual({ ok: false, reason: misfit })
  expect(await judged(good, ['mysecret'], 'baz')).toEqual({ ok: false, reason: misfit })
})

test.each([
  ['', none],
  [' ', none],
  ['sha256=', none],
  [good.slice('sha256='.length), none],
  [good.replace('sha256', 'sha1'), none],
  [good.replace('sha256', 'SHA256'), none],
  [`${good}, ${good}`, none],
  [good.replace('=', ':'), none],
  [good.slice(0, -1), none],
  [good.replaceAll('/', '_').replace('+', '-'), none],
  [good.replace('M=', 'N='), none],
  [good.replace('SG', 'TG'), misfit],
  [good.slice(0, -4), misfit],
])('the signature %j is refused', async (signature, reason) => {
  expect(await judged(signature)).toEqual({ ok: false, reason })
})

test('a signature that is cut anywhere is refused', async () => {
  for (let length = 0; length < good.length; length++) {
    expect((await judged(good.slice(0, length))).ok).toBe(false)
  }
})

test('a secret is what was pasted at Typeform, without stray blanks', () => {
  const { secretRule } = typeform.scheme({})

  expect(secretRule('mysecret')).toBeNull()
  expect(secretRule('mysecret\n')).toBe('The secret has blanks or a line break at one end')
  expect(secretRule('')).toBe('The secret is blank')
})
