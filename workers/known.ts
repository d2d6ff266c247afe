import type { Fact } from '../src/fact.ts'
import { type StoredAnswer, readAnswer } from '../src/store/answers.ts'
import { readInvited } from '../src/store/invited.ts'
import { type Answering, refuse } from './answering.ts'
import { changeAnswer } from './change.ts'
import { lockedNotice } from './notices.ts'
import { isOwn } from './owner.ts'
import { json } from './reply.ts'
import { showThanks } from './thanks.ts'

/** What there is to say where an answer of this name is there already; `null` where there is none. */
export async function tellKnown(answering: Answering, fact: Fact): Promise<Response | null> {
  const { request, env, visit } = answering
  const { survey, invitation } = visit
  const found =
    invitation === null
      ? await readAnswer(env.DB, survey.workspace, fact)
      : await readInvited(env.DB, survey.workspace, invitation.id)
  if (found === null) return null
  if (found === 'withdrawn') return refuse(request, 'withdrawn', visit)
  // Whoever only knows a name is told that it is taken, and neither changes nor withdraws anything.
  return (await isOwn(answering, fact.id))
    ? changeAnswer(answering, found, fact)
    : showTaken(answering, found)
}

/** Whoever is invited and gives the score that is there says nothing that could be doubted. */
export async function sayAgain(answering: Answering, fact: Fact): Promise<Response | null> {
  const { env, visit } = answering
  if (visit.invitation === null) return null
  const found = await readInvited(env.DB, visit.survey.workspace, visit.invitation.id)
  if (found === null || found === 'withdrawn' || found.score !== fact.value) return null
  return changeAnswer(answering, found, fact)
}

function showTaken(
  { body, visit: { survey }, language }: Answering,
  answer: StoredAnswer,
): Promise<Response> | Response {
  if (!body.form) return json({ response: answer.id })
  const notice = lockedNotice(answer, survey, language)
  return showThanks(survey, language, answer.score, { notice })
}
