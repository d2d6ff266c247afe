import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Day, addDays, bounds, dayFinder } from '../../src/day.ts'
import { type Fact, vocabulary } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import { store } from '../../src/store/facts.ts'
import { rollup } from '../../src/store/rollup.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { live } from './catalogue.ts'
import { counting } from './counting.ts'
import { day, historyOf } from './histories.ts'
import type { Table } from './oracle.ts'
import { bear } from './team.ts'

const hour = 3_600_000

let made = 0

/** As old as time, so that no test's days were closed before there were KPIs. */
beforeAll(() => bear(kpis))

async function newWorkspace(zone: string, now: number): Promise<string> {
  const id = `r${++made}`
  await createWorkspace(env.DB, { id, name: id, zone, currency: 'EUR' }, now)
  return id
}

const take = (workspace: string, facts: readonly Fact[], received: number) =>
  store(env.DB, { workspace, facts, received, looks: looksOf(kpis) })

const roll = (workspace: string, now: number, limit?: number) =>
  rollup(env.DB, { kpis, now, workspace, ...(limit !== undefined && { limit }) })

async function rollAll(workspace: string, now: number, limit?: number): Promise<number> {
  for (let runs = 1; runs <= 500; runs++) {
    if ((await roll(workspace, now, limit)).remaining === 0) return runs
  }
  throw new Error('Some days are never rolled up')
}

interface Row {
  kpi: string
  segment: string
  day: string
  revision: number
  counters: string
  computed: number
}

async function rows(workspace: string): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    `SELECT kpi, segment, day, revision, counters, computed FROM snapshot
     WHERE workspace = ? ORDER BY kpi, segment, day, revision`,
  )
    .bind(workspace)
    .all<Row>()
  return results
}

/** What is published now: the latest revision of each row. */
async function published(workspace: string): Promise<Table> {
  return Object.fromEntries(
    (await rows(workspace)).map(({ kpi, segment, day: on, counters }) => [
      `${kpi} ${segment} ${on}`,
      JSON.parse(counters) as Record<string, number>,
    ]),
  )
}

function answer(id: string, time: number, more: Partial<Fact> = {}): Fact {
  return {
    source: 'test',
    id,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: null,
    time,
    day: dayFinder('UTC')(time),
    value: 9,
    dimensions: { survey: 'x', kind: 'nps' },
    data: {},
    ...more,
  }
}

test('snapshots equal a count by hand, for any facts, arrival, repeats, lateness and zone', async () => {
  await fc.assert(
    fc.asyncProperty(historyOf(['survey.sent', 'survey.response']), async (found) => {
      expect(await live(kpis, found)).toEqual([])
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('ten runs at the same time leave what one leaves', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const facts = Array.from({ length: 60 }, (_, index) => answer(`${index}`, now - index * 7 * hour))
  const alone = await newWorkspace('UTC', now - 10 * day)
  const crowd = await newWorkspace('UTC', now - 10 * day)
  await take(alone, facts, now)
  await take(crowd, facts, now)

  await roll(alone, now)
  await Promise.all(Array.from({ length: 10 }, () => roll(crowd, now)))

  const expected = await rows(alone)
  expect(expected.length).toBeGreaterThan(0)
  expect(await rows(crowd)).toEqual(expected)
})

test('a run that has nothing new to say writes no snapshot', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)
  await take(workspace, [answer('one', now)], now)
  await roll(workspace, now)
  const before = await rows(workspace)

  await roll(workspace, now + hour)

  expect(await rows(workspace)).toEqual(before)
})

test('a run that began earlier cannot take back what a later one has closed', async () => {
  const closing = Date.parse('2026-06-16T00:01:00Z')
  const workspace = await newWorkspace('UTC', closing - 6 * hour)
  await take(workspace, [answer('late evening', closing - 5 * 60_000)], closing)
  await roll(workspace, closing)
  const before = await rows(workspace)

  await roll(workspace, closing - 3 * hour)

  expect(await rows(workspace)).toEqual(before)
})

test('a closed day that changes gets a revision, and the old row stays', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)
  await take(workspace, [answer('one', now)], now)
  await roll(workspace, now + day)
  await take(workspace, [answer('late', now + hour, { value: 2 })], now + 2 * day)

  await roll(workspace, now + 2 * day)

  const total = (await rows(workspace)).filter(
    ({ kpi, segment }) => kpi === 'nps' && segment === '',
  )
  expect(total.map(({ revision, counters }) => [revision, counters])).toEqual([
    [1, '{"answers/9":1}'],
    [2, '{"answers/2":1,"answers/9":1}'],
  ])
})

