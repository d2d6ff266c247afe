import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { sources } from '../../src/sources/index.ts'
import { type Client, call, newWorkspace } from './client.ts'
import { newSource } from './hooks.ts'

const good = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

interface Refusal {
  readonly status: number
  readonly detail: string
  readonly errors: { path: string; message: string }[]
}

const body = (more: Record<string, unknown> = {}) => ({
  vendor: 'shopify',
  name: 'Shop',
  secrets: [good],
  ...more,
})

async function countSources(workspace: string): Promise<unknown> {
  const found = await env.DB.prepare('SELECT count(*) AS n FROM source WHERE workspace = ?')
    .bind(workspace)
    .first<{ n: number }>()
  return found?.n
}

/** What is said of a source that is not made. */
async function refusal(client: Client, given: unknown): Promise<Refusal> {
  const answer = await client.post('/v1/sources', given)
  expect(answer.status).toBe(422)
  expect(await countSources(client.workspace)).toBe(0)
  return answer.json<Refusal>()
}

const bad: [what: string, secret: string][] = [
  ['is empty', ''],
  ['is blank', '   '],
  ['is a tab', '\t'],
  ['is short', 'Zq3!xW7'],
  ['ends with a line break', `${good}\n`],
  ['begins with a blank', ` ${good}`],
  ['holds a line break', 'Zq3xW7Zq3xW7\nZq3xW7Zq3xW7'],
  ['is not ASCII', 'пароль-пароль-пароль-пароль'],
  ['is long', 'Zq3xW7Kp'.repeat(63)],
]

describe.each(sources)('a source of $vendor', ({ vendor, scheme }) => {
  test.each(bad)(
    'is refused a secret that %s, with the rule and without the secret',
    async (_, secret) => {
      const client = await newWorkspace()

      const first = await refusal(client, body({ vendor, secrets: [secret] }))
      const second = await refusal(client, body({ vendor, secrets: [good, secret] }))

      const message = scheme({}).secretRule(secret)
      expect(message).toMatch(/^(The secret|Expected) /)
      expect(first.errors).toEqual([{ path: 'secrets.0', message }])
      expect(second.errors).toEqual([{ path: 'secrets.1', message }])
      expect(first.detail).toBe(`The body breaks a rule: secrets.0: ${message}`)
      expect(JSON.stringify([first, second])).not.toMatch(/Zq3|пароль|whsec_Mf/)
    },
  )

  test('is refused a setting that the vendor does not have', async () => {
    const client = await newWorkspace()

    const { errors } = await refusal(client, body({ vendor, config: { color: 'red', 'a.b': 1 } }))

    expect(errors).toEqual([{ path: 'config.color', message: 'Unknown field' }])
  })
})

test.each([
  ['shopify', '', 'The secret is blank'],
  ['shopify', '       ', 'The secret is blank'],
  ['shopify', `${good}\n`, 'The secret has blanks or a line break at one end'],
  ['shopify', 'Zq3!xW7', 'Expected a secret of 8 to 500 characters'],
  ['shopify', 'Zq3xW7Kp'.repeat(63), 'Expected a secret of 8 to 500 characters'],
  ['shopify', 'Zq3xW7\nZq3xW7', 'Expected printable ASCII characters only'],
  ['pipedrive', 'Zq3xW7:Zq3xW7', 'Expected at least 16 characters: it is sent as it is'],
  ['standard', 'whsec_Zq3xW7', 'Expected the base64 of 24 to 64 bytes after whsec_'],
])('the rule of %s for %j is: %s', async (vendor, secret, message) => {
  const client = await newWorkspace()

  const { errors } = await refusal(client, body({ vendor, secrets: [secret] }))

  expect(errors).toEqual([{ path: 'secrets.0', message }])
})

test.each([
  ['no secrets at all', { secrets: undefined }, 'secrets', 'The field is missing'],
  ['null for secrets', { secrets: null }, 'secrets', 'Expected a list of secrets'],
  ['a text for secrets', { secrets: good }, 'secrets', 'Expected a list of secrets'],
  [
    'an empty list of secrets',
    { secrets: [] },
    'secrets',
    'Expected a secret: without one nothing can be verified',
  ],
  ['a number for a secret', { secrets: [12_345_678] }, 'secrets.0', 'Expected a text'],
  ['null for a secret', { secrets: [good, null] }, 'secrets.1', 'Expected a text'],
  [
    'six secrets',
    { secrets: ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => `${one}-secret`) },
    'secrets',
    'Expected at most 5 secrets',
  ],
  [
    'a secret twice',
    { secrets: [good, 'another-secret', good] },
    'secrets',
    'A secret occurs twice',
  ],
  [
    'an unknown vendor',
    { vendor: 'nobody' },
    'vendor',
    `Expected one of ${sources.map(({ vendor }) => vendor).join(', ')}`,
  ],
  ['no vendor', { vendor: undefined }, 'vendor', 'The field is missing'],
  ['a blank name', { name: ' ' }, 'name', 'Expected a text that is not blank'],
  ['no name', { name: undefined }, 'name', 'The field is missing'],
  ['a list for the configuration', { config: [] }, 'config', 'Expected an object'],
  ['null for the configuration', { config: null }, 'config', 'Expected an object'],
  ['a field too many', { color: 'red' }, 'color', 'Unknown field'],
  ['an id of its own', { id: 'mine' }, 'id', 'Unknown field'],
])('a source with %s is refused', async (_, more, path, message) => {
  const client = await newWorkspace()

  const { errors } = await refusal(client, body(more))

  expect(errors).toEqual([{ path, message }])
})

