import { expect, test } from 'vitest'
import { type Client, call, clientOf, newSurvey, newWorkspace, rollUp } from './client.ts'

interface Item {
  kpi: string
  family: string
  name: string
  current: { value: number | null; n: number; parts: unknown }
  previous: { value: number | null; n: number }
  change: { absolute: number | null; low: number | null; high: number | null }
  target: { status: string; target: number } | null
  benchmark: { source: string; year: number } | null
  sentence: string
  revisedDays?: number
}

interface Remark {
  kind: string
  kpis: string[]
  text: string
}

interface Report {
  from: string
  to: string
  previous: { from: string; to: string }
  complete: boolean
  summary: Remark[]
  items: Item[]
  notes: Remark[]
}

interface Problem {
  detail: string
  errors?: { path: string; message: string }[]
}

let told = 0

function event(type: string, of: string, data: Record<string, unknown>) {
  const id = `e${++told}`
  return { specversion: '1.0', id, source: 'test', type, time: `${of}T12:00:00Z`, data }
}

const deals = (count: number, type: 'deal.won' | 'deal.lost', of: string) =>
  Array.from({ length: count }, () =>
    event(type, of, { deal: `d${++told}`, ...(type === 'deal.won' && { amount: '100.00' }) }),
  )

async function tell(client: Client, events: readonly ReturnType<typeof event>[]): Promise<void> {
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length, rejected: [] })
  await rollUp(client)
}

/** In March 160 of 200 deals are won, in April 100 of 200; answers come in March only. */
async function spring(): Promise<Client> {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { kind: 'csat' })
  await tell(client, [
    ...deals(160, 'deal.won', '2017-03-10'),
    ...deals(40, 'deal.lost', '2017-03-20'),
    ...deals(100, 'deal.won', '2017-04-10'),
    ...deals(100, 'deal.lost', '2017-04-20'),
    ...Array.from({ length: 6 }, () =>
      event('survey.response', '2017-03-15', { survey, score: 5 }),
    ),
  ])
  return client
}

const april = 'from=2017-04-01&to=2017-04-30'

async function read(client: Client, query = april): Promise<Report> {
  const found = await client.get(`/v1/report?${query}`)
  expect(found.status).toBe(200)
  return found.json<Report>()
}

function item(report: Report, kpi: string): Item {
  const found = report.items.find((candidate) => candidate.kpi === kpi)
  if (found === undefined) throw new Error(`No ${kpi}`)
  return found
}

const benchmark = {
  kpi: 'win_rate',
  low: 20,
  middle: 30,
  high: 40,
  industry: 'software',
  source: 'Made up for this test',
  year: 2016,
}

async function refused(answer: Response): Promise<Problem> {
  expect(answer.status).toBe(422)
  return answer.json<Problem>()
}

test('a report tells every KPI with the window before, its target, its benchmark and a sentence', async () => {
  const client = await spring()
  const goal = { kpi: 'win_rate', baseline: 60, target: 70, from: '2017-04-01', to: '2017-04-30' }
  expect((await client.post('/v1/targets', goal)).status).toBe(201)
  expect((await client.post('/v1/benchmarks', benchmark)).status).toBe(201)

  const report = await read(client)

  expect(report).toMatchObject({
    from: '2017-04-01',
    to: '2017-04-30',
    previous: { from: '2017-03-02', to: '2017-03-31' },
    complete: true,
  })
  expect(report.items).toHaveLength(64)
  expect(item(report, 'win_rate')).toMatchObject({
    family: 'sales',
    name: 'Win rate',
    current: { value: 50, n: 200, parts: { won: 100, lost: 100 } },
    previous: { value: 80, n: 200 },
    change: { absolute: -30, unit: 'pp', better: false },
    target: { target: 70, status: 'missed' },
    benchmark: { source: 'Made up for this test', year: 2016 },
    sentence:
      'Win rate fell 30 percentage points to 50% (±6.9, n = 200), which is worse and more than chance. ' +
      'The target of 70% by Apr 30, 2017 was missed. ' +
      'Benchmark, software: 30%, typically 20% to 40% (Made up for this test, 2016); this is above it.',
  })
})

test('a day is no surprise where too few weeks before are known', async () => {
  const client = await newWorkspace()
  const leads = (count: number, of: string) =>
    Array.from({ length: count }, () => event('lead.created', of, { lead: `l${++told}` }))
  await tell(client, [
    ...['26', '27', '28', '29'].flatMap((day) => leads(3, `2017-04-${day}`)),
    ...leads(30, '2017-04-30'),
  ])

  const { sentence } = item(await read(client), 'leads')

  expect(sentence).toContain('Leads')
  expect(sentence).not.toContain('unusually')
})

test('the last day of a short window is judged by the eight weeks before it', async () => {
  const client = await newWorkspace()
  const lead = (of: string) => event('lead.created', of, { lead: `l${++told}` })
  await tell(client, [lead('2017-01-01'), ...Array.from({ length: 30 }, () => lead('2017-04-30'))])

  const { sentence } = item(await read(client, 'from=2017-04-30&to=2017-04-30'), 'leads')

  expect(sentence).toContain('unusually high')
})

