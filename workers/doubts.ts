import type { Fact } from '../src/fact.ts'
import { challengeField } from '../src/dress.ts'
import { honeypot } from '../src/pages/survey.ts'
import type { Mode } from '../src/survey.ts'
import { type Doubt, doubts } from '../src/suspicion.ts'
import type { Answering } from './answering.ts'
import { viewOf } from './asked.ts'
import { stampOf } from './stamp.ts'
import { passesChallenge } from './turnstile.ts'

/** A page that asks to confirm once more counts from this age on: a person reads it first. */
const reading = 1_000

/** Whether somebody who has read the page that asks once more confirms the answer that it was made for. */
export async function isSecond({ env, visit, body, now }: Answering, fact: Fact): Promise<boolean> {
  const stamp = await stampOf(env, visit.survey.id, body.fields['page'])
  return stamp?.again === true && stamp.submission === fact.id && now - stamp.made >= reading
}

/** Why an answer is doubted; one that was confirmed once more, by whoever read that page, is not. */
export async function doubtsOf(answering: Answering, fact: Fact): Promise<Doubt[]> {
  const { env, visit, body, now, language } = answering
  const { survey, invitation } = visit
  const hidden = isFilled(body.fields[honeypot])
  const passed = !body.form || (await passesChallenge(env, body.fields[challengeField]))
  if (!hidden && passed && (await isSecond(answering, fact))) return []
  // What a program sends for a recipient is a team's own doing, and no mail's.
  const { created, touched, touching } = body.form && invitation !== null ? invitation : unsent
  return doubts({
    now,
    sent: created,
    touched,
    touching,
    written: fact.data['comment'] !== undefined,
    hidden,
    mode: modeOf(answering),
    gesture: isFilled(body.fields['signal']) ? 'shown' : '',
    passed,
    question: viewOf(survey, language).question,
  })
}

/** What is known of the mail that nobody has sent. */
const unsent = { created: null, touched: 0, touching: null }

/** A program has no gestures to show; what it sends is a team's own doing. */
const modeOf = ({ body, visit }: Answering): Mode =>
  body.form ? (visit.survey.document.mode ?? 'confirm') : 'confirm'

const isFilled = (field: unknown): boolean => field !== undefined && field !== ''
