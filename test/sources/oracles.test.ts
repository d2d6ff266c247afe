import { nodeAdapterInitialized } from '@shopify/shopify-api/adapters/node'
import { Signature } from '@hubspot/api-client'
import * as octokit from '@octokit/webhooks-methods'
import { Environment, Paddle } from '@paddle/paddle-node-sdk'
import { ApiVersion, shopifyApi } from '@shopify/shopify-api'
import * as fc from 'fast-check'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Stripe } from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import { describe, expect, test } from 'vitest'
import { parseHex, utf8 } from '../../src/bytes.ts'
import { type Inbound, type Scheme, headerOf, hmacScheme } from '../../src/scheme.ts'
import { sources } from '../../src/sources/index.ts'
import { type Signing, defaultUrl, schemes } from './signing.ts'

// The vendors’ own libraries against this program, on bodies that nobody thought of: what they sign is
// accepted and what was changed is not, and they accept what `signing.ts` signs.

type Headers = Readonly<Record<string, string>>

interface Library {
  readonly name: string
  readonly scheme: Scheme
  readonly secret: string
  readonly other: string
  /** Signs as the library does; where it can only verify, as `signing.ts` does. */
  readonly sign: (body: string, secret: string) => Promise<Headers>
  /** Whether the library takes a request for its vendor’s. */
  readonly verify: (body: string, headers: Headers, secret: string) => Promise<boolean>
  /** Signs as `signing.ts` does, to be verified by the library. */
  readonly own: (body: string, secret: string) => Promise<Headers>
}

/** The libraries read the clock themselves, and Paddle’s takes nothing older than five seconds. */
const clock = () => Math.floor(Date.now() / 1000) * 1000

const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'

