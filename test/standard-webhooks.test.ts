import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../src/bytes.ts'
import type { Inbound } from '../src/scheme.ts'
import { standardWebhooks } from '../src/standard-webhooks.ts'
import { readSample } from './sources/sample.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const publicKey = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const time = 1614265330
const body = '{"test": 2432232314}'
const good = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const goodKeyed =
  'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=='
const wrong = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc='

const ok = { ok: true }
const misfit = { ok: false, reason: 'The signature fits no secret in use' }
const unsigned = { ok: false, reason: 'webhook-signature holds no signature of v1 or v1a' }
const incomplete = {
  ok: false,
  reason: 'Expected webhook-id, webhook-timestamp and webhook-signature, or the three with svix-',
}

const headersOf = (signature: string, change: Readonly<Record<string, string>> = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(time),
  'webhook-signature': signature,
  ...change,
})

function verify(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[] = [secret],
  { now = time * 1000, content = body }: { now?: number; content?: string } = {},
) {
  const inbound: Inbound = {
    method: 'POST',
    url: 'https://tidemark.test/hooks/source',
    token: null,
    headers: new Map(Object.entries(headers)),
    body: utf8(content),
  }
  return standardWebhooks.verify(inbound, secrets, now)
}

const signed = (message: string, by = secret) =>
  `v1,${createHmac('sha256', Buffer.from(by.slice('whsec_'.length), 'base64'))
    .update(message)
    .digest('base64')}`

// standard-webhooks/standard-webhooks at b2fa7b8, its JavaScript and Rust libraries.
test.each([
  [secret, id, time, body, good],
  [
    other,
    'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk',
    1649367553,
    '{"email":"test@example.com","username":"test_user"}',
    'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=',
  ],
])('a published signature of %s is accepted under both names of the headers', async (...vector) => {
  const [by, name, seconds, content, signature] = vector
  const at = { now: seconds * 1000, content }

  for (const family of ['webhook', 'svix']) {
    const headers = {
      [`${family}-id`]: name,
      [`${family}-timestamp`]: String(seconds),
      [`${family}-signature`]: signature,
    }
    expect(await verify(headers, [by], at)).toEqual(ok)
    expect(await verify(headers, [by.slice('whsec_'.length)], at)).toEqual(ok)
    expect(await verify(headers, [by], { ...at, content: `${content}\n` })).toEqual(misfit)
  }
})

interface Vector {
  readonly scheme: string
  readonly valid: boolean
  readonly secret: string
  readonly id: string
  readonly timestamp: number
  readonly payload: string
  readonly signature: string
}

const vectors = (
  JSON.parse(readSample('signature_vectors.json') ?? '[]') as readonly Vector[]
).filter(({ scheme }) => scheme === 'standard-webhooks')

test.skipIf(vectors.length === 0)('every collected vector is judged as it says', async () => {
  const judged = await Promise.all(
    vectors.map(async (vector) => {
      const headers = headersOf(vector.signature, {
        'webhook-id': vector.id,
        'webhook-timestamp': String(vector.timestamp),
      })
      const at = { now: vector.timestamp * 1000, content: vector.payload }
      return (await verify(headers, [vector.secret], at)).ok
    }),
  )

  expect(judged).toEqual(vectors.map(({ valid }) => valid))
})

// svix/svix-webhooks at 4fc0cfb8, worker.rs.
test('a published signature of a key pair is accepted with the public key', async () => {
  expect(await verify(headersOf(goodKeyed), [publicKey])).toEqual(ok)
  expect(await verify(headersOf(`${wrong} ${goodKeyed}`), [secret, publicKey])).toEqual(ok)
  expect(await verify(headersOf(goodKeyed), [publicKey], { content: `${body} ` })).toEqual(misfit)
  expect(await verify(headersOf(goodKeyed), [secret])).toEqual(misfit)
  expect(await verify(headersOf(good), [publicKey])).toEqual(misfit)
})

test('a signature of another key pair is refused', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const foreign = sign(null, Buffer.from(`${id}.${time}.${body}`), privateKey).toString('base64')

  expect(await verify(headersOf(`v1a,${foreign}`), [publicKey])).toEqual(misfit)
})

