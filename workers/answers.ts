import type { Fact, Outcome } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { factOf } from '../src/intake.ts'
import { type Language, fill } from '../src/language.ts'
import { type SurveyError, surveyPage } from '../src/pages/survey.ts'
import { type FieldError, Problem } from '../src/problem.ts'
import { takeProperties } from '../src/properties.ts'
import { parseScore } from '../src/score.ts'
import { isStored, store } from '../src/store/facts.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { commentLimit } from '../src/survey.ts'
import { codePoints } from '../src/text-field.ts'
import { type AnswerBody, readAnswer } from './answer-body.ts'
import { contextOf, findSurvey, languageFor, recallSurvey, viewOf } from './asked.ts'
import { validation } from './body.ts'
import { looks } from './intake.ts'
import { isPerson, showNotice } from './notices.ts'
import { html } from './page.ts'
import { publicId } from './random.ts'
import { json, problem } from './reply.ts'

/** The fields that a respondent may send, besides properties. */
const answerFields = ['score', 'comment', 'submission']

/** Takes an answer, as form or JSON. It is stored when this resolves with 303 or 201, not before. */
export async function takeAnswer(request: Request, id: string, db: D1Database): Promise<Response> {
  const survey = await recallSurvey(db, id)
  if (survey === null) {
    return isPerson(request)
      ? showNotice(request, 'unknown', 404)
      : problem(new Problem('not-found', 'There is no such survey'))
  }
  const strange = [...new URL(request.url).searchParams.keys()].find((name) => name !== 'lang')
  if (strange !== undefined) {
    throw validation('query', [{ path: strange, message: 'Unknown parameter' }])
  }
  return storeAnswer(request, db, survey, await readAnswer(request))
}

async function storeAnswer(
  request: Request,
  db: D1Database,
  survey: AskedSurvey,
  body: AnswerBody,
): Promise<Response> {
  const language = languageFor(request, survey)
  const submission = submissionOf(body.fields['submission'])
  const outcome = readFact(survey, body, submission, language)
  if (!outcome.ok) return refuseAnswer(survey, language, { ...body, submission }, outcome.errors)

  const { stored, open } = await store(db, {
    workspace: survey.workspace,
    facts: [outcome.value],
    received: outcome.value.time,
    looks,
    asked: { survey: survey.id, version: survey.version },
  })
  // A repeat is told that its answer counts, even when the survey has been closed since.
  if (stored === 0 && (open || (await isStored(db, survey.workspace, outcome.value)))) {
    return body.form ? seeOther(survey, 'answered', language) : json({ response: submission })
  }
  if (!open) return storeAgain(request, db, survey, body)
  return body.form ? seeOther(survey, 'thanks', language) : json({ response: submission }, 201)
}

/** The survey was closed or replaced since it was remembered: it is read again, and tried once more. */
async function storeAgain(
  request: Request,
  db: D1Database,
  old: AskedSurvey,
  body: AnswerBody,
): Promise<Response> {
  const survey = await findSurvey(db, old.id)
  if (survey !== null && survey.closed === null && survey.version !== old.version) {
    return storeAnswer(request, db, survey, body)
  }
  if (body.form) return showNotice(request, 'closed', 410, survey)
  return problem(new Problem('gone', 'The survey is closed'))
}

function seeOther(survey: AskedSurvey, page: 'thanks' | 'answered', language: Language): Response {
  const location = `/s/${survey.id}/${page}?lang=${language.id}`
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store' },
  })
}

/** The idempotency id of an answer; a sender without one gets one, and no protection from repeats. */
function submissionOf(field: unknown): string {
  if (field === undefined || field === '') return publicId()
  if (typeof field === 'string' && /^[\x21-\x7e]{1,100}$/.test(field)) return field
  const message = 'Expected 1 to 100 printable ASCII characters without spaces'
  throw validation('answer', [{ path: 'submission', message }])
}

/** An answer as a fact. Only what a respondent may say is passed on; the rest is refused by name. */
function readFact(
  survey: AskedSurvey,
  { fields }: AnswerBody,
  submission: string,
  language: Language,
): Outcome<Fact> {
  const strangers = Object.keys(fields).filter(
    (name) => !answerFields.includes(name) && !name.startsWith('p.'),
  )
  if (strangers.length > 0) {
    const errors = strangers.slice(0, 20).map((path) => ({ path, message: 'Unknown field' }))
    return { ok: false, errors }
  }
  const { submission: _, ...said } = fields
  const draft = {
    type: 'survey.response',
    source: `/s/${survey.id}`,
    id: submission,
    time: Date.now(),
    data: { ...said, survey: survey.id, locale: language.id },
  }
  return factOf(draft, { facts, ...contextOf(survey) })
}

/** What was wrong: for a program a problem, for a person the page again with what they had typed. */
function refuseAnswer(
  survey: AskedSurvey,
  language: Language,
  { form, fields, submission }: AnswerBody & { submission: string },
  errors: readonly FieldError[],
): Promise<Response> | Response {
  if (!form) return problem(validation('answer', errors))
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  const view = viewOf(survey, language)
  const properties = Object.entries(takeProperties(fields).properties)
    .map(([name, value]): [string, string] => [name.slice('p.'.length), value])
    .filter(([name]) => survey.document.properties.includes(name))
  const page = surveyPage({
    ...view,
    submission,
    score: parseScore(text('score'), view.question),
    comment: text('comment'),
    properties: Object.fromEntries(properties),
    errors: errors.map((error) => inWords(error, text('comment'), language)),
  })
  return html(page, 422)
}

/** A refusal in the reader's language; what no page of ours sends is named in English. */
function inWords({ path, message }: FieldError, comment: string, { form }: Language): SurveyError {
  if (path === 'score') return { field: 'score', message: form.noScore }
  if (path !== 'comment') return { field: 'form', message: `${path}: ${message}` }
  return codePoints(comment) > commentLimit
    ? { field: 'comment', message: fill(form.commentTooLong, { limit: commentLimit }) }
    : { field: 'comment', message: form.commentUnreadable }
}
