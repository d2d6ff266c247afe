import { createExecutionContext, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scheduled } from '../../workers/cron.ts'
import { tellAlerts } from '../../workers/alerts.ts'
import { type Client, newSurvey, newWorkspace, rollUp } from './client.ts'

interface Made {
  id: string
  secret?: string
  target: { format: string; host: string }
  checked: string | null
}

interface Delivery {
  subject: string
  finding: Record<string, unknown>
  state: string
  attempts: number
  next: string | null
  settled: string | null
  status: number | null
  error: string | null
}

/** What a receiver was sent. */
interface Received {
  url: string
  headers: Headers
  body: string
  redirect: string | undefined
}

const slack = { url: 'https://hooks.slack.com/services/T0/B0/secret-path', format: 'slack' }
const standard = { url: 'https://alerts.customer.com/hook?token=t0ken', format: 'standard' }
const hour = 3_600_000

let received: Received[] = []
let answer: () => Response | Promise<Response>

beforeEach(async () => {
  received = []
  answer = () => new Response('thank you '.repeat(1_000))
  vi.stubGlobal('fetch', async (url: string, init: RequestInit & { body: string }) => {
    received.push({
      url,
      headers: new Headers(init.headers),
      body: init.body,
      redirect: init.redirect,
    })
    return answer()
  })
  await env.DB.batch(['outbox', 'alert'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
})

afterEach(() => vi.unstubAllGlobals())

const dayAgo = (days: number) => new Date(Date.now() - days * 24 * hour).toISOString().slice(0, 10)

/** So many visits on each of the days before today, the last of them being yesterday's. */
async function visited(client: Client, counts: readonly number[]): Promise<void> {
  const events = counts.flatMap((count, at) =>
    Array.from({ length: count }, (_, index) => ({
      specversion: '1.0',
      id: `v${at}-${index}`,
      source: 'test',
      type: 'visit.started',
      time: `${dayAgo(counts.length - at)}T12:00:00Z`,
      data: { visitor: `v${at}-${index}` },
    })),
  )
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length })
  await rollUp(client)
}

const few = { kind: 'value', kpi: 'visits', days: 1, below: 3 }

async function newAlert(client: Client, more: Record<string, unknown> = {}): Promise<Made> {
  const made = await client.post('/v1/alerts', {
    name: 'Visits',
    rule: few,
    target: slack,
    ...more,
  })
  expect(made.status).toBe(201)
  return made.json<Made>()
}

async function deliveriesOf(client: Client, { id }: Made): Promise<Delivery[]> {
  const found = await client.get(`/v1/alerts/${id}/deliveries`)
  expect(found.status).toBe(200)
  return (await found.json<{ items: Delivery[] }>()).items
}

const textOf = ({ body }: Received) => (JSON.parse(body) as { text: string }).text

test('the cron finds what a rule is about and tells it, once, whoever runs at the same time', async () => {
  const client = await newWorkspace()
  await visited(client, [9, 2])
  const made = await newAlert(client)
  const cron = () => {
    const controller = createScheduledController({ scheduledTime: new Date() })
    return scheduled(controller, env, createExecutionContext())
  }

  await Promise.all([cron(), cron()])
  await cron()

  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ url: slack.url, redirect: 'manual' })
  expect(received.map(textOf)).toEqual([
    expect.stringMatching(/^\*Visits\*\nVisits is 2, below 3: .*, n = 2\.$/),
  ])
  expect(await deliveriesOf(client, made)).toMatchObject([
    { subject: dayAgo(1), state: 'delivered', attempts: 1, status: 200, error: null, next: null },
  ])
})

test('what is told the Standard Webhooks way is signed with the secret that was shown once', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const { secret = '', ...made } = await newAlert(client, { target: standard })

  await tellAlerts(env, Date.now())
  const listed = await (await client.get('/v1/alerts')).text()

  const [{ body, headers } = { body: '', headers: new Headers() }] = received
  expect(secret).toMatch(/^whsec_/)
  expect(new Webhook(secret).verify(body, Object.fromEntries(headers))).toMatchObject({
    type: 'alert.value',
    data: {
      alert: { id: made.id, name: 'Visits' },
      kpi: 'visits',
      value: 2,
      side: 'below',
      bound: 3,
    },
  })
  expect(listed).toContain('alerts.customer.com')
  expect(listed).not.toMatch(/whsec_|t0ken|hook\?/)
})

