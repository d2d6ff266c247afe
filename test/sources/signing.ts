import { base64, hex, joined, parseBase64, utf8 } from '../../src/bytes.ts'
import { type Hash, hmac, sha256 } from '../../src/sign.ts'

// The senders' half of every scheme, by nothing but Web Crypto: it runs in Node and in workerd.

type Bytes = Uint8Array<ArrayBuffer>

/** What a sender puts into a request besides the body. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>
  /** What follows the source's id in the path. */
  readonly token: string | null
}

/** How a request is to be signed. */
export interface Sending {
  readonly secret: string
  /** When, in milliseconds since 1970 UTC. */
  readonly now: number
  /** The whole URL, for the schemes that sign it. */
  readonly url?: string
  readonly method?: string
  /** The id of the message, for the schemes that sign one. */
  readonly id?: string
}

/** A way to show whose a request is, and secrets to show it with. */
export interface Signing {
  readonly name: string
  /** The vendors that sign so, as the API names them. */
  readonly vendors: readonly [string, ...string[]]
  /** What a source has to be configured with. */
  readonly config: Readonly<Record<string, string>>
  /** A secret as its team gives it to the source. */
  readonly secret: string
  /** A secret of somebody else, as good. */
  readonly other: string
  readonly sign: (body: Bytes, sending: Sending) => Promise<Signed>
}

/** All that a signature may be made of. */
export interface Message {
  readonly secret: string
  readonly id: string
  readonly stamp: string
  readonly method: string
  readonly url: string
  readonly body: Bytes
}

/** A way to sign, taken apart, so that each part can be forged. */
export interface DigestSigning extends Signing {
  readonly encoding: 'hex' | 'base64'
  /** How it writes a time; `null` where it signs none. */
  readonly stamp: 'seconds' | 'milliseconds' | 'iso' | null
  /** The name of the header that holds the signature. */
  readonly header: string
  /** What stands before the signature in it, such as `v1=`. */
  readonly prefix: string
  /** Whether one header may hold several signatures. */
  readonly several: boolean
  readonly digest: (message: Message) => Promise<Bytes>
  /** The headers with signatures that are written already. */
  readonly headers: (
    signatures: readonly string[],
    message: Message,
  ) => Readonly<Record<string, string>>
}

export const defaultUrl = 'https://tidemark.test/hooks/source'

/** Writes a time as a scheme does. */
export function stampOf(stamp: DigestSigning['stamp'], now: number): string {
  if (stamp === 'seconds') return String(Math.floor(now / 1000))
  if (stamp === 'milliseconds') return String(now)
  return stamp === 'iso' ? new Date(now).toISOString() : ''
}

/** Writes a digest as a scheme does. */
export function written({ encoding, prefix }: DigestSigning, digest: Bytes): string {
  return prefix + (encoding === 'hex' ? hex(digest) : base64(digest))
}

/** All that a signature is made of, where the sending says nothing else. */
export function messageOf({ stamp }: DigestSigning, body: Bytes, sending: Sending): Message {
  const {
    secret,
    now,
    url = defaultUrl,
    method = 'POST',
    id = 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  } = sending
  return { secret, id, stamp: stampOf(stamp, now), method, url, body }
}

function digestSigning(parts: Omit<DigestSigning, 'sign'>): DigestSigning {
  const signing: DigestSigning = {
    ...parts,
    async sign(body, sending) {
      const message = messageOf(signing, body, sending)
      const signature = written(signing, await signing.digest(message))
      return { headers: signing.headers([signature], message), token: null }
    },
  }
  return signing
}

const shared = {
  config: {},
  secret: 'Zm9yIHRlc3RzIG9ubHk-right',
  other: 'Zm9yIHRlc3RzIG9ubHk-wrong',
  stamp: null,
  prefix: '',
  several: false,
} as const

/** A digest keyed with the secret's own characters. */
const keyed =
  (hash: Hash, told: (message: Message) => Bytes) =>
  (message: Message): Promise<Bytes> =>
    hmac(hash, utf8(message.secret), told(message))

