import * as v from 'valibot'
import type { Dimensions } from './fact.ts'
import type { FieldError } from './problem.ts'
import { propertyLimit } from './survey.ts'
import { textField } from './text-field.ts'

const property = v.pipe(
  textField(propertyLimit),
  v.transform((text) => text.trim().normalize('NFC')),
)

/**
 * Refuses the properties that a fact may not carry: those that are no dimension of the workspace, nor
 * allowed by the fact's survey where it has one.
 */
export function strangeProperties(
  properties: Dimensions,
  dimensions: readonly string[],
  survey?: readonly string[],
): FieldError[] {
  const errors: FieldError[] = []
  for (const path of Object.keys(properties)) {
    const name = path.slice('p.'.length)
    if (dimensions.includes(name) || survey?.includes(name) === true) continue
    const message =
      survey === undefined ? unknown(name, dimensions) : 'The survey does not allow this property'
    errors.push({ path, message })
  }
  return errors
}

function unknown(name: string, dimensions: readonly string[]): string {
  const known =
    dimensions.length === 0 ? 'it has none yet' : `expected one of ${dimensions.join(', ')}`
  return `The workspace has no dimension "${name}": ${known}`
}

/** The most properties of one fact; each is a segment of every KPI. */
export const propertiesLimit = 20

/** What a property may be called, after its `p.`. */
export const propertyName = /^[a-z][a-z0-9_]{0,31}$/

/**
 * Divides the fields of an answer into its properties (`p.<name>`) and the rest. Blank properties are
 * left out: a blank is not a segment.
 */
export function takeProperties(fields: Readonly<Record<string, unknown>>): {
  rest: Record<string, unknown>
  properties: Dimensions
  errors: FieldError[]
} {
  const rest: [string, unknown][] = []
  const properties: [string, string][] = []
  const errors: FieldError[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (!name.startsWith('p.')) {
      rest.push([name, value])
      continue
    }
    const parsed = v.safeParse(property, value)
    if (!propertyName.test(name.slice('p.'.length))) {
      errors.push({ path: name, message: 'Expected a name of a–z, 0–9 and _ after "p."' })
    } else if (!parsed.success) {
      errors.push({ path: name, message: parsed.issues[0].message })
    } else if (parsed.output !== '') {
      properties.push([name, parsed.output])
    }
  }
  if (properties.length > propertiesLimit) {
    errors.push({ path: 'p', message: `Expected at most ${propertiesLimit} properties` })
  }
  return { rest: Object.fromEntries(rest), properties: Object.fromEntries(properties), errors }
}
