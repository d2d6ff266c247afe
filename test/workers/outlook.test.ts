import { beforeAll, expect, test } from 'vitest'
import { type Client, newWorkspace, rollUp } from './client.ts'

const from = '2026-01-05'

const dayAfter = (days: number) =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)

/** Twelve weeks of leads, three a day, but for a day with thirty; one of a channel on each day. */
async function led(): Promise<Client> {
  const client = await newWorkspace()
  const events = Array.from({ length: 84 }, (_, at) => at).flatMap((at) =>
    Array.from({ length: at === 80 ? 30 : 3 }, (__, index) => ({
      specversion: '1.0',
      id: `l${at}-${index}`,
      source: 'test',
      type: 'lead.created',
      time: `${dayAfter(at)}T12:00:00Z`,
      data: { lead: `l${at}-${index}`, ...(index === 0 && { channel: 'ads' }) },
    })),
  )
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length, rejected: [] })
  await rollUp(client)
  return client
}

let client: Client

beforeAll(async () => {
  client = await led()
})

interface Anomalies {
  anomalies: number
  days: { day: string; verdict: string | null; reason?: string; weeks: number; value: number }[]
  annotations: { id: string; day: string; text: string }[]
}

const anomaliesOf = async (query: string) => {
  const found = await client.get(`/v1/kpis/leads/anomalies?${query}`)
  expect(found.status).toBe(200)
  return found.json<Anomalies>()
}

test('anomalies are told day by day, each with what was to be expected', async () => {
  const told = await anomaliesOf(`from=${dayAfter(78)}&to=${dayAfter(82)}`)

  expect(told).toMatchObject({ kpi: 'leads', segment: null, threshold: 3.5, anomalies: 1 })
  expect(told.days.map(({ verdict }) => verdict)).toEqual([
    'usual',
    'usual',
    'high',
    'usual',
    'usual',
  ])
  expect(told.days[2]).toMatchObject({ day: dayAfter(80), value: 30, expected: 3, weeks: 8 })
})

test('the first three weeks are not judged, and days before the first are no zeros', async () => {
  const told = await anomaliesOf(`from=${from}&to=${dayAfter(21)}`)

  expect(told.days.slice(0, 21).every(({ reason }) => reason === 'too_few_weeks')).toBe(true)
  expect(told.days[21]).toMatchObject({ verdict: 'usual', weeks: 3 })
})

test('a KPI that was known and silent for eight weeks is judged when it speaks again', async () => {
  const told = await anomaliesOf(`from=${dayAfter(84)}&to=${dayAfter(150)}`)
  const event = {
    specversion: '1.0',
    source: 'test',
    type: 'lead.created',
    time: `${dayAfter(150)}T12:00:00Z`,
  }
  const events = Array.from({ length: 9 }, (_, at) => {
    return { ...event, id: `late${at}`, data: { lead: `late${at}` } }
  })
  await client.send('/v1/facts', JSON.stringify(events), 'application/cloudevents-batch+json')
  await rollUp(client)

  const again = await anomaliesOf(`from=${dayAfter(150)}&to=${dayAfter(150)}`)

  expect(told.days.at(-1)).toMatchObject({ value: 0 })
  expect(again.days).toMatchObject([{ verdict: 'high', value: 9, expected: 0, weeks: 8 }])
})

test('a segment is judged by itself', async () => {
  const told = await anomaliesOf(`from=${dayAfter(80)}&to=${dayAfter(80)}&segment=channel:ads`)

  expect(told).toMatchObject({ segment: 'channel:ads', anomalies: 0, days: [{ value: 1 }] })
})

