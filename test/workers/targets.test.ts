import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { type Client, call, clientOf, newWorkspace, rollUp } from './client.ts'

interface Item {
  id: string
  kpi: string
  owner: string | null
  current: number | null
  n: number
  progress: number | null
  expected: number
  status: string
  reason?: string
  against: boolean
}

interface Page {
  items: Item[]
  next: string | null
}

interface Problem {
  detail: string
  errors?: { path: string; message: string }[]
}

const day = 86_400_000

/** The day so many days from today, in UTC. */
const ahead = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

let told = 0

function event(type: string, of: string, data: Record<string, unknown>) {
  const id = `d${++told}`
  return { specversion: '1.0', id, source: 'test', type, time: `${of}T00:00:00Z`, data }
}

const won = (of: string, amount: string, more = {}) =>
  event('deal.won', of, { deal: `d${told}`, amount, ...more })

const lost = (of: string, more = {}) => event('deal.lost', of, { deal: `d${told}`, ...more })

async function tell(client: Client, events: readonly ReturnType<typeof event>[]): Promise<void> {
  const body = JSON.stringify(events)
  const sent = await client.send('/v1/facts', body, 'application/cloudevents-batch+json')
  expect(await sent.json()).toMatchObject({ stored: events.length, rejected: [] })
  await rollUp(client)
}

const march = { from: '2017-03-01', to: '2017-03-31' }
const asked = { kpi: 'win_rate', baseline: 50, target: 75, ...march }

async function promise(client: Client, more: Record<string, unknown> = {}): Promise<Item> {
  const made = await client.post('/v1/targets', { ...asked, ...more })
  expect(made.status).toBe(201)
  return made.json<Item>()
}

async function list(client: Client, query = ''): Promise<Page> {
  const found = await client.get(`/v1/targets${query}`)
  expect(found.status).toBe(200)
  return found.json<Page>()
}

/** Three of four deals of March 2017 are won, Ann's being one that is and one that is not. */
async function spring(): Promise<Client> {
  const client = await newWorkspace()
  await tell(client, [
    won('2017-03-01', '100', { owner: 'Ann' }),
    won('2017-03-15', '200'),
    won('2017-03-31', '300'),
    lost('2017-03-31', { owner: 'Ann' }),
    won('2017-02-28', '1000'),
    lost('2017-04-01'),
  ])
  return client
}

test('a target is kept as it was asked for', async () => {
  const client = await spring()
  const more = { segment: 'owner:Ann', owner: ' Ann ', why: 'Half of them is too few.' }

  const made = await promise(client, more)
  const [item] = (await list(client)).items

  expect(made).toEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    kpi: 'win_rate',
    unit: 'percent',
    direction: 'up',
    segment: 'owner:Ann',
    baseline: 50,
    target: 75,
    against: false,
    ...march,
    owner: 'Ann',
    why: 'Half of them is too few.',
    created: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  expect(item).toEqual({
    ...made,
    current: 50,
    n: 2,
    low: expect.any(Number),
    high: expect.any(Number),
    progress: 0,
    expected: 100,
    status: 'missed',
  })
})

test('what is not said about a target is null', async () => {
  const client = await newWorkspace()

  expect(await promise(client)).toMatchObject({ segment: null, owner: null, why: null })
})

test('a target whose days have ended is reached or missed by what was published', async () => {
  const client = await spring()
  const reached = await promise(client)
  const missed = await promise(client, { target: 80 })
  const money = await promise(client, { kpi: 'revenue', baseline: 0, target: 1_200 })

  const { items } = await list(client)

  expect(items.map(({ id }) => id).toSorted()).toEqual([reached.id, missed.id, money.id].toSorted())
  const of = ({ id }: Item) => items.find((item) => item.id === id)
  expect(of(reached)).toMatchObject({ current: 75, n: 4, progress: 100, status: 'reached' })
  expect(of(missed)).toMatchObject({ current: 75, expected: 100, status: 'missed' })
  expect(of(money)).toMatchObject({ current: 600, currency: 'EUR', progress: 50, status: 'missed' })
})

test('late facts change how far a target has come', async () => {
  const client = await spring()
  await promise(client)
  const before = await client.get('/v1/targets')
  await tell(client, [lost('2017-03-20')])

  const after = await client.get('/v1/targets', {
    'if-none-match': before.headers.get('etag') ?? '',
  })

  expect(after.status).toBe(200)
  expect((await after.json<Page>()).items[0]).toMatchObject({
    current: 60,
    progress: 40,
    status: 'missed',
  })
})

