import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { InvitationState } from '../invitation.ts'
import { burst, trapBit, trapped } from '../suspicion.ts'
import { outstanding } from './inviting.ts'
import { tight } from './tight.ts'

/** An invitation as it is kept. */
export type StoredInvitation = typeof schema.invitation.$inferSelect

/** The invitation of this id, whosever it is: for whoever holds its link. */
export async function readInvitation(db: D1Database, id: string): Promise<StoredInvitation | null> {
  const [found] = await drizzle(db)
    .select()
    .from(schema.invitation)
    .where(eq(schema.invitation.id, id))
  return found ?? null
}

/**
 * Notes that a link of an invitation's mail was opened: `touched` has those of one go, and one that comes
 * later begins anew. What a scanner did is thereby not renewed by the person who comes after it; only the
 * hidden link is kept for as long as it is believed, with its time. A link that is opened again and again
 * costs a row once.
 */
export async function touch(db: D1Database, id: string, bit: number, now: number): Promise<void> {
  await db
    .prepare(
      `UPDATE invitation SET
         touched = (1 << ?2) | CASE
           WHEN ?3 - touching < ?4 THEN touched WHEN ?3 - touching < ?5 THEN touched & (1 << ?6)
           ELSE 0
         END,
         touching = CASE
           WHEN ?2 <> ?6 AND touched & (1 << ?6) <> 0 AND ?3 - touching >= ?4 AND ?3 - touching < ?5
           THEN touching ELSE ?3
         END
       WHERE id = ?1 AND (touched & (1 << ?2) = 0
         OR (?3 - touching >= ?4 AND touched & ~(1 << ?6) <> (1 << ?2)))`,
    )
    .bind(id, bit, now, burst, trapped, trapBit)
    .run()
}

/** An invitation as it is listed. */
export interface ListedInvitation {
  readonly id: string
  readonly recipient: string
  readonly created: number
  readonly expires: number
  /** Whether any link of its mail was opened, by somebody or something. */
  readonly touched: boolean
  /** When it was answered; `null` where it was not. */
  readonly answered: number | null
  readonly state: InvitationState
}

/** Where a page of invitations ended. */
export type InvitationCursor = Pick<ListedInvitation, 'created' | 'id'>

const list = `
  SELECT id, recipient, created, expires, touched, answered, state FROM (
    SELECT *, CASE
      WHEN answered IS NOT NULL THEN 'answered' WHEN revoked IS NOT NULL THEN 'revoked'
      WHEN expires <= ?5 THEN 'expired' ELSE 'outstanding'
    END AS state
    FROM (
      SELECT id, recipient, created, expires, revoked, touched <> 0 AS touched, (
        SELECT fact.time FROM fact INDEXED BY fact_invitation
        WHERE fact.workspace = ?1 AND fact.invitation = invitation.id
      ) AS answered
      FROM invitation INDEXED BY invitation_survey
      WHERE workspace = ?1 AND survey = ?2 AND (created, id) > (?3, ?4)
    )
  )
  WHERE ?6 IS NULL OR state = ?6
  ORDER BY created, id LIMIT ?7`

/** Invitations to a survey in the order they were made, from after `cursor`; `state` is as of `now`. */
export async function listInvitations(
  db: D1Database,
  { workspace, survey }: { readonly workspace: string; readonly survey: string },
  asked: {
    readonly state: InvitationState | null
    readonly now: number
    readonly cursor: InvitationCursor | null
    readonly limit: number
  },
): Promise<ListedInvitation[]> {
  const { state, now, cursor, limit } = asked
  const { results } = await db
    .prepare(tight(list))
    .bind(workspace, survey, cursor?.created ?? -1, cursor?.id ?? '', now, state, limit)
    .all<Omit<ListedInvitation, 'touched'> & { touched: number }>()
  return results.map((row) => ({ ...row, touched: row.touched === 1 }))
}

/** Takes back a recipient's outstanding invitations to a survey; resolves to how many they were. */
export async function revokeInvitations(
  db: D1Database,
  { workspace, survey, recipient }: Pick<StoredInvitation, 'workspace' | 'survey' | 'recipient'>,
  now: number,
): Promise<number> {
  const { results } = await db
    .prepare(
      `UPDATE invitation INDEXED BY invitation_recipient SET revoked = ?4
       WHERE workspace = ?1 AND recipient = ?3 AND survey = ?2
         AND ${outstanding('invitation', '?4')}
       RETURNING 1`,
    )
    .bind(workspace, survey, recipient, now)
    .all()
  return results.length
}
