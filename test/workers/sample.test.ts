import { expect, test } from 'vitest'
import sample from '../../demo/answers.csv?raw'
import { type Client, countFacts, newSurvey, newWorkspace, rollUp, snapshotRows } from './client.ts'

// The answers of demo/answers.csv; the figures were computed from them with the sqlite3 command line.
const total = { value: 68.93939393939394, n: 132 }
const distribution = { 2: 1, 5: 1, 6: 2, 7: 6, 8: 27, 9: 24, 10: 71 }
const months = [
  ['2016-06-01', 75.0, 12],
  ['2016-07-01', 80.0, 25],
  ['2016-08-01', 100.0, 2],
  ['2016-09-01', 63.63636363636363, 11],
  ['2016-10-01', 67.74193548387096, 31],
  ['2016-11-01', 54.54545454545455, 11],
  ['2016-12-01', 65.0, 40],
]
const days = new Map([
  ['2016-06-09', 71.42857142857143],
  ['2016-06-10', 0],
  ['2016-10-05', -14.285714285714286],
  ['2016-10-21', 88.88888888888889],
  ['2016-12-14', 68.75],
  ['2016-12-18', 0],
])

interface Tally {
  received: number
  stored: number
  duplicate: number
  rejected: { line: number; errors: { path: string }[] }[]
}

interface Point {
  from: string
  value: number | null
  n: number
  reason?: string
}

interface Answer {
  total: Point & { parts: { answers: Record<string, number> } }
  points: Point[]
}

const path = (survey: string) =>
  `/v1/import/survey.response?map=time:iso&map=score:LikelyToRecommend&set=survey:${survey}`

async function importSample(client: Client, survey: string, csv: string): Promise<Tally> {
  const answer = await client.send(path(survey), csv, 'text/csv')
  expect(answer.status).toBe(200)
  return answer.json<Tally>()
}

async function imported(csv: string | string[]): Promise<Client> {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  for (const part of [csv].flat()) await importSample(client, survey, part)
  await rollUp(client)
  return client
}

async function nps(client: Client, by: string): Promise<Answer> {
  const answer = await client.get(`/v1/kpis/nps?from=2016-06-01&to=2016-12-31&by=${by}`)
  return answer.json<Answer>()
}

const [header = '', ...lines] = sample.trim().split('\n')
const csvOf = (rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`

test('132 of 146 imported lines are answers, and blank scores are rejected by line', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)

  const tally = await importSample(client, survey, sample)

  expect(tally).toMatchObject({ received: 146, stored: 132, duplicate: 0 })
  expect(tally.rejected).toHaveLength(14)
  expect(tally.rejected[0]).toEqual({
    line: 4,
    errors: [{ path: 'score', message: 'The field is missing' }],
  })
})

test('importing the same file again stores nothing', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  await importSample(client, survey, sample)

  const again = await importSample(client, survey, sample)

  expect(again).toMatchObject({ received: 146, stored: 0, duplicate: 132 })
  expect(await countFacts(client.workspace)).toBe(132)
})

test('the total, its distribution, the months and the days are those of an independent count', async () => {
  const client = await imported(sample)

  const byMonth = await nps(client, 'month')
  const byDay = await nps(client, 'day')
  const byTotal = await nps(client, 'total')

  expect(byMonth.total).toMatchObject(total)
  expect(byMonth.total.parts.answers).toEqual(distribution)
  expect(byMonth.points.map(({ from, value, n }) => [from, value, n])).toEqual(months)
  expect(byTotal.points).toHaveLength(1)
  expect(byTotal.points[0]).toMatchObject(total)
  expect(byDay.points).toHaveLength(214)
  for (const [day, value] of days) {
    expect(byDay.points.find(({ from }) => from === day)?.value).toBe(value)
  }
})

test('a day without answers is a gap with a reason, not a zero', async () => {
  const client = await imported(sample)

  const { points } = await nps(client, 'day')

  expect(points.filter(({ value }) => value !== null)).toHaveLength(43)
  expect(points[0]).toMatchObject({ from: '2016-06-01', value: null, n: 0, reason: 'no_data' })
})

test('order, halves and the way in make no difference to the snapshots', async () => {
  const straight = await imported(sample)
  const backwards = await imported(csvOf(lines.toReversed()))
  const halves = await imported([csvOf(lines.slice(0, 70)), csvOf(lines.slice(70))])
  const events = await newWorkspace()
  const survey = await newSurvey(events)
  const batch = lines.flatMap((line, index) => {
    const [iso = '', score = ''] = line.split(',')
    if (score === '') return []
    const time = `${iso.replace(' ', 'T')}:00Z`
    const data = { survey, score: Number(score) }
    return {
      specversion: '1.0',
      id: `n${index}`,
      source: 'test',
      type: 'survey.response',
      time,
      data,
    }
  })
  await events.send('/v1/facts', JSON.stringify(batch), 'application/cloudevents-batch+json')
  await rollUp(events)

  const expected = await snapshotRows(straight.workspace)

  // Each of the 43 days in `nps`, `nps_latest` and `revision_rate`.
  expect(expected).toHaveLength(3 * 43)
  expect(await snapshotRows(backwards.workspace)).toEqual(expected)
  expect(await snapshotRows(halves.workspace)).toEqual(expected)
  expect(await snapshotRows(events.workspace)).toEqual(expected)
})

test('the whole original file with all its columns gives the same, where it is at hand', async () => {
  const files = import.meta.glob<string>('../../../shared/data/nps_small/post.csv', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const [original = sample] = Object.values(files)

  const client = await imported(original)

  expect((await nps(client, 'total')).total).toMatchObject(total)
})