test('annotations are told with the days that they are about, until they are removed', async () => {
  const note = (body: Record<string, unknown>) => client.post('/v1/annotations', body)
  const day = dayAfter(80)
  const made = await note({ day, text: ' A fair ' })
  const own = await note({ day, text: 'Of leads', kpi: 'leads' })
  await note({ day, text: 'Of visits', kpi: 'visits' })
  await note({ day: dayAfter(70), text: 'Of another day' })
  const { id } = await made.json<{ id: string }>()

  const told = await anomaliesOf(`from=${dayAfter(78)}&to=${dayAfter(82)}`)
  const list = await client.get('/v1/annotations?limit=3')
  const page = await list.json<{ items: { text: string }[]; next: string }>()
  const rest = await client.get(`/v1/annotations?limit=3&cursor=${page.next}`)
  const removed = await client.remove(`/v1/annotations/${id}`)
  const again = await client.remove(`/v1/annotations/${id}`)

  expect([made.status, own.status]).toEqual([201, 201])
  expect(told.annotations.map(({ text }) => text).toSorted()).toEqual(['A fair', 'Of leads'])
  expect(page.items[0]).toMatchObject({ text: 'Of another day' })
  expect(list.headers.get('link')).toContain('rel="next"')
  expect(await rest.json()).toMatchObject({ items: [{ day }], next: null })
  expect([removed.status, again.status]).toEqual([204, 404])
  const stranger = await newWorkspace()
  expect(await (await stranger.get('/v1/annotations')).json()).toEqual({ items: [], next: null })
})

test('a forecast ends with the last closed day, and one without data says what it lacks', async () => {
  const busy = await newWorkspace()
  const csv = Array.from({ length: 60 }, (_, at) => {
    const time = new Date(Date.now() - (at + 1) * 86_400_000).toISOString()
    return `${time},l${at}\n`
  })
  await busy.send('/v1/import/lead.created', `time,lead\n${csv.join('')}`, 'text/csv')
  await rollUp(busy)
  const told = await busy.get('/v1/kpis/leads/forecast?days=7')
  const few = await (await newWorkspace()).get('/v1/kpis/leads/forecast')
  const never = await client.get('/v1/kpis/churn_rate/forecast')

  expect(await told.json()).toMatchObject({
    kpi: 'leads',
    days: 7,
    reason: null,
    forecast: { points: [{ low: expect.any(Number) }], backtest: { mae: expect.any(Number) } },
  })
  expect(await few.json()).toMatchObject({
    days: 28,
    weeks: 0,
    needed: 11,
    reason: 'too_few_weeks',
    forecast: null,
  })
  expect(await never.json()).toMatchObject({ reason: 'not_additive', forecast: null })
})

test.each([
  [`/v1/kpis/leads/anomalies?to=${from}`, 422, 'from'],
  [`/v1/kpis/leads/anomalies?from=${from}&to=2026-01-01`, 422, 'to'],
  [`/v1/kpis/leads/anomalies?from=${from}&to=2026-12-31`, 422, 'to'],
  [`/v1/kpis/leads/anomalies?from=${from}&to=${from}&segment=nobody:Ann`, 422, 'segment'],
  ['/v1/kpis/leads/forecast?days=10', 422, 'days'],
  ['/v1/kpis/leads/forecast?days=91', 422, 'days'],
  ['/v1/kpis/leads/forecast?days=0', 422, 'days'],
  ['/v1/kpis/leads/forecast?weeks=4', 422, 'weeks'],
  ['/v1/annotations?cursor=x', 422, 'cursor'],
])('%s is refused with %i, naming %s', async (path, status, field) => {
  const found = await client.get(path)

  expect(found.status).toBe(status)
  expect(await found.json()).toMatchObject({ errors: [{ path: field }] })
})

test.each([
  [{ day: '2026-02-30', text: 'x' }, 'day'],
  [{ day: from, text: ' ' }, 'text'],
  [{ day: from, text: 'x'.repeat(201) }, 'text'],
  [{ day: from, text: 'x', kpi: 'nope' }, 'kpi'],
  [{ day: from, text: 'x', loud: true }, 'loud'],
])('an annotation of %j is refused, naming %s', async (body, field) => {
  const made = await client.post('/v1/annotations', body)

  expect(made.status).toBe(422)
  expect(await made.json()).toMatchObject({ errors: [{ path: field }] })
})
