import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { Problem, invalid } from '../../src/problem.ts'
import { revokeInvitations } from '../../src/store/invitations.ts'
import { nameField } from '../../src/text-field.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { json } from '../reply.ts'
import { findSurvey } from './found.ts'
import { showInvitations } from './invitation-list.ts'
import { inviteAll } from './inviting.ts'

async function list(
  c: Context<Guarded>,
  survey: string,
  format: 'json' | 'csv',
): Promise<Response> {
  const { id } = await findSurvey(c.env.DB, c.get('workspace').id, survey)
  return showInvitations(c.req.raw, c.env, { workspace: c.get('workspace').id, survey: id }, format)
}

const wantsCsv = (accept = '') => accept.startsWith('text/csv')

/**
 * `/v1/surveys/{id}/invitations`: who is asked, by a link of their own. A link is the right to answer, so
 * that whoever may only read may not list them.
 */
export const invitationRoutes = new Hono<Guarded>()
  .post('/:id/invitations', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const survey = await findSurvey(c.env.DB, c.get('workspace').id, c.req.param('id'))
    const items = await inviteAll(c.req.raw, c.env, c.get('workspace'), survey)
    return json({ items }, 201)
  })
  .get('/:id/invitations', guard('write'), (c) =>
    list(c, c.req.param('id'), wantsCsv(c.req.header('accept')) ? 'csv' : 'json'),
  )
  .get('/:id/invitations.csv', guard('write'), (c) => list(c, c.req.param('id'), 'csv'))
  .delete('/:id/invitations/:recipient', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const { id: survey } = await findSurvey(c.env.DB, c.get('workspace').id, c.req.param('id'))
    const recipient = v.safeParse(nameField, c.req.param('recipient'))
    if (!recipient.success) throw invalid('recipient', recipient.issues[0].message)
    const whose = { workspace: c.get('workspace').id, survey, recipient: recipient.output }
    if ((await revokeInvitations(c.env.DB, whose, Date.now())) === 0) {
      throw new Problem('not-found', `No invitation of "${recipient.output}" is outstanding here`)
    }
    return new Response(null, { status: 204 })
  })
