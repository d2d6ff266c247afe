import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Day, dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import { readEmbed } from '../../src/store/embed-snapshots.ts'
import { createEmbed, revokeEmbed } from '../../src/store/embeds.ts'
import { store } from '../../src/store/facts.ts'
import { askedOf } from '../../src/store/history.ts'
import { createKey, revokeKey } from '../../src/store/keys.ts'
import { rollup } from '../../src/store/rollup.ts'
import { type SnapshotQuery, readSnapshots } from '../../src/store/snapshots.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const day = 86_400_000
const asked = askedOf(kpis)
const nps = askedOf(kpis.filter(({ id }) => id === 'nps'))
const window = { from: '2026-03-01' as Day, to: '2026-03-31' as Day }
const all: SnapshotQuery = { asked, cut: { segment: '' }, window }

let made = 0

interface Place {
  workspace: string
  key: string
  embed: string
}

/** A workspace with a key, an embed of its NPS, and one answer of this score, rolled up. */
async function newPlace(score: number, more: Partial<Fact> = {}): Promise<Place> {
  const workspace = `place${++made}`
  const key = `key${String(made).padStart(9, '0')}`
  const embed = `embed${made}`
  await createWorkspace(env.DB, { id: workspace, name: 'Test', zone: 'UTC', currency: 'EUR' }, now)
  await createKey(
    env.DB,
    { id: key, workspace, name: 'Test', hash: 'f'.repeat(64), scopes: ['read'] },
    now,
  )
  await createEmbed(env.DB, workspace, {
    id: embed,
    kpi: 'nps',
    segment: '',
    days: 30,
    grain: 'day',
    kind: 'badge',
    minimum: 1,
    locale: 'en',
    theme: 'auto',
    created: now,
  })
  await answer(workspace, 'first', score, more)
  await rollup(env.DB, { kpis, now, workspace })
  return { workspace, key, embed }
}

function answer(workspace: string, id: string, score: number, more: Partial<Fact> = {}) {
  const time = more.time ?? now
  const fact: Fact = {
    source: '/s/x',
    id,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: null,
    time,
    day: dayFinder('UTC')(time),
    value: score,
    dimensions: { survey: 'x', kind: 'nps', locale: 'en' },
    data: {},
    ...more,
  }
  return store(env.DB, { workspace, facts: [fact], received: now, looks: looksOf(kpis) })
}

const counters = (found: Awaited<ReturnType<typeof readSnapshots>>) =>
  found?.segments.map(({ kpi, segment, snapshots }) => [
    kpi,
    segment,
    ...snapshots.map((one) => Object.fromEntries(one.counters)),
  ])

/** What one answer of nobody is counted as, by the KPIs that count it. */
const answered = (segment: string, score: number) => [
  ['nps', segment, { [`answers/${score}`]: 1 }],
  ['nps_latest', segment, { [`answers/${score}/never`]: 1 }],
]

test.each<[string, SnapshotQuery]>([
  ['one KPI', { ...all, asked: nps }],
  ['every KPI', all],
  ['every segment of a dimension', { ...all, cut: { dimension: 'survey' } }],
  ['what was published at some time', { ...all, asOf: now }],
  [
    'days without anything',
    { ...all, window: { from: '2025-01-01' as Day, to: '2025-01-02' as Day } },
  ],
])('the snapshots of %s and the right to them cost one query', async (_what, query) => {
  const { key } = await newPlace(9)
  const { db, account } = counting(env.DB)

  const found = await readSnapshots(db, { key }, query)

  expect(found?.holder.scopes).toEqual(['read'])
  expect(account).toMatchObject({ trips: 1, queries: 1, rowsWritten: 0 })
})

test('an embed and what it shows cost one query', async () => {
  const { embed, workspace } = await newPlace(9)
  const { db, account } = counting(env.DB)

  const found = await readEmbed(db, embed, asked, now)

  expect(found?.workspace.id).toBe(workspace)
  expect(found?.history.snapshots).toHaveLength(1)
  expect(account).toMatchObject({ trips: 1, queries: 1, rowsWritten: 0 })
})

test('a key reads the rows of its own workspace only', async () => {
  const one = await newPlace(9)
  const other = await newPlace(3)

  const mine = await readSnapshots(env.DB, { key: one.key }, all)
  const theirs = await readSnapshots(env.DB, { key: other.key }, all)

  expect(mine?.holder.workspace.id).toBe(one.workspace)
  expect(counters(mine)).toEqual(answered('', 9))
  expect(counters(theirs)).toEqual(answered('', 3))
})

test('a segment of the same name in another workspace is another one', async () => {
  const one = await newPlace(9)
  await newPlace(3)

  const named = await readSnapshots(
    env.DB,
    { key: one.key },
    { ...all, cut: { segment: 'survey:x' } },
  )
  const listed = await readSnapshots(
    env.DB,
    { key: one.key },
    { ...all, cut: { dimension: 'survey' } },
  )

  expect(counters(named)).toEqual(answered('survey:x', 9))
  expect(counters(listed)).toEqual(counters(named))
})

