import type { Day } from '../day.ts'
import type { Fact } from '../fact.ts'
import type { Looks } from '../looks.ts'
import { answers, freshAnswers } from './answering.ts'
import {
  type Condition,
  fresh,
  incoming,
  insertFacts,
  markTally,
  stillAsked,
  takeBack,
  tallyFacts,
  touched,
} from './incoming.ts'
import { corrects, marksOf } from './marks.ts'
import { tight } from './tight.ts'

/** The facts of one request, and the condition on which they may be stored at all. */
export interface Intake {
  readonly workspace: string
  readonly facts: readonly Fact[]
  /** When they arrived, in milliseconds since 1970 UTC. */
  readonly received: number
  /** Which other facts count differently when one arrives. */
  readonly looks: Looks
  /** The survey version that was answered: it must still be asked when the answer is written. */
  readonly asked?: { readonly survey: string; readonly version: number }
  /** What to tally: the day of arrival, and by source how many facts were rejected before. */
  readonly tally?: { readonly day: Day; readonly rejected: Readonly<Record<string, number>> }
}

/** What became of an {@link Intake}; `open` is false where the survey is closed or has been replaced. */
export interface Stored {
  readonly stored: number
  readonly open: boolean
}

/** Bytes of JSON in one parameter; D1 takes 2,000,000. */
const parameterLimit = 1_800_000

/**
 * Stores facts: one transaction that inserts those whose (source, id) is new and marks the closed days
 * they change. Resolves after the commit. A repeat writes nothing.
 *
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function store(db: D1Database, intake: Intake): Promise<Stored> {
  const { facts, asked, tally } = intake
  const rejected = Object.keys(tally?.rejected ?? {}).length > 0
  if (facts.length === 0 && !rejected) return { stored: 0, open: true }
  const guard: Guard = { condition: 'asked', given: guardOf(intake) }
  const chunks = parameters(facts).map((json, index) => {
    const before = index === 0 ? tallied(db, json, intake) : tallied(db, json, intake, {})
    return statementsFor(db, json, intake, guard, before)
  })
  const closing = [...lastStatements(db, intake)]
  const results = await db.batch([...chunks.flatMap(({ statements }) => statements), ...closing])
  return {
    stored: storedBy(results, chunks),
    open: asked === undefined || results.at(-1)?.results.length === 1,
  }
}

/** Whether a fact of this identity is there. */
export async function isStored(
  db: D1Database,
  workspace: string,
  { source, id }: Pick<Fact, 'source' | 'id'>,
): Promise<boolean> {
  const found = await db
    .prepare(
      `SELECT 1 FROM identity
       WHERE workspace = ?1 AND source = ?2 AND id = ?3 AND type IS NOT NULL`,
    )
    .bind(workspace, source, id)
    .first()
  return found !== null
}

/** On what condition facts are stored, with what it is bound to: `?3` and `?4`. */
export interface Guard {
  readonly condition: Condition
  readonly given: readonly [string | null, string | number | null]
}

/** The statements that take in one parameter's facts, and which of them inserts them. */
export interface Chunk {
  readonly statements: readonly D1PreparedStatement[]
  readonly insert: number
}

/**
 * The statements of one transaction that store these facts and mark what they change.
 *
 * @param before what must see the facts before they are there, besides the marks.
 */
export function statementsFor(
  db: D1Database,
  json: string,
  { workspace, facts, received, looks }: Omit<Intake, 'asked' | 'tally'>,
  { condition, given }: Guard,
  before: readonly D1PreparedStatement[] = [],
): Chunk {
  const bound = [workspace, json, ...given] as const
  const correcting = facts.some(corrects)
  const found = answersOf(facts)
  const read = incoming(condition, found !== undefined)
  const known = `WITH ${read}, ${found ?? fresh}, ${touched(correcting)}`
  const marks = marksOf(facts, looks).map(({ sql, looks: asked }) => {
    const statement = db.prepare(tight(known + sql))
    return statement.bind(...bound, ...(asked === null ? [] : [JSON.stringify(asked)]))
  })
  const first = [...marks, ...before]
  return {
    statements: [
      ...first,
      db.prepare(tight(insertFacts(condition, found))).bind(...bound, received),
      ...(correcting ? [db.prepare(tight(takeBack)).bind(workspace, json)] : []),
    ],
    insert: first.length,
  }
}

/** How the facts that may be stored are found, where some of them may belong to an invitation. */
function answersOf(facts: readonly Fact[]): string | undefined {
  return facts.some(answers) ? freshAnswers : undefined
}

/** The survey and version that must still be asked, or nothing to be checked. */
function guardOf({ asked }: Intake): [string | null, number | null] {
  return asked === undefined ? [null, null] : [asked.survey, asked.version]
}

/** How many rows the inserts have inserted; what triggers add is not among them. */
function storedBy(results: readonly D1Result[], chunks: readonly Chunk[]): number {
  let start = 0
  let stored = 0
  for (const { statements, insert } of chunks) {
    stored += results[start + insert]?.results.length ?? 0
    start += statements.length
  }
  return stored
}

function tallied(
  db: D1Database,
  json: string,
  intake: Intake,
  rejected = intake.tally?.rejected,
): D1PreparedStatement[] {
  const { workspace, tally } = intake
  if (tally === undefined) return []
  const bound = [workspace, json, ...guardOf(intake), tally.day, JSON.stringify(rejected)]
  return [db.prepare(tallyFacts('asked', answersOf(intake.facts))).bind(...bound)]
}

/** What comes after the facts: the survey's question must be the last. */
function lastStatements(db: D1Database, intake: Intake): D1PreparedStatement[] {
  const { workspace, asked, tally } = intake
  return [
    ...(tally === undefined ? [] : [db.prepare(markTally).bind(workspace, tally.day)]),
    ...(asked === undefined ? [] : [db.prepare(stillAsked('?1', '?2')).bind(...guardOf(intake))]),
  ]
}

/** The facts as JSON arrays that each fit one bound parameter. */
export function parameters(facts: readonly Fact[]): string[] {
  const encoder = new TextEncoder()
  const found: string[][] = []
  let room = 0
  for (const fact of facts) {
    const row = JSON.stringify(fact)
    const length = encoder.encode(row).byteLength + 1
    if (length > room) {
      found.push([])
      room = parameterLimit
    }
    found.at(-1)?.push(row)
    room -= length
  }
  return found.length === 0 ? ['[]'] : found.map((rows) => `[${rows.join(',')}]`)
}
