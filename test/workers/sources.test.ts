import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { base64, base64url, hex, utf8 } from '../../src/bytes.ts'
import { hmac } from '../../src/sign.ts'
import { sources } from '../../src/sources/index.ts'
import {
  changeSource,
  createSource,
  readTakingSource,
  removeSource,
} from '../../src/store/sources.ts'
import worker from '../../workers/index.ts'
import { findOwner } from '../../workers/taking.ts'
import { counting } from '../store/counting.ts'
import { type Client, call, clientOf, countFacts, newSurvey, newWorkspace } from './client.ts'
import { type TeamSource, newSource, post, watchAll } from './hooks.ts'

const hour = 3_600_000

/** A secret that every scheme takes; what it stands for is a text that is easy to find. */
const secretOf = (name: string) => `whsec_${base64(utf8(`canary-of-${name}`.padEnd(32, '-')))}`

interface Shown extends TeamSource {
  readonly vendor: string
  readonly name: string
  readonly config: object
  readonly retention: number
  readonly created: string
  readonly secrets: { id: string; created: string; expires: string | null }[]
  readonly refused: { last: string; reason: string } | null
}

interface Refusal {
  readonly status: number
  readonly detail: string
  readonly errors?: { path: string; message: string }[]
}

const write = (client: Client, method: string, path: string, body?: unknown) =>
  call(path, {
    method,
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const patch = (client: Client, { id }: TeamSource, body: unknown) =>
  write(client, 'PATCH', `/v1/sources/${id}`, body)

const addSecret = (client: Client, { id }: TeamSource, body: unknown) =>
  client.post(`/v1/sources/${id}/secrets`, body)

const read = async (client: Client, { id }: TeamSource) =>
  (await client.get(`/v1/sources/${id}`)).json<Shown>()

const shop = (client: Client, secrets: readonly string[] = [secretOf('shop')]) =>
  newSource(client, 'shopify', { secrets })

const orderOf = (id: number) =>
  JSON.stringify({
    id,
    created_at: '2026-03-01T10:00:00Z',
    total_price: '12.50',
    currency: 'EUR',
    customer: { id: 77 },
  })

async function signed(body: string, secret: string): Promise<Record<string, string>> {
  const digest = await hmac('SHA-256', utf8(secret), utf8(body))
  return { 'x-shopify-hmac-sha256': base64(digest), 'x-shopify-topic': 'orders/create' }
}

/** An order as the shop sends it. */
async function order(source: TeamSource, id: number, secret: string): Promise<Response> {
  return post(source, orderOf(id), await signed(orderOf(id), secret))
}

/** The Worker with another environment, until all that it does later is done. */
async function onto(
  changed: Partial<Env>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(`https://tidemark.test${path}`, init)
  const answer = await worker.fetch(request, { ...env, ...changed }, context)
  await waitOnExecutionContext(context)
  return answer
}

describe.each(sources.map(({ vendor }) => vendor))('a source of %s', (vendor) => {
  test('is made with a secret of its scheme, which nobody is shown again', async () => {
    const client = await newWorkspace()

    const answer = await client.post('/v1/sources', {
      vendor,
      name: ' Ours ',
      secrets: [secretOf(vendor)],
    })
    const made = await answer.json<Shown>()

    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(made).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      url: `https://tidemark.test/hooks/${made.id}`,
      vendor,
      name: 'Ours',
      config: {},
      retention: 30,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      secrets: [{ id: expect.stringMatching(/^[\w-]{22}$/), created: made.created, expires: null }],
      refused: null,
    })
  })

  test('is shown with what it has sent: nothing yet', async () => {
    const client = await newWorkspace()
    const made = await newSource(client, vendor, { secrets: [secretOf(vendor)] })

    const one = await read(client, made)
    const list = await (await client.get('/v1/sources')).json<{ items: Shown[] }>()

    expect(one).toEqual({
      ...made,
      last: null,
      deliveries: { stored: 0, ignored: 0, quarantined: 0, conflict: 0, expired: 0 },
      counted: null,
      rhythm: { usualGapSeconds: null, gapSeconds: null, silent: false },
    })
    expect(list).toEqual({ items: [one], next: null })
  })
})