test('a running target is expected to have come as far as its days', async () => {
  const client = await newWorkspace()
  const running = { from: ahead(-4), to: ahead(5), kpi: 'deals_won', baseline: 0 }
  await tell(client, [won(ahead(-4), '1'), won(ahead(-1), '1'), won(ahead(0), '1')])
  await promise(client, { ...running, target: 6, owner: 'on track' })
  await promise(client, { ...running, target: 10, owner: 'behind' })
  await promise(client, { ...running, target: 2, owner: 'past it' })

  const { items } = await list(client)
  const found = Object.fromEntries(items.map((item) => [item.owner ?? '', item]))

  expect(found['on track']).toMatchObject({
    current: 3,
    progress: 50,
    expected: 40,
    status: 'on_track',
  })
  expect(found['behind']).toMatchObject({
    current: 3,
    progress: 30,
    expected: 40,
    status: 'behind',
  })
  expect(found['past it']).toMatchObject({ current: 3, progress: 150, status: 'on_track' })
})

test('a target that begins tomorrow has no value, and one that begins today has', async () => {
  const client = await newWorkspace()
  await tell(client, [won(ahead(0), '1')])
  const of = { kpi: 'deals_won', baseline: 0, target: 5, to: ahead(30) }
  await promise(client, { ...of, from: ahead(1), owner: 'tomorrow' })
  await promise(client, { ...of, from: ahead(0), owner: 'today' })

  const { items } = await list(client)
  const found = Object.fromEntries(items.map((item) => [item.owner ?? '', item]))

  expect(found['tomorrow']).toMatchObject({
    current: null,
    progress: null,
    expected: 0,
    status: 'not_started',
    reason: 'not_started',
  })
  expect(found['today']).toMatchObject({
    current: 1,
    progress: 20,
    expected: 0,
    status: 'on_track',
  })
})

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
  'a target begins with its day in %s',
  async (zone) => {
    const client = await newWorkspace(zone)
    const local = (days: number) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(Date.now() + days * day)
    const statusFrom = async (from: string) => {
      const { id } = await promise(client, { from, to: local(30) })
      return (await list(client)).items.find((item) => item.id === id)?.status
    }

    expect(await statusFrom(local(1))).toBe('not_started')
    expect(await statusFrom(local(0))).toBe('unknown')
  },
)

test('a level is read at the end of the window', async () => {
  const client = await newWorkspace()
  const start = (of: string, mrr: string) =>
    event('subscription.started', of, { subscription: `s${told}`, customer: `c${told}`, mrr })
  await tell(client, [
    start('2017-02-01', '100'),
    start('2017-03-10', '50'),
    start('2017-04-02', '9'),
  ])
  await promise(client, { kpi: 'mrr', baseline: 100, target: 200 })

  const [item] = (await list(client)).items

  expect(item).toMatchObject({ current: 150, progress: 50, status: 'missed' })
})

test.each(['win_rate', 'revenue', 'revenue_growth', 'open_deals', 'average_deal', 'deals_won'])(
  'the current value of %s is what the KPI says of the same days, in all and by segment',
  async (kpi) => {
    const client = await spring()
    const segment = 'owner:Ann'
    const all = await promise(client, { kpi, baseline: 0, target: 1 })
    const cut = await promise(client, { kpi, baseline: 0, target: 1, segment })
    const total = async (more: string) => {
      const query = `from=${march.from}&to=${march.to}&by=total${more}`
      const found = await client.get(`/v1/kpis/${kpi}?${query}`)
      return (await found.json<{ total: { value: number | null; n: number } }>()).total
    }
    const { items } = await list(client)
    const of = ({ id }: Item) => {
      const item = items.find((candidate) => candidate.id === id)
      return { value: item?.current, n: item?.n }
    }

    expect(await total('')).toMatchObject(of(all))
    expect(await total(`&segment=${segment}`)).toMatchObject(of(cut))
  },
)

