import { expect, test } from 'vitest'
import { filledAt, findId, localeAt, memberOf, propertiesFrom, surveysOf } from '../src/answer.ts'

test.each([
  ['a', 'a'],
  [5435, '5435'],
  ['', null],
  [' ', null],
  [null, null],
  [['a'], null],
])('the id of %j is %j', (id, found) => {
  expect(findId({ id }, 'id')).toBe(found)
})

test.each([
  ['Great!', 'Great!'],
  [0, '0'],
  ['', undefined],
  [' \n', undefined],
  [null, undefined],
])('what %j fills in is %j', (comment, text) => {
  expect(filledAt({ comment }, 'comment')).toBe(text)
})

test('what is no text is not taken for one', () => {
  expect(() => filledAt({ comment: ['a'] }, 'comment')).toThrow(
    'comment: Expected a text or number: current value is ["a"]',
  )
})

test.each([
  ['en', 'en'],
  ['pt_BR', 'pt-BR'],
  [' zh-Hant-TW ', 'zh-Hant-TW'],
  ['English', undefined],
  ['e', undefined],
  [7, undefined],
  [null, undefined],
])('the language of %j is %j', (locale, tag) => {
  expect(localeAt({ locale }, 'locale')).toBe(tag)
})

test('a survey is found by names that are a team’s own, never by those of every object', () => {
  const surveys = surveysOf('surveys', { nps: 'loyalty' }, '"nps"')

  expect(surveys.get('nps')).toBe('loyalty')
  expect(surveys.get('constructor')).toBeUndefined()
})

test('a field that nobody has set is said to be missing', () => {
  expect(() => surveysOf('surveys', undefined, '"nps"')).toThrow(
    'config.surveys: Expected a survey for "nps"',
  )
})

test('a property comes from the first place that has it', () => {
  const bags = [{ plan: '', team: 'blue' }, { plan: 'pro', team: ['red'], size: 5 }, null]

  expect(propertiesFrom(['plan', 'team', 'size', 'city'], bags)).toEqual({
    'p.plan': 'pro',
    'p.team': 'blue',
    'p.size': '5',
  })
  expect(() => propertiesFrom(['plan'], [{ plan: {} }])).toThrow(
    'plan: Expected a text or number: current value is {}',
  )
})

test('only own members are looked at, by their whole name', () => {
  expect(memberOf({ 'a.b': 1 }, 'a.b')).toBe(1)
  expect([
    memberOf({}, 'constructor'),
    memberOf([1], 'length'),
    memberOf('text', 'length'),
    memberOf(null, 'a'),
  ]).toEqual([undefined, undefined, undefined, undefined])
})
