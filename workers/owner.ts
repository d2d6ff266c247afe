import type { Answering } from './answering.ts'
import { keptAnswer } from './cookie.ts'
import { stampOf } from './stamp.ts'

/**
 * Whether an answer of this name is that of whoever sends it: by a link, by their browser, by the page they
 * had, or because they have called it nothing. Whoever only knows a name has shown nothing.
 */
export async function isOwn(
  { request, env, visit: { survey, invitation }, body }: Answering,
  id: string,
): Promise<boolean> {
  if (invitation !== null || body.fields['submission'] !== id) return true
  if ((await keptAnswer(request, env, survey))?.id === id) return true
  const stamped = await stampOf(env, survey.id, body.fields['page'])
  return stamped !== null && stamped.own && stamped.submission === id
}
