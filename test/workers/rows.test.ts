import { expect, test } from 'vitest'
import { type Client, newSurvey, newWorkspace, rollUp } from './client.ts'

const window = 'from=2026-03-27&to=2026-03-31'

/** Two answers in Warsaw: one before the clocks go forward, one after. */
async function answered(): Promise<Client> {
  const client = await newWorkspace('Europe/Warsaw')
  const survey = await newSurvey(client)
  const lines = ['2026-03-28T12:00:00Z,10', '2026-03-30T12:00:00Z,0']
  const csv = ['time,score', ...lines, ''].join('\n')
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, csv, 'text/csv')
  await rollUp(client)
  return client
}

test('flat rows are led by the instant at which each day begins where the team is', async () => {
  const client = await answered()
  const answer = await client.get(`/v1/kpis/nps.rows.json?${window}`)
  const rows = await answer.json<Record<string, unknown>[]>()

  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(rows.map(({ time }) => time)).toEqual([
    '2026-03-26T23:00:00.000Z',
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ])
  expect(rows.map(({ value }) => value)).toEqual([null, 100, null, -100, null])
  for (const row of rows) {
    for (const cell of Object.values(row))
      expect(['object', 'undefined']).not.toContain(cell === null ? '' : typeof cell)
  }
})

test('flat rows are those of NDJSON, and JSON by its header stays the whole answer', async () => {
  const client = await answered()
  const rows = await (await client.get(`/v1/kpis/nps.rows.json?${window}`)).json<object[]>()
  const ndjson = await (await client.get(`/v1/kpis/nps.ndjson?${window}`)).text()
  const whole = await client.get(`/v1/kpis/nps?${window}`, { accept: 'application/json' })

  expect(rows.map((row) => ({ ...row, time: 0 }))).toEqual(
    ndjson
      .trimEnd()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as object), time: 0 })),
  )
  expect(await whole.json()).toHaveProperty('points')
  expect((await client.get(`/v1/kpis/none.rows.json?${window}`)).status).toBe(404)
})

test('the first columns of a CSV are the same whatever was counted', async () => {
  const client = await answered()
  const header = async (kpi: string, days: string) =>
    (await (await client.get(`/v1/kpis/${kpi}.csv?${days}`)).text()).split('\r\n')[0]
  const stable = 'kpi,unit,segment,from,to,value,n,low,high,reason,complete,revised'

  for (const kpi of ['nps', 'revenue', 'sales_cycle', 'churn_rate']) {
    for (const days of [window, 'from=2020-01-01&to=2020-01-02']) {
      expect(await header(kpi, days)).toMatch(new RegExp(`^${stable}(?:,|$)`))
    }
  }
})
