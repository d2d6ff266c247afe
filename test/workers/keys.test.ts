import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { type Scope, scopes } from '../../src/key.ts'
import { type Client, call, clientOf, newSurvey, newWorkspace, rollUp } from './client.ts'

const adminKey = 'test-admin-key'

interface NewKey {
  id: string
  secret: string
  scopes: string[]
}

interface Page {
  items: { id: string }[]
  next: string | null
}

const details = { name: 'Acme', timeZone: 'Europe/Warsaw', currency: 'EUR' }

const json = (body: unknown, authorization?: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
  body: JSON.stringify(body),
})

async function newKey(client: Client, granted: readonly string[]): Promise<Client & NewKey> {
  const answer = await client.post('/v1/keys', { scopes: granted })
  expect(answer.status).toBe(201)
  const key = await answer.json<NewKey>()
  return { ...clientOf(client.workspace, key.secret), ...key }
}

const asAdmin = (workspace: string, path = '/v1/workspace') =>
  call(path, {
    headers: { authorization: `Bearer ${adminKey}`, 'tidemark-workspace': workspace },
  })

test('the deployment makes a workspace, with a first key that may do everything in it', async () => {
  const answer = await call('/v1/workspaces', json(details, `Bearer ${adminKey}`))
  const made = await answer.json<{ id: string; key: NewKey }>()

  expect(answer.status).toBe(201)
  expect(made).toEqual({
    id: expect.any(String),
    ...details,
    dimensions: [],
    gap: 0,
    retention: null,
    key: { id: expect.any(String), secret: expect.any(String), scopes: ['admin'] },
  })
  const own = await clientOf(made.id, made.key.secret).get('/v1/workspace')
  expect(await own.json()).toEqual({
    id: made.id,
    ...details,
    dimensions: [],
    gap: 0,
    retention: null,
  })
})

test('nobody else makes a workspace', async () => {
  const { secret } = await newWorkspace()
  const tried = [undefined, 'Bearer wrong', `Bearer ${adminKey}x`, `Basic ${adminKey}`, adminKey]

  const answers = await Promise.all(
    [...tried, `Bearer ${secret}`].map((one) => call('/v1/workspaces', json(details, one))),
  )

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401])
  for (const { headers } of answers) expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
})

test.each([
  ['timeZone', { ...details, timeZone: '+02:00' }],
  ['currency', { ...details, currency: 'EURO' }],
  ['name', { ...details, name: ' ' }],
  ['color', { ...details, color: 'red' }],
  ['timeZone', { name: 'Acme', currency: 'EUR' }],
])('a workspace with a bad %s is refused by that name', async (path, body) => {
  const answer = await call('/v1/workspaces', json(body, `Bearer ${adminKey}`))
  const { errors } = await answer.json<{ errors: { path: string }[] }>()

  expect(answer.status).toBe(422)
  expect(errors.map((error) => error.path)).toEqual([path])
})

test('a key is tm_, a public id and a secret, and names what it may do', async () => {
  const client = await newWorkspace()

  const key = await newKey(client, ['read', 'write'])

  expect(client.secret).toMatch(/^tm_[A-Za-z0-9]{12}_[A-Za-z0-9_-]{43}$/)
  expect(key.secret).toMatch(/^tm_[A-Za-z0-9]{12}_[A-Za-z0-9_-]{43}$/)
  expect(key.secret).toContain(`tm_${key.id}_`)
  expect(key.scopes).toEqual(['read', 'write'])
})

test('the secret of a key is nowhere in the database', async () => {
  const client = await newWorkspace()
  const key = await newKey(client, ['read'])
  await key.get('/v1/surveys')

  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const rows = await env.DB.batch(
    tables.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  )
  const text = JSON.stringify(rows.map(({ results }) => results))

  expect(text).toContain(key.id)
  for (const { secret } of [client, key]) {
    expect(secret).toHaveLength(59)
    expect(text).not.toContain(secret.slice(-43))
    expect(text).not.toContain(btoa(secret.slice(-43)))
  }
})

test('a list of keys shows no secret', async () => {
  const client = await newWorkspace()
  const key = await newKey(client, ['read'])

  const text = await (await client.get('/v1/keys')).text()

  expect(text).toContain(key.id)
  expect(text).not.toContain(key.secret.slice(-43))
})

