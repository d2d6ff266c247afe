import { describe, expect, test, vi } from 'vitest'
import { base64, hex, joined, utf8 } from '../../src/bytes.ts'
import { type Scheme, type Verdict, candidateLimit } from '../../src/scheme.ts'
import { sources } from '../../src/sources/index.ts'
import {
  type DigestSigning,
  type Message,
  type Signing,
  credentialSignings,
  defaultUrl,
  digestSignings,
  messageOf,
  schemes,
  stampOf,
  written,
} from './signing.ts'

// A right request of every scheme, and what somebody who has no secret can make of it.

type Bytes = Uint8Array<ArrayBuffer>

/** What becomes of a request: `unreadable` ones claim nothing that could be checked. */
type Outcome = 'accepted' | 'unfit' | 'late' | 'unreadable'

interface Case {
  readonly name: string
  readonly outcome: Outcome
  readonly headers: Readonly<Record<string, string>>
  readonly token?: string | null
  readonly body?: Bytes
  readonly secrets?: readonly string[]
  readonly now?: number
  readonly method?: string
  readonly url?: string
}

const now = 1_614_265_330_000
const url = `${defaultUrl}?b=2&a=1`

function schemeOf({ vendors, config }: Signing): Scheme {
  const source = sources.find(({ vendor }) => vendor === vendors[0])
  if (source === undefined) throw new Error(`No vendor ${vendors[0]}`)
  return source.scheme(config)
}

function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.ok) return 'accepted'
  if (/^The (?:signature fits|credentials fit) no secret in use$/.test(verdict.reason))
    return 'unfit'
  return /^Signed \d+ seconds (?:ago|ahead)/.test(verdict.reason) ? 'late' : 'unreadable'
}

async function judge(
  signing: Signing,
  right: { readonly body: Bytes },
  one: Omit<Case, 'name' | 'outcome'>,
) {
  const { headers, token = null, body = right.body, method = 'POST' } = one
  const inbound = {
    method,
    url: one.url ?? url,
    token,
    headers: new Map(Object.entries(headers)),
    body,
  }
  return outcomeOf(
    await schemeOf(signing).verify(inbound, one.secrets ?? [signing.secret], one.now ?? now),
  )
}

const without = (headers: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))

/** Every copy of some bytes with one bit flipped. */
const flips = (bytes: Bytes): Bytes[] =>
  Array.from({ length: bytes.byteLength * 8 }, (_, bit) =>
    bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  )

const spread = (text: string, by: string) => text.replace(/..(?=.)/g, `$&${by}`)
const halved = (text: string, by: string) => text.slice(0, 20) + by + text.slice(20)

// A right request

interface Right {
  readonly body: Bytes
  readonly text: string
  readonly message: Message
  readonly digest: Bytes
  readonly headers: Readonly<Record<string, string>>
}

/** A body that changes when it is written anew, in another normal form or with other line ends. */
const textOf = (n: number) => `{"n": ${n},\n "name": "Zo\u00eb", "amount": 1.50}`

/** A right request whose signature has all that base64 of URLs writes otherwise. */
async function rightOf(signing: DigestSigning): Promise<Right> {
  for (let n = 0; ; n++) {
    const text = textOf(n)
    const body = utf8(text)
    const message = messageOf(signing, body, { secret: signing.secret, now, url })
    const digest = await signing.digest(message)
    const signature = base64(digest)
    if (!signature.includes('+') || !signature.includes('/')) continue
    return {
      body,
      text,
      message,
      digest,
      headers: signing.headers([written(signing, digest)], message),
    }
  }
}

// Headers and what is written in them

function missing(headers: Readonly<Record<string, string>>): Case[] {
  return Object.keys(headers).flatMap((name) => [
    { name: `without ${name}`, outcome: 'unreadable' as const, headers: without(headers, name) },
    ...['', '   ', '\t'].map((value) => ({
      name: `with ${name} ${JSON.stringify(value)}`,
      outcome: 'unreadable' as const,
      headers: { ...headers, [name]: value },
    })),
  ])
}

const prefixes = [
  '',
  'sha256=',
  'sha1=',
  'sha512=',
  'SHA256=',
  'SHA1=',
  'md5=',
  'hmac ',
  'v0=',
  'v1=',
  'v2=',
  'V1=',
  'h0=',
  'h1=',
  'h2=',
  'H1=',
  'v0,',
  'v1,',
  'v2,',
  'V1,',
  'v1a,',
  'v1b,',
  'V1A,',
  'constructor,',
]

