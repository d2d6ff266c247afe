import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { charts } from '../../src/charts/index.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Twelve answers in two plans on two days, twelve the month before, and leads of which some were qualified. */
async function told(): Promise<Client> {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  const lines = [2, 3, 40, 41].flatMap((days) => [
    ...Array<string>(4).fill(`${ago(days)},10,pro`),
    `${ago(days)},3,free`,
    `${ago(days)},8,free`,
  ])
  await client.send(
    `/v1/import/survey.response?set=survey:${survey}&map=p.plan:plan`,
    ['time,score,plan', ...lines, ''].join('\n'),
    'text/csv',
  )
  await client.send(
    '/v1/import/lead.created',
    ['time,lead', ...[1, 2, 3, 4].map((lead) => `${ago(5)},l${lead}`), ''].join('\n'),
    'text/csv',
  )
  await client.send('/v1/import/lead.qualified', `time,lead\n${ago(4)},l1\n`, 'text/csv')
  await rollUp(client)
  return client
}

const more: Readonly<Record<string, Record<string, unknown>>> = {
  funnel: { kpi: 'lead_qualified_rate' },
  segments: { dimension: 'p.plan' },
  gauge: { target: 40 },
}

const made = async (client: Client, body: Record<string, unknown>) => {
  const answer = await client.post('/v1/embeds', { kpi: 'nps', window: '30d', minimum: 4, ...body })
  return { status: answer.status, body: await answer.json<Record<string, unknown>>() }
}

async function idOf(client: Client, body: Record<string, unknown>): Promise<string> {
  const { status, body: embed } = await made(client, body)
  expect(status, JSON.stringify(embed)).toBe(201)
  return String(embed['id'])
}

const dataOf = async (id: string) => (await call(`/e/${id}.json`)).json<Record<string, unknown>>()

function titleOf(svg: string): string {
  const parser = new SaxesParser()
  let [name, title] = ['', '']
  parser.on('opentag', (tag) => (name = tag.name))
  parser.on('text', (text) => (title += name === 'title' ? text : ''))
  parser.write(svg).close()
  return title
}

test('every kind of picture is drawn as SVG and PNG, and its page shows it', async () => {
  const client = await told()
  for (const { kind } of charts) {
    const id = await idOf(client, { kind, ...more[kind] })
    const [svg, png, page] = await Promise.all(
      ['svg', 'png', 'html'].map((ending) => call(`/e/${id}.${ending}`)),
    )
    const bytes = new Uint8Array((await png?.arrayBuffer()) ?? new ArrayBuffer(0))
    const html = (await page?.text()) ?? ''

    expect(titleOf((await svg?.text()) ?? ''), kind).not.toBe('')
    expect(String.fromCharCode(...bytes.slice(1, 4)), kind).toBe('PNG')
    expect(png?.headers.get('content-type')).toBe('image/png')
    expect(html, kind).toContain(`<img src="/e/${id}.svg"`)
  }
})

test('each kind gets the numbers that it needs', async () => {
  const client = await told()
  const of = async (kind: string) => dataOf(await idOf(client, { kind, ...more[kind] }))

  expect(await of('segments')).toMatchObject({
    segments: [
      { name: 'pro', value: 100, n: 8 },
      { name: 'free', value: -50, n: 4 },
    ],
  })
  expect(await of('change')).toMatchObject({
    total: { n: 12 },
    before: { n: 12, value: expect.closeTo(50) },
  })
  expect(await of('funnel')).toMatchObject({
    stages: [
      { name: 'Leads', count: 4 },
      { name: 'Qualified', count: null },
    ],
  })
  expect(await of('gauge')).toMatchObject({ target: 40 })
})

test('a segment that would be the total less the others is not shown', async () => {
  const client = await told()

  const { segments } = await dataOf(
    await idOf(client, { kind: 'segments', dimension: 'p.plan', minimum: 5 }),
  )

  expect(segments).toEqual([])
})

test('a gauge takes the target that is in force', async () => {
  const client = await told()
  const refused = await made(client, { kind: 'gauge' })
  await client.post('/v1/targets', {
    kpi: 'nps',
    baseline: 10,
    target: 60,
    from: ago(10),
    to: ago(-10),
  })

  const id = await idOf(client, { kind: 'gauge' })

  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'target' }] } })
  expect(await dataOf(id)).toMatchObject({ target: 60 })
})