test('a dimension whose name begins another one does not bring the other with it', async () => {
  const dimensions = { survey: 'x', kind: 'nps', 'p.plan': 'pro', 'p.planet': 'mars' }
  const { key } = await newPlace(9, { dimensions })

  const found = await readSnapshots(env.DB, { key }, { ...all, cut: { dimension: 'p.plan' } })

  expect(counters(found)).toEqual(answered('p.plan:pro', 9))
})

test('the deployment reads the workspace that it names', async () => {
  const { workspace } = await newPlace(9)
  await newPlace(3)

  const found = await readSnapshots(env.DB, { workspace }, all)

  expect(counters(found)).toEqual(answered('', 9))
})

test('a key that does not exist or has been revoked reads nothing at all', async () => {
  const { key, workspace } = await newPlace(9)
  await revokeKey(env.DB, workspace, key, now)

  const found = [
    await readSnapshots(env.DB, { key }, all),
    await readSnapshots(env.DB, { key: 'nobody' }, all),
    await readSnapshots(env.DB, { workspace: 'nowhere' }, all),
  ]

  expect(found).toEqual([null, null, null])
})

test('an embed shows the rows of its own workspace, and none once it is revoked', async () => {
  const one = await newPlace(9)
  const other = await newPlace(3)

  const mine = await readEmbed(env.DB, one.embed, asked, now)
  const foreign = await revokeEmbed(env.DB, other.workspace, one.embed, now)
  const still = await readEmbed(env.DB, one.embed, asked, now)
  await revokeEmbed(env.DB, one.workspace, one.embed, now)
  const gone = await readEmbed(env.DB, one.embed, asked, now)

  expect(mine?.history.snapshots.map(({ counters }) => [...counters])).toEqual([[['answers/9', 1]]])
  expect(foreign).toBe(false)
  expect(still).toEqual(mine)
  expect(gone).toBeNull()
})

test('the latest revision is read, or the one that was published at the time asked for', async () => {
  const { key, workspace } = await newPlace(9, { time: now - day, day: '2026-03-09' as Day })
  await answer(workspace, 'late', 3, { time: now - day, day: '2026-03-09' as Day })
  await rollup(env.DB, { kpis, now: now + day, workspace })

  const latest = await readSnapshots(env.DB, { key }, all)
  const then = await readSnapshots(env.DB, { key }, { ...all, asOf: now + day - 1 })
  const before = await readSnapshots(env.DB, { key }, { ...all, asOf: now - 1 })

  expect(counters(latest)).toEqual([
    ['nps', '', { 'answers/3': 1, 'answers/9': 1 }],
    ['nps_latest', '', { 'answers/3/never': 1, 'answers/9/never': 1 }],
    // The latest answers wait for the next ones, and are no revision.
    ['revision_rate', '', { published: 1, revised: 1 }],
  ])
  expect(latest?.segments.map(({ snapshots }) => snapshots[0]?.revision)).toEqual([2, 2, 2])
  expect(counters(then)).toEqual([...answered('', 9), ['revision_rate', '', { published: 1 }]])
  expect(before?.segments).toEqual([])
})

test('another version of a KPI is another series', async () => {
  const { key } = await newPlace(9)

  const found = await readSnapshots(
    env.DB,
    { key },
    { ...all, asked: { ...nps, versions: { nps: 2 } } },
  )

  expect(found?.segments).toEqual([])
})

test('the days of the window are read from its first to its last', async () => {
  const { key } = await newPlace(9, { time: now - 3 * day, day: '2026-03-07' as Day })
  const days = async (from: string, to: string) => {
    const window = { from: from as Day, to: to as Day }
    const found = await readSnapshots(env.DB, { key }, { ...all, window })
    return found?.segments.flatMap(({ snapshots }) => snapshots.map((one) => one.day))
  }

  // Of `nps`, of `nps_latest` and, because the day is closed, of `revision_rate`.
  const three = ['2026-03-07', '2026-03-07', '2026-03-07']
  expect(await days('2026-03-07', '2026-03-07')).toEqual(three)
  expect(await days('2026-03-01', '2026-03-06')).toEqual([])
  expect(await days('2026-03-08', '2026-03-10')).toEqual([])
})

/** A deal of this owner, created so many days before now. */
const deal = (workspace: string, id: string, ago: number, owner: string) =>
  answer(workspace, id, 0, {
    type: 'deal.created',
    subject: id,
    thread: `deal:${id}`,
    time: now - ago * day,
    day: dayFinder('UTC')(now - ago * day),
    value: null,
    dimensions: { owner },
  })