function prefixed(signing: DigestSigning, { message, digest }: Right): Case[] {
  const signature = written(signing, digest).slice(signing.prefix.length)
  return [...new Set([...prefixes, `${signing.prefix}v1=`, `=${signing.prefix}`])]
    .filter((prefix) => prefix !== signing.prefix)
    .map((prefix) => ({
      name: `with the right digest after ${JSON.stringify(prefix)}`,
      outcome: 'unreadable' as const,
      headers: signing.headers([prefix + signature], message),
    }))
}

/** Other ways to write the right digest: each value has one. */
function forms({ encoding }: DigestSigning, digest: Bytes): [name: string, form: string][] {
  const digits = hex(digest)
  const signature = base64(digest)
  return encoding === 'hex'
    ? [
        ['in upper case', digits.toUpperCase()],
        ['with one digit in upper case', digits.replace(/[a-f]/, (digit) => digit.toUpperCase())],
        ['with blanks between the pairs', spread(digits, ' ')],
        ['with colons between the pairs', spread(digits, ':')],
        ['with hyphens between the pairs', spread(digits, '-')],
        ['with letters between the pairs', spread(digits, 'xyz')],
        ['with a line break', halved(digits, '\n')],
        ['with a NUL', halved(digits, '\0')],
        ['after 0x', `0x${digits}`],
        ['with half a byte more', `${digits}0`],
        ['with a stray letter', `${digits}g`],
        [
          'in digits of full width',
          digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
        ],
        ['in base64', signature],
      ]
    : [
        ['without padding', signature.replace(/=+$/, '')],
        ['in the alphabet of URLs', signature.replaceAll('+', '-').replaceAll('/', '_')],
        ['with more padding', `${signature}=`],
        ['with a whole group of padding', `${signature}====`],
        ['with another group', `${signature}AAAA`],
        ['with stray characters', `${signature}!`],
        ['with a line break', halved(signature, '\n')],
        ['with a line break as mails have it', halved(signature, '\r\n')],
        ['with a blank', halved(signature, ' ')],
        ['with a NUL', halved(signature, '\0')],
        [
          'with stray last bits',
          signature.replace(
            /(.)(=+)$/,
            (_, last, padding) => String.fromCharCode(last.charCodeAt(0) + 1) + padding,
          ),
        ],
        ['escaped as in a URL', encodeURIComponent(signature)],
      ]
}

function rewritten(signing: DigestSigning, { message, digest }: Right): Case[] {
  return forms(signing, digest).map(([name, form]) => ({
    name: `with the right digest ${name}`,
    outcome: 'unreadable',
    headers: signing.headers([signing.prefix + form], message),
  }))
}

// Secrets and several signatures

function keyed(
  signing: DigestSigning | Signing,
  headers: Case['headers'],
  token: string | null,
): Case[] {
  const { secret, other } = signing
  const more = [...other].toReversed().join('')
  return [
    { name: 'of another secret', outcome: 'unfit', headers, token, secrets: [other] },
    { name: 'where no secret is in use', outcome: 'unfit', headers, token, secrets: [] },
    {
      name: 'of the first secret',
      outcome: 'accepted',
      headers,
      token,
      secrets: [secret, other, more],
    },
    {
      name: 'of the second secret',
      outcome: 'accepted',
      headers,
      token,
      secrets: [other, secret, more],
    },
    {
      name: 'of the last secret',
      outcome: 'accepted',
      headers,
      token,
      secrets: [other, more, secret],
    },
    { name: 'of none of three', outcome: 'unfit', headers, token, secrets: [other, more, other] },
  ]
}

function repeated(signing: DigestSigning, { message, digest, headers }: Right): Case[] {
  const right = written(signing, digest)
  const wrong = written(signing, digest.toReversed())
  const listed = (...signatures: string[]) => signing.headers(signatures, message)
  const lists: [name: string, signatures: string[]][] = [
    ['before a wrong one', [right, wrong]],
    ['after a wrong one', [wrong, right]],
    ['between two wrong ones', [wrong, right, wrong]],
    ['last of sixteen', [...Array<string>(15).fill(wrong), right]],
    ['twice', [right, right]],
  ]
  const header = headers[signing.header] ?? ''
  const twice = (first: string, second: string) => ({
    ...headers,
    [signing.header]: `${first}, ${second}`,
  })
  const wrongHeader = listed(wrong)[signing.header] ?? ''
  const spaced = signing.header.endsWith('-signature') && signing.prefix.endsWith(',')
  return [
    ...lists.map(([name, signatures]): Case => ({
      name: `with the right signature ${name}`,
      outcome: signing.several ? 'accepted' : 'unreadable',
      headers: listed(...signatures),
    })),
    {
      name: 'with the right signature after sixteen wrong ones',
      outcome: signing.several ? 'unfit' : 'unreadable',
      headers: listed(...Array<string>(16).fill(wrong), right),
    },
    {
      name: 'with a header that was sent twice',
      outcome: spaced ? 'accepted' : 'unreadable',
      headers: twice(header, header),
    },
    {
      name: 'with a header that was sent twice, wrong first',
      outcome: spaced ? 'accepted' : 'unreadable',
      headers: twice(wrongHeader, header),
    },
    {
      name: 'with a header that was sent twice, wrong both times',
      outcome: spaced ? 'unfit' : 'unreadable',
      headers: twice(wrongHeader, wrongHeader),
    },
  ]
}