test.each([
  ['kind', { kpi: 'win_rate', kind: 'stacked' }],
  ['kind', { kpi: 'nps', kind: 'funnel' }],
  ['dimension', { kind: 'segments' }],
  ['dimension', { kind: 'segments', dimension: 'channel' }],
  ['dimension', { kind: 'badge', dimension: 'p.plan' }],
  ['segment', { kind: 'segments', dimension: 'p.plan', segment: 'p.plan:pro' }],
  ['style', { kind: 'line', style: 'flat-square' }],
  ['style', { kind: 'badge', style: 'plastic' }],
  ['show', { kind: 'badge', show: ['n', 'n'] }],
  ['thresholds', { kind: 'badge', thresholds: [50, 20] }],
  ['thresholds', { kind: 'badge', kpi: 'open_deals', thresholds: [50] }],
  ['accent', { kind: 'line', accent: '#ffff00' }],
  ['accent', { kind: 'line', accent: '#101010' }],
  ['accent', { kind: 'line', accent: 'red' }],
  ['name', { kind: 'badge', name: '' }],
  ['target', { kind: 'gauge', target: '40' }],
])('an embed with a bad %s is refused by that name: %o', async (path, body) => {
  const { status, body: problem } = await made(await newWorkspace(), body)

  expect(status, JSON.stringify(problem)).toBe(422)
  expect(problem).toMatchObject({
    errors: [{ path: expect.stringMatching(new RegExp(`^${path}`)) }],
  })
})

test('what was chosen for an embed is listed and drawn', async () => {
  const client = await told()
  const look = {
    style: 'for-the-badge',
    show: ['n'],
    thresholds: [10, 90],
    accent: '#8050d0',
    name: 'Loyalty',
  }
  const id = await idOf(client, { kind: 'badge', ...look })
  const listed = await (await client.get('/v1/embeds')).json<{ items: unknown[] }>()
  const svg = await (await call(`/e/${id}.svg`)).text()

  expect(listed.items).toEqual([expect.objectContaining({ id, ...look })])
  expect(titleOf(svg)).toContain('Loyalty')
  expect(svg).toContain('height="28"')
})

test('an address chooses how an embed looks, in one way of writing it', async () => {
  const client = await told()
  const id = await idOf(client, { kind: 'badge', theme: 'dark' })
  const at = async (query: string) => {
    const { status, headers } = await call(`/e/${id}.svg${query}`)
    return [status, headers.get('location')]
  }

  expect(await at('?theme=light&locale=pl&style=flat-square')).toEqual([200, null])
  expect(await at('?locale=pl&theme=light')).toEqual([308, `/e/${id}.svg?theme=light&locale=pl`])
  expect(await at('?theme=dark')).toEqual([308, `/e/${id}.svg`])
  expect(await at('?style=flat')).toEqual([308, `/e/${id}.svg`])
  expect(await at('?minimum=1')).toEqual([308, `/e/${id}.svg`])
  expect(await (await call(`/e/${id}.svg?locale=pl`)).text()).toContain('lang="pl"')
})

test('the page of an embed says what the number means and how to show it, without a script', async () => {
  const client = await told()
  const id = await idOf(client, { kind: 'line', locale: 'pl' })
  const page = await call(`/e/${id}.html`)
  const text = await page.text()

  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).not.toContain('script-src')
  expect(page.headers.get('cache-control')).toBe('public, max-age=300')
  expect(text).toContain('<html lang="pl"')
  expect(text).toContain('Share of promoters')
  expect(text).toContain('Wersja 1')
  expect(text).toContain('=IMPORTDATA(&quot;https://tidemark.test/')
  expect(text).toContain(`/e/${id}.svg?theme=dark`)
  expect(text).toContain(`/e/${id}.png`)
  expect(text).not.toContain('<script')
  expect([...text.matchAll(/alt="([^"]*)"/g)].map(([, alt]) => alt)).toEqual([
    expect.not.stringMatching(/\d/),
  ])
})

test('a page for people says that an embed is gone', async () => {
  const gone = await call('/e/AAAAAAAAAAAAAAAAAAAAAA.html')

  expect(gone.status).toBe(404)
  expect(gone.headers.get('content-type')).toContain('text/html')
  expect(gone.headers.get('cache-control')).toBe('no-store')
})

test('a page of another origin may ask before it reads', async () => {
  const asked = await call('/e/AAAAAAAAAAAAAAAAAAAAAA.json', {
    method: 'OPTIONS',
    headers: { origin: 'https://example.com', 'access-control-request-method': 'GET' },
  })

  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe('*')
  expect(asked.headers.get('access-control-allow-headers')).toContain('If-None-Match')
})

test('latest answers are public only where blocks are not needed', async () => {
  const client = await told()
  const refused = await made(client, { kpi: 'nps_latest', kind: 'badge' })
  const shown = await made(client, { kpi: 'nps_latest', kind: 'badge', minimum: 1 })

  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'minimum' }] } })
  expect(shown.status).toBe(201)
})
