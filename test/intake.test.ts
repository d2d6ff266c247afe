import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayFinder } from '../src/day.ts'
import { facts } from '../src/facts/index.ts'
import { type Draft, type IntakeContext, factOf, parseEnvelope } from '../src/intake.ts'
import type { Survey } from '../src/survey.ts'
import { csat } from '../src/surveys/csat.ts'
import { nps } from '../src/surveys/nps.ts'

function survey(question: Survey['question']): Survey {
  const { kind } = question
  return {
    question,
    document: {
      kind,
      name: 'After checkout',
      question: {},
      locales: ['en'],
      properties: ['plan'],
      comment: true,
    },
  }
}

const context: IntakeContext = {
  facts,
  surveys: new Map([
    ['checkout', survey(nps)],
    ['support', survey(csat)],
  ]),
  dimensions: ['team'],
  currency: 'EUR',
  dayOf: dayFinder('Europe/Berlin'),
}

const envelope = {
  specversion: '1.0',
  id: 'a-1',
  source: 'shop',
  type: 'survey.response',
  time: '2026-03-01T23:30:00Z',
  data: { survey: 'checkout', score: 9 },
}

const time = Date.parse(envelope.time)

/** The fact of a response with this data, or the fields that are to blame. */
function response(data: Draft['data']) {
  const draft = { type: 'survey.response', source: 'shop', id: 'a-1', time, data }
  const outcome = factOf(draft, context)
  return outcome.ok ? outcome.value : outcome.errors
}

test('reads an envelope', () => {
  expect(parseEnvelope(envelope)).toEqual({
    ok: true,
    value: { type: 'survey.response', source: 'shop', id: 'a-1', time, data: envelope.data },
  })
})

test('reads the optional attributes of an envelope and keeps none of them', () => {
  const extra = { subject: 's', datacontenttype: 'application/json', dataschema: 'urn:x' }

  expect(parseEnvelope({ ...envelope, ...extra })).toEqual(parseEnvelope(envelope))
})

test.each(['specversion', 'id', 'source', 'type', 'time', 'data'] as const)(
  'misses %s in an envelope without it',
  (field) => {
    const { [field]: _, ...rest } = envelope

    expect(parseEnvelope(rest)).toEqual({
      ok: false,
      errors: [{ path: field, message: 'The field is missing' }],
    })
  },
)

test.each([
  ['specversion', '0.3', 'Expected "1.0"'],
  ['specversion', 1, 'Expected "1.0"'],
  ['id', '', 'Expected a text that is not blank'],
  ['id', ' ', 'Expected a text that is not blank'],
  ['id', 7, 'Expected a text'],
  ['id', 'x'.repeat(201), 'Expected at most 200 characters: current length is 201'],
  ['source', null, 'Expected a text'],
  ['replaces', ' ', 'Expected a text that is not blank'],
  ['replaces', null, 'Expected a text'],
  ['replaces', 'a-1', 'A fact cannot replace itself: expected another id'],
  ['replaces', ' a-1 ', 'A fact cannot replace itself: expected another id'],
  ['time', 1_772_357_400_000, 'Expected an RFC 3339 time'],
  [
    'time',
    '2026-03-01 09:30',
    'Expected an RFC 3339 time with an offset, such as 2026-03-01T09:30:00Z',
  ],
  ['data', null, 'Expected an object'],
  ['data', 'x', 'Expected an object'],
  ['datacontenttype', 'text/xml', 'Expected "application/json"'],
  ['traceparent', 'x', 'Unknown field'],
  ['data_base64', 'e30=', 'Unknown field'],
])('refuses an envelope whose %s is %j', (path, value, message) => {
  expect(parseEnvelope({ ...envelope, [path]: value })).toEqual({
    ok: false,
    errors: [{ path, message }],
  })
})

test('reports every field of an envelope that breaks a rule', () => {
  const outcome = parseEnvelope({ ...envelope, id: '', time: 'x', more: 1 })

  expect(outcome.ok ? [] : outcome.errors.map(({ path }) => path)).toEqual(['id', 'time', 'more'])
})

test.each([null, undefined, 'text', 7, [], [envelope]])('takes %j for no envelope', (input) => {
  expect(parseEnvelope(input).ok).toBe(false)
})

test('makes an answer a fact of the local day', () => {
  expect(
    response({
      survey: 'checkout',
      score: '9',
      comment: 'Fast',
      locale: 'pt-BR',
      respondent: ' Ann ',
      'p.plan': 'pro',
    }),
  ).toEqual({
    source: 'shop',
    id: 'a-1',
    type: 'survey.response',
    time,
    day: '2026-03-02',
    subject: 'checkout',
    thread: null,
    entity: 'Ann',
    value: 9,
    dimensions: { survey: 'checkout', kind: 'nps', locale: 'pt-BR', 'p.plan': 'pro' },
    data: { comment: 'Fast' },
  })
})