// Times and ids

const odd = {
  seconds: [
    '',
    'hello',
    '1.5',
    '-1',
    '0',
    '1e9',
    '1.614265330e9',
    '0x6037bc72',
    '0b11',
    '1614265330abc',
    'Infinity',
    'NaN',
    'null',
    '1'.padEnd(21, '0'),
    '9007199254740993',
    '+1614265330',
    '01614265330',
    '1614265330.0',
    '1614265330n',
    '1_614_265_330',
    '１６',
    '1614265330\0',
  ],
  milliseconds: [
    '',
    'hello',
    '1.5',
    '-1',
    '0',
    '1e12',
    '0x177d9',
    '1614265330000abc',
    'Infinity',
    'NaN',
    '1'.padEnd(21, '0'),
    '9007199254740993',
    '+1614265330000',
    '01614265330000',
    '1614265330000.0',
  ],
  iso: [
    '',
    'hello',
    '1614265330',
    '1614265330000',
    '1e9',
    'Infinity',
    '-1',
    '2021-02-25',
    '2021-02-25T15:02:10',
    '2021-02-25T15:02Z',
    '2021-02-25T25:02:10Z',
    '2021-02-30T15:02:10Z',
    '20210225T150210Z',
    '+002021-02-25T15:02:10Z',
    '2021-02-25T15:02:10Z{',
    'x2021-02-25T15:02:10Z',
    '1969-12-31T23:59:59Z',
    '2021-02-25T15:02:10Z[Europe/Warsaw]',
  ],
} as const

const distances: [seconds: number, outcome: Outcome][] = [
  ...[-300, -299, 299, 300].map((seconds): [number, Outcome] => [seconds, 'accepted']),
  ...[-301, -300.001, 300.001, 301, 86_400, -86_400].map((seconds): [number, Outcome] => [
    seconds,
    'late',
  ]),
]

async function timed(signing: DigestSigning, right: Right): Promise<Case[]> {
  const { stamp } = signing
  const { message, digest, headers } = right
  if (stamp === null) return []
  const withStamp = async (text: string) => {
    const told = { ...message, stamp: text }
    return signing.headers([written(signing, await signing.digest(told))], told)
  }
  const apart = Object.keys(headers).length > 1
  const far = stamp === 'iso' ? [...distances, [31_536_000, 'late'] as const] : distances
  const changed = { ...message, stamp: stampOf(stamp, now + 1000) }
  const other = stamp === 'seconds' ? String(now) : String(now / 1000)
  // What is signed stays the same where a character of the time becomes one of the body.
  const moved =
    stamp === 'milliseconds'
      ? { stamp: message.stamp.slice(1), body: joined(right.body, utf8(message.stamp.slice(0, 1))) }
      : {
          stamp: message.stamp.slice(0, -1),
          body: joined(utf8(message.stamp.slice(-1)), right.body),
        }
  return [
    ...(await Promise.all(
      odd[stamp].map(async (text): Promise<Case> => ({
        name: `signed at ${JSON.stringify(text)}`,
        outcome: 'unreadable',
        headers: await withStamp(text),
      })),
    )),
    ...(await Promise.all(
      [` ${message.stamp}`, `${message.stamp} `].map(async (text): Promise<Case> => ({
        name: `signed at ${JSON.stringify(text)}`,
        outcome: apart ? 'unfit' : 'unreadable',
        headers: await withStamp(text),
      })),
    )),
    {
      name: 'signed at a time in another unit',
      outcome: stamp === 'iso' ? 'unreadable' : 'late',
      headers: await withStamp(other),
    },
    {
      name: 'with a character of its time moved to the body',
      outcome: stamp === 'iso' ? 'unreadable' : 'late',
      headers: signing.headers([written(signing, digest)], { ...message, stamp: moved.stamp }),
      body: moved.body,
    },
    {
      name: 'with a time that is a second later than the signed one',
      outcome: 'unfit',
      headers: signing.headers([written(signing, digest)], changed),
    },
    ...far.map(([seconds, outcome]): Case => ({
      name: `${seconds} seconds after its time`,
      outcome: stamp === 'iso' ? 'accepted' : outcome,
      headers,
      now: now + seconds * 1000,
    })),
  ]
}

