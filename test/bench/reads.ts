import { addDays, dayFinder } from '../../src/day.ts'
import { type Comparison, compare } from './compare.ts'
import type { Host } from '../program/host.ts'
import { type Shot, load } from './load.ts'
import { type Team, history } from './team.ts'

/** The read that dashboards ask for most. */
export const kpiPath = `/v1/kpis/nps?last=${history.days}d`

/** Reads of a KPI's ninety days a second, against as many rows selected by key and sent as they are. */
export async function compareReads(
  ours: Host,
  bare: Host,
  team: Team,
  now: number,
): Promise<Comparison[]> {
  const today = dayFinder('UTC')(now)
  const headers = { Authorization: `Bearer ${team.secret}` }
  const kpi = get(kpiPath, headers)
  const rows = get(`/snapshots?from=${addDays(today, -history.days)}&to=${addDays(today, -1)}`)
  await copySnapshots(ours, bare, team)
  await expectAll(ours.origin, bare.origin, kpi, rows)

  const found: Comparison[] = []
  for (const connections of [32, 1]) {
    found.push(
      await compare({
        what: `KPI of ${history.days} days read, ${connections} connection${connections === 1 ? '' : 's'}`,
        baseline: `bare Worker, SELECT of ${history.days} rows`,
        rounds: 15,
        speeds: [
          load(ours.origin, connections, () => kpi),
          load(bare.origin, connections, () => rows),
        ],
      }),
    )
  }
  return found
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Shot {
  return { method: 'GET', path, headers, body: '', status: 200 }
}

async function copySnapshots(ours: Host, bare: Host, team: Team): Promise<void> {
  const { results } = await ours.db
    .prepare(
      "SELECT day, counters FROM snapshot WHERE workspace = ?1 AND kpi = 'nps' AND segment = ''",
    )
    .bind(team.id)
    .all<{ day: string; counters: string }>()
  const insert = bare.db.prepare("INSERT INTO snapshot VALUES ('nps', ?1, ?2)")
  await bare.db.batch(results.map(({ day, counters }) => insert.bind(day, counters)))
}

/** @throws where either Worker would answer fast because it has nothing to say. */
async function expectAll(ours: string, bare: string, kpi: Shot, rows: Shot): Promise<void> {
  const read = await fetch(`${ours}${kpi.path}`, { headers: kpi.headers })
  const answer: { points: unknown[]; total: { n: number } } = await read.json()
  const selected: unknown[] = await (await fetch(`${bare}${rows.path}`)).json()
  const { days, answers } = history
  const whole = answer.points.length === days && answer.total.n === days * answers
  if (whole && selected.length === days) return
  throw new Error(
    `Cannot compare reads: ours has ${answer.points.length} points of ${answer.total.n} answers, the bare Worker ${selected.length} rows`,
  )
}
