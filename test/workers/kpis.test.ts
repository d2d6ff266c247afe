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
  parts: Record<string, number | Record<string, number>>
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

function event(type: string, time: string, data: Record<string, unknown>) {
  return { specversion: '1.0', id: `e${++told}`, source: 'test', type, time, data }
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

test.each(kpis)('$id says null with a reason, not zero, when nothing happened', async ({ id }) => {
  const client = await newWorkspace()

  const { total, points } = await read(client, `${id}?last=3d`)

  expect(points).toHaveLength(3)
  for (const value of [total, ...points]) {
    expect(value).toMatchObject({ value: null, n: 0, low: null, high: null })
    expect(value.reason).toMatch(/^no_(data|denominator)$/)
  }
})

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
  expect((await found.json<Problem>()).detail).toMatch(/"nsp".*nps, csat/)
})

/** A point as a flat row, with every counter that the window has. */
function rowOf(point: Point, total: Value): Record<string, string | number | boolean | null> {
  const flat = (parts: Value['parts']) =>
    Object.entries(parts).flatMap(([name, part]): [string, number][] =>
      typeof part === 'number'
        ? [[name, part]]
        : Object.entries(part).map(([key, count]) => [`${name}.${key}`, count]),
    )
  const { parts, ...rest } = point
  const zeros = flat(total.parts).map(([name]): [string, number] => [name, 0])
  return { ...rest, ...Object.fromEntries([...zeros, ...flat(parts)]) }
}

const tables = [
  ['nps', '2025-11-20', '2026-03-09', ''],
  ['nps', '2025-11-20', '2026-03-09', '&by=month'],
  ['nps', '2025-11-20', '2026-03-09', '&by=total&segment=p.plan:pro'],
  ['response_rate', '2026-03-01', '2026-03-09', '&by=week'],
] as const

test.each(tables)(
  '%s from %s to %s%s has the same rows as JSON, CSV and NDJSON',
  async (...row) => {
    const [kpi, from, to, more] = row
    const { client } = await winter()
    const query = `?from=${from}&to=${to}${more}`
    const textOf = async (path: string, accept = '*/*') => {
      const answer = await client.get(`/v1/kpis/${path}${query}`, { accept })
      return new TextDecoder().decode(await answer.arrayBuffer())
    }

    const { points, total } = await read(client, `${kpi}${query}`)
    const csv = await textOf(`${kpi}.csv`)
    const ndjson = await textOf(`${kpi}.ndjson`)

    const expected = points.map((point) => rowOf(point, total))
    const lines = ndjson.trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const cells = parse<Record<string, string>>(csv, { columns: true })
    const asText = (value: string | number | boolean | null) => String(value ?? '')
    expect(objects).toHaveLength(expected.length)
    expect(cells).toHaveLength(expected.length)
    expected.forEach((point, at) => {
      expect(objects[at]).toMatchObject(point)
      expect(cells[at]).toMatchObject(
        Object.fromEntries(Object.entries(point).map(([name, value]) => [name, asText(value)])),
      )
    })
    expect(await textOf(kpi, 'text/csv')).toBe(csv)
    expect(await textOf(kpi, 'application/x-ndjson')).toBe(ndjson)
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
