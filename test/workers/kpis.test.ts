import { parse } from 'csv-parse/sync'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { keyText } from '../../src/key.ts'
import { kpis } from '../../src/kpis/index.ts'
import { sha256 } from '../../src/sign.ts'
import { createKey } from '../../src/store/keys.ts'
import { rollup } from '../../src/store/rollup.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { type Client, call, clientOf, newSurvey, newWorkspace, rollUp } from './client.ts'

interface Value {
  value: number | null
  reason?: string
  n: number
  low: number | null
  high: number | null
  also?: Record<string, number | null>
  parts: Record<string, number | Record<string, number>>
  leftOut?: Record<string, number>
  mature?: boolean
}

interface Point extends Value {
  from: string
  to: string
  complete: boolean
  revised: boolean
}

interface Answer {
  from: string
  to: string
  segment: string | null
  currency?: string
  foldedDays?: number
  asOf: string
  total: Value
  points: Point[]
}

interface Problem {
  status: number
  detail: string
  errors?: { path: string; message: string }[]
}

const day = 86_400_000
const noon = Date.parse('2026-03-10T12:00:00Z')

/** A workspace that was created at `time`, so that the days after it are closed by its own rollups. */
async function workspaceSince(time: number, zone = 'UTC'): Promise<Client> {
  const workspace = crypto.randomUUID()
  const key = { id: workspace.replaceAll('-', '').slice(0, 12), secret: 's'.repeat(43) }
  const hash = await sha256(key.secret)
  await createWorkspace(env.DB, { id: workspace, name: 'Test', zone, currency: 'EUR' }, time)
  await createKey(env.DB, { id: key.id, workspace, name: 'Test', hash, scopes: ['admin'] }, time)
  return clientOf(workspace, keyText(key))
}

/** What the cron trigger would have done at `now`. */
const rollUpAt = (client: Client, now: number) =>
  rollup(env.DB, { kpis, now, workspace: client.workspace })

let told = 0

function event(
  type: string,
  time: string,
  data: Record<string, unknown>,
  more: { id?: string; replaces?: string } = {},
) {
  return { specversion: '1.0', id: `e${++told}`, source: 'test', type, time, data, ...more }
}

const answer = (survey: string, time: string, score: number, more: Record<string, string> = {}) =>
  event('survey.response', time, { survey, score, ...more })

async function tell(client: Client, events: readonly ReturnType<typeof event>[]): Promise<void> {
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length, rejected: [] })
}

async function read(client: Client, path: string): Promise<Answer> {
  const found = await client.get(`/v1/kpis/${path}`)
  expect(found.status).toBe(200)
  return found.json<Answer>()
}

/** The segments of a dimension, and what else is said of them. */
async function readSegments(client: Client, kpi: string, query: string) {
  const found = await client.get(`/v1/kpis/${kpi}/segments?${query}`)
  expect(found.status).toBe(200)
  return found.json<{ foldedDays?: number; items: (Value & { segment: string })[] }>()
}

function patch({ secret }: Client, body: unknown): Promise<Response> {
  return call('/v1/workspace', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const spans = ({ points }: Answer) => points.map(({ from, to }) => `${from} ${to}`)

/** Answers on both ends of a winter and between, in a workspace that has rolled them up. */
async function winter(): Promise<{ client: Client; survey: string }> {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client, { properties: ['plan'] })
  await tell(client, [
    event('survey.sent', '2026-03-02T12:00:00Z', { survey, recipient: 'ann' }),
    answer(survey, '2025-11-20T00:00:00Z', 10, { 'p.plan': 'pro' }),
    answer(survey, '2025-12-31T23:59:59Z', 9, { 'p.plan': 'pro' }),
    answer(survey, '2026-01-01T00:00:00Z', 0),
    answer(survey, '2026-01-04T12:00:00Z', 10),
    answer(survey, '2026-01-05T12:00:00Z', 8),
    answer(survey, '2026-02-28T12:00:00Z', 3),
    answer(survey, '2026-03-09T12:00:00Z', 10),
  ])
  await rollUpAt(client, noon)
  return { client, survey }
}

const winterDays = 'from=2025-11-20&to=2026-03-09'

test('the list of KPIs has exactly the fields that are promised', async () => {
  const client = await newWorkspace()

  const found = await client.get('/v1/kpis')
  const { items } = await found.json<{ items: Record<string, unknown>[] }>()

  expect(items.map(({ id }) => id)).toEqual(kpis.map(({ id }) => id))
  for (const item of items) {
    expect(Object.keys(item)).toEqual([
      'id',
      'label',
      'unit',
      'direction',
      'dimensions',
      'definition',
      'version',
      'source',
      ...('matures' in item ? ['matures'] : []),
      'parts',
    ])
  }
})

test('a KPI says what it is, in which zone and window, and on which parts it stands', async () => {
  const { client } = await winter()

  const found = await read(client, 'nps?from=2026-03-08&to=2026-03-09&by=day')

  expect(found).toEqual({
    kpi: 'nps',
    unit: 'points',
    direction: 'up',
    timeZone: 'UTC',
    from: '2026-03-08',
    to: '2026-03-09',
    by: 'day',
    segment: null,
    asOf: '2026-03-10T12:00:00.000Z',
    definition: { text: expect.stringContaining('promoters'), version: 1 },
    total: { value: 100, n: 1, low: null, high: null, parts: { answers: { 10: 1 } } },
    points: [
      {
        from: '2026-03-08',
        to: '2026-03-08',
        value: null,
        reason: 'no_data',
        n: 0,
        low: null,
        high: null,
        parts: { answers: {} },
        complete: true,
        revised: false,
      },
      {
        from: '2026-03-09',
        to: '2026-03-09',
        value: 100,
        n: 1,
        low: null,
        high: null,
        parts: { answers: { 10: 1 } },
        complete: true,
        revised: false,
      },
    ],
  })
})

test('from and to are both part of the window', async () => {
  const { client } = await winter()

  const both = await read(client, `nps?${winterDays}`)
  const inner = await read(client, 'nps?from=2025-11-21&to=2026-03-08')

  expect([both.total.n, inner.total.n]).toEqual([7, 5])
})

test('days are the periods where nothing else is asked for, and every one is there', async () => {
  const { client } = await winter()

  const { points } = await read(client, `nps?${winterDays}`)

  const expected = Array.from({ length: 110 }, (_, index) =>
    new Date(Date.parse('2025-11-20') + index * day).toISOString().slice(0, 10),
  )
  expect(points.map(({ from }) => from)).toEqual(expected)
  expect(points.map(({ to }) => to)).toEqual(expected)
})

test('weeks run from Monday to Sunday, and the first and last are cut by the window', async () => {
  const { client } = await winter()

  const found = await read(client, 'nps?from=2025-12-31&to=2026-01-14&by=week')

  expect(spans(found)).toEqual([
    '2025-12-31 2026-01-04',
    '2026-01-05 2026-01-11',
    '2026-01-12 2026-01-14',
  ])
  expect(found.points.map(({ n }) => n)).toEqual([3, 1, 0])
})

test('months, quarters and years begin on their first day, and the window cuts the outer ones', async () => {
  const { client } = await winter()

  const months = await read(client, `nps?${winterDays}&by=month`)
  const quarters = await read(client, `nps?${winterDays}&by=quarter`)
  const years = await read(client, `nps?${winterDays}&by=year`)
  const total = await read(client, `nps?${winterDays}&by=total`)

  expect(spans(months)).toEqual([
    '2025-11-20 2025-11-30',
    '2025-12-01 2025-12-31',
    '2026-01-01 2026-01-31',
    '2026-02-01 2026-02-28',
    '2026-03-01 2026-03-09',
  ])
  expect(months.points.map(({ n }) => n)).toEqual([1, 1, 3, 1, 1])
  expect(spans(quarters)).toEqual(['2025-11-20 2025-12-31', '2026-01-01 2026-03-09'])
  expect(quarters.points.map(({ n }) => n)).toEqual([2, 5])
  expect(spans(years)).toEqual(['2025-11-20 2025-12-31', '2026-01-01 2026-03-09'])
  expect(spans(total)).toEqual(['2025-11-20 2026-03-09'])
  expect(total.points[0]).toMatchObject(total.total)
})

test.each(['day', 'week', 'month', 'quarter', 'year', 'total'])(
  'by %s the points add up to the total, which is never the mean of their values',
  async (by) => {
    const { client } = await winter()

    const { total, points } = await read(client, `nps?${winterDays}&by=${by}`)

    expect(points.reduce((sum, { n }) => sum + n, 0)).toBe(7)
    expect(total).toMatchObject({ value: 200 / 7, n: 7 })
  },
)

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Warsaw'])(
  'the last days are complete ones and end yesterday in %s',
  async (zone) => {
    const client = await newWorkspace(zone)
    const survey = await newSurvey(client)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format()
    const before = (days: number) =>
      new Date(Date.parse(today) - days * day).toISOString().slice(0, 10)
    const ofDay = (days: number) => `${before(days)}T12:00`
    const lines = [ofDay(0), ofDay(1), ofDay(7), ofDay(8)].map((time) => `${time},9`)
    const csv = ['time,score', ...lines, ''].join('\n')
    await client.send(`/v1/import/survey.response?set=survey:${survey}`, csv, 'text/csv')
    await rollUp(client)

    const found = await read(client, 'nps?last=7d')

    expect([found.from, found.to]).toEqual([before(7), before(1)])
    expect(found.points).toHaveLength(7)
    expect(found.points[0]).toMatchObject({ n: 1, complete: true })
    expect(found.points[6]).toMatchObject({ n: 1, complete: true })
    expect(found.total.n).toBe(2)
  },
)