/** All that is in the database, bytes as text as well. */
async function dump(): Promise<string> {
  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const rows = await env.DB.batch(
    tables.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  )
  return JSON.stringify(
    rows.map(({ results }) => results),
    (_, value: unknown) =>
      Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')
        ? new TextDecoder('latin1').decode(Uint8Array.from(value))
        : value,
  )
}

/** How a secret would look if somebody had written it down. */
const formsOf = (secret: string) => {
  const bare = secret.replace('whsec_', '')
  return [
    bare,
    atob(bare),
    encodeURIComponent(bare),
    hex(utf8(secret)),
    base64(utf8(secret)),
    base64url(utf8(secret)),
  ]
}

test('no secret is in any answer or in clear in the database, nor what it is sealed as in any answer', async () => {
  const client = await newWorkspace()
  const secrets = sources.map(({ vendor }) => secretOf(vendor))
  const added = secretOf('added')
  const made = await Promise.all(
    sources.map(({ vendor }, at) =>
      client.post('/v1/sources', { vendor, name: vendor, secrets: [secrets[at]] }),
    ),
  )
  const shown = await Promise.all(made.map((one) => one.clone().json<Shown>()))
  const [first] = shown
  const byVendor = new Map(shown.map((one) => [one.vendor, one]))
  const shopify = byVendor.get('shopify')
  const delighted = byVendor.get('delighted')
  const pipedrive = byVendor.get('pipedrive')
  if (!first || !shopify || !delighted || !pipedrive) throw new Error('There are such vendors')

  const answers = [
    ...made,
    await client.get('/v1/sources'),
    ...(await Promise.all(shown.map(({ id }) => client.get(`/v1/sources/${id}`)))),
    await patch(client, first, { name: 'Other' }),
    await addSecret(client, first, { secret: added }),
    await addSecret(client, first, { secret: added }),
    await write(client, 'DELETE', `/v1/sources/${first.id}/secrets/${first.secrets[0]?.id}`),
    await order(shopify, 1, secretOf('shopify')),
    await post(shopify, orderOf(2), await signed(orderOf(2), 'another secret')),
    await call(`/hooks/${delighted.id}/${secretOf('delighted')}`, {
      method: 'POST',
      body: '{"event_type":"unsubscribe.created"}',
    }),
    await post(delighted, '{}', { authorization: `Bearer ${secretOf('delighted')}` }),
    await post(pipedrive, '{}', { authorization: `Basic ${btoa(secretOf('pipedrive'))}` }),
    await client.get('/v1/deliveries?state=quarantined'),
    await client.post('/v1/deliveries/replay', { state: 'quarantined' }),
    await call('/readyz', { headers: { authorization: 'Bearer test-admin-key' } }),
  ]
  const said = (await Promise.all(answers.map((one) => one.text()))).join('\n')
  const kept = await dump()
  const sealed = [...kept.matchAll(/\b1\.[A-Za-z0-9+/]{16}\.[A-Za-z0-9+/=]{40,}/g)].map(
    ([text]) => text,
  )
  const forms = [...secrets, added].flatMap(formsOf)

  expect(answers.map(({ status }) => status)).not.toContain(500)
  expect(sealed.length).toBeGreaterThanOrEqual(sources.length + 1)
  expect(kept.includes('unsubscribe.created')).toBe(true)
  expect(forms.filter((form) => kept.includes(form))).toEqual([])
  expect([...forms, ...sealed].filter((text) => said.includes(text))).toEqual([])
})

test('the same secret is sealed differently every time', async () => {
  const client = await newWorkspace()
  const made = [await shop(client), await shop(client)]

  const kept = await Promise.all(made.map(({ id }) => readTakingSource(env.DB, id)))

  const [one, other] = kept.map((source) => source?.secrets[0]?.sealed)
  expect(one).toMatch(/^1\./)
  expect(one).not.toBe(other)
})

