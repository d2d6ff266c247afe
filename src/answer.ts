import { at, isObject, optionalTextAt } from './at.ts'
import { invalid } from './problem.ts'

// Reading answers as survey vendors tell them.

/** An id as text, or `null` where there is none: for what has to be named before it can be judged. */
export function findId(body: unknown, path: string): string | null {
  const value = at(body, path)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** A score or a comment as text; one of blanks is as good as none. */
export function filledAt(body: unknown, path: string): string | undefined {
  const value = at(body, path)
  return typeof value === 'string' && value.trim() === '' ? undefined : optionalTextAt(body, path)
}

/** A language tag; left out where the text is none, because an answer counts in any language. */
export function localeAt(body: unknown, path: string): string | undefined {
  const value = at(body, path)
  const tag = typeof value === 'string' ? value.trim().replaceAll('_', '-') : ''
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined
}

/** Whether nothing was said. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** An own member of an object that others wrote, by a name that others chose. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** Properties by name, out of the first bag that has something to say of each. */
export function propertiesFrom(
  names: readonly string[],
  bags: readonly unknown[],
): Readonly<Record<string, string>> {
  const found = names.flatMap((name) => {
    const bag = bags.find((one) => !isBlank(memberOf(one, name)))
    const text = filledAt(bag, name)
    return text === undefined ? [] : [[`p.${name}`, text] as const]
  })
  return Object.fromEntries(found)
}

/**
 * The surveys that a team has set, by the vendor's names.
 *
 * @throws Problem where none were ever set: answers wait in quarantine until somebody says where they
 * belong. A name that is missing among others was left out on purpose.
 */
export function surveysOf(
  field: string,
  surveys: Readonly<Record<string, string>> | undefined,
  wanted: string,
): ReadonlyMap<string, string> {
  if (surveys === undefined) throw invalid(`config.${field}`, `Expected a survey for ${wanted}`)
  return new Map(Object.entries(surveys))
}
