import * as v from 'valibot'
import { fieldErrors } from '../src/issues.ts'
import { invalid } from '../src/problem.ts'
import { validation } from './body.ts'

/**
 * The query of a request, checked by a schema of its parameters. A parameter that is given twice or
 * that the schema does not know is refused by name.
 */
export function readQuery<Entries extends v.ObjectEntries>(
  request: Request,
  entries: Entries,
): v.InferOutput<v.StrictObjectSchema<Entries, undefined>> {
  const { searchParams } = new URL(request.url)
  const found = new Map<string, string>()
  for (const [name, value] of searchParams) {
    if (found.has(name)) throw invalid(name, 'The parameter is given twice')
    found.set(name, value)
  }
  const parsed = v.safeParse(v.strictObject(entries), Object.fromEntries(found))
  if (!parsed.success) {
    throw validation('query', fieldErrors(parsed.issues, 'parameter'))
  }
  return parsed.output
}
