import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { csvLine } from '../../src/csv.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'

// 300 support tickets, where the files are at hand. The figures were computed from them with sqlite3.
const files = import.meta.glob<string>('../../../shared/data/support_tickets_small/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const here = test.skipIf(Object.keys(files).length === 0)

const textOf = (name: string) =>
  Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1] ?? ''

type Row = Record<string, string>

interface Expected {
  all_time: {
    tickets: number
    resolved: number
    csat_responses: number
    mean_csat: number
    top2: number
    csat_top2_pct: number
    mean_first_response_min: number
    mttr_hours: number
  }[]
  csat_distribution: { csat_score: string; n: number }[]
  median_first_response: { median_min: number }[]
  by_created_month: {
    month: string
    tickets: number
    csat_responses: number
    mean_csat: number
    top2: number
    mttr_hours: number
  }[]
  by_resolved_day: { day: string; resolved: number; mttr_hours: number; top2: number }[]
  by_channel: { channel: string; tickets: number; mean_csat: number }[]
}

const expected = JSON.parse(textOf('expected.json') || '{}') as Expected
const [all] = expected.all_time ?? []

interface Value {
  value: number
  n: number
  also: Record<string, number>
  parts: { answers: Record<string, number> }
}

interface Answer {
  total: Value
  points: (Value & { from: string; to: string })[]
}

const everyDay = 'from=2024-01-01&to=2025-06-30'
const hour = 3_600

/** Times are cut to milliseconds, of which the shortest one measured has 1,800,000. */
const cut = 1e-6

function csvOf(rows: readonly Row[]): string {
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map(csvLine)
    .join('')
}

async function importAs(type: string, rows: readonly Row[], mapping: readonly string[]) {
  const path = `/v1/import/${type}?source=desk&${mapping.join('&')}`
  const answer = await client.send(path, csvOf(rows), 'text/csv')
  expect(await answer.json()).toMatchObject({ stored: rows.length, duplicate: 0, rejected: [] })
}

/** When a ticket was answered, which the file says in minutes after its creation. */
function repliedAt({ created_date: created = '', first_response_minutes: minutes }: Row): string {
  const time = Date.parse(`${created.replace(' ', 'T')}Z`) + Number(minutes) * 60_000
  return new Date(time).toISOString()
}

let client: Client
let answered: string
let asked: string

beforeAll(async () => {
  if (Object.keys(files).length === 0) return
  client = await newWorkspace()
  await call('/v1/workspace', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dimensions: ['created'] }),
  })
  answered = await newSurvey(client, { kind: 'csat', properties: ['channel'] })
  asked = await newSurvey(client, { kind: 'csat', properties: ['channel'] })
  const tickets = parse<Row>(textOf('customer_support_tickets.csv'), { columns: true })
  const replied = tickets.map((row) => ({ ...row, replied: repliedAt(row) }))
  const solved = tickets.filter((row) => row['status'] === 'Resolved')
  // A score such as 2.5 is refused, so 2.0 is not written as one.
  const scored = solved.map((row) => ({
    ...row,
    score: (row['csat_score'] ?? '').replace(/\.0$/, ''),
  }))
  const ticket = 'map=ticket:ticket_id'
  await importAs('ticket.created', tickets, [
    ticket,
    'map=time:created_date',
    'map=p.created:month',
  ])
  await importAs('ticket.replied', replied, [ticket, 'map=time:replied'])
  await importAs('ticket.solved', solved, [ticket, 'map=time:resolved_date'])
  const channel = 'map=p.channel:channel'
  await importAs('survey.response', scored, [
    channel,
    'map=time:resolved_date',
    `set=survey:${answered}`,
  ])
  await importAs('survey.response', scored, [
    channel,
    'map=time:created_date',
    `set=survey:${asked}`,
  ])
  await rollUp(client)
})

async function read(kpi: string, query: string): Promise<Answer> {
  const answer = await client.get(`/v1/kpis/${kpi}?${everyDay}&${query}`)
  expect(answer.status).toBe(200)
  return answer.json<Answer>()
}

const bySurvey = (survey: string, by: string) => `by=${by}&segment=survey:${survey}`

/** The segments of a dimension by the value they are named for. */
async function segments(kpi: string, dimension: string): Promise<Map<string, Value>> {
  const answer = await client.get(`/v1/kpis/${kpi}/segments?${everyDay}&dimension=${dimension}`)
  const { items } = await answer.json<{ items: (Value & { segment: string })[] }>()
  return new Map(items.map((item) => [item.segment.slice(dimension.length + 1), item]))
}