test('a late answer on a closed day that had none counts as a revision as well', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)
  await roll(workspace, now + 2 * day)

  await take(workspace, [answer('late', now)], now + 2 * day)
  await roll(workspace, now + 2 * day)

  const found = (await rows(workspace)).filter(({ kpi }) => kpi === 'nps')
  expect(found.map(({ revision }) => revision)).toEqual([2, 2])
})

test('what is imported from before the workspace is history, not a revision', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)

  await take(workspace, [answer('old', now - 400 * day)], now)
  await rollAll(workspace, now)

  const found = (await rows(workspace)).filter(({ kpi }) => kpi === 'nps')
  expect(found.map(({ revision }) => revision)).toEqual([1, 1])
})

test('a fact dated further ahead than five minutes waits until its time', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const minute = 60_000
  const workspace = await newWorkspace('UTC', now)
  await take(
    workspace,
    [
      answer('soon', now + 4 * minute),
      answer('later', now + 6 * minute, { value: 1 }),
      answer('tomorrow', now + day, { value: 2 }),
      answer('far', Date.parse('9998-12-31T23:59:59Z'), { value: 3 }),
    ],
    now,
  )

  await roll(workspace, now)
  const first = await published(workspace)
  await roll(workspace, now + 2 * minute)
  const second = await published(workspace)
  await roll(workspace, now + day)
  const third = await published(workspace)

  expect(first['nps  2026-06-15']).toEqual({ 'answers/9': 1 })
  expect(second['nps  2026-06-15']).toEqual({ 'answers/1': 1, 'answers/9': 1 })
  expect(third['nps  2026-06-16']).toEqual({ 'answers/2': 1 })
  expect(Object.keys(third).filter((row) => row.includes('9998'))).toEqual([])
})

test('missed runs are made up in bounded steps, oldest first', async () => {
  const start = Date.parse('2026-01-01T12:00:00Z')
  const workspace = await newWorkspace('UTC', start)
  const facts = Array.from({ length: 400 }, (_, index) => answer(`${index}`, start + index * day))
  await take(workspace, facts, start + 400 * day)

  const { db, account } = counting(env.DB)
  const report = await rollup(db, { kpis, now: start + 400 * day, workspace, limit: 150 })
  const runs = 1 + (await rollAll(workspace, start + 400 * day, 150))

  expect(report).toMatchObject({ days: 150, remaining: 251 })
  expect(account.queries).toBeLessThanOrEqual(50)
  expect(runs).toBe(3)
  const found = (await rows(workspace)).filter(({ kpi }) => kpi === 'nps')
  expect(found).toHaveLength(800)
})

test('one run takes as many days as it may with at most 50 queries', async () => {
  const start = Date.parse('2024-01-01T12:00:00Z')
  const workspace = await newWorkspace('UTC', start)
  const facts = vocabulary.map((type) => answer(type, start, { type, thread: type, value: 1 }))
  await take(workspace, facts, start)
  const { db, account } = counting(env.DB)

  const report = await rollup(db, { kpis, now: start + 600 * day, workspace })

  expect(report).toMatchObject({ days: 360, remaining: 241 })
  expect(account.queries).toBeLessThanOrEqual(50)
})

test('bounds of a day that was rolled up stay, and meet those of the next', async () => {
  const zone = 'Europe/Berlin'
  const now = Date.parse('2026-03-30T12:00:00Z')
  const workspace = await newWorkspace(zone, now - 3 * day)

  await roll(workspace, now)

  const { results } = await env.DB.prepare(
    'SELECT day, start, "end", closed FROM day WHERE workspace = ? ORDER BY day',
  )
    .bind(workspace)
    .all()
  const expected = [-3, -2, -1, 0].map((offset) => {
    const on = addDays('2026-03-30' as Day, offset)
    return { day: on, ...bounds(on, zone), closed: offset === 0 ? null : now }
  })
  expect(results).toEqual(expected)
  expect((expected[2]?.end ?? 0) - (expected[2]?.start ?? 0)).toBe(23 * hour)
})