test('a target for the worse is kept, and says so', async () => {
  const client = await newWorkspace()
  const against = async (more: Record<string, unknown>) => (await promise(client, more)).against

  expect(await against({ baseline: 75, target: 50 })).toBe(true)
  expect(await against({ kpi: 'sales_cycle', baseline: 10, target: 15 })).toBe(true)
  expect(await against({ kpi: 'sales_cycle', baseline: 15, target: 10 })).toBe(false)
  expect(await against({ kpi: 'open_deals', baseline: 15, target: 10 })).toBe(false)
})

test('without a way to go or without a value there is no progress, and a reason', async () => {
  const client = await spring()
  await promise(client, { baseline: 75, target: 75 })
  await promise(client, { kpi: 'nps', baseline: 0, target: 30 })

  const { items } = await list(client)

  expect(items.find(({ kpi }) => kpi === 'win_rate')).toMatchObject({
    current: 75,
    progress: null,
    status: 'unknown',
    reason: 'same_as_baseline',
  })
  expect(items.find(({ kpi }) => kpi === 'nps')).toMatchObject({
    current: null,
    progress: null,
    status: 'unknown',
    reason: 'no_data',
  })
})

test.each([
  ['kpi', { kpi: 'win_rat' }],
  ['kpi', { kpi: undefined }],
  ['segment', { segment: 'plan:pro' }],
  ['segment', { segment: '' }],
  ['baseline', { baseline: '50' }],
  ['baseline', { baseline: undefined }],
  ['baseline', { baseline: -1 }],
  ['target', { target: null }],
  ['target', { target: 101 }],
  ['target', { kpi: 'revenue', target: 1e16 }],
  ['from', { from: '2017-02-29' }],
  ['to', { to: '2017-02-28' }],
  ['to', { to: '31.03.2017' }],
  ['to', { from: '2017-01-01', to: '2037-01-01' }],
  ['owner', { owner: ' ' }],
  ['owner', { owner: 'x'.repeat(201) }],
  ['why', { why: 'x'.repeat(1_001) }],
  ['why', { why: '' }],
  ['color', { color: 'red' }],
])('a target with a bad %s is refused by that name: %o', async (path, more) => {
  const client = await newWorkspace()

  const refused = await client.post('/v1/targets', { ...asked, ...more })
  const { errors } = await refused.json<Problem>()

  expect(refused.status).toBe(422)
  expect(errors?.map((error) => error.path)).toEqual([path])
  expect((await list(client)).items).toEqual([])
})

test('a number that no double holds is refused', async () => {
  const client = await newWorkspace()
  const body = JSON.stringify({ ...asked, kpi: 'revenue' }).replace('75', '1e999')

  const refused = await client.send('/v1/targets', body, 'application/json')

  expect(refused.status).toBe(422)
  expect((await refused.json<Problem>()).errors?.map(({ path }) => path)).toEqual(['target'])
})

test('the KPIs there are get named, and so does what a number may be', async () => {
  const client = await newWorkspace()
  const detail = async (more: Record<string, unknown>) =>
    (await (await client.post('/v1/targets', { ...asked, ...more })).json<Problem>()).detail

  expect(await detail({ kpi: 'win_rat' })).toMatch(/nps,.*win_rate/)
  expect(await detail({ target: 101 })).toMatch(/from 0 to 100/)
})

/** The pages of a list, each with its ids. */
async function walk(client: Client, limit: number): Promise<string[][]> {
  const pages: string[][] = []
  let path: string | null = `/v1/targets?limit=${limit}`
  while (path !== null) {
    const answer: Response = await client.get(path)
    pages.push((await answer.json<Page>()).items.map(({ id }) => id))
    path = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? null
  }
  return pages
}

test('the newest target comes first, and pages hold each once', async () => {
  const client = await newWorkspace()
  const ids: string[] = []
  for (let count = 0; count < 5; count++) ids.push((await promise(client)).id)
  // Two of the same instant, so that their ids decide.
  await env.DB.batch(
    ids.map((id, at) =>
      env.DB.prepare('UPDATE target SET created = ? WHERE id = ?').bind(1_000 + (at >> 1), id),
    ),
  )

  const twos = await walk(client, 2)
  const all = await walk(client, 40)

  expect(twos.map((page) => page.length)).toEqual([2, 2, 1])
  expect([twos.flat()]).toEqual(all)
  expect(all[0]?.[0]).toBe(ids[4])
  expect(all[0]?.slice(1, 3).toSorted()).toEqual(ids.slice(2, 4).toSorted())
  expect(all[0]?.slice(3).toSorted()).toEqual(ids.slice(0, 2).toSorted())
})

