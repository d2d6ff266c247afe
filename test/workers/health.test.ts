import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { type TeamSource, newSource, post, watchAll } from './hooks.ts'

interface Ready {
  status: string
  rollup: { last: string | null; ageSeconds: number | null; overdue: boolean }
  dirtyDays: number
  quarantined: number
  silentSources: number
}

const ready = async () => (await call('/readyz')).json<Ready>()

test('the Worker says that it is alive, and asks nobody for that', async () => {
  const answer = await call('/healthz')

  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ status: 'alive' })
})

test('before the first rollup it is ready but overdue, and afterwards it tells the age', async () => {
  await env.DB.prepare('DELETE FROM heartbeat').run()

  const before = await ready()
  await rollUp(await newWorkspace())
  const after = await ready()

  expect(before).toMatchObject({
    status: 'ready',
    rollup: { last: null, ageSeconds: null, overdue: true },
    quarantined: 0,
  })
  expect(after.rollup.overdue).toBe(false)
  expect(after.rollup.ageSeconds).toBeLessThan(60)
  expect(Date.now() - Date.parse(after.rollup.last ?? '')).toBeLessThan(60_000)
})

test('a rollup that has not run for hours is overdue', async () => {
  await rollUp(await newWorkspace())
  const hours = 3 * 60 * 60
  await env.DB.prepare('UPDATE heartbeat SET time = ?')
    .bind(Date.now() - hours * 1000)
    .run()

  const { rollup } = await ready()

  expect(rollup.overdue).toBe(true)
  expect(rollup.ageSeconds).toBeGreaterThanOrEqual(hours)
})

test('days that wait for their rollup are counted, until it has been', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const before = await ready()
  const csv = 'time,score\n2026-03-01,9\n2026-03-01,8\n2026-03-02,9\n'
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, csv, 'text/csv')

  const waiting = await ready()
  await rollUp(client)
  const after = await ready()

  expect(waiting.dirtyDays - before.dirtyDays).toBe(2)
  expect(after.dirtyDays).toBe(before.dirtyDays)
})

const token = 'a-secret-of-delighted'

/** A source that sent a fact every three hours for five days, until so many hours ago. */
async function steadySource(client: Client, ago: number): Promise<TeamSource & { last: number }> {
  const source = await newSource(client, 'delighted', { secrets: [token] })
  const hour = 3_600_000
  const last = Date.now() - ago * hour
  const days = [0, 1, 2, 3, 4].map((back) => last - back * 24 * hour)
  await env.DB.batch(
    days.map((end) =>
      env.DB.prepare('INSERT INTO rhythm VALUES (?, ?, 8, ?, ?, ?)').bind(
        source.id,
        new Date(end).toISOString().slice(0, 10),
        end - 21 * hour,
        end,
        3 * hour,
      ),
    ),
  )
  return { ...source, last }
}

const owned = (authorization: string) => call('/readyz', { headers: { authorization } })

test('a source that has gone silent is counted for anybody, and named to the owner only', async () => {
  const client = await newWorkspace()
  const before = await ready()
  const source = await steadySource(client, 7)
  await steadySource(client, 5)
  await watchAll(Date.now())

  const anybody = await ready()
  const owner = await (await owned('Bearer test-admin-key')).json<Ready>()

  expect(before).toMatchObject({ status: 'ready', silentSources: 0 })
  expect(anybody).toMatchObject({ status: 'ready', silentSources: 1 })
  expect(Object.keys(anybody)).not.toContain('silent')
  expect(JSON.stringify(anybody)).not.toContain(source.id)
  expect(owner).toMatchObject({
    silentSources: 1,
    silent: [
      {
        id: source.id,
        workspace: client.workspace,
        vendor: 'delighted',
        name: 'delighted',
        since: new Date(source.last).toISOString(),
      },
    ],
  })
  expect(await (await client.get(`/v1/sources/${source.id}`)).json()).toMatchObject({
    last: new Date(source.last).toISOString(),
    rhythm: { usualGapSeconds: 3 * 3_600, silent: true },
  })

  await post(source, '{"event_type":"unsubscribe.created"}', { authorization: `Bearer ${token}` })
  await watchAll(Date.now())

  expect(await ready()).toMatchObject({ silentSources: 0 })
  expect(await (await owned('Bearer test-admin-key')).json()).toMatchObject({ silent: [] })
})

