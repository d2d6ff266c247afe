import { Hono } from 'hono'
import { type Language, fill } from '../src/language.ts'
import { noticePage } from '../src/pages/notice.ts'
import { surveyPage } from '../src/pages/survey.ts'
import { parseScore } from '../src/score.ts'
import { takeAnswer } from './answers.ts'
import { findSurvey, languageFor, viewOf } from './asked.ts'
import { linkOf } from './link.ts'
import { showNotice } from './notices.ts'
import { html } from './page.ts'
import { publicId } from './random.ts'

/** `/s/{survey}`: the hosted page. GET records nothing; only a POST is an answer. */
export const formRoutes = new Hono<{ Bindings: Env }>()
  .get('/:survey', (c) => showSurvey(c.req.raw, c.req.param('survey'), c.env.DB))
  .get('/:survey/thanks', (c) => showNotice(c.req.raw, 'thanks', 200))
  .get('/:survey/answered', (c) => showNotice(c.req.raw, 'answered', 200))
  .post('/:survey', (c) => takeAnswer(c.req.raw, c.req.param('survey'), c.env.DB))

async function showSurvey(request: Request, id: string, db: D1Database): Promise<Response> {
  const survey = await findSurvey(db, id)
  if (survey === null) return showNotice(request, 'unknown', 404)
  if (survey.closed !== null) return showNotice(request, 'closed', 410, survey)

  const url = new URL(request.url)
  const link = linkOf(url, survey.document)
  const language = languageFor(request, survey)
  if (link.stranger !== null) return showBadLink(language, url, link.stranger)
  if (link.clean !== null) {
    const location = link.clean === '' ? url.pathname : `${url.pathname}?${link.clean}`
    const headers = { Location: location, 'Cache-Control': 'no-store' }
    return new Response(null, { status: 308, headers })
  }
  const view = viewOf(survey, language)
  return html(
    surveyPage({
      ...view,
      submission: publicId(),
      score: parseScore(link.score, view.question),
      comment: '',
      properties: link.properties,
      errors: [],
    }),
  )
}

function showBadLink(language: Language, url: URL, name: string): Promise<Response> {
  const { title, text } = language.badLink
  const page = noticePage({
    language,
    notice: { title, text: fill(text, { name }) },
    link: { href: url.pathname, text: language.form.open },
  })
  return html(page, 422)
}