test('sources are listed by id, page by page, each once', async () => {
  const client = await newWorkspace()
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => shop(client)))

  const pages: { items: Shown[]; next: string | null }[] = []
  const links: (string | null)[] = []
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next ?? null) {
    const answer = await client.get(`/v1/sources?limit=2&cursor=${cursor}`)
    links.push(answer.headers.get('link'))
    pages.push(await answer.json())
  }

  const ids = made.map(({ id }) => id).sort()
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1])
  expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids)
  expect(links).toEqual([
    `</v1/sources?limit=2&cursor=${ids[1]}>; rel="next"`,
    `</v1/sources?limit=2&cursor=${ids[3]}>; rel="next"`,
    null,
  ])
})

test.each([
  ['name', { name: 'Other' }],
  ['retention', { retention: 3_650 }],
  ['configuration', { config: { surveys: { nps: 'mine' } } }],
  ['all of them', { name: 'x', retention: 1, config: {} }],
])('a change of the %s changes that and nothing else', async (_, change) => {
  const client = await newWorkspace()
  const config = { properties: ['plan'] }
  const made = await newSource(client, 'delighted', { secrets: [secretOf('delighted')], config })

  const answer = await patch(client, made, change)

  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ ...made, ...change })
  expect(await read(client, made)).toMatchObject({ ...made, ...change })
})

const response = JSON.stringify({
  event_type: 'survey_response.created',
  event_data: { id: '5', score: 9, created_at: 1_772_323_200, survey_type: 'nps' },
})

test('a configuration counts for the next delivery, also where the source is remembered as it was', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const secret = secretOf('delighted')
  const source = await newSource(client, 'delighted', { secrets: [secret] })
  const authorization = `Bearer ${secret}`
  const before = await post(source, response.replace('"5"', '"4"'), { authorization })
  const elsewhere = await readTakingSource(env.DB, source.id)
  if (elsewhere === null) throw new Error('It was just made')
  await changeSource(env.DB, elsewhere, { config: { surveys: { nps: survey } } })

  const after = await post(source, response, { authorization })

  expect(await before.json()).toMatchObject({ state: 'quarantined' })
  expect(await after.json()).toMatchObject({ state: 'stored' })
  expect(await countFacts(client.workspace)).toBe(1)
})

const statuses = (answers: readonly Response[]) =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other)

/** A database whose changes of sources wait until so many are about to be made. */
function together(db: D1Database, many: number): D1Database {
  let arrived = 0
  let release = () => {}
  const all = new Promise<void>((resolve) => {
    release = resolve
  })
  const waiting = (statement: D1PreparedStatement): D1PreparedStatement =>
    Object.create(statement, {
      bind: { value: (...values: unknown[]) => waiting(statement.bind(...values)) },
      run: {
        async value() {
          if (++arrived >= many) release()
          await all
          return statement.run()
        },
      },
    })
  return Object.create(db, {
    prepare: {
      value: (sql: string) =>
        sql.startsWith('update "source"') ? waiting(db.prepare(sql)) : db.prepare(sql),
    },
  })
}