test('addresses and secrets lie sealed in the database', async () => {
  const client = await newWorkspace()
  await newAlert(client)
  await newAlert(client, { target: standard })

  const { results } = await env.DB.prepare('SELECT * FROM alert').all()

  expect(JSON.stringify(results)).not.toMatch(/secret-path|t0ken|whsec_/)
})

test.each<[string, () => Response | Promise<Response>, number | null, string | null]>([
  ['answers 500', () => new Response('no', { status: 500 }), 500, null],
  ['leads elsewhere', () => Response.redirect('https://127.0.0.1/'), 302, null],
  [
    'cannot be reached',
    () => Promise.reject(new Error(`no route to ${standard.url}`)),
    null,
    'The receiver could not be reached',
  ],
  [
    'takes too long',
    () => Promise.reject(new DOMException('timed out', 'TimeoutError')),
    null,
    'No answer within 5 seconds',
  ],
])('a receiver that %s is tried again later, and not before', async (_, how, status, error) => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client, { target: standard })
  const logged = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  answer = how

  await tellAlerts(env, Date.now())
  await tellAlerts(env, Date.now() + 4 * 60_000)
  const [delivery] = await deliveriesOf(client, made)

  expect(delivery).toMatchObject({ state: 'waiting', attempts: 1, status, error })
  expect(Date.parse(delivery?.next ?? '')).toBeGreaterThan(Date.now() + 4 * 60_000)
  expect(received).toHaveLength(1)
  expect(JSON.stringify(logged.mock.calls)).not.toContain('t0ken')
  logged.mockRestore()
})

test('a receiver that never takes it is given up after seven attempts, all by one id', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client, { target: standard })
  answer = () => new Response('no', { status: 500 })

  for (let days = 0; days < 9; days++) await tellAlerts(env, Date.now() + days * 24 * hour)

  expect(await deliveriesOf(client, made)).toMatchObject([
    { state: 'failed', attempts: 7, next: null, status: 500 },
  ])
  expect(received).toHaveLength(7)
  expect(new Set(received.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1)
})

test('a receiver that has failed once gets it the next time', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client)
  answer = () => new Response(null, { status: 503, headers: { 'retry-after': '7200' } })

  await tellAlerts(env, Date.now())
  answer = () => new Response(null, { status: 204 })
  await tellAlerts(env, Date.now() + hour)
  const patient = received.length
  await tellAlerts(env, Date.now() + 3 * hour)

  expect(patient).toBe(1)
  expect(await deliveriesOf(client, made)).toMatchObject([
    { state: 'delivered', attempts: 2, status: 204 },
  ])
})

test('a receiver that answers 410 is not asked again', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client)
  answer = () => new Response(null, { status: 410 })

  await tellAlerts(env, Date.now())

  expect(await deliveriesOf(client, made)).toMatchObject([{ state: 'failed', status: 410 }])
})

test('what a run that died had taken is taken again', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client)
  answer = () => {
    throw new Error('never comes back')
  }
  await tellAlerts(env, Date.now())
  await env.DB.prepare(`UPDATE outbox SET attempts = 1, due = ?`)
    .bind(Date.now() + 120_000)
    .run()
  answer = () => new Response()

  await tellAlerts(env, Date.now() + 60_000)
  const leased = received.length
  await tellAlerts(env, Date.now() + 180_000)

  expect(leased).toBe(1)
  expect(await deliveriesOf(client, made)).toMatchObject([{ state: 'delivered', attempts: 2 }])
})

