import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64, parseBase64, utf8 } from '../src/bytes.ts'
import { ivLength, seal, sealKeysOf, unseal } from '../src/seal.ts'

const key = 'a key of the deployment, 32 characters or more'
const other = 'another key of the deployment, as long as that'
const place = 'workspace/source'
const iv = Uint8Array.from({ length: ivLength }, (_, index) => index)
const secret = 'whsec_of-a-vendor'

/** {@link secret} as Node's own crypto module seals it: HKDF-SHA-256, then AES-256-GCM. */
const kept = '1.AAECAwQFBgcICQoL.RnpCLGaam8GB4fVn5uqRqk6bLidsyRd+zM5YMukjXBGC'

const seeded = (text: string, more: Partial<Parameters<typeof seal>[1]> = {}) =>
  seal(text, { key, place, iv, ...more })

test('whatever is sealed is what is opened, by the same key at the same place', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary-ascii', maxLength: 500 }),
      fc.string({ minLength: 32 }),
      fc.string(),
      fc.uint8Array({ minLength: ivLength, maxLength: ivLength }),
      async (text, keyText, at, bytes) => {
        const sealed = await seal(text, { key: keyText, place: at, iv: Uint8Array.from(bytes) })

        expect(await unseal(sealed, { keys: [keyText], place: at })).toBe(text)
      },
    ),
  )
})

test('what is sealed says its version, its vector and as much as the secret and a tag are long', async () => {
  const sealed = await seeded(secret)

  const [version, vector, bytes, ...more] = sealed.split('.')
  expect([version, vector, more]).toEqual(['1', 'AAECAwQFBgcICQoL', []])
  expect(parseBase64(bytes ?? '')?.byteLength).toBe(secret.length + 16)
  expect(sealed).not.toContain(secret)
})

test('the form never changes: what was sealed before must open for ever', async () => {
  expect(await seeded(secret)).toBe(kept)
  expect(await unseal(kept, { keys: [key], place })).toBe(secret)
})

test('another key does not open it, and a key derived for another use would not either', async () => {
  const sealed = await seeded(secret)

  expect(await unseal(sealed, { keys: [other], place })).toBeNull()
  expect(await unseal(sealed, { keys: [`${key} `], place })).toBeNull()
  expect(await unseal(sealed, { keys: [], place })).toBeNull()
})

test.each(['workspace/other', 'other/source', 'workspace/sourc', 'workspace/source ', ''])(
  'copied to "%s" it does not open',
  async (elsewhere) => {
    expect(await unseal(await seeded(secret), { keys: [key], place: elsewhere })).toBeNull()
  },
)

test('with two keys either opens what it has sealed, and in any order', async () => {
  const sealed = [await seeded(secret), await seeded(secret, { key: other })]

  const opened = await Promise.all(
    sealed.flatMap((one) => [
      unseal(one, { keys: [key, other], place }),
      unseal(one, { keys: [other, key], place }),
    ]),
  )

  expect(opened).toEqual([secret, secret, secret, secret])
})

const bitsOf = (bytes: Uint8Array) =>
  Array.from({ length: bytes.byteLength * 8 }, (_, bit) =>
    bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  )

test('with any bit of the vector, the text or the tag flipped it does not open', async () => {
  const [, vector = '', text = ''] = (await seeded(secret)).split('.')
  const vectors = bitsOf(parseBase64(vector) ?? new Uint8Array())
  const texts = bitsOf(parseBase64(text) ?? new Uint8Array())
  const flipped = [
    ...vectors.map((bytes) => `1.${base64(bytes)}.${text}`),
    ...texts.map((bytes) => `1.${vector}.${base64(bytes)}`),
  ]

  const opened = await Promise.all(flipped.map((one) => unseal(one, { keys: [key], place })))

  expect(flipped.length).toBe((ivLength + secret.length + 16) * 8)
  expect(opened.filter((one) => one !== null)).toEqual([])
})

test.each([
  ['nothing', () => ''],
  ['the secret itself', () => secret],
  ['another version', (sealed: string) => sealed.replace(/^1/, '2')],
  ['no version', (sealed: string) => sealed.replace(/^1/, '')],
  ['a part too many', (sealed: string) => `${sealed}.`],
  ['a part too few', (sealed: string) => sealed.replace(/\.[^.]*$/, '')],
  ['an empty vector', (sealed: string) => sealed.replace(/\.[^.]*\./, '..')],
  ['a cut text', (sealed: string) => sealed.slice(0, -4)],
  ['a tag that is cut to nothing', (sealed: string) => sealed.replace(/[^.]*$/, 'AAAA')],
  ['the alphabet of URLs', (sealed: string) => sealed.replace(/[+/]/, '-')],
  ['a line break at the end', (sealed: string) => `${sealed}\n`],
  [
    'a vector of another length',
    (sealed: string) => sealed.replace(/\.[^.]*\./, '.AAECAwQFBgcICQoLDA0O.'),
  ],
])('%s does not open and is no error', async (_, bend) => {
  expect(await unseal(bend(await seeded(secret)), { keys: [key], place })).toBeNull()
})

test.each([
  ['', []],
  ['   ', []],
  ['x'.repeat(31), []],
  ['x'.repeat(32), ['x'.repeat(32)]],
  [`${'n'.repeat(32)} ${'o'.repeat(40)}`, ['n'.repeat(32), 'o'.repeat(40)]],
  [`\n${'n'.repeat(32)}\n\t${'o'.repeat(32)}\r\n`, ['n'.repeat(32), 'o'.repeat(32)]],
  [`${'n'.repeat(31)} ${'o'.repeat(32)}`, ['o'.repeat(32)]],
])('the keys in %j are %j', (text, keys) => {
  expect(sealKeysOf(text)).toEqual(keys)
})

test('the same secret under another vector, key or place is another text', async () => {
  const vector = utf8('twelve bytes')
  const texts = [
    await seeded(secret),
    await seeded(secret, { iv: vector }),
    await seeded(secret, { key: other }),
    await seeded(secret, { place: 'elsewhere' }),
  ]

  expect(new Set(texts).size).toBe(4)
})