const asJson = (client: Client, method: string, body: unknown): RequestInit => ({
  method,
  headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

test('of changes at the same time one is made, and the others are told so', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const DB = together(env.DB, 3)
  const changes = [{ name: 'One' }, { retention: 7 }, { name: 'Three', retention: 3 }]

  const answers = await Promise.all(
    changes.map((one) => onto({ DB }, `/v1/sources/${source.id}`, asJson(client, 'PATCH', one))),
  )
  const made = changes.filter((_, at) => answers[at]?.status === 200)

  expect(statuses(answers)).toEqual([200, 409, 409])
  expect(await read(client, source)).toMatchObject({ name: 'shopify', retention: 30, ...made[0] })
  expect(await answers.find(({ status }) => status === 409)?.json()).toMatchObject({
    type: 'urn:tidemark:problem:conflict',
    detail: 'Somebody else has changed the source meanwhile: try again',
  })
})

test('no secret is lost among those that are added at the same time', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const DB = together(env.DB, 2)
  const bodies = [{ secret: secretOf('one') }, { secret: secretOf('two') }]

  const answers = await Promise.all(
    bodies.map((body) =>
      onto({ DB }, `/v1/sources/${source.id}/secrets`, asJson(client, 'POST', body)),
    ),
  )
  const lost = bodies.filter((_, at) => answers[at]?.status === 409)
  const again = await addSecret(client, source, lost[0])
  const accepted = await Promise.all(bodies.map(({ secret }, at) => order(source, at + 1, secret)))

  expect(statuses(answers)).toEqual([201, 409])
  expect(again.status).toBe(201)
  expect((await read(client, source)).secrets.length).toBe(3)
  expect(accepted.map(({ status }) => status)).toEqual([200, 200])
})

test.each([0, 1, 24, 720])(
  'a secret that is followed by another ends %i hours later, and both are shown',
  async (overlap) => {
    const client = await newWorkspace()
    const source = await shop(client)

    const answer = await addSecret(client, source, { secret: secretOf('next'), overlap })
    const { secrets } = await answer.json<Shown>()

    expect(answer.status).toBe(201)
    expect(secrets.map(({ expires }) => expires === null)).toEqual([false, true])
    expect(Date.parse(secrets[0]?.expires ?? '') - Date.parse(secrets[1]?.created ?? '')).toBe(
      overlap * hour,
    )
    expect((await read(client, source)).secrets).toEqual(secrets)
  },
)

test('a day of overlap is what nobody has to ask for, and a later change prolongs no end', async () => {
  const client = await newWorkspace()
  const source = await shop(client)

  const first = await (await addSecret(client, source, { secret: secretOf('b') })).json<Shown>()
  const then = await (
    await addSecret(client, source, { secret: secretOf('c'), overlap: 720 })
  ).json<Shown>()
  const last = await (
    await addSecret(client, source, { secret: secretOf('d'), overlap: 1 })
  ).json<Shown>()

  const ends = ({ secrets }: Shown) => secrets.map(({ expires }) => Date.parse(expires ?? ''))
  expect((ends(first)[0] ?? 0) - Date.parse(first.secrets[1]?.created ?? '')).toBe(24 * hour)
  expect(ends(then)[0]).toBe(ends(first)[0])
  expect((ends(then)[1] ?? 0) - Date.parse(then.secrets[2]?.created ?? '')).toBe(720 * hour)
  expect(ends(last)).toEqual([
    Date.parse(last.secrets[3]?.created ?? '') + hour,
    Date.parse(last.secrets[3]?.created ?? '') + hour,
    Date.parse(last.secrets[3]?.created ?? '') + hour,
    Number.NaN,
  ])
})

test('deliveries are taken under both secrets while they overlap', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next') })

  const answers = [
    await order(source, 1, secretOf('shop')),
    await order(source, 2, secretOf('next')),
    await order(source, 3, secretOf('neither')),
  ]

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401])
})

test('without an overlap the old secret ends at once, also where it is remembered', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const before = await order(source, 1, secretOf('shop'))

  await addSecret(client, source, { secret: secretOf('next'), overlap: 0 })
  const answers = [
    await order(source, 1, secretOf('shop')),
    await order(source, 2, secretOf('shop')),
    await order(source, 3, secretOf('next')),
  ]

  expect([before, ...answers].map(({ status }) => status)).toEqual([200, 401, 401, 200])
})