async function identified(
  signing: DigestSigning,
  { message, digest, headers }: Right,
): Promise<Case[]> {
  const [name] = Object.keys(headers).filter((key) => key.endsWith('-id'))
  if (name === undefined) return []
  const { id, stamp } = message
  const signature = written(signing, digest)
  const as = (change: Partial<Message>) => signing.headers([signature], { ...message, ...change })
  const dotted = { ...message, id: 'a.1', stamp: '2' }
  const collision = written(signing, await signing.digest(dotted))
  const long = { ...message, id: `msg.${stamp}` }
  const moved = { ...message, id: 'msg', body: joined(utf8(`${stamp}.`), message.body) }
  return [
    {
      name: 'with another id',
      outcome: 'unfit',
      headers: as({ id: 'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk' }),
    },
    { name: 'with the id in lower case', outcome: 'unfit', headers: as({ id: id.toLowerCase() }) },
    { name: 'with a shorter id', outcome: 'unfit', headers: as({ id: id.slice(0, -1) }) },
    {
      name: 'with an id that was sent twice',
      outcome: 'unfit',
      headers: as({ id: `${id}, ${id}` }),
    },
    {
      name: 'signed for id a.1 at 2',
      outcome: 'unreadable',
      headers: signing.headers([collision], dotted),
    },
    {
      name: 'signed for id a.1 at 2, sent for a at 1.2',
      outcome: 'unreadable',
      headers: signing.headers([collision], { ...dotted, id: 'a', stamp: '1.2' }),
    },
    {
      name: 'signed for a body that begins with a time, sent with that in the id',
      outcome: 'unreadable',
      headers: signing.headers([written(signing, await signing.digest(moved))], long),
    },
  ]
}

// What else was signed

function bodies({ body, text, headers }: Right): Case[] {
  const changes: [name: string, body: Bytes][] = [
    ['a line break at its end', utf8(`${text}\n`)],
    ['a blank at its end', utf8(`${text} `)],
    ['a blank at its beginning', utf8(` ${text}`)],
    ['a byte order mark', utf8(`\ufeff${text}`)],
    ['a NUL at its end', utf8(`${text}\0`)],
    ['other line ends', utf8(text.replaceAll('\n', '\r\n'))],
    ['the same JSON, written anew', utf8(JSON.stringify(JSON.parse(text)))],
    ['its letters taken apart', utf8(text.normalize('NFD'))],
    ['its letters escaped', utf8(text.replace('\u00eb', String.raw`\u00eb`))],
    ['another encoding', Uint8Array.from(text, (letter) => letter.charCodeAt(0))],
    ['one bit flipped', body.map((byte, at) => (at === 5 ? byte ^ 1 : byte))],
    ['its last byte cut off', body.slice(0, -1)],
    ['its first byte cut off', body.slice(1)],
    ['nothing in it', new Uint8Array()],
    ['itself twice', joined(body, body)],
  ]
  return changes.map(([name, body]) => ({
    name: `whose body has ${name}`,
    outcome: 'unfit',
    headers,
    body,
  }))
}

/** Schemes that hash a secret with the body, instead of keying a hash by it. */
const keyless: ReadonlySet<string> = new Set(['hubspot v1', 'hubspot v2'])

async function strange(signing: DigestSigning, { message }: Right): Promise<Case[]> {
  const signed = async (body: Bytes) =>
    signing.headers([written(signing, await signing.digest({ ...message, body }))], message)
  const bytes = new Uint8Array([0xff, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80])
  const decoded = utf8(new TextDecoder().decode(bytes))
  const empty = new Uint8Array()
  return [
    { name: 'of an empty body', outcome: 'accepted', headers: await signed(empty), body: empty },
    {
      name: 'of bytes that are no text',
      // Without a key anybody can lengthen a body, but only by such bytes.
      outcome: keyless.has(signing.name) ? 'unreadable' : 'accepted',
      headers: await signed(bytes),
      body: bytes,
    },
    {
      name: 'of bytes that were made text',
      outcome: 'unfit',
      headers: await signed(bytes),
      body: decoded,
    },
    {
      name: 'of what a text loses as bytes',
      outcome: 'unfit',
      headers: await signed(decoded),
      body: bytes,
    },
  ]
}

