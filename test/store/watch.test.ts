import { createExecutionContext, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { type Day, addDays } from '../../src/day.ts'
import { type Fact, vocabulary } from '../../src/fact.ts'
import { kpis } from '../../src/kpis/index.ts'
import { looksOf } from '../../src/looks.ts'
import type { State } from '../../src/delivery.ts'
import { type Receipt, deliver } from '../../src/store/deliveries.ts'
import { listSilent, readHealth } from '../../src/store/health.ts'
import { createSource, removeSource } from '../../src/store/sources.ts'
import { readSending } from '../../src/store/sending.ts'
import { watch } from '../../src/store/watch.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { scheduled } from '../../workers/cron.ts'
import { counting } from './counting.ts'

const hour = 3_600_000
const dayLength = 24 * hour
const start = Date.parse('2026-03-02T00:00:00Z')
const looks = looksOf(kpis)
const typesOf = () => ['order.placed', 'order.refunded']

let made = 0

/** Watching looks after all sources there are, so that each test has only its own. */
beforeEach(async () => {
  const tables = [
    'source',
    'identity',
    'rhythm',
    'fact',
    'dirty',
    'workspace',
    'snapshot',
    'day',
    'kpi',
  ]
  await env.DB.batch(tables.map((name) => env.DB.prepare(`DELETE FROM ${name}`)))
})

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10) as Day

interface Place {
  readonly workspace: string
  readonly id: string
}

async function newWorkspace(now = start): Promise<string> {
  const id = `w${++made}`
  await createWorkspace(env.DB, { id, name: id, zone: 'UTC', currency: 'EUR' }, now)
  return id
}

async function newSource(workspace: string, retention = 30): Promise<Place> {
  const id = `s${String(++made).padStart(4, '0')}`
  const source = { id, workspace, vendor: 'shopify', name: id, config: {}, secrets: [], retention }
  await createSource(env.DB, source, start, 1_000)
  return { workspace, id }
}

const factOf = ({ id: source }: Place, id: string, time: number): Fact => ({
  source,
  id,
  type: 'order.placed',
  subject: id,
  thread: id,
  entity: null,
  time,
  day: dayOf(time),
  value: 1_000,
  dimensions: {},
  data: {},
})

/** A delivery that arrives at a time; one that is stored tells a fact of its own name. */
const bring = (
  place: Place,
  id: string,
  received: number,
  { state = 'stored', digest = '0'.repeat(64) }: { state?: State; digest?: string } = {},
): Promise<Receipt> =>
  deliver(env.DB, {
    workspace: place.workspace,
    delivery: {
      source: place.id,
      version: 1,
      id,
      digest,
      state,
      reason: state === 'stored' ? null : 'A reason that quotes the body',
      headers: { topic: 'orders/create' },
      body: utf8(`{"personal":"${id}"}`),
    },
    facts: state === 'stored' ? [factOf(place, id, received)] : [],
    remember: new Map(),
    recalled: new Map(),
    received,
    looks,
  })

/** What the rollup has closed by a time: all days before its own. */
const close = (now: number) =>
  env.DB.prepare('UPDATE workspace SET closed = ?')
    .bind(addDays(dayOf(now), -1))
    .run()

/** A run of the cron trigger. */
async function look(now: number, db = env.DB): Promise<void> {
  await close(now)
  await watch(db, typesOf, now)
}

/** A fact every so many hours for some days, and a look at the end of each day; resolves to the last one's time. */
async function live(place: Place, hours: number, days: number): Promise<number> {
  const times = Array.from({ length: (24 * days) / hours }, (_, at) => start + at * hours * hour)
  for (const [day, found] of Map.groupBy(times, dayOf)) {
    await Promise.all(found.map((time) => bring(place, `${time}`, time)))
    await look(Date.parse(`${day}T23:59:00Z`))
  }
  return times.at(-1) ?? 0
}

const silentOf = async ({ id }: Place) =>
  (
    await env.DB.prepare('SELECT silent FROM source WHERE id = ?')
      .bind(id)
      .first<{ silent: number | null }>()
  )?.silent

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results
}

