import { parse } from 'csv-parse/sync'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'

interface EmbedJson {
  id: string
  urls: Record<string, string>
}

interface Data {
  total: { value: number | null; n: number; reason?: string }
  points: { from: string; value: number | null; n: number; reason?: string }[]
}

interface Shields {
  schemaVersion: number
  label: string
  message: string
  color: string
}

const formats = ['svg', 'png', 'json', 'csv', 'shields.json', 'html'] as const

const badge = { kpi: 'nps', window: '30d', kind: 'badge', minimum: 1 }

async function newEmbed(client: Client, more: Record<string, unknown> = {}): Promise<EmbedJson> {
  const answer = await client.post('/v1/embeds', { ...badge, ...more })
  expect(answer.status).toBe(201)
  return answer.json<EmbedJson>()
}

async function answer(survey: string, score: number, more: Record<string, string> = {}) {
  const sent = await call(`/s/${survey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ score, ...more }),
  })
  expect(sent.status).toBe(201)
}

/** A workspace with answers of today that have been rolled up: two promoters and a detractor. */
async function answered(): Promise<{ client: Client; survey: string }> {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  await answer(survey, 10, { 'p.plan': 'pro' })
  await answer(survey, 10, { 'p.plan': 'pro' })
  await answer(survey, 0, { 'p.plan': 'free' })
  await rollUp(client)
  return { client, survey }
}

const textOf = async (path: string) => (await call(path)).text()

const dataOf = async (id: string) => (await call(`/e/${id}.json`)).json<Data>()

/** What a reader of the picture sees or hears, without its geometry. */
function words(svg: string): string {
  const heard = [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label)
  const seen = svg.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' ')
  return [...heard, seen].join(' ')
}

test('an embed has defaults, an unguessable id and addresses that all answer', async () => {
  const { client } = await answered()

  const made = await client.post('/v1/embeds', { kpi: 'nps', window: '30d', kind: 'badge' })
  const embed = await made.json<EmbedJson>()

  expect(embed).toMatchObject({
    kpi: 'nps',
    window: '30d',
    kind: 'badge',
    minimum: 5,
    segment: null,
  })
  expect(embed.id).toMatch(/^[\w-]{22}$/)
  expect(embed.urls).toMatchObject({
    svg: `https://tidemark.test/e/${embed.id}.svg`,
    png: `https://tidemark.test/e/${embed.id}.png`,
    html: `https://tidemark.test/e/${embed.id}.html`,
    json: `https://tidemark.test/e/${embed.id}.json`,
    csv: `https://tidemark.test/e/${embed.id}.csv`,
    shields: `https://tidemark.test/e/${embed.id}.shields.json`,
  })
  for (const url of Object.values(embed.urls)) {
    expect((await call(new URL(url).pathname)).status).toBe(200)
  }
})

test.each([
  ['kpi', { kpi: 'nsp' }],
  ['kind', { kind: 'pie' }],
  ['window', { window: '30' }],
  ['window', { window: '0d' }],
  ['minimum', { minimum: 0 }],
  ['minimum', { minimum: 1.5 }],
  ['segment', { segment: 'plan:pro' }],
  ['locale', { locale: 'xx' }],
  ['theme', { theme: 'pink' }],
  ['color', { color: 'red' }],
])('an embed with a bad %s is refused by that name: %o', async (path, more) => {
  const client = await newWorkspace()

  const refused = await client.post('/v1/embeds', { ...badge, ...more })
  const { errors } = await refused.json<{ errors: { path: string }[] }>()

  expect(refused.status).toBe(422)
  expect(errors.map((error) => error.path)).toEqual([path])
})

test('the list shows embeds as they were made', async () => {
  const client = await newWorkspace()
  const embed = await newEmbed(client, { segment: 'p.plan:pro', theme: 'dark', locale: 'pl' })

  const listed = await client.get('/v1/embeds')

  expect(await listed.json()).toEqual({ items: [embed], next: null })
})