test('a secret that has ended elsewhere lets nobody in, although it is remembered here', async () => {
  const client = await newWorkspace()
  const source = await shop(client, [secretOf('one'), secretOf('two')])
  const before = await order(source, 1, secretOf('one'))
  const elsewhere = await readTakingSource(env.DB, source.id)
  if (elsewhere === null) throw new Error('It was just made')
  await changeSource(env.DB, elsewhere, { secrets: elsewhere.secrets.slice(1) })

  const answers = [
    await order(source, 1, secretOf('one')),
    await order(source, 2, secretOf('one')),
    await order(source, 3, secretOf('two')),
  ]

  expect([before, ...answers].map(({ status }) => status)).toEqual([200, 401, 401, 200])
  expect(await countFacts(client.workspace)).toBe(2)
})

test('a secret whose time is over is no secret any more, and may be given again', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next'), overlap: 1 })
  await env.DB.prepare(
    `UPDATE source SET secrets = json_set(secrets, '$[0].expires', ?2) WHERE id = ?1`,
  )
    .bind(source.id, Date.now() - 1)
    .run()

  const after = await order(source, 1, secretOf('shop'))
  const again = await addSecret(client, source, { secret: secretOf('shop') })

  expect([after.status, again.status]).toEqual([401, 201])
  expect((await again.json<Shown>()).secrets.length).toBe(2)
  expect((await order(source, 1, secretOf('shop'))).status).toBe(200)
})

test('a secret that is remembered ends when its time is over, without anybody doing anything', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next'), overlap: 1 })
  const [old] = (await read(client, source)).secrets
  const end = Date.parse(old?.expires ?? '')
  const inbound = {
    method: 'POST',
    url: source.url,
    headers: new Map(Object.entries(await signed(orderOf(1), secretOf('shop')))),
    body: utf8(orderOf(1)),
    token: null,
  }

  const during = await findOwner(env, source.id, inbound, end - 1)
  const after = await findOwner(env, source.id, inbound, end)

  expect(during).toMatchObject({ taking: { source: { id: source.id } } })
  expect(after).toEqual({ refusal: 'The signature fits no secret in use' })
})

test.each(['shop', 'next'])('a secret in use is not taken again: %s', async (name) => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next') })

  const again = await addSecret(client, source, { secret: secretOf(name), overlap: 0 })

  expect(again.status).toBe(422)
  expect(await again.json()).toMatchObject({
    errors: [{ path: 'secret', message: 'The source has this secret already' }],
  })
  expect((await read(client, source)).secrets.map(({ expires }) => expires === null)).toEqual([
    false,
    true,
  ])
})

test('a sixth secret in use is refused, and taken once one of them has ended', async () => {
  const client = await newWorkspace()
  const five = ['a', 'b', 'c', 'd', 'e'].map(secretOf)
  const source = await shop(client, five)
  const { secrets } = await read(client, source)

  const sixth = await addSecret(client, source, { secret: secretOf('f') })
  await write(client, 'DELETE', `/v1/sources/${source.id}/secrets/${secrets[0]?.id}`)
  const then = await addSecret(client, source, { secret: secretOf('f') })

  expect(secrets.length).toBe(5)
  expect(await sixth.json()).toMatchObject({
    status: 422,
    errors: [{ path: 'secret', message: 'A source has at most 5 secrets in use: end one first' }],
  })
  expect(then.status).toBe(201)
})

test('a secret can be ended at once, but not the last one in use', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next') })
  const [old, fresh] = (await read(client, source)).secrets
  const end = (id = '') => write(client, 'DELETE', `/v1/sources/${source.id}/secrets/${id}`)

  const ended = await end(old?.id)
  const late = await order(source, 1, secretOf('shop'))
  const answers = [ended, await end(old?.id), await end('none'), await end(fresh?.id)]

  expect(answers.map(({ status }) => status)).toEqual([204, 404, 404, 409])
  expect(await answers.at(-1)?.json()).toMatchObject({
    detail: 'No other one lasts: add another first, or delete the source',
  })
  expect(late.status).toBe(401)
  expect((await order(source, 1, secretOf('next'))).status).toBe(200)
})