const days = 'Expected a whole number of days from 1 to 3650'

test.each([0, 3_651, 1.5, -1, '30', null])('a retention of %j is refused', async (retention) => {
  const client = await newWorkspace()

  const { errors } = await refusal(client, body({ retention }))

  expect(errors).toEqual([{ path: 'retention', message: days }])
})

test.each([1, 3_650])('a retention of %i days is taken', async (retention) => {
  const client = await newWorkspace()

  const answer = await client.post('/v1/sources', body({ retention }))

  expect(await answer.json()).toMatchObject({ retention })
})

const change = (client: Client, method: string, path: string, given: unknown) =>
  call(`/v1/sources/${path}`, {
    method,
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(given),
  })

test.each([
  ['nothing', {}, '', 'Expected at least one of name, config, retention'],
  ['a blank name', { name: '' }, 'name', 'Expected a text that is not blank'],
  ['null for a name', { name: null }, 'name', 'Expected a text'],
  ['no days', { retention: 0 }, 'retention', days],
  ['too many days', { retention: 3_651 }, 'retention', days],
  ['half a day', { retention: 1.5 }, 'retention', days],
  ['an unknown setting', { config: { color: 'red' } }, 'config.color', 'Unknown field'],
  ['a list for the configuration', { config: [] }, 'config', 'Expected an object'],
  ['another vendor', { vendor: 'stripe' }, 'vendor', 'Unknown field'],
  ['other secrets', { secrets: ['other-secret'] }, 'secrets', 'Unknown field'],
])('a change to %s is refused and changes nothing', async (_, given, path, message) => {
  const client = await newWorkspace()
  const source = await newSource(client, 'shopify', { secrets: [good] })

  const answer = await change(client, 'PATCH', source.id, given)
  const after = await (await client.get(`/v1/sources/${source.id}`)).json()

  expect(answer.status).toBe(422)
  expect((await answer.json<Refusal>()).errors).toEqual([{ path, message }])
  expect(after).toMatchObject(source)
})

const hours = 'Expected a whole number of hours from 0 to 720'

test.each([
  ['no secret', {}, 'secret', 'The field is missing'],
  ['a number', { secret: 1 }, 'secret', 'Expected a text'],
  ['an empty secret', { secret: '' }, 'secret', 'The secret is blank'],
  [
    'a secret with a line break',
    { secret: 'Zq3xW7Kp\n' },
    'secret',
    'The secret has blanks or a line break at one end',
  ],
  ['a short secret', { secret: 'Zq3xW7K' }, 'secret', 'Expected a secret of 8 to 500 characters'],
  ['an overlap that is too long', { secret: 'Zq3xW7Kp', overlap: 721 }, 'overlap', hours],
  ['a negative overlap', { secret: 'Zq3xW7Kp', overlap: -1 }, 'overlap', hours],
  ['a fraction of an hour', { secret: 'Zq3xW7Kp', overlap: 0.5 }, 'overlap', hours],
  ['a text for an overlap', { secret: 'Zq3xW7Kp', overlap: '24' }, 'overlap', hours],
  ['a field too many', { secret: 'Zq3xW7Kp', expires: null }, 'expires', 'Unknown field'],
])(
  '%s is refused as another secret, and the old one stays as it is',
  async (_, given, path, message) => {
    const client = await newWorkspace()
    const source = await newSource(client, 'shopify', { secrets: [good] })

    const answer = await change(client, 'POST', `${source.id}/secrets`, given)
    const { errors } = await answer.clone().json<Refusal>()
    const after = await (await client.get(`/v1/sources/${source.id}`)).json()

    expect(answer.status).toBe(422)
    expect(errors).toEqual([{ path, message }])
    expect(await answer.text()).not.toContain('Zq3')
    expect(after).toMatchObject(source)
  },
)

test.each([
  ['GET', '?color=red'],
  ['GET', '?limit=0'],
  ['GET', '?limit=201'],
  ['GET', '/none?color=red'],
  ['DELETE', '/none?color=red'],
])('%s /v1/sources%s is refused', async (method, path) => {
  const client = await newWorkspace()

  const answer = await call(`/v1/sources${path}`, {
    method,
    headers: { authorization: `Bearer ${client.secret}` },
  })

  expect(answer.status).toBe(422)
})

test.each(['GET', 'PATCH', 'DELETE'])('%s of a source that nobody has is 404', async (method) => {
  const client = await newWorkspace()

  const answer = await call('/v1/sources/none', {
    method,
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    ...(method === 'PATCH' && { body: '{"name":"x"}' }),
  })

  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ detail: 'No source "none"' })
})
