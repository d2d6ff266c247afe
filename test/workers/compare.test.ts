import { expect, test } from 'vitest'
import { type Client, call, clientOf, newWorkspace, rollUp } from './client.ts'

interface Side {
  from: string
  to: string
  value: number | null
  n: number
  low: number | null
  high: number | null
  reason?: string
  parts: Record<string, unknown>
  complete: boolean
}

interface Answer {
  before: Side
  after: Side
  change: { absolute: number | null; low: number | null; high: number | null }
  equalLength: boolean
  sentence: string
}

interface Problem {
  detail: string
  errors?: { path: string; message: string }[]
}

let told = 0

/** A deal that ended on a day, won unless it says otherwise. */
function deal(day: string, type: 'deal.won' | 'deal.lost' = 'deal.won', more = {}) {
  const id = `d${++told}`
  const won = type === 'deal.won' ? { amount: '100.00' } : {}
  const data = { deal: id, ...won, ...more }
  return { specversion: '1.0', id, source: 'test', type, time: `${day}T12:00:00Z`, data }
}

const deals = (count: number, ...of: Parameters<typeof deal>) =>
  Array.from({ length: count }, () => deal(...of))

async function tell(client: Client, events: readonly ReturnType<typeof deal>[]): Promise<void> {
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length, rejected: [] })
  await rollUp(client)
}

/** In March 6 of 10 deals are won, in April 13 of 20; the 13 are Ann's. */
async function spring(): Promise<Client> {
  const client = await newWorkspace()
  await tell(client, [
    ...deals(6, '2017-03-15'),
    ...deals(4, '2017-03-31', 'deal.lost'),
    ...deals(13, '2017-04-01', 'deal.won', { owner: 'Ann' }),
    ...deals(7, '2017-04-30', 'deal.lost', { owner: 'Bob' }),
    deal('2017-02-28'),
    deal('2017-05-01'),
  ])
  return client
}

const months = 'before=2017-03-01..2017-03-31&after=2017-04-01..2017-04-30'
const path = `/v1/kpis/win_rate/compare?${months}`

async function read(client: Client, of: string): Promise<Answer> {
  const found = await client.get(`/v1/kpis/${of}`)
  expect(found.status).toBe(200)
  return found.json<Answer>()
}

test('a comparison says what changed, with everything that it stands on', async () => {
  const client = await spring()

  const found = await read(client, `win_rate/compare?${months}`)

  expect(found).toEqual({
    kpi: 'win_rate',
    unit: 'percent',
    direction: 'up',
    timeZone: 'UTC',
    segment: null,
    definition: { text: expect.stringContaining('Deals won'), version: 1 },
    before: {
      from: '2017-03-01',
      to: '2017-03-31',
      value: 60,
      n: 10,
      low: expect.closeTo(31.27, 2),
      high: expect.closeTo(83.18, 2),
      parts: { won: 6, lost: 4 },
      complete: true,
    },
    after: {
      from: '2017-04-01',
      to: '2017-04-30',
      value: 65,
      n: 20,
      low: expect.closeTo(43.29, 2),
      high: expect.closeTo(81.88, 2),
      parts: { won: 13, lost: 7 },
      complete: true,
    },
    change: {
      absolute: 5,
      unit: 'pp',
      relative: expect.closeTo(8.33, 2),
      better: true,
      overlap: true,
      low: expect.closeTo(-26.76, 2),
      high: expect.closeTo(38.32, 2),
    },
    equalLength: false,
    sentence:
      'Win rate changed after 2017-03-31 from 60 % to 65 %: up 5 pp (8.33 %), which is better; ' +
      'the intervals overlap, and a change of −26.76 pp to 38.32 pp may be chance. ' +
      'The windows differ in length: 31 days and 30 days.',
  })
})

test.each(['win_rate', 'deals_won', 'revenue', 'revenue_growth', 'open_deals', 'average_deal'])(
  'both sides of %s are what the KPI says of these windows',
  async (kpi) => {
    const client = await spring()
    const alone = async (query: string) => {
      const { total } = await (
        await client.get(`/v1/kpis/${kpi}?by=total&${query}`)
      ).json<{
        total: Partial<Side>
      }>()
      return total
    }

    const { before, after } = await read(client, `${kpi}/compare?${months}`)

    expect(before).toMatchObject(await alone('from=2017-03-01&to=2017-03-31'))
    expect(after).toMatchObject(await alone('from=2017-04-01&to=2017-04-30'))
  },
)

test('money is told in the currency of the workspace', async () => {
  const client = await spring()

  const found = await read(client, `revenue/compare?${months}`)

  expect(found).toMatchObject({
    currency: 'EUR',
    before: { value: 600 },
    after: { value: 1_300 },
    change: { absolute: 700, unit: 'currency', better: true, overlap: null, low: null, high: null },
  })
  expect(found.sentence).toContain('from 600 EUR to 1,300 EUR: up 700 EUR')
})