test('a day is kept as its facts came: how many, from when to when, and the longest time between', async () => {
  const one = await newSource(await newWorkspace())
  const other = await newSource(one.workspace)
  const hours = [9, 17, 10, 10, 23]
  const backwards = hours.toReversed()
  for (const [at, when] of hours.entries()) await bring(one, `${at}`, start + when * hour)
  for (const [at, when] of backwards.entries()) await bring(other, `${at}`, start + when * hour)

  await look(start + 23.5 * hour)

  const expected = {
    day: '2026-03-02',
    facts: 5,
    first: start + 9 * hour,
    last: start + 23 * hour,
    gap: 7 * hour,
  }
  expect(await rowsOf('rhythm')).toEqual([
    { source: one.id, ...expected },
    { source: other.id, ...expected },
  ])
})

test('a steady source that stops is silent from its last fact on, and is back with the next', async () => {
  const source = await newSource(await newWorkspace())
  const last = await live(source, 3, 5)

  await look(last + 6 * hour)
  const usual = await silentOf(source)
  await look(last + 6 * hour + 1)
  const silent = [await silentOf(source), await readHealth(env.DB), await listSilent(env.DB, 50)]
  await look(last + 20 * dayLength)
  const longer = await silentOf(source)
  await bring(source, 'back', last + 21 * dayLength)
  await look(last + 21 * dayLength + 1)

  expect(usual).toBeNull()
  expect(silent).toEqual([
    last,
    expect.objectContaining({ silent: 1 }),
    [{ ...source, vendor: 'shopify', name: source.id, silent: last }],
  ])
  expect(longer).toBe(last)
  expect(await silentOf(source)).toBeNull()
  expect(await readHealth(env.DB)).toMatchObject({ silent: 0 })
})

test('a source with too little history is never silent', async () => {
  const workspace = await newWorkspace()
  const two = await newSource(workspace)
  const few = await newSource(workspace)
  const none = await newSource(workspace)
  await live(two, 3, 2)
  await live(few, 24, 9)

  await look(start + 25 * dayLength)

  expect([await silentOf(two), await silentOf(few), await silentOf(none)]).toEqual([
    null,
    null,
    null,
  ])
})

test.each(['ignored', 'quarantined'] as const)(
  'a delivery that is %s is a sign of life too',
  async (state) => {
    const source = await newSource(await newWorkspace())
    const last = await live(source, 3, 5)
    await bring(source, 'alive', last + 10 * hour, { state })

    await look(last + 16 * hour)
    const alive = await silentOf(source)
    await look(last + 16 * hour + 1)

    expect(alive).toBeNull()
    expect(await silentOf(source)).toBe(last + 10 * hour)
  },
)

test('a source that was removed is not silent, and its bodies go when their time is over all the same', async () => {
  const source = await newSource(await newWorkspace())
  const last = await live(source, 3, 5)
  await look(last + dayLength)
  const before = await readHealth(env.DB)
  await removeSource(env.DB, source.workspace, source.id, last + dayLength)
  const removed = await readHealth(env.DB)

  await look(last + 31 * dayLength)

  expect([before.silent, removed.silent]).toEqual([1, 0])
  expect(await silentOf(source)).toBeNull()
  const bodies = (await rowsOf('identity')).filter(({ body }) => body !== null)
  expect(bodies).toEqual([])
})

test('what comes of a source while its team looks is shown before the next run', async () => {
  const workspace = await newWorkspace()
  const source = await newSource(workspace)
  const last = await live(source, 3, 5)
  await bring(source, 'running', last + hour)
  await bring(source, 'odd', last + 2 * hour, { state: 'quarantined' })

  const sending = await readSending(
    env.DB,
    { id: workspace, closed: addDays(dayOf(last), -1) },
    [{ id: source.id, vendor: 'shopify' }],
    typesOf,
    last + 2 * hour,
  )

  const found = sending.get(source.id)
  expect(found).toMatchObject({ last: last + 2 * hour, counts: { stored: 41, quarantined: 1 } })
  expect(found?.beats.map(({ facts }) => facts)).toEqual([8, 8, 8, 8, 9])
})