test('every format shows the same number', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)

  const { total, points } = await dataOf(id)
  const rows = parse<Record<string, string>>(await textOf(`/e/${id}.csv`), { columns: true })
  const shields = await (await call(`/e/${id}.shields.json`)).json<Shields>()
  const svg = words(await textOf(`/e/${id}.svg`))

  expect(total).toMatchObject({ value: 100 / 3, n: 3 })
  expect(points).toHaveLength(30)
  expect(points.at(-1)).toMatchObject({ value: 100 / 3, n: 3, complete: false })
  expect(points[0]).toMatchObject({ value: null, n: 0, reason: 'no_data' })
  expect(rows.map(({ from, value, n }) => [from, value, n])).toEqual(
    points.map(({ from, value, n }) => [from, String(value ?? ''), String(n)]),
  )
  for (const text of [svg, shields.message]) {
    expect(text).toContain('+33')
    expect(text).toContain('n = 3')
  }
})

test('shields.io gets exactly the keys that its schema knows', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)

  const shields = await (await call(`/e/${id}.shields.json`)).json<Shields>()

  expect(Object.keys(shields).sort()).toEqual([
    'cacheSeconds',
    'color',
    'label',
    'message',
    'schemaVersion',
  ])
  expect(shields).toMatchObject({ schemaVersion: 1, label: 'Net Promoter Score' })
})