const routes: [method: string, path: string, scope: Scope][] = [
  ['GET', '/v1/workspace', 'read'],
  ['PATCH', '/v1/workspace', 'admin'],
  ['GET', '/v1/keys', 'admin'],
  ['POST', '/v1/keys', 'admin'],
  ['DELETE', '/v1/keys/nobody', 'admin'],
  ['GET', '/v1/surveys', 'read'],
  ['POST', '/v1/surveys', 'write'],
  ['GET', '/v1/surveys/none', 'read'],
  ['POST', '/v1/surveys/none/close', 'write'],
  ['GET', '/v1/surveys/none/responses', 'read'],
  ['GET', '/v1/embeds', 'read'],
  ['POST', '/v1/embeds', 'write'],
  ['DELETE', '/v1/embeds/none', 'write'],
  ['GET', '/v1/kpis', 'read'],
  ['GET', '/v1/kpis/nps?last=7d', 'read'],
  ['GET', '/v1/kpis/nps.csv?last=7d', 'read'],
  ['GET', '/v1/kpis/nps/segments?from=2026-03-01&to=2026-03-02&dimension=survey', 'read'],
  ['GET', '/v1/snapshots?day=2026-03-01', 'read'],
  ['POST', '/v1/facts', 'write'],
  ['POST', '/v1/import/survey.response', 'write'],
  ['POST', '/v1/rollups', 'admin'],
]

function request(method: string, path: string, secret?: string): Promise<Response> {
  return call(path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
    ...(method === 'POST' && { body: '{}' }),
  })
}

describe.each(routes)('%s %s', (method, path, scope) => {
  test(`needs the scope ${scope}, which admin includes`, async () => {
    const client = await newWorkspace()
    const refused: string[] = []
    for (const granted of scopes) {
      const { secret } = await newKey(client, [granted])
      const { status } = await request(method, path, secret)
      expect(status).not.toBe(401)
      expect(status).toBeLessThan(500)
      if (status === 403) refused.push(granted)
    }

    expect(refused).toEqual(scopes.filter((one) => one !== scope && one !== 'admin'))
  })

  test('answers nobody without a key', async () => {
    const { status, headers } = await request(method, path)

    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
  })
})

test.each([...routes, ['POST', '/v1/workspaces', 'admin'] as const])(
  '%s %s refuses a parameter that it does not know, by its name',
  async (method, path) => {
    const { secret } = await newWorkspace()
    const strange = `${path}${path.includes('?') ? '&' : '?'}strange=1`

    const answer = await request(method, strange, path === '/v1/workspaces' ? adminKey : secret)
    const { errors = [] } = await answer.json<{ errors?: { path: string }[] }>()

    expect(answer.status).toBe(422)
    expect(errors.map((error) => error.path)).toContain('strange')
  },
)

test('a key that has been revoked is refused at once, and by every route', async () => {
  const client = await newWorkspace()
  const key = await newKey(client, ['read'])
  const before = await key.get('/v1/kpis/nps?last=7d')

  const removed = await client.remove(`/v1/keys/${key.id}`)
  const again = await client.remove(`/v1/keys/${key.id}`)
  const after = [await key.get('/v1/kpis/nps?last=7d'), await key.get('/v1/surveys')]

  expect([before.status, removed.status, again.status]).toEqual([200, 204, 404])
  expect(after.map(({ status }) => status)).toEqual([401, 401])
})

test('a key may revoke itself, and the deployment still gets in', async () => {
  const client = await newWorkspace()
  const [, id] = client.secret.split('_')

  await client.remove(`/v1/keys/${id}`)

  expect((await client.get('/v1/workspace')).status).toBe(401)
  expect((await asAdmin(client.workspace)).status).toBe(200)
})

test.each([
  ['a key cut short', (secret: string) => `Bearer ${secret.slice(0, -1)}`],
  ['a key with more behind it', (secret: string) => `Bearer ${secret}x`],
  ['a wrong secret', (secret: string) => `Bearer ${secret.slice(0, 16)}${'A'.repeat(43)}`],
  ['an unknown id', (secret: string) => `Bearer tm_${'0'.repeat(12)}${secret.slice(15)}`],
  ['the secret alone', (secret: string) => `Bearer ${secret.slice(-43)}`],
  ['another scheme', (secret: string) => `Basic ${secret}`],
  ['no scheme', (secret: string) => secret],
  ['nothing behind the scheme', () => 'Bearer '],
  ['two keys', (secret: string) => `Bearer ${secret} ${secret}`],
])('%s is refused, and the answer says how to send a key', async (_what, header) => {
  const { secret } = await newWorkspace()
  const headers = { authorization: header(secret) }

  const answers = [
    await call('/v1/workspace', { headers }),
    await call('/v1/kpis/nps?last=7d', { headers }),
  ]

  for (const answer of answers) {
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
    expect(await answer.text()).not.toContain(secret.slice(-43))
  }
})