/** The states of the deliveries of a source, those without a body in brackets. */
async function statesOf({ id }: Place): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, state, reason, headers, body FROM identity WHERE source = ? ORDER BY id`,
  )
    .bind(id)
    .all()
  return results.map(({ id: name, state, reason, headers, body }) =>
    [body, headers, reason].every((one) => one === null)
      ? `${String(name)} (${String(state)})`
      : `${String(name)} ${String(state)}`,
  )
}

test('a body goes with all that it said after the days of its source, and what was not stored expires', async () => {
  const workspace = await newWorkspace()
  const week = await newSource(workspace, 7)
  const month = await newSource(workspace)
  const states = ['stored', 'ignored', 'quarantined', 'conflict'] as const
  for (const state of states) {
    await bring(week, state, start, { state })
    await bring(month, state, start, { state })
    await bring(week, `${state} later`, start + 1, { state })
  }

  await look(start + 7 * dayLength)
  const before = await statesOf(week)
  await look(start + 7 * dayLength + 1)

  expect(before.filter((one) => one.includes('('))).toEqual([])
  expect(await statesOf(week)).toEqual([
    'conflict (expired)',
    'conflict later conflict',
    'ignored (expired)',
    'ignored later ignored',
    'quarantined (expired)',
    'quarantined later quarantined',
    'stored (stored)',
    'stored later stored',
  ])
  expect((await statesOf(month)).filter((one) => one.includes('('))).toEqual([])
  expect(
    JSON.stringify((await rowsOf('identity')).filter(({ source }) => source === month.id)),
  ).toContain('quotes')
  expect((await rowsOf('fact')).length).toBe(3)
  expect(await readHealth(env.DB)).toMatchObject({ quarantined: 2 })
})

test('counts follow what has expired, in the next run', async () => {
  const source = await newSource(await newWorkspace(), 1)
  await bring(source, 'a', start)
  await bring(source, 'b', start, { state: 'ignored' })
  const countsOf = async () =>
    JSON.parse(String((await rowsOf('source'))[0]?.['counts'])) as unknown

  await look(start + hour)
  const before = await countsOf()
  await look(start + 2 * dayLength)
  await look(start + 2 * dayLength + 1)

  const none = { stored: 0, ignored: 0, quarantined: 0, conflict: 0, expired: 0 }
  expect(before).toEqual({ ...none, stored: 1, ignored: 1 })
  expect(await countsOf()).toEqual({ ...none, stored: 1, expired: 1 })
})

test.each(['stored', 'ignored', 'quarantined'] as const)(
  'one that was %s and comes again two months later is a repeat that writes nothing',
  async (state) => {
    const source = await newSource(await newWorkspace())
    await bring(source, 'one', start, { state })
    await look(start + 60 * dayLength)
    const before = await rowsOf('identity')

    const again = await bring(source, 'one', start + 60 * dayLength, { state })
    const other = await bring(source, 'one', start + 60 * dayLength, { digest: '1'.repeat(64) })

    expect([again, other]).toEqual(['repeat', state === 'stored' ? 'conflict' : 'unclaimed'])
    expect(await rowsOf('identity')).toEqual(before)
    expect(before[0]).toMatchObject({ body: null, digest: '0'.repeat(64) })
    expect((await rowsOf('fact')).length).toBe(state === 'stored' ? 1 : 0)
  },
)

/** Deliveries of a source by the thousand, their names in order, each of another hour before `until`. */
const fill = ({ workspace, id }: Place, many: number, until: number, prefix = 'n') =>
  env.DB.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?3)
     INSERT INTO identity (workspace, source, id, state, reason, received, digest, headers, body)
     SELECT ?1, ?2, printf('%s%06d', ?5, n),
       CASE n % 3 WHEN 0 THEN 'stored' WHEN 1 THEN 'ignored' ELSE 'quarantined' END,
       NULL, ?4 - n, printf('%064d', n), '{}', x'7b7d'
     FROM number`,
  )
    .bind(workspace, id, many, until, prefix)
    .run()

const progressOf = async () => {
  const [found] = await rowsOf('source')
  return [
    found?.['swept'],
    JSON.parse(String(found?.['counting'])),
    JSON.parse(String(found?.['counts'])),
    found?.['counted'],
  ]
}

const counted = (stored: number, ignored: number, quarantined: number, expired = 0) => ({
  stored,
  ignored,
  quarantined,
  conflict: 0,
  expired,
})