describe.each(formats)('%s', (format) => {
  test.skipIf(format === 'html')('may be shown by any page and do nothing there', async () => {
    const { client } = await answered()
    const { id } = await newEmbed(client)

    const { headers } = await call(`/e/${id}.${format}`)

    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('is kept for minutes, and longer by the cache in front while storage fails', async () => {
    const { client } = await answered()
    const { id } = await newEmbed(client)

    const { headers } = await call(`/e/${id}.${format}`)

    expect(headers.get('cache-control')).toBe('public, max-age=300')
    expect(headers.get('cloudflare-cdn-cache-control')).toMatch(/max-age=\d+/)
    expect(headers.get('cloudflare-cdn-cache-control')).toMatch(/stale-if-error=\d+/)
    expect(headers.get('cloudflare-cdn-cache-control')).not.toMatch(/s-maxage|must-revalidate/)
  })

  test('has a strong ETag, and a reader who has it is not sent it again', async () => {
    const { client } = await answered()
    const { id } = await newEmbed(client)
    const path = `/e/${id}.${format}`

    const first = await call(path)
    const etag = first.headers.get('etag') ?? ''
    const forms = [etag, `W/${etag}`, `"other", W/${etag}`]
    const again = await Promise.all(
      forms.map((form) => call(path, { headers: { 'if-none-match': form } })),
    )
    const other = await call(path, { headers: { 'if-none-match': '"other"' } })

    expect(etag).toMatch(/^"[^"]+"$/)
    expect(again.map(({ status }) => status)).toEqual([304, 304, 304])
    expect(other.status).toBe(200)
    for (const { headers } of again) {
      expect(headers.get('etag')).toBe(etag)
      expect(headers.get('cache-control')).toBe('public, max-age=300')
      expect(headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  test('leads from an unknown parameter to the one address that caches hold', async () => {
    const { client } = await answered()
    const { id } = await newEmbed(client)
    const path = `/e/${id}.${format}`

    const redirect = await call(`${path}?v=1`)

    expect(redirect.status).toBe(308)
    expect(redirect.headers.get('location')).toBe(path)
    expect(redirect.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('answers HEAD with the headers of GET and no body', async () => {
    const { client } = await answered()
    const { id } = await newEmbed(client)

    const get = await call(`/e/${id}.${format}`)
    const head = await call(`/e/${id}.${format}`, { method: 'HEAD' })

    expect(head.status).toBe(200)
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
    expect(await head.text()).toBe('')
  })

  test('changes its ETag with its numbers', async () => {
    const { client, survey } = await answered()
    const { id } = await newEmbed(client)
    const before = (await call(`/e/${id}.${format}`)).headers.get('etag') ?? ''
    await answer(survey, 0)
    await rollUp(client)

    const after = await call(`/e/${id}.${format}`, { headers: { 'if-none-match': before } })

    expect(after.status).toBe(200)
  })
})

test('cache tags name the workspace, the KPI and the embed', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)

  const { headers } = await call(`/e/${id}.svg`)

  expect(headers.get('cache-tag')).toBe(`w_${client.workspace},m_nps,e_${id}`)
})

test.each([
  ['an id that never was', 'AAAAAAAAAAAAAAAAAAAAAA'],
  ['an id with a dot', 'two.parts'],
  ['an id with a foreign letter', '%C5%BC'],
  ['an id that is too long', 'x'.repeat(100)],
  ['an empty id', ''],
])('%s is a picture that says so, and that nobody keeps', async (_what, id) => {
  const found = await call(`/e/${id}.svg`)

  expect(found.status).toBe(200)
  expect(found.headers.get('content-type')).toMatch(/^image\/svg\+xml\b/)
  expect(found.headers.get('cache-control')).toBe('no-store')
  expect(found.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(words(await found.text())).toContain('not found')
})

test('a revoked embed is gone at once: a picture that says so, and no data', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)

  const removed = await client.remove(`/v1/embeds/${id}`)
  const again = await client.remove(`/v1/embeds/${id}`)
  const picture = await call(`/e/${id}.svg`)
  const data = await Promise.all(
    ['json', 'csv', 'shields.json'].map((format) => call(`/e/${id}.${format}`)),
  )

  expect([removed.status, again.status]).toEqual([204, 404])
  expect(picture.status).toBe(200)
  expect(picture.headers.get('cache-control')).toBe('no-store')
  expect(words(await picture.text())).toContain('not found')
  expect(data.map(({ status }) => status)).toEqual([404, 404, 404])
  for (const { headers } of data) {
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(headers.get('cache-control')).toContain('no-store')
  }
})

test('a page of another origin may read why there is no data', async () => {
  const found = await call('/e/AAAAAAAAAAAAAAAAAAAAAA.json')

  expect(found.status).toBe(404)
  expect(found.headers.get('access-control-allow-origin')).toBe('*')
  expect(found.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
})

test('while storage fails a badge is still a picture, and nobody keeps it', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)
  await env.DB.prepare('ALTER TABLE embed RENAME TO away').run()
  try {
    const found = await call(`/e/${id}.svg`)

    expect(found.status).toBe(200)
    expect(found.headers.get('content-type')).toMatch(/^image\/svg\+xml\b/)
    expect(found.headers.get('cache-control')).toBe('no-store')
    expect(words(await found.text())).toContain('unavailable')
  } finally {
    await env.DB.prepare('ALTER TABLE away RENAME TO embed').run()
  }
})

test.each(['badge', 'line'])(
  'from fewer answers than its minimum a %s shows neither the value nor how many there are',
  async (kind) => {
    const { client } = await answered()
    const { id } = await newEmbed(client, { kind, minimum: 4 })

    const svg = words(await textOf(`/e/${id}.svg`))
    const { total, points } = await dataOf(id)
    const rows = parse<Record<string, string>>(await textOf(`/e/${id}.csv`), { columns: true })
    const shields = await (await call(`/e/${id}.shields.json`)).json<Shields>()

    for (const text of [svg, shields.message]) {
      expect(text).toContain('fewer than 4 answers')
      expect(text).not.toMatch(/n = |[+]33/)
    }
    for (const one of [total, points.at(-1)]) {
      expect(one).toMatchObject({ value: null, n: 0, low: null, high: null, reason: 'too_few' })
    }
    expect(rows.at(-1)).toMatchObject({ value: '', n: '0', low: '', high: '', reason: 'too_few' })
  },
)

test('an embed moves on by no fewer new answers than its minimum', async () => {
  const { client, survey } = await answered()
  const { id } = await newEmbed(client, { minimum: 3 })
  const states: number[] = []
  for (let n = 0; n < 4; n++) {
    states.push((await dataOf(id)).total.n)
    await answer(survey, 9)
    await rollUp(client)
  }

  expect(states).toEqual([3, 3, 3, 6])
})

test('an embed from before anything was held back shows what there is, and moves in steps from then on', async () => {
  const { client, survey } = await answered()
  const { id } = await newEmbed(client, { minimum: 3 })
  await env.DB.prepare(`UPDATE embed SET released = NULL, look = '{}', step = 0 WHERE id = ?`)
    .bind(id)
    .run()
  const states: number[] = []
  for (let n = 0; n < 3; n++) {
    states.push((await dataOf(id)).total.n)
    await answer(survey, 9)
    await rollUp(client)
  }

  expect(states).toEqual([3, 4, 4])
})

test('as soon as there are as many answers as its minimum, an embed shows them', async () => {
  const { client, survey } = await answered()
  const { id } = await newEmbed(client, { minimum: 4 })
  const before = await dataOf(id)
  await answer(survey, 10)
  await rollUp(client)

  const after = await dataOf(id)

  expect(before.total.value).toBeNull()
  expect(after.total).toMatchObject({ value: 50, n: 4 })
})

test('what too few have answered is in no point and not in the total', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const lines = [...Array<string>(6).fill(ago(5)), ago(3), ago(3), ago(3), ago(2)].map(
    (day) => `${day},10`,
  )
  const csv = ['time,score', ...lines, ''].join('\n')
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, csv, 'text/csv')
  await rollUp(client)
  const { id } = await newEmbed(client, { minimum: 3 })

  const { total, points } = await dataOf(id)

  expect(total.n).toBe(9)
  expect(points.find(({ from }) => from === ago(5))).toMatchObject({ value: 100, n: 6 })
  expect(points.find(({ from }) => from === ago(3))).toMatchObject({ value: 100, n: 3 })
  expect(points.find(({ from }) => from === ago(2))).toMatchObject({ value: null, n: 0 })
})

test('an embed of a segment shows its answers only, and names it', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client, { segment: 'p.plan:pro' })
  const nobody = await newEmbed(client, { segment: 'p.plan:team' })

  const { total } = await dataOf(id)

  expect(total).toMatchObject({ value: 100, n: 2 })
  expect(words(await textOf(`/e/${id}.svg`))).toContain('p.plan:pro')
  expect((await dataOf(nobody.id)).total).toMatchObject({ value: null, n: 0, reason: 'no_data' })
  expect(words(await textOf(`/e/${nobody.id}.svg`))).toContain('no data')
})

test('an embed ends with the running day, so that an answer is seen at once', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client, { window: '1d' })

  const { total, points } = await dataOf(id)

  expect(points).toHaveLength(1)
  expect(total.n).toBe(3)
})