test('an answer counts on the local day of the workspace', async () => {
  const client = await workspaceSince(noon, 'America/New_York')
  const survey = await newSurvey(client)
  await tell(client, [
    answer(survey, '2026-03-02T04:59:59Z', 10),
    answer(survey, '2026-03-02T05:00:00Z', 0),
  ])
  await rollUpAt(client, noon)

  const { points } = await read(client, 'nps?from=2026-03-01&to=2026-03-02')

  expect(points.map(({ value }) => value)).toEqual([100, -100])
})

test('values are not rounded', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  const scores = [10, 8, 8]
  await tell(
    client,
    scores.map((score) => answer(survey, '2026-03-02T12:00:00Z', score)),
  )
  await rollUpAt(client, noon)

  const { total } = await read(client, 'nps?from=2026-03-02&to=2026-03-02')

  expect(total.value).toBe(100 / 3)
  expect(total.low).toBeCloseTo(-20.0101, 3)
  expect(total.high).toBeCloseTo(86.6768, 3)
})

test('satisfaction is a share with its Wilson interval and a mean with that of its variance', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client, { kind: 'csat' })
  const scores = [2, 3, 4, 4, 4, 5, 5, 5]
  await tell(
    client,
    scores.map((score) => answer(survey, '2026-03-02T12:00:00Z', score)),
  )
  await rollUpAt(client, noon)

  const csat = await read(client, 'csat?from=2026-03-02&to=2026-03-02')
  const mean = await read(client, 'csat_mean?from=2026-03-02&to=2026-03-02')

  expect(csat.total).toMatchObject({ value: 75, n: 8 })
  expect(csat.total.low).toBeCloseTo(40.9276, 3)
  expect(csat.total.high).toBeCloseTo(92.8522, 3)
  expect(csat.total.parts).toEqual({ answers: { 2: 1, 3: 1, 4: 3, 5: 3 } })
  expect(mean.total).toMatchObject({ value: 4, n: 8 })
  expect(mean.total.low).toBeCloseTo(3.2592, 3)
  expect(mean.total.high).toBeCloseTo(4.7408, 3)
})

test('answers on one scale are not answers on another', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client, { kind: 'csat' })
  await tell(client, [answer(survey, '2026-03-02T12:00:00Z', 5)])
  await rollUpAt(client, noon)

  const { total } = await read(client, 'nps?from=2026-03-02&to=2026-03-02')

  expect(total).toMatchObject({ value: null, n: 0 })
})

test('an answer counts towards the response rate of the day on which its recipient was asked', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  const sent = (time: string, recipient: string) =>
    event('survey.sent', time, { survey, recipient })
  await tell(client, [
    sent('2026-03-02T09:00:00Z', 'ann'),
    sent('2026-03-02T09:00:00Z', 'bob'),
    sent('2026-03-04T09:00:00Z', 'cid'),
    answer(survey, '2026-03-05T09:00:00Z', 9, { respondent: 'ann' }),
    answer(survey, '2026-03-05T09:00:00Z', 9),
    answer(survey, '2026-03-05T09:00:00Z', 9, { respondent: 'dan' }),
  ])
  await rollUpAt(client, noon)

  const { total, points } = await read(client, 'response_rate?from=2026-03-02&to=2026-03-05')

  expect(points.map(({ value, n }) => [value, n])).toEqual([
    [50, 2],
    [null, 0],
    [0, 1],
    [null, 0],
  ])
  expect(total).toMatchObject({ value: 100 / 3, n: 3, parts: { sent: 3, answered: 1 } })
})