test('a page has 20 targets where nothing else is asked for, and at most 40', async () => {
  const client = await newWorkspace()
  for (let count = 0; count < 41; count++) {
    await promise(client, {
      from: `2016-03-${String((count % 31) + 1).padStart(2, '0')}`,
      owner: `${count}`,
    })
  }

  const lengths = [await list(client), await list(client, '?limit=40')].map(({ items, next }) => [
    items.length,
    next !== null,
  ])

  expect(lengths).toEqual([
    [20, true],
    [40, true],
  ])
})

test.each(['limit=41', 'limit=0', 'limit=', 'limit=1.5', 'cursor=x', 'cursor=1.2', 'kpi=nps'])(
  'a list with %s is refused by that name',
  async (query) => {
    const client = await newWorkspace()

    const refused = await client.get(`/v1/targets?${query}`)

    expect(refused.status).toBe(422)
    expect((await refused.json<Problem>()).errors?.map(({ path }) => path)).toEqual([
      query.split('=')[0],
    ])
  },
)

test('a target that is taken away is gone', async () => {
  const client = await newWorkspace()
  const { id } = await promise(client)
  const kept = await promise(client)

  const removed = await client.remove(`/v1/targets/${id}`)
  const again = await client.remove(`/v1/targets/${id}`)

  expect([removed.status, again.status]).toEqual([204, 404])
  expect((await list(client)).items.map((item) => item.id)).toEqual([kept.id])
})

test('a workspace keeps so many targets and no more, until one goes', async () => {
  const client = await newWorkspace()
  const { id } = await promise(client)
  await env.DB.prepare(
    `INSERT INTO target
     SELECT one.id || number.value, workspace, kpi, segment, baseline, target, "from", "to",
       owner, why, created
     FROM target one, json_each(?2) number WHERE one.id = ?1`,
  )
    .bind(id, JSON.stringify(Array.from({ length: 999 }, (_, at) => at)))
    .run()

  const full = await client.post('/v1/targets', asked)
  await client.remove(`/v1/targets/${id}`)

  expect(full.status).toBe(422)
  expect((await full.json<Problem>()).detail).toContain('at most 1000 targets')
  await promise(client)
})

test('the list has a strong ETag, is told by it and is kept by nobody', async () => {
  const client = await spring()
  await promise(client)

  const first = await client.get('/v1/targets')
  const etag = first.headers.get('etag') ?? ''
  const again = await client.get('/v1/targets', { 'if-none-match': etag })
  const head = await call('/v1/targets', {
    method: 'HEAD',
    headers: { authorization: `Bearer ${client.secret}` },
  })

  expect(etag).toMatch(/^"[^"]+"$/)
  expect(first.headers.get('cache-control')).toBe('private, no-store')
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
})

let client: Client
let target: Item

beforeAll(async () => {
  client = await newWorkspace()
  target = await promise(client)
})

test('another workspace neither sees, takes away nor changes a target', async () => {
  const other = await spring()

  const removed = await other.remove(`/v1/targets/${target.id}`)

  expect(removed.status).toBe(404)
  expect((await list(other)).items).toEqual([])
  expect((await list(client)).items).toMatchObject([{ id: target.id, n: 0, current: null }])
})

test('who may read makes no targets, and who may write reads none', async () => {
  const keyOf = async (scope: string) => {
    const made = await client.post('/v1/keys', { scopes: [scope] })
    const key = await made.json<{ id: string; secret: string }>()
    return { ...clientOf(client.workspace, key.secret), id: key.id }
  }
  const [reader, writer] = [await keyOf('read'), await keyOf('write')]
  const tried = async (by: Client) => [
    (await by.get('/v1/targets')).status,
    (await by.post('/v1/targets', {})).status,
    (await by.remove('/v1/targets/none')).status,
  ]

  expect(await tried(reader)).toEqual([200, 403, 403])
  expect(await tried(writer)).toEqual([403, 422, 404])
  await client.remove(`/v1/keys/${reader.id}`)
  await client.remove(`/v1/keys/${writer.id}`)
  expect(await tried(reader)).toEqual([401, 401, 401])
  expect(await tried(writer)).toEqual([401, 401, 401])
  expect((await call('/v1/targets')).status).toBe(401)
})
