import { base64url, utf8 } from '../src/bytes.ts'
import { challengeField } from '../src/dress.ts'
import type { Fact, Outcome } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { factOf } from '../src/intake.ts'
import type { Language } from '../src/language.ts'
import { honeypot } from '../src/pages/survey.ts'
import { Problem } from '../src/problem.ts'
import type { AnswerBody } from './answer-body.ts'
import { contextOf } from './asked.ts'
import { validation } from './body.ts'
import { receiptCookie } from './cookie.ts'
import { isForeign } from './foreign.ts'
import { type Reason, isPerson, showReason, statusOf } from './notices.ts'
import { publicId } from './random.ts'
import { json, problem } from './reply.ts'
import { showThanks } from './thanks.ts'
import { sign } from './tokens.ts'
import { type Visit, sourceOf } from './visit.ts'

/** The fields that a respondent may send, besides properties and drivers. */
const answerFields = ['score', 'comment', 'submission', 'page', 'signal', honeypot, challengeField]

/** Everything that is known of an answer before it is stored. */
export interface Answering {
  readonly request: Request
  readonly env: Env
  readonly visit: Visit
  readonly body: AnswerBody
  readonly language: Language
  readonly now: number
}

/** A refusal for a reason: for a person its page, for a program a problem. */
export function refuse(
  request: Request,
  reason: Reason,
  visit?: Visit,
): Promise<Response> | Response {
  if (isPerson(request)) return showReason(request, reason, visit?.survey ?? null)
  const status = statusOf(reason)
  const kind = status === 404 ? 'not-found' : status === 403 ? 'forbidden' : 'gone'
  return problem(new Problem(kind, sentences[reason]))
}

const sentences: Readonly<Record<Reason, string>> = {
  unknown: 'There is no such survey',
  unopened: 'The survey has not opened yet',
  closed: 'The survey is closed',
  full: 'The survey has all its answers',
  uninvited: 'The survey takes answers by invitation only',
  expired: 'The link has expired',
  withdrawn: 'The answer has been withdrawn',
  busy: 'Too many answers come from one address',
  retry: 'Nothing was stored; sending it again is safe',
}

/** The answer is there: a person is led to its page, a program is told its name and its receipt. */
export async function accepted(
  { env, visit, body, language }: Answering,
  fact: Pick<Fact, 'id' | 'value'>,
  status: 200 | 201,
): Promise<Response> {
  const { survey, invitation, path, preview } = visit
  // A preview leads to nobody's answer, whatever name was sent along.
  if (preview === true) {
    if (!body.form) return json({ response: fact.id }, status)
    return showThanks(survey, language, fact.value, { preview })
  }
  const receipt = await sign(env, 'answer', [survey.id, base64url(utf8(fact.id))])
  const page = invitation === null ? `/a/${receipt}` : path
  const keeps = survey.document.policy === 'browser' && invitation === null
  const headers = keeps ? { 'Set-Cookie': receiptCookie(survey.id, receipt) } : {}
  if (!body.form) return json({ response: fact.id, receipt: page }, status, headers)
  const location = `${page}?lang=${language.id}${status === 201 ? '&done=1' : ''}`
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store', ...headers },
  })
}

/** The idempotency id of an answer; a sender without one gets one, and no protection from repeats. */
export function submissionOf(request: Request, field: unknown): string {
  if (field === undefined || field === '') return publicId()
  // A name of ours, put into somebody's form by another site, would make their answer that site's.
  if (isForeign(request) && typeof field === 'string' && /^[\w-]{22}$/.test(field))
    return publicId()
  if (typeof field === 'string' && /^[\x21-\x7e]{1,100}$/.test(field)) return field
  const message = 'Expected 1 to 100 printable ASCII characters without spaces'
  throw validation('answer', [{ path: 'submission', message }])
}

/** An answer as a fact. Only what a respondent may say is passed on; the rest is refused by name. */
export function readFact({ visit, body, language, now }: Answering, id: string): Outcome<Fact> {
  const { survey, invitation } = visit
  const strangers = Object.keys(body.fields).filter(
    (name) =>
      !answerFields.includes(name) &&
      !name.startsWith('driver.') &&
      name !== 'drivers' &&
      (invitation !== null || !name.startsWith('p.')),
  )
  if (strangers.length > 0) {
    const errors = strangers.slice(0, 20).map((path) => ({ path, message: 'Unknown field' }))
    return { ok: false, errors }
  }
  const outcome = factOf(
    {
      type: 'survey.response',
      source: sourceOf(survey.id),
      id,
      time: now,
      data: { ...saidIn(body.fields), ...sealedIn(visit), survey: survey.id, locale: language.id },
    },
    { facts, ...contextOf(survey) },
  )
  if (!outcome.ok || invitation === null) return outcome
  return { ok: true, value: { ...outcome.value, invitation: invitation.id } }
}

/** What a respondent says: not what the page says of itself. */
function saidIn(fields: AnswerBody['fields']): Record<string, unknown> {
  const chosen = Object.keys(fields)
    .filter((name) => name.startsWith('driver.'))
    .map((name) => name.slice('driver.'.length))
  const said = Object.entries(fields).filter(
    ([name]) => ['score', 'comment', 'drivers'].includes(name) || name.startsWith('p.'),
  )
  return { ...Object.fromEntries(said), ...(chosen.length > 0 && { drivers: chosen }) }
}

/** What an invitation says of its recipient, who cannot say otherwise. */
function sealedIn({ invitation }: Visit): Record<string, string> {
  if (invitation === null) return {}
  const properties = Object.entries(invitation.properties).map(
    ([name, value]): [string, string] => [`p.${name}`, value],
  )
  return { respondent: invitation.recipient, ...Object.fromEntries(properties) }
}
