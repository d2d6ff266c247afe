import { fill } from '../src/language.ts'
import type { Language } from '../src/language.ts'
import { type Chosen, type Stage, type SurveyError, surveyPage } from '../src/pages/survey.ts'
import type { FieldError } from '../src/problem.ts'
import { takeProperties } from '../src/properties.ts'
import { parseScore } from '../src/score.ts'
import { commentLimit } from '../src/survey.ts'
import { codePoints } from '../src/text-field.ts'
import type { AnswerBody } from './answer-body.ts'
import type { Answering } from './answering.ts'
import { viewOf } from './asked.ts'
import { validation } from './body.ts'
import { isOwn } from './owner.ts'
import { html } from './page.ts'
import { problem } from './reply.ts'
import { stamp } from './stamp.ts'
import { challenging } from './turnstile.ts'

const textOf = (fields: AnswerBody['fields'], name: string): string => {
  const field = fields[name]
  return typeof field === 'string' ? field : ''
}

/** What was chosen and typed, as far as the page can show it again. */
export function chosenIn({ body, visit, language }: Answering): Chosen {
  const { question } = viewOf(visit.survey, language)
  return {
    score: parseScore(textOf(body.fields, 'score'), question),
    comment: textOf(body.fields, 'comment'),
    drivers: Object.keys(body.fields).flatMap((name) =>
      name.startsWith('driver.') ? [name.slice('driver.'.length)] : [],
    ),
  }
}

/** Properties that the survey allows, to be sent along again. */
export function carriedIn({ body, visit }: Answering): Record<string, string> {
  const allowed = visit.invitation === null ? visit.survey.document.properties : []
  const { properties } = takeProperties(body.fields)
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => allowed.includes(name.slice('p.'.length))),
  )
}

/** What was wrong: for a program a problem, for a person the page again with what they had typed. */
export async function refuseAnswer(
  answering: Answering,
  submission: string,
  errors: readonly FieldError[],
  stage: Stage = 'new',
): Promise<Response> {
  const { env, body, visit, language, now } = answering
  if (!body.form) return problem(validation('answer', errors))
  const own = await isOwn(answering, submission)
  const view = challenging(env, viewOf(visit.survey, language))
  const page = surveyPage({
    ...view,
    stage,
    action: `${visit.path}?lang=${language.id}${visit.query ?? ''}`,
    hidden: {
      submission,
      ...(own && {
        page: await stamp(env, visit.survey.id, { submission, made: now, again: false, own }),
      }),
      ...carriedIn(answering),
    },
    chosen: chosenIn(answering),
    errors: errors.map((error) => inWords(error, textOf(body.fields, 'comment'), language)),
    preview: visit.preview === true,
  })
  return html(page, { status: 422, dress: view.dress })
}

/** A refusal in the reader's language; what no page of ours sends is named in English. */
function inWords({ path, message }: FieldError, comment: string, { form }: Language): SurveyError {
  if (path === 'score') return { field: 'score', message: form.noScore }
  if (path !== 'comment') return { field: 'form', message: `${path}: ${message}` }
  return codePoints(comment) > commentLimit
    ? { field: 'comment', message: fill(form.commentTooLong, { limit: commentLimit }) }
    : { field: 'comment', message: form.commentUnreadable }
}
