import { env } from 'cloudflare:workers'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { type Client, call, clientOf, countFacts, newSurvey, newWorkspace } from './client.ts'
import { answersOf, invite, leads, send, sendForm, sendJson, visit } from './visitors.ts'

const methods = ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'] as const

async function opened(more: Record<string, unknown> = {}) {
  const client = await newWorkspace()
  const id = await newSurvey(client, more)
  return { client, id, path: `/s/${id}` }
}

/** A key of the same workspace that may do less. */
async function keyWith(client: Client, scope: string): Promise<Client> {
  const answer = await client.post('/v1/keys', { scopes: [scope] })
  return clientOf(client.workspace, (await answer.json<{ secret: string }>()).secret)
}

const request = (client: Client, method: string, path: string, body?: object) =>
  call(path, {
    method,
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const recipients = { recipients: [{ id: 'ann' }] }
const bare = { kind: 'nps', name: 'Test' }

const routes: readonly [method: string, path: string, scope: string, body?: object][] = [
  ['GET', '', 'read'],
  ['GET', '/versions', 'read'],
  ['GET', '/responses', 'read'],
  ['GET', '/invitations', 'write'],
  ['GET', '/invitations.csv', 'write'],
  ['GET', '/provisional', 'read'],
  ['GET', '/integrity', 'read'],
  ['GET', '/email', 'read'],
  ['POST', '/preview', 'read'],
  ['PUT', '', 'write', bare],
  ['POST', '/copy', 'write', {}],
  ['POST', '/invitations', 'write', recipients],
  ['DELETE', '/invitations/ann', 'write'],
  ['POST', '/provisional/x/promote', 'write'],
  ['POST', '/provisional/x/discard', 'write'],
  ['POST', '/close', 'write'],
]

test.each(routes)(
  '%s /v1/surveys/{id}%s is for a key of the workspace with the scope %s',
  async (method, path, scope, body) => {
    const { client, id } = await opened()
    const stranger = await newWorkspace()
    const other = await keyWith(client, scope === 'read' ? 'write' : 'read')
    const target = `/v1/surveys/${id}${path}`

    const refused = [
      await request(stranger, method, target, body),
      await request(other, method, target, body),
      await call(target, { method }),
    ]

    expect(refused.map(({ status }) => status)).toEqual([404, 403, 401])
    expect(await refused[0]?.json()).toMatchObject({ detail: `No survey "${id}"` })
    const survey = await client.get(`/v1/surveys/${id}`)
    expect(await survey.json()).toMatchObject({ version: 1, closed: null })
    expect(await countFacts(client.workspace)).toBe(0)
  },
)

describe('nothing of a request', () => {
  const paths = (id: string) => [
    `/s/${id}`,
    `/s/${id}/logo`,
    `/s/${id}/embed.js`,
    '/i/token',
    '/i/token/withdraw',
    '/a/receipt',
    '/a/receipt/withdraw',
  ]

  test('is an error of ours by its method', async () => {
    const { id, client } = await opened()

    const answers = await Promise.all(
      paths(id).flatMap((path) =>
        methods.map(async (method) => ({ method, status: (await call(path, { method })).status })),
      ),
    )

    // OPTIONS tells which methods there are; the others are not among them.
    for (const { method, status } of answers) {
      expect(method === 'OPTIONS' ? [204, 404] : [404, 405]).toContain(status)
    }
    expect(await countFacts(client.workspace)).toBe(0)
  })

  test('is an error of ours by its path or query', async () => {
    const { id } = await opened()
    const odd = ['%E0%A4%A', '%ff', '%00', '%0d%0aset-cookie:a=b', '..%2f..%2f', "'", '"', '\\']
    const tried = [...odd, 'x'.repeat(8_000), '__proto__', 'constructor', '%F0%9F%98%80']
    const all = tried.flatMap((one) => [
      `/s/${one}`,
      `/i/${one}`,
      `/a/${one}`,
      `/a/${one}/withdraw`,
      `/s/${id}?score=${one}`,
      `/s/${id}?${one}`,
      `/s/${id}?lang=${one}`,
      `/s/${id}?preview=${one}`,
      `/s/${id}?utm_source=${one}`,
    ])

    const answers = await Promise.all(
      all.flatMap((path) => [call(path), sendForm(path, { score: '9' })]),
    )

    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    for (const { headers } of answers) {
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('location') ?? '/').toMatch(/^\/(?![/\\])/)
    }
  })

  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

  test.each([
    ['a list', '[{"score":9}]'],
    ['null', 'null'],
    ['nothing', ''],
    ['a prototype', '{"score":9,"__proto__":{"respondent":"ann"}}'],
    ['a constructor', '{"score":9,"constructor":{"prototype":{"respondent":"ann"}}}'],
    ['a deep value', `{"score":9,"comment":${deep(20_000)}}`],
    ['a deep property', `{"score":9,"p.plan":${deep(100)}}`],
    ['a list of drivers that are lists', '{"score":9,"drivers":[["price"]]}'],
    ['a huge number', '{"score":1e400}'],
    ['a lone surrogate', String.raw`{"score":9,"submission":"\ud800"}`],
    ['a zero', String.raw`{"score":9,"submission":"a\u0000b"}`],
    ['a line that ends', String.raw`{"score":9,"submission":"a\r\nset-cookie: b=c"}`],
    ['a huge text', `{"score":9,"comment":"${'x'.repeat(300_000)}"}`],
  ])('%s in JSON is stored or an error of ours', async (_, body) => {
    const { client, path } = await opened({ properties: ['plan'], policy: 'browser' })

    const answer = await call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })

    expect([400, 413, 422]).toContain(answer.status)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await countFacts(client.workspace)).toBe(0)
  })

  test('is a file', async () => {
    const { client, path } = await opened()
    const form = new FormData()
    form.set('score', '9')
    form.set('comment', new File(['x'], 'a.txt'))
    const broken = { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' }

    const statuses = [
      (await call(path, { method: 'POST', body: form })).status,
      (await call(path, broken)).status,
    ]

    expect(statuses).toEqual([422, 400])
    expect(await countFacts(client.workspace)).toBe(0)
  })
})

