import { parseBase64 } from '../src/bytes.ts'
import { Problem } from '../src/problem.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { classes } from './headers.ts'
import { problem } from './reply.ts'

/** The logo of a survey, whose URL carries its version: it may be kept for a day. */
export function showLogo(request: Request, survey: AskedSurvey | null): Response {
  const [, type = '', encoded = ''] =
    /^data:(image\/[a-z]+);base64,(.*)$/.exec(survey?.document.logo ?? '') ?? []
  const bytes = parseBase64(encoded)
  if (bytes === null) return problem(new Problem('not-found', 'The survey has no logo'))
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: {
      'Content-Type': type,
      ...classes.picture,
    },
  })
}
