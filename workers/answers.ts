import type { Fact } from '../src/fact.ts'
import { type Standing, standingOf } from '../src/standing.ts'
import { type Stored, store } from '../src/store/facts.ts'
import { settleProvisional } from '../src/store/provisional.ts'
import { readAnswerBody } from './answer-body.ts'
import { type Answering, accepted, readFact, refuse, submissionOf } from './answering.ts'
import { findSurvey, languageFor } from './asked.ts'
import { validation } from './body.ts'
import { keptAnswer } from './cookie.ts'
import { keepDoubtful } from './doubtful.ts'
import { doubtsOf, isSecond } from './doubts.ts'
import { looks } from './intake.ts'
import { sayAgain, tellKnown } from './known.ts'
import { limitAnswers } from './limits.ts'
import type { Reason } from './notices.ts'
import { withoutErased } from './privacy.ts'
import { refuseAnswer } from './refused.ts'
import { keysOf } from './tokens.ts'
import { type Visit, isErased, lapseOf } from './visit.ts'

/** Takes an answer, as form or JSON. It is stored when this resolves with 303 or 201, not before. */
export async function takeAnswer(
  request: Request,
  env: Env,
  visit: Visit | null,
): Promise<Response> {
  if (visit === null) return refuse(request, 'unknown')
  if (isErased(visit)) return refuse(request, 'uninvited', visit)
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

const standingFor = ({ visit: { survey, invitation }, now }: Answering): Standing =>
  standingOf(survey, { invited: invitation !== null, now })

async function storeAnswer(answering: Answering): Promise<Response> {
  const { request, env, visit, body, now } = answering
  const { survey, invitation, preview = false } = visit
  // Without a key there would be no receipt: that is to be known before anything is stored.
  keysOf(env)
  if (standingFor(answering) === 'uninvited' && !preview) {
    return refuse(request, 'uninvited', visit)
  }
  const submission = submissionOf(request, body.fields['submission'])
  const id = invitation?.id ?? (await keptAnswer(request, env, survey))?.id ?? submission
  const outcome = readFact(answering, id)
  if (!outcome.ok) return refuseAnswer(answering, submission, outcome.errors)
  if (preview) return accepted(answering, outcome.value, 200)
  await limitAnswers(request, survey.id, env, now)
  return storeFact(answering, outcome.value)
}

async function storeFact(answering: Answering, fact: Fact): Promise<Response> {
  const { visit, now } = answering
  const refusal = lapseOf(visit, now) ?? standingFor(answering)
  // A repeat is told that its answer counts, even when the survey has ended since.
  if (refusal !== 'open') {
    return (await tellKnown(answering, fact)) ?? readAgain(answering, refusal)
  }
  const same = await sayAgain(answering, fact)
  if (same !== null) return same
  const doubted = await doubtsOf(answering, fact)
  if (doubted.length > 0) return keepDoubtful(answering, fact, doubted)
  const { stored, open } = await keep(answering, fact)
  const told = stored > 0 ? await accepted(answering, fact, 201) : await tellKnown(answering, fact)
  if (told === null) return readAgain(answering, open ? 'closed' : 'full')
  await settle(answering, fact)
  return told
}

async function keep({ env, visit, now }: Answering, fact: Fact): Promise<Stored> {
  const { id, workspace, version, erased } = visit.survey
  const facts = await withoutErased(env, { id: workspace, erased }, [fact])
  const asked = { survey: id, version }
  return store(env.DB, { workspace, facts, received: now, looks, asked })
}

/** What was doubted of the same person before, be it a change of their answer, needs no decision any more. */
async function settle(answering: Answering, fact: Fact): Promise<void> {
  const { env, visit } = answering
  if (visit.invitation === null && !(await isSecond(answering, fact))) return
  const { id, workspace } = visit.survey
  await settleProvisional(env.DB, workspace, id, { id: fact.id, state: 'answered' })
}

/** The survey may have been closed, filled or replaced since it was remembered: it is read again. */
async function readAgain(answering: Answering, refusal: Reason): Promise<Response> {
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
