import { formatInstant } from '../src/format.ts'
import { type Language, type Notice, fill } from '../src/language.ts'
import { noticePage } from '../src/pages/notice.ts'
import type { Problem } from '../src/problem.ts'
import type { Standing } from '../src/standing.ts'
import type { StoredAnswer } from '../src/store/answers.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { isForm } from './answer-body.ts'
import { dressFor, languageFor } from './asked.ts'
import { html } from './page.ts'
import { problem } from './reply.ts'

/** Why somebody cannot answer now, or never: a page of its own each, with the status that says the same. */
export type Reason =
  | Exclude<Standing, 'open'>
  | 'unknown'
  | 'expired'
  | 'withdrawn'
  | 'busy'
  | 'retry'

const statuses = {
  unopened: 403,
  uninvited: 403,
  unknown: 404,
  closed: 410,
  full: 410,
  expired: 410,
  withdrawn: 410,
  busy: 429,
  retry: 503,
} as const satisfies Record<Reason, number>

/** The status that goes with a reason. */
export const statusOf = (reason: Reason): (typeof statuses)[Reason] => statuses[reason]

function noticeOf(reason: Reason, survey: AskedSurvey | null, language: Language): Notice {
  if (reason === 'withdrawn') return language.withdrawal.done
  if (reason !== 'unopened') return language[reason]
  const { title, text } = language.unopened
  const opens = survey?.document.opens ?? 0
  return {
    title,
    text: fill(text, { time: formatInstant(opens, survey?.zone ?? 'UTC', language) }),
  }
}

/** That an answer is there and can no longer be changed. */
export function lockedNotice(
  { time }: Pick<StoredAnswer, 'time'>,
  { zone }: Pick<AskedSurvey, 'zone'>,
  language: Language,
): Notice {
  const { title, text } = language.locked
  return { title, text: fill(text, { day: formatInstant(time, zone, language) }) }
}

/** A page in the reader's language that says why. */
export function showReason(
  request: Request,
  reason: Reason,
  survey: AskedSurvey | null = null,
): Promise<Response> {
  const language = languageFor(request, survey)
  const dress = survey === null ? {} : { dress: dressFor(survey) }
  const page = noticePage({ language, notice: noticeOf(reason, survey, language), ...dress })
  return html(page, { status: statuses[reason], ...dress, headers: later(statuses[reason]) })
}

const later = (status: number): Record<string, string> =>
  status === 429 ? { 'Retry-After': '60' } : {}

/** Whether a person waits for the answer, who is owed a page and not a problem document. */
export function isPerson(request: Request): boolean {
  return ['GET', 'HEAD'].includes(request.method) || isForm(request)
}

/** A refusal of ours: for a person a page in their language, for a program a problem. */
export async function showProblem(request: Request, found: Problem): Promise<Response> {
  if (!isPerson(request)) return problem(found)
  if (found.status === 503) return showReason(request, 'retry')
  if (found.status === 429) return showReason(request, 'busy')
  const language = languageFor(request, null)
  const notice = { title: language.form.problem, text: found.message }
  return html(noticePage({ language, notice }), { status: found.status })
}
