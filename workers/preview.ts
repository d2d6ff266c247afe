import { readVersion } from '../src/store/surveys.ts'
import { findSurvey } from './asked.ts'
import { open, sign } from './tokens.ts'
import type { Visit } from './visit.ts'

/** For how long the link to a preview works, in milliseconds: a week. */
const lasting = 604_800_000

/** The link under which a version of a survey can be looked at, asked or not; nothing is stored there. */
export async function previewPath(
  env: Env,
  { id, version }: { readonly id: string; readonly version: number },
  now: number,
): Promise<string> {
  const expires = (now + lasting).toString(36)
  return `/s/${id}?preview=${await sign(env, 'preview', [id, String(version), expires])}`
}

/** A visit to a preview; `null` where the link is to none. */
export async function previewOf(env: Env, request: Request, id: string): Promise<Visit | null> {
  const token = new URL(request.url).searchParams.get('preview')
  const [named, version = '', expires = ''] =
    (token === null ? null : await open(env, 'preview', token)) ?? []
  if (named !== id || Number.parseInt(expires, 36) <= Date.now()) return null
  const survey = await findSurvey(env.DB, id)
  const document = await readVersion(env.DB, id, Number(version))
  if (survey === null || document === null) return null
  return {
    survey: { ...survey, document, version: Number(version) },
    invitation: null,
    path: `/s/${id}`,
    query: `&preview=${token}`,
    preview: true,
  }
}
