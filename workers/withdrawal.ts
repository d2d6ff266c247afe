import { withdrawalPage } from '../src/pages/answer.ts'
import { settleProvisional } from '../src/store/provisional.ts'
import { withdraw } from '../src/store/withdraw.ts'
import { refuse } from './answering.ts'
import { dressFor, languageFor } from './asked.ts'
import { looks } from './intake.ts'
import { isPerson, showReason } from './notices.ts'
import { html } from './page.ts'
import { json } from './reply.ts'
import type { Held, Withdrawn } from './visit.ts'

/** Asks whether an answer is to be taken back; only a POST does it. */
export async function askToWithdraw(
  request: Request,
  found: Held | Withdrawn | null,
): Promise<Response> {
  if (found === null) return showReason(request, 'unknown')
  if ('withdrawn' in found) return showReason(request, 'withdrawn', found.withdrawn)
  const { survey, path } = found
  const language = languageFor(request, survey)
  const dress = dressFor(survey)
  const page = withdrawalPage({
    language,
    dress,
    action: `${path}/withdraw?lang=${language.id}`,
    back: `${path}?lang=${language.id}`,
  })
  return html(page, { dress })
}

/** Takes an answer back: it no longer counts, and what was said in it is deleted. */
export async function withdrawHeld(
  request: Request,
  env: Env,
  found: Held | Withdrawn | null,
): Promise<Response> {
  if (found === null) return refuse(request, 'unknown')
  const survey = 'withdrawn' in found ? found.withdrawn : found.survey
  if ('answer' in found) {
    const { source, id } = found.answer
    const { workspace } = survey
    await withdraw(env.DB, { workspace, source, id, looks, now: Date.now() })
    for (const name of found.names) {
      await settleProvisional(env.DB, workspace, survey.id, { id: name, state: 'discarded' })
    }
  }
  if (!isPerson(request)) return json({ withdrawn: true })
  const language = languageFor(request, survey)
  const path = 'withdrawn' in found ? new URL(request.url).pathname : found.path
  return new Response(null, {
    status: 303,
    headers: { Location: `${path}?lang=${language.id}`, 'Cache-Control': 'no-store' },
  })
}