const bodyOf = ({ body }: Message) => body

/** The digest of the body alone, in a header of its own. */
function bare(
  vendor: string,
  header: string,
  { hash = 'SHA-256' as Hash, encoding = 'hex' as 'hex' | 'base64', prefix = '' },
): DigestSigning {
  return digestSigning({
    ...shared,
    name: vendor,
    vendors: [vendor],
    encoding,
    header,
    prefix,
    digest: keyed(hash, bodyOf),
    headers: (signatures) => ({ [header]: signatures.join(', ') }),
  })
}

/** A time and signatures in one header. */
function timed(
  vendor: string,
  header: string,
  { separator = ',', time = 't', prefix = 'v1=', joint = '.', start = '' } = {},
): DigestSigning {
  return digestSigning({
    ...shared,
    name: vendor,
    vendors: [vendor],
    secret: start + shared.secret,
    other: start + shared.other,
    encoding: 'hex',
    stamp: 'seconds',
    header,
    prefix,
    several: true,
    digest: keyed('SHA-256', ({ stamp, body }) => joined(utf8(stamp + joint), body)),
    headers: (signatures, { stamp }) => ({
      [header]: [`${time}=${stamp}`, ...signatures].join(separator),
    }),
  })
}

const standardMessage = ({ id, stamp, body }: Message) => joined(utf8(`${id}.${stamp}.`), body)

/** Standard Webhooks, under either names of its headers, signed with a shared key or with a pair. */
function standard(
  name: string,
  family: 'webhook' | 'svix',
  more: Pick<DigestSigning, 'vendors' | 'secret' | 'other' | 'prefix' | 'digest'>,
): DigestSigning {
  return digestSigning({
    ...shared,
    ...more,
    name,
    encoding: 'base64',
    stamp: 'seconds',
    header: `${family}-signature`,
    several: true,
    headers: (signatures, { id, stamp }) => ({
      [`${family}-id`]: id,
      [`${family}-timestamp`]: stamp,
      [`${family}-signature`]: signatures.join(' '),
    }),
  })
}

const symmetric = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  other: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  prefix: 'v1,',
  digest: (message: Message) =>
    hmac('SHA-256', bytesOf(message.secret.slice('whsec_'.length)), standardMessage(message)),
}

/** The private halves of key pairs by the public ones, which is all that a receiver has. */
const seeds: ReadonlyMap<string, string> = new Map([
  // svix/svix-webhooks at 4fc0cfb8, worker.rs
  [
    'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
    '6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=',
  ],
  // RFC 8032 section 7.1, test 1
  [
    'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=',
  ],
])

const asymmetric = {
  secret: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
  other: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  prefix: 'v1a,',
  async digest(message: Message) {
    const seed = bytesOf(seeds.get(message.secret) ?? '')
    // RFC 8410 section 7: what stands before the 32 bytes of a private key.
    const wrapped = joined(bytesOf('MC4CAQAwBQYDK2VwBCIEIA=='), seed)
    const key = await crypto.subtle.importKey('pkcs8', wrapped, { name: 'Ed25519' }, false, [
      'sign',
    ])
    return new Uint8Array(
      await crypto.subtle.sign({ name: 'Ed25519' }, key, standardMessage(message)),
    )
  },
}

function bytesOf(text: string): Bytes {
  const bytes = parseBase64(text)
  if (bytes === null) throw new Error('No base64')
  return bytes
}

const hubspot = {
  ...shared,
  vendors: ['hubspot'],
  secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
  other: 'zzzzzzzz-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
} as const

function plainHubspot(version: 'v1' | 'v2'): DigestSigning {
  return digestSigning({
    ...hubspot,
    name: `hubspot ${version}`,
    config: { signature: version },
    encoding: 'hex',
    header: 'x-hubspot-signature',
    async digest({ secret, method, url, body }) {
      const told = version === 'v1' ? secret : secret + method + url
      return fromHex(await sha256(joined(utf8(told), body)))
    },
    headers: (signatures) => ({
      'x-hubspot-signature': signatures.join(', '),
      'x-hubspot-signature-version': version,
    }),
  })
}

