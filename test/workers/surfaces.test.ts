import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { csvLine } from '../../src/csv.ts'
import { formatValue } from '../../src/format.ts'
import { en } from '../../src/languages/en.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { kpiOf } from '../kpi.ts'

// The same numbers wherever they are read, from real answers and deals where the files are at hand.
const files = import.meta.glob<string>('../../../shared/data/*_small/*.csv', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const here = test.skipIf(Object.keys(files).length === 0)

const textOf = (name: string) =>
  Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1] ?? ''

type Row = Record<string, string>

/** The years in which all of the answers, and all ends of deals, lie. */
const years: Readonly<Record<string, string>> = {
  nps: 'from=2016-01-01&to=2016-12-31',
  win_rate: 'from=2017-01-01&to=2017-12-31',
  revenue: 'from=2017-01-01&to=2017-12-31',
  sales_cycle: 'from=2017-01-01&to=2017-12-31',
}

let client: Client

async function send(path: string, csv: string): Promise<void> {
  const answer = await client.send(`/v1/import/${path}`, csv, 'text/csv')
  expect(answer.status).toBe(200)
}

const sentRows = (rows: readonly Row[]) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map(csvLine).join('')

beforeAll(async () => {
  if (Object.keys(files).length === 0) return
  client = await newWorkspace()
  const survey = await newSurvey(client)
  const score = `map=time:iso&map=score:LikelyToRecommend&set=survey:${survey}`
  await send(`survey.response?${score}`, textOf('post.csv'))
  const deals = parse<Row>(textOf('sales_pipeline.csv'), { columns: true })
  const at = (stage: string) => sentRows(deals.filter((row) => row['deal_stage'] === stage))
  const deal = 'map=deal:opportunity_id&source=crm'
  const created = sentRows(deals.filter((row) => row['engage_date'] !== ''))
  await send(`deal.created?${deal}&map=time:engage_date`, created)
  await send(`deal.won?${deal}&map=time:close_date&map=amount:close_value`, at('Won'))
  await send(`deal.lost?${deal}&map=time:close_date`, at('Lost'))
  await rollUp(client)
})

const read = async (path: string) => (await client.get(path)).text()

/** What everybody sees of a KPI, in a picture of this kind. */
async function embed(kpi: string, kind: string): Promise<{ svg: string; json: string }> {
  const body = { kpi, kind, window: '7000d', by: 'year', minimum: 1 }
  const made = await client.post('/v1/embeds', body)
  const { id } = await made.json<{ id: string }>()
  const [svg, json] = await Promise.all(
    ['svg', 'json'].map(async (ending) => (await call(`/e/${id}.${ending}`)).text()),
  )
  return { svg: svg ?? '', json: json ?? '' }
}

here.each(Object.entries(years))('%s is the same number wherever it is read', async (id, days) => {
  const { unit } = kpiOf(id)
  const { total } = JSON.parse(await read(`/v1/kpis/${id}?${days}&by=total`)) as {
    total: { value: number; n: number }
  }
  const [row] = parse<Row>(await read(`/v1/kpis/${id}.csv?${days}&by=total`), { columns: true })
  const report = JSON.parse(await read(`/v1/report?${days}`)) as {
    items: { kpi: string; sentence: string; current: { value: number; n: number } }[]
  }
  const [line, badge] = [await embed(id, 'line'), await embed(id, 'badge')]
  const shown = formatValue(total.value, unit, en)
  const item = report.items.find(({ kpi }) => kpi === id)
  const [, description = ''] = /<desc>([^<]*)<\/desc>/.exec(line.svg) ?? []
  const [, name = ''] = /aria-label="([^"]*)"/.exec(badge.svg) ?? []

  expect(total.n).toBeGreaterThan(30)
  expect(Number(row?.['value'])).toBe(total.value)
  expect(item?.current).toMatchObject({ value: total.value, n: total.n })
  expect(JSON.parse(line.json)).toMatchObject({ total: { value: total.value, n: total.n } })
  expect(description).toContain(shown)
  expect(name).toContain(shown)
  expect(item?.sentence).toContain(shown)
})
