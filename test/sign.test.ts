import { expect, test } from 'vitest'
import { hex, utf8 } from '../src/bytes.ts'
import { type Hash, equalDigests, hmac, sha256 } from '../src/sign.ts'

// FIPS 180-4, the example of one block, and the digest of nothing.
test.each([
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('SHA-256 of %j', async (text, digest) => {
  expect(await sha256(text)).toBe(digest)
  expect(await sha256(utf8(text))).toBe(digest)
})

const key = (byte: number, length: number) => new Uint8Array(length).fill(byte)

// RFC 4231 and RFC 2202, the first test cases and those of a key beyond one block.
test.each<[hash: Hash, key: Uint8Array<ArrayBuffer>, message: string, digest: string]>([
  [
    'SHA-256',
    key(0x0b, 20),
    'Hi There',
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'SHA-256',
    utf8('Jefe'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'SHA-256',
    key(0xaa, 131),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  ['SHA-1', key(0x0b, 20), 'Hi There', 'b617318655057264e28bc0b6fb378c8ef146be00'],
  [
    'SHA-1',
    key(0xaa, 80),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    'aa4ae5e15272d00e95705637ce8a3b55ed402112',
  ],
])('HMAC with %s', async (hash, secret, message, digest) => {
  expect(hex(await hmac(hash, secret, utf8(message)))).toBe(digest)
})

test('texts are equal only where every character is', () => {
  expect(equalDigests('abc', 'abc')).toBe(true)
  expect(equalDigests('', '')).toBe(true)
  expect(
    ['abd', 'xbc', 'ab', 'abcd', 'ABC', ''].filter((text) => equalDigests('abc', text)),
  ).toEqual([])
})
