import { expect, test } from 'vitest'
import {
  at,
  currencyAt,
  isObject,
  listAt,
  major,
  majorAt,
  namesAt,
  optionalTextAt,
  secondsAt,
  textAt,
  timeAt,
  wholeAt,
} from '../src/at.ts'
import { Problem } from '../src/problem.ts'

const body = {
  data: { object: { id: 'x', count: 3, none: null, blank: ' ', list: [1, { id: 'y' }] } },
}

test.each([
  ['data.object.id', 'x'],
  ['data.object.none', null],
  ['data.object.list.1.id', 'y'],
  ['data.object.missing', undefined],
  ['data.object.id.length', undefined],
  ['data.object.none.more', undefined],
  ['constructor', undefined],
  ['data.__proto__', undefined],
  ['data.object.list.map', undefined],
  ['', undefined],
])('at %j is %j', (path, value) => {
  expect(at(body, path)).toBe(value)
})

test.each([null, undefined, 'text', 5, true])('%j has no members', (value) => {
  expect(at(value, 'length')).toBeUndefined()
  expect(isObject(value)).toBe(false)
  expect(namesAt(value, 'a')).toEqual([])
})

test('an object is no list, and its names are its own', () => {
  expect(isObject([])).toBe(false)
  expect(isObject({})).toBe(true)
  expect(namesAt(body, 'data.object.list')).toEqual([])
  expect(namesAt({ a: { b: 1, toString: 2 } }, 'a')).toEqual(['b', 'toString'])
})

test.each([
  ['abc', 'abc'],
  [' a ', ' a '],
  [7, '7'],
  [0, '0'],
])('%j is the text %j', (value, text) => {
  expect(textAt({ a: value }, 'a')).toBe(text)
  expect(optionalTextAt({ a: value }, 'a')).toBe(text)
})

test.each([undefined, null, ''])('an optional text may be %j', (value) => {
  expect(optionalTextAt({ a: value }, 'a')).toBeUndefined()
  expect(() => textAt({ a: value }, 'a')).toThrow(Problem)
})

test.each([[' '], [true], [{}], [[]]])('%j is no text, optional or not', (value) => {
  expect(() => textAt({ a: value }, 'a')).toThrow(Problem)
  expect(() => optionalTextAt({ a: value }, 'a')).toThrow(Problem)
})

test('a problem names the path and shows the beginning of what is there', () => {
  const long = 'x'.repeat(50)

  expect(() => textAt({}, 'a.b')).toThrow(
    'a.b: Expected a text or number: current value is missing',
  )
  expect(() => listAt({ a: long }, 'a')).toThrow(
    `a: Expected a list: current value is "${'x'.repeat(39)}`,
  )
  expect(() => listAt({ a: long }, 'a')).not.toThrow('x'.repeat(40))
})

test.each([
  [undefined, []],
  [null, []],
  [[], []],
  [
    [1, null],
    [1, null],
  ],
])('%j is the list %j', (value, list) => {
  expect(listAt({ a: value }, 'a')).toEqual(list)
})

test.each([{}, '', 0, false, 'ab'])('%j is no list', (value) => {
  expect(() => listAt({ a: value }, 'a')).toThrow(Problem)
})

test.each([
  [0, 0],
  ['0', 0],
  [12, 12],
  ['12', 12],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('%j is the whole number %d', (value, number) => {
  expect(wholeAt({ a: value }, 'a')).toBe(number)
})

test.each([
  '9007199254740992',
  -1,
  '-1',
  '+1',
  '01',
  '1.0',
  1.5,
  '1e3',
  1e21,
  ' 1',
  '1\n',
  '',
  null,
  true,
  Number.NaN,
  Infinity,
])('%j is no whole number', (value) => {
  expect(() => wholeAt({ a: value }, 'a')).toThrow(/^a: Expected a whole number/)
})

test('a time needs an offset, and seconds become milliseconds', () => {
  expect(timeAt({ a: '2026-03-01T10:00:00+02:00' }, 'a')).toBe(Date.parse('2026-03-01T08:00:00Z'))
  expect(() => timeAt({ a: '2026-03-01T10:00:00' }, 'a')).toThrow(
    'a: Expected an RFC 3339 time: current value is "2026-03-01T10:00:00"',
  )
  expect(() => timeAt({ a: 1_772_000_000 }, 'a')).toThrow(Problem)
  expect(secondsAt({ a: 1_772_000_000 }, 'a')).toBe(1_772_000_000_000)
})

test.each([
  [1250, 2, '12.5'],
  [1200, 2, '12'],
  [5, 2, '0.05'],
  [0, 2, '0'],
  [1250, 0, '1250'],
  [1000, 0, '1000'],
  [1234, 3, '1.234'],
])('%d minor units of %d digits are %s', (units, digits, text) => {
  expect(major(units, digits)).toBe(text)
})

test.each([
  ['EUR', '12.34'],
  ['JPY', '1234'],
  ['KWD', '1.234'],
])('1234 minor units of %s are %s', (currency, text) => {
  expect(majorAt({ a: 1234 }, 'a', currency)).toBe(text)
})

test('a currency is read whatever its case', () => {
  expect(currencyAt({ a: 'eur' }, 'a')).toBe('EUR')
  expect(() => currencyAt({}, 'a')).toThrow(Problem)
})