test('after it has told something an alert is quiet for as long as it is to be', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const rule = { kind: 'detractor' }
  const quiet = await newAlert(client, { rule, cooldown: 2, name: 'Quiet' })
  const chatty = await newAlert(client, { rule, cooldown: 0, name: 'Chatty' })

  for (const submission of ['a', 'b', 'c']) {
    await client.send(`/s/${survey}`, JSON.stringify({ submission, score: 1 }), 'application/json')
  }
  await tellAlerts(env, Date.now())
  await tellAlerts(env, Date.now() + 60_000)
  const later = JSON.stringify({ submission: 'd', score: 6 })
  await client.send(`/s/${survey}`, later, 'application/json')
  await tellAlerts(env, Date.now() + 3 * hour)

  const states = (await deliveriesOf(client, quiet)).map(({ state }) => state)
  expect(states.toSorted()).toEqual(['delivered', 'delivered', 'muted', 'muted'])
  expect((await deliveriesOf(client, chatty)).map(({ state }) => state)).toEqual(
    Array.from({ length: 4 }, () => 'delivered'),
  )
  expect(received).toHaveLength(6)
})

test('a detractor is told of in the transaction of the answer, without a word of theirs unless asked for', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const other = await newSurvey(client)
  const rule = { kind: 'detractor', survey }
  await newAlert(client, { rule, cooldown: 0, name: 'Short' })
  await newAlert(client, { rule: { ...rule, comment: true }, cooldown: 0, name: 'Long' })
  const say = (of: string, fields: Record<string, unknown>) =>
    client.send(`/s/${of}`, JSON.stringify(fields), 'application/json')

  await say(survey, { submission: 'a', score: 2, comment: 'Slow & <!channel>\n@here' })
  await say(survey, { submission: 'b', score: 7, comment: 'fine' })
  await say(other, { submission: 'c', score: 0 })
  const { results } = await env.DB.prepare('SELECT finding FROM outbox').all()
  await tellAlerts(env, Date.now())

  const sentence = `Somebody has given 2 of 10 to the survey ${survey.replaceAll('_', '_\u200B')}.`
  expect(results).toHaveLength(2)
  expect(JSON.stringify(results)).not.toContain('Slow')
  expect(received.map(textOf).toSorted()).toEqual([
    `*Long*\n${sentence}\n> Slow &amp; &lt;!channel&gt;\n> @\u200Bhere`,
    `*Short*\n${sentence}`,
  ])
})

test('a detractor whose answer no longer counts when it is to be told is not told', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const rule = { kind: 'detractor', survey, comment: true }
  const made = await newAlert(client, { rule, cooldown: 0 })
  for (const score of [1, 2, 3, 4]) {
    const body = JSON.stringify({ submission: `s${score}`, score, comment: `said ${score}` })
    await client.send(`/s/${survey}`, body, 'application/json')
  }
  const correct = (score: number, to: number) =>
    env.DB.prepare(
      `INSERT INTO fact (workspace, type, day, source, id, subject, time, received, value, dimensions, data, replaces)
       SELECT workspace, type, day, source, id || '-2', subject, time, received, ?2, dimensions,
         json_object('comment', 'corrected'), id
       FROM fact WHERE subject = ?3 AND value = ?1 AND replaced IS NULL`,
    ).bind(score, to, survey)
  await env.DB.batch([
    correct(3, 9),
    correct(4, 5),
    env.DB.prepare('UPDATE fact SET replaced = 1 WHERE subject = ? AND value IN (2, 3, 4)').bind(
      survey,
    ),
  ])

  await tellAlerts(env, Date.now())

  const states = (await deliveriesOf(client, made)).map(({ state }) => state)
  expect(states.toSorted()).toEqual(['delivered', 'delivered', 'muted', 'muted'])
  expect(received.map((one) => textOf(one).split('\n').at(-1) ?? '').toSorted()).toEqual([
    '> corrected',
    '> said 1',
  ])
})

test('a source that falls silent while an alert is quiet about another is told of', async () => {
  const client = await newWorkspace()
  for (const name of ['One', 'Other']) {
    await client.post('/v1/sources', { vendor: 'delighted', name, secrets: ['a-secret-of-theirs'] })
  }
  const made = await newAlert(client, { rule: { kind: 'source' } })
  const silence = (name: string, since: number) =>
    env.DB.prepare('UPDATE source SET silent = ? WHERE workspace = ? AND name = ?')
      .bind(since, client.workspace, name)
      .run()

  for (const [name, since] of [
    ['One', 1],
    ['Other', 2],
    ['One', 3],
  ] as const) {
    await silence(name, since)
    await tellAlerts(env, Date.now())
  }

  expect(received).toHaveLength(2)
  const states = (await deliveriesOf(client, made)).map(({ state }) => state)
  expect(states.toSorted()).toEqual(['delivered', 'delivered', 'muted'])
})