test('what a team has named breaks out of no page, header or table', async () => {
  const evil = `"><script>alert(1)</script>'; =cmd()`
  const { client, id, path } = await opened({
    name: evil,
    brand: evil,
    question: { en: evil },
    drivers: [{ id: 'a', label: { en: evil } }],
    thanks: { high: { en: evil } },
    gap: 0,
  })
  const link = await invite(client, id, `=HYPERLINK("x"),"a`)

  const page = await visit(`${path}?lang=en`)
  const thanks = await visit(leads(await send(page, { score: '9' })))
  await invite(client, id, 'a\r\nset-cookie: b=c')
  const listed = await client.get(`/v1/surveys/${id}/invitations.csv`)
  const csv = await listed.text()
  const mail = await (await client.get(`/v1/surveys/${id}/email`)).text()

  for (const html of [page.html, thanks.html, mail]) expect(html).not.toContain('<script>alert')
  expect(listed.headers.get('set-cookie')).toBeNull()
  expect(parse(csv, { columns: false })).toHaveLength(3)
  expect(csv).not.toMatch(/^=/m)
  expect((await call(link)).status).toBe(200)
})

test('the policy of a page is one policy, and says what frames say and no more', async () => {
  const frames = ['https://www.example.com', 'http://localhost:8787']
  const { path } = await opened({ frames, accent: '#0b5c57' })

  const policy = (await call(path)).headers.get('content-security-policy') ?? ''

  expect(policy).not.toContain(',')
  expect(policy.split('; ').map((directive) => directive.split(' ')[0])).toEqual([
    'default-src',
    'style-src',
    'script-src',
    'img-src',
    'form-action',
    'base-uri',
    'frame-ancestors',
  ])
  expect(policy).toMatch(/frame-ancestors https:\/\/www\.example\.com http:\/\/localhost:8787$/)
})

describe('a cookie', () => {
  test('that is forged, of another survey or of nobody is none', async () => {
    const { client, id, path } = await opened({ policy: 'browser' })
    const other = await newSurvey(client, { policy: 'browser' })
    const answer = await send(await visit(`/s/${other}`), { score: '9' })
    const [name = '', receipt = ''] = (answer.headers.get('set-cookie') ?? '')
      .split(';', 1)
      .join('')
      .split('=')

    const cookies = [
      `${name}=${receipt}`,
      `tidemark-${id}=${receipt}`,
      `tidemark-${id}=${receipt}x`,
      `tidemark-${id}=`,
      `tidemark-${id}`,
      `x${'y'.repeat(5_000)}=1; tidemark-${id}=${'z'.repeat(5_000)}`,
    ]
    const pages = await Promise.all(cookies.map((cookie) => call(path, { headers: { cookie } })))

    expect(name).toBe(`tidemark-${other}`)
    expect(pages.map(({ status }) => status)).toEqual(cookies.map(() => 200))
  })
})

