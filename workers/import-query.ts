import * as v from 'valibot'
import { invalid } from '../src/problem.ts'
import { nameField } from '../src/text-field.ts'

/** What an import's source is called. */
export function sourceName(text: string): string {
  const source = v.safeParse(nameField, text)
  if (!source.success) throw invalid('source', source.issues[0].message)
  return source.output
}
