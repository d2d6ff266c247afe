import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Purpose, openToken, signToken } from '../src/token.ts'

const key = 'a key of the deployment, 32 characters or more'
const other = 'another key of the deployment, as long as that'
const parts = ['V1StGXR8_Z5jdHi6B-myT0', 'sn4x80']

/** {@link parts} as Node's own crypto module signs them: HMAC-SHA-256, of which the first half is shown. */
const kept = 'V1StGXR8_Z5jdHi6B-myT0.sn4x80.3a3448.Q8hKph5Nlq3iQkWllCclIg'

const purposes: readonly Purpose[] = ['invitation', 'answer', 'page', 'preview']

test('whatever is signed is what is opened, by the same key for the same purpose', async () => {
  const part = fc.string({ unit: fc.constantFrom(...'azAZ09_-~'), minLength: 1, maxLength: 40 })

  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...purposes),
      fc.string({ minLength: 32 }),
      async (said, purpose, signer) => {
        const token = await signToken([signer], purpose, said)

        expect(await openToken([signer], purpose, token)).toEqual(said)
      },
    ),
  )
})

test('the form never changes: a link that is out there must open for as long as its key is kept', async () => {
  const token = await signToken([key], 'invitation', parts)

  expect(token).toBe(kept)
  expect(await openToken([key], 'invitation', kept)).toEqual(parts)
})

test('a token of one purpose is none of another', async () => {
  for (const purpose of purposes) {
    const token = await signToken([key], purpose, parts)
    const opened = await Promise.all(purposes.map((one) => openToken([key], one, token)))

    expect(opened).toEqual(purposes.map((one) => (one === purpose ? parts : null)))
  }
})

test('no bit of a token may be another one', async () => {
  const token = await signToken([key], 'invitation', parts)
  const bent = [...token].flatMap((_, at) =>
    Array.from({ length: 8 }, (_bit, bit) => {
      const code = token.charCodeAt(at) ^ (1 << bit)
      return token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
    }),
  )

  const opened = await Promise.all(bent.map((one) => openToken([key], 'invitation', one)))

  expect(bent).toHaveLength(token.length * 8)
  expect(bent.filter((_, at) => opened[at] !== null)).toEqual([])
})

test('a token that was cut, or goes on, is none', async () => {
  const token = await signToken([key], 'invitation', parts)
  const cut = [...token].map((_, at) => token.slice(0, at))
  const longer = [`${token}A`, `${token}.`, `.${token}`, ` ${token}`, `${token}\n`, `${token}=`]
  const tried = [...cut, ...longer, `${token}.${token}`, token.repeat(4)]

  const opened = await Promise.all(tried.map((one) => openToken([key], 'invitation', one)))

  expect(opened.filter((one) => one !== null)).toEqual([])
})

test('parts that change places, or give up a piece to each other, are not what was signed', async () => {
  const [id = '', expires = ''] = parts
  const token = await signToken([key], 'invitation', parts)
  const rest = token.slice(`${id}.${expires}`.length)
  const tried = [
    `${expires}.${id}${rest}`,
    `${id.slice(0, -1)}.${id.slice(-1)}${expires}${rest}`,
    `${id}${rest}`,
    `${id}.${expires}.${expires}${rest}`,
  ]

  const opened = await Promise.all(tried.map((one) => openToken([key], 'invitation', one)))

  expect(opened).toEqual([null, null, null, null])
})

test('another key opens nothing, nor does none', async () => {
  const token = await signToken([key], 'invitation', parts)

  expect(await openToken([other], 'invitation', token)).toBeNull()
  expect(await openToken([`${key} `], 'invitation', token)).toBeNull()
  expect(await openToken([], 'invitation', token)).toBeNull()
})

test('a new key signs, and what the old one has signed opens until that is gone', async () => {
  const before = await signToken([key], 'invitation', parts)
  const after = await signToken([other, key], 'invitation', parts)

  expect(await openToken([other, key], 'invitation', before)).toEqual(parts)
  expect(await openToken([other, key], 'invitation', after)).toEqual(parts)
  expect(await openToken([key], 'invitation', after)).toBeNull()
  expect(await openToken([other], 'invitation', before)).toBeNull()
})

test('a token says nothing of the key but six letters of its name, the same in all of them', async () => {
  const tokens = await Promise.all(purposes.map((purpose) => signToken([key], purpose, [purpose])))

  const names = tokens.map((token) => token.split('.').at(-2))
  expect(new Set(names).size).toBe(1)
  expect(names[0]).toMatch(/^[0-9a-f]{6}$/)
  expect(tokens.filter((token) => token.includes(key))).toEqual([])
})

test('without a key nothing is signed', async () => {
  await expect(signToken([], 'invitation', parts)).rejects.toThrow(RangeError)
})
