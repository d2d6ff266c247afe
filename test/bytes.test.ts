import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  base64,
  base64url,
  equalBytes,
  hex,
  joined,
  parseBase64,
  parseBase64url,
  parseHex,
  utf8,
} from '../src/bytes.ts'

const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((some) => new Uint8Array(some))

test.each([
  ['hexadecimal', hex, parseHex],
  ['base64', base64, parseBase64],
  ['base64 of URLs', base64url, parseBase64url],
] as const)('%s gives back every byte', (_what, write, read) => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(read(write(some))).toEqual(some)
    }),
  )
})

test.each([
  ['hexadecimal', hex, parseHex, '0123456789abcdefABCDEF +-/=\n'],
  ['base64', base64, parseBase64, 'ABYZabyz0189+/-_= \n'],
  ['base64 of URLs', base64url, parseBase64url, 'ABYZabyz0189+/-_= \n'],
] as const)('%s has one form for each value', (_what, write, read, alphabet) => {
  const character = fc.constantFrom(...alphabet)

  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 1, maxLength: 8 }), (text) => {
      const found = read(text)
      expect(found === null ? text : write(found)).toBe(text)
    }),
  )
})

// RFC 4648 section 10.
test.each([
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('%s is %s in base64', (text, written) => {
  expect(base64(utf8(text))).toBe(written)
  expect(parseBase64(written)).toEqual(utf8(text))
})

test.each([
  '',
  '=',
  'Zg',
  'Zg=',
  'Zg===',
  'Zh==',
  'Zm8',
  'Zm9=',
  '-_-_',
  'Zm9v\n',
  ' Zm9v',
  'Zm9!',
])('%j is no base64', (text) => {
  expect(parseBase64(text)).toBeNull()
})

test.each(['', 'Zg==', 'Zh', 'A', '+/+/', 'Zm9v\n', 'Zm9v ', 'Zm9é'])(
  '%j is no base64 of URLs',
  (text) => {
    expect(parseBase64url(text)).toBeNull()
  },
)

test.each(['', 'a', 'abc', 'AB', '0x', 'g0', 'ab cd', 'ab\n'])('%j is no hexadecimal', (text) => {
  expect(parseHex(text)).toBeNull()
})

test('hexadecimal is lower case, two digits a byte', () => {
  expect(hex(Uint8Array.of(0, 10, 255))).toBe('000aff')
  expect(parseHex('000aff')).toEqual(Uint8Array.of(0, 10, 255))
})

test('bytes are equal to themselves and to nothing that differs anywhere or is longer', () => {
  const one = Uint8Array.from({ length: 32 }, (_, at) => at)
  const bent = [...one.keys()].map((at) => one.with(at, one[at] === 7 ? 0 : 7))

  expect(equalBytes(one, one.slice())).toBe(true)
  expect(bent.filter((other) => equalBytes(one, other))).toEqual([])
  expect(equalBytes(one, one.slice(0, 31))).toBe(false)
  expect(equalBytes(one.slice(0, 31), one)).toBe(false)
  expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
})

test('pieces are put end to end, views of larger buffers as well', () => {
  const part = Uint8Array.of(9, 1, 2, 9).subarray(1, 3)

  expect(joined(part, new Uint8Array(), utf8('é'))).toEqual(Uint8Array.of(1, 2, 0xc3, 0xa9))
  expect(joined()).toEqual(new Uint8Array())
})