async function addressed(
  signing: DigestSigning,
  { message, digest, headers }: Right,
): Promise<Case[]> {
  const covered = async (change: Partial<Message>): Promise<Outcome> =>
    hex(await signing.digest({ ...message, ...change })) === hex(digest) ? 'accepted' : 'unfit'
  const methods = ['GET', 'PUT', 'PATCH', 'post']
  const urls = [
    defaultUrl,
    `${defaultUrl}?`,
    `${defaultUrl}?a=1&b=2`,
    `${defaultUrl}?b=2`,
    `${url}&c=3`,
    `${url}#a`,
    url.replace('https:', 'http:'),
    url.replace('?', '/?'),
    url.replace('.test', '.test:443'),
    url.replace('tidemark.test', 'TIDEMARK.test'),
    url.replace('tidemark.test', 'example.com'),
    url.replace('source', 'other'),
    url.replace('hooks', '%68ooks'),
  ]
  return [
    ...(await Promise.all(
      methods.map(async (method): Promise<Case> => ({
        name: `by ${method}`,
        outcome: await covered({ method }),
        headers,
        method,
      })),
    )),
    ...(await Promise.all(
      urls.map(async (one): Promise<Case> => ({
        name: `at ${one}`,
        outcome: await covered({ url: one }),
        headers,
        url: one,
      })),
    )),
    ...[
      ['x-forwarded-host', 'example.com'],
      ['x-forwarded-proto', 'http'],
      ['x-http-method-override', 'PUT'],
      ['x-original-url', '/hooks/other'],
    ].map(([name = '', value = '']): Case => ({
      name: `with ${name}`,
      outcome: 'accepted',
      headers: { ...headers, [name]: value },
    })),
    {
      name: 'at another host that x-forwarded-host says is the right one',
      outcome: await covered({ url: url.replace('tidemark.test', 'example.com') }),
      headers: { ...headers, 'x-forwarded-host': 'tidemark.test' },
      url: url.replace('tidemark.test', 'example.com'),
    },
  ]
}

/** Right requests of all other schemes, also where the receiver has their secret. */
async function foreign(signing: Signing, body: Bytes): Promise<Case[]> {
  const others = schemes.filter((one) => schemeOf(one).label !== schemeOf(signing).label)
  return Promise.all(
    others.map(async (one): Promise<Case> => {
      const { headers, token } = await one.sign(body, { secret: one.secret, now, url })
      const secrets = [signing.secret, one.secret]
      return {
        name: `that is right for ${one.name}`,
        outcome: 'unreadable',
        headers,
        token,
        secrets,
      }
    }),
  )
}

// Credentials

type Shown = Pick<Case, 'headers' | 'token'>

const authorized = (authorization: string): Shown => ({ headers: { authorization } })
const shown: Readonly<Record<string, (secret: string) => Shown>> = {
  basic: (secret) => authorized(`Basic ${base64(utf8(secret))}`),
  bearer: (secret) => authorized(`Bearer ${secret}`),
  'path token': (token) => ({ headers: {}, token }),
}

function guesses({ name, secret }: Signing): Case[] {
  const show = shown[name] ?? authorized
  const [user = '', ...rest] = secret.split(/[:-]/)
  const password = secret.slice(user.length + 1)
  return [
    'x',
    user,
    `${user}:`,
    password,
    `:${password}`,
    `${password}:${user}`,
    rest[0] ?? 'y',
    `${secret}x`,
    `x${secret}`,
    secret.slice(1),
    secret.slice(0, -1),
    secret.repeat(2),
    secret.toUpperCase(),
    `${secret}\0`,
    secret.replace(/[:-]/, '_'),
    secret.replace('a', 'а'),
    `${secret},${secret}`,
    `${secret}/`,
    encodeURIComponent(`${secret}:`),
    `"${secret}"`,
    'undefined',
    'null',
    '*',
    '[]',
    'x'.repeat(1e5),
  ].map((guess) => ({
    name: `with ${JSON.stringify(guess.slice(0, 70))}`,
    outcome: 'unfit',
    ...show(guess),
  }))
}

