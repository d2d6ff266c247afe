import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Day, dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { followers } from '../../src/kpi.ts'
import { kpis } from '../../src/kpis/index.ts'
import { createEmbed, revokeEmbed } from '../../src/store/embeds.ts'
import { store } from '../../src/store/facts.ts'
import { createKey, revokeKey } from '../../src/store/keys.ts'
import { rollup } from '../../src/store/rollup.ts'
import { type SnapshotQuery, readEmbed, readSnapshots } from '../../src/store/snapshots.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const day = 86_400_000
const versions = Object.fromEntries(kpis.map(({ id, version }) => [id, version]))
const window = { from: '2026-03-01' as Day, to: '2026-03-31' as Day }
const all: SnapshotQuery = { versions, cut: { segment: '' }, window }

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
    entity: null,
    time,
    day: dayFinder('UTC')(time),
    value: score,
    dimensions: { survey: 'x', kind: 'nps', locale: 'en' },
    data: {},
    ...more,
  }
  return store(env.DB, { workspace, facts: [fact], received: now, followers: followers(kpis) })
}

const counters = (found: Awaited<ReturnType<typeof readSnapshots>>) =>
  found?.segments.map(({ kpi, segment, snapshots }) => [
    kpi,
    segment,
    ...snapshots.map((one) => Object.fromEntries(one.counters)),
  ])

test.each<[string, SnapshotQuery]>([
  ['one KPI', { ...all, versions: { nps: 1 } }],
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

  const found = await readEmbed(db, embed, versions, now)

  expect(found?.workspace.id).toBe(workspace)
  expect(found?.snapshots).toHaveLength(1)
  expect(account).toMatchObject({ trips: 1, queries: 1, rowsWritten: 0 })
})

test('a key reads the rows of its own workspace only', async () => {
  const one = await newPlace(9)
  const other = await newPlace(3)

  const mine = await readSnapshots(env.DB, { key: one.key }, all)
  const theirs = await readSnapshots(env.DB, { key: other.key }, all)

  expect(mine?.holder.workspace.id).toBe(one.workspace)
  expect(counters(mine)).toEqual([['nps', '', { 'answers/9': 1 }]])
  expect(counters(theirs)).toEqual([['nps', '', { 'answers/3': 1 }]])
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

  expect(counters(named)).toEqual([['nps', 'survey:x', { 'answers/9': 1 }]])
  expect(counters(listed)).toEqual(counters(named))
})

test('a dimension whose name begins another one does not bring the other with it', async () => {
  const dimensions = { survey: 'x', kind: 'nps', 'p.plan': 'pro', 'p.planet': 'mars' }
  const { key } = await newPlace(9, { dimensions })

  const found = await readSnapshots(env.DB, { key }, { ...all, cut: { dimension: 'p.plan' } })

  expect(found?.segments.map(({ segment }) => segment)).toEqual(['p.plan:pro'])
})

test('the deployment reads the workspace that it names', async () => {
  const { workspace } = await newPlace(9)
  await newPlace(3)

  const found = await readSnapshots(env.DB, { workspace }, all)

  expect(counters(found)).toEqual([['nps', '', { 'answers/9': 1 }]])
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

  const mine = await readEmbed(env.DB, one.embed, versions, now)
  const foreign = await revokeEmbed(env.DB, other.workspace, one.embed, now)
  const still = await readEmbed(env.DB, one.embed, versions, now)
  await revokeEmbed(env.DB, one.workspace, one.embed, now)
  const gone = await readEmbed(env.DB, one.embed, versions, now)

  expect(mine?.snapshots.map(({ counters }) => [...counters])).toEqual([[['answers/9', 1]]])
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

  expect(counters(latest)).toEqual([['nps', '', { 'answers/3': 1, 'answers/9': 1 }]])
  expect(latest?.segments[0]?.snapshots[0]?.revision).toBe(2)
  expect(counters(then)).toEqual([['nps', '', { 'answers/9': 1 }]])
  expect(before?.segments).toEqual([])
})

test('another version of a KPI is another series', async () => {
  const { key } = await newPlace(9)

  const found = await readSnapshots(env.DB, { key }, { ...all, versions: { nps: 2 } })

  expect(found?.segments).toEqual([])
})

test('the days of the window are read from its first to its last', async () => {
  const { key } = await newPlace(9, { time: now - 3 * day, day: '2026-03-07' as Day })
  const days = async (from: string, to: string) => {
    const window = { from: from as Day, to: to as Day }
    const found = await readSnapshots(env.DB, { key }, { ...all, window })
    return found?.segments.flatMap(({ snapshots }) => snapshots.map((one) => one.day))
  }

  expect(await days('2026-03-07', '2026-03-07')).toEqual(['2026-03-07'])
  expect(await days('2026-03-01', '2026-03-06')).toEqual([])
  expect(await days('2026-03-08', '2026-03-10')).toEqual([])
})
