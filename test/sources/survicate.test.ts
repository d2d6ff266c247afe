import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { contentDigest, parseBody } from '../../src/delivery.ts'
import { survicate } from '../../src/sources/survicate.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const config = { questions: { '12123': 'support', '7': 'loyalty' }, choices: { Great: '5' } }

const answer = {
  responseUuid: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  survey: { id: 'b92b6ecae6dd7207', name: 'Satisfaction' },
  timestamp: '2019-05-10T06:46:02+00:00',
  respondent: { id: '534759', uuid: '279cd4ab', userAgent: 'Mozilla/5.0', attributes: [] },
  question: { id: 12123, body: 'How would you rate our customer service?' },
  choice: { id: 21573, body: 'Great', comment: null as string | null },
}

const answered = (change: object = {}) => ({
  messageId: 'c0101a21572ca643fd9f9ad40a5a4650',
  deliveryTries: 0,
  event: { questionAnswered: { ...answer, ...change } },
})

const nps = (choice: object) => answered({ question: { id: 7, body: 'Recommend us?' }, choice })

const dataOf = (body: unknown, set: Readonly<Record<string, unknown>> = config) =>
  tell(survicate, body, { config: set })
    .events.flatMap((one) => ('facts' in one ? one.facts : []))
    .map(({ data }) => data)

const told = {
  id: 'answer:3fa85f64-5717-4562-b3fc-2c963f66afa6:12123',
  events: [
    {
      name: 'questionAnswered',
      facts: [
        {
          type: 'survey.response',
          time: Date.parse('2019-05-10T06:46:02Z'),
          data: { survey: 'support', score: '5', comment: undefined, respondent: '534759' },
        },
      ],
    },
  ],
}

test('an answer is called by its response and its question', () => {
  expect(tell(survicate, answered(), { config })).toEqual(told)
})

test.skipIf(readSample('survicate/questionAnswered.json') === null)(
  'the sample of the vendor’s page is an answer',
  () => {
    const body = readSample('survicate/questionAnswered.json') ?? ''

    expect(tell(survicate, body, { config })).toEqual(told)
  },
)

test('a further attempt to deliver an answer is the same delivery with the same content', async () => {
  const digestOf = (body: object) => {
    const text = JSON.stringify(body)
    return contentDigest(survicate, parseBody('json', utf8(text)), utf8(text))
  }
  const again = { ...answered(), deliveryTries: 3 }

  expect(tell(survicate, again, { config }).id).toBe(told.id)
  expect(await digestOf(again)).toBe(await digestOf(answered()))
  expect(await digestOf(answered({ choice: null }))).not.toBe(await digestOf(answered()))
})

test('answers of one response to two questions have two ids', () => {
  expect(tell(survicate, nps({ id: 9, body: 'promoter' }), { config }).id).toBe(
    'answer:3fa85f64-5717-4562-b3fc-2c963f66afa6:7',
  )
})

test('an answer without its response’s id is called by its message', () => {
  expect(tell(survicate, answered({ responseUuid: undefined }), { config }).id).toBe(
    'message:c0101a21572ca643fd9f9ad40a5a4650',
  )
  expect(
    tell(survicate, { ...answered({ responseUuid: undefined }), messageId: undefined }, { config })
      .id,
  ).toBeNull()
})

test.each([
  ['promoter', 9, '9'],
  ['passive', '7', '7'],
  ['detractor', 0, '0'],
  ['promoter', 10, '10'],
])('of a Net Promoter question the id of the choice is the score: %s %j', (body, id, score) => {
  const choices = { promoter: '1', [String(id)]: '2' }

  expect(dataOf(nps({ id, body, comment: 'Nice' }), { ...config, choices })).toEqual([
    { survey: 'loyalty', score, comment: 'Nice', respondent: '534759' },
  ])
})

test('a choice is worth what is set for its id, or else for its text', () => {
  const scored = (choice: object, choices: Readonly<Record<string, string>>) =>
    dataOf(answered({ choice }), { ...config, choices }).map(({ score }) => score)

  expect(scored({ id: 21573, body: 'Great' }, { '21573': '4', Great: '5' })).toEqual(['4'])
  expect(scored({ id: 21573, body: ' Great\n' }, { Great: '5' })).toEqual(['5'])
  expect(scored({ id: 21573, body: 'Tre\u0300s bien' }, { 'Tr\u00e8s bien': '5' })).toEqual(['5'])
  expect(scored({ id: 3, body: 'Fair' }, { Fair: '2' })).toEqual(['2'])
})

test('without an entry an id counts from 0 to 10, and no other id, nor a text, is a score', () => {
  expect(dataOf(nps({ id: 9, body: 'Förderer' }), { questions: { '7': 'loyalty' } })).toMatchObject(
    [{ score: '9' }],
  )
  expect(tell(survicate, nps({ id: 11, body: 'promoter' }), { config }).events).toEqual([
    {
      name: 'questionAnswered',
      unclear: 'config.choices: Expected a score for the choice "11" ("promoter")',
    },
  ])
  expect(
    tell(survicate, answered({ choice: { id: 201139, body: '4' } }), { config }).events,
  ).toEqual([
    {
      name: 'questionAnswered',
      unclear: 'config.choices: Expected a score for the choice "201139" ("4")',
    },
  ])
})