function fromHex(digits: string): Bytes {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Every way to sign that is understood. */
export const digestSignings: readonly DigestSigning[] = [
  standard('standard v1', 'webhook', { ...symmetric, vendors: ['standard', 'formbricks'] }),
  standard('standard v1a', 'webhook', { ...asymmetric, vendors: ['standard', 'formbricks'] }),
  standard('svix v1', 'svix', { ...symmetric, vendors: ['standard'] }),
  standard('svix v1a', 'svix', { ...asymmetric, vendors: ['standard'] }),
  timed('stripe', 'stripe-signature', { start: 'whsec_' }),
  timed('calendly', 'calendly-webhook-signature'),
  timed('paddle', 'paddle-signature', { separator: ';', time: 'ts', prefix: 'h1=', joint: ':' }),
  digestSigning({
    ...hubspot,
    name: 'hubspot v3',
    encoding: 'base64',
    stamp: 'milliseconds',
    header: 'x-hubspot-signature-v3',
    digest: keyed('SHA-256', ({ method, url, body, stamp }) =>
      joined(utf8(method + url), body, utf8(stamp)),
    ),
    headers: (signatures, { stamp }) => ({
      'x-hubspot-signature-v3': signatures.join(', '),
      'x-hubspot-request-timestamp': stamp,
    }),
  }),
  plainHubspot('v2'),
  plainHubspot('v1'),
  digestSigning({
    ...shared,
    name: 'zendesk',
    vendors: ['zendesk'],
    encoding: 'base64',
    stamp: 'iso',
    header: 'x-zendesk-webhook-signature',
    digest: keyed('SHA-256', ({ stamp, body }) => joined(utf8(stamp), body)),
    headers: (signatures, { stamp }) => ({
      'x-zendesk-webhook-signature': signatures.join(', '),
      'x-zendesk-webhook-signature-timestamp': stamp,
    }),
  }),
  bare('typeform', 'typeform-signature', { encoding: 'base64', prefix: 'sha256=' }),
  bare('shopify', 'x-shopify-hmac-sha256', { encoding: 'base64' }),
  bare('survicate', 'hmac', {}),
  bare('intercom', 'x-hub-signature', { hash: 'SHA-1', prefix: 'sha1=' }),
  bare('segment', 'x-signature', { hash: 'SHA-1' }),
]

const credentials = {
  config: {},
  vendors: ['chargebee', 'delighted', 'pipedrive', 'salesforce', 'satismeter'],
  secret: 'team:pass:word-with-colons',
  other: 'team:pass:word-of-somebody-else',
} as const

/** Every way to send the secret itself. */
export const credentialSignings: readonly Signing[] = [
  {
    ...credentials,
    name: 'basic',
    sign: async (_, { secret }) => ({
      headers: { authorization: `Basic ${base64(utf8(secret))}` },
      token: null,
    }),
  },
  {
    ...credentials,
    name: 'bearer',
    sign: async (_, { secret }) => ({
      headers: { authorization: `Bearer ${secret}` },
      token: null,
    }),
  },
  {
    ...credentials,
    name: 'path token',
    secret: 'a-token-of-the-path-that-is-right',
    other: 'a-token-of-the-path-that-is-wrong',
    sign: async (_, { secret }) => ({ headers: {}, token: secret }),
  },
]

/** Every scheme in use, by which deliveries of every vendor can be signed. */
export const schemes: readonly Signing[] = [...digestSignings, ...credentialSignings]

/** The first way in which a vendor shows that a request is its own. */
export function signingOf(vendor: string): Signing {
  const found = schemes.find(({ vendors }) => vendors.includes(vendor))
  if (found === undefined) throw new Error(`No way to sign for ${vendor}`)
  return found
}