function signingOf(name: string): Signing {
  const found = schemes.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No scheme ${name}`)
  return found
}

function schemeOf({ vendors, config }: Signing): Scheme {
  const source = sources.find(({ vendor }) => vendor === vendors[0])
  if (source === undefined) throw new Error(`No vendor ${vendors[0]}`)
  return source.scheme(config)
}

function own(name: string): Pick<Library, 'scheme' | 'secret' | 'other' | 'own'> {
  const signing = signingOf(name)
  return {
    scheme: schemeOf(signing),
    secret: signing.secret,
    other: signing.other,
    own: async (body, secret) =>
      (await signing.sign(utf8(body), { secret, now: clock(), id })).headers,
  }
}

/** Whether something is said without an error. */
async function passes(ask: () => unknown): Promise<boolean> {
  try {
    return (await ask()) !== false
  } catch {
    return false
  }
}

function standard(
  name: string,
  family: 'webhook' | 'svix',
  Webhook: typeof StandardWebhook | typeof SvixWebhook,
): Library {
  return {
    name,
    ...own(family === 'svix' ? 'svix v1' : 'standard v1'),
    async sign(body, secret) {
      const now = clock()
      return {
        [`${family}-id`]: id,
        [`${family}-timestamp`]: String(now / 1000),
        [`${family}-signature`]: new Webhook(secret).sign(id, new Date(now), body),
      }
    },
    verify: (body, headers, secret) =>
      passes(() => {
        new Webhook(secret).verify(body, { ...headers }, { jsonParse: false })
      }),
  }
}

const stripe = new Stripe('sk_test_none')

const paddle = new Paddle('none', { environment: Environment.sandbox })

// Shopify’s has to be told what it runs on.
if (!nodeAdapterInitialized) throw new Error('No adapter')

const shopify = (secret: string) =>
  shopifyApi({
    apiSecretKey: secret,
    apiKey: 'none',
    apiVersion: ApiVersion.January26,
    hostName: 'tidemark.test',
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  })

const github = hmacScheme({
  label: 'GitHub',
  claim(inbound) {
    const [, digits = ''] =
      /^sha256=(.*)$/.exec(headerOf(inbound, 'x-hub-signature-256') ?? '') ?? []
    const signature = parseHex(digits)
    return signature === null ? 'No signature' : { signatures: [signature], message: inbound.body }
  },
})

const signGithub = async (body: string, secret: string): Promise<Headers> => ({
  'x-hub-signature-256': await octokit.sign(secret, body),
})

function hubspot(version: 'v1' | 'v2' | 'v3'): Library {
  const optionsOf = (requestBody: string, clientSecret: string, timestamp: number) => ({
    clientSecret,
    requestBody,
    url: defaultUrl,
    timestamp,
    method: 'POST',
    signatureVersion: version,
  })
  const header = version === 'v3' ? 'x-hubspot-signature-v3' : 'x-hubspot-signature'
  return {
    name: `@hubspot/api-client, ${version}`,
    ...own(`hubspot ${version}`),
    async sign(body, secret) {
      const now = clock()
      const options = { ...optionsOf(body, secret, now), signature: '' }
      return {
        [header]: Signature.getSignature('POST', version, options),
        'x-hubspot-signature-version': version,
        'x-hubspot-request-timestamp': String(now),
      }
    },
    verify: (body, headers, secret) =>
      passes(() =>
        Signature.isValid({
          ...optionsOf(body, secret, Number(headers['x-hubspot-request-timestamp'] ?? clock())),
          signature: headers[header] ?? '',
        }),
      ),
  }
}

const libraries: readonly Library[] = [
  standard('standardwebhooks', 'webhook', StandardWebhook),
  standard('svix', 'svix', SvixWebhook),
  {
    name: 'stripe',
    ...own('stripe'),
    sign: async (payload, secret) => ({
      'stripe-signature': stripe.webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: clock() / 1000,
      }),
    }),
    verify: (body, headers, secret) =>
      passes(() =>
        stripe.webhooks.signature?.verifyHeader(
          body,
          headers['stripe-signature'] ?? '',
          secret,
          300,
        ),
      ),
  },
  {
    name: '@octokit/webhooks-methods',
    scheme: github,
    secret: 'It’s a secret',
    other: 'It’s another secret',
    sign: signGithub,
    own: signGithub,
    verify: (body, headers, secret) =>
      passes(() => octokit.verify(secret, body, headers['x-hub-signature-256'] ?? '')),
  },
  hubspot('v1'),
  hubspot('v2'),
  hubspot('v3'),
  {
    name: '@paddle/paddle-node-sdk',
    ...own('paddle'),
    sign: own('paddle').own,
    verify: (body, headers, secret) =>
      passes(() =>
        paddle.webhooks.isSignatureValid(body, secret, headers['paddle-signature'] ?? ''),
      ),
  },
  {
    name: '@shopify/shopify-api',
    ...own('shopify'),
    sign: own('shopify').own,
    async verify(rawBody, headers, secret) {
      const rawRequest = {
        method: 'POST',
        url: '/hooks/source',
        headers: {
          ...headers,
          'x-shopify-topic': 'orders/create',
          'x-shopify-shop-domain': 'shop.example.com',
          'x-shopify-api-version': '2026-01',
          'x-shopify-webhook-id': id,
        },
      }
      const { valid } = await shopify(secret).webhooks.validate({
        rawBody,
        rawRequest,
        rawResponse: {},
      })
      return valid
    },
  },
]

async function accepted(
  { scheme }: Pick<Library, 'scheme'>,
  body: string,
  headers: Headers,
  secret: string,
  at = clock(),
): Promise<boolean> {
  const inbound: Inbound = {
    method: 'POST',
    url: defaultUrl,
    token: null,
    headers: new Map(Object.entries(headers)),
    body: utf8(body),
  }
  return (await scheme.verify(inbound, [secret], at)).ok
}

/** JSON as vendors write it, and texts that are none. The libraries take no empty bodies. */
const bodies = fc.oneof(fc.json(), fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }))

/** A change of a body that leaves it another one. */
const changes = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  how: fc.constantFrom('add', 'drop', 'replace', 'double'),
  by: fc.constantFrom(' ', '\n', '\0', 'x', '\ufeff', '\u0301', '{'),
})

function changed(body: string, { at, how, by }: { at: number; how: string; by: string }): string {
  const letters = [...body]
  const place = Math.floor(at * letters.length)
  const put = how === 'replace' || how === 'drop' ? 1 : 0
  const letter = {
    add: by,
    drop: '',
    replace: letters[place] === by ? 'y' : by,
    double: letters[place],
  }[how]
  return letters
    .toSpliced(place, put, ...(letter === undefined || letter === '' ? [] : [letter]))
    .join('')
}

const runs = { numRuns: 120, seed: 20_261_122 }

describe.each(libraries)('$name', (library) => {
  const { secret, other } = library

  test('signs what is accepted, whatever the body', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        count++
        const headers = await library.sign(body, secret)
        expect(await accepted(library, body, headers, secret)).toBe(true)
      }),
      runs,
    )
    expect(count).toBeGreaterThanOrEqual(100)
  })

  test('signs nothing that fits another body or another secret', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(bodies, changes, async (body, change) => {
        const forged = changed(body, change)
        fc.pre(forged !== body)
        count++
        const headers = await library.sign(body, secret)
        expect(await accepted(library, forged, headers, secret)).toBe(false)
        expect(await accepted(library, body, headers, other)).toBe(false)
        expect(await library.verify(forged, headers, secret)).toBe(false)
      }),
      runs,
    )
    expect(count).toBeGreaterThanOrEqual(100)
  })

  test('accepts what is signed here, and that only', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        count++
        const headers = await library.own(body, secret)
        expect(await library.verify(body, headers, secret)).toBe(true)
        expect(await library.verify(body, headers, other)).toBe(false)
      }),
      runs,
    )
    expect(count).toBeGreaterThanOrEqual(100)
  })

  test('agrees that a signature with a letter changed is none', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(bodies, fc.nat(30), async (body, at) => {
        const headers = await library.sign(body, secret)
        const name =
          Object.keys(headers).find((key) => /signature(?:-v3|-256)?$|sha256$/.test(key)) ?? ''
        const value = headers[name] ?? ''
        const place = value.length - 5 - at
        const letter = value[place] === 'a' ? 'b' : 'a'
        const forged = {
          ...headers,
          [name]: value.slice(0, place) + letter + value.slice(place + 1),
        }
        count++
        expect(await accepted(library, body, forged, secret)).toBe(false)
        expect(await library.verify(body, forged, secret)).toBe(false)
      }),
      runs,
    )
    expect(count).toBeGreaterThanOrEqual(100)
  })
})

// Where a library is known to be wrong, or to be stricter, the rule here is its own.

const body = '{"foo":"bar"}'
const minutes = 60_000

function libraryOf(name: string): Library {
  const found = libraries.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No library ${name}`)
  return found
}

