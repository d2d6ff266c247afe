import { parse } from 'csv-parse/sync'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { csvLine } from '../../src/csv.ts'
import { type Client, call, newWorkspace, rollUp } from './client.ts'

// 251 real deals, where the files are at hand. The figures were computed from them with sqlite3.
const files = import.meta.glob<string>('../../../shared/data/crm_pipeline_small/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const here = test.skipIf(Object.keys(files).length === 0)

const textOf = (name: string) =>
  Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1] ?? ''

type Row = Record<string, string>

const tableOf = (name: string) => parse<Row>(textOf(name), { columns: true })

interface Closed {
  won: number
  lost: number
  revenue: number
}

interface Expected {
  all_time: (Closed & {
    win_rate_pct: number
    avg_won_value: number
    mean_cycle_days_won: number
    first_engage: string
    last_engage: string
    first_close: string
    last_close: string
  })[]
  by_stage: { deal_stage: string; deals: number }[]
  cycle_days_quantiles: { deal_stage: string; median: number; p90_nearest_rank: number }[]
  won_value_median: { median_won_value: number }[]
  by_close_month: (Closed & { month: string; win_rate_pct: number })[]
  by_quarter: (Closed & { win_rate_pct: number })[]
  by_close_day: (Closed & { day: string })[]
  created_by_engage_month: { month: string; engaged: number }[]
  open_pipeline_month_end: {
    as_of: string
    open_engaged: number
    won_to_date: number
    lost_to_date: number
    revenue_to_date: number | null
  }[]
  by_agent: (Closed & { sales_agent: string; win_rate_pct: number; mean_cycle_days_won: number })[]
  by_product_raw: (Closed & { product: string; win_rate_pct: number })[]
  by_manager: (Closed & { manager: string; win_rate_pct: number })[]
  by_region: (Closed & { regional_office: string })[]
  top_accounts: { account: string; won: number; revenue: number }[]
}

const expected = JSON.parse(textOf('expected.json') || '{}') as Expected

interface Value {
  value: number
  n: number
  also: Record<string, number>
  parts: Record<string, number> & { won: number & { n: number; sum: number } }
}

interface Answer {
  currency?: string
  total: Value
  points: (Value & { from: string; to: string })[]
}

const oneDay = 86_400
const closing = 'from=2017-03-01&to=2017-03-31'

/** The file as a CSV of these rows, with who is whose manager where. */
function csvOf(rows: readonly Row[]): string {
  const team = new Map(tableOf('sales_teams.csv').map((row) => [row['sales_agent'], row]))
  const columns = Object.keys(rows[0] ?? {})
  const header = [...columns, 'p.manager', 'p.region', 'p.account']
  const lines = rows.map((row) => {
    const { manager = '', regional_office: region = '' } = team.get(row['sales_agent']) ?? {}
    return [...Object.values(row), manager, region, row['account'] ?? '']
  })
  return [header, ...lines].map(csvLine).join('')
}

interface Taken {
  received: number
  stored: number
  duplicate: number
  rejected: { line: number; errors: { path: string }[] }[]
}

/** The content of a line identifies it: a deal's own id would be one name for three facts. */
async function importAs(
  to: Client,
  type: string,
  rows: readonly Row[],
  mapping: readonly string[],
): Promise<Taken> {
  const fields = ['map=deal:opportunity_id', 'source=crm', ...mapping]
  const answer = await to.send(`/v1/import/${type}?${fields.join('&')}`, csvOf(rows), 'text/csv')
  expect(answer.status).toBe(200)
  return answer.json<Taken>()
}

let client: Client
let took: Record<string, Taken>

/** The three imports, in whatever order; each takes the rows that its type can be made of. */
const imports: Record<string, (client: Client) => Promise<Taken>> = {
  created: (to) =>
    importAs(to, 'deal.created', tableOf('sales_pipeline.csv'), [
      'map=time:engage_date',
      'map=owner:sales_agent',
      'map=product:product',
    ]),
  won: (to) =>
    importAs(to, 'deal.won', inStage('Won'), [
      'map=time:close_date',
      'map=amount:close_value',
      'map=customer:account',
    ]),
  lost: (to) => importAs(to, 'deal.lost', inStage('Lost'), ['map=time:close_date']),
}

const inStage = (stage: string) =>
  tableOf('sales_pipeline.csv').filter((row) => row['deal_stage'] === stage)

async function newPipeline(): Promise<Client> {
  const made = await newWorkspace()
  await call('/v1/workspace', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ currency: 'USD', dimensions: ['manager', 'region', 'account'] }),
  })
  return made
}

beforeAll(async () => {
  if (Object.keys(files).length === 0) return
  client = await newPipeline()
  took = {}
  for (const [name, load] of Object.entries(imports)) took[name] = await load(client)
  await rollUp(client)
})

async function read(kpi: string, query: string): Promise<Answer> {
  const answer = await client.get(`/v1/kpis/${kpi}?${query}`)
  expect(answer.status).toBe(200)
  return answer.json<Answer>()
}

