import * as v from 'valibot'
import { expect, test } from 'vitest'
import { mapField, namesField, propertiesField, stagesField } from '../src/source-fields.ts'

const map = mapField('each stage its name')
const names = namesField('stages')

/** What is wrong with an input, in the words that a team reads. */
function rulesOf(field: v.GenericSchema, input: unknown): readonly string[] {
  const parsed = v.safeParse(field, input)
  return parsed.success ? [] : parsed.issues.map(({ message }) => message)
}

const entries = (length: number) =>
  Object.fromEntries(Array.from({ length }, (_, at) => [`s${at}`, 'x']))

const list = (length: number) => Array.from({ length }, (_, at) => `s${at}`)

test('a map gives names for names, trimmed and composed', () => {
  expect(v.parse(map, {})).toEqual({})
  expect(v.parse(map, { ' 1 ': ' Caf\u0065\u0301 ' })).toEqual({ '1': 'Café' })
  expect(Object.keys(v.parse(map, entries(100)))).toHaveLength(100)
})

test.each<[what: string, input: unknown, rule: string]>([
  ['a list', ['won'], 'Expected an object that gives each stage its name'],
  ['a text', 'won', 'Expected an object that gives each stage its name'],
  ['null', null, 'Expected an object that gives each stage its name'],
  ['a number for a name', { a: 1 }, 'Expected a text'],
  ['a blank name', { a: ' ' }, 'Expected a text that is not blank'],
  ['a blank key', { ' ': 'a' }, 'Expected a text that is not blank'],
  ['too many entries', entries(101), 'Expected at most 100 entries'],
])('a map is not %s', (_what, input, rule) => {
  expect(rulesOf(map, input)).toEqual([rule])
})

const stages = stagesField('each stage')

test('stages are won, lost or open', () => {
  const map = { a: 'won', b: 'lost', c: ' won ', d: 'Won over', e: 'closed', f: 'lost ground' }

  expect(v.parse(stages, map)).toEqual({ ...map, c: 'won' })
  expect(rulesOf(stages, 'won')).toEqual([
    'Expected an object that gives each stage what it is: "won", "lost" or a name to show',
  ])
})

test.each([['Won'], ['LOST'], ['Closed Won'], ['closed lost'], ['closedwon'], ['closed_lost']])(
  'a stage is not %s, which would be taken for open',
  (what) => {
    expect(rulesOf(stages, { a: 'In talks', b: what })).toEqual([
      `Expected "won", "lost" or the name of an open stage: current value is "${what}"`,
    ])
  },
)

test('names are a list of names', () => {
  expect(v.parse(names, [' a ', 'b'])).toEqual(['a', 'b'])
  expect(v.parse(names, [])).toEqual([])
  expect(v.parse(names, list(100))).toHaveLength(100)
})

test.each<[what: string, input: unknown, rule: string]>([
  ['an object', {}, 'Expected a list of stages'],
  ['a text', 'a', 'Expected a list of stages'],
  ['a list of numbers', [1], 'Expected a text'],
  ['a list of blanks', [''], 'Expected a text that is not blank'],
  ['too long', list(101), 'Expected at most 100 entries'],
])('names are not %s', (_what, input, rule) => {
  expect(rulesOf(names, input)).toEqual([rule])
})

test('properties are at most twenty names that properties may have', () => {
  expect(v.parse(propertiesField, list(20))).toHaveLength(20)
  expect(rulesOf(propertiesField, list(21))).toEqual(['Expected at most 20 properties'])
  expect(rulesOf(propertiesField, 'plan')).toEqual(['Expected a list of names'])
  expect(rulesOf(propertiesField, ['Plan'])).toEqual(['Expected a name of a–z, 0–9 and _'])
  expect(rulesOf(propertiesField, [1])).toEqual(['Expected a text'])
})