test('an alert whose KPI is gone is done with, and keeps nobody else from being told', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const gone = await newAlert(client)
  await newAlert(client)
  await env.DB.prepare(`UPDATE alert SET rule = json_set(rule, '$.kpi', 'gone') WHERE id = ?`)
    .bind(gone.id)
    .run()
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)

  await tellAlerts(env, Date.now())
  const { items } = await (await client.get('/v1/alerts')).json<{ items: Made[] }>()

  expect(received).toHaveLength(1)
  expect(items.map(({ checked }) => checked)).toEqual([dayAgo(1), dayAgo(1)])
  expect(JSON.stringify(logged.mock.calls)).toContain(gone.id)
  logged.mockRestore()
})

test('answers that are imported from the past are no news', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  await newAlert(client, { rule: { kind: 'detractor' } })

  const csv = `time,score\n${dayAgo(3)},1\n`
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, csv, 'text/csv')
  await tellAlerts(env, Date.now())

  expect(received).toEqual([])
})

test('a source that has fallen silent is told of once, while it is', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/sources', {
    vendor: 'delighted',
    name: 'Delighted',
    secrets: ['a-secret-of-delighted'],
  })
  const { id } = await made.json<{ id: string }>()
  await newAlert(client, { rule: { kind: 'source' }, cooldown: 0 })
  const since = Date.parse('2026-03-01T09:30:00Z')

  await tellAlerts(env, Date.now())
  await env.DB.prepare('UPDATE source SET silent = ? WHERE id = ?').bind(since, id).run()
  await tellAlerts(env, Date.now())
  await tellAlerts(env, Date.now())

  expect(received.map(textOf)).toEqual([
    '*Visits*\nNothing has come from the source Delighted since 2026-03-01 09:30 UTC, for longer than usual.',
  ])
})

test.each<[string, Record<string, unknown>, readonly number[], RegExp]>([
  ['value', { kind: 'value', days: 2, above: 10 }, [5, 6], /is 11, above 10/],
  ['change', { kind: 'change', days: 2 }, [30, 30, 5, 5], /went from 60 to 10/],
  [
    'anomaly',
    { kind: 'anomaly' },
    [...Array.from({ length: 28 }, () => 4), 30],
    /unusually high: 30/,
  ],
  ['silence', { kind: 'silence', days: 2 }, [5, 0, 0], /for 2 days; the last was on/],
])('%s: it is told where there is something to tell', async (_, rule, counts, text) => {
  const client = await newWorkspace()
  await visited(client, counts)
  await newAlert(client, { rule: { kpi: 'visits', ...rule } })

  await tellAlerts(env, Date.now())

  expect(received.map(textOf)).toEqual([expect.stringMatching(text)])
})

test.each<[string, Record<string, unknown>, readonly number[]]>([
  ['value', { kind: 'value', days: 2, above: 11, below: 11 }, [5, 6]],
  ['change', { kind: 'change', days: 2 }, [6, 6, 5, 5]],
  ['anomaly', { kind: 'anomaly' }, [...Array.from({ length: 28 }, () => 4), 5]],
  ['anomaly, of two weeks', { kind: 'anomaly' }, [...Array.from({ length: 13 }, () => 4), 30]],
  ['silence', { kind: 'silence', days: 3 }, [5, 0, 0]],
])('%s: it is not told where there is nothing', async (_, rule, counts) => {
  const client = await newWorkspace()
  await visited(client, counts)
  const made = await newAlert(client, { rule: { kpi: 'visits', ...rule } })

  await tellAlerts(env, Date.now())
  const [item] = (await (await client.get('/v1/alerts')).json<{ items: Made[] }>()).items

  expect(received).toEqual([])
  expect(item).toMatchObject({ id: made.id, checked: dayAgo(1) })
})

