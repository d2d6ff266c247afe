import type { AskedSurvey } from '../src/store/surveys.ts'
import { isForeign } from './foreign.ts'
import { openReceipt } from './visit.ts'

/** A year, in seconds. */
const kept = 31_536_000

/** Of one survey only, so that nobody is known from one to the next. */
const nameOf = (survey: string): string => `tidemark-${survey}`

/** What makes a browser keep its receipt: also in a frame of another site, where each site has its own. */
export function receiptCookie(survey: string, receipt: string): string {
  return `${nameOf(survey)}=${receipt}; Path=/s/${survey}; Max-Age=${kept}; HttpOnly; Secure; SameSite=None; Partitioned`
}

/** The receipt that this browser has of the survey; `null` where it has none, or nobody asked it to. */
export async function keptReceipt(
  request: Request,
  env: Env,
  { id, document }: AskedSurvey,
): Promise<string | null> {
  if (document.policy !== 'browser' || (request.method === 'POST' && isForeign(request)))
    return null
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  const found = pairs.find((pair) => pair.startsWith(`${nameOf(id)}=`))
  const token = found?.slice(nameOf(id).length + 1) ?? ''
  const receipt = token === '' ? null : await openReceipt(env, token)
  return receipt?.survey === id ? token : null
}

/** What the answer of this browser is called; `null` where it has given none. */
export async function keptAnswer(
  request: Request,
  env: Env,
  survey: AskedSurvey,
): Promise<string | null> {
  const receipt = await keptReceipt(request, env, survey)
  return receipt === null ? null : ((await openReceipt(env, receipt))?.id ?? null)
}