/** What is counted or added up is known to be 0 where nothing happened; nothing else is. */
const amounts = new Set([
  'visits',
  'leads',
  'deals_won',
  'open_deals',
  'revenue',
  'orders',
  'new_customer_revenue',
  'customers',
  'mrr',
  'net_new_mrr',
  'tickets_solved',
  'tasks_done',
])

test.each(kpis.filter(({ id }) => !amounts.has(id)))(
  '$id says null with a reason, not zero, when nothing happened',
  async ({ id }) => {
    const client = await newWorkspace()

    const { total, points } = await read(client, `${id}?last=3d`)

    expect(points).toHaveLength(3)
    for (const value of [total, ...points]) {
      expect(value).toMatchObject({ value: null, n: 0, low: null, high: null })
      expect(value.reason).toMatch(/^no_(data|denominator)$/)
    }
  },
)

test.each(kpis.filter(({ id }) => amounts.has(id)))(
  '$id is 0, and so says no reason, when nothing happened',
  async ({ id }) => {
    const client = await newWorkspace()

    const { total, points } = await read(client, `${id}?last=3d`)

    expect(points).toHaveLength(3)
    for (const value of [total, ...points]) {
      expect(value).toMatchObject({ value: 0, n: 0, low: null, high: null })
      expect(value.reason).toBeUndefined()
    }
  },
)

test('a period is complete when its last day has been closed, and not before', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  await tell(client, [answer(survey, '2026-03-10T09:00:00Z', 9)])

  await rollUpAt(client, noon)
  const running = await read(client, 'nps?from=2026-03-08&to=2026-03-11')
  const weeks = await read(client, 'nps?from=2026-03-02&to=2026-03-11&by=week')
  await rollUpAt(client, noon + day)
  const closed = await read(client, 'nps?from=2026-03-08&to=2026-03-11')

  expect(running.points.map(({ complete }) => complete)).toEqual([true, true, false, false])
  expect(running.points[2]?.n).toBe(1)
  expect(weeks.points.map(({ complete }) => complete)).toEqual([true, false])
  expect(closed.points.map(({ complete }) => complete)).toEqual([true, true, true, false])
  expect(closed.points.map(({ revised }) => revised)).toEqual([false, false, false, false])
})

/** A day that was published with one answer, closed, and published again after a late second one. */
async function revisedDay(): Promise<Client> {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  await tell(client, [
    answer(survey, '2026-03-10T09:00:00Z', 10),
    answer(survey, '2026-03-11T09:00:00Z', 10),
  ])
  await rollUpAt(client, noon + 2 * day)
  await tell(client, [answer(survey, '2026-03-10T20:00:00Z', 0)])
  await rollUpAt(client, noon + 3 * day)
  return client
}

test('a late answer revises its closed day and every period that holds it, and no other', async () => {
  const client = await revisedDay()

  const days = await read(client, 'nps?from=2026-03-10&to=2026-03-11')
  const weeks = await read(client, 'nps?from=2026-03-02&to=2026-03-15&by=week')

  expect(days.points[0]).toMatchObject({ value: 0, n: 2, complete: true, revised: true })
  expect(days.points[1]).toMatchObject({ value: 100, n: 1, complete: true, revised: false })
  expect(weeks.points.map(({ revised }) => revised)).toEqual([false, true])
})

test('as_of reads what had been published by then', async () => {
  const client = await revisedDay()
  const asOf = async (time: string) => {
    const path = `nps?from=2026-03-10&to=2026-03-10&as_of=${encodeURIComponent(time)}`
    const { points, ...answer } = await read(client, path)
    return { point: points[0], asOf: answer.asOf }
  }

  const before = await asOf('2026-03-12T11:59:59Z')
  const first = await asOf('2026-03-13T12:59:59+01:00')
  const second = await asOf('2026-03-13T12:00:00Z')

  expect(before.point).toMatchObject({ value: null, n: 0 })
  expect(first.point).toMatchObject({ value: 100, n: 1, revised: false })
  expect(second.point).toMatchObject({ value: 0, n: 2, revised: true })
  expect(first.asOf).toBe('2026-03-13T11:59:59.000Z')
})

test('a day that was still running at as_of is not complete in what was published then', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  await tell(client, [answer(survey, '2026-03-10T09:00:00Z', 10)])
  await rollUpAt(client, noon)
  await rollUpAt(client, noon + 3 * day)

  const found = await read(client, 'nps?from=2026-03-09&to=2026-03-11&as_of=2026-03-10T13:00:00Z')

  expect(found.points.map(({ n }) => n)).toEqual([0, 1, 0])
  expect(found.points.map(({ complete }) => complete)).toEqual([true, false, false])
})

test('a day that had ended at as_of but was closed later was not complete then', async () => {
  const client = await workspaceSince(noon)
  const survey = await newSurvey(client)
  await tell(client, [answer(survey, '2026-03-10T09:00:00Z', 10)])
  const midnight = Date.parse('2026-03-11T00:00:00Z')
  await rollUpAt(client, midnight + 600_000)

  const before = await read(client, 'nps?from=2026-03-10&to=2026-03-10&as_of=2026-03-11T00:05:00Z')
  const after = await read(client, 'nps?from=2026-03-10&to=2026-03-10&as_of=2026-03-11T00:15:00Z')

  expect(before.points).toMatchObject([{ value: null, complete: false }])
  expect(after.points).toMatchObject([{ value: 100, complete: true }])
})

/** Two surveys, two languages and two plans, in one workspace. */
async function segmented(): Promise<{ client: Client; one: string; other: string }> {
  const client = await workspaceSince(noon)
  const one = await newSurvey(client, { properties: ['plan'] })
  const other = await newSurvey(client)
  const time = '2026-03-02T12:00:00Z'
  await tell(client, [
    answer(one, time, 10, { locale: 'en', 'p.plan': 'pro' }),
    answer(one, time, 10, { locale: 'pl', 'p.plan': 'pro' }),
    answer(one, time, 0, { locale: 'en', 'p.plan': 'free' }),
    answer(other, time, 0, { locale: 'en' }),
  ])
  await rollUpAt(client, noon)
  return { client, one, other }
}

test('a segment shows only the answers that carry it', async () => {
  const { client, one, other } = await segmented()
  const total = async (segment: string) => {
    const found = await read(
      client,
      `nps?from=2026-03-01&to=2026-03-03&segment=${encodeURIComponent(segment)}`,
    )
    expect(found.segment).toBe(segment)
    return [found.total.value, found.total.n]
  }

  expect(await total(`survey:${one}`)).toEqual([100 / 3, 3])
  expect(await total(`survey:${other}`)).toEqual([-100, 1])
  expect(await total('locale:en')).toEqual([-100 / 3, 3])
  expect(await total('p.plan:pro')).toEqual([100, 2])
  expect(await total('p.plan:nobody')).toEqual([null, 0])
})

