import { type AnswerRow, type Found, answerOf } from './answers.ts'
import { named } from './incoming.ts'
import { tight } from './tight.ts'

/** A respondent of a survey. */
export interface Respondent {
  readonly survey: string
  readonly respondent: string
}

const readSince = `
  SELECT asked.value ->> 'survey' AS survey, asked.value ->> 'respondent' AS respondent,
    min(invited.created) AS since
  FROM json_each(?2) asked CROSS JOIN invitation invited INDEXED BY invitation_recipient
  WHERE invited.workspace = ?1 AND invited.recipient = asked.value ->> 'respondent'
    AND invited.survey = asked.value ->> 'survey' AND invited.revoked IS NULL
  GROUP BY 1, 2`

/** Since when each of them has had an invitation that was not taken back; who has none is left out. */
export async function readInvitedSince(
  db: D1Database,
  workspace: string,
  respondents: readonly Respondent[],
): Promise<(Respondent & { readonly since: number })[]> {
  const { results } = await db
    .prepare(readSince)
    .bind(workspace, JSON.stringify(respondents))
    .all<Respondent & { since: number }>()
  return results
}

const said = `
    fact.source, fact.id AS counting, fact.time, fact.day, fact.value AS score, fact.entity,
    fact.dimensions, fact.data, fact.replaced, holder.base AS id, holder.received`

/** The answer that has the invitation, under whatever name it counts now. */
const readAnswered = `
  WITH holder AS MATERIALIZED (
    SELECT source, coalesce(replaces, id) AS base, received FROM fact INDEXED BY fact_invitation
    WHERE workspace = ?1 AND invitation = ?2
  )
  SELECT * FROM (
    SELECT ${said} FROM holder CROSS JOIN ${named('known', 'holder.source', 'holder.base')}
    UNION ALL
    SELECT ${said} FROM holder CROSS JOIN fact INDEXED BY fact_replaces
    WHERE fact.workspace = ?1 AND fact.source = holder.source AND fact.replaces = holder.base
  )
  ORDER BY replaced IS NOT NULL LIMIT 1`

/** The answer to an invitation as it counts now, whatever road it came by. */
export async function readInvited(
  db: D1Database,
  workspace: string,
  invitation: string,
): Promise<Found> {
  const found = await db.prepare(tight(readAnswered)).bind(workspace, invitation).first<AnswerRow>()
  return found === null ? null : answerOf(found)
}