test('the summary ranks what got worse, what was promised in vain, and what fell silent', async () => {
  const client = await spring()
  const goal = { kpi: 'deals_won', baseline: 0, target: 500, from: '2017-01-01', to: '2017-04-30' }
  await client.post('/v1/targets', goal)

  const { summary, notes } = await read(client)

  expect(summary.map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: summary.length - 2 }, () => 'worse'),
    'missed',
    'silent',
  ])
  expect(summary[0]).toMatchObject({ kind: 'worse', kpis: ['win_rate'] })
  expect(summary.at(-2)).toMatchObject({ kpis: ['deals_won'] })
  expect(summary.at(-1)?.kpis).toEqual(expect.arrayContaining(['csat', 'csat_mean']))
  expect(notes.find(({ kind }) => kind === 'empty')?.kpis).toContain('nps')
  expect(notes.find(({ kind }) => kind === 'empty')?.kpis).not.toContain('csat')
})

test('few answers and revised days are noted', async () => {
  const client = await spring()
  const march = 'from=2017-03-01&to=2017-03-31'
  await tell(client, deals(1, 'deal.won', '2017-03-20'))

  const report = await read(client, march)

  expect(report.summary.find(({ kind }) => kind === 'few')?.kpis).toContain('csat')
  expect(item(report, 'win_rate').revisedDays).toBe(1)
  expect(report.notes.find(({ kind }) => kind === 'revised')?.text).toContain('On 1 day values')
})

test('without days the last whole month is reported, in the language asked for', async () => {
  const client = await newWorkspace()
  const today = new Date().toISOString().slice(0, 10)

  const report = await read(client, 'locale=ru')

  expect(report.from).toMatch(/-01$/)
  expect(Date.parse(report.to) + 86_400_000).toBe(Date.parse(`${today.slice(0, 7)}-01`))
  expect(item(report, 'deals_won').name).toBe('Выигранные сделки')
  expect(report.notes[0]?.text).toMatch(/^Всё сравнивается с периодом/)
})

test.each([
  ['from=2017-04-01', 'to'],
  ['to=2017-04-01', 'from'],
  ['from=2017-04-02&to=2017-04-01', 'to'],
  ['from=2017-04-01&to=2018-04-02', 'to'],
  ['from=2017-04-31&to=2017-05-02', 'from'],
  [`${april}&locale=xx`, 'locale'],
  [`${april}&segment=owner:Ann`, 'segment'],
])('a report asked for by %s is refused by name: %s', async (query, path) => {
  const client = await newWorkspace()

  const { errors } = await refused(await client.get(`/v1/report?${query}`))

  expect(errors?.map((error) => error.path)).toEqual([path])
})

test('a report needs a key that may read, and shows the workspace of that key alone', async () => {
  const [client, other] = [await spring(), await newWorkspace()]
  await client.post('/v1/benchmarks', benchmark)
  const made = await client.post('/v1/keys', { scopes: ['write'] })
  const { secret } = await made.json<{ secret: string }>()

  const report = await read(other)

  expect(item(report, 'win_rate')).toMatchObject({ current: { n: 0 }, benchmark: null })
  expect((await clientOf(client.workspace, secret).get(`/v1/report?${april}`)).status).toBe(403)
  expect((await call(`/v1/report?${april}`)).status).toBe(401)
})

test.each([
  [{ source: undefined }, 'source'],
  [{ source: ' ' }, 'source'],
  [{ year: undefined }, 'year'],
  [{ year: 16 }, 'year'],
  [{ year: 2016.5 }, 'year'],
  [{ year: new Date().getUTCFullYear() + 1 }, 'year'],
  [{ low: 41 }, 'high'],
  [{ middle: 41 }, 'middle'],
  [{ high: 101 }, 'high'],
  [{ low: -1 }, 'low'],
  [{ kpi: 'no_such' }, 'kpi'],
  [{ url: 'javascript:alert(1)' }, 'url'],
  [{ p90: 3 }, 'p90'],
])('a benchmark with %o is refused by name: %s', async (more, path) => {
  const client = await newWorkspace()

  const { errors } = await refused(await client.post('/v1/benchmarks', { ...benchmark, ...more }))

  expect(errors?.map((error) => error.path)).toEqual([path])
})

test('of several benchmarks the report shows that of the newest year, until it is taken away', async () => {
  const [client, other] = [await newWorkspace(), await newWorkspace()]
  await client.post('/v1/benchmarks', { ...benchmark, year: 2015, source: 'Older' })
  const made = await client.post('/v1/benchmarks', { ...benchmark, middle: undefined })
  const { id } = await made.json<{ id: string }>()
  await client.post('/v1/benchmarks', { ...benchmark, year: 2014, source: 'Oldest' })

  const list = await (await client.get('/v1/benchmarks')).json<{ items: { id: string }[] }>()
  const before = item(await read(client), 'win_rate').benchmark
  const foreign = await other.remove(`/v1/benchmarks/${id}`)
  const removed = await client.remove(`/v1/benchmarks/${id}`)
  const after = item(await read(client), 'win_rate').benchmark

  expect(list.items).toHaveLength(3)
  expect(list.items[1]).toMatchObject({ id, middle: null, url: null, year: 2016 })
  expect([foreign.status, removed.status]).toEqual([404, 204])
  expect(before).toMatchObject({ year: 2016 })
  expect(after).toMatchObject({ source: 'Older', year: 2015 })
})