test('the segments of a dimension are listed with their values', async () => {
  const { client, one, other } = await segmented()
  const segments = async (dimension: string) => {
    const path = `/v1/kpis/nps/segments?from=2026-03-01&to=2026-03-03&dimension=${dimension}`
    const found = await client.get(path)
    const { items } = await found.json<{ items: (Value & { segment: string })[] }>()
    return items
  }

  const plans = await segments('p.plan')
  const surveys = await segments('survey')
  const none = await segments('p.region')

  expect(plans).toEqual([
    { segment: 'p.plan:free', value: -100, n: 1, low: null, high: null, parts: expect.anything() },
    { segment: 'p.plan:pro', value: 100, n: 2, low: null, high: null, parts: expect.anything() },
  ])
  expect(plans[1]?.parts).toEqual({ answers: { 10: 2 } })
  expect(Object.fromEntries(surveys.map(({ segment, n }) => [segment, n]))).toEqual({
    [`survey:${one}`]: 3,
    [`survey:${other}`]: 1,
  })
  expect(none).toEqual([])
})

test('the snapshots of a day have every KPI, with null where nothing happened', async () => {
  const client = await revisedDay()

  const answer = await client.get('/v1/snapshots?day=2026-03-10')
  const found = await answer.json<{ day: string; items: (Value & { kpi: string })[] }>()

  expect(found.day).toBe('2026-03-10')
  expect(found.items.map(({ kpi }) => kpi)).toEqual(kpis.map(({ id }) => id))
  expect(found.items.find(({ kpi }) => kpi === 'nps')).toMatchObject({ value: 0, n: 2 })
  expect(found.items.find(({ kpi }) => kpi === 'csat')).toMatchObject({ value: null, n: 0 })
})

test.each([
  ['/v1/snapshots', 'day'],
  ['/v1/snapshots?day=2026-02-30', 'day'],
  ['/v1/kpis/nps', 'from'],
  ['/v1/kpis/nps?from=2026-03-01', 'to'],
  ['/v1/kpis/nps?to=2026-03-01', 'from'],
  ['/v1/kpis/nps?from=2026-03-02&to=2026-03-01', 'to'],
  ['/v1/kpis/nps?from=2026-02-30&to=2026-03-01', 'from'],
  ['/v1/kpis/nps?last=0d', 'last'],
  ['/v1/kpis/nps?last=30', 'last'],
  ['/v1/kpis/nps?last=7d&from=2026-03-01&to=2026-03-02', 'last'],
  ['/v1/kpis/nps?last=7d&by=hour', 'by'],
  ['/v1/kpis/nps?last=7d&segment=plan:pro', 'segment'],
  ['/v1/kpis/nps?last=7d&segment=locale', 'segment'],
  ['/v1/kpis/nps?last=7d&as_of=yesterday', 'as_of'],
  ['/v1/kpis/nps?last=7d&last=8d', 'last'],
  ['/v1/kpis/nps?last=7d&color=red', 'color'],
  ['/v1/kpis/nps/segments?from=2026-03-01&to=2026-03-02', 'dimension'],
  ['/v1/kpis/nps/segments?from=2026-03-01&to=2026-03-02&dimension=plan', 'dimension'],
])('%s is refused and names %s', async (path, name) => {
  const client = await newWorkspace()

  const found = await client.get(path)
  const problem = await found.json<Problem>()

  expect(found.status).toBe(422)
  expect(problem.errors?.map((error) => error.path)).toEqual([name])
})

test('an unknown KPI is not found, and those there are get named', async () => {
  const client = await newWorkspace()

  const found = await client.get('/v1/kpis/nsp?last=7d')

  expect(found.status).toBe(404)
  const known = kpis.map(({ id }) => id).join(', ')
  expect((await found.json<Problem>()).detail).toBe(`Unknown KPI "nsp": expected one of ${known}`)
})

type Row = Record<string, string | number | boolean | null>

/** A point as a flat row, with every column that the window has. */
function rowOf(point: Point, answers: readonly Value[]): Row {
  const { parts: _parts, also: _also, leftOut: _leftOut, reason, ...rest } = point
  const columns = new Set(answers.flatMap((one) => Object.keys(flatOf(one))))
  const measured = new Set(answers.flatMap(({ also = {} }) => Object.keys(also)))
  const own = flatOf(point)
  // No median is none, whereas nothing counted is 0.
  const empty = (name: string) => (measured.has(name) || /\.(median|p90)$/.test(name) ? null : 0)
  return {
    ...rest,
    reason: reason ?? null,
    ...Object.fromEntries([...columns].map((name) => [name, own[name] ?? empty(name)])),
  }
}

function flatOf({ parts, also = {}, leftOut }: Value): Record<string, number | null> {
  const nested = Object.entries({ ...parts, ...(leftOut !== undefined && { leftOut }) })
  return {
    ...also,
    ...Object.fromEntries(
      nested.flatMap(([name, part]): [string, number][] =>
        typeof part === 'number'
          ? [[name, part]]
          : Object.entries(part).map(([key, count]) => [`${name}.${key}`, count]),
      ),
    ),
  }
}

/** What every format of an answer says, as rows. */
async function rowsOf(client: Client, kpi: string, query: string) {
  const textOf = async (path: string, accept = '*/*') => {
    const answer = await client.get(`/v1/kpis/${path}${query}`, { accept })
    return new TextDecoder().decode(await answer.arrayBuffer())
  }
  const { points, total } = await read(client, `${kpi}${query}`)
  const csv = await textOf(`${kpi}.csv`)
  const ndjson = await textOf(`${kpi}.ndjson`)
  expect(await textOf(kpi, 'text/csv')).toBe(csv)
  expect(await textOf(kpi, 'application/x-ndjson')).toBe(ndjson)
  const lines = ndjson.trimEnd().split('\n')
  return {
    expected: points.map((point) => rowOf(point, [total, ...points])),
    objects: lines.map((line) => JSON.parse(line) as Row),
    cells: parse<Record<string, string>>(csv, { columns: true }),
  }
}

/** The rows of every format are those of the JSON's points, and all have the same columns. */
async function expectSameRows(client: Client, kpi: string, query: string): Promise<void> {
  const { expected, objects, cells } = await rowsOf(client, kpi, query)
  const asText = (value: Row[string]) => String(value ?? '')
  const texts = expected.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)])),
  )
  const constant = { kpi, unit: expect.anything(), segment: expect.toSatisfy(() => true) }
  expect(objects).toEqual(expected.map((row) => ({ ...constant, ...row })))
  expect(cells).toEqual(texts.map((row) => ({ ...constant, ...row })))
  const headers = new Set(objects.map((row) => Object.keys(row).join()))
  expect([...headers]).toEqual([Object.keys(cells[0] ?? {}).join()])
}

