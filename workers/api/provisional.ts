import { Hono } from 'hono'
import * as v from 'valibot'
import { share } from '../../src/interval.ts'
import { Problem } from '../../src/problem.ts'
import { store } from '../../src/store/facts.ts'
import {
  type ProvisionalAnswer,
  type ProvisionalState,
  listProvisional,
  provisionalStates,
  readIntegrity,
  readProvisional,
  settleProvisional,
} from '../../src/store/provisional.ts'
import { type Guarded, guard } from '../guard.ts'
import { looks } from '../intake.ts'
import { withoutErased } from '../privacy.ts'
import { readQuery } from '../query.ts'
import { json, taggedJson } from '../reply.ts'
import { findSurvey } from './found.ts'
import { listPage, listQuery } from './list.ts'

/** The parameters of the list of doubted answers. */
export const provisionalQuery = {
  ...listQuery,
  state: v.optional(
    v.picklist(provisionalStates, `Expected one of ${provisionalStates.join(', ')}`),
    'provisional',
  ),
}

function show({ id, fact, reasons, received, state }: ProvisionalAnswer) {
  return {
    id,
    state,
    reasons,
    received: new Date(received).toISOString(),
    score: fact.value,
    comment: fact.data['comment'] ?? null,
    respondent: fact.entity,
  }
}

/** @throws Problem 404 where there is none of this name, 409 where somebody has decided already. */
async function findOpen(
  db: D1Database,
  workspace: string,
  survey: string,
  id: string,
): Promise<ProvisionalAnswer> {
  const found = await readProvisional(db, workspace, survey, id)
  if (found === null) throw new Problem('not-found', `No doubted answer "${id}"`)
  if (found.state === 'provisional') return found
  throw new Problem('conflict', `The answer has been ${found.state} already`)
}

/** @throws Problem 409 where somebody else has been faster. */
async function decide(
  db: D1Database,
  workspace: string,
  survey: string,
  settled: { readonly id: string; readonly state: ProvisionalState },
): Promise<void> {
  if (await settleProvisional(db, workspace, survey, settled)) return
  throw new Problem('conflict', 'Somebody has decided at the same time')
}

/** `/v1/surveys/{id}/provisional`: answers that are doubted, and what is made of them. */
export const provisionalRoutes = new Hono<Guarded>()
  .get('/:id/provisional', guard('read'), async (c) => {
    const { limit, cursor, state } = readQuery(c.req.raw, provisionalQuery)
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const asked = { survey: survey.id, state, cursor, limit: limit + 1 }
    const rows = await listProvisional(c.env.DB, workspace, asked)
    const page = listPage(c.req.raw, rows, limit, ({ id }) => id, show)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .post('/:id/provisional/:answer/promote', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const found = await findOpen(c.env.DB, workspace, survey.id, c.req.param('answer'))
    const received = Date.now()
    const facts = await withoutErased(c.env, c.get('workspace'), [found.fact])
    const { stored } = await store(c.env.DB, { workspace, facts, received, looks })
    const state = stored > 0 ? 'promoted' : 'answered'
    await decide(c.env.DB, workspace, survey.id, { id: found.id, state })
    if (state === 'answered') throw new Problem('conflict', 'There is an answer of theirs already')
    return json(show({ ...found, state }))
  })
  .post('/:id/provisional/:answer/discard', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const found = await findOpen(c.env.DB, workspace, survey.id, c.req.param('answer'))
    const state = 'discarded'
    await decide(c.env.DB, workspace, survey.id, { id: found.id, state })
    return json(show({ ...found, state }))
  })
  .get('/:id/integrity', guard('read'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const found = await readIntegrity(c.env.DB, workspace, survey.id)
    const { doubted, reasons, answers, invited, opened, confirmed } = found
    const flagged = Object.values(doubted).reduce((sum, n) => sum + n, 0)
    // Whoever has confirmed since, or was promoted, is among the answers already.
    const whole = answers + doubted.provisional + doubted.discarded
    return taggedJson(c.req.raw, {
      answers,
      doubted,
      reasons,
      flagged_share: share(Math.min(flagged, whole), whole),
      invited,
      opened,
      confirmed,
      confirm_rate: share(confirmed, opened),
    })
  })
