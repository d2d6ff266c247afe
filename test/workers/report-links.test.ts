import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import { windowOf } from '../../src/report.ts'
import { readReport } from '../../src/store/reports.ts'
import { readGround } from '../../workers/report-read.ts'
import { counting } from '../store/counting.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'

interface Link {
  id: string
  period: string | null
  from: string | null
  to: string | null
  locale: string
  title: string | null
  minimum: number
  url: string
}

interface Problem {
  errors?: { path: string; message: string }[]
}

const todayUtc = dayFinder('UTC')(Date.now())

const march = { from: '2017-03-01', to: '2017-03-31' }

/** So many answers of five on a day of March 2017. */
async function answers(client: Client, count: number): Promise<void> {
  const survey = await newSurvey(client, { kind: 'csat' })
  const events = Array.from({ length: count }, (_, index) => ({
    specversion: '1.0',
    id: `a${index}`,
    source: 'test',
    type: 'survey.response',
    time: '2017-03-15T12:00:00Z',
    data: { survey, score: 5 },
  }))
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: count })
  await rollUp(client)
}

async function link(client: Client, body: Record<string, unknown> = march): Promise<Link> {
  const made = await client.post('/v1/reports', body)
  expect(made.status).toBe(201)
  return made.json<Link>()
}

const open = ({ url }: Link) => call(new URL(url).pathname)

test('a link shows the report to whoever has it, and to no search engine or cache', async () => {
  const client = await newWorkspace('Europe/Warsaw')
  await answers(client, 40)
  const made = await link(client, { ...march, title: 'March <b>for</b> the board' })

  const found = await open(made)
  const page = await found.text()

  expect(made).toMatchObject({ ...march, period: null, locale: 'en', minimum: 5 })
  expect(made.url).toBe(`https://tidemark.test/r/${made.id}.html`)
  expect(made.id).toMatch(/^[\w-]{22}$/)
  expect(found.status).toBe(200)
  expect(found.headers.get('cache-control')).toBe('private, no-store')
  expect(found.headers.get('x-robots-tag')).toBe('noindex, nofollow')
  expect(found.headers.get('content-security-policy')).toContain("img-src 'self' data:")
  expect(found.headers.get('content-security-policy')).not.toContain('script-src')
  expect(page).toContain('<h1>March &lt;b&gt;for&lt;/b&gt; the board</h1>')
  expect(page).toContain('Customer satisfaction stands at 100%')
  expect(page).toContain('Days of Europe/Warsaw')
  expect(page).toContain('Net Promoter Score; ')
  expect(page).not.toContain('<script')
})

test.each([
  ['en', 'Customer report', 'What needs attention'],
  ['ru', 'Отчёт о клиентах', 'На что обратить внимание'],
  ['pl', 'Raport o klientach', 'Co wymaga uwagi'],
])('a report in %s is in that language from its title to its notes', async (locale, ...words) => {
  const client = await newWorkspace()
  await answers(client, 40)

  const page = await (await open(await link(client, { ...march, locale }))).text()

  expect(page).toContain(`<html lang="${locale}" dir="ltr">`)
  for (const word of words) expect(page).toContain(word)
})