test('a body that is empty or no text is signed as its bytes', async () => {
  expect(await verify(headersOf(signed(`${id}.${time}.`)), [secret], { content: '' })).toEqual(ok)
  expect(
    await verify(headersOf(signed(`${id}.${time}.\u0000ÿ`)), [secret], { content: '\u0000ÿ' }),
  ).toEqual(ok)
})

test.each([
  ['the first', [secret, other, publicKey]],
  ['one between others', [other, secret, publicKey]],
  ['the last', [other, publicKey, secret]],
])('the secret that fits may be %s', async (_, secrets) => {
  expect(await verify(headersOf(good), secrets)).toEqual(ok)
})

test('no secret, another secret and a text that is none fit nothing', async () => {
  expect(await verify(headersOf(good), [])).toEqual(misfit)
  expect(await verify(headersOf(good), [other])).toEqual(misfit)
  expect(await verify(headersOf(good), ['', 'whsec_', 'whpk_', 'whsk_'])).toEqual(misfit)
})

test.each([
  ['first of three', `${good} ${wrong} ${wrong}`],
  ['in the middle, among other versions', `${wrong} v2,${good.slice(3)} ${good} ${wrong}`],
  ['last of sixteen', `${`${wrong} `.repeat(15)}${good}`],
  ['after ones that are no base64', `${'v1,? '.repeat(50)}${good}`],
  ['in a header that was sent twice', `${wrong}, ${good}`],
  ['before the comma of a header that was sent twice', `${good}, ${wrong},`],
])('a right signature is found %s', async (_, header) => {
  expect(await verify(headersOf(header))).toEqual(ok)
})

test('more than sixteen signatures are not looked at', async () => {
  expect(await verify(headersOf(`${`${wrong} `.repeat(16)}${good}`))).toEqual(misfit)
  expect(await verify(headersOf(`${`${wrong} `.repeat(1000)}${good}`))).toEqual(misfit)
})

test.each([
  ['v1,', unsigned],
  ['v1', unsigned],
  [',', unsigned],
  ['a', unsigned],
  [good.slice('v1,'.length), unsigned],
  [good.replace('v1,', 'v2,'), unsigned],
  [good.replace('v1,', 'v1a,'), unsigned],
  [good.replace('v1,', 'V1,'), unsigned],
  [good.replace('v1,', 'v1='), unsigned],
  [good.replace('v1,', 'constructor,'), unsigned],
  [good.replace('=', ''), unsigned],
  [good.replaceAll('+', '-').replaceAll('/', '_'), unsigned],
  [good.replace('E=', 'F='), unsigned],
  [`${good}=`, unsigned],
  [`${good}${good}`, unsigned],
  [good.replace('g0', 'G0'), misfit],
  [wrong, misfit],
])('the signature %s is refused', async (header, verdict) => {
  expect(await verify(headersOf(header))).toEqual(verdict)
})

test('a signature that is cut anywhere is refused', async () => {
  for (let length = 0; length < good.length; length++) {
    expect((await verify(headersOf(good.slice(0, length)))).ok).toBe(false)
  }
})

test('a signature with any bit flipped is refused', async () => {
  for (const [whole, key] of [
    [good, secret],
    [goodKeyed, publicKey],
  ] as const) {
    const [version, text] = whole.split(',') as [string, string]
    const bytes = Buffer.from(text, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at)
      const header = `${version},${flipped.toString('base64')}`
      expect(await verify(headersOf(header), [key])).toEqual(misfit)
    }
  }
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
  'a request without %s is refused, also where the other family has it',
  async (name) => {
    const { [name]: missing = '', ...rest } = headersOf(good) as Record<string, string>

    expect(await verify(rest)).toEqual(incomplete)
    expect(await verify({ ...rest, [name]: ' ' })).toEqual(incomplete)
    expect(await verify({ ...rest, [name.replace('webhook', 'svix')]: missing })).toEqual(
      incomplete,
    )
  },
)

test('the family that is complete is the one that is checked', async () => {
  const svix = { 'svix-id': id, 'svix-timestamp': String(time), 'svix-signature': good }

  expect(await verify({ ...svix, 'webhook-id': 'msg_other' })).toEqual(ok)
  expect(await verify({ ...svix, ...headersOf(wrong) })).toEqual(misfit)
})