/** What is signed here at another time, with other headers. */
async function signedAt(
  name: string,
  now: number,
  change: (headers: Headers) => Headers = (one) => one,
) {
  const signing = signingOf(name)
  const { headers } = await signing.sign(utf8(body), { secret: signing.secret, now, id })
  return change(headers)
}

const member = (headers: Headers, name: string, change: (value: string) => string): Headers => ({
  ...headers,
  [name]: change(headers[name] ?? ''),
})

test.each([
  [
    'a time with letters after it, which standardwebhooks reads as far as it goes',
    'standardwebhooks',
    () =>
      signedAt('standard v1', clock(), (all) =>
        member(all, 'webhook-timestamp', (stamp) => `${stamp}abc`),
      ),
    { library: true, here: false },
  ],
  [
    'a time far ahead, which stripe does not look at',
    'stripe',
    () => signedAt('stripe', clock() + 60 * minutes),
    { library: true, here: false },
  ],
  [
    'a time far ahead, which HubSpot’s does not look at',
    '@hubspot/api-client, v3',
    () => signedAt('hubspot v3', clock() + 60 * minutes),
    { library: true, here: false },
  ],
  [
    'a time a minute ago, for which Paddle’s is too strict to bear a queue',
    '@paddle/paddle-node-sdk',
    () => signedAt('paddle', clock() - minutes),
    { library: false, here: true },
  ],
  [
    'a right signature before another, of which Paddle’s takes the last only',
    '@paddle/paddle-node-sdk',
    () =>
      signedAt('paddle', clock(), (all) =>
        member(all, 'paddle-signature', (value) => `${value};h1=${'0'.repeat(64)}`),
      ),
    { library: false, here: true },
  ],
])('of %s', async (_, name, sign, expected) => {
  const library = libraryOf(name)
  const headers = await sign()

  expect({
    library: await library.verify(body, headers, library.secret),
    here: await accepted(library, body, headers, library.secret),
  }).toEqual(expected)
})

test('a time that is no number passes HubSpot’s library and is refused here', async () => {
  const { scheme, secret } = libraryOf('@hubspot/api-client, v3')
  const options = { clientSecret: secret, requestBody: body, url: defaultUrl, method: 'POST' }
  // Such as it arrives in a header: the types of the library do not know that it is a text.
  const timestamp = 'hello' as unknown as number
  const signature = Signature.getSignature('POST', 'v3', { ...options, signature: '', timestamp })
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': 'hello' }

  expect(Signature.isValid({ ...options, signatureVersion: 'v3', signature, timestamp })).toBe(true)
  expect(await accepted({ scheme }, body, headers, secret)).toBe(false)
})

test('stripe takes any time where its tolerance is 0; there is no such switch here', async () => {
  const { scheme, secret } = libraryOf('stripe')
  const headers = await signedAt('stripe', clock() - 60 * minutes)
  const header = headers['stripe-signature'] ?? ''

  expect(stripe.webhooks.signature?.verifyHeader(body, header, secret, 0)).toBe(true)
  expect(await accepted({ scheme }, body, headers, secret)).toBe(false)
})

test.each([
  [-301, false],
  [-300, true],
  [300, true],
  [301, false],
])('%i seconds after its time a signature of standardwebhooks fits: %s', async (after, fits) => {
  const { scheme, secret } = libraryOf('standardwebhooks')
  const now = clock()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(now / 1000),
    'webhook-signature': new StandardWebhook(secret).sign(id, new Date(now), body),
  }

  expect(await accepted({ scheme }, body, headers, secret, now + after * 1000)).toBe(fits)
})