test('one that has ended does not make up for the last one in use', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await addSecret(client, source, { secret: secretOf('next'), overlap: 0 })
  const [, fresh] = (await read(client, source)).secrets

  const answer = await write(client, 'DELETE', `/v1/sources/${source.id}/secrets/${fresh?.id}`)

  expect(answer.status).toBe(409)
})

test('a source that was deleted answers as one that has never been, and what it told stays', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const before = await order(source, 1, secretOf('shop'))

  const deleted = await write(client, 'DELETE', `/v1/sources/${source.id}`)
  const after = await order(source, 2, secretOf('shop'))
  const never = await order(
    { ...source, url: `https://tidemark.test/hooks/${'x'.repeat(22)}` },
    2,
    secretOf('shop'),
  )

  expect([before, deleted, after, never].map(({ status }) => status)).toEqual([200, 204, 401, 401])
  expect(await after.text()).toBe(await never.text())
  expect([...after.headers]).toEqual([...never.headers])
  expect((await client.get(`/v1/sources/${source.id}`)).status).toBe(404)
  expect((await write(client, 'DELETE', `/v1/sources/${source.id}`)).status).toBe(404)
  expect(await (await client.get('/v1/sources')).json()).toEqual({ items: [], next: null })
  expect(await countFacts(client.workspace)).toBe(1)
  const stored = await client.get(`/v1/deliveries?state=stored&source=${source.id}`)
  expect((await stored.json<{ items: unknown[] }>()).items.length).toBe(1)
  const kept = await env.DB.prepare('SELECT secrets FROM source WHERE id = ?')
    .bind(source.id)
    .first()
  expect(kept).toEqual({ secrets: '[]' })
})

test('a source that was deleted elsewhere takes nothing, although it is remembered here', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const before = await order(source, 1, secretOf('shop'))
  await removeSource(env.DB, client.workspace, source.id, Date.now())

  const answers = [
    await order(source, 1, secretOf('shop')),
    await order(source, 2, secretOf('shop')),
  ]

  expect([before, ...answers].map(({ status }) => status)).toEqual([200, 401, 401])
  expect(await countFacts(client.workspace)).toBe(1)
})

/** Every route of one source, with a body that would be taken. */
const routes: [method: string, path: string, body?: object][] = [
  ['GET', ''],
  ['PATCH', '', { name: 'Mine' }],
  ['POST', '/secrets', { secret: secretOf('mine') }],
  ['DELETE', '/secrets/{secret}'],
  ['DELETE', ''],
]

test.each(routes)(
  "%s …/{id}%s does not know another workspace's source",
  async (method, path, body) => {
    const owner = await newWorkspace()
    const other = await newWorkspace()
    const source = await shop(owner, [secretOf('one'), secretOf('two')])
    const before = await read(owner, source)
    const end = path.replace('{secret}', before.secrets[0]?.id ?? '')

    const answer = await write(other, method, `/v1/sources/${source.id}${end}`, body)

    expect(answer.status).toBe(404)
    expect((await answer.json<Refusal>()).detail).toBe(`No source "${source.id}"`)
    expect(await read(owner, source)).toEqual(before)
    expect(await (await other.get('/v1/sources')).json()).toEqual({ items: [], next: null })
  },
)

async function keyOf(client: Client, scope: string): Promise<Client> {
  const answer = await client.post('/v1/keys', { scopes: [scope] })
  const { secret } = await answer.json<{ secret: string }>()
  return clientOf(client.workspace, secret)
}