const tables = [
  ['nps', '2025-11-20', '2026-03-09', ''],
  ['nps', '2025-11-20', '2026-03-09', '&by=month'],
  ['nps', '2025-11-20', '2026-03-09', '&by=total&segment=p.plan:pro'],
  ['response_rate', '2026-03-01', '2026-03-09', '&by=week'],
] as const

test.each(tables)(
  '%s from %s to %s%s has the same rows as JSON, CSV and NDJSON',
  async (kpi, from, to, more) => {
    const { client } = await winter()

    await expectSameRows(client, kpi, `?from=${from}&to=${to}${more}`)
  },
)

test('each format says what it is', async () => {
  const client = await newWorkspace()
  const type = async (path: string, accept: string) =>
    (await client.get(`/v1/kpis/${path}?last=2d`, { accept })).headers.get('content-type')

  expect(await type('nps', '*/*')).toMatch(/^application\/json\b/)
  expect(await type('nps.csv', 'application/json')).toMatch(/^text\/csv\b/)
  expect(await type('nps', 'text/csv, */*;q=0.1')).toMatch(/^text\/csv\b/)
  expect(await type('nps.ndjson', '*/*')).toMatch(/^application\/x-ndjson\b/)
})

const readings = [
  '/v1/kpis',
  `/v1/kpis/nps?${winterDays}`,
  `/v1/kpis/nps.csv?${winterDays}`,
  `/v1/kpis/nps.ndjson?${winterDays}`,
  `/v1/kpis/nps/segments?${winterDays}&dimension=survey`,
  '/v1/snapshots?day=2026-03-09',
  '/v1/workspace',
  '/v1/surveys',
  '/v1/embeds',
  '/v1/keys',
]

test.each(readings)('%s has a strong ETag, is told by it and is kept by nobody', async (path) => {
  const { client } = await winter()

  const first = await client.get(path)
  const etag = first.headers.get('etag') ?? ''
  const forms = [etag, `W/${etag}`, `"other", ${etag}`, `"other",W/${etag} , "third"`, '*']
  const again = await Promise.all(forms.map((form) => client.get(path, { 'if-none-match': form })))
  const other = await client.get(path, { 'if-none-match': '"other"' })

  expect(etag).toMatch(/^"[^"]+"$/)
  expect(first.headers.get('cache-control')).toBe('private, no-store')
  expect(again.map(({ status }) => status)).toEqual(forms.map(() => 304))
  expect(again.map(({ headers }) => headers.get('etag'))).toEqual(forms.map(() => etag))
  expect(await again[0]?.text()).toBe('')
  expect([other.status, other.headers.get('etag')]).toEqual([200, etag])
})

test('the ETag of a KPI changes with its numbers', async () => {
  const { client, survey } = await winter()
  const path = `/v1/kpis/nps?${winterDays}`
  const before = (await client.get(path)).headers.get('etag') ?? ''
  await tell(client, [answer(survey, '2026-02-01T12:00:00Z', 0)])
  await rollUpAt(client, noon)

  const after = await client.get(path, { 'if-none-match': before })

  expect(after.status).toBe(200)
  expect(after.headers.get('etag')).not.toBe(before)
})

test('nobody reads a KPI without a key', async () => {
  const found = await call('/v1/kpis/nps?last=7d')

  expect(found.status).toBe(401)
  expect(found.headers.get('www-authenticate')).toMatch(/^Bearer/)
})

const won = (deal: string, time: string, amount: string, more: Record<string, string> = {}) =>
  event('deal.won', time, { deal, amount, ...more })

const started = (customer: string, time: string, mrr: string, more: Record<string, string> = {}) =>
  event('subscription.started', time, { subscription: `of ${customer}`, customer, mrr, ...more })

/** Deals and subscriptions in three currencies, in a workspace of euros. */
async function mixedCurrencies(): Promise<Client> {
  const client = await workspaceSince(noon)
  await tell(client, [
    won('d1', '2026-03-02T12:00:00Z', '10.50'),
    won('d2', '2026-03-02T12:00:00Z', '5', { currency: 'USD' }),
    won('d3', '2026-03-04T12:00:00Z', '7', { currency: 'USD', channel: 'mail' }),
    won('d4', '2026-03-04T12:00:00Z', '1000', { currency: 'JPY' }),
    started('acme', '2026-03-03T12:00:00Z', '50'),
    started('bolt', '2026-03-03T12:00:00Z', '80', { currency: 'USD' }),
  ])
  await rollUpAt(client, noon)
  return client
}

const march = 'from=2026-03-01&to=2026-03-09'

test('money of other currencies is left out and named, never converted, by the day it was made', async () => {
  const client = await mixedCurrencies()

  const revenue = await read(client, `revenue?${march}`)
  const deal = await read(client, `average_deal?${march}`)
  const mrr = await read(client, `mrr?${march}`)
  const count = await read(client, `deals_won?${march}`)

  expect(revenue.currency).toBe('EUR')
  expect(revenue.total).toMatchObject({ value: 10.5, n: 1, leftOut: { USD: 2, JPY: 1 } })
  expect(revenue.points[1]).toMatchObject({ value: 10.5, leftOut: { USD: 1 } })
  expect(revenue.points[3]).toMatchObject({ value: 0, n: 0, leftOut: { USD: 1, JPY: 1 } })
  expect(revenue.points.filter(({ leftOut }) => leftOut !== undefined)).toHaveLength(2)
  expect(deal.total).toMatchObject({ value: 10.5, n: 1, leftOut: { USD: 2, JPY: 1 } })
  // What is held is left out as long as it is held.
  expect(mrr.total).toMatchObject({ value: 50, n: 1, leftOut: { USD: 1 } })
  expect(mrr.points.map(({ leftOut }) => leftOut?.['USD'] ?? 0)).toEqual([
    0, 0, 1, 1, 1, 1, 1, 1, 1,
  ])
  expect(count.total).toMatchObject({ value: 4 })
  expect(count.total.leftOut).toBeUndefined()
})

test.each([
  ['EUR', 10.5, 50, { USD: 2, JPY: 1 }],
  ['USD', 12, 80, { EUR: 1, JPY: 1 }],
  ['JPY', 1000, 0, { EUR: 1, USD: 2 }],
  ['CHF', 0, 0, { EUR: 1, USD: 2, JPY: 1 }],
])('a workspace of %s is told its own money, without another rollup', async (...row) => {
  const [currency, sum, held, leftOut] = row
  const client = await mixedCurrencies()

  await patch(client, { currency })
  const revenue = await read(client, `revenue?${march}&by=total`)
  const mrr = await read(client, `mrr?${march}&by=total`)
  const { items } = await readSegments(client, 'revenue', `${march}&dimension=channel`)

  expect(revenue).toMatchObject({ currency, total: { value: sum, leftOut } })
  expect(mrr).toMatchObject({ currency, total: { value: held } })
  expect(items.reduce((all, { value }) => all + (value ?? 0), 0)).toBe(sum)
})