test('carries the id of the fact that is corrected to the fact', () => {
  const parsed = parseEnvelope({ ...envelope, replaces: ' a-0 ' })
  const draft = parsed.ok ? parsed.value : null

  expect(draft).toHaveProperty('replaces', 'a-0')
  expect(draft && factOf(draft, context)).toMatchObject({ value: { id: 'a-1', replaces: 'a-0' } })
})

test('a fact that corrects nothing does not say so', () => {
  expect(response({ survey: 'checkout', score: 9 })).not.toHaveProperty('replaces')
  expect(response({ survey: 'checkout', score: 9 })).not.toHaveProperty('cost')
})

test('lets an answer carry what its survey allows and what the workspace is cut by', () => {
  const properties = { 'p.plan': 'pro', 'p.team': 'north' }

  expect(response({ survey: 'checkout', score: 9, ...properties })).toMatchObject({
    dimensions: properties,
  })
})

test('keeps an anonymous answer without a comment to what was said', () => {
  const fact = response({ survey: 'support', score: 1, comment: '' })

  expect(fact).toMatchObject({ entity: null, value: 1 })
  expect(fact).toHaveProperty('data', {})
  expect(fact).toHaveProperty('dimensions', { survey: 'support', kind: 'csat' })
})

test('makes a sending a fact without a value', () => {
  const data = { survey: 'checkout', recipient: 'Ann', 'p.plan': 'pro' }
  const draft = { type: 'survey.sent', source: 'shop', id: 'a-1', time, data }

  expect(factOf(draft, context)).toMatchObject({
    ok: true,
    value: {
      type: 'survey.sent',
      subject: 'checkout',
      entity: 'Ann',
      value: null,
      dimensions: { survey: 'checkout', kind: 'nps', 'p.plan': 'pro' },
      data: {},
    },
  })
})

test.each(['', ' ', '7.5', '11', '-1', '07', '０', null, true, [7], -0, Number.NaN])(
  'refuses the score %o and never counts it as a zero',
  (score) => {
    expect(response({ survey: 'checkout', score })).toEqual([
      { path: 'score', message: expect.stringMatching(/^Expected a whole number from 0 to 10/) },
    ])
  },
)

test('holds a score to the scale of its survey', () => {
  expect(response({ survey: 'support', score: 5 })).toMatchObject({ value: 5 })
  expect(response({ survey: 'support', score: 6 })).toMatchObject([{ path: 'score' }])
  expect(response({ survey: 'support', score: 0 })).toMatchObject([{ path: 'score' }])
})

test.each([
  [{ survey: 'checkout' }, 'score', 'The field is missing'],
  [{ score: 9 }, 'survey', 'The field is missing'],
  [{ survey: 'nope', score: 9 }, 'survey', 'Unknown survey "nope"'],
  [{ survey: '__proto__', score: 9 }, 'survey', 'Unknown survey "__proto__"'],
  [{ survey: 'checkout', score: 9, more: 1 }, 'more', 'Unknown field'],
  [{ survey: 'checkout', score: 9, comment: 7 }, 'comment', 'Expected a text'],
  [
    { survey: 'checkout', score: 9, comment: 'x'.repeat(5001) },
    'comment',
    'Expected at most 5000 characters: current length is 5001',
  ],
  [
    { survey: 'checkout', score: 9, respondent: ' ' },
    'respondent',
    'Expected a text that is not blank',
  ],
  [
    { survey: 'checkout', score: 9, locale: 'english' },
    'locale',
    'Expected a language tag such as "en" or "pt-BR"',
  ],
  [
    { survey: 'checkout', score: 9, 'p.city': 'x' },
    'p.city',
    'The survey does not allow this property',
  ],
  [{ survey: 'checkout', score: 9, 'p.plan': 7 }, 'p.plan', 'Expected a text'],
])('refuses the answer %j', (data, path, message) => {
  expect(response(data)).toEqual([{ path, message }])
})

test('reports every field of an answer that breaks a rule', () => {
  const errors = response({ survey: 7, comment: 7, 'p.A': 'x', more: 1 })

  expect(errors).toHaveLength(5)
})

test('does not blame a survey for a blank property that it does not allow', () => {
  expect(response({ survey: 'checkout', score: 9, 'p.city': ' ' })).toMatchObject({ value: 9 })
})

test('names the vocabulary to whoever leaves it', () => {
  const draft = { type: 'survey.answer', source: 'shop', id: 'a-1', time, data: {} }

  expect(factOf(draft, context)).toEqual({
    ok: false,
    errors: [
      {
        path: 'type',
        message: `Unknown type "survey.answer": expected one of ${facts.map(({ type }) => type).join(', ')}`,
      },
    ],
  })
})

test('stores of any data either the score that was said or nothing', () => {
  const score = fc.oneof(fc.anything(), fc.integer({ min: -2, max: 12 }), fc.string())
  fc.assert(
    fc.property(
      score,
      fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
      (score, comment) => {
        const fact = response({
          survey: 'checkout',
          score,
          ...(comment !== undefined && { comment }),
        })

        if ('value' in fact) expect([fact.value, String(fact.value)]).toContain(score)
        else expect(fact).not.toEqual([])
      },
    ),
    { seed: 1, numRuns: 1000 },
  )
})
