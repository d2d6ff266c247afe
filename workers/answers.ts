import type { Fact } from '../src/fact.ts'
import { formatInstant } from '../src/format.ts'
import { fill } from '../src/language.ts'
import { honeypot } from '../src/pages/survey.ts'
import { standingOf } from '../src/standing.ts'
import { type StoredAnswer, readAnswer } from '../src/store/answers.ts'
import { store } from '../src/store/facts.ts'
import { readInvited } from '../src/store/invited.ts'
import { settleProvisional } from '../src/store/provisional.ts'
import { doubts } from '../src/suspicion.ts'
import { readAnswerBody } from './answer-body.ts'
import { type Answering, accepted, readFact, refuse, submissionOf } from './answering.ts'
import { findSurvey, languageFor, viewOf } from './asked.ts'
import { validation } from './body.ts'
import { changeAnswer } from './change.ts'
import { keptReceipt } from './cookie.ts'
import { keepDoubtful } from './doubtful.ts'
import { looks } from './intake.ts'
import { limitAnswers } from './limits.ts'
import type { Reason } from './notices.ts'
import { withoutErased } from './privacy.ts'
import { refuseAnswer } from './refused.ts'
import { json } from './reply.ts'
import { type Stamp, stampOf } from './stamp.ts'
import { showThanks } from './thanks.ts'
import { type Visit, lapseOf, openReceipt } from './visit.ts'

/** A page that asks to confirm once more counts from this age on: a person reads it first. */
const reading = 1_000

/** Takes an answer, as form or JSON. It is stored when this resolves with 303 or 201, not before. */
export async function takeAnswer(
  request: Request,
  env: Env,
  visit: Visit | null,
): Promise<Response> {
  if (visit === null) return refuse(request, 'unknown')
  const strange = [...new URL(request.url).searchParams.keys()].find(
    (name) => name !== 'lang' && name !== 'preview',
  )
  if (strange !== undefined) {
    throw validation('query', [{ path: strange, message: 'Unknown parameter' }])
  }
  const body = await readAnswerBody(request)
  const language = languageFor(request, visit.survey)
  return storeAnswer({ request, env, visit, body, language, now: Date.now() })
}

async function storeAnswer(answering: Answering): Promise<Response> {
  const { request, env, visit, body, now } = answering
  const { survey, invitation, preview } = visit
  if (standingOf(survey, { invited: invitation !== null, now }) === 'uninvited' && !preview) {
    return refuse(request, 'uninvited', visit)
  }
  const submission = submissionOf(body.fields['submission'])
  const held = await keptReceipt(request, env, survey)
  const kept = held === null ? null : await openReceipt(env, held)
  const id = invitation?.id ?? kept?.id ?? submission
  const outcome = readFact(answering, id)
  if (!outcome.ok) return refuseAnswer(answering, submission, outcome.errors)
  const fact = outcome.value
  if (preview === true) return accepted(answering, fact, 200)
  await limitAnswers(request, survey.id, env, now)

  const invited = invitation !== null
  const refusal = lapseOf(visit, now) ?? standingOf(survey, { invited, now })
  // A repeat is told that its answer counts, even when the survey has ended since.
  if (refusal !== 'open') return (await told(answering, fact)) ?? again(answering, refusal)

  const doubted = await doubtsOf(answering)
  if (doubted.length > 0) return keepDoubtful(answering, fact, doubted)
  const home = { id: survey.workspace, erased: survey.erased }
  const { stored, open } = await store(env.DB, {
    workspace: survey.workspace,
    facts: await withoutErased(env, home, [fact]),
    received: now,
    looks,
    asked: { survey: survey.id, version: survey.version },
  })
  if (stored > 0) {
    if (invited) {
      const answered = { id: fact.id, state: 'answered' } as const
      await settleProvisional(env.DB, survey.workspace, survey.id, answered)
    }
    return accepted(answering, fact, 201)
  }
  return (await told(answering, fact)) ?? again(answering, open ? 'closed' : 'full')
}

/** What there is to say where an answer of this name is there already; `null` where there is none. */
async function told(answering: Answering, fact: Fact): Promise<Response | null> {
  const { request, env, visit } = answering
  const { survey, invitation } = visit
  const found =
    invitation === null
      ? await readAnswer(env.DB, survey.workspace, fact)
      : await readInvited(env.DB, survey.workspace, invitation.id)
  if (found === null) return null
  if (found === 'withdrawn') return refuse(request, 'withdrawn', visit)
  const stamped = await stampOf(env, survey.id, answering.body.fields['page'])
  const own =
    invitation !== null || survey.document.policy === 'browser' || stamped?.submission === fact.id
  // Whoever only knows a name is told that it is taken, and neither changes nor withdraws anything.
  return own ? changeAnswer(answering, found, fact) : showTaken(answering, found)
}

function showTaken(
  { body, visit: { survey }, language }: Answering,
  { id, score, time }: StoredAnswer,
): Promise<Response> | Response {
  if (!body.form) return json({ response: id })
  const { title, text } = language.locked
  const day = formatInstant(time, survey.zone, language)
  return showThanks(survey, language, score, { notice: { title, text: fill(text, { day }) } })
}

/** The survey may have been closed, filled or replaced since it was remembered: it is read again. */
async function again(answering: Answering, refusal: Reason): Promise<Response> {
  const { request, env, visit } = answering
  const survey = await findSurvey(env.DB, visit.survey.id)
  if (survey === null) return refuse(request, 'unknown')
  const standing = standingOf(survey, { invited: visit.invitation !== null, now: answering.now })
  if (standing === 'open' && survey.version !== visit.survey.version) {
    return storeAnswer({ ...answering, visit: { ...visit, survey } })
  }
  const reason = lapseOf(visit, answering.now) ?? (standing === 'open' ? refusal : standing)
  return refuse(request, reason, { ...visit, survey })
}

/** Why an answer is doubted; one that was confirmed once more, by whoever read that page, is not. */
async function doubtsOf({ env, visit, body, now, language }: Answering) {
  const { survey, invitation } = visit
  const stamp: Stamp | null = await stampOf(env, survey.id, body.fields['page'])
  const hidden = isFilled(body.fields[honeypot])
  if (stamp?.again === true && now - stamp.made >= reading && !hidden) return []
  return doubts({
    now,
    sent: invitation?.created ?? null,
    touched: invitation?.touched ?? 0,
    touching: invitation?.touching ?? null,
    hidden,
    // A program has no gestures to show; what it sends is a team's own doing.
    mode: body.form ? (survey.document.mode ?? 'confirm') : 'confirm',
    gesture: isFilled(body.fields['signal']) ? 'shown' : '',
    question: viewOf(survey, language).question,
  })
}

const isFilled = (field: unknown): boolean => field !== undefined && field !== ''
