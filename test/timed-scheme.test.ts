import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex, parseHex, utf8 } from '../src/bytes.ts'
import { timedScheme } from '../src/timed-scheme.ts'

const commas = timedScheme({
  header: 'Vendor-Signature',
  separator: ',',
  time: 't',
  signature: 'v1',
  joint: '.',
})

const semicolons = timedScheme({
  header: 'Vendor-Signature',
  separator: ';',
  time: 'ts',
  signature: 'h1',
  joint: ':',
})

const seconds = 1_614_265_330
const secret = 'old-secret'
const body = '{"foo":"bar"}'

const sign = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex')
const right = sign(`${seconds}.${body}`)

function verify(
  header: string | null,
  { scheme = commas, sent = utf8(body), secrets = [secret], now = seconds * 1000 } = {},
) {
  const headers = new Map(header === null ? [] : [['vendor-signature', header]])
  const inbound = { method: 'POST', url: 'https://tidemark.test/hooks/x', token: null, headers }
  return scheme.verify({ ...inbound, body: sent }, secrets, now)
}

const unfit = { ok: false, reason: 'The signature fits no secret in use' }
const noTime = {
  ok: false,
  reason: 'Vendor-Signature holds no single time t in whole seconds',
}
const noSignature = {
  ok: false,
  reason: 'Vendor-Signature holds no v1 in lower-case hexadecimal',
}

test('the label says what is signed, and where the signature is', () => {
  expect(commas.label).toBe(
    'HMAC-SHA256 of the time, `.` and the body, hexadecimal, as `v1` in `Vendor-Signature`',
  )
})

test('one fitting signature is enough, wherever it stands and whatever else is there', async () => {
  const wrong = '0'.repeat(64)

  for (const header of [
    `t=${seconds},v1=${right}`,
    ` v1=${right},t=${seconds} `,
    `t=${seconds},v1=${wrong},v1=${right},v0=${wrong}`,
    `t=${seconds},v1=potato,v1=${right},alone`,
  ]) {
    expect(await verify(header)).toEqual({ ok: true })
  }
})

test('another separator and another joint make another scheme', async () => {
  const signature = sign(`${seconds}:${body}`)

  expect(await verify(`ts=${seconds};h1=${signature};h2=RANDOM`, { scheme: semicolons })).toEqual({
    ok: true,
  })
  expect(await verify(`ts=${seconds};h1=${right}`, { scheme: semicolons })).toEqual(unfit)
  expect(await verify(`ts=${seconds},h1=${signature}`, { scheme: semicolons })).toMatchObject({
    ok: false,
  })
})

test.each([
  [null, 'Vendor-Signature is missing'],
  ['', 'Vendor-Signature is missing'],
  ['   ', 'Vendor-Signature is missing'],
])('a header that is %j is missing', async (header, reason) => {
  expect(await verify(header)).toEqual({ ok: false, reason })
})

test.each(['', 'hello', '1.5', '-1', '+1', '1e9', '0x1', '1614265330abc', 'Infinity', ' 1', '0'])(
  'a time of %j is none',
  async (time) => {
    expect(await verify(`t=${time},v1=${right}`)).toEqual(noTime)
  },
)

test('a time must be there once', async () => {
  expect(await verify(`v1=${right}`)).toEqual(noTime)
  expect(await verify(`t=${seconds},t=${seconds},v1=${right}`)).toEqual(noTime)
})

test('a header that was sent twice has two times', async () => {
  const one = `t=${seconds},v1=${right}`
  const other = `ts=${seconds};h1=${sign(`${seconds}:${body}`)}`

  expect(await verify(`${one}, ${one}`)).toEqual(noTime)
  expect(await verify(`${other}, ${other}`, { scheme: semicolons })).toEqual({
    ok: false,
    reason: 'Vendor-Signature holds no single time ts in whole seconds',
  })
})

test.each([299, 300, -299, -300])('%i seconds ago or ahead is near enough', async (ago) => {
  expect(await verify(`t=${seconds},v1=${right}`, { now: (seconds + ago) * 1000 })).toEqual({
    ok: true,
  })
})

