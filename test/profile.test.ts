import { describe, expect, test } from 'vitest'
import { columnNames } from '../src/column-names.ts'
import { mailPerson } from '../src/person.ts'
import { type Chosen, type Profile, planOf } from '../src/profile.ts'
import { fieldsOf } from '../src/profile-line.ts'
import { delighted } from '../src/profiles/delighted.ts'
import { profiles } from '../src/profiles/index.ts'
import { surveymonkey } from '../src/profiles/surveymonkey.ts'
import { typeform } from '../src/profiles/typeform.ts'

const document = {
  kind: 'nps',
  name: 'Test',
  question: {},
  locales: ['en'],
  properties: ['plan', 'purchase_experience'],
  comment: true,
} as const

const plan = (profile: Profile, header: readonly string[], said: Chosen = {}) =>
  planOf(profile, header, { document, said, order: 'mdy' })

/** What one line says, by field. */
async function read(
  profile: Profile,
  cells: Readonly<Record<string, string>>,
  said: Chosen = {},
  order: 'mdy' | 'dmy' = 'mdy',
) {
  const how = planOf(profile, Object.keys(cells), { document, said, order })
  return fieldsOf(cells, how)
}

describe.each(profiles)('$profile', (profile) => {
  test('names no column twice', () => {
    const names = [...Object.values(profile.columns).flat(), ...profile.own].map((name) =>
      name.toLowerCase(),
    )

    expect(new Set(names).size).toBe(names.length)
  })

  test('refuses a header that is not its own, by the names that are missing', () => {
    expect(() => plan(profile, ['a', 'b'])).toThrow(
      new RegExp(`no export of ${profile.profile}.*"${profile.columns.id?.[0]}"`),
    )
  })
})

test('a line of Delighted is an answer with its properties, and its address is a digest', async () => {
  const line = await read(delighted, {
    'Survey Response ID': '17',
    Score: '9',
    Comment: 'Fine',
    'Survey type': 'NPS',
    'Responded at': '2024-03-01 10:22:33 UTC',
    'Person ID': '5',
    'Person Email': ' Ann@Example.com',
    'Purchase Experience': 'Retail Store',
    Plan: 'pro',
    Country: 'USA',
  })

  expect(line).toEqual({
    ok: true,
    value: {
      id: '17',
      score: '9',
      comment: 'Fine',
      time: '2024-03-01 10:22:33Z',
      respondent: await mailPerson('ann@example.com'),
      'p.purchase_experience': 'Retail Store',
      'p.plan': 'pro',
    },
  })
})

test('without an address whoever answers is called by their id', async () => {
  const line = await read(delighted, {
    ID: '17',
    Score: '9',
    'Created at': '1713418460',
    'Person Email': '',
    'Person ID': '5',
  })

  expect(line).toMatchObject({
    value: { respondent: '5', time: '2024-04-18T05:34:20.000Z' },
  })
})

test('an answer to a survey of another kind is not one to this', async () => {
  const line = await read(delighted, {
    ID: '17',
    Score: '4',
    'Created at': '2024-03-01',
    'Survey type': 'csat',
  })

  expect(line).toMatchObject({ ok: false, errors: [{ path: 'kind' }] })
})

const questions = ['#', 'How likely is it?', 'Why?', 'plan', 'Submit Date (UTC)', 'Network ID']

test('which of several questions has to be said, and which there are is told', () => {
  expect(() => plan(typeform, questions)).toThrow(
    'question: Several columns may hold it: name one of "How likely is it?", "Why?" as question=<column>',
  )
})

test('what is said is taken, with properties by name', () => {
  const { fields } = plan(typeform, questions, { question: 'how likely is it?', comment: 'Why?' })

  expect(Object.fromEntries(fields)).toEqual({
    id: ['#'],
    time: ['Submit Date (UTC)'],
    score: ['How likely is it?'],
    comment: ['Why?'],
    respondent: [],
    'p.plan': ['plan'],
  })
})

test('one question needs no saying', () => {
  const { fields } = plan(typeform, ['#', 'How likely?', 'Submit Date (UTC)', 'Network ID'])

  expect(fields.get('score')).toEqual(['How likely?'])
})

test('a column that is not there is refused, and the others are told', () => {
  expect(() => plan(typeform, questions, { question: 'Wow?' })).toThrow(
    'question: There is no column "Wow?": expected one of "#", "How likely is it?"',
  )
})

const monkeys = columnNames([
  ['Respondent ID', 'Collector ID', 'Start Date', 'End Date', 'How likely?', 'Why?', 'Rate', ''],
  ['', '', '', '', 'Response', 'Open-Ended Response', 'Food', 'Service'],
])

test('two lines of SurveyMonkey name each part of a question', () => {
  expect(monkeys.slice(4)).toEqual([
    'How likely?',
    'Why?: Open-Ended Response',
    'Rate: Food',
    'Rate: Service',
  ])
})

test('the one open end is the comment, and no candidate for the score', () => {
  expect(() => plan(surveymonkey, monkeys)).toThrow(/"How likely\?", "Rate: Food", "Rate: Service"/)
  expect(plan(surveymonkey, monkeys, { question: 'How likely?' }).fields.get('comment')).toEqual([
    'Why?: Open-Ended Response',
  ])
  expect(
    plan(surveymonkey, monkeys, { question: 'How likely?', comment: '' }).fields.get('comment'),
  ).toEqual([])
})

test('two columns that are called alike are told by their place', () => {
  expect(columnNames([['a', 'b', 'a']])).toEqual(['a', 'b', 'a (column 3)'])
})

test.each([
  ['03/01/2024 10:22:33 PM', 'mdy', '2024-03-01 22:22:33'],
  ['03/01/2024 10:22:33 PM', 'dmy', '2024-01-03 22:22:33'],
  ['3/1/2024 12:05 AM', 'mdy', '2024-03-01 00:05:00'],
  ['3/1/2024 12:05 PM', 'mdy', '2024-03-01 12:05:00'],
  ['25/12/2024', 'mdy', '2024-25-12'],
  ['2024-03-01 10:22:33', 'mdy', '2024-03-01 10:22:33'],
] as const)('%s in %s is %s', async (text, order, time) => {
  const line = await read(
    surveymonkey,
    { 'Respondent ID': '1', 'End Date': text, 'How likely?': '9' },
    {},
    order,
  )

  expect(line).toMatchObject({ ok: true, value: { time } })
})
