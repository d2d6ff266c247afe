import type { Fact } from '../fact.ts'
import { type Gaps, type Invitation, type LastInvited, gapStart } from '../invitation.ts'
import type { Looks } from '../looks.ts'
import { parameters, statementsFor } from './facts.ts'
import { tight } from './tight.ts'

/** Somebody to be invited, and what the invitation is to be called. */
export interface Invitee {
  readonly id: string
  readonly recipient: string
  /** SHA-256 of the address, hexadecimal. */
  readonly mail: string | null
  readonly properties: Readonly<Record<string, string>>
}

/** Whom to invite to a survey, and the fact that tells of each, called as the invitation. */
export interface Inviting {
  readonly workspace: string
  readonly survey: string
  readonly invitees: readonly Invitee[]
  readonly facts: readonly Fact[]
  /** In milliseconds since 1970 UTC, as all times here. */
  readonly now: number
  readonly expires: number
  readonly gaps: Gaps
  /** Whether whoever has an invitation already is reminded of it, and gets no other one. */
  readonly reminder: boolean
  readonly looks: Looks
}

/** How somebody stood before the request. */
export interface Before {
  readonly last: LastInvited
  /** The last invitation to this survey that can still be answered. */
  readonly outstanding: Invitation | null
}

/** How the survey stood in the same transaction. */
export interface Standing {
  readonly closed: number | null
  readonly answers: number
}

/** What came of an {@link Inviting}. */
export interface Invited extends Standing {
  /** Ids of the invitations that were made. */
  readonly made: ReadonlySet<string>
  /** By recipient. */
  readonly before: ReadonlyMap<string, Before>
}

/** An invitation that can still be answered at `now`, of those in scope. */
export const outstanding = (alias: string, now: string) => `
    ${alias}.revoked IS NULL AND ${alias}.expires > ${now} AND NOT EXISTS (
      SELECT 1 FROM fact INDEXED BY fact_invitation
      WHERE fact.workspace = ?1 AND fact.invitation = ${alias}.id
    )`

const toRecipient = `
      FROM invitation invited INDEXED BY invitation_recipient
      WHERE invited.workspace = ?1 AND invited.recipient = value ->> 'recipient'`

const readBefore = `
  SELECT value ->> 'recipient' AS recipient,
    (SELECT max(invited.created) ${toRecipient} AND invited.survey = ?2) AS survey,
    (SELECT max(invited.created) ${toRecipient}) AS workspace,
    (
      SELECT json_array(invited.id, invited.expires) ${toRecipient}
        AND invited.survey = ?2 AND ${outstanding('invited', '?4')}
      ORDER BY invited.created DESC, invited.id DESC LIMIT 1
    ) AS outstanding
  FROM json_each(?3)`

const takesAnswers = `
  SELECT 1 FROM survey
  WHERE id = ?2 AND workspace = ?1 AND closed IS NULL AND (closes IS NULL OR closes > ?4)
    AND (quota IS NULL OR answers < quota)`

/** Checking and making are one statement: of two requests at once only one can invite. */
const makeInvitations = `
  INSERT INTO invitation (id, workspace, survey, recipient, mail, properties, created, expires)
  SELECT value ->> 'id', ?1, ?2, value ->> 'recipient', value ->> 'mail', value -> 'properties',
    ?4, ?5
  FROM json_each(?3)
  WHERE EXISTS (${takesAnswers})
    AND NOT EXISTS (SELECT 1 ${toRecipient} AND invited.survey = ?2 AND invited.created > ?6)
    AND NOT EXISTS (SELECT 1 ${toRecipient} AND invited.created > ?7)
    AND (?8 = 0 OR NOT EXISTS (
      SELECT 1 ${toRecipient} AND invited.survey = ?2 AND ${outstanding('invited', '?4')}
    ))
  RETURNING id`

const readStanding = 'SELECT closed, answers FROM survey WHERE id = ?2 AND workspace = ?1'

interface BeforeRow extends LastInvited {
  readonly recipient: string
  readonly outstanding: string | null
}

/** A row written by us alone. */
function beforeOf({ recipient, outstanding: json, ...last }: BeforeRow): [string, Before] {
  if (json === null) return [recipient, { last, outstanding: null }]
  const [id, expires] = JSON.parse(json) as [string, number]
  return [recipient, { last, outstanding: { id, expires } }]
}

/** What a statement of a batch found; its columns are those it names. */
const rowsOf = <Row>(result: D1Result | undefined) => (result?.results ?? []) as Row[]

/**
 * Invites those who may be invited now, and tells of each that the survey was sent: one transaction.
 *
 * @throws whatever D1 throws; then nobody was invited.
 */
export async function invite(db: D1Database, inviting: Inviting): Promise<Invited> {
  const { workspace, survey, invitees, facts, now, expires, gaps, reminder, looks } = inviting
  const json = JSON.stringify(invitees)
  const since = (days: number) => (days === 0 ? null : gapStart(days, now))
  const limits = [since(gaps.survey), since(gaps.workspace), Number(reminder)]
  const told = { workspace, facts, received: now, looks }
  const guard = { condition: 'invited', given: [survey, now] } as const
  const [standing, before, made] = await db.batch([
    db.prepare(readStanding).bind(workspace, survey),
    db.prepare(tight(readBefore)).bind(workspace, survey, json, now),
    db.prepare(tight(makeInvitations)).bind(workspace, survey, json, now, expires, ...limits),
    ...parameters(facts).flatMap((chunk) => statementsFor(db, chunk, told, guard).statements),
  ])
  const [found] = rowsOf<Standing>(standing)
  return {
    made: new Set(rowsOf<{ id: string }>(made).map(({ id }) => id)),
    before: new Map(rowsOf<BeforeRow>(before).map(beforeOf)),
    closed: found?.closed ?? null,
    answers: found?.answers ?? 0,
  }
}
