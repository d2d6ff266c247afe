import * as v from 'valibot'
import { propertyName } from './properties.ts'
import { nameField } from './text-field.ts'

// What several vendors let a team set.

const entriesLimit = 100

/** Names of the vendor's, each with what it stands for here. */
export function mapField(what: string) {
  const rule = `Expected an object that gives ${what}`
  return v.pipe(
    // A record of valibot takes a list for an object with the names 0, 1, 2.
    v.unknown(),
    v.check((map) => !Array.isArray(map), rule),
    v.record(nameField, nameField, rule),
    v.check(
      (map) => Object.keys(map).length <= entriesLimit,
      `Expected at most ${entriesLimit} entries`,
    ),
  )
}

/** Names of the vendor's. */
export function namesField(what: string) {
  return v.pipe(
    v.array(nameField, `Expected a list of ${what}`),
    v.maxLength(entriesLimit, `Expected at most ${entriesLimit} entries`),
  )
}

/** Names of properties that are copied as `p.<name>`, where the survey or the workspace knows them. */
export const propertiesField = v.pipe(
  v.array(
    v.pipe(v.string('Expected a text'), v.regex(propertyName, 'Expected a name of a–z, 0–9 and _')),
    'Expected a list of names',
  ),
  v.maxLength(20, 'Expected at most 20 properties'),
  v.description('a list of names, each of which is copied as the property `p.<name>`'),
)
