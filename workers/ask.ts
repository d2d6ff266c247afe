import { type Language, fill } from '../src/language.ts'
import { noticePage } from '../src/pages/notice.ts'
import { surveyPage } from '../src/pages/survey.ts'
import { parseScore } from '../src/score.ts'
import { standingOf } from '../src/standing.ts'
import { languageFor, viewOf } from './asked.ts'
import { keptAnswer } from './cookie.ts'
import { showHeld } from './held.ts'
import { type SurveyLink, linkOf } from './link.ts'
import { showReason } from './notices.ts'
import { html } from './page.ts'
import { publicId } from './random.ts'
import { stamp } from './stamp.ts'
import { challenging } from './turnstile.ts'
import { type Visit, heldBy, lapseOf } from './visit.ts'

/** Shows whoever visits a survey what they can do: answer it, change what they have answered, or neither. */
export async function showForm(request: Request, env: Env, visit: Visit | null): Promise<Response> {
  if (visit === null) return showReason(request, 'unknown')
  const { survey, invitation } = visit
  const url = new URL(request.url)
  const link = linkOf(url, invitation === null ? survey.document.properties : [])
  const language = languageFor(request, survey)
  if (link.stranger !== null) return showBadLink(language, url, link.stranger)
  if (link.clean !== null) {
    return redirect(308, link.clean === '' ? url.pathname : `${url.pathname}?${link.clean}`)
  }
  const before = visit.preview === true ? null : await answeredBefore(request, env, visit)
  return before ?? ask(request, env, visit, link)
}

function redirect(status: 303 | 308, location: string): Response {
  const headers = { Location: location, 'Cache-Control': 'no-store' }
  return new Response(null, { status, headers })
}

/** The page of an answer that this link or this browser has given; `null` where there is none. */
async function answeredBefore(request: Request, env: Env, visit: Visit): Promise<Response | null> {
  const held = await heldBy(env, visit)
  if (held !== null) return showHeld(request, env, held)
  const kept = await keptAnswer(request, env, visit.survey)
  if (kept === null) return null
  return redirect(303, `/a/${kept.receipt}?lang=${languageFor(request, visit.survey).id}`)
}

async function ask(request: Request, env: Env, visit: Visit, link: SurveyLink): Promise<Response> {
  const { survey, invitation, path, query = '', preview = false } = visit
  const now = Date.now()
  const refusal = lapseOf(visit, now) ?? standingOf(survey, { invited: invitation !== null, now })
  if (refusal !== 'open' && !preview) return showReason(request, refusal, survey)

  const language = languageFor(request, survey)
  const view = challenging(env, viewOf(survey, language))
  const score = parseScore(link.score, view.question)
  const submission = publicId()
  const properties = Object.entries(link.properties).map(([name, value]) => [`p.${name}`, value])
  const page = surveyPage({
    ...view,
    stage: score === null ? 'new' : 'linked',
    action: `${path}?lang=${language.id}${query}`,
    hidden: {
      submission,
      page: await stamp(env, survey.id, { submission, made: now, again: false, own: true }),
      ...Object.fromEntries(properties),
    },
    chosen: { score, comment: '', drivers: [] },
    errors: [],
    preview,
  })
  return html(page, { dress: view.dress })
}

function showBadLink(language: Language, url: URL, name: string): Promise<Response> {
  const { title, text } = language.badLink
  const page = noticePage({
    language,
    notice: { title, text: fill(text, { name }) },
    link: { href: url.pathname, text: language.form.open },
  })
  return html(page, { status: 422 })
}