test('a segment is compared with itself', async () => {
  const client = await spring()

  const found = await read(client, `win_rate/compare?${months}&segment=owner:Ann`)

  expect(found).toMatchObject({
    segment: 'owner:Ann',
    before: { value: null, n: 0, reason: 'no_denominator' },
    after: { value: 100, n: 13 },
    change: { absolute: null, relative: null, better: null, low: null, high: null },
  })
  expect(found.sentence).toMatch(/no value from 2017-03-01 to 2017-03-31/)
})

test('windows may lie apart, and what happened between them counts for neither', async () => {
  const client = await spring()
  const query = 'before=2017-02-01..2017-02-28&after=2017-05-01..2017-05-28'

  const { before, after, equalLength } = await read(client, `deals_won/compare?${query}`)

  expect([before.value, after.value, equalLength]).toEqual([1, 1, true])
})

test('the later window may still run, and the answer says so', async () => {
  const client = await newWorkspace()
  const query = 'before=2017-01-01..2017-12-31&after=2018-01-01..2036-12-31'

  const { before, after, sentence } = await read(client, `win_rate/compare?${query}`)

  expect([before.complete, after.complete]).toEqual([true, false])
  expect(sentence).toContain('has not ended')
})

test('what comes late is in the next comparison, which has another ETag', async () => {
  const client = await spring()
  const etag = (await client.get(path)).headers.get('etag') ?? ''
  await tell(client, deals(1, '2017-03-02', 'deal.lost'))

  const again = await client.get(path, { 'if-none-match': etag })

  expect(again.status).toBe(200)
  expect((await again.json<Answer>()).before.n).toBe(11)
})

test('a comparison has a strong ETag, is told by it and is kept by nobody', async () => {
  const client = await spring()

  const first = await client.get(path)
  const etag = first.headers.get('etag') ?? ''
  const again = await client.get(path, { 'if-none-match': etag })
  const head = await call(path, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${client.secret}` },
  })

  expect(etag).toMatch(/^"[^"]+"$/)
  expect(first.headers.get('cache-control')).toBe('private, no-store')
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
})

const march = '2017-03-01..2017-03-31'
const april = '2017-04-01..2017-04-30'

test.each([
  ['before', `after=${april}`],
  ['after', `before=${march}`],
  ['before', `before=&after=${april}`],
  ['before', `before=2017-03-01&after=${april}`],
  ['before', `before=2017-03-01..2017-02-30&after=${april}`],
  ['before', `before=2017-03-31..2017-03-01&after=${april}`],
  ['after', `before=${march}&after=2017-04-30..2017-04-01`],
  ['after', `before=${april}&after=${march}`],
  ['after', `before=${march}&after=${march}`],
  ['after', `before=${march}&after=2017-03-31..2017-04-30`],
  ['after', `before=${april}&after=2017-03-01..2017-05-31`],
  ['after', `before=2000-01-01..2000-01-02&after=2019-12-31..2020-01-01`],
  ['segment', `${months}&segment=plan:pro`],
  ['segment', `${months}&segment=owner`],
  ['before', `${months}&before=${march}`],
  ['as_of', `${months}&as_of=2017-06-01T00:00:00Z`],
  ['by', `${months}&by=day`],
])('a comparison with a bad %s is refused by that name: %s', async (name, query) => {
  const client = await newWorkspace()

  const refused = await client.get(`/v1/kpis/win_rate/compare?${query}`)
  const { errors } = await refused.json<Problem>()

  expect(refused.status).toBe(422)
  expect(errors?.map((error) => error.path)).toEqual([name])
})

test('windows are refused for what is wrong with them', async () => {
  const client = await newWorkspace()
  const detail = async (query: string) => {
    const refused = await client.get(`/v1/kpis/win_rate/compare?${query}`)
    return (await refused.json<Problem>()).detail
  }

  expect(await detail(`before=${april}&after=${march}`)).toContain('lies before the other')
  expect(await detail(`before=${march}&after=${march}`)).toContain('overlap')
  expect(await detail(`before=2017-03-31..2017-03-01&after=${april}`)).toContain('ends before')
})

test('an unknown KPI is not found, and those there are get named', async () => {
  const client = await newWorkspace()

  const found = await client.get(`/v1/kpis/win_rat/compare?${months}`)

  expect(found.status).toBe(404)
  expect((await found.json<Problem>()).detail).toMatch(/"win_rat".*win_rate/)
})

test('nobody compares without a key in use, and nobody sees what is not his', async () => {
  const client = await spring()
  const other = await newWorkspace()
  const made = await client.post('/v1/keys', { scopes: ['read'] })
  const { id, secret } = await made.json<{ id: string; secret: string }>()
  const reader = clientOf(client.workspace, secret)

  const before = await reader.get(path)
  await client.remove(`/v1/keys/${id}`)
  const revoked = await reader.get(path)
  const without = await call(path)
  const foreign = await (await other.get(path)).json<Answer>()

  expect([before.status, revoked.status, without.status]).toEqual([200, 401, 401])
  expect([foreign.before.n, foreign.after.n]).toEqual([0, 0])
})

test('a key that may only write compares nothing', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/keys', { scopes: ['write'] })
  const { secret } = await made.json<{ secret: string }>()

  expect((await clientOf(client.workspace, secret).get(path)).status).toBe(403)
})
