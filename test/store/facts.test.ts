import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Day } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import { isStored, store } from '../../src/store/facts.ts'
import { closeSurvey, createSurvey } from '../../src/store/surveys.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const today = '2026-03-10' as Day
const document = {
  kind: 'nps',
  name: 'Test',
  question: {},
  locales: ['en'],
  properties: [],
  comment: true,
} as const

let made = 0

async function newWorkspace(): Promise<string> {
  const id = `w${++made}`
  await createWorkspace(env.DB, { id, name: id, zone: 'UTC', currency: 'EUR' }, now)
  return id
}

function answer(id: string, more: Partial<Fact> = {}): Fact {
  return {
    source: '/s/x',
    id,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: null,
    time: now,
    day: today,
    value: 9,
    dimensions: { survey: 'x', kind: 'nps' },
    data: {},
    ...more,
  }
}

const intake = (workspace: string, facts: Fact[]) => ({
  workspace,
  facts,
  received: now,
  looks: looksOf(kpis),
})

async function dirtyDays(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    'SELECT day, type FROM dirty WHERE workspace = ? ORDER BY day, type',
  )
    .bind(workspace)
    .all()
  return results
}

async function tallied(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT source, stored, late, duplicate, rejected FROM tally
     WHERE workspace = ? AND day = '2026-03-10' ORDER BY source`,
  )
    .bind(workspace)
    .all()
  return results
}

test('an anonymous answer writes two rows in one round trip, the first of its day as well', async () => {
  const workspace = await newWorkspace()
  const { db, account } = counting(env.DB)

  await store(db, intake(workspace, [answer('first')]))

  expect(account).toMatchObject({ trips: 1, queries: 2, rowsWritten: 2 })
})

test.each<[what: string, rows: number, more: Partial<Fact>]>([
  ['an anonymous answer', 2, {}],
  ['an answer of somebody', 3, { entity: 'ann' }],
  ['a visit', 2, { type: 'visit.started', value: null, dimensions: { channel: 'mail' } }],
  ['a deal won of nobody', 3, { type: 'deal.won', thread: 'deal:d1' }],
  ['a deal won of a customer', 4, { type: 'deal.won', thread: 'deal:d1', entity: 'acme' }],
])(
  '%s writes %i rows: itself, its identity, and where it has such its thread and whose it is',
  async (_what, rows, more) => {
    const workspace = await newWorkspace()
    const { db, account } = counting(env.DB)

    await store(db, intake(workspace, [answer('one', more)]))
    const first = account.rowsWritten
    await store(db, intake(workspace, [answer('one', more)]))

    expect([first, account.rowsWritten - first]).toEqual([rows, 0])
    expect(account.trips).toBe(2)
  },
)

test('what a request of the team brings costs one row more for each source, repeats as well', async () => {
  const workspace = await newWorkspace()
  const facts = [answer('a'), answer('b'), answer('a', { source: '/s/y' })]
  const tally = { day: today, rejected: { '/s/x': 2, lost: 1 } }
  const { db, account } = counting(env.DB)

  await store(db, { ...intake(workspace, facts), tally })
  const first = account.rowsWritten
  await store(db, { ...intake(workspace, facts), tally: { day: today, rejected: {} } })

  expect([first, account.rowsWritten - first]).toEqual([3 * 2 + 3, 2])
  expect(await tallied(workspace)).toEqual([
    { source: '/s/x', stored: 2, late: 0, duplicate: 2, rejected: 2 },
    { source: '/s/y', stored: 1, late: 0, duplicate: 1, rejected: 0 },
    { source: 'lost', stored: 0, late: 0, duplicate: 0, rejected: 1 },
  ])
})

test('only what is new on a day that was published is late', async () => {
  const workspace = await newWorkspace()
  const published = { day: '2026-03-05' as Day, time: Date.parse('2026-03-05T09:00:00Z') }
  const start = Date.parse('2026-03-05T00:00:00Z')
  await env.DB.prepare('INSERT INTO day VALUES (?, ?, ?, ?, ?)')
    .bind(workspace, '2026-03-05', start, start + 86_400_000, now)
    .run()
  const history = { day: '2026-03-02' as Day, time: Date.parse('2026-03-02T09:00:00Z') }
  const facts = [answer('late', published), answer('old', history), answer('now')]

  await store(env.DB, { ...intake(workspace, facts), tally: { day: today, rejected: {} } })
  await store(env.DB, { ...intake(workspace, facts), tally: { day: today, rejected: {} } })

  expect(await tallied(workspace)).toEqual([
    { source: '/s/x', stored: 3, late: 1, duplicate: 3, rejected: 0 },
  ])
})

test('an answer to a hosted survey checks in the same round trip that the survey is still asked', async () => {
  const workspace = await newWorkspace()
  await createSurvey(env.DB, { id: `s-${workspace}`, workspace, document }, now)
  const { db, account } = counting(env.DB)
  const asked = { survey: `s-${workspace}`, version: 1 }

  const result = await store(db, { ...intake(workspace, [answer('one')]), asked })

  expect(result).toEqual({ stored: 1, open: true })
  expect(account).toMatchObject({ trips: 1, queries: 3, rowsWritten: 2 })
})

test('a repeat writes nothing and says so, even with another content', async () => {
  const workspace = await newWorkspace()
  await store(env.DB, intake(workspace, [answer('one')]))
  const { db, account } = counting(env.DB)

  const same = await store(db, intake(workspace, [answer('one')]))
  const other = await store(
    db,
    intake(workspace, [answer('one', { value: 0, day: '2026-01-01' as Day })]),
  )

  expect([same.stored, other.stored]).toEqual([0, 0])
  expect(account.rowsWritten).toBe(0)
  expect(await dirtyDays(workspace)).toEqual([])
})

test('a fact on a closed day marks it dirty, once, and a day that is not closed needs no mark', async () => {
  const workspace = await newWorkspace()
  const late = { day: '2026-03-01' as Day, time: Date.parse('2026-03-01T08:00:00Z') }

  await store(env.DB, intake(workspace, [answer('a', late), answer('b', late), answer('c')]))

  expect(await dirtyDays(workspace)).toEqual([{ day: '2026-03-01', type: 'survey.response' }])
})

test('an answer marks the closed day on which its recipient was asked', async () => {
  const workspace = await newWorkspace()
  const sent = answer('sent', {
    type: 'survey.sent',
    entity: 'ann',
    value: null,
    day: '2026-03-02' as Day,
    time: Date.parse('2026-03-02T08:00:00Z'),
  })
  await store(env.DB, intake(workspace, [sent]))
  await env.DB.prepare('DELETE FROM dirty WHERE workspace = ?').bind(workspace).run()

  await store(env.DB, intake(workspace, [answer('answer', { entity: 'ann' })]))

  expect(await dirtyDays(workspace)).toEqual([{ day: '2026-03-02', type: 'survey.sent' }])
})

test('the same id from another source or in another workspace is another fact', async () => {
  const one = await newWorkspace()
  const other = await newWorkspace()

  const results = [
    await store(env.DB, intake(one, [answer('same')])),
    await store(env.DB, intake(one, [answer('same', { source: '/s/y' })])),
    await store(env.DB, intake(other, [answer('same')])),
  ]

  expect(results.map(({ stored }) => stored)).toEqual([1, 1, 1])
})

test('two hundred at once with one id store one', async () => {
  const workspace = await newWorkspace()

  const results = await Promise.all(
    Array.from({ length: 200 }, () => store(env.DB, intake(workspace, [answer('one')]))),
  )

  expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(1)
})

test('nothing is stored for a survey that was closed or replaced meanwhile', async () => {
  const workspace = await newWorkspace()
  const survey = `s-${workspace}`
  await createSurvey(env.DB, { id: survey, workspace, document }, now)

  const replaced = await store(env.DB, {
    ...intake(workspace, [answer('one')]),
    asked: { survey, version: 2 },
  })
  await closeSurvey(env.DB, workspace, survey, now)
  const closed = await store(env.DB, {
    ...intake(workspace, [answer('two')]),
    asked: { survey, version: 1 },
  })

  expect([replaced, closed]).toEqual([
    { stored: 0, open: false },
    { stored: 0, open: false },
  ])
})

test('a late fact belongs to the day whose stored bounds hold it, whatever the zone says today', async () => {
  const workspace = await newWorkspace()
  const start = Date.parse('2026-03-04T22:00:00Z')
  await env.DB.prepare('INSERT INTO day VALUES (?, ?, ?, ?, ?)')
    .bind(workspace, '2026-03-05', start, start + 86_400_000, now)
    .run()

  await store(
    env.DB,
    intake(workspace, [answer('late', { time: start, day: '2026-03-04' as Day })]),
  )

  const found = await env.DB.prepare('SELECT day FROM fact WHERE workspace = ?')
    .bind(workspace)
    .first()
  expect(found).toEqual({ day: '2026-03-05' })
})

test('facts beyond one parameter of D1 are stored in one transaction all the same', async () => {
  const workspace = await newWorkspace()
  const comment = 'ё'.repeat(5_000)
  const facts = Array.from({ length: 400 }, (_, index) =>
    answer(`f${index}`, { data: { comment } }),
  )
  const { db, account } = counting(env.DB)

  const { stored } = await store(db, intake(workspace, facts))

  expect(stored).toBe(400)
  expect(account.trips).toBe(1)
  expect(account.queries).toBeGreaterThan(2)
})

test('the database itself refuses a fraction, a blank score and a broken day', async () => {
  const columns =
    'workspace, type, day, source, id, subject, entity, time, received, value, dimensions, data'
  const insert = (day: string, value: unknown) =>
    env.DB.prepare(
      `INSERT INTO fact (${columns}) VALUES ('w', 'survey.response', ?, 's', 'i', 'x', NULL, 1, 1, ?, '{}', '{}')`,
    )
      .bind(day, value)
      .run()

  await expect(insert('2026-03-10', 7.5)).rejects.toThrow(/INTEGER/)
  await expect(insert('2026-03-10', Number.NaN)).rejects.toThrow(/CHECK/)
  await expect(insert('2026-3-1', 7)).rejects.toThrow(/CHECK/)
})

/** Ids of the facts that count. */
async function countingIn(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    'SELECT id FROM fact WHERE workspace = ? AND replaced IS NULL ORDER BY id',
  )
    .bind(workspace)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

type Correction = readonly [id: string, more: Partial<Fact>]

/** Of each, `x` is the one that counts: the original is told last by time and name. */
const contests: Readonly<Record<string, readonly Correction[]>> = {
  revision: [
    ['x', { revision: 3, time: 1 }],
    ['y', { revision: 2, time: 9 }],
    ['z', { revision: 1, time: 5 }],
  ],
  time: [
    ['x', { time: now }],
    ['y', { time: now - 1 }],
    ['z', { time: now - 2 }],
  ],
  name: [
    ['x', { time: now }],
    ['w', { time: now }],
    ['v', { revision: now, time: 1 }],
  ],
  'revision before time': [
    ['x', { revision: now + 1, time: 1 }],
    ['y', { time: now }],
    ['z', { revision: now - 1 }],
  ],
}

const arrivals = Object.entries(contests).flatMap(([by, corrections]) => {
  const facts = [
    answer('zz', { time: now + 9 }),
    ...corrections.map(([id, more]) => answer(id, { replaces: 'zz', ...more })),
  ]
  return orders(facts).map((order) => ({ by, order, ids: order.map(({ id }) => id).join(' ') }))
})

test.each(arrivals)(
  'of corrections of one fact the newest by $by counts: $ids',
  async ({ order }) => {
    const [one, other] = [await newWorkspace(), await newWorkspace()]

    for (const fact of order) await store(env.DB, intake(one, [fact]))
    await store(env.DB, intake(other, order))

    expect(await countingIn(one)).toEqual(['x'])
    expect(await countingIn(other)).toEqual(['x'])
  },
)

test('corrections of a fact that never comes are rivals all the same', async () => {
  const workspace = await newWorkspace()
  const closing = (id: string, revision: number) => answer(id, { replaces: 'none', revision })

  await store(env.DB, intake(workspace, [closing('b', 2)]))
  await store(env.DB, intake(workspace, [closing('c', 3), closing('a', 1)]))

  expect(await countingIn(workspace)).toEqual(['c'])
})

test('a correction of another source or workspace corrects nothing', async () => {
  const [one, other] = [await newWorkspace(), await newWorkspace()]
  const correction = answer('new', { replaces: 'old' })

  await store(env.DB, intake(one, [answer('old'), { ...correction, source: '/s/y' }]))
  await store(env.DB, intake(other, [correction]))

  expect(await countingIn(one)).toEqual(['new', 'old'])
  expect(await countingIn(other)).toEqual(['new'])
})

test('a repeat of what was corrected changes nothing', async () => {
  const workspace = await newWorkspace()
  const facts = [answer('old'), answer('new', { replaces: 'old' })]
  await store(env.DB, intake(workspace, facts))
  const { db, account } = counting(env.DB)

  await store(db, intake(workspace, facts))
  await store(db, intake(workspace, facts.toReversed()))

  expect(account.rowsWritten).toBe(0)
  expect(await countingIn(workspace)).toEqual(['new'])
})

test('a fact is stored by its source and name, in its workspace', async () => {
  const workspace = await newWorkspace()
  await store(env.DB, intake(workspace, [answer('one')]))
  await env.DB.prepare(
    `INSERT INTO identity (workspace, source, id, state, digest) VALUES (?, '/s/x', 'd', 'ignored', ?)`,
  )
    .bind(workspace, 'a'.repeat(64))
    .run()

  const asked = [
    isStored(env.DB, workspace, { source: '/s/x', id: 'one' }),
    isStored(env.DB, workspace, { source: '/s/x', id: 'd' }),
    isStored(env.DB, workspace, { source: '/s/y', id: 'one' }),
    isStored(env.DB, workspace, { source: '/s/x', id: 'two' }),
    isStored(env.DB, 'other', { source: '/s/x', id: 'one' }),
  ]

  expect(await Promise.all(asked)).toEqual([true, false, false, false, false])
})

const elsewhere: [what: string, type: Fact['type'], day: string][] = [
  ['type', 'visit.started', today],
  ['day', 'survey.response', '2026-03-09'],
  ['type and day', 'visit.started', '2026-03-09'],
]

/** Where the facts of a workspace lie, and where its names say that they do. */
async function placesOf(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT fact.type, fact.day, identity.type AS named, identity.day AS "on"
     FROM fact JOIN identity USING (workspace, source, id) WHERE workspace = ?`,
  )
    .bind(workspace)
    .all()
  return results
}

