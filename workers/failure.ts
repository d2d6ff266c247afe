import { Problem } from '../src/problem.ts'
import { rootCause, storageFailed } from '../src/store/failure.ts'

/** Every error ends here: an expected refusal as it is, storage trouble as 503, a bug as a bare 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  console.error(JSON.stringify({ event: 'failed', reason: rootCause(error) }))
  if (storageFailed(error)) {
    return new Problem(
      'unavailable',
      'Not everything may have been stored; sending it again is safe',
    )
  }
  return new Problem('internal', 'The request was not carried out')
}
