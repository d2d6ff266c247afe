import type { Fact } from '../fact.ts'
import { type Doubt, trapBit } from '../suspicion.ts'
import { bare } from './bare.ts'

/** What has become of an answer that is doubted; `answered` where the person has confirmed it since. */
export const provisionalStates = ['provisional', 'promoted', 'discarded', 'answered'] as const

export type ProvisionalState = (typeof provisionalStates)[number]

/** An answer that is doubted. */
export interface ProvisionalAnswer {
  readonly id: string
  readonly fact: Fact
  readonly reasons: readonly Doubt[]
  readonly received: number
  readonly state: ProvisionalState
}

interface Row extends Omit<ProvisionalAnswer, 'fact' | 'reasons'> {
  readonly fact: string
  readonly reasons: string
}

/** Rows are written by us alone, from checked facts. */
const rowOf = ({ fact, reasons, ...rest }: Row): ProvisionalAnswer => ({
  ...rest,
  fact: JSON.parse(fact) as Fact,
  reasons: JSON.parse(reasons) as Doubt[],
})

/**
 * Keeps a doubted answer. Said again by whoever has said it, it takes the place of what was said before,
 * until it is decided.
 */
export async function keepProvisional(
  db: D1Database,
  workspace: string,
  kept: {
    readonly fact: Fact
    readonly reasons: readonly Doubt[]
    readonly received: number
    /** Whether it is that of whoever sends it, and not only called the same. */
    readonly own: boolean
  },
): Promise<void> {
  const { fact, reasons, received, own } = kept
  await db
    .prepare(
      `INSERT INTO provisional (workspace, survey, id, fact, reasons, received, state)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'provisional')
       ON CONFLICT DO UPDATE SET fact = excluded.fact, reasons = excluded.reasons
       WHERE provisional.state = 'provisional' AND ?7`,
    )
    .bind(
      workspace,
      fact.subject,
      fact.id,
      JSON.stringify(fact),
      JSON.stringify(reasons),
      received,
      Number(own),
    )
    .run()
}

/** Doubted answers of a survey by name, from after `cursor`. */
export async function listProvisional(
  db: D1Database,
  workspace: string,
  asked: {
    readonly survey: string
    readonly state: ProvisionalState
    readonly cursor: string
    readonly limit: number
  },
): Promise<ProvisionalAnswer[]> {
  const { results } = await db
    .prepare(
      `SELECT id, fact, reasons, received, state FROM provisional
       WHERE workspace = ?1 AND survey = ?2 AND state = ?3 AND id > ?4 ORDER BY id LIMIT ?5`,
    )
    .bind(workspace, asked.survey, asked.state, asked.cursor, asked.limit)
    .all<Row>()
  return results.map(rowOf)
}

/** A doubted answer by its name. */
export async function readProvisional(
  db: D1Database,
  workspace: string,
  survey: string,
  id: string,
): Promise<ProvisionalAnswer | null> {
  const found = await db
    .prepare(
      `SELECT id, fact, reasons, received, state FROM provisional
       WHERE workspace = ?1 AND survey = ?2 AND id = ?3`,
    )
    .bind(workspace, survey, id)
    .first<Row>()
  return found === null ? null : rowOf(found)
}

/**
 * Notes what has become of it; what has been decided stays decided. What was said is no longer needed then,
 * and goes: only the score and the reasons stay.
 *
 * @returns whether it was still undecided.
 */
export async function settleProvisional(
  db: D1Database,
  workspace: string,
  survey: string,
  settled: { readonly id: string; readonly state: ProvisionalState },
): Promise<boolean> {
  const { results } = await db
    .prepare(
      `UPDATE provisional SET state = ?4, fact = json_set(
         fact, '$.entity', NULL, '$.data', json('{}'),
         '$.dimensions', json(${bare("fact -> '$.dimensions'")})
       )
       WHERE workspace = ?1 AND survey = ?2 AND id = ?3 AND state = 'provisional' RETURNING 1`,
    )
    .bind(workspace, survey, settled.id, settled.state)
    .all()
  return results.length > 0
}

/** How far the answers of a survey's pages can be trusted. */
export interface Integrity {
  /** By state, how many were doubted. */
  readonly doubted: Readonly<Record<ProvisionalState, number>>
  /** By reason, how many; one may have several. */
  readonly reasons: Readonly<Record<string, number>>
  /** Answers of the survey's pages that count. */
  readonly answers: number
  /** Invitations, those of them with a link of a score that was opened, and of these the answered ones. */
  readonly invited: number
  readonly opened: number
  readonly confirmed: number
}

/** Counts them: a walk over the survey's doubted answers and invitations. */
export async function readIntegrity(
  db: D1Database,
  workspace: string,
  survey: string,
): Promise<Integrity> {
  const results = await db.batch<Counted>(
    [countStates, countReasons, countAnswers, countInvitations].map((sql) =>
      db.prepare(sql).bind(workspace, survey),
    ),
  )
  const [states, reasons, answers, invitations] = results.map((result) => numbersOf(result.results))
  return {
    doubted: { ...none, ...states },
    reasons: reasons ?? {},
    answers: answers?.['answers'] ?? 0,
    invited: invitations?.['invited'] ?? 0,
    opened: invitations?.['opened'] ?? 0,
    confirmed: invitations?.['confirmed'] ?? 0,
  }
}

interface Counted {
  readonly name: string
  readonly n: number
}

const numbersOf = (rows: readonly Counted[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, n }) => [name, n]))

const none = { provisional: 0, promoted: 0, discarded: 0, answered: 0 }

const countStates = `
  SELECT state AS name, count(*) AS n FROM provisional
  WHERE workspace = ?1 AND survey = ?2 GROUP BY state`

const countReasons = `
  SELECT reason.value AS name, count(*) AS n
  FROM provisional CROSS JOIN json_each(provisional.reasons) reason
  WHERE workspace = ?1 AND survey = ?2 GROUP BY reason.value`

const countAnswers = `
  SELECT 'answers' AS name, count(*) AS n FROM fact
  WHERE workspace = ?1 AND type = 'survey.response' AND subject = ?2
    AND source = '/s/' || ?2 AND replaced IS NULL`

const countInvitations = `
  WITH sent AS MATERIALIZED (
    SELECT touched & ~(1 << ${trapBit}) <> 0 AS opened, EXISTS (
      SELECT 1 FROM fact INDEXED BY fact_invitation
      WHERE fact.workspace = ?1 AND fact.invitation = invitation.id
    ) AS answered
    FROM invitation WHERE workspace = ?1 AND survey = ?2
  )
  SELECT 'invited' AS name, count(*) AS n FROM sent
  UNION ALL SELECT 'opened', count(*) FROM sent WHERE opened
  UNION ALL SELECT 'confirmed', count(*) FROM sent WHERE opened AND answered`
