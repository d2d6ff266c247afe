import type { Fact } from '../src/fact.ts'
import { surveyPage } from '../src/pages/survey.ts'
import { keepProvisional } from '../src/store/provisional.ts'
import type { Doubt } from '../src/suspicion.ts'
import type { Answering } from './answering.ts'
import { viewOf } from './asked.ts'
import { isOwn } from './owner.ts'
import { html } from './page.ts'
import { json } from './reply.ts'
import { carriedIn, chosenIn } from './refused.ts'
import { stamp } from './stamp.ts'
import { challenging } from './turnstile.ts'

/**
 * Keeps an answer that is doubted, outside every KPI. A person is asked to confirm it once more, which
 * counts; a program is told why it does not.
 */
export async function keepDoubtful(
  answering: Answering,
  fact: Fact,
  reasons: readonly Doubt[],
): Promise<Response> {
  const { env, visit, body, language, now } = answering
  const { survey } = visit
  const own = await isOwn(answering, fact.id)
  await keepProvisional(env.DB, survey.workspace, { fact, reasons, received: now, own })
  if (!body.form) return json({ response: fact.id, provisional: reasons }, 202)
  const view = challenging(env, viewOf(survey, language))
  const page = surveyPage({
    ...view,
    stage: 'doubtful',
    action: `${visit.path}?lang=${language.id}`,
    hidden: {
      submission: fact.id,
      page: await stamp(env, survey.id, { submission: fact.id, made: now, again: true, own }),
      ...carriedIn(answering),
    },
    chosen: chosenIn(answering),
    errors: [],
    notice: language.doubtful,
  })
  return html(page, { status: 202, dress: view.dress })
}
