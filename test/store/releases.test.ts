import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Day } from '../../src/day.ts'
import { isOfAnswers } from '../../src/disclosure.ts'
import { kpis } from '../../src/kpis/index.ts'
import {
  type EmbedRow,
  embedRows,
  parametersOf,
  readEmbed,
} from '../../src/store/embed-snapshots.ts'
import { createEmbed } from '../../src/store/embeds.ts'
import { askedOf } from '../../src/store/history.ts'
import { embedsAtOnce, releaseEmbeds } from '../../src/store/releases.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const today = '2026-03-10' as Day

const asked = {
  ...askedOf(kpis),
  twice: ['change'],
  ofAnswers: kpis.filter(isOfAnswers).map(({ id }) => id),
}

/** Embeds of one workspace, all of them with a minimum of three. */
async function newEmbeds(workspace: string, ...embedKpis: string[]): Promise<void> {
  await createWorkspace(env.DB, { id: workspace, name: 'Test', zone: 'UTC', currency: 'EUR' }, now)
  for (const kpi of embedKpis) {
    await createEmbed(env.DB, workspace, {
      id: `${workspace}-${kpi}`,
      kpi,
      segment: '',
      days: 7,
      grain: 'day',
      kind: 'badge',
      minimum: 3,
      locale: 'en',
      theme: 'auto',
      created: now,
    })
  }
}

const publish = (workspace: string, kpi: string, counters: Record<string, number>) =>
  env.DB.prepare(
    `INSERT INTO snapshot (workspace, kpi, version, segment, day, revision, counters, computed)
     VALUES (?, ?, 1, '', ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET counters = excluded.counters`,
  )
    .bind(workspace, kpi, today, JSON.stringify(counters), now)
    .run()

const released = async (id: string) => (await readEmbed(env.DB, id, asked, now))?.released ?? null

test('all embeds of all workspaces that changed move on in two queries, and in one where none does', async () => {
  await newEmbeds('two', 'nps', 'csat')
  await newEmbeds('other', 'nps')
  for (const [workspace, kpi] of [
    ['two', 'nps'],
    ['two', 'csat'],
    ['other', 'nps'],
  ] as const) {
    await publish(workspace, kpi, { 'answers/4': 3 })
  }
  const { db, account } = counting(env.DB)

  await releaseEmbeds(db, { workspaces: ['two', 'other'] }, asked, now)
  const first = { ...account }
  await releaseEmbeds(db, { workspaces: ['two', 'other'] }, asked, now)

  expect(first).toMatchObject({ queries: 2, rowsWritten: 3 })
  expect(account).toMatchObject({ queries: 3, rowsWritten: 3 })
  for (const id of ['two-nps', 'two-csat', 'other-nps']) {
    expect((await released(id))?.['']?.blocks).toEqual([
      { from: today, to: today, counters: { 'answers/4': 3 } },
    ])
  }
})

test('an embed that has been released is read as one row, whatever its workspace has', async () => {
  await newEmbeds('read', 'nps')
  await publish('read', 'nps', { 'answers/9': 3 })
  await releaseEmbeds(env.DB, { embed: 'read-nps' }, asked, now)
  await publish('read', 'nps', { 'answers/9': 4 })
  const { db, account } = counting(env.DB)

  const found = await readEmbed(db, 'read-nps', asked, now)

  expect(account.queries).toBe(1)
  expect(found?.history.snapshots).toEqual([])
  expect(found?.released?.['']?.blocks[0]?.counters).toEqual({ 'answers/9': 3 })
})

test('what is not of answers is not held back', async () => {
  await newEmbeds('deals', 'deals_won')
  await publish('deals', 'deals_won', { won: 9 })

  await releaseEmbeds(env.DB, { workspaces: ['deals'] }, asked, now)

  expect(await released('deals-deals_won')).toBeNull()
})

test('of two runs at once the slower one changes nothing that the other has shown', async () => {
  await newEmbeds('race', 'nps')
  await publish('race', 'nps', { 'answers/9': 3 })

  await Promise.all([
    releaseEmbeds(env.DB, { workspaces: ['race'] }, asked, now),
    releaseEmbeds(env.DB, { workspaces: ['race'] }, asked, now),
  ])
  const row = await env.DB.prepare(`SELECT step FROM embed WHERE id = 'race-nps'`).first<{
    step: number
  }>()

  expect(row?.step).toBe(1)
})

test('what one embed shows is read once, however many snapshots it has', async () => {
  await newEmbeds('once', 'nps')
  await publish('once', 'nps', { 'answers/9': 3 })
  const later = `INSERT INTO snapshot (workspace, kpi, version, segment, day, revision, counters, computed)
    SELECT workspace, kpi, version, segment, '2026-03-09', revision, counters, computed
    FROM snapshot WHERE workspace = 'once'`
  await env.DB.prepare(later).run()
  const sql = embedRows(`embed.id = ?6`, 'false')
  const { results } = await env.DB.prepare(sql)
    .bind(...parametersOf(asked, now), 'once-nps')
    .all<EmbedRow>()

  expect(results.map(({ day, look }) => [day, look])).toEqual([
    [null, '{}'],
    ['2026-03-09', null],
    [today, null],
  ])
})

test('more embeds than one query reads all move on', async () => {
  const workspaces = Array.from({ length: embedsAtOnce + 1 }, (_, index) => `many${index}`)
  for (const workspace of workspaces) {
    await newEmbeds(workspace, 'nps')
    await publish(workspace, 'nps', { 'answers/4': 3 })
  }
  const { db, account } = counting(env.DB)

  await releaseEmbeds(db, { workspaces }, asked, now)

  expect(account).toMatchObject({ queries: 4, rowsWritten: embedsAtOnce + 1 })
})

test('an embed that D1 refuses is told of, and the others move on', async () => {
  await newEmbeds('refused', 'nps', 'csat')
  await publish('refused', 'nps', { 'answers/4': 3 })
  await publish('refused', 'csat', { 'answers/4': 3 })
  const broken = `CREATE TRIGGER broken BEFORE UPDATE OF released ON embed WHEN old.id = 'refused-csat'
    BEGIN SELECT RAISE(ABORT, 'string or blob too big'); END`
  await env.DB.prepare(broken).run()
  try {
    const failed = await releaseEmbeds(env.DB, { workspaces: ['refused'] }, asked, now)

    expect(failed.map(({ embed }) => embed)).toEqual(['refused-csat'])
    expect(await released('refused-nps')).not.toBeNull()
    expect(await released('refused-csat')).toBeNull()
  } finally {
    await env.DB.prepare('DROP TRIGGER broken').run()
  }
})