test.each([
  [301, 'Signed 301 seconds ago: at most 300 are accepted'],
  [-301, 'Signed 301 seconds ahead: at most 300 are accepted'],
])('%i seconds ago is refused', async (ago, reason) => {
  expect(await verify(`t=${seconds},v1=${right}`, { now: (seconds + ago) * 1000 })).toEqual({
    ok: false,
    reason,
  })
})

test('milliseconds are a time far ahead', async () => {
  const signature = sign(`${seconds}000.${body}`)

  expect(await verify(`t=${seconds}000,v1=${signature}`)).toMatchObject({ ok: false })
})

test('the time is signed too', async () => {
  expect(await verify(`t=${seconds + 1},v1=${right}`)).toEqual(unfit)
})

test('every secret in use is tried, and no other', async () => {
  const header = `t=${seconds},v1=${right}`

  expect(await verify(header, { secrets: ['first', secret, 'last'] })).toEqual({ ok: true })
  expect(await verify(header, { secrets: ['new-secret'] })).toEqual(unfit)
  expect(await verify(header, { secrets: [] })).toEqual(unfit)
})

test('a signature of an old and one of a new secret fit both', async () => {
  const header = `t=${seconds},v1=${sign(`${seconds}.${body}`, 'new-secret')},v1=${right}`

  expect(await verify(header, { secrets: ['new-secret'] })).toEqual({ ok: true })
  expect(await verify(header, { secrets: [secret] })).toEqual({ ok: true })
})

test('a signature under another name does not count', async () => {
  expect(await verify(`t=${seconds},v0=${right}`)).toEqual(noSignature)
  expect(await verify(`t=${seconds},v2=${right}`)).toEqual(noSignature)
  expect(await verify(`t=${seconds},V1=${right}`)).toEqual(noSignature)
})

test('hexadecimal has one form', async () => {
  for (const form of [
    right.toUpperCase(),
    ` ${right}`,
    right.replace(/(..)/, '$1 '),
    `${right}0`,
  ]) {
    expect(await verify(`t=${seconds},v1=${form}`)).toEqual(noSignature)
  }
})

test('no truncated signature fits', async () => {
  for (let length = 0; length < right.length; length++) {
    expect(await verify(`t=${seconds},v1=${right.slice(0, length)}`)).toMatchObject({ ok: false })
  }
})

test('no signature with a flipped bit fits', async () => {
  const bytes = parseHex(right) ?? new Uint8Array()
  expect(bytes).toHaveLength(32)
  for (let bit = 0; bit < 256; bit++) {
    const flipped = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    expect(await verify(`t=${seconds},v1=${hex(flipped)}`)).toEqual(unfit)
  }
})

test('sixteen signatures are looked at, and no more', async () => {
  const wrong = Array.from({ length: 15 }, () => `v1=${'0'.repeat(64)}`)

  expect(await verify([`t=${seconds}`, ...wrong, `v1=${right}`].join(','))).toEqual({ ok: true })
  expect(await verify([`t=${seconds}`, ...wrong, wrong[0], `v1=${right}`].join(','))).toEqual(unfit)
})

test('bytes are signed as they are, whether or not they are text', async () => {
  const bytes = new Uint8Array([0xff, 0x00, 0xfe])
  const signature = createHmac('sha256', secret).update(`${seconds}.`).update(bytes).digest('hex')

  expect(await verify(`t=${seconds},v1=${signature}`, { sent: bytes })).toEqual({ ok: true })
  expect(await verify(`t=${seconds},v1=${right}`, { sent: utf8(`${body}\n`) })).toEqual(unfit)
  expect(await verify(`t=${seconds},v1=${right}`, { sent: utf8(`\ufeff${body}`) })).toEqual(unfit)
  expect(await verify(`t=${seconds},v1=${sign(`${seconds}.`)}`, { sent: utf8('') })).toEqual({
    ok: true,
  })
})

test('no header makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (header) => {
      expect(await verify(header)).toMatchObject({ ok: false })
    }),
  )
})
