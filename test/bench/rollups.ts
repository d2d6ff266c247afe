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
import { counting } from '../store/counting.ts'
import { type Comparison, compare } from './compare.ts'
import type { Count } from './counts.ts'
import type { Host } from '../program/host.ts'

const total = 100_000
const days = 90
const workspace = 'rollup'
const type = 'survey.response'
const locales = ['en', 'pl', 'ru']

/** How many facts one call stores. */
const slice = 5_000

interface Cell {
  readonly day: string
  readonly value: number
  readonly n: number
}

/**
 * Facts rolled up a second: ours counts them for every KPI and segment, writes the snapshots and closes
 * the days; the baseline only groups them by day and value, and writes nothing.
 */
export async function compareRollups(
  host: Host,
  folder: string,
  tables: readonly string[],
  now: number,
): Promise<{ comparison: Comparison; count: Count }> {
  const facts = history(addDays(dayFinder('UTC')(now), -1))
  await createWorkspace(
    host.db,
    { id: workspace, name: 'Rollup', zone: 'UTC', currency: 'EUR' },
    now,
  )
  for (let at = 0; at < facts.length; at += slice) {
    const some = facts.slice(at, at + slice)
    await store(host.db, { workspace, facts: some, received: now, looks: looksOf(kpis) })
  }
  const sqlite = new DatabaseSync(join(folder, 'facts.sqlite'))
  copyFacts(sqlite, tables, facts, now)

  const { db, account } = counting(host.db)
  const report = await rollup(db, { kpis, now, workspace })
  const count = {
    what: `rollup of ${total.toLocaleString('en')} answers, ${report.days} days`,
    ...account,
  }
  await expectSame(host.db, sqlite)

  const comparison = await compare({
    what: `rollup of ${total.toLocaleString('en')} answers, ${report.days} days`,
    baseline: 'node:sqlite, GROUP BY day, value',
    rounds: 7,
    speeds: [
      async () => {
        await forget(host.db)
        return timed(() => rollup(host.db, { kpis, now, workspace }))
      },
      () => timed(() => groups(sqlite)),
    ],
  })
  sqlite.close()
  return { comparison, count }
}

/** The same facts in every run, but for the days they end on. */
function history(yesterday: Day): Fact[] {
  return Array.from({ length: total }, (_, index): Fact => {
    const day = addDays(yesterday, -(index % days))
    return {
      source: '/s/survey',
      id: `answer-${index}`,
      type,
      subject: 'survey',
      thread: null,
      entity: null,
      time: Date.parse(`${day}T00:00:00Z`) + ((index * 7_919) % 86_400_000),
      day,
      value: (index * 31 + Math.floor(index / days)) % 11,
      dimensions: {
        survey: 'survey',
        kind: 'nps',
        locale: locales[Math.floor(index / days) % locales.length] ?? 'en',
      },
      data: {},
    }
  })
}

function copyFacts(
  sqlite: DatabaseSync,
  tables: readonly string[],
  facts: readonly Fact[],
  now: number,
): void {
  for (const file of tables) sqlite.exec(readFileSync(file, 'utf8'))
  const insert = sqlite.prepare(`
    INSERT INTO fact
      (workspace, type, day, source, id, subject, time, received, value, dimensions, data)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  sqlite.exec('BEGIN')
  for (const { day, source, id, subject, time, value, dimensions, data } of facts) {
    const texts = [JSON.stringify(dimensions), JSON.stringify(data)] as const
    insert.run(workspace, type, day, source, id, subject, time, now, value, ...texts)
  }
  sqlite.exec('COMMIT')
}

/** The state before the first rollup: every day marked, none closed, nothing counted. */
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

function groups(sqlite: DatabaseSync): Cell[] {
  const rows = sqlite
    .prepare(
      'SELECT day, value, count(*) AS n FROM fact WHERE workspace = ? AND type = ? GROUP BY day, value',
    )
    .all(workspace, type)
  return rows as unknown as Cell[]
}

/** @throws unless both count the same: a fast rollup of something else would be no result. */
async function expectSame(db: D1Database, sqlite: DatabaseSync): Promise<void> {
  const { results } = await db
    .prepare(
      `SELECT day, CAST(substr(part.key, length('answers/') + 1) AS INTEGER) AS value, part.value AS n
      FROM snapshot, json_each(snapshot.counters) part
      WHERE workspace = ?1 AND kpi = 'nps' AND segment = ''
      ORDER BY 1, 2`,
    )
    .bind(workspace)
    .all<Cell>()
  const ours = JSON.stringify(results)
  const other = JSON.stringify(groups(sqlite).map(({ day, value, n }) => ({ day, value, n })))
  if (ours !== other) throw new Error('The rollup and the GROUP BY count differently')
}
