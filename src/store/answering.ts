import type { Fact } from '../fact.ts'
import { named } from './incoming.ts'

/** Whether a fact may belong to an invitation; what cannot does not pay for being looked up. */
export const answers = ({ type, entity, invitation }: Fact): boolean =>
  type === 'survey.response' && (entity !== null || invitation !== undefined)

/** Whether what it corrects, or something that corrects the same, is there and of the same respondent. */
const ofTheSame = 'fact.entity IS unnamed.entity AND fact.subject = unnamed.subject'

const known = `
      EXISTS (
        SELECT 1 FROM ${named('base', 'unnamed.source', 'unnamed.replaces')}
          AND fact.type = 'survey.response' AND fact.replaces IS NULL AND ${ofTheSame}
      ) OR EXISTS (
        SELECT 1 FROM fact INDEXED BY fact_replaces
        WHERE fact.workspace = ?1 AND fact.source = unnamed.source
          AND fact.replaces = unnamed.replaces AND fact.type = 'survey.response' AND ${ofTheSame}
      )`

/** The last one before the answer: whoever is invited again may answer again. */
const lastInvitation = `
        SELECT invited.id FROM invitation invited INDEXED BY invitation_recipient
        WHERE invited.workspace = ?1 AND invited.recipient = unnamed.entity
          AND invited.survey = unnamed.subject AND invited.created <= unnamed.time
          AND invited.revoked IS NULL
        ORDER BY invited.created DESC, invited.id DESC LIMIT 1`

/**
 * Those that are not there yet, of which each invitation takes one. An answer and what corrects it are one
 * answer, of which one counts, so an invitation takes all of them or none; the first of them is stored with
 * it (`takes`), and the database holds that to be unique. A correction of what is there adds no answer, and
 * belongs to whatever invitation that belongs to.
 */
export const freshAnswers = `
  unnamed AS MATERIALIZED (
    SELECT *, min(place) AS first, coalesce(replaces, id) AS base FROM incoming
    WHERE NOT EXISTS (SELECT 1 FROM ${named('known', 'incoming.source', 'incoming.id')})
    GROUP BY source, id
  ),
  belonging AS MATERIALIZED (
    SELECT *, CASE WHEN type = 'survey.response' AND (replaces IS NULL OR NOT (${known}))
      THEN coalesce(invitation, (${lastInvitation})) END AS own
    FROM unnamed
  ),
  together AS MATERIALIZED (
    SELECT *, CASE WHEN own IS NOT NULL THEN first_value(own) OVER (
      PARTITION BY source, base, type, subject, entity ORDER BY time, place
    ) END AS asked
    FROM belonging
  ),
  taking AS MATERIALIZED (
    SELECT together.*, holder.id AS held, row_number() OVER turn AS turn,
      coalesce(holder.source, first_value(together.source) OVER turn) AS whose,
      coalesce(holder.replaces, holder.id, first_value(together.base) OVER turn) AS which
    FROM together LEFT JOIN fact holder INDEXED BY fact_invitation
      ON holder.workspace = ?1 AND holder.invitation = together.asked
    WINDOW turn AS (PARTITION BY together.asked ORDER BY together.place)
  ),
  fresh AS (
    SELECT *, CASE WHEN held IS NULL AND turn = 1 THEN asked END AS takes FROM taking
    WHERE asked IS NULL OR whose = source AND which = base
  )`
