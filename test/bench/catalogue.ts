import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Day, addDays, dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { kpis } from '../../src/kpis/index.ts'
import { looksOf } from '../../src/looks.ts'
import { store } from '../../src/store/facts.ts'
import { rollup } from '../../src/store/rollup.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import type { Host } from '../program/host.ts'
import { counting } from '../store/counting.ts'
import { byHand } from './by-hand.ts'
import { type Comparison, compare } from './compare.ts'
import type { Count } from './counts.ts'
import { mixedDay } from './mixed-day.ts'

const total = 100_000
const workspace = 'catalogue'

/** How many facts one call stores. */
const slice = 5_000

/**
 * One day of facts of eleven types, rolled up for every KPI of the catalogue: ours cuts, writes and closes;
 * the baseline only selects the same aggregates, with one statement written by hand for each KPI.
 */
export async function compareCatalogue(
  host: Host,
  folder: string,
  tables: readonly string[],
  now: number,
): Promise<{ comparison: Comparison; count: Count }> {
  const day = addDays(dayFinder('UTC')(now), -1)
  const facts = mixedDay(day, total)
  const owner = { id: workspace, name: 'Catalogue', zone: 'UTC', currency: 'EUR' }
  await createWorkspace(host.db, owner, now)
  const looks = looksOf(kpis)
  for (let at = 0; at < facts.length; at += slice) {
    const some = facts.slice(at, at + slice)
    await store(host.db, { workspace, facts: some, received: now, looks })
  }
  const sqlite = new DatabaseSync(join(folder, 'catalogue.sqlite'))
  copyFacts(sqlite, tables, facts, now)

  const { db, account } = counting(host.db)
  const report = await rollup(db, { kpis, now, workspace })
  const what = `rollup of ${total.toLocaleString('en')} facts of 11 types, ${report.days} day`
  const count = { what, ...account }
  await expectSame(host.db, sqlite, day)

  const comparison = await compare({
    what,
    baseline: `node:sqlite, ${Object.keys(byHand).length} statements by hand`,
    rounds: 5,
    speeds: [
      async () => {
        await forget(host.db)
        return timed(() => rollup(host.db, { kpis, now, workspace }))
      },
      () => timed(() => selectAll(sqlite, day)),
    ],
  })
  sqlite.close()
  return { comparison, count }
}

function copyFacts(
  sqlite: DatabaseSync,
  tables: readonly string[],
  facts: readonly Fact[],
  now: number,
): void {
  for (const file of tables) sqlite.exec(readFileSync(file, 'utf8'))
  const insert = sqlite.prepare(`
    INSERT INTO fact (
      workspace, type, day, source, id, subject, entity, thread, time, received, value, cost,
      dimensions, data
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  sqlite.exec('BEGIN')
  for (const { type, day, source, id, subject, entity, thread, time, value, ...rest } of facts) {
    const { cost = null, dimensions, data } = rest
    const names = [workspace, type, day, source, id, subject, entity, thread] as const
    const texts = [JSON.stringify(dimensions), JSON.stringify(data)] as const
    insert.run(...names, time, now, value, cost, ...texts)
  }
  sqlite.exec('COMMIT')
}

/** The state before the first rollup: the day marked, not closed, nothing counted. */
async function forget(db: D1Database): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM snapshot'),
    db.prepare('DELETE FROM day'),
    db.prepare('INSERT INTO dirty SELECT DISTINCT workspace, day, type FROM fact'),
  ])
}

async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now()
  await work()
  return (1_000 * total) / (performance.now() - begin)
}

function selectAll(sqlite: DatabaseSync, day: Day): void {
  for (const sql of Object.values(byHand)) sqlite.prepare(sql).all(workspace, day)
}

/** By KPI, counters whose names are the columns of the statement by hand. */
const compared: Readonly<Record<string, readonly string[]>> = {
  win_rate: ['won', 'lost'],
  close_rate: ['created', 'won'],
  stage_conversion: ['entered', 'advanced'],
  automation_share: ['automated', 'manual'],
}

/** @throws unless both count the same in every segment: a fast rollup of something else is no result. */
async function expectSame(db: D1Database, sqlite: DatabaseSync, day: Day): Promise<void> {
  for (const [kpi, columns] of Object.entries(compared)) {
    const { results } = await db
      .prepare('SELECT segment, counters FROM snapshot WHERE workspace = ?1 AND kpi = ?2')
      .bind(workspace, kpi)
      .all<{ segment: string; counters: string }>()
    const ours = results.map(({ segment, counters }) => {
      const found = JSON.parse(counters) as Record<string, number>
      return [segment, ...columns.map((name) => found[name] ?? 0)].join(' ')
    })
    const rows = sqlite.prepare(byHand[kpi] ?? '').all(workspace, day)
    const theirs = rows.map((row) =>
      [row['segment'], ...columns.map((name) => row[name] ?? 0)].map(String).join(' '),
    )
    if (ours.toSorted().join() !== theirs.toSorted().join()) {
      throw new Error(`The rollup and the statement by hand differ in ${kpi}`)
    }
  }
}
