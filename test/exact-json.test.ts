import { expect, test } from 'vitest'
import { parseExactJson, parseJson } from '../src/json.ts'

test.each<[text: string, value: unknown]>([
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991', -9007199254740991],
  ['9007199254740992', '9007199254740992'],
  ['-9007199254740993', '-9007199254740993'],
  ['820982911946154508', '820982911946154508'],
  ['[1, 820982911946154508,820982911946154509]', [1, '820982911946154508', '820982911946154509']],
  ['{"id":820982911946154508,"n":1}', { id: '820982911946154508', n: 1 }],
])('of %s whole numbers beyond 2^53 are their digits', (text, value) => {
  expect(parseExactJson(text)).toEqual(value)
})

test.each([
  '12345678901234567890.5',
  '12345678901234567890e-3',
  '0.12345678901234567890',
  '-1e-1234567890123456789',
  '1e1234567890123456',
  '"820982911946154508"',
  '"a\\"820982911946154508"',
  '{"820982911946154508":"\\\\"}',
])('%s holds no such number and is read as JSON.parse does', (text) => {
  expect(parseExactJson(text)).toEqual(JSON.parse(text))
})

test.each([
  '{820982911946154508:1}',
  '0820982911946154508',
  '--820982911946154508',
  '820982911946154508 1',
])('%s does not become JSON by its long number', (text) => {
  expect(() => parseExactJson(text)).toThrow('The body is not valid JSON')
})

test('numbers stay numbers where nobody asks for their digits', () => {
  expect(parseJson('[820982911946154508]')).toEqual([820982911946154500])
})