test('a respondent without an id is known by the other one, and else by none', () => {
  const respondentOf = (respondent: unknown) =>
    dataOf(answered({ respondent })).map((data) => data['respondent'])

  expect(respondentOf({ id: null, uuid: '279cd4ab' })).toEqual(['279cd4ab'])
  expect(respondentOf({ attributes: { email: 'a@example.com' } })).toEqual([undefined])
  expect(respondentOf(null)).toEqual([undefined])
})

test('other questions are ignored, and before any survey is set answers wait', () => {
  const other = answered({ question: { id: 99, body: 'Which plan?' } })

  expect(tell(survicate, other, { config }).events).toEqual([
    {
      name: 'questionAnswered',
      ignored: 'config.questions names no survey for the question "99"',
    },
  ])
  expect(tell(survicate, other).events).toEqual([
    {
      name: 'questionAnswered',
      unclear: 'config.questions: Expected a survey for the question "99"',
    },
  ])
})

test.each([
  [{ choice: undefined, text: 'Nothing to add' }],
  [{ choice: null }],
  [{ choice: undefined, choices: [{ id: 1, body: 'a' }] }],
])('an answer without a single choice has no score: %j', (change) => {
  expect(tell(survicate, answered(change), { config }).events).toEqual([
    { name: 'questionAnswered', ignored: 'The answer is not a single choice' },
  ])
})

test('a completed survey is ignored, for its answers were told before', () => {
  const body = { messageId: 'm1', deliveryTries: 0, event: { surveyCompleted: { survey: {} } } }

  expect(tell(survicate, body, { config })).toEqual({
    id: null,
    events: [{ name: 'surveyCompleted', ignored: 'Each answer is counted when it is given' }],
  })
})

test.each([
  [
    answered({ question: { body: 'How?' } }),
    'event.questionAnswered.question.id: Expected a text or number: current value is missing',
    'questionAnswered',
  ],
  [
    answered({ timestamp: '2019-05-10' }),
    'event.questionAnswered.timestamp: Expected an RFC 3339 time: current value is "2019-05-10"',
    'questionAnswered',
  ],
  [
    answered({ choice: 'Great' }),
    'config.choices: Expected a score for the choice "" ("")',
    'questionAnswered',
  ],
  [{ messageId: 'm1' }, 'Expected one event', 'unknown'],
  [{ event: [] }, 'Expected one event', 'unknown'],
  [{ event: { questionAnswered: answer, surveyCompleted: {} } }, 'Expected one event', 'unknown'],
  [[answered()], 'Expected one event', 'unknown'],
])('a body that lacks what it needs is unclear (%#)', (body, unclear, name) => {
  expect(tell(survicate, body, { config }).events).toEqual([{ name, unclear }])
})

test('the configuration says what it expects', () => {
  const rules = (set: unknown) =>
    v.safeParse(v.strictObject(survicate.config), set).issues?.map(({ message }) => message)

  expect(rules(config)).toBeUndefined()
  expect(rules({ questions: 'support' })).toEqual([
    'Expected an object that gives a survey here by question id, such as {"12123": "<id of a survey here>"}',
  ])
  expect(rules({ choices: { Great: 'five' } })).toEqual(['Expected scores in digits, such as "5"'])
})

// Derived (the vendor publishes none): HMAC-SHA256 of {"foo":"bar"}, lower-case hexadecimal.
const secret = 'survicate-signing-secret'
const signature = '1fa0acccf5f58e8a6915dc0455a51af34b4c99d33fb573b2f38bb6c9103c6daf'
const body = '{"foo":"bar"}'

const fitsNone = { ok: false, reason: 'The signature fits no secret in use' }
const unreadable = { ok: false, reason: 'Hmac holds no lower-case hexadecimal' }

test('a signature is checked over the bytes of the body, with each secret in use', async () => {
  const headers = { hmac: signature }

  expect(await verified(survicate, { body, headers }, [secret])).toEqual({ ok: true })
  expect(await verified(survicate, { body, headers }, ['another secret', secret])).toEqual({
    ok: true,
  })
  expect(await verified(survicate, { body, headers }, ['another secret'])).toEqual(fitsNone)
  expect(await verified(survicate, { body: `${body}\n`, headers }, [secret])).toEqual(fitsNone)
})

test.each([
  ['cut short', { hmac: signature.slice(2) }, fitsNone],
  ['with one digit changed', { hmac: signature.replace(/.$/, 'e') }, fitsNone],
  ['in upper case', { hmac: signature.toUpperCase() }, unreadable],
  ['sent twice', { hmac: `${signature}, ${signature}` }, unreadable],
  ['left blank', { hmac: ' ' }, unreadable],
  ['left out', {}, unreadable],
  ['replaced by the verification token', { token: secret }, unreadable],
])('a signature %s is refused', async (_, headers, verdict) => {
  expect(await verified(survicate, { body, headers }, [secret])).toEqual(verdict)
})

test('a signing secret has no blanks around it', () => {
  const { secretRule } = survicate.scheme({})

  expect(secretRule(secret)).toBeNull()
  expect(secretRule(` ${secret}`)).toBe('The secret has blanks or a line break at one end')
})

test('any JSON is facts, ignored or unclear', () => {
  const given = { config, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
  const bodies = fc.oneof(fc.jsonValue(), bent(answered()), bent(nps({ id: 9, body: 'promoter' })))

  fc.assert(
    fc.property(bodies, (sent) => {
      for (const event of survicate.read(sent, given).events) {
        expect(['facts', 'ignored', 'unclear'].filter((kind) => kind in event)).toHaveLength(1)
      }
    }),
    { seed: 1, numRuns: 1000 },
  )
})