const atHome = { type: 'survey.response', day: today, named: 'survey.response', on: today }

test.each(elsewhere)('a name that is taken is refused for another %s', async (_what, type, day) => {
  const workspace = await newWorkspace()
  const other = answer('one', { type, day: day as Day })

  await store(env.DB, intake(workspace, [answer('one'), other]))
  const { stored } = await store(env.DB, intake(workspace, [other]))

  expect(stored).toBe(0)
  expect(await placesOf(workspace)).toEqual([atHome])
})

test.each(elsewhere)('by direct SQL too, for another %s', async (_what, type, day) => {
  const workspace = await newWorkspace()
  await store(env.DB, intake(workspace, [answer('one')]))

  const { meta } = await env.DB.prepare(
    `INSERT INTO fact (workspace, type, day, source, id, subject, time, received, dimensions, data)
     VALUES (?, ?, ?, '/s/x', 'one', 'x', 1, 1, '{}', '{}')`,
  )
    .bind(workspace, type, day)
    .run()

  expect(meta.changes).toBe(0)
  expect(await placesOf(workspace)).toEqual([atHome])
})

test('a name that a delivery has taken for its fact is that fact’s alone', async () => {
  const workspace = await newWorkspace()
  await env.DB.prepare(
    `INSERT INTO identity (workspace, source, id, type, day, state, digest)
     VALUES (?, '/s/x', 'one', 'survey.response', ?, 'stored', ?)`,
  )
    .bind(workspace, today, 'a'.repeat(64))
    .run()

  const visit = await store(env.DB, intake(workspace, [answer('one', { type: 'visit.started' })]))
  const response = await store(env.DB, intake(workspace, [answer('one')]))

  expect([visit.stored, response.stored]).toEqual([0, 1])
  expect(await placesOf(workspace)).toEqual([atHome])
})

test('a correction reads no more rows, however much its source has told', async () => {
  const read = async (told: number) => {
    const workspace = await newWorkspace()
    const many = Array.from({ length: told }, (_, at) => answer(`f${at}`, { entity: `e${at}` }))
    await store(env.DB, intake(workspace, many))
    const { db, account } = counting(env.DB)
    await store(db, intake(workspace, [answer('x', { replaces: 'f7', entity: 'e7', value: 1 })]))
    expect(await countingIn(workspace)).not.toContain('f7')
    return account.rowsRead
  }

  expect(await read(2_000)).toBe(await read(10))
})