test('a key without a scope, with an unknown one or with a field too many is not made', async () => {
  const client = await newWorkspace()
  const bodies = [{ scopes: [] }, { scopes: ['root'] }, {}, { scopes: ['read'], color: 'red' }]

  const answers = await Promise.all(bodies.map((body) => client.post('/v1/keys', body)))
  const { items } = await (await client.get('/v1/keys')).json<Page>()

  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
  expect(items).toHaveLength(1)
})

test('another workspace sees nothing of what this one has, and changes nothing of it', async () => {
  const mine = await newWorkspace()
  const other = await newWorkspace()
  const survey = await newSurvey(mine)
  const made = await mine.post('/v1/embeds', { kpi: 'nps', window: '30d', kind: 'badge' })
  const embed = await made.json<{ id: string }>()
  const key = await newKey(mine, ['read'])
  await call(`/s/${survey}`, json({ score: 9, submission: 'one' }))
  await rollUp(mine)
  const [own] = other.secret.split('_').slice(1)
  const list = async (path: string) => (await (await other.get(path)).json<Page>()).items
  const numbers = async (client: Client, more: string) => {
    const path = `/v1/kpis/nps?from=2026-01-01&to=2040-12-31&by=total${more}`
    const { total } = await (await client.get(path)).json<{ total: { n: number } }>()
    return total.n
  }

  const statuses = [
    await other.get(`/v1/surveys/${survey}`),
    await other.get(`/v1/surveys/${survey}/responses`),
    await other.post(`/v1/surveys/${survey}/close`),
    await other.remove(`/v1/embeds/${embed.id}`),
    await other.remove(`/v1/keys/${key.id}`),
  ].map(({ status }) => status)

  expect(statuses).toEqual([404, 404, 404, 404, 404])
  expect(await list('/v1/surveys')).toEqual([])
  expect(await list('/v1/embeds')).toEqual([])
  expect((await list('/v1/keys')).map(({ id }) => id)).toEqual([own])
  expect(await numbers(other, '')).toBe(0)
  expect(await numbers(other, `&segment=survey:${survey}`)).toBe(0)
  expect(await numbers(mine, `&segment=survey:${survey}`)).toBe(1)
  expect((await call(`/s/${survey}`)).status).toBe(200)
  expect((await call(`/e/${embed.id}.json`)).status).toBe(200)
  expect((await key.get('/v1/workspace')).status).toBe(200)
})

test('a fact about the survey of another workspace is rejected', async () => {
  const survey = await newSurvey(await newWorkspace())
  const other = await newWorkspace()
  const event = {
    specversion: '1.0',
    id: 'one',
    source: 'test',
    type: 'survey.response',
    time: '2026-03-01T00:00:00Z',
    data: { survey, score: 9 },
  }

  const answer = await other.send(
    '/v1/facts',
    JSON.stringify(event),
    'application/cloudevents+json',
  )

  expect(await answer.json()).toMatchObject({
    received: 1,
    stored: 0,
    rejected: [{ index: 0, errors: [{ path: 'survey' }] }],
  })
})

test('the deployment is admin in the workspace that its header names, and only there', async () => {
  const one = await newWorkspace()
  const other = await newWorkspace()
  const survey = await newSurvey(one)

  const named = await asAdmin(one.workspace)
  const keys = await asAdmin(one.workspace, '/v1/keys')
  const kpi = await asAdmin(one.workspace, '/v1/kpis/nps?last=7d')
  const elsewhere = await asAdmin(other.workspace, `/v1/surveys/${survey}`)

  expect(await named.json()).toMatchObject({ id: one.workspace })
  expect([keys.status, kpi.status, elsewhere.status]).toEqual([200, 200, 404])
})