test('what belongs beside a value is there wherever the value is', async () => {
  const client = await workspaceSince(noon)
  const created = (deal: string, time: string) => event('deal.created', time, { deal })
  await tell(client, [
    created('d1', '2026-03-01T12:00:00Z'),
    created('d2', '2026-03-01T12:00:00Z'),
    created('d3', '2026-03-05T12:00:00Z'),
    won('d1', '2026-03-02T12:00:00Z', '1'),
    won('d2', '2026-03-04T12:00:00Z', '2'),
  ])
  await rollUpAt(client, noon)

  const cycle = await read(client, `sales_cycle?${march}`)
  const open = await read(client, `open_deals?${march}`)

  const seconds = day / 1000
  expect(cycle.total.also?.['mean']).toBe(2 * seconds)
  expect(cycle.total.also?.['p90']).toBeGreaterThan(2.97 * seconds)
  expect(cycle.total.also?.['p90']).toBeLessThan(3.03 * seconds)
  expect(cycle.points[1]?.also?.['mean']).toBe(seconds)
  expect(cycle.points.filter(({ also }) => also !== undefined)).toHaveLength(2)
  expect(cycle.points[0]).not.toHaveProperty('also')
  expect(open.total).toMatchObject({ value: 1, also: { opening: 0 } })
  expect(open.points.map(({ value, also }) => [also?.['opening'], value])).toEqual([
    [0, 2],
    [2, 1],
    [1, 1],
    [1, 0],
    [0, 1],
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ])
})

test('a cohort is mature when its last day is old enough, and only what matures says so', async () => {
  const client = await workspaceSince(noon)
  await tell(client, [event('deal.created', '2025-03-05T12:00:00Z', { deal: 'd1' })])
  await rollUpAt(client, noon)

  const rate = await read(client, 'close_rate?from=2025-03-08&to=2025-03-11')
  const final = await read(client, 'close_rate?from=2025-03-01&to=2025-03-09&by=total')
  const leads = await read(client, 'lead_qualified_rate?from=2025-12-08&to=2025-12-11')
  const wins = await read(client, `win_rate?${march}&by=total`)

  // 9 March 2026 is closed: 365 days after 9 March 2025, 90 days after 9 December.
  expect(rate.points.map(({ mature }) => mature)).toEqual([true, true, false, false])
  expect(rate.total.mature).toBe(false)
  expect(final.total).toMatchObject({ value: 0, n: 1, mature: true })
  expect(leads.points.map(({ mature }) => mature)).toEqual([true, true, false, false])
  expect(wins.total).not.toHaveProperty('mature')
})

/** Five owners with a sale each day but the last, of whom the two best are kept apart. */
async function folded(): Promise<Client> {
  const client = await workspaceSince(noon)
  const owners = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve']
  const sales = owners.flatMap((owner, at) =>
    Array.from({ length: owners.length - at }, (_, sale) =>
      won(`${owner} ${sale}`, '2026-03-02T12:00:00Z', '10', { owner }),
    ),
  )
  await tell(client, [...sales, won('last', '2026-03-04T12:00:00Z', '10', { owner: 'Eve' })])
  await rollup(env.DB, { kpis, now: noon, workspace: client.workspace, segments: 2 })
  return client
}

test('the smallest segments of a day are told together, as other, and the answer says so', async () => {
  const client = await folded()

  const owners = await readSegments(client, 'deals_won', `${march}&dimension=owner`)
  const ann = await read(client, `deals_won?${march}&segment=owner:Ann`)
  const late = await read(client, 'deals_won?from=2026-03-03&to=2026-03-09&segment=owner:Eve')
  const all = await read(client, `deals_won?${march}&by=total`)

  expect(owners.foldedDays).toBe(1)
  expect(owners.items.map(({ segment, value }) => [segment, value])).toEqual([
    ['owner:Ann', 5],
    ['owner:Bob', 4],
    ['owner:Eve', 1],
    ['owner:other', 6],
  ])
  expect(ann).toMatchObject({ foldedDays: 1, total: { value: 5 } })
  expect(late.total.value).toBe(1)
  expect(late).not.toHaveProperty('foldedDays')
  expect(all.total).toMatchObject({ value: 16, parts: { won: 16 } })
  expect(all).not.toHaveProperty('foldedDays')
})

test('the days before that a change is measured against may be folded too', async () => {
  const client = await folded()

  const after = await read(client, 'revenue?from=2026-03-03&to=2026-03-04&segment=owner:Ann')
  const growth = await read(
    client,
    'revenue_growth?from=2026-03-03&to=2026-03-04&segment=owner:Ann',
  )

  expect(after).not.toHaveProperty('foldedDays')
  expect(growth.foldedDays).toBe(1)
})

test('what names no channel is in a segment of its own, so that the segments are the whole', async () => {
  const client = await workspaceSince(noon)
  const lead = (id: string, more: Record<string, string> = {}) =>
    event('lead.created', '2026-03-02T12:00:00Z', { lead: id, ...more })
  const spend = (amount: string, more: Record<string, string> = {}) =>
    event('spend.recorded', '2026-03-03T12:00:00Z', { amount, purpose: 'acquisition', ...more })
  await tell(client, [
    lead('l1', { channel: 'mail' }),
    lead('l2', { channel: 'mail' }),
    lead('l3'),
    lead('l4', { owner: 'Ann' }),
    lead('l5'),
    spend('100', { channel: 'mail' }),
    spend('30'),
    spend('20', { channel: 'fair' }),
  ])
  await rollUpAt(client, noon)

  const channels = await readSegments(client, 'cost_per_lead', `${march}&dimension=channel`)
  const all = await read(client, `cost_per_lead?${march}&by=total`)
  const owners = await readSegments(client, 'leads', `${march}&dimension=owner`)

  expect(channels.items.map(({ segment, value, n }) => [segment, value, n])).toEqual([
    ['channel:fair', null, 0],
    ['channel:mail', 50, 2],
    ['channel:unattributed', 10, 3],
  ])
  // All spend over all leads: not the mean of the channels, which is 30.
  expect(all.total).toMatchObject({ value: 30, n: 5 })
  expect(channels.items[0]).toMatchObject({ reason: 'no_denominator', parts: { leads: 0 } })
  expect(owners.items.map(({ segment }) => segment)).toEqual(['owner:Ann'])
})