test.each([
  [-301, 'Signed 301 seconds ago: at most 300 are accepted'],
  [301, 'Signed 301 seconds ahead: at most 300 are accepted'],
  [3e12, 'Signed 3000000000000 seconds ahead: at most 300 are accepted'],
])('a time %i seconds from now is refused', async (seconds, reason) => {
  const stamp = String(time + seconds)
  const headers = headersOf(signed(`${id}.${stamp}.${body}`), { 'webhook-timestamp': stamp })

  expect(await verify(headers)).toEqual({ ok: false, reason })
})

test.each([-300, -299, 0, 299, 300])('a time %i seconds from now is accepted', async (seconds) => {
  const stamp = String(time + seconds)
  const headers = headersOf(signed(`${id}.${stamp}.${body}`), { 'webhook-timestamp': stamp })

  expect(await verify(headers)).toEqual(ok)
})

test.each([
  'hello',
  '1614265330.5',
  '-1',
  '0',
  '1.614e9',
  '0x6037C2F2',
  '1614265330abc',
  'Infinity',
  '100000000000000000000',
  '+1614265330',
  '01614265330',
  '1614265330, 1614265330',
])('%s is no time, however well it is signed', async (stamp) => {
  const headers = headersOf(signed(`${id}.${stamp}.${body}`), { 'webhook-timestamp': stamp })

  expect(await verify(headers)).toEqual({
    ok: false,
    reason: 'webhook-timestamp is no whole number of seconds',
  })
})

test('an id and a time that change places are refused', async () => {
  const dotted = `${time}.${time}`
  const signature = signed(`${dotted}.${time}.${body}`)

  expect(await verify(headersOf(signature, { 'webhook-id': dotted }))).toEqual({
    ok: false,
    reason: 'webhook-id holds a full stop',
  })
  expect(await verify(headersOf(good, { 'webhook-id': 'msg_other' }))).toEqual(misfit)
  expect(await verify(headersOf(good, { 'webhook-id': `${id}, ${id}` }))).toEqual(misfit)
})

const base64Of = (length: number) => Buffer.alloc(length, 7).toString('base64')
const shared = 'Expected the base64 of 24 to 64 bytes after whsec_'
const pair = 'Expected the base64 of 32 bytes after whpk_'

test.each([
  [secret, null],
  [secret.slice('whsec_'.length), null],
  [publicKey, null],
  [`whsec_${base64Of(24)}`, null],
  [`whsec_${base64Of(64)}`, null],
  ['', 'The secret is blank'],
  [' ', 'The secret is blank'],
  [`${secret}\n`, 'The secret has blanks or a line break at one end'],
  ['whsec_', shared],
  [`whsec_${base64Of(23)}`, shared],
  [`whsec_${base64Of(65)}`, shared],
  [`whsec_${secret}`, shared],
  ['whsec_not base64, not at all, not ever', shared],
  [`whsec_${base64Of(31).replaceAll('=', '')}`, shared],
  [`WHSEC_${base64Of(24)}`, shared],
  ['whpk_', pair],
  [`whpk_${base64Of(31)}`, pair],
  [`whpk_${base64Of(64)}`, pair],
  [
    `whsk_${base64Of(64)}`,
    'This is the private key, which only the sender may have: paste the public one, which begins with whpk_',
  ],
])('of the secret %j it says %j', (text, rule) => {
  expect(standardWebhooks.secretRule(text)).toBe(rule)
})

test('whatever the headers say, they are judged', async () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(id, String(time), good, goodKeyed, wrong))

  await fc.assert(
    fc.asyncProperty(text, text, text, async (name, stamp, signature) => {
      const headers = headersOf(signature, { 'webhook-id': name, 'webhook-timestamp': stamp })
      const verdict = await verify(headers, [secret, publicKey])
      const genuine = name === id && stamp === String(time)
      expect(verdict.ok).toBe(genuine && [good, goodKeyed].includes(signature.trim()))
    }),
    { seed: 1, numRuns: 500 },
  )
})
