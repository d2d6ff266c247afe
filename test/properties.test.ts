import { expect, test } from 'vitest'
import { strangeProperties, takeProperties } from '../src/properties.ts'

const nothing = { rest: {}, properties: {}, errors: [] }

test('divides properties from the other fields', () => {
  expect(takeProperties({ score: 7, 'p.plan': 'pro', p: 'x', plan: 'y', 'p.a_1': 'z' })).toEqual({
    rest: { score: 7, p: 'x', plan: 'y' },
    properties: { 'p.plan': 'pro', 'p.a_1': 'z' },
    errors: [],
  })
})

test('leaves fields that are no properties as they are, whatever they hold', () => {
  const rest = { score: null, comment: ' x ', nested: { 'p.plan': 1 }, list: [1] }

  expect(takeProperties(rest)).toEqual({ ...nothing, rest })
})

test.each(['', ' ', '\t', '\u00a0'])('leaves out the blank %j, which is no segment', (blank) => {
  expect(takeProperties({ 'p.plan': blank })).toEqual(nothing)
})

test('makes one segment of texts that look alike', () => {
  expect(takeProperties({ 'p.city': ' Łódz\u0301 ' }).properties).toEqual({ 'p.city': 'Łódź' })
})

test('knows lower and upper case apart', () => {
  expect(takeProperties({ 'p.plan': 'Pro' }).properties).toEqual({ 'p.plan': 'Pro' })
})

test.each([
  'p.',
  'p.1',
  'p._a',
  'p.Plan',
  'p.my-plan',
  'p.my plan',
  'p.a.b',
  'p.é',
  'p.a\n',
  'p. a',
  'p.__proto__',
  `p.${'a'.repeat(33)}`,
])('refuses the name %j', (name) => {
  expect(takeProperties({ [name]: 'x' })).toEqual({
    ...nothing,
    errors: [{ path: name, message: 'Expected a name of a–z, 0–9 and _ after "p."' }],
  })
})

test('takes names of 32 characters and values of 100', () => {
  const properties = { [`p.${'a'.repeat(32)}`]: '😀'.repeat(100) }

  expect(takeProperties(properties)).toEqual({ ...nothing, properties })
})

test.each([
  ['a'.repeat(101), 'Expected at most 100 characters: current length is 101'],
  ['\ud800', 'The text holds half a character (a lone surrogate)'],
  ['a\u0000', 'The text holds a NUL character'],
  [7, 'Expected a text'],
  [null, 'Expected a text'],
  [['pro'], 'Expected a text'],
])('refuses the value %j', (value, message) => {
  expect(takeProperties({ 'p.plan': value, 'p.ok': 'x' })).toEqual({
    rest: {},
    properties: { 'p.ok': 'x' },
    errors: [{ path: 'p.plan', message }],
  })
})

test('reports every property that breaks a rule', () => {
  const { errors } = takeProperties({ 'p.A': 'x', 'p.b': 1, 'p.c': 'y' })

  expect(errors.map(({ path }) => path)).toEqual(['p.A', 'p.b'])
})

test('hands a field named like a prototype on as a plain field', () => {
  const fields = JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>
  const { rest } = takeProperties(fields)

  expect(Object.keys(rest)).toEqual(['__proto__'])
  expect('polluted' in rest).toBe(false)
})

test('refuses every property that is no dimension of the workspace, by its name', () => {
  const properties = { 'p.team': 'north', 'p.plan': 'pro', 'p.city': 'Łódź' }

  expect(strangeProperties(properties, ['region', 'team'])).toEqual([
    {
      path: 'p.plan',
      message: 'The workspace has no dimension "plan": expected one of region, team',
    },
    {
      path: 'p.city',
      message: 'The workspace has no dimension "city": expected one of region, team',
    },
  ])
  expect(strangeProperties({ 'p.plan': 'pro' }, [])).toEqual([
    { path: 'p.plan', message: 'The workspace has no dimension "plan": it has none yet' },
  ])
})

test('a survey allows properties besides the dimensions of the workspace', () => {
  const properties = { 'p.team': 'north', 'p.plan': 'pro', 'p.city': 'Łódź' }

  expect(strangeProperties(properties, ['team'], ['plan'])).toEqual([
    { path: 'p.city', message: 'The survey does not allow this property' },
  ])
  expect(strangeProperties(properties, ['city', 'plan'], ['team'])).toEqual([])
})
