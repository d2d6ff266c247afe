import { expect, test } from 'vitest'
import { type FormResponse, listed, readForm, wordsOf } from '../src/form.ts'
import { invalid } from '../src/problem.ts'

const answer = { question: 'q1', survey: 'loyalty', score: 9, comment: 'Fine' }

const response = (change: Partial<FormResponse> = {}): FormResponse => ({
  id: 'r1',
  time: 1000,
  answers: [answer],
  shared: { locale: 'en', 'p.plan': 'pro' },
  questions: ['q1', 'q2'],
  ...change,
})

const told = {
  type: 'survey.response',
  time: 1000,
  data: { survey: 'loyalty', score: '9', comment: 'Fine', locale: 'en', 'p.plan': 'pro' },
}

test('an only answer shares its name with the delivery', () => {
  expect(readForm('sent', () => response())).toEqual({
    id: 'response:r1:q1',
    events: [{ name: 'sent', facts: [{ id: 'response:r1:q1', ...told }] }],
  })
})

test('of several answers each has a name of its own, and one that is unclear keeps none back', () => {
  const bad = { question: 'q2', survey: 'effort', score: 'nine', comment: undefined }

  expect(readForm('sent', () => response({ answers: [answer, bad] }))).toEqual({
    id: 'response:r1',
    events: [
      { name: 'sent', facts: [{ id: 'response:r1:q1', ...told }] },
      { name: 'sent', unclear: 'q2: Expected a whole number: current value is "nine"' },
    ],
  })
})

test('a state of a response corrects all earlier ones', () => {
  const answers = [answer, { ...answer, question: 'q2' }]

  expect(readForm('sent', () => response({ revision: 5 }))).toEqual({
    id: 'response:r1:q1@5',
    events: [
      {
        name: 'sent',
        facts: [{ id: 'response:r1:q1@5', replaces: 'response:r1:q1', revision: 5, ...told }],
      },
    ],
  })
  expect(readForm('sent', () => response({ revision: 5, answers })).id).toBe('response:r1@5')
})

test.each([[null], [undefined], [''], [' ']])('the score %j is no answer', (score) => {
  expect(readForm('sent', () => response({ answers: [{ ...answer, score }] }))).toEqual({
    id: null,
    events: [
      {
        name: 'sent',
        ignored: 'Only questions that config.questions names are counted: answered are q1, q2',
      },
    ],
  })
})

test('a response without any answer is ignored', () => {
  expect(readForm('sent', () => response({ answers: [], questions: [] })).events).toEqual([
    {
      name: 'sent',
      ignored: 'Only questions that config.questions names are counted: answered are none',
    },
  ])
})

test.each([7.5, -1, 1e21, '07', '7.0', ' 7', '٧', true, [7], { label: '7' }])(
  'the score %j is unclear',
  (score) => {
    expect(readForm('sent', () => response({ answers: [{ ...answer, score }] }))).toEqual({
      id: 'response:r1:q1',
      events: [
        {
          name: 'sent',
          unclear: `q1: Expected a whole number: current value is ${JSON.stringify(score)}`,
        },
      ],
    })
  },
)

test('a response that cannot be read at all is unclear, and other errors are nobody’s to hide', () => {
  expect(
    readForm('sent', () => {
      throw invalid('token', 'Expected a text')
    }),
  ).toEqual({ id: null, events: [{ name: 'sent', unclear: 'token: Expected a text' }] })
  expect(() =>
    readForm('sent', () => {
      throw new RangeError('no')
    }),
  ).toThrow(RangeError)
})

test('words are texts and numbers, and blanks are none', () => {
  expect([' so ', 7, '', ' ', null, undefined].map((value) => wordsOf('why', value))).toEqual([
    ' so ',
    '7',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(() => wordsOf('why', ['so'])).toThrow(
    'why: Expected a text or number: current value is ["so"]',
  )
})

test('questions are listed as far as anybody reads', () => {
  expect(listed([])).toBe('none')
  expect(listed(['q1', 'q2'])).toBe('q1, q2')
  expect(listed(Array.from({ length: 100 }, () => 'q')).split(', ')).toHaveLength(20)
})
