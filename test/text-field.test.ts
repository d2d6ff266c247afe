import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { codePoints, nameField, textField } from '../src/text-field.ts'

function read(schema: typeof nameField | ReturnType<typeof textField>, input: unknown): string {
  const parsed = v.safeParse(schema, input)
  return parsed.success ? `= ${parsed.output}` : parsed.issues[0].message
}

test('counts code points, neither bytes nor UTF-16 units', () => {
  expect(['', 'abc', 'żółw', '😀', '👩‍💻', 'e\u0301'].map(codePoints)).toEqual([0, 3, 4, 1, 3, 2])
})

test('takes a text of exactly its limit and no longer one', () => {
  expect(read(textField(3), 'abc')).toBe('= abc')
  expect(read(textField(3), '😀😀😀')).toBe('= 😀😀😀')
  expect(read(textField(3), 'abcd')).toBe('Expected at most 3 characters: current length is 4')
  expect(read(textField(3), '😀😀😀😀')).toMatch(/current length is 4$/)
})

test('takes every text without NUL and lone surrogates unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      const storable = text.isWellFormed() && !text.includes('\u0000')

      expect(v.is(textField(50), text)).toBe(storable)
      if (storable) expect(read(textField(50), text)).toBe(`= ${text}`)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test.each(['\ud800', 'a\udc00b', '\ude00\ud83d'])('refuses half a character in %j', (text) => {
  expect(read(textField(10), text)).toMatch(/lone surrogate/)
})

test.each(['\u0000', 'a\u0000', '\u0000a'])('refuses the NUL in %j', (text) => {
  expect(read(textField(10), text)).toMatch(/NUL/)
})

test.each([null, undefined, 7, true, [], {}, ['a']])('refuses %j, which is no text', (input) => {
  expect(read(textField(10), input)).toBe('Expected a text')
  expect(read(nameField, input)).toBe('Expected a text')
})

test('leaves the spaces of a text and trims those around a name', () => {
  expect(read(textField(10), '  a b ')).toBe('=   a b ')
  expect(read(nameField, ' \t\u00a0a  b\n')).toBe('= a  b')
})

test('gives names that look alike one form', () => {
  expect(read(nameField, 'Zoe\u0308')).toBe('= Zoë')
  expect(read(nameField, '\u212b')).toBe('= Å')
})

test.each(['', ' ', '\t\n', '\u00a0', '\ufeff'])('refuses the blank name %j', (text) => {
  expect(read(nameField, text)).toBe('Expected a text that is not blank')
})

test('takes names of 200 characters and none of 201', () => {
  expect(read(nameField, '😀'.repeat(200))).toBe(`= ${'😀'.repeat(200)}`)
  expect(read(nameField, 'a'.repeat(201))).toMatch(/at most 200 characters/)
})
