import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Day, addDays } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { followers } from '../../src/kpi.ts'
import { kpis, versions } from '../../src/kpis/index.ts'
import { store } from '../../src/store/facts.ts'
import { rollup } from '../../src/store/rollup.ts'
import { readSnapshots } from '../../src/store/snapshots.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { type Account, counting } from './counting.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const today = '2026-06-15' as Day
const dayLength = 86_400_000

function fact(id: string, ago: number, more: Partial<Fact> = {}): Fact {
  return {
    source: 'test',
    id,
    type: 'survey.response',
    subject: 'x',
    entity: null,
    time: now - ago * dayLength,
    day: addDays(today, -ago),
    value: 9,
    dimensions: { survey: 'x', kind: 'nps' },
    data: {},
    ...more,
  }
}

const sent = (id: string, ago: number, entity: string) =>
  fact(id, ago, { type: 'survey.sent', entity, value: null })

/** A workspace that was answered and has asked on so many days, all rolled up. */
async function withHistory(days: number): Promise<string> {
  const workspace = `h${days}`
  await createWorkspace(env.DB, { id: workspace, name: 'Test', zone: 'UTC', currency: 'EUR' }, now)
  const facts = Array.from({ length: days }, (_, at) => [
    fact(`a${at}`, at + 1),
    fact(`b${at}`, at + 1),
    sent(`s${at}`, at + 1, 'ann'),
    sent(`t${at}`, at + 1, `person ${at}`),
  ]).flat()
  await store(env.DB, { workspace, facts, received: now, followers: followers(kpis) })
  for (let remaining = 1; remaining > 0;) {
    ;({ remaining } = await rollup(env.DB, { kpis, now, workspace }))
  }
  return workspace
}

/** What some work costs after ten times the history, beside what it costs after a short one. */
async function compare(
  work: (db: D1Database, workspace: string) => Promise<unknown>,
): Promise<Account[]> {
  const accounts: Account[] = []
  for (const workspace of ['h30', 'h300']) {
    const { db, account } = counting(env.DB)
    await work(db, workspace)
    accounts.push(account)
  }
  return accounts
}

test('what was long ago costs nothing today: ten times the history, the same rows read', async () => {
  await withHistory(30)
  await withHistory(300)
  const take =
    (id: string, more: Partial<Fact> = {}) =>
    (db: D1Database, workspace: string) =>
      store(db, {
        workspace,
        facts: [fact(id, 0, more)],
        received: now,
        followers: followers(kpis),
      })
  const window = { from: addDays(today, -7), to: today }

  const works = {
    'an anonymous answer': await compare(take('one')),
    'an answer of somebody often asked': await compare(take('two', { entity: 'ann' })),
    'a rollup': await compare((db, workspace) => rollup(db, { kpis, now, workspace })),
    'a rollup of one closed day': await compare(async (db, workspace) => {
      await take('late', { day: addDays(today, -5), time: now - 5 * dayLength })(env.DB, workspace)
      await rollup(db, { kpis, now, workspace })
    }),
    'a week of a KPI': await compare((db, workspace) =>
      readSnapshots(
        db,
        { workspace },
        { versions: { nps: versions['nps'] ?? 0 }, cut: { segment: '' }, window },
      ),
    ),
  }

  for (const [work, [short, long]] of Object.entries(works)) {
    const [before = 0, after = 0] = [short?.rowsRead, long?.rowsRead]
    expect(Math.abs(after - before), `${work}: ${before} rows, then ${after}`).toBeLessThan(10)
  }
})

test('an answer marks only the last sending before it, however often somebody was asked', async () => {
  const workspace = await withHistory(20)

  const { db, account } = counting(env.DB)
  await store(db, {
    workspace,
    facts: [fact('now', 0, { entity: 'ann' })],
    received: now,
    followers: followers(kpis),
  })

  const { results } = await env.DB.prepare('SELECT day, type FROM dirty WHERE workspace = ?')
    .bind(workspace)
    .all()
  expect(results).toEqual([{ day: addDays(today, -1), type: 'survey.sent' }])
  expect(account.rowsWritten).toBe(4)
})