test('the deployment is told where its header is missing or names no workspace', async () => {
  const headers = { authorization: `Bearer ${adminKey}` }

  const missing = await call('/v1/workspace', { headers })
  const unknown = [await asAdmin('nowhere'), await asAdmin('nowhere', '/v1/kpis/nps?last=7d')]

  expect(missing.status).toBe(422)
  expect((await missing.json<{ detail: string }>()).detail).toContain('Tidemark-Workspace')
  expect(unknown.map(({ status }) => status)).toEqual([404, 404])
})

test('the header of a workspace does not move the key of another one', async () => {
  const mine = await newWorkspace()
  const other = await newWorkspace()

  const answer = await mine.get('/v1/workspace', { 'tidemark-workspace': other.workspace })

  expect(await answer.json()).toMatchObject({ id: mine.workspace })
})

/** The ids of a list, page by page, as the header and the body lead from one to the next. */
async function walk(client: Client, path: string, limit: number): Promise<string[][]> {
  const pages: string[][] = []
  let target: string | undefined = `${path}?limit=${limit}`
  while (target !== undefined) {
    const answer = await client.get(target)
    const { items, next } = await answer.json<Page>()
    pages.push(items.map(({ id }) => id))
    const link = answer.headers.get('link')
    ;[, target] = /^<([^>]+)>; rel="next"$/.exec(link ?? '') ?? []
    const { searchParams } = new URL(target ?? path, 'https://tidemark.test')
    expect(searchParams.get('cursor')).toBe(next)
    if (next !== null) expect(searchParams.get('limit')).toBe(String(limit))
  }
  return pages
}

const lists: [path: string, fill: (client: Client) => Promise<string[]>][] = [
  [
    '/v1/surveys',
    async (client) => [
      await newSurvey(client),
      await newSurvey(client),
      await newSurvey(client),
      await newSurvey(client),
      await newSurvey(client),
    ],
  ],
  [
    '/v1/embeds',
    async (client) => {
      const ids: string[] = []
      for (const days of [1, 2, 3, 4, 5]) {
        const body = { kpi: 'nps', window: `${days}d`, kind: 'line' }
        const { id } = await (await client.post('/v1/embeds', body)).json<{ id: string }>()
        ids.push(id)
      }
      return ids
    },
  ],
  [
    '/v1/keys',
    async (client) => {
      const ids = [client.secret.split('_')[1] ?? '']
      for (const granted of ['read', 'write', 'admin', 'read']) {
        ids.push((await newKey(client, [granted])).id)
      }
      return ids
    },
  ],
]

test.each(lists)('%s is walked page by page, every item once', async (path, fill) => {
  const client = await newWorkspace()
  const ids = await fill(client)

  const twos = await walk(client, path, 2)
  const fives = await walk(client, path, 5)
  const all = await walk(client, path, 200)

  expect(twos.map((page) => page.length)).toEqual([2, 2, 1])
  expect(twos.flat().sort()).toEqual(ids.toSorted())
  expect(fives).toEqual([twos.flat()])
  expect(all).toEqual(fives)
})

test.each(['/v1/surveys', '/v1/embeds', '/v1/keys'])(
  '%s takes a limit from 1 to 200 and refuses any other by its name',
  async (path) => {
    const client = await newWorkspace()
    const limits = ['1', '200', '0', '201', '-1', '1.5', 'all', '']

    const answers = await Promise.all(limits.map((limit) => client.get(`${path}?limit=${limit}`)))
    const refused = answers.slice(2)

    expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([200, 200])
    for (const answer of refused) {
      const { errors } = await answer.json<{ errors: { path: string }[] }>()
      expect(answer.status).toBe(422)
      expect(errors.map((error) => error.path)).toEqual(['limit'])
    }
  },
)

test('a revoked embed leaves the list, and a revoked key stays in it as such', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/embeds', { kpi: 'nps', window: '7d', kind: 'badge' })
  const embed = await made.json<{ id: string }>()
  const key = await newKey(client, ['read'])
  await client.remove(`/v1/embeds/${embed.id}`)
  await client.remove(`/v1/keys/${key.id}`)

  const embeds = await (await client.get('/v1/embeds')).json<Page>()
  const keys = await (
    await client.get('/v1/keys')
  ).json<{
    items: { id: string; revoked: string | null }[]
  }>()

  expect(embeds.items).toEqual([])
  expect(keys.items.find(({ id }) => id === key.id)?.revoked).toMatch(/^\d{4}-.*Z$/)
  expect(keys.items.find(({ id }) => id !== key.id)?.revoked).toBeNull()
})