test('more names than one look takes are looked through in rounds, which begin anew for ever', async () => {
  const source = await newSource(await newWorkspace())
  await fill(source, 4_500, start)
  const now = start + dayLength
  const seen: unknown[] = []
  for (const run of [1, 2, 3, 4]) {
    await look(now + run)
    seen.push(await progressOf())
  }

  expect(seen).toEqual([
    ['n002000', counted(666, 667, 667), {}, null],
    ['n004000', counted(1_333, 1_334, 1_333), {}, null],
    ['', {}, counted(1_500, 1_500, 1_500), now + 1],
    ['n002000', counted(666, 667, 667), counted(1_500, 1_500, 1_500), now + 1],
  ])
})

test('all bodies past their time are gone after one round, however many there are', async () => {
  const source = await newSource(await newWorkspace())
  await fill(source, 4_500, start)
  const now = start + 31 * dayLength
  const left: unknown[] = []
  for (const run of [1, 2, 3]) {
    await look(now + run)
    const bodies = await env.DB.prepare(
      'SELECT count(*) AS n FROM identity WHERE body IS NOT NULL',
    ).first('n')
    left.push(bodies)
  }
  for (const run of [4, 5, 6]) await look(now + run)

  // Those that were never stored have an index of their own, and are all found at once.
  expect(left).toEqual([834, 167, 0])
  expect(await progressOf()).toEqual(['', {}, counted(1_500, 0, 0, 3_000), now + 4])
})

test('exactly as many names as one look takes end in the next', async () => {
  const source = await newSource(await newWorkspace())
  await fill(source, 2_000, start)

  await look(start + 1)
  const first = await progressOf()
  await look(start + 2)

  expect(first).toEqual(['n002000', counted(666, 667, 667), {}, null])
  expect(await progressOf()).toEqual(['', {}, counted(666, 667, 667), start + 1])
})

test('the bodies of a removed source go at once, and then it is looked after no more', async () => {
  const source = await newSource(await newWorkspace())
  await fill(source, 3_000, start)
  await look(start + 1)
  await env.DB.prepare('UPDATE source SET removed = ?')
    .bind(start + 2)
    .run()

  for (const run of [3, 4, 5, 6]) await look(start + run)
  const bodies = await env.DB.prepare(
    'SELECT count(*) AS n FROM identity WHERE body IS NOT NULL',
  ).first('n')
  const [kept] = await rowsOf('source')
  await look(start + 7)

  expect(bodies).toBe(0)
  expect(await rowsOf('source')).toEqual([kept])
})

test('a sign of life counts wherever its name stands among very many', async () => {
  const source = await newSource(await newWorkspace())
  const last = await live(source, 3, 5)
  await fill(source, 4_500, last, 'm')
  await bring(source, 'z', last + 10 * hour, { state: 'ignored' })
  const silent: unknown[] = []
  for (const run of [1, 2, 3, 4]) {
    await look(last + 12 * hour + run)
    silent.push(await silentOf(source))
  }

  expect(silent).toEqual([null, null, null, null])
})

/** How often, and when, a run is made. */
const ways: [string, (run: () => Promise<void>) => Promise<unknown>][] = [
  ['once', (run) => run()],
  ['twice', (run) => run().then(run)],
  ['ten times at once', (run) => Promise.all(Array.from({ length: 10 }, run))],
]

test.each(ways)('a run that is made %s leaves what one leaves', async (_, make) => {
  const workspace = await newWorkspace()
  const month = await newSource(workspace)
  const day = await newSource(workspace, 1)
  await live(month, 3, 5)
  const last = await live(day, 3, 5)
  const now = start + 7 * dayLength
  await close(now)

  await make(() => watch(env.DB, typesOf, now))

  const round = { swept: '', counting: '{}', counts: JSON.stringify(counted(40, 0, 0)) }
  expect(await rowsOf('source')).toMatchObject([
    { id: month.id, ...round, counted: now, watched: now, silent: last },
    { id: day.id, ...round, counted: now, watched: now, silent: last },
  ])
  const bodies = (await rowsOf('identity')).filter(({ body }) => body !== null)
  expect(bodies.map(({ source }) => source)).toEqual(Array(40).fill(month.id))
  expect((await rowsOf('rhythm')).map(({ facts }) => facts)).toEqual(Array(10).fill(8))
  expect((await rowsOf('fact')).length).toBe(80)
})

test('a run that finds nothing new writes no more than that it has been there', async () => {
  const source = await newSource(await newWorkspace(), 1)
  const last = await live(source, 3, 5)
  await look(last + 7 * dayLength)
  const { db, account } = counting(env.DB)

  await watch(db, typesOf, last + 7 * dayLength)

  expect(account.rowsWritten).toBe(1)
})