test.each([
  ['read', [200, 200, 403, 403, 403, 403, 403]],
  ['write', [403, 403, 403, 403, 403, 403, 403]],
  ['admin', [200, 200, 201, 200, 201, 204, 204]],
])('a key of the scope "%s" may do no more with sources than it says', async (scope, statuses) => {
  const admin = await newWorkspace()
  const source = await shop(admin, [secretOf('one'), secretOf('two')])
  const { secrets } = await read(admin, source)
  const client = await keyOf(admin, scope)
  const body = { vendor: 'stripe', name: 'x', secrets: [secretOf('stripe')] }

  const answers = [
    await client.get('/v1/sources'),
    await client.get(`/v1/sources/${source.id}`),
    await client.post('/v1/sources', body),
    await patch(client, source, { name: 'x' }),
    await addSecret(client, source, { secret: secretOf('three') }),
    await write(client, 'DELETE', `/v1/sources/${source.id}/secrets/${secrets[0]?.id}`),
    await write(client, 'DELETE', `/v1/sources/${source.id}`),
  ]

  expect(answers.map(({ status }) => status)).toEqual(statuses)
})

/** A workspace with so many sources already. */
async function withSources(many: number): Promise<Client> {
  const client = await newWorkspace()
  await Promise.all(
    Array.from({ length: many }, (_, at) =>
      createSource(
        env.DB,
        {
          id: `${client.workspace.slice(0, 18)}${String(at).padStart(4, '0')}`,
          workspace: client.workspace,
          vendor: 'shopify',
          name: 'one of many',
          config: {},
          secrets: [],
          retention: 30,
        },
        0,
        1_000,
      ),
    ),
  )
  return client
}

const create = (client: Client) =>
  client.post('/v1/sources', { vendor: 'shopify', name: 'x', secrets: [secretOf('shop')] })

test('a workspace has a hundred sources, and a place for another once one is deleted', async () => {
  const client = await withSources(99)

  const hundredth = await create(client)
  const next = await create(client)
  const { id } = await hundredth.clone().json<Shown>()
  await write(client, 'DELETE', `/v1/sources/${id}`)
  const then = await create(client)

  expect([hundredth, next, then].map(({ status }) => status)).toEqual([201, 422, 201])
  expect(await next.json()).toMatchObject({
    detail: 'A workspace has at most 100 sources: delete one first',
  })
})

test('two at the same time do not share the last place', async () => {
  const client = await withSources(99)

  const answers = await Promise.all([create(client), create(client), create(client)])

  expect(statuses(answers)).toEqual([201, 422, 422])
})