const open = askedOf(kpis.filter(({ id }) => id === 'open_deals'))
const created = askedOf(kpis.filter(({ id }) => id === 'close_rate'))
const opened = (from: string) => ({ from: from as Day, to: '2026-03-31' as Day })

/** Deals of 1 March and 5 March; a third of 1 March came after that day had been published. */
async function newPipeline(): Promise<Place> {
  const place = await newPlace(9)
  await deal(place.workspace, 'd1', 9, 'Ann')
  await deal(place.workspace, 'd2', 5, 'Bob')
  await rollup(env.DB, { kpis, now, workspace: place.workspace })
  await deal(place.workspace, 'd3', 9, 'Ann')
  await rollup(env.DB, { kpis, now: now + day, workspace: place.workspace })
  return place
}

test('what was counted on all days before the window comes with it, in the same query', async () => {
  const { key } = await newPipeline()
  const openings = async (query: Partial<SnapshotQuery>) => {
    const { db, account } = counting(env.DB)
    const found = await readSnapshots(db, { key }, { ...all, asked: open, ...query })
    expect(account.queries).toBe(1)
    return found?.segments.map(({ segment, opening, snapshots, computed }) => [
      segment,
      opening.get('deals/n') ?? 0,
      snapshots.map((one) => one.day),
      computed,
    ])
  }
  const later = now + day

  const inside = await openings({ window: opened('2026-03-01') })
  const between = await openings({ window: opened('2026-03-02') })
  const after = await openings({ window: opened('2026-03-06') })
  const then = await openings({ window: opened('2026-03-06'), asOf: later - 1 })
  const owners = await openings({ window: opened('2026-03-06'), cut: { dimension: 'owner' } })
  const ann = await openings({ window: opened('2026-03-02'), cut: { segment: 'owner:Ann' } })

  expect(inside).toEqual([['', 0, ['2026-03-01', '2026-03-05'], 0]])
  expect(between).toEqual([['', 2, ['2026-03-05'], later]])
  expect(after).toEqual([['', 3, [], later]])
  expect(then).toEqual([['', 2, [], now]])
  expect(owners).toEqual([
    ['owner:Ann', 2, [], later],
    ['owner:Bob', 1, [], now],
  ])
  expect(ann).toEqual([['owner:Ann', 2, [], later]])
})

test('what a KPI does not look back for is not read from the days before', async () => {
  const { key } = await newPlace(9, { time: now - 3 * day, day: '2026-03-07' as Day })
  const late = { from: '2026-03-08' as Day, to: '2026-03-31' as Day }

  const found = await readSnapshots(env.DB, { key }, { ...all, window: late })

  expect(found?.segments).toEqual([])
})

test('an embed of what is held knows what was held before its window, its segment only', async () => {
  const { workspace } = await newPipeline()
  const shown = async (id: string, segment: string) => {
    await createEmbed(env.DB, workspace, {
      id,
      kpi: 'open_deals',
      segment,
      days: 3,
      grain: 'day',
      kind: 'badge',
      minimum: 1,
      locale: 'en',
      theme: 'auto',
      created: now,
    })
    const { db, account } = counting(env.DB)
    const found = await readEmbed(db, id, asked, now + day)
    expect(account.queries).toBe(1)
    return found?.history.opening.get('deals/n') ?? 0
  }

  expect(await shown('open', '')).toBe(3)
  expect(await shown('open-ann', 'owner:Ann')).toBe(2)
  expect(await shown('open-cid', 'owner:Cid')).toBe(0)
})

test('days whose segments were folded are told, each once, as long as they are', async () => {
  const { key, workspace } = await newPlace(9)
  const folded = async (query: Partial<SnapshotQuery>) => {
    const found = await readSnapshots(env.DB, { key }, { ...all, asked: created, ...query })
    return found?.folded
  }
  for (const owner of ['Ann', 'Bob', 'Cid']) await deal(workspace, owner, 5, owner)
  await rollup(env.DB, { kpis, now, workspace, segments: 2 })

  const owners = { cut: { dimension: 'owner' } }
  expect(await folded(owners)).toEqual(['2026-03-05'])
  expect(await folded({ cut: { segment: 'owner:Ann' } })).toEqual(['2026-03-05'])
  expect(await folded({ cut: { dimension: 'channel' } })).toEqual([])
  expect(await folded({})).toEqual([])
  expect(await folded({ ...owners, window: opened('2026-03-06') })).toEqual([])
  // What is held on the next day must not miss what went into `other` on this one.
  expect(await folded({ ...owners, asked: open })).toEqual([])

  await deal(workspace, 'late', 5, 'Ann')
  await rollup(env.DB, { kpis, now: now + day, workspace })

  expect(await folded(owners)).toEqual([])
  expect(await folded({ ...owners, asOf: now })).toEqual(['2026-03-05'])
})