function authorizations({ name, secret }: Signing): Case[] {
  const encoded = base64(utf8(secret))
  const value = name === 'basic' ? encoded : secret
  const [scheme, other] = name === 'basic' ? ['Basic', 'Bearer'] : ['Bearer', 'Basic']
  const strangers = ['Digest', 'Negotiate', 'Token', 'ApiKey', `x${scheme}`]
  const unreadable = [
    '',
    ' ',
    scheme,
    `${scheme} `,
    value,
    `${scheme}:${value}`,
    `${scheme}=${value}`,
    `${scheme}${value}`,
    `${scheme}\t${value}`,
    `${scheme}, ${value}`,
    `"${scheme}" ${value}`,
    `${scheme} ${value} ${value}`,
    `${scheme} ${value}, ${scheme} ${value}`,
    `${scheme} ${halved(value, ' ')}`,
    ...strangers.map((one) => `${one} ${value}`),
  ]
  const broken = [
    encoded.replace(/=+$/, ''),
    `${encoded}=`,
    `${encoded}AAAA`,
    `${encoded}!`,
    encoded.replace(/.=/, (pair) => String.fromCharCode(pair.charCodeAt(0) + 1) + '='),
    secret,
  ].map((form) => `Basic ${form}`)
  const read = [
    `${scheme.toLowerCase()} ${value}`,
    `${scheme.toUpperCase()} ${value}`,
    `${scheme}   ${value}`,
  ]
  return [
    ...[...unreadable, ...(name === 'basic' ? broken : [])].map((authorization): Case => ({
      name: `with ${JSON.stringify(authorization)}`,
      outcome: 'unreadable',
      headers: { authorization },
    })),
    ...read.map((authorization): Case => ({
      name: `with ${JSON.stringify(authorization)}`,
      outcome: 'accepted',
      headers: { authorization },
    })),
    {
      name: `as ${other}`,
      outcome: name === 'basic' ? 'unfit' : 'unreadable',
      headers: { authorization: `${other} ${value}` },
    },
    {
      name: 'in another header',
      outcome: 'unreadable',
      headers: {
        'x-authorization': `${scheme} ${value}`,
        'proxy-authorization': `${scheme} ${value}`,
      },
    },
    {
      name: 'with a wrong token at the end of the URL, which does not count',
      outcome: 'accepted',
      headers: { authorization: `${scheme} ${value}` },
      token: 'wrong-token-of-the-path',
    },
  ]
}

function tokens({ secret, other }: Signing): Case[] {
  return [
    { name: 'with no token', outcome: 'unreadable', headers: {}, token: null },
    { name: 'with an empty token', outcome: 'unfit', headers: {}, token: '' },
    { name: 'with a blank token', outcome: 'unfit', headers: {}, token: ' ' },
    ...['x-token', 'x-api-key', 'cookie', 'token'].map((name): Case => ({
      name: `with the token in ${name}`,
      outcome: 'unreadable',
      headers: { [name]: secret },
    })),
    ...['?token=', '#', '/', ';'].map((before): Case => ({
      name: `with the token after ${before} in the URL`,
      outcome: 'unreadable',
      headers: {},
      url: `${defaultUrl}${before}${secret}`,
    })),
    {
      name: 'with wrong credentials in a header, which come first',
      outcome: 'unfit',
      headers: { authorization: `Bearer ${other}` },
      token: secret,
    },
    {
      name: 'with empty credentials in a header, which come first',
      outcome: 'unfit',
      // No more than a byte order mark.
      headers: { authorization: 'Basic 77u/' },
      token: secret,
    },
    {
      name: 'with a header that holds no credentials',
      outcome: 'accepted',
      headers: { authorization: 'Digest username="x"' },
      token: secret,
    },
  ]
}

// The matrix

async function digestCases(signing: DigestSigning, right: Right): Promise<Case[]> {
  const { body, headers } = right
  return [
    { name: 'as it was signed', outcome: 'accepted', headers },
    ...missing(headers),
    ...prefixed(signing, right),
    ...rewritten(signing, right),
    ...keyed(signing, headers, null),
    ...repeated(signing, right),
    ...(await timed(signing, right)),
    ...(await identified(signing, right)),
    ...bodies(right),
    ...(await strange(signing, right)),
    ...(await addressed(signing, right)),
    ...(await foreign(signing, body)),
  ]
}

const rights = await Promise.all(
  digestSignings.map(async (signing) => {
    const right = await rightOf(signing)
    return { name: signing.name, signing, right, cases: await digestCases(signing, right) }
  }),
)

const body = utf8('{}')

