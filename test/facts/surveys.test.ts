import { describe, expect, test } from 'vitest'
import type { Survey } from '../../src/survey.ts'
import { nps } from '../../src/surveys/nps.ts'
import { type Refusal, content, names, read, required } from './read.ts'

const checkout: Survey = {
  question: nps,
  document: {
    kind: 'nps',
    name: 'After checkout',
    question: {},
    locales: ['en'],
    properties: ['plan'],
    comment: true,
  },
}

const surveys = new Map([['checkout', checkout]])
const dimensions = { survey: 'checkout', kind: 'nps' }

const strangers: Refusal[] = [
  ['survey', 'nope', 'Unknown survey "nope"'],
  ['p.city', 'Łódź', 'The survey does not allow this property'],
  ['p.plan', 7, 'Expected a text'],
  ['more', 'x', 'Unknown field'],
]

describe('survey.sent', () => {
  const sent = { survey: 'checkout', recipient: 'Ann' }

  test('is the recipient’s, and has no thread', () => {
    expect(read('survey.sent', sent, { surveys })).toEqual(
      content({ subject: 'checkout', entity: 'Ann', dimensions }),
    )
  })

  test('carries what the survey allows and what the workspace is cut by', () => {
    const properties = { 'p.plan': 'pro', 'p.team': 'north' }

    expect(read('survey.sent', { ...sent, ...properties }, { surveys })).toEqual(
      content({ subject: 'checkout', entity: 'Ann', dimensions: { ...dimensions, ...properties } }),
    )
  })

  test.each<Refusal>([
    ...required('survey', 'recipient'),
    ...names('survey', 'recipient'),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('survey.sent', { ...sent, [path]: value }, { surveys })).toEqual([
      { path, message },
    ])
  })
})

describe('survey.response', () => {
  const response = { survey: 'checkout', score: 9 }

  test('has no thread, and nobody behind it where it is anonymous', () => {
    expect(read('survey.response', response, { surveys })).toEqual(
      content({ subject: 'checkout', value: 9, dimensions }),
    )
  })

  test('keeps its comment and is its respondent’s', () => {
    const said = { ...response, respondent: 'Ann', locale: 'en', comment: 'Fast', 'p.plan': 'pro' }

    expect(read('survey.response', said, { surveys })).toEqual(
      content({
        subject: 'checkout',
        entity: 'Ann',
        value: 9,
        dimensions: { ...dimensions, locale: 'en', 'p.plan': 'pro' },
        data: { comment: 'Fast' },
      }),
    )
  })

  test.each<Refusal>([
    ...required('survey', 'score'),
    ...names('survey', 'respondent'),
    ...strangers,
    ['score', '', 'Expected a whole number from 0 to 10: current value is ""'],
    ['score', 11, 'Expected a whole number from 0 to 10: current value is 11'],
    ['comment', 7, 'Expected a text'],
    ['locale', 'english', 'Expected a language tag such as "en" or "pt-BR"'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('survey.response', { ...response, [path]: value }, { surveys })).toEqual([
      { path, message },
    ])
  })

  test('of a survey for invited people says who answers', () => {
    const document = { ...checkout.document, policy: 'invited' } as const
    const invited = new Map([['checkout', { ...checkout, document }]])

    expect(read('survey.response', response, { surveys: invited })).toEqual([
      {
        path: 'respondent',
        message: 'Only invited people may answer this survey: say who it is',
      },
    ])
    expect(
      read('survey.response', { ...response, respondent: 'Ann' }, { surveys: invited }),
    ).toMatchObject({ entity: 'Ann' })
  })

  test('names the score and every property that are wrong', () => {
    expect(
      read(
        'survey.response',
        { ...response, score: '', 'p.city': 'x', 'p.shop': 'y' },
        { surveys },
      ),
    ).toMatchObject([{ path: 'score' }, { path: 'p.city' }, { path: 'p.shop' }])
  })
})