/** The segments of a dimension by the value they are named for. */
async function segments(kpi: string, dimension: string): Promise<Map<string, Value>> {
  const answer = await client.get(`/v1/kpis/${kpi}/segments?${closing}&dimension=${dimension}`)
  const { items } = await answer.json<{ items: (Value & { segment: string })[] }>()
  return new Map(items.map((item) => [item.segment.slice(dimension.length + 1), item]))
}

/** Whether a number is another one, within a share of it. */
function expectClose(got: number | undefined, wanted: number, within: number): void {
  expect(Math.abs((got ?? Number.NaN) - wanted) / wanted).toBeLessThanOrEqual(within)
}

/** Won, lost and revenue of every segment as far as any deal was closed in it. */
async function closedBy(dimension: string) {
  const rates = await segments('win_rate', dimension)
  const revenues = await segments('revenue', dimension)
  return [...rates]
    .map(([name, { value, parts }]) => ({
      name,
      rate: value,
      won: parts.won,
      lost: parts['lost'],
      revenue: revenues.get(name)?.value,
    }))
    .filter(({ won, lost }) => won !== 0 || lost !== 0)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

const sorted = <T extends { name: string }>(rows: readonly T[]) =>
  rows.toSorted((one, other) => (one.name < other.name ? -1 : 1))

here('a deal begins when it was engaged: the 20 that never were are rejected, not guessed', () => {
  expect(took['created']).toMatchObject({ received: 251, stored: 231, duplicate: 0 })
  expect(took['created']?.rejected).toHaveLength(20)
  expect(took['created']?.rejected[0]).toMatchObject({ errors: [{ path: 'time' }] })
  expect(took['won']).toMatchObject({ received: 169, stored: 169, rejected: [] })
  expect(took['lost']).toMatchObject({ received: 33, stored: 33, rejected: [] })
})

/** The latest counters of every KPI but those of how they came to be. */
async function latestRows({ workspace }: Client): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT kpi, segment, day, counters FROM (
      SELECT kpi, segment, day, counters, max(revision) FROM snapshot
      WHERE workspace = ? GROUP BY kpi, segment, day
    )
    WHERE counters <> '{}'
      AND kpi NOT IN ('duplicate_rate', 'reject_rate', 'late_share', 'revision_rate')
    ORDER BY kpi, segment, day`,
  )
    .bind(workspace)
    .all()
  return results
}

here(
  'sales that come in before their deals, each rolled up by itself, end in the same rows',
  async () => {
    const backwards = await newPipeline()
    for (const name of ['lost', 'won', 'created', 'won']) {
      await imports[name]?.(backwards)
      await rollUp(backwards)
    }

    const rows = await latestRows(client)

    expect(rows.length).toBeGreaterThan(1_000)
    expect(await latestRows(backwards)).toEqual(rows)
  },
)

here('the win rate and what was won', async () => {
  const [all] = expected.all_time
  const rate = await read('win_rate', `${closing}&by=total`)
  const revenue = await read('revenue', `${closing}&by=total`)
  const won = await read('deals_won', `${closing}&by=total`)
  const deal = await read('average_deal', `${closing}&by=total`)

  expect(rate.total).toMatchObject({ value: all?.win_rate_pct, n: 202 })
  expect(rate.total.parts).toEqual({ won: all?.won, lost: all?.lost })
  expect(won.total.value).toBe(all?.won)
  expect(revenue).toMatchObject({ currency: 'USD', total: { value: all?.revenue } })
  expect(deal.total).toMatchObject({ n: all?.won })
  expectClose(deal.total.value, all?.avg_won_value ?? 0, 1e-12)
  expectClose(deal.total.also['median'], expected.won_value_median[0]?.median_won_value ?? 0, 0.01)
})

here(
  'the length of the sales cycle: mean exactly, median and 90th percentile within 1 %',
  async () => {
    const [all] = expected.all_time
    const days = expected.cycle_days_quantiles.find((row) => row.deal_stage === 'Won')
    const middle = await read('sales_cycle', `${closing}&by=total`)
    const mean = await read('sales_cycle_mean', `${closing}&by=total`)

    expectClose(mean.total.value, (all?.mean_cycle_days_won ?? 0) * oneDay, 1e-12)
    expectClose(middle.total.also['mean'], (all?.mean_cycle_days_won ?? 0) * oneDay, 1e-12)
    expectClose(middle.total.value, (days?.median ?? 0) * oneDay, 0.01)
    expectClose(middle.total.also['p90'], (days?.p90_nearest_rank ?? 0) * oneDay, 0.01)
    expect(middle.total.n).toBe(all?.won)
  },
)

here.each([
  ['month', '2017-03-01', () => expected.by_close_month],
  ['quarter', '2017-01-01', () => expected.by_quarter],
])('what was closed by %s', async (by, from, rows) => {
  const window = `from=${from}&to=2017-03-31&by=${by}`
  const rates = await read('win_rate', window)
  const revenue = await read('revenue', window)
  const mean = await read('sales_cycle_mean', window)

  expect(
    rates.points.map(({ value, parts }, at) => ({
      ...parts,
      win_rate_pct: value,
      revenue: revenue.points[at]?.value,
    })),
  ).toEqual(
    rows().map(({ won, lost, win_rate_pct, revenue: sum }) => ({
      won,
      lost,
      win_rate_pct,
      revenue: sum,
    })),
  )
  expectClose(
    mean.points[0]?.value,
    (expected.all_time[0]?.mean_cycle_days_won ?? 0) * oneDay,
    1e-12,
  )
})

here('what was closed on each day', async () => {
  const rates = await read('win_rate', `${closing}&by=day`)
  const revenue = await read('revenue', `${closing}&by=day`)

  expect(
    rates.points.map(({ from, parts }, at) => ({
      day: from,
      ...parts,
      revenue: revenue.points[at]?.value,
    })),
  ).toEqual(expected.by_close_day)
})

here('by the owner that a deal began with', async () => {
  const found = await closedBy('owner')
  const cycles = await segments('sales_cycle_mean', 'owner')

  expect(found).toEqual(
    sorted(
      expected.by_agent.map(({ sales_agent: name, win_rate_pct: rate, won, lost, revenue }) => ({
        name,
        rate,
        won,
        lost,
        revenue,
      })),
    ),
  )
  for (const { sales_agent: name, mean_cycle_days_won: days } of expected.by_agent) {
    expectClose(cycles.get(name)?.value, days * oneDay, 1e-12)
  }
})

here('by product', async () => {
  expect(await closedBy('product')).toEqual(
    sorted(
      expected.by_product_raw.map(({ product: name, win_rate_pct: rate, ...row }) => ({
        name,
        rate,
        ...row,
      })),
    ),
  )
})

here('by manager, which is a dimension of the workspace', async () => {
  expect(await closedBy('p.manager')).toEqual(
    sorted(
      expected.by_manager.map(({ manager: name, win_rate_pct: rate, won, lost, revenue }) => ({
        name,
        rate,
        won,
        lost,
        revenue,
      })),
    ),
  )
})

here('by region', async () => {
  const found = await closedBy('p.region')

  expect(found.map(({ rate: _rate, ...row }) => row)).toEqual(
    sorted(expected.by_region.map(({ regional_office: name, ...row }) => ({ name, ...row }))),
  )
})

here('the accounts that brought most', async () => {
  const accounts = await segments('revenue', 'p.account')

  const found = [...accounts]
    .map(([account, { value, parts }]) => ({ account, won: parts.won.n, revenue: value }))
    .toSorted((one, other) => other.revenue - one.revenue)

  expect(found.slice(0, 10)).toEqual(expected.top_accounts)
})

here('deals created by month, of which so many were won within a year', async () => {
  const { points, total } = await read('close_rate', 'from=2016-10-01&to=2016-12-31&by=month')

  expect(points.map(({ from, parts }) => [from.slice(0, 7), parts['created']])).toEqual(
    expected.created_by_engage_month.map(({ month, engaged }) => [month, engaged]),
  )
  expect(total.parts).toEqual({ created: 231, won: 169 })
})

here('the first and the last day on which something happened', async () => {
  const began = await read('close_rate', 'from=2016-01-01&to=2017-12-31&by=day')
  const ended = await read('win_rate', 'from=2016-01-01&to=2017-12-31&by=day')
  const ends = ({ points }: Answer) => {
    const days = points.filter(({ n }) => n > 0).map(({ from }) => from)
    return [days[0], days.at(-1)]
  }

  const [all] = expected.all_time
  expect(ends(began)).toEqual([all?.first_engage, all?.last_engage])
  expect(ends(ended)).toEqual([all?.first_close, all?.last_close])
})

here('the open pipeline at the end of every month, and what had been closed by then', async () => {
  const open = await read('open_deals', 'from=2016-10-01&to=2017-12-31&by=month')
  const found = await Promise.all(
    open.points.map(async ({ to, value, also, parts }, at) => {
      const window = `from=2016-10-01&to=${to}&by=total`
      const { total } = await read('win_rate', window)
      const revenue = await read('revenue', window)
      const before = open.points[at - 1]?.value ?? 0
      expect([also['opening'], parts['deals']]).toEqual([
        before,
        { opening: before, closing: value },
      ])
      return {
        as_of: to,
        open_engaged: value,
        won_to_date: total.parts.won,
        lost_to_date: total.parts['lost'],
        revenue_to_date: revenue.total.value,
      }
    }),
  )

  // SQL's sum of nothing is null; that of sales is 0, because that no deal was won is known.
  expect(found).toEqual(
    expected.open_pipeline_month_end.map(({ revenue_to_date: sum, ...row }) => ({
      ...row,
      revenue_to_date: sum ?? 0,
    })),
  )
})

here('the stages in which deals stand now', async () => {
  const open = await read('open_deals', 'from=2017-12-31&to=2017-12-31')
  const rate = await read('win_rate', 'from=2016-10-01&to=2017-12-31&by=total')
  const stages = new Map(expected.by_stage.map(({ deal_stage, deals }) => [deal_stage, deals]))

  expect([open.total.value, rate.total.parts.won, rate.total.parts['lost']]).toEqual([
    stages.get('Engaging'),
    stages.get('Won'),
    stages.get('Lost'),
  ])
})