const presented = await Promise.all(
  credentialSignings.map(async (signing) => {
    const { headers, token } = await signing.sign(body, { secret: signing.secret, now })
    const cases: Case[] = [
      { name: 'as it was sent', outcome: 'accepted', headers, token },
      ...keyed(signing, headers, token),
      ...guesses(signing),
      ...(signing.name === 'path token' ? tokens(signing) : authorizations(signing)),
      ...(await foreign(signing, body)).map((one) => ({ ...one, secrets: [signing.secret] })),
    ]
    return { name: signing.name, signing, right: { body }, cases }
  }),
)

describe.each([...rights, ...presented])('$name', ({ signing, right, cases }) => {
  test('has at least forty cases, each with a name of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })

  test.each(cases)('a request $name is $outcome', async ({ outcome, ...one }) => {
    expect(await judge(signing, right, one)).toBe(outcome)
  })
})

// What takes too many cases to name each

const accepted = async (
  signing: Signing,
  right: { readonly body: Bytes },
  forgeries: readonly Shown[],
) => {
  const outcomes = await Promise.all(forgeries.map((one) => judge(signing, right, one)))
  return forgeries.filter((_, at) => outcomes[at] === 'accepted')
}

describe.each(rights)('a signature of $name', ({ signing, right }) => {
  const { message, digest } = right
  const signature = written(signing, digest)
  const wrong = written(signing, digest.toReversed())
  const as = (text: string) => ({ headers: signing.headers([text], message) })

  test('that is cut at any length is refused', async () => {
    const cut = Array.from(signature, (_, length) => as(signature.slice(0, length)))

    expect(cut).toHaveLength(signature.length)
    expect(await accepted(signing, right, cut)).toEqual([])
  })

  test('of a digest that is cut at any length is refused', async () => {
    const cut = Array.from(digest, (_, length) => as(written(signing, digest.slice(0, length))))

    expect(cut).toHaveLength(digest.byteLength)
    expect(await accepted(signing, right, cut)).toEqual([])
  })

  test('of a digest with more bytes at either end is refused', async () => {
    const zero = new Uint8Array(1)
    const longer = [joined(digest, zero), joined(zero, digest), joined(digest, digest)]

    expect(
      await accepted(
        signing,
        right,
        longer.map((bytes) => as(written(signing, bytes))),
      ),
    ).toEqual([])
  })

  test('fits with no bit flipped', async () => {
    const flipped = flips(digest)
    const outcomes = flipped.map((bytes) => judge(signing, right, as(written(signing, bytes))))

    expect(flipped).toHaveLength(digest.byteLength * 8)
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['unfit']))
  })

  test('fits no body with a bit flipped', async () => {
    const outcomes = flips(right.body).map((body) =>
      judge(signing, right, { headers: right.headers, body }),
    )

    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['unfit']))
  })

  test('is not the digest that another scheme makes of the same', async () => {
    const others = await Promise.all(
      digestSignings.map((one) => {
        const { stamp, secret } =
          one.name.startsWith('standard') || one.name.startsWith('svix')
            ? { stamp: one.stamp, secret: one.secret }
            : { stamp: one.stamp, secret: signing.secret }
        return one.digest({ ...message, secret, stamp: stampOf(stamp, now) })
      }),
    )
    const foreign = others.filter((one) => hex(one) !== hex(digest))

    expect(foreign.length).toBeGreaterThan(8)
    expect(
      await accepted(
        signing,
        right,
        foreign.map((one) => as(written(signing, one))),
      ),
    ).toEqual([])
  })

  test('behind a thousand wrong ones costs no more than behind sixteen', async () => {
    const calls = (['importKey', 'sign', 'verify', 'digest'] as const).map((name) =>
      vi.spyOn(crypto.subtle, name),
    )
    const secrets = [signing.other, signing.secret, signing.other]
    const counted = async (count: number) => {
      for (const call of calls) call.mockClear()
      const headers = signing.headers([...Array<string>(count).fill(wrong), signature], message)
      const outcome = await judge(signing, right, { headers, secrets })
      return { outcome, calls: calls.reduce((sum, call) => sum + call.mock.calls.length, 0) }
    }
    const pair = signing.prefix === 'v1a,'
    const most = secrets.length * (pair ? 1 + candidateLimit : 2)

    expect([await counted(16), await counted(1000)]).toEqual(
      Array(2).fill(
        signing.several ? { outcome: 'unfit', calls: most } : { outcome: 'unreadable', calls: 0 },
      ),
    )
    vi.restoreAllMocks()
  })

  test('needs a secret that is one', () => {
    const { secretRule } = schemeOf(signing)
    const { secret } = signing

    expect(secretRule(secret)).toBeNull()
    expect(['', ' ', '\n', '\t\t', '\u00a0'].map((blank) => secretRule(blank))).toEqual(
      Array(5).fill('The secret is blank'),
    )
    expect(
      [`${secret}\n`, `${secret}\r\n`, ` ${secret}`, `${secret} `].map((text) => secretRule(text)),
    ).toEqual(Array(4).fill('The secret has blanks or a line break at one end'))
    expect(
      [
        'short',
        'whsec_',
        'whpk_',
        secret.slice(0, 7),
        `${secret}\0`,
        `${secret}\u00e9`,
        'x'.repeat(501),
      ].filter((text) => secretRule(text) === null),
    ).toEqual([])
  })
})