test('fewer answers than the minimum are not shown, neither as value nor as part of a picture', async () => {
  const client = await newWorkspace()
  await answers(client, 4)

  const hidden = await (await open(await link(client))).text()
  const shown = await (await open(await link(client, { ...march, minimum: 4 }))).text()

  const pictures = (page: string) =>
    [...page.matchAll(/base64,([^"]+)/g)].map(([, data = '']) => atob(data)).join('')
  expect(shown).toContain('<td>100%</td>')
  expect(pictures(shown)).toContain('n = 4')
  expect(hidden).toContain('Customer satisfaction: fewer than 5 answers')
  expect(hidden).not.toMatch(/\bn = \d/)
  expect(hidden).not.toContain('<td>100%</td>')
  expect(pictures(hidden)).not.toContain('n = ')
})

test('a report of a workspace without data says so', async () => {
  const page = await (await open(await link(await newWorkspace(), { period: 'month' }))).text()

  expect(page).toContain('Nothing has been counted yet')
  expect(page).not.toContain('<img')
})

test('a link that was taken back, or never given, is a page that says so', async () => {
  const [client, other] = [await newWorkspace(), await newWorkspace()]
  const made = await link(client)

  const foreign = await other.remove(`/v1/reports/${made.id}`)
  const before = await open(made)
  const removed = await client.remove(`/v1/reports/${made.id}`)
  const after = await open(made)

  expect([foreign.status, before.status, removed.status, after.status]).toEqual([
    404, 200, 204, 404,
  ])
  expect(after.headers.get('cache-control')).toBe('private, no-store')
  expect(await after.text()).toContain('There is no report here')
  expect((await client.remove(`/v1/reports/${made.id}`)).status).toBe(404)
  for (const path of [
    '/r/x.html',
    `/r/${made.id}`,
    `/r/${made.id}.pdf`,
    `/r/${'x'.repeat(99)}.html`,
  ]) {
    expect((await call(path)).status, path).toBe(404)
  }
})

test('links in use are listed page by page, those of the workspace alone', async () => {
  const [client, other] = [await newWorkspace(), await newWorkspace()]
  const made = [await link(client), await link(client, { period: 'quarter', locale: 'pl' })]
  const gone = await link(client)
  await client.remove(`/v1/reports/${gone.id}`)
  await link(other)

  const first = await client.get('/v1/reports?limit=1')
  const { items, next } = await first.json<{ items: Link[]; next: string | null }>()
  const rest = await client.get(`/v1/reports?cursor=${next}`)
  const more = await rest.json<{ items: Link[]; next: string | null }>()

  expect([...items, ...more.items]).toEqual(made.toSorted((one, two) => (one.id < two.id ? -1 : 1)))
  expect(first.headers.get('link')).toContain('rel="next"')
  expect(more.next).toBeNull()
})

test.each([
  [{}, 'period'],
  [{ ...march, period: 'month' }, 'period'],
  [{ period: 'week' }, 'period'],
  [{ from: '2017-03-01' }, 'to'],
  [{ to: '2017-03-01' }, 'from'],
  [{ from: '2017-03-02', to: '2017-03-01' }, 'to'],
  [{ from: '2017-03-01', to: '2018-03-02' }, 'to'],
  [{ from: new Date().toISOString().slice(0, 10), to: '2098-01-01' }, 'to'],
  [{ ...march, locale: 'fr' }, 'locale'],
  [{ ...march, minimum: 0 }, 'minimum'],
  [{ ...march, title: ' ' }, 'title'],
  [{ ...march, segment: 'owner:Ann' }, 'segment'],
])('a link asked for with %o is refused by name: %s', async (body, path) => {
  const client = await newWorkspace()

  const refused = await client.post('/v1/reports', body)

  expect(refused.status).toBe(422)
  const { errors } = await refused.json<Problem>()
  expect(errors?.map((error) => error.path)).toEqual([path])
})

test('days that have not ended cannot be published: every answer would show by itself', async () => {
  const client = await newWorkspace()
  const today = new Date().toISOString().slice(0, 10)

  const { errors } = await (
    await client.post('/v1/reports', { from: '2026-01-01', to: today })
  ).json<Problem>()

  expect(errors?.[0]?.message).toMatch(/^Expected days that have ended/)
})

test('a page takes at most five queries, however many KPIs and targets there are', async () => {
  const client = await newWorkspace()
  await answers(client, 40)
  for (const kpi of ['csat', 'csat_mean', 'nps', 'deals_won']) {
    const target = { kpi, baseline: 1, target: 3, from: '2016-01-01', to: '2017-12-31' }
    expect((await client.post('/v1/targets', target)).status).toBe(201)
  }
  const { id } = await link(client)
  const { db, account } = counting(env.DB)

  const found = await readReport(db, id)
  if (found === null) throw new Error('No report')
  const asked = { window: windowOf(found.link.span, todayUtc), locale: 'en', minimum: 5 }
  const ground = await readGround(db, found.workspace, { ...asked, now: Date.now() })

  expect(ground.targets).toHaveLength(4)
  expect(ground.histories.get('csat')?.snapshots).toHaveLength(1)
  expect(account.queries).toBe(5)
  expect(account.rowsWritten).toBe(0)
})
