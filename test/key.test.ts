import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allows, keyText, parseKey, scopes } from '../src/key.ts'
import { equalDigests, sha256 } from '../src/sign.ts'

const id = 'a1B2c3D4e5F6'
const secret = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ_-12345'

test('reads the two halves of a key and writes them back', () => {
  const text = `tm_${id}_${secret}`

  expect(parseKey(text)).toEqual({ id, secret })
  expect(keyText({ id, secret })).toBe(text)
})

test('reads back every key that it writes', () => {
  const key = fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9]{12}$/),
    secret: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  })
  fc.assert(
    fc.property(key, (key) => {
      expect(parseKey(keyText(key))).toEqual(key)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test.each([
  '',
  'tm__',
  `tm_${id}`,
  `tm_${id}_`,
  `tm_${id}_${secret}x`,
  `tm_${id}_${secret.slice(1)}`,
  `tm_${id}x_${secret}`,
  `tm_${id.slice(1)}_${secret}`,
  `tm_${id.slice(1)}-_${secret}`,
  `tm_${id}_${secret.slice(1)}+`,
  `tm_${id}_${secret.slice(1)}=`,
  `tm_${id}_${secret}\n`,
  ` tm_${id}_${secret}`,
  `TM_${id}_${secret}`,
  `tm-${id}-${secret}`,
  `Bearer tm_${id}_${secret}`,
])('takes %j for no key', (text) => {
  expect(parseKey(text)).toBeNull()
})

test('allows what was granted, and everything to an admin', () => {
  for (const scope of scopes) {
    expect(allows([scope], scope)).toBe(true)
    expect(allows(['admin'], scope)).toBe(true)
    expect(allows([], scope)).toBe(false)
  }
})

test('allows neither reading to writers nor writing to readers', () => {
  expect(allows(['write'], 'read')).toBe(false)
  expect(allows(['read'], 'write')).toBe(false)
  expect(allows(['read', 'write'], 'admin')).toBe(false)
  expect(allows(['administrator', 'READ'], 'read')).toBe(false)
})

test.each([
  // FIPS 180-4: the examples that NIST publishes for SHA-256.
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('digests %j as published', async (text, digest) => {
  expect(await sha256(text)).toBe(digest)
})

test('digests the UTF-8 of a text, as Node does', async () => {
  for (const text of ['żółw', '😀', 'x'.repeat(10_000), '\u0000']) {
    expect(await sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
  }
})

test('calls only digests equal that agree in every character', async () => {
  const digest = await sha256(secret)
  const changes = Array.from(digest, (character, at) => {
    const other = character === '0' ? '1' : '0'
    return digest.slice(0, at) + other + digest.slice(at + 1)
  })

  expect(equalDigests(digest, await sha256(secret))).toBe(true)
  expect(changes.filter((change) => equalDigests(digest, change))).toEqual([])
})

test.each([
  ['', 'a'],
  ['a', ''],
  ['ab', 'a'],
  ['a', 'a\u0000'],
  ['aa', 'bb'],
  ['ab', 'ba'],
])('tells %j and %j apart', (one, other) => {
  expect(equalDigests(one, other)).toBe(false)
})
