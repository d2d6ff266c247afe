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

/** The answer that a browser has given, with the receipt that it keeps of it. */
interface Kept {
  readonly receipt: string
  readonly id: string
}

/** What this browser has answered; `null` where it has given nothing, or nobody asked it to keep that. */
export async function keptAnswer(
  request: Request,
  env: Env,
  { id, document }: AskedSurvey,
): Promise<Kept | null> {
  if (document.policy !== 'browser' || (request.method === 'POST' && isForeign(request)))
    return null
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  const found = pairs.find((pair) => pair.startsWith(`${nameOf(id)}=`))
  const token = found?.slice(nameOf(id).length + 1) ?? ''
  const receipt = token === '' ? null : await openReceipt(env, token)
  return receipt?.survey === id ? { receipt: token, id: receipt.id } : null
}
