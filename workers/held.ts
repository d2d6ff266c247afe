import { formatInstant } from '../src/format.ts'
import { type Language, fill } from '../src/language.ts'
import { waysOf } from '../src/pages/answer.ts'
import { type Chosen, surveyPage } from '../src/pages/survey.ts'
import { why } from '../src/pages/why.ts'
import { parseScore } from '../src/score.ts'
import type { StoredAnswer } from '../src/store/answers.ts'
import { bucketOf, driversOf } from '../src/survey.ts'
import { readAnswerBody } from './answer-body.ts'
import { type Answering, readFact, refuse } from './answering.ts'
import { languageFor, viewOf } from './asked.ts'
import { changeAnswer, changeableUntil } from './change.ts'
import { limitAnswers } from './limits.ts'
import { lockedNotice, showReason } from './notices.ts'
import { html } from './page.ts'
import { refuseAnswer } from './refused.ts'
import { showThanks } from './thanks.ts'
import { challenging } from './turnstile.ts'
import type { Held, Withdrawn } from './visit.ts'

/** Shows somebody the answer that they hold, which they may change for a while and withdraw at any time. */
export async function showHeld(
  request: Request,
  env: Env,
  found: Held | Withdrawn | null,
): Promise<Response> {
  if (found === null) return showReason(request, 'unknown')
  if ('withdrawn' in found) return showReason(request, 'withdrawn', found.withdrawn)
  const { survey, answer } = found
  const url = new URL(request.url)
  const language = languageFor(request, survey)
  const until = changeableUntil(answer, survey.document)
  const changeable = Date.now() < until
  if (changeable && !url.searchParams.has('done')) {
    return showForm(env, found, language, { until, score: url.searchParams.get('score') })
  }
  if (url.searchParams.has('done')) {
    return showThanks(survey, language, answer.score, {
      joined: changeable ? joinedTo(found, language) : null,
      ways: [...(changeable ? [backTo(found, language)] : []), toWithdraw(found, language)],
    })
  }
  return showThanks(survey, language, answer.score, {
    notice: lockedNotice(answer, survey, language),
    ways: [toWithdraw(found, language)],
  })
}

const backTo = ({ path }: Held, language: Language) => ({
  href: `${path}?lang=${language.id}`,
  text: language.form.back,
})

const toWithdraw = ({ path }: Held, language: Language) => ({
  href: `${path}/withdraw?lang=${language.id}`,
  text: language.withdrawal.link,
})

const chosenOf = ({ score, data }: StoredAnswer): Chosen => ({
  score,
  comment: data['comment'] ?? '',
  drivers: driversOf(data),
})

/** A form for what the answer still lacks; `null` where nothing else is asked, or it has been said. */
function joinedTo({ survey, answer, path }: Held, language: Language) {
  const { document, question } = viewOf(survey, language)
  const { comment, drivers } = chosenOf(answer)
  const asked = document.comment || (document.drivers ?? []).length > 0
  if (!asked || comment !== '' || drivers.length > 0) return null
  const bucket = bucketOf(answer.score, question)
  const more = { document, language, comment, drivers, wrong: false, bucket }
  return { action: `${path}?lang=${language.id}`, score: answer.score, why: why(more) }
}

function showForm(
  env: Env,
  held: Held,
  language: Language,
  { until, score }: { readonly until: number; readonly score: string | null },
): Promise<Response> {
  const { survey, answer, path } = held
  const view = challenging(env, viewOf(survey, language))
  const { title, text } = language.answered
  const chosen = chosenOf(answer)
  const page = surveyPage({
    ...view,
    stage: 'saved',
    action: `${path}?lang=${language.id}`,
    hidden: {},
    chosen: { ...chosen, score: parseScore(score, view.question) ?? chosen.score },
    errors: [],
    notice: { title, text: fill(text, { time: formatInstant(until, survey.zone, language) }) },
    ways: waysOf([toWithdraw(held, language)]),
  })
  return html(page, { dress: view.dress })
}

/** Takes what is said to an answer that is there: another score, a comment that joins it. */
export async function changeHeld(
  request: Request,
  env: Env,
  found: Held | Withdrawn | null,
): Promise<Response> {
  if (found === null) return refuse(request, 'unknown')
  if ('withdrawn' in found) return refuse(request, 'withdrawn')
  const { survey, answer, path } = found
  const body = await readAnswerBody(request)
  const now = Date.now()
  await limitAnswers(request, survey.id, env, now)
  const fields = { score: String(answer.score), ...body.fields }
  const answering: Answering = {
    request,
    env,
    visit: { survey, invitation: null, path },
    body: { ...body, fields },
    language: languageFor(request, survey),
    now,
  }
  const outcome = readFact(answering, answer.id)
  if (!outcome.ok) return refuseAnswer(answering, answer.id, outcome.errors, 'saved')
  return changeAnswer(answering, answer, outcome.value)
}
