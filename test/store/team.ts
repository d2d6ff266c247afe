import { env } from 'cloudflare:workers'
import { type Day, addDays, dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import type { Kpi } from '../../src/kpi.ts'
import { looksOf } from '../../src/looks.ts'
import { store } from '../../src/store/facts.ts'
import { rollup } from '../../src/store/rollup.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { type Arrival, type Table, oracle } from './oracle.ts'
import { firstsOf } from './oracle/story.ts'

/** What a snapshot says, and for the how-manieth time. */
interface Published {
  readonly revision: number
  readonly counters: Record<string, number>
}

/** KPIs whose days change by design when something comes later: that is no revision. */
const waiting = new Set([
  'nps_latest',
  'response_rate',
  'lead_qualified_rate',
  'lead_conversion',
  'close_rate',
  'stage_conversion',
  'renewal_rate',
  'time_to_resolution',
  'time_to_resolution_mean',
  'tickets_solved',
])

/** The latest of each row, by `kpi segment day`. */
export type Publication = Record<string, Published>

let made = 0

/** KPIs as old as time, so that no day was closed before them. */
export async function bear(kpis: readonly Kpi[]): Promise<void> {
  const insert = env.DB.prepare('INSERT OR REPLACE INTO kpi (id, version, born) VALUES (?, ?, 0)')
  await env.DB.batch(kpis.map(({ id, version }) => insert.bind(id, version)))
}

/** KPIs that have never been heard of. */
export async function forget(kpis: readonly Kpi[]): Promise<void> {
  const remove = env.DB.prepare('DELETE FROM kpi WHERE id = ? AND version = ?')
  await env.DB.batch(kpis.map(({ id, version }) => remove.bind(id, version)))
}

/** A workspace that is told things and rolled up, and beside it what it must say by then. */
export class Team {
  readonly zone: string
  kpis: readonly Kpi[]
  readonly facts: Fact[] = []
  readonly workspace = `team${++made}`
  readonly #dayOf: (time: number) => Day
  readonly #arrivals = new Map<string, Arrival>()
  readonly #born: Day
  /** Days that have been closed. */
  readonly #closed = new Set<Day>()
  #expected: Publication = {}
  #counted: Table = {}

  private constructor(zone: string, kpis: readonly Kpi[], now: number) {
    this.zone = zone
    this.kpis = kpis
    this.#dayOf = dayFinder(zone)
    this.#born = this.#dayOf(now)
  }

  static async found(zone: string, kpis: readonly Kpi[], now: number): Promise<Team> {
    const team = new Team(zone, kpis, now)
    const { workspace: id } = team
    await createWorkspace(env.DB, { id, name: id, zone, currency: 'EUR' }, now)
    return team
  }

  /** Stores facts, with so many more that were rejected. */
  async take(facts: readonly Fact[], now: number, rejected = 0): Promise<void> {
    const day = this.#dayOf(now)
    this.#tally(facts, day, rejected)
    this.facts.push(...facts)
    await store(env.DB, {
      workspace: this.workspace,
      facts,
      received: now,
      looks: looksOf(this.kpis),
      tally: { day, rejected: rejected === 0 ? {} : { a: rejected } },
    })
  }

  /** Rolls up until nothing is left to do. */
  async roll(now: number, limit?: number, segments?: number): Promise<void> {
    for (let runs = 1; ; runs++) {
      const { remaining } = await rollup(env.DB, {
        kpis: this.kpis,
        now,
        workspace: this.workspace,
        ...(limit !== undefined && { limit }),
        ...(segments !== undefined && { segments }),
      })
      if (remaining === 0) break
      if (runs > 1_000) throw new Error('Some days are never rolled up')
    }
    this.#publish(now)
  }

  /** What must be published. */
  get expected(): Publication {
    return this.#expected
  }

  /** What must be counted, without rows that have nothing. */
  get counted(): Table {
    return this.#counted
  }

  async published(): Promise<Publication> {
    const { results } = await env.DB.prepare(
      `SELECT kpi, segment, day, revision, counters FROM snapshot
       WHERE workspace = ? ORDER BY kpi, segment, day, revision`,
    )
      .bind(this.workspace)
      .all<{ kpi: string; segment: string; day: Day; revision: number; counters: string }>()
    return Object.fromEntries(
      results.map(({ kpi, segment, day, revision, counters }) => [
        `${kpi} ${segment} ${day}`,
        { revision, counters: JSON.parse(counters) as Record<string, number> },
      ]),
    )
  }

  #tally(facts: readonly Fact[], day: Day, rejected: number): void {
    const known = firstsOf(this.facts).length
    const stored = new Set(firstsOf([...this.facts, ...facts]).slice(known))
    for (const fact of facts) {
      this.#count(day, fact.source, {
        stored: Number(stored.has(fact)),
        late: Number(stored.has(fact) && this.#closed.has(fact.day)),
        duplicate: Number(!stored.has(fact)),
      })
    }
    if (rejected > 0) this.#count(day, 'a', { rejected })
  }

  #count(day: Day, source: string, more: Partial<Arrival>): void {
    const known = this.#arrivals.get(`${day} ${source}`)
    const { stored = 0, late = 0, duplicate = 0, rejected = 0 } = known ?? {}
    this.#arrivals.set(`${day} ${source}`, {
      day,
      source,
      stored: stored + (more.stored ?? 0),
      late: late + (more.late ?? 0),
      duplicate: duplicate + (more.duplicate ?? 0),
      rejected: rejected + (more.rejected ?? 0),
    })
  }

  #publish(now: number): void {
    const { facts, zone } = this
    const arrivals = [...this.#arrivals.values()]
    this.#counted = oracle(this.kpis, { facts, arrivals, now, zone })
    const rows = new Set([...Object.keys(this.#expected), ...Object.keys(this.#counted)])
    const own = [...rows].filter((row) => !row.startsWith('revision_rate '))
    const fresh = Object.fromEntries(
      own.map((row) => [row, this.#revised(row, this.#counted[row] ?? {})]),
    )
    const revisions = this.#revisions(fresh, now)
    this.#expected = { ...fresh, ...revisions }
    for (let day = this.#born; day < this.#dayOf(now); day = addDays(day, 1)) this.#closed.add(day)
    for (const { day } of firstsOf(facts)) if (day < this.#dayOf(now)) this.#closed.add(day)
  }

  /** What a row says next: another revision where it differs and its day had been closed. */
  #revised(row: string, counters: Record<string, number>): Published {
    const known = this.#expected[row]
    const same = equal(known?.counters ?? {}, counters)
    if (known !== undefined && same) return known
    const closed = this.#closed.has(row.slice(-10) as Day)
    return { revision: (known?.revision ?? 1) + Number(closed), counters }
  }

  /** How many values of each day that has ended there are, and how many are not the first. */
  #revisions(fresh: Publication, now: number): Publication {
    if (!this.kpis.some(({ id }) => id === 'revision_rate')) return {}
    const found = new Map<Day, { published: number; revised: number }>()
    for (const [row, { revision, counters }] of Object.entries(fresh)) {
      const day = row.slice(-10) as Day
      const [kpi = '', segment] = row.split(' ')
      if (waiting.has(kpi)) continue
      const isTotal = segment === ''
      const isNothing = revision === 1 && Object.keys(counters).length === 0
      if (!isTotal || isNothing || day >= this.#dayOf(now)) continue
      const { published, revised } = found.get(day) ?? { published: 0, revised: 0 }
      found.set(day, { published: published + 1, revised: revised + Number(revision > 1) })
    }
    return Object.fromEntries(
      [...found].map(([day, { published, revised }]) => {
        const row = `revision_rate  ${day}`
        return [row, this.#revised(row, revised === 0 ? { published } : { published, revised })]
      }),
    )
  }
}

function equal(one: Record<string, number>, other: Record<string, number>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => one[name] === other[name])
}
