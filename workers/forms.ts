import { Hono } from 'hono'
import { parseScore } from '../src/score.ts'
import { touch } from '../src/store/invitations.ts'
import { trapBit } from '../src/suspicion.ts'
import { takeAnswer } from './answers.ts'
import { showForm } from './ask.ts'
import { findSurvey, languageFor, viewOf } from './asked.ts'
import { embedScript } from './embed-script.ts'
import { changeHeld, showHeld } from './held.ts'
import { showLogo } from './logo.ts'
import { previewOf } from './preview.ts'
import { type Visit, heldBy, heldByReceipt, visitByToken, visitSurvey } from './visit.ts'
import { askToWithdraw, withdrawHeld } from './withdrawal.ts'

/** `/s/{survey}`: the hosted page. GET records nothing; only a POST is an answer. */
export const formRoutes = new Hono<{ Bindings: Env }>()
  .get('/:survey', async (c) => {
    const { req, env } = c
    const visit = await visitPage(req.raw, env, req.param('survey'), { stored: true })
    return showForm(req.raw, env, visit)
  })
  .get('/:survey/logo', async (c) =>
    showLogo(c.req.raw, await findSurvey(c.env.DB, c.req.param('survey'))),
  )
  .get('/:survey/embed.js', (c) => embedScript(c.req.raw))
  .post('/:survey', async (c) => {
    const { req, env } = c
    const visit = await visitPage(req.raw, env, req.param('survey'), { stored: false })
    return takeAnswer(req.raw, env, visit)
  })

/** `/i/{token}`: the same for one invited recipient. */
export const invitedRoutes = new Hono<{ Bindings: Env }>()
  .get('/:token', async (c) => {
    const { req, env, executionCtx } = c
    const visit = await visitByToken(env, req.param('token'))
    noteTouch(req.raw, env, visit, (work) => executionCtx.waitUntil(work))
    return showForm(req.raw, env, visit)
  })
  .post('/:token', async (c) =>
    takeAnswer(c.req.raw, c.env, await visitByToken(c.env, c.req.param('token'))),
  )
  .get('/:token/withdraw', async (c) =>
    askToWithdraw(c.req.raw, await heldByToken(c.env, c.req.param('token'))),
  )
  .post('/:token/withdraw', async (c) =>
    withdrawHeld(c.req.raw, c.env, await heldByToken(c.env, c.req.param('token'))),
  )

/** `/a/{receipt}`: an answer that is there, for whoever holds its receipt. */
export const receiptRoutes = new Hono<{ Bindings: Env }>()
  .get('/:receipt', async ({ req, env }) =>
    showHeld(req.raw, env, await heldByReceipt(env, req.param('receipt'))),
  )
  .post('/:receipt', async ({ req, env }) =>
    changeHeld(req.raw, env, await heldByReceipt(env, req.param('receipt'))),
  )
  .get('/:receipt/withdraw', async ({ req, env }) =>
    askToWithdraw(req.raw, await heldByReceipt(env, req.param('receipt'))),
  )
  .post('/:receipt/withdraw', async ({ req, env }) =>
    withdrawHeld(req.raw, env, await heldByReceipt(env, req.param('receipt'))),
  )

/** A link to a preview that is none, or has ended, leads nowhere: what is sent there must not count. */
function visitPage(
  request: Request,
  env: Env,
  id: string,
  from: { readonly stored: boolean },
): Promise<Visit | null> {
  const previewed = new URL(request.url).searchParams.has('preview')
  return previewed ? previewOf(env, request, id) : visitSurvey(env, id, from)
}

async function heldByToken(env: Env, token: string) {
  const visit = await visitByToken(env, token)
  return visit === null ? null : heldBy(env, visit)
}

/** A browser that only looks ahead says so in one of these. */
const ahead = ['sec-purpose', 'purpose', 'x-moz', 'x-purpose']

/**
 * Which links of a mail were opened is evidence of who opens them, and no answer. It is noted after
 * the page has been sent.
 */
function noteTouch(
  request: Request,
  env: Env,
  visit: Visit | null,
  later: (work: Promise<unknown>) => void,
): void {
  const invitation = visit?.invitation ?? null
  if (visit === null || invitation === null || request.method !== 'GET') return
  if (ahead.some((name) => request.headers.has(name))) return
  const score = new URL(request.url).searchParams.get('score')
  const { question } = viewOf(visit.survey, languageFor(request, visit.survey))
  const bit = score === 'trap' ? trapBit : parseScore(score, question)
  if (bit !== null) later(touch(env.DB, invitation.id, bit, Date.now()))
}
