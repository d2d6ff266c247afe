import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'

const body = { a: 'x', b: [1] }

/** What a mutation comes to. */
const made = (how: string) => [...mutants(body)].find((mutant) => mutant.how === how)?.body

test('each value of a body goes wrong in every way there is, one at a time', () => {
  const places = (where: string) =>
    [...mutants(body)].map(({ how }) => how).filter((how) => how.startsWith(`${where}: `)).length

  expect([places('the body'), places('a'), places('b'), places('b.0')]).toEqual([8, 9, 10, 8])
  expect([...mutants(body)]).toHaveLength(35)
})

test.each([
  ['a: missing', { b: [1] }],
  ['a: null', { a: null, b: [1] }],
  ['a: as a number', { a: 7, b: [1] }],
  ['a: empty', { a: '', b: [1] }],
  ['a: a huge text', { a: 'x'.repeat(2_000), b: [1] }],
  ['b: as an object', { a: 'x', b: { 0: 1 } }],
  ['b: empty', { a: 'x', b: [] }],
  ['b: doubled', { a: 'x', b: [1, 1] }],
  ['b.0: missing', { a: 'x', b: [] }],
  ['b.0: as a text', { a: 'x', b: ['1'] }],
  ['b.0: a negative number', { a: 'x', b: [-1] }],
  ['b.0: a fraction', { a: 'x', b: [0.5] }],
  ['b.0: 2^60', { a: 'x', b: [1_152_921_504_606_846_976] }],
  ['the body: null', null],
  ['the body: as a list', ['x', [1]]],
  ['the body: empty', {}],
])('%s', (how, mutant) => {
  expect(made(how)).toEqual(mutant)
})

test('a value is buried under forty others', () => {
  const text = JSON.stringify(made('b.0: 40 levels deeper'))

  expect(text).toBe(`{"a":"x","b":[${'{"a":'.repeat(40)}1${'}'.repeat(40)}]}`)
})

test('what is empty or null cannot become so, and truth has another type too', () => {
  const hows = (value: unknown) => [...mutants(value)].map(({ how }) => how.slice(10))

  expect(hows(null)).toEqual([
    'a huge text',
    'a negative number',
    'a fraction',
    '2^60',
    '40 levels deeper',
  ])
  expect(hows(true).at(-1)).toBe('as a text')
  expect([hows('').at(-1), hows({}).at(-1), hows([]).at(-1)]).toEqual([
    'as a number',
    'as a list',
    'as an object',
  ])
})

test('the body itself stays as it is, and members of any name are copied as they are', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')
  const before = JSON.stringify(hostile)

  const missing = [...mutants(hostile)].find(({ how }) => how === 'constructor: missing')

  expect(JSON.stringify(missing?.body)).toBe('{"__proto__":{"x":1}}')
  expect(JSON.stringify(hostile)).toBe(before)
})

test('mutants are made one by one, and always the same', () => {
  const endless = mutants({ a: Array.from({ length: 100_000 }, () => 'x') })

  expect(endless.next().value?.how).toBe('the body: null')
  expect([...mutants(body)]).toEqual([...mutants(body)])
})
