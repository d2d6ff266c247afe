import parsePrometheus from 'parse-prometheus-text-format'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { kpis } from '../../src/kpis/index.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'

/** Two days ago at noon: a complete day, whatever the time is now. */
const time = `${new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)}T12:00:00Z`

async function answered(): Promise<Client> {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const scores = [10, 10, 10, 9, 8, 3]
  const events = scores.map((score, at) => ({
    specversion: '1.0',
    id: `a${at}`,
    source: 'test',
    type: 'survey.response',
    time,
    data: { survey, score },
  }))
  const deal = {
    specversion: '1.0',
    id: 'won',
    source: 'test',
    type: 'deal.won',
    time,
    data: { deal: 'd1', amount: '12.50' },
  }
  await client.send(
    '/v1/facts',
    JSON.stringify([...events, deal]),
    'application/cloudevents-batch+json',
  )
  await rollUp(client)
  return client
}

const read = async (client: Client, query = '') => {
  const answer = await client.get(`/metrics${query}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  const families = parsePrometheus(await answer.text())
  return new Map(families.map((family) => [family.name, family]))
}

test('a KPI is a gauge whose help is its definition, with its interval and n beside it', async () => {
  const found = await read(await answered())
  const nps = kpis.find(({ id }) => id === 'nps')

  expect(found.get('tidemark_nps')).toEqual({
    name: 'tidemark_nps',
    help: `${nps?.label}. ${nps?.definition}`,
    type: 'GAUGE',
    metrics: [{ value: '50', labels: { unit: 'points', window: '30d' } }],
  })
  expect(found.get('tidemark_nps_n')?.metrics).toEqual([{ value: '6', labels: { window: '30d' } }])
  const [low, high] = ['low', 'high'].map((bound) =>
    Number(found.get(`tidemark_nps_${bound}`)?.metrics[0]?.value),
  )
  expect(low).toBeLessThan(50)
  expect(high).toBeGreaterThan(50)
  expect(found.get('tidemark_revenue')?.metrics[0]).toEqual({
    value: '12.5',
    labels: { unit: 'currency', currency: 'EUR', window: '30d' },
  })
})

test('what has no value is not there, and every number agrees with the API', async () => {
  const client = await answered()
  const found = await read(client, '?last=7d')

  for (const { id } of kpis) {
    const answer = await client.get(`/v1/kpis/${id}?last=7d`)
    const { total } = await answer.json<{ total: { value: number | null; n: number } }>()
    const metric = found.get(`tidemark_${id}`)
    expect(metric?.metrics[0]?.value).toBe(total.value === null ? undefined : String(total.value))
    expect(found.has(`tidemark_${id}_n`)).toBe(total.value !== null)
  }
  expect(found.has('tidemark_churn_rate')).toBe(false)
  const yesterday = await read(client, '?last=1d')
  expect(yesterday.has('tidemark_nps')).toBe(false)
})

test('names of metrics are valid and each occurs once', async () => {
  const client = await answered()
  const text = await (await client.get('/metrics')).text()
  const names = [...text.matchAll(/^# TYPE (.+) gauge$/gm)].map(([, name]) => name)

  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^tidemark_[a-z0-9_]+$/)
  const every = kpis.flatMap(({ id }) => ['', '_low', '_high', '_n'].map((end) => id + end))
  expect(new Set(every).size).toBe(every.length)
})

test('says how the deployment is', async () => {
  const found = await read(await answered())
  const last = Number(found.get('tidemark_last_rollup_timestamp_seconds')?.metrics[0]?.value)

  expect(Math.abs(Date.now() / 1000 - last)).toBeLessThan(60)
  for (const name of ['dirty_days', 'quarantined_deliveries', 'silent_sources']) {
    expect(Number(found.get(`tidemark_${name}`)?.metrics[0]?.value)).toBeGreaterThanOrEqual(0)
  }
})

test('costs two queries, one of which is for all KPIs', async () => {
  const client = await answered()
  const prepare = vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare')

  await read(client)

  expect(prepare).toHaveBeenCalledTimes(2)
  prepare.mockRestore()
})

test('is for whoever may read, and refuses what it does not know', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/keys', { name: 'writer', scopes: ['write'] })
  const { secret } = await made.json<{ secret: string }>()
  const status = async (path: string, key: string) =>
    (await call(path, { headers: { authorization: `Bearer ${key}` } })).status

  expect((await call('/metrics')).status).toBe(401)
  expect(await status('/metrics', secret)).toBe(403)
  expect(await status('/metrics?last=0d', client.secret)).toBe(422)
  expect(await status('/metrics?window=7d', client.secret)).toBe(422)
})