test('two workspaces never see each other', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const one = await newWorkspace('UTC', now)
  const other = await newWorkspace('UTC', now)
  await take(one, [answer('a', now, { value: 10 })], now)
  await take(other, [answer('a', now, { value: 0 })], now)

  await env.DB.prepare('DELETE FROM workspace WHERE id NOT IN (?, ?)').bind(one, other).run()

  await rollup(env.DB, { kpis, now })

  expect((await published(one))['nps  2026-06-15']).toEqual({ 'answers/10': 1 })
  expect((await published(other))['nps  2026-06-15']).toEqual({ 'answers/0': 1 })
})

test('a run that began earlier cannot take back what a later one has said of the running day', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)
  await take(workspace, [answer('one', now), answer('two', now + hour, { value: 2 })], now)
  await roll(workspace, now + hour)
  const before = await rows(workspace)

  await roll(workspace, now)

  expect(before[0]?.counters).toBe('{"answers/2":1,"answers/9":1}')
  expect(await rows(workspace)).toEqual(before)
})

test('days that storage refuses come back, and no later day is closed before them', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const workspace = await newWorkspace('UTC', now - 100 * day)
  await take(workspace, [answer('early', now - 90 * day), answer('late', now)], now)
  const { db: watched } = counting(env.DB)
  let batches = 0
  const failing: D1Database = Object.create(watched, {
    batch: {
      value: (statements: D1PreparedStatement[]) =>
        // The first batch is the plan, the second the first chunk.
        ++batches === 2
          ? Promise.reject(new Error('D1 DB is overloaded.'))
          : watched.batch(statements),
    },
  })

  await expect(rollup(failing, { kpis, now, workspace })).rejects.toThrow('overloaded')
  const meanwhile = await published(workspace)
  await rollAll(workspace, now)

  expect(meanwhile).toEqual({})
  const found = (await rows(workspace)).filter(({ kpi }) => kpi === 'nps')
  expect(found).toHaveLength(4)
})

test('a day begins where the one before ended, whatever the time zone database says by then', async () => {
  const now = Date.parse('2026-03-30T12:00:00Z')
  const workspace = await newWorkspace('Europe/Berlin', now - 2 * day)
  const end = Date.parse('2026-03-28T22:00:00Z')
  await env.DB.prepare('INSERT INTO day VALUES (?, ?, ?, ?, ?)')
    .bind(workspace, '2026-03-28', end - day, end, now - 2 * day)
    .run()

  await roll(workspace, now)

  const { results } = await env.DB.prepare(
    'SELECT day, start, "end" FROM day WHERE workspace = ? ORDER BY day',
  )
    .bind(workspace)
    .all<{ day: string; start: number; end: number }>()
  expect(results[0]).toEqual({ day: '2026-03-28', start: end - day, end })
  expect(results[1]?.start).toBe(end)
  expect(results[2]?.start).toBe(results[1]?.end)
})

test('a workspace is never without its first key: both are made, or neither', async () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const key = {
    id: 'aaaaaaaaaaaa',
    name: 'First key',
    hash: 'b'.repeat(64),
    scopes: ['admin'] as const,
  }
  const make = (id: string) =>
    createWorkspace(env.DB, { id, name: id, zone: 'UTC', currency: 'EUR' }, now, key)
  await make('with-key')

  await expect(make('without-key')).rejects.toThrow(/UNIQUE/)

  const found = await env.DB.prepare("SELECT id FROM workspace WHERE id LIKE 'with%key'").all()
  expect(found.results).toEqual([{ id: 'with-key' }])
})

test('a workspace whose day has closed has changed, be it quiet: its windows have moved on', async () => {
  const now = Date.parse('2026-03-10T12:00:00Z')
  const workspace = await newWorkspace('UTC', now)
  await rollAll(workspace, now)

  const { changed } = await roll(workspace, now + hour)
  const { changed: overnight } = await roll(workspace, now + 24 * hour)

  expect(changed).toEqual([])
  expect(overnight).toEqual([workspace])
})
