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

const outcomes: readonly string[] = ['won', 'lost']

const isMistaken = (what: string) =>
  /^(?:closed[\s_-]*)?(?:won|lost)$/i.test(what) && !outcomes.includes(what)

/** Stages of deals, each with what it is; a name that was meant as an outcome would count as open. */
export function stagesField(what: string) {
  return v.pipe(
    mapField(`${what} what it is: "won", "lost" or a name to show`),
    v.check(
      (map) => !Object.values(map).some(isMistaken),
      ({ input }) => {
        const [mistaken] = Object.values(input).filter(isMistaken)
        return `Expected "won", "lost" or the name of an open stage: current value is ${JSON.stringify(mistaken)}`
      },
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