test('very many deliveries are counted now and then, and when is told', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  await env.DB.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500)
     INSERT INTO identity (workspace, source, id, state, received, digest)
     SELECT ?1, ?2, printf('%06d', n), 'stored', ?3, printf('%064d', n) FROM number`,
  )
    .bind(client.workspace, source.id, Date.now())
    .run()
  await env.DB.prepare('DELETE FROM source WHERE id <> ?').bind(source.id).run()
  const now = Date.now()

  const before = await read(client, source)
  await watchAll(now)
  await watchAll(now + 1)
  await order(source, 1, secretOf('shop'))
  const after = await read(client, source)

  expect(before).toMatchObject({ deliveries: { stored: 0 }, counted: null })
  expect(after).toMatchObject({
    deliveries: { stored: 2_500 },
    counted: new Date(now).toISOString(),
  })
})

test('why a request was refused is shown to the team, and to nobody else', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const before = Date.now()

  const refused = await onto({}, `/hooks/${source.id}`, { method: 'POST', body: '{}' })
  const shown = await read(client, source)
  const list = await (await client.get('/v1/sources')).json<{ items: Shown[] }>()

  expect(refused.status).toBe(401)
  expect(await refused.json()).toEqual({
    type: 'urn:tidemark:problem:unverified',
    title: 'The delivery cannot be verified',
    status: 401,
    detail: 'No source here takes this request for its own',
  })
  expect(shown.refused).toEqual({
    last: expect.any(String),
    reason: 'X-Shopify-Hmac-Sha256 holds no base64',
  })
  expect(Date.parse(shown.refused?.last ?? '')).toBeGreaterThanOrEqual(before)
  expect(list.items[0]?.refused).toEqual(shown.refused)
})

test('a refusal is written down once a minute at most, whatever the reason', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const { db: DB, account } = counting(env.DB)
  const unsigned = { method: 'POST', body: '{}' }
  const forged = { ...unsigned, headers: await signed('{}', 'another secret') }
  const refuse = (init: RequestInit) => onto({ DB }, `/hooks/${source.id}`, init)

  await refuse(unsigned)
  const first = await read(client, source)
  const written = account.rowsWritten
  await Promise.all([refuse(forged), refuse(forged), refuse(unsigned)])
  const second = await read(client, source)
  await env.DB.prepare('UPDATE source SET refused = refused - 60000 WHERE id = ?')
    .bind(source.id)
    .run()
  const between = account.rowsWritten
  await refuse(forged)
  const third = await read(client, source)

  expect([written, between, account.rowsWritten]).toEqual([1, 1, 2])
  expect(second.refused).toEqual(first.refused)
  expect(third.refused?.reason).toBe('The signature fits no secret in use')
})

/** The road of a delivery where the deployment has this key. */
const orderOnto = async (SEAL_KEY: string | undefined, source: TeamSource, id: number) =>
  onto({ SEAL_KEY } as Partial<Env>, `/hooks/${source.id}`, {
    method: 'POST',
    body: orderOf(id),
    headers: await signed(orderOf(id), secretOf('shop')),
  })

const ownKey = 'test-seal-key-of-32-characters-or-more'
const newKey = 'another-seal-key-of-32-characters-or-more'

test.each([
  ['no key', undefined],
  ['an empty key', ''],
  ['a key that is too short', 'x'.repeat(31)],
])('with %s nothing is sealed or taken, in words, and nothing is lost', async (_, key) => {
  const client = await newWorkspace()
  const source = await shop(client)
  const body = { vendor: 'shopify', name: 'x', secrets: [secretOf('shop')] }
  const changed = { SEAL_KEY: key } as Partial<Env>

  const answers = [
    await onto(changed, '/v1/sources', asJson(client, 'POST', body)),
    await onto(
      changed,
      `/v1/sources/${source.id}/secrets`,
      asJson(client, 'POST', { secret: secretOf('next') }),
    ),
    await orderOnto(key, source, 1),
  ]
  const later = await orderOnto(ownKey, source, 1)

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['5', '5', '5'])
  expect(await Promise.all(answers.map(async (one) => (await one.json<Refusal>()).detail))).toEqual(
    Array(3).fill('This deployment lacks a SEAL_KEY of 32 characters or more'),
  )
  expect(await later.json()).toMatchObject({ state: 'stored' })
  expect(await countFacts(client.workspace)).toBe(1)
  expect((await (await client.get('/v1/sources')).json<{ items: Shown[] }>()).items.length).toBe(1)
  expect((await read(client, source)).refused).toBeNull()
})

test('with another key than the one that sealed nothing is taken, in words, and nothing is lost', async () => {
  const client = await newWorkspace()
  const source = await shop(client)

  const wrong = await orderOnto(newKey, source, 1)
  const both = await orderOnto(`${newKey} ${ownKey}`, source, 1)

  expect(wrong.status).toBe(503)
  expect(await wrong.json()).toMatchObject({
    detail: 'The SEAL_KEY does not open the secrets of this source',
  })
  expect(await both.json()).toMatchObject({ state: 'stored' })
})

test('a key is replaced in steps: the old one may go once no secret in use is sealed by it', async () => {
  const client = await newWorkspace()
  const source = await shop(client)
  const other = await shop(client)
  const add = (SEAL_KEY: string, body: object) =>
    onto({ SEAL_KEY }, `/v1/sources/${source.id}/secrets`, asJson(client, 'POST', body))

  const added = await add(`${newKey} ${ownKey}`, { secret: secretOf('next'), overlap: 0 })
  const again = await add(newKey, { secret: secretOf('shop'), overlap: 0 })
  const taken = await orderOnto(newKey, source, 1)
  const left = await orderOnto(newKey, other, 1)

  expect([added, again, taken, left].map(({ status }) => status)).toEqual([201, 201, 200, 503])
})