/** Whether a number is another one, within a share of it. */
function expectClose(got: number | undefined, wanted: number | undefined, within: number): void {
  const off = Math.abs((got ?? Number.NaN) - (wanted ?? Number.NaN)) / (wanted ?? 0)
  expect(off).toBeLessThanOrEqual(within)
}

const topTwo = ({ parts: { answers } }: Value) => (answers['4'] ?? 0) + (answers['5'] ?? 0)

here('tickets, and how long they wait for the first answer', async () => {
  const { total } = await read('first_response_time', 'by=total')

  expect(total.n).toBe(all?.tickets)
  expectClose(total.also['mean'], (all?.mean_first_response_min ?? 0) * 60, cut)
  expectClose(total.value, (expected.median_first_response[0]?.median_min ?? 0) * 60, 0.01)
})

here('tickets solved, and how long that takes', async () => {
  const solved = await read('tickets_solved', 'by=total')
  const mean = await read('time_to_resolution_mean', 'by=total')
  const middle = await read('time_to_resolution', 'by=total')

  expect(solved.total.value).toBe(all?.resolved)
  expect(mean.total.n).toBe(all?.resolved)
  expectClose(mean.total.value, (all?.mttr_hours ?? 0) * hour, cut)
  expectClose(middle.total.also['mean'], (all?.mttr_hours ?? 0) * hour, cut)
})

here('how satisfied those are whose ticket was solved', async () => {
  const share = await read('csat', bySurvey(answered, 'total'))
  const mean = await read('csat_mean', bySurvey(answered, 'total'))

  expect(share.total).toMatchObject({ value: all?.csat_top2_pct, n: all?.csat_responses })
  expect(topTwo(share.total)).toBe(all?.top2)
  expect(mean.total.value).toBe(all?.mean_csat)
  expect(share.total.parts.answers).toEqual(
    Object.fromEntries(
      expected.csat_distribution
        .filter(({ csat_score }) => csat_score !== '')
        .map(({ csat_score, n }) => [Number(csat_score), n]),
    ),
  )
})

here('by channel, which a ticket is created with', async () => {
  const tickets = await segments('first_response_time', 'channel')
  const satisfaction = await segments('csat_mean', 'p.channel')

  expect(
    [...tickets]
      .map(([channel, { n }]) => ({
        channel,
        tickets: n,
        mean_csat: satisfaction.get(channel)?.value,
      }))
      .toSorted((one, other) => (one.channel < other.channel ? -1 : 1)),
  ).toEqual(expected.by_channel)
})

here('by the day on which tickets were solved', async () => {
  const solved = await read('tickets_solved', 'by=day')
  const mean = await read('time_to_resolution_mean', 'by=day')
  const share = await read('csat', bySurvey(answered, 'day'))

  const days = solved.points.flatMap(({ from, value }, at) => {
    const point = share.points[at]
    return value === 0 || point === undefined
      ? []
      : [{ day: from, resolved: value, top2: topTwo(point) }]
  })
  expect(days).toEqual(
    expected.by_resolved_day.map(({ day, resolved, top2 }) => ({ day, resolved, top2 })),
  )
  for (const { day, mttr_hours } of expected.by_resolved_day) {
    const point = mean.points.find(({ from }) => from === day)
    expectClose(point?.value, mttr_hours * hour, cut)
  }
})

here('by the month in which tickets were created, as a dimension of the workspace', async () => {
  const tickets = await segments('first_response_time', 'p.created')
  const solved = await segments('time_to_resolution_mean', 'p.created')

  expect([...tickets].map(([month, { n }]) => [month, n])).toEqual(
    expected.by_created_month.map(({ month, tickets: n }) => [month, n]),
  )
  for (const { month, mttr_hours, csat_responses } of expected.by_created_month) {
    expect(solved.get(month)?.n).toBe(csat_responses)
    expectClose(solved.get(month)?.value, mttr_hours * hour, cut)
  }
})

here('satisfaction by the month of creation, as answers of that day', async () => {
  const share = await read('csat', bySurvey(asked, 'month'))
  const mean = await read('csat_mean', bySurvey(asked, 'month'))

  expect(
    share.points
      .map((point, at) => ({
        month: point.from.slice(0, 7),
        csat_responses: point.n,
        top2: topTwo(point),
        mean_csat: mean.points[at]?.value,
      }))
      .filter(({ csat_responses }) => csat_responses > 0),
  ).toEqual(
    expected.by_created_month.map(({ month, csat_responses, top2, mean_csat }) => ({
      month,
      csat_responses,
      top2,
      mean_csat,
    })),
  )
})
