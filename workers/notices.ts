import { noticePage } from '../src/pages/notice.ts'
import type { Problem } from '../src/problem.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { isForm } from './answer-body.ts'
import { languageFor } from './asked.ts'
import { html } from './page.ts'
import { problem } from './reply.ts'

/** The pages that only tell something. */
export type NoticeName = 'thanks' | 'answered' | 'closed' | 'unknown' | 'retry'

/** A page in the reader's language that only tells something. */
export function showNotice(
  request: Request,
  name: NoticeName,
  status: number,
  survey: AskedSurvey | null = null,
): Promise<Response> {
  const language = languageFor(request, survey)
  return html(noticePage({ language, notice: language[name] }), status)
}

/** Whether a person waits for the answer, who is owed a page and not a problem document. */
export function isPerson(request: Request): boolean {
  return ['GET', 'HEAD'].includes(request.method) || isForm(request)
}

/** A refusal below /s/: for a person a page in their language, for a program a problem. */
export async function showProblem(request: Request, found: Problem): Promise<Response> {
  if (!isPerson(request)) return problem(found)
  if (found.status === 503) return showNotice(request, 'retry', 503)
  const language = languageFor(request, null)
  const notice = { title: language.form.problem, text: found.message }
  return html(noticePage({ language, notice }), found.status)
}
