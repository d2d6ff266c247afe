import fc from 'fast-check'
import { expect } from 'vitest'
import type { FactType } from '../../src/fact.ts'
import { type Kpi, waits } from '../../src/kpi.ts'
import { Cases } from './cases.ts'
import { type History, day, historyOf, reader } from './histories.ts'
import { type Table, fold } from './oracle.ts'
import { type Publication, Team, bear, forget } from './team.ts'
import { type Question, misread, question } from './values.ts'

type Counters = Record<string, number>

function text(counters: Counters): string {
  const sorted = Object.entries(counters).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify(Object.fromEntries(sorted))
}

function show(row: Publication[string] | undefined): string {
  return row === undefined ? 'nothing' : `${row.revision} ${text(row.counters)}`
}

/** Rows that say something else than they must. */
async function faultsOf(team: Team, cases: Cases): Promise<string[]> {
  const published = await team.published()
  const said = Object.entries(team.expected).filter(([, row]) => text(row.counters) !== '{}')
  for (const id of new Set(said.map(([row]) => row.split(' ')[0] ?? ''))) cases.addTable(id)
  const rows = new Set([...Object.keys(published), ...Object.keys(team.expected)])
  return [...rows].flatMap((row) => {
    const found = show(published[row])
    const wanted = show(team.expected[row])
    return found === wanted ? [] : [`${row}: ${found}, expected ${wanted}`]
  })
}

/** How a history is lived through. */
interface Manner {
  readonly questions?: readonly Question[]
  readonly cases?: Cases
  /** What to look at after each run, where that is not every row. */
  readonly look?: (team: Team) => Promise<string[]>
  /** How many values of a dimension are kept apart. */
  readonly segments?: number
}

/** Lets a history happen, and says what was published wrong after any of its runs. */
export async function live(
  kpis: readonly Kpi[],
  { place, arrivals, limit }: History,
  { questions = [], cases = new Cases(), look, segments }: Manner = {},
): Promise<string[]> {
  const [zone, at] = place
  const around = Date.parse(at)
  let now = around - 2 * day
  const team = await Team.found(zone, kpis, now)
  const read = reader(zone, around)
  const run = async () => {
    await team.roll(now, limit, segments)
    return look === undefined ? faultsOf(team, cases) : look(team)
  }
  for (const { facts, days, rolls, rejected } of arrivals) {
    now += days * day
    if (rolls && days > 0) await team.roll(now, limit, segments)
    const told = facts.map((fact) => read(fact, now))
    await team.take(told, now, rejected)
    const faults = rolls ? await run() : []
    if (faults.length > 0) return faults
  }
  now += 2 * day
  const faults = await run()
  for (const one of questions) faults.push(...(await misread(team, one, { around, now, cases })))
  return faults
}

/** What is published, without rows that have nothing and without what is counted of rows themselves. */
async function contents(team: Team): Promise<Table> {
  const rows = Object.entries(await team.published())
  return Object.fromEntries(
    rows.flatMap(([row, { counters }]): [string, Counters][] =>
      text(counters) === '{}' || row.startsWith('revision_rate ') ? [] : [[row, counters]],
    ),
  )
}

/** Rows that differ from those counted by hand, of which each dimension keeps so many values. */
export async function misfolded(team: Team, segments: number): Promise<string[]> {
  const found = await contents(team)
  const wanted = fold(team.kpis, team.counted, segments)
  return [...new Set([...Object.keys(found), ...Object.keys(wanted)])].flatMap((row) => {
    const [one, other] = [text(found[row] ?? {}), text(wanted[row] ?? {})]
    return one === other ? [] : [`${row}: ${one}, expected ${other}`]
  })
}

/** Days of which as many values are said to be published as are not. */
function miscounted(kpis: readonly Kpi[], publication: Publication): string[] {
  const told = new Set(kpis.filter((kpi) => !waits(kpi)).map(({ id }) => id))
  const days = Object.entries(publication).filter(([row]) => row.startsWith('revision_rate '))
  return days.flatMap(([row, { counters }]) => {
    const all = Object.keys(publication).filter(
      (other) => other.endsWith(`  ${row.slice(-10)}`) && told.has(other.split(' ')[0] ?? ''),
    )
    const wanted = text({ published: all.length - 1 })
    return text(counters) === wanted ? [] : [`${row}: ${text(counters)}, expected ${wanted}`]
  })
}

/** What is wrong where half of the KPIs come only when everything has been closed. */
export async function comeLater(
  kpis: readonly Kpi[],
  { place, arrivals, limit }: History,
): Promise<string[]> {
  const [zone, at] = place
  const around = Date.parse(at)
  const late = kpis.filter((_, index) => index % 2 === 0)
  const now = around + 30 * day
  await forget(late)
  const team = await Team.found(
    zone,
    kpis.filter((kpi) => !late.includes(kpi)),
    around - 2 * day,
  )
  const read = reader(zone, around)
  for (const { facts, rejected } of arrivals) {
    await team.take(
      facts.map((fact) => read(fact, around)),
      around,
      rejected,
    )
  }
  await team.roll(now, limit)
  const before = await team.published()
  team.kpis = kpis
  await team.roll(now + day, limit)
  await bear(late)
  const after = await team.published()
  const revised = Object.entries(after).flatMap(([row, { revision }]) =>
    // How many values there are is another number once there are more KPIs.
    revision === (before[row]?.revision ?? 1) || row.startsWith('revision_rate ')
      ? []
      : [`${row}: revision ${revision}`],
  )
  return [...revised, ...miscounted(kpis, after), ...(await misfolded(team, 1_000))]
}

/** Families of types that are about what is held, or of all types. */
export const holding = ['subscriptions', 'renewals', 'tickets', 'work', 'quotas', 'everything']

const questions = fc.array(question, { minLength: 8, maxLength: 8 })

/** Holds every row and value of every KPI, for random histories of these types, to a count by hand. */
export async function agrees(kpis: readonly Kpi[], types: readonly FactType[]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(historyOf(types), questions, async (found, asked) => {
      expect(await live(kpis, found, { questions: asked })).toEqual([])
    }),
    { numRuns: types.length > 10 ? 3 : 5 },
  )
}