test('an embed speaks the language that was chosen for it', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client, { locale: 'pl', minimum: 4 })

  const svg = await textOf(`/e/${id}.svg`)

  expect(svg).toContain('lang="pl"')
  expect(svg).not.toContain('fewer than')
})

test('text from outside stays text in a picture', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client, { segment: 'p.plan:<script>alert(1)</script>"&' })

  const svg = await textOf(`/e/${id}.svg`)

  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
})

test.each(['constructor', '__proto__', 'toString'])(
  'an ending of %s is no ending of ours',
  async (ending) => {
    const { client } = await answered()
    const { id } = await newEmbed(client)

    const found = await call(`/e/${id}.${ending}`)

    expect(found.status).toBe(404)
  },
)

test('the data of an embed hold no counts of answers, for points shown and hidden alike', async () => {
  const { client } = await answered()
  const { id } = await newEmbed(client)

  const text = await textOf(`/e/${id}.json`)

  expect(text).toContain('"points"')
  expect(text).not.toContain('parts')
  expect(text).not.toContain('answers"')
})

test('below the minimum not even the day of the newest answer is told', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  await call(`/s/${survey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"score":3}',
  })
  await rollUp(client)
  const { id } = await newEmbed(client, { minimum: 5 })

  expect(await dataOf(id)).toMatchObject({ asOf: null, total: { value: null, n: 0 } })
  expect(await textOf(`/e/${id}.svg`)).not.toContain('as of')
})

/** A workspace with subscriptions and sales that began before the window of its embeds. */
async function selling(): Promise<Client> {
  const client = await newWorkspace()
  const lines = (rows: readonly (readonly [daysAgo: number, rest: string])[]) =>
    rows.map(([ago, rest]) => {
      const time = new Date(Date.now() - ago * 86_400_000).toISOString()
      return `${time},${rest}\n`
    })
  const send = (type: string, header: string, rows: Parameters<typeof lines>[0]) =>
    client.send(`/v1/import/${type}`, [header, '\n', ...lines(rows)].join(''), 'text/csv')
  await send('subscription.started', 'time,subscription,customer,mrr,currency,plan', [
    [90, 's1,c1,50,EUR,pro'],
    [80, 's2,c2,30,EUR,free'],
    [2, 's3,c3,20,EUR,pro'],
    [1, 's4,c4,99,USD,pro'],
  ])
  await send('deal.won', 'time,deal,amount,currency', [
    [9, 'd1,100,EUR'],
    [8, 'd2,100,EUR'],
    [3, 'd3,300,EUR'],
    [2, 'd4,70,USD'],
  ])
  await rollUp(client)
  return client
}

test('an embed of what is held counts what was held before its window', async () => {
  const client = await selling()
  const all = await newEmbed(client, { kpi: 'mrr', window: '7d' })
  const pro = await newEmbed(client, { kpi: 'mrr', window: '7d', segment: 'plan:pro' })

  const { total, points } = await dataOf(all.id)

  expect(total).toMatchObject({ value: 100, n: 3 })
  expect(points.map(({ value }) => value)).toEqual([80, 80, 80, 80, 100, 100, 100])
  expect((await dataOf(pro.id)).total).toMatchObject({ value: 70, n: 2 })
})

test('an embed of a change reads the window before its own', async () => {
  const client = await selling()
  const { id } = await newEmbed(client, { kpi: 'revenue_growth', window: '7d', by: 'total' })

  expect((await dataOf(id)).total).toMatchObject({ value: 50 })
})

test('an embed says a value and nothing of what is beside it, left out of it or in its parts', async () => {
  const client = await selling()
  const shown = await Promise.all(
    ['average_deal', 'mrr', 'customers', 'close_rate'].map(async (kpi) => {
      const { id } = await newEmbed(client, { kpi, by: 'total' })
      const { total, points } = await dataOf(id)
      return [total, ...points].flatMap((one) => Object.keys(one))
    }),
  )

  const said = new Set(shown.flat())
  for (const name of ['also', 'leftOut', 'mature', 'parts']) expect(said).not.toContain(name)
  expect(said).toContain('value')
})

test('an embed whose first numbers cannot be released is not made', async () => {
  const { client } = await answered()
  const broken = `CREATE TRIGGER broken BEFORE UPDATE OF released ON embed
    BEGIN SELECT RAISE(ABORT, 'string or blob too big'); END`
  await env.DB.prepare(broken).run()
  try {
    const { status } = await client.post('/v1/embeds', { ...badge, minimum: 3 })

    expect(status).toBeGreaterThanOrEqual(500)
    expect(await (await client.get('/v1/embeds')).json()).toMatchObject({ items: [] })
  } finally {
    await env.DB.prepare('DROP TRIGGER broken').run()
  }
})