describe.each(presented)('the secret itself by $name', ({ signing, right }) => {
  const { secret } = signing
  const show = shown[signing.name] ?? authorized

  test('that is cut at any length is refused', async () => {
    const cut = Array.from(secret, (_, length) => show(secret.slice(0, length)))

    expect(await accepted(signing, right, cut)).toEqual([])
  })

  test('with any bit flipped is refused', async () => {
    const flipped = flips(utf8(secret)).map((bytes) => show(String.fromCharCode(...bytes)))

    expect(flipped).toHaveLength(secret.length * 8)
    expect(await accepted(signing, right, flipped)).toEqual([])
  })

  test('is hashed once, however long it is, and each secret in use once', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest')
    const secrets = [signing.other, signing.other, signing.other]

    expect(await judge(signing, right, { ...show('x'.repeat(100_000)), secrets })).toBe('unfit')
    expect(digest).toHaveBeenCalledTimes(4)
    vi.restoreAllMocks()
  })

  test('needs sixteen characters', () => {
    const { secretRule } = schemeOf(signing)

    expect(secretRule(secret)).toBeNull()
    expect(secretRule('x'.repeat(16))).toBeNull()
    expect(secretRule('x'.repeat(15))).toBe('Expected at least 16 characters: it is sent as it is')
    expect(['', ' '.repeat(20), '\n'].map((blank) => secretRule(blank))).toEqual(
      Array(3).fill('The secret is blank'),
    )
    expect([`${secret}\n`, ` ${secret}`].map((text) => secretRule(text))).toEqual(
      Array(2).fill('The secret has blanks or a line break at one end'),
    )
  })
})

describe.each(rights.filter(({ name }) => name.startsWith('hubspot')))(
  'where a proxy passes on another URL, $name',
  ({ signing, right }) => {
    const told = { ...signing, config: { ...signing.config, url: defaultUrl } }
    const inner = 'http://inner.test:8787/h/1'
    const query = '?b=2&a=1'
    const free = signing.name.endsWith('v1')

    test.each([
      ['with the query', `${inner}${query}`, 'accepted'],
      ['without the query', inner, free ? 'accepted' : 'unfit'],
      ['with another query', `${inner}${query}&c=3`, free ? 'accepted' : 'unfit'],
      ['with the query in another order', `${inner}?a=1&b=2`, free ? 'accepted' : 'unfit'],
    ])('is of the one that HubSpot was told, %s', async (_, inbound, outcome) => {
      expect(await judge(told, right, { headers: right.headers, url: inbound })).toBe(outcome)
    })

    test('is of no URL that a header tells', async () => {
      const headers = {
        ...right.headers,
        host: 'tidemark.test',
        forwarded: 'host=tidemark.test;proto=https',
        'x-forwarded-host': 'tidemark.test',
        'x-forwarded-proto': 'https',
        'x-forwarded-uri': '/hooks/source?b=2&a=1',
      }

      expect(await judge(signing, right, { headers, url: `${inner}${query}` })).toBe(
        free ? 'accepted' : 'unfit',
      )
    })
  },
)

test.each(['v1', 'v2'])('a signature of HubSpot %s needs its version', async (version) => {
  const { signing, right } = rights.find(({ name }) => name === `hubspot ${version}`) ?? {}
  if (signing === undefined || right === undefined) throw new Error('No such scheme')
  const versions = ['v0', 'v3', 'V1', 'V2', '1', `${version}, ${version}`, `${version},v3`]
  const outcomes = versions.map((one) =>
    judge(signing, right, { headers: { ...right.headers, 'x-hubspot-signature-version': one } }),
  )

  expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['unreadable']))
})

test('every vendor has a way to sign, and every way a vendor', () => {
  const signed = new Set(schemes.flatMap(({ vendors }) => vendors))

  expect([...signed].toSorted()).toEqual(sources.map(({ vendor }) => vendor).toSorted())
})