/** A sale of Ann's that was Bob's, and more; told at some time, corrected at another. */
const wrong = () =>
  event(
    'deal.won',
    '2026-03-10T09:00:00Z',
    { deal: 'd1', amount: '100', owner: 'Ann' },
    { id: 'first' },
  )
const right = (time = '2026-03-10T09:00:00Z') =>
  event(
    'deal.won',
    time,
    { deal: 'd1', amount: '120.50', owner: 'Bob' },
    { id: 'second', replaces: 'first' },
  )

const tenth = 'from=2026-03-10&to=2026-03-10'

/** The sales of 10 March in all and of both owners. */
async function salesOf(client: Client, more = '') {
  const of = async (segment: string) => {
    const { points } = await read(client, `revenue?${tenth}${more}${segment}`)
    return [points[0]?.value, points[0]?.revised]
  }
  return [await of(''), await of('&segment=owner:Ann'), await of('&segment=owner:Bob')]
}

test('a correction before the day is closed leaves no trace', async () => {
  const client = await workspaceSince(noon)
  await tell(client, [wrong()])
  await rollUpAt(client, noon)
  const before = await salesOf(client)
  await tell(client, [right()])
  await rollUpAt(client, noon + 60_000)
  await rollUpAt(client, noon + day)

  const after = await salesOf(client)

  expect(before).toEqual([
    [100, false],
    [100, false],
    [0, false],
  ])
  expect(after).toEqual([
    [120.5, false],
    [0, false],
    [120.5, false],
  ])
})

test('a correction of a closed day revises it, and what had been published can still be read', async () => {
  const client = await workspaceSince(noon)
  await tell(client, [wrong()])
  await rollUpAt(client, noon + day)
  await tell(client, [right()])
  await rollUpAt(client, noon + 2 * day)

  const after = await salesOf(client)
  const then = await salesOf(client, '&as_of=2026-03-12T11:59:59Z')

  expect(after).toEqual([
    [120.5, true],
    [0, true],
    [120.5, true],
  ])
  expect(then).toEqual([
    [100, false],
    [100, false],
    [0, false],
  ])
})

test('a correction that comes before what it corrects ends in the same', async () => {
  const client = await workspaceSince(noon)
  await tell(client, [right()])
  await tell(client, [wrong()])
  await rollUpAt(client, noon + day)

  const rate = await read(client, `win_rate?${tenth}`)

  expect(await salesOf(client)).toEqual([
    [120.5, false],
    [0, false],
    [120.5, false],
  ])
  expect(rate.total.parts).toEqual({ won: 1, lost: 0 })
})

test('a correction may move a fact to another day: both are revised, and no third', async () => {
  const client = await workspaceSince(noon)
  await tell(client, [wrong()])
  await rollUpAt(client, noon + 4 * day)
  await tell(client, [right('2026-03-12T09:00:00Z')])
  await rollUpAt(client, noon + 5 * day)

  const { points, total } = await read(client, 'revenue?from=2026-03-09&to=2026-03-13')

  expect(points.map(({ value, revised }) => [value, revised])).toEqual([
    [0, false],
    [0, true],
    [0, false],
    [120.5, true],
    [0, false],
  ])
  expect(total).toMatchObject({ value: 120.5, n: 1 })
})

/** A subscription whose end became known after the days since had been published without it. */
async function endedLate(): Promise<Client> {
  const client = await workspaceSince(noon)
  await tell(client, [started('acme', '2026-03-10T09:00:00Z', '50')])
  await tell(client, [started('bolt', '2026-03-10T09:00:00Z', '30')])
  await rollUpAt(client, noon + 5 * day)
  await tell(client, [
    event('subscription.cancelled', '2026-03-11T09:00:00Z', { subscription: 'of acme' }),
  ])
  await rollUpAt(client, noon + 6 * day)
  return client
}

test('as_of tells what is held as it was known then, also of days before the window', async () => {
  const client = await endedLate()
  const heldOn = async (days: string, more = '') => {
    const { points } = await read(client, `mrr?${days}${more}`)
    return points.map(({ value, revised }) => [value, revised])
  }
  const whole = 'from=2026-03-09&to=2026-03-13'
  const rest = 'from=2026-03-12&to=2026-03-13'
  const before = '&as_of=2026-03-16T11:59:59Z'

  expect(await heldOn(whole, before)).toEqual([
    [0, false],
    [80, false],
    [80, false],
    [80, false],
    [80, false],
  ])
  expect(await heldOn(whole)).toEqual([
    [0, false],
    [80, false],
    [30, true],
    [30, false],
    [30, false],
  ])
  expect(await heldOn(rest, before)).toEqual([
    [80, false],
    [80, false],
  ])
  expect(await heldOn(rest)).toEqual([
    [30, false],
    [30, false],
  ])
})

test('an answer says as of when it is, and asked for as of then it is the same', async () => {
  const client = await endedLate()
  const path = 'mrr?from=2026-03-12&to=2026-03-13'

  const answer = await read(client, path)
  const again = await read(client, `${path}&as_of=${answer.asOf}`)

  // When the end was published, of a day before the window.
  expect(answer.asOf).toBe('2026-03-16T12:00:00.000Z')
  expect(again).toEqual(answer)
})