describe('the border of time and number', () => {
  const at = (time: number) => new Date(time).toISOString()

  test('is half-open: the first instant is inside, the last is not', async () => {
    const now = Date.now()
    const begins = await opened({ opens: at(now) })
    const ends = await opened({ closes: at(now) })

    expect((await sendJson(begins.path, { score: 9 })).status).toBe(201)
    expect((await sendJson(ends.path, { score: 9 })).status).toBe(410)
  })

  test('a quota is neither filled by changes nor emptied by withdrawals', async () => {
    const { client, id, path } = await opened({ quota: 2 })
    const first = await send(await visit(path), { score: '9' })
    const receipt = leads(first).split('?')[0] ?? ''

    const changes = await Promise.all(
      Array.from({ length: 10 }, (_, score) => sendForm(receipt, { score: String(score) })),
    )
    const raced = await Promise.all([
      sendForm(`${receipt}/withdraw`, {}),
      ...Array.from({ length: 8 }, (_, one) => sendJson(path, { score: 5, submission: `s${one}` })),
    ])

    expect(changes.filter(({ status }) => status >= 400)).toEqual([])
    expect(raced.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await answersOf(client, id)).toHaveLength(1)
    const counted = await env.DB.prepare('SELECT answers FROM survey WHERE id = ?').bind(id).first()
    expect(counted).toEqual({ answers: 2 })
  })
})

/** What a browser says of a form that another site has sent. */
const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }

test('another site changes no answer by the cookie of whoever visits it', async () => {
  const client = await newWorkspace()
  const id = await newSurvey(client, { policy: 'browser' })
  const first = await send(await visit(`/s/${id}`), { score: '9', comment: 'Mine' })
  const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';')

  await sendForm(`/s/${id}`, { score: '0' }, { cookie, ...foreign })

  const found = await answersOf(client, id)
  expect(found.find(({ comment }) => comment === 'Mine')?.score).toBe(9)
})

test('another site that plants the page it was given reads and changes nothing of whoever sends it', async () => {
  const client = await newWorkspace()
  const id = await newSurvey(client)
  const planted = await visit(`/s/${id}`)
  await sendForm(planted.action, { ...planted.hidden, score: '9', comment: 'Private' }, foreign)

  const answer = await send(planted, { score: '0' })
  const page = await visit(answer.headers.get('location') ?? '')

  expect(page.html).not.toContain('Private')
  const found = await answersOf(client, id)
  expect(found.find(({ comment }) => comment === 'Private')?.score).toBe(9)
})

test('a change that is withdrawn while it is stored leaves no word of it', async () => {
  const client = await newWorkspace()
  const id = await newSurvey(client)
  const [receipt = ''] = (
    (await send(await visit(`/s/${id}`), { score: '9' })).headers.get('location') ?? ''
  ).split('?')

  const answers = await Promise.all([
    sendForm(receipt, { score: '1', comment: 'Too late' }),
    sendForm(`${receipt}/withdraw`, {}),
    sendForm(receipt, { score: '2', comment: 'Too late' }),
  ])

  expect(answers.filter(({ status }) => ![303, 410].includes(status))).toEqual([])
  expect(await answersOf(client, id)).toEqual([])
  const { results } = await env.DB.prepare('SELECT data FROM fact WHERE workspace = ?')
    .bind(client.workspace)
    .all()
  expect(JSON.stringify(results)).not.toContain('Too late')
})

test('what was said in a doubted answer goes once it is confirmed, promoted or withdrawn', async () => {
  const client = await newWorkspace()
  const id = await newSurvey(client)
  const page = await visit(`/s/${id}`)
  await sendForm(page.action, { ...page.hidden, score: '9', comment: 'Secret', website: 'x' })
  const name = page.hidden['submission'] ?? ''

  const promoted = await client.post(`/v1/surveys/${id}/provisional/${name}/promote`)
  const again = await client.post(`/v1/surveys/${id}/provisional/${name}/promote`)

  expect([promoted.status, again.status]).toEqual([200, 409])
  expect(await answersOf(client, id)).toMatchObject([{ score: 9, comment: 'Secret' }])
  const { results } = await env.DB.prepare('SELECT fact FROM provisional WHERE workspace = ?')
    .bind(client.workspace)
    .all()
  expect(JSON.stringify(results)).not.toContain('Secret')
})

test('whoever is invited adds a comment without being doubted for a gesture that the page does not ask for', async () => {
  const client = await newWorkspace()
  const id = await newSurvey(client, { mode: 'assisted' })
  const link = await invite(client, id, 'ann')
  const answer = await send(await visit(link), { score: '9', signal: 'pointer' })

  const joined = await send(await visit(answer.headers.get('location') ?? ''), { comment: 'Fine' })

  expect(joined.status).toBe(303)
  expect(await answersOf(client, id)).toMatchObject([{ score: 9, comment: 'Fine' }])
})