test('a test goes out at once, says how it went, and shows nothing of the answer', async () => {
  const client = await newWorkspace()
  const made = await newAlert(client)

  const well = await client.post(`/v1/alerts/${made.id}/test`)
  answer = () => new Response('inner secrets', { status: 403 })
  const refused = await client.post(`/v1/alerts/${made.id}/test`)

  expect(await well.json()).toEqual({ ok: true, status: 200, error: null })
  expect(await refused.json()).toEqual({ ok: false, status: 403, error: null })
  expect(textOf(received[0] as Received)).toContain('This is a test')
  expect(await deliveriesOf(client, made)).toEqual([])
})

test('a deployment with another key says that it cannot open the address, and sends nothing', async () => {
  const client = await newWorkspace()
  await visited(client, [2])
  const made = await newAlert(client)

  await tellAlerts({ ...env, SEAL_KEY: 'another-key-of-32-characters-or-more' }, Date.now())

  expect(received).toEqual([])
  expect(await deliveriesOf(client, made)).toMatchObject([
    { state: 'failed', error: 'The SEAL_KEY does not open the address' },
  ])
})

test('nobody else sees, tests or deletes an alert; whoever may deletes it with what it has found', async () => {
  const [client, stranger] = [await newWorkspace(), await newWorkspace()]
  await visited(client, [2])
  const { id } = await newAlert(client)
  await tellAlerts(env, Date.now())

  expect(await (await stranger.get('/v1/alerts')).json()).toEqual({ items: [], next: null })
  expect((await stranger.get(`/v1/alerts/${id}/deliveries`)).status).toBe(404)
  expect((await stranger.post(`/v1/alerts/${id}/test`)).status).toBe(404)
  expect((await stranger.remove(`/v1/alerts/${id}`)).status).toBe(404)
  expect((await client.remove(`/v1/alerts/${id}`)).status).toBe(204)
  expect((await client.remove(`/v1/alerts/${id}`)).status).toBe(404)
  const left = await env.DB.prepare('SELECT count(*) AS n FROM outbox').first<number>('n')
  expect([left, received.length]).toEqual([0, 1])
})

const refusedBodies: [string, Record<string, unknown>, string][] = [
  ['a target inside', { target: { ...slack, url: 'https://127.0.0.1/' } }, 'target.url'],
  [
    'a target of its own',
    { target: { ...slack, url: 'https://tidemark.test/hooks/x' } },
    'target.url',
  ],
  ['http', { target: { ...slack, url: 'http://hooks.slack.com/' } }, 'target.url'],
  ['no bound', { rule: { kind: 'value', kpi: 'visits' } }, 'rule'],
  ['no KPI', { rule: { kind: 'anomaly', kpi: 'nope' } }, 'rule.kpi'],
  ['a level', { rule: { kind: 'anomaly', kpi: 'mrr' } }, 'rule.kpi'],
  ['a change of money', { rule: { kind: 'change', kpi: 'revenue' } }, 'rule.kpi'],
  ['a change of a level', { rule: { kind: 'change', kpi: 'customers' } }, 'rule.kpi'],
  ['a strange segment', { rule: { ...few, segment: 'owner:Ann' } }, 'rule.segment'],
  ['no such source', { rule: { kind: 'source', source: 'x' } }, 'rule.source'],
  ['no such survey', { rule: { kind: 'detractor', survey: 'x' } }, 'rule.survey'],
  ['a strange kind', { rule: { kind: 'gossip' } }, 'rule.kind'],
  ['a strange field', { rule: { ...few, loud: true } }, 'rule.loud'],
  ['days that are none', { rule: { ...few, days: 1.5 } }, 'rule.days'],
  ['a long cool-down', { cooldown: 721 }, 'cooldown'],
]

test.each(refusedBodies)('%s is refused by name', async (_, more, path) => {
  const client = await newWorkspace()

  const made = await client.post('/v1/alerts', { name: 'x', rule: few, target: slack, ...more })

  expect(made.status).toBe(422)
  expect(await made.json()).toMatchObject({ errors: [{ path }] })
})