test('nobody is left out: of more sources than one run takes, those that waited longest come first', async () => {
  const workspace = await newWorkspace()
  const sources: Place[] = []
  for (let at = 0; at < 45; at++) sources.push(await newSource(workspace))
  const waiting: unknown[] = []
  for (const run of [1, 2, 3]) {
    await look(start + run)
    waiting.push(
      await env.DB.prepare('SELECT count(*) AS n FROM source WHERE watched = 0').first('n'),
    )
  }

  expect(waiting).toEqual([25, 5, 0])
})

test('without sources there is nothing to do', async () => {
  const { db, account } = counting(env.DB)

  await look(start, db)

  expect(account).toMatchObject({ queries: 1, rowsWritten: 0 })
})

/** What a run costs when a source has so much history behind it. */
async function costOf(days: number, names: number) {
  const source = await newSource(await newWorkspace())
  const now = start + 100 * dayLength
  await fill(source, names, now - hour)
  await env.DB.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?3)
     INSERT INTO fact (workspace, type, day, source, id, subject, time, received, dimensions, data)
     SELECT ?1, 'order.placed', date(?4 / 1000 - n * 86400 / 20, 'unixepoch'), ?2, 'f' || n, 'x', ?4, ?4, '{}', '{}'
     FROM number`,
  )
    .bind(source.workspace, source.id, days * 20, now)
    .run()
  await env.DB.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?2)
     INSERT INTO rhythm SELECT ?1, date(?3 / 1000 - n * 86400, 'unixepoch'), 20, 0, 0, 0 FROM number`,
  )
    .bind(source.id, days, now)
    .run()
  const { db, account } = counting(env.DB)
  await look(now, db)
  await env.DB.batch(
    ['source', 'identity', 'fact', 'rhythm'].map((name) => env.DB.prepare(`DELETE FROM ${name}`)),
  )
  return account
}

test('a run costs no more with ten times the history', async () => {
  const some = await costOf(30, 6_000)
  const much = await costOf(300, 60_000)

  expect(some.queries).toBe(6)
  expect(some.rowsRead).toBeGreaterThan(2_000)
  expect(much).toEqual(some)
})

/** One run of the cron trigger, and what it asked the database for. */
async function fire() {
  const { db: DB, account } = counting(env.DB)
  const controller = createScheduledController({ scheduledTime: new Date() })
  await scheduled(controller, { ...env, DB }, createExecutionContext())
  return account
}

/** Workspaces with a fact of every type on the running day: the most that a rollup of a day may ask. */
async function crowd(many: number): Promise<string[]> {
  const workspaces: string[] = []
  const now = Date.now()
  for (let at = 0; at < many; at++) workspaces.push(await newWorkspace(now))
  await env.DB.prepare(
    `INSERT INTO fact (workspace, type, day, source, id, subject, thread, time, received, value, dimensions, data)
     SELECT workspace.id, type.value, ?2, 's', type.value, 'x', type.value, ?3, ?3, 1, '{}', '{}'
     FROM workspace CROSS JOIN json_each(?1) type`,
  )
    .bind(JSON.stringify(vocabulary), dayOf(now), now)
    .run()
  return workspaces
}

const watchedOf = async ({ id }: Place) =>
  env.DB.prepare('SELECT watched FROM source WHERE id = ?').bind(id).first<number>('watched')

test.each([1, 240, 360])(
  'a run with %i open days asks for at most 50 queries and looks after its sources',
  async (many) => {
    const [workspace = ''] = await crowd(many)
    const source = await newSource(workspace)

    const account = await fire()

    expect(account.queries).toBeLessThanOrEqual(50)
    expect(await watchedOf(source)).toBeGreaterThan(0)
  },
  60_000,
)

test('sources are looked after although their days cannot be rolled up, and the trouble is told', async () => {
  const [workspace = ''] = await crowd(1)
  const source = await newSource(workspace)
  await env.DB.prepare('ALTER TABLE snapshot RENAME TO away').run()
  try {
    await expect(fire()).rejects.toThrow(/snapshot/)
    expect(await watchedOf(source)).toBeGreaterThan(0)
  } finally {
    await env.DB.prepare('ALTER TABLE away RENAME TO snapshot').run()
  }
})