test.each([
  ['a wrong key', 'Bearer test-admin-kez'],
  ['no bearer', 'Basic dGVzdC1hZG1pbi1rZXk='],
  ['nothing', 'Bearer'],
])(
  'whoever asks with %s is told how things stand, and of no source by name',
  async (_, authorization) => {
    const answer = await owned(authorization)

    expect(answer.status).toBe(200)
    expect(await answer.json()).not.toHaveProperty('silent')
  },
)

test("a team's own key does not name the silent sources of all", async () => {
  const { secret } = await newWorkspace()

  expect(await (await owned(`Bearer ${secret}`)).json()).not.toHaveProperty('silent')
})

test('deliveries in quarantine are counted', async () => {
  const client = await newWorkspace()
  const source = await newSource(client, 'delighted', { secrets: [token] })
  const before = await ready()

  await post(source, '{"event_type":"survey_response.created"}', {
    authorization: `Bearer ${token}`,
  })

  expect((await ready()).quarantined - before.quarantined).toBe(1)
})

test('without its database it is alive, not ready, and says when to ask again', async () => {
  await env.DB.prepare('ALTER TABLE heartbeat RENAME TO away').run()
  try {
    const answer = await call('/readyz')
    const alive = await call('/healthz')

    expect([answer.status, alive.status]).toEqual([503, 200])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).not.toContain('heartbeat')
  } finally {
    await env.DB.prepare('ALTER TABLE away RENAME TO heartbeat').run()
  }
})

interface Refusal {
  what: string
  status: number
  path: string
  body?: string
  method?: string
  type?: string
  /** The workspace's admin key, unless the request comes without one. */
  anonymous?: boolean
}

const jsonType = 'application/json'

const refusals: Refusal[] = [
  { what: 'an unknown route', status: 404, path: '/v1/nothing', anonymous: true },
  { what: 'an unknown page', status: 404, path: '/nothing', anonymous: true },
  { what: 'a method that a route does not have', status: 405, path: '/v1/kpis', method: 'PUT' },
  { what: 'no key', status: 401, path: '/v1/surveys', anonymous: true },
  { what: 'an unknown survey', status: 404, path: '/v1/surveys/none' },
  { what: 'an unknown embed', status: 404, path: '/e/none.json', anonymous: true },
  { what: 'a strange ending', status: 404, path: '/e/none.exe', anonymous: true },
  { what: 'an unknown parameter', status: 422, path: '/v1/surveys?color=red' },
  {
    what: 'a body that is no JSON',
    status: 400,
    path: '/v1/surveys',
    body: '{',
    type: jsonType,
  },
  { what: 'a body without a type', status: 415, path: '/v1/surveys', body: '{}', type: 'x/y' },
  { what: 'a field too many', status: 422, path: '/v1/surveys', body: '{"x":1}', type: jsonType },
  { what: 'a field twice', status: 422, path: '/v1/keys', body: '{"a":1,"a":1}', type: jsonType },
  {
    what: 'a body that is too large',
    status: 413,
    path: '/v1/surveys',
    body: `"${'x'.repeat(70_000)}"`,
    type: jsonType,
  },
  {
    what: 'an answer to no survey',
    status: 404,
    path: '/s/none',
    body: '{"score":9}',
    type: jsonType,
    anonymous: true,
  },
  {
    what: 'an import of an unknown type',
    status: 404,
    path: '/v1/import/nothing',
    body: 'a\n1\n',
    type: 'text/csv',
  },
]

test.each(refusals)('$what is refused with $status and a problem document', async (refusal) => {
  const { path, status, body, type, method = body === undefined ? 'GET' : 'POST' } = refusal
  const { secret } = await newWorkspace()

  const answer = await call(path, {
    method,
    headers: {
      ...(refusal.anonymous !== true && { authorization: `Bearer ${secret}` }),
      ...(type !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  })
  const problem = await answer.json<Record<string, unknown>>()

  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^\w+:/),
    title: expect.stringMatching(/\w/),
    status,
    detail: expect.stringMatching(/\w/),
  })
})