/** Ten days of a business, with something for every KPI. */
async function newBusiness(): Promise<Client> {
  const client = await workspaceSince(noon)
  const [nps, nps5, csat, ces, thumbs] = await Promise.all(
    ['nps', 'nps5', 'csat', 'ces', 'thumbs'].map((kind) => newSurvey(client, { kind })),
  )
  const at = (days: number) => new Date(noon - days * day).toISOString()
  const changed = (customer: string, days: number, mrr: string) =>
    event('subscription.changed', at(days), { subscription: `of ${customer}`, mrr })
  const ordered = (customer: string, days: number, amount: string) =>
    event('order.placed', at(days), { order: `${customer} ${days}`, customer, amount })
  const active = (user: string, days: number) => event('user.active', at(days), { user })
  await tell(client, [
    started('acme', at(9), '50', { plan: 'pro' }),
    started('bolt', at(9), '30'),
    started('core', at(5), '20', { currency: 'USD' }),
    changed('acme', 7, '70'),
    changed('bolt', 6, '10'),
    event('subscription.cancelled', at(4), { subscription: 'of acme' }),
    ordered('acme', 9, '10'),
    ordered('acme', 8, '12'),
    ordered('bolt', 8, '5'),
    ordered('acme', 3, '8'),
    event('deal.created', at(9), { deal: 'd1', owner: 'Ann' }),
    event('deal.created', at(6), { deal: 'd2', owner: 'Bob' }),
    event('deal.created', at(2), { deal: 'd3' }),
    won('d1', at(5), '100', { owner: 'Ann' }),
    won('d4', at(5), '1', { owner: 'Ann', currency: 'USD' }),
    event('deal.lost', at(3), { deal: 'd2' }),
    event('quota.set', at(9), { amount: '200', from: '2026-03-01', to: '2026-03-31' }),
    event('seats.set', at(9), { seats: 4 }),
    active('u1', 9),
    active('u2', 9),
    active('u1', 7),
    ordered('acme', 7, '9'),
    event('order.placed', at(6), { order: 'o', customer: 'acme', amount: '30', cost: '12' }),
    event('order.refunded', at(5), { order: 'o', amount: '4.50' }),
    event('subscription.due', at(6), { subscription: 'of bolt' }),
    event('subscription.renewed', at(5), { subscription: 'of bolt' }),
    event('deal.stage', at(6), { deal: 'd2', stage: 'offer' }),
    event('visit.started', at(8), { visitor: 'v1', channel: 'mail' }),
    event('visit.started', at(6), { visitor: 'v2' }),
    event('lead.created', at(6), { lead: 'l1', channel: 'mail', owner: 'Ann' }),
    event('lead.qualified', at(4), { lead: 'l1' }),
    event('deal.created', at(4), { deal: 'd5', lead: 'l1' }),
    won('d5', at(3), '40', { customer: 'dorn' }),
    event('spend.recorded', at(6), { amount: '25', purpose: 'acquisition', channel: 'mail' }),
    event('ticket.created', at(8), { ticket: 't1', agent: 'Ann', channel: 'mail' }),
    event('ticket.replied', at(7), { ticket: 't1' }),
    event('ticket.solved', at(6), { ticket: 't1' }),
    event('ticket.reopened', at(5), { ticket: 't1' }),
    event('ticket.solved', at(3), { ticket: 't1' }),
    event('interaction.logged', at(6), { customer: 'acme', user: 'Ann', seconds: 90 }),
    event('task.done', at(6), { task: 'k1', user: 'Ann', seconds: 30, automated: true }),
    event('survey.sent', at(8), { survey: nps, recipient: 'ann' }),
    event('survey.response', at(7), { survey: nps, score: 3, respondent: 'ann' }),
    event('survey.response', at(5), { survey: nps, score: 9, respondent: 'ann' }),
    event('survey.response', at(5), { survey: nps5, score: 5 }),
    event('survey.response', at(5), { survey: csat, score: 4 }),
    event('survey.response', at(5), { survey: thumbs, score: 1 }),
    event('survey.response', at(5), { survey: ces, score: 6 }),
  ])
  await rollUpAt(client, noon)
  return client
}

/** A window that begins with somebody there already, and ends in the middle of a week. */
const days = 'from=2026-03-02&to=2026-03-09'

/** KPIs that want a window of a year. */
const ofYears = new Set(['clv', 'clv_simple', 'ltv_to_cac'])

/** What is told of the way in is told of the day of arrival, which is today. */
const ofToday = new Set(['duplicate_rate', 'reject_rate', 'late_share', 'revision_rate'])

let running: Promise<Client> | undefined

/** The same business for every test that only reads. */
const business = () => (running ??= newBusiness())

test.each(kpis)('$id of a day or week in a row is what that one has by itself', async ({ id }) => {
  const client = await business()
  const byItself = async (from: string, to: string) =>
    (await read(client, `${id}?from=${from}&to=${to}&by=total`)).points[0]

  const all = await read(client, `${id}?${days}`)
  const weeks = await read(client, `${id}?${days}&by=week`)
  const whole = await read(client, `${id}?${days}&by=total`)

  for (const point of [all.points[0], all.points[4], all.points[7], ...weeks.points]) {
    expect(await byItself(point?.from ?? '', point?.to ?? '')).toEqual(point)
  }
  expect(all.total).toEqual(whole.total)
  expect(whole.points[0]).toMatchObject(whole.total)
  if (!ofToday.has(id) && !ofYears.has(id)) expect(whole.total.value).not.toBeNull()
})

test('the snapshots of a day say of every KPI what it says of that day itself', async () => {
  const client = await business()

  const answer = await client.get('/v1/snapshots?day=2026-03-05')
  const { items } = await answer.json<{ items: (Value & { kpi: string; revision: number })[] }>()

  expect(items.map(({ kpi }) => kpi)).toEqual(kpis.map(({ id }) => id))
  for (const item of items) {
    const { total } = await read(client, `${item.kpi}?from=2026-03-05&to=2026-03-05`)
    expect(item).toMatchObject(total)
  }
  expect(items.find(({ kpi }) => kpi === 'mrr')).toMatchObject({ value: 80, revision: 1 })
})

test('what is held is told of the end of each day, never added up', async () => {
  const client = await business()

  const mrr = await read(client, `mrr?${march}`)
  const weeks = await read(client, `mrr?${march}&by=week`)

  expect(mrr.points.map(({ value }) => value)).toEqual([80, 80, 100, 80, 80, 10, 10, 10, 10])
  expect(weeks.points.map(({ value }) => value)).toEqual([80, 10, 10])
  expect(mrr.total).toMatchObject({ value: 10, parts: { mrr: { opening: 0, closing: 1_000 } } })
})

test.each(kpis)('$id has the same rows as JSON, CSV and NDJSON', async ({ id }) => {
  const client = await business()

  await expectSameRows(client, id, `?${days}`)
})

test('a column of what is measured is empty where nothing was, of what is counted 0', async () => {
  const client = await business()

  const cycles = await rowsOf(client, 'sales_cycle', `?${march}`)
  const owners = await rowsOf(client, 'deals_per_owner', `?${march}`)
  const revenue = await rowsOf(client, 'revenue', `?${march}`)
  const rate = await rowsOf(client, 'close_rate', `?${march}`)

  expect(cycles.cells[0]).toMatchObject({ 'cycles.n': '0', 'cycles.sum': '0', reason: 'no_data' })
  expect(cycles.cells[0]).toMatchObject({ value: '', mean: '', p90: '', 'cycles.median': '' })
  expect(cycles.objects[4]).toMatchObject({ 'cycles.n': 1, mean: 345_600 })
  expect(owners.objects[0]).toMatchObject({ 'won.Ann': 0, 'active.Ann': 1, 'active.Bob': 0 })
  expect(owners.objects[4]).toMatchObject({ value: 2, 'won.Ann': 2, 'active.Ann': 2 })
  expect(revenue.objects.map((row) => row['leftOut.USD'])).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0])
  expect(rate.cells[0]).toMatchObject({ mature: 'false' })
})
