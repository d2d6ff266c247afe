import { digitsOf } from './money.ts'
import { decimalText } from './decimal.ts'
import { invalid } from './problem.ts'
import { parseTime } from './time.ts'

// Reading JSON that others wrote, by dotted path such as `data.object.id`. What is missing or of another
// form than expected is a Problem that names the path.

/** A member by its path, own members only; `undefined` where there is none. */
export function at(body: unknown, path: string): unknown {
  let value = body
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 40) ?? 'missing'

/** A text or a number as text, or `null` where it is neither or blank. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** An id, a name: a text that is not blank, or a number, as text. */
export function textAt(body: unknown, path: string): string {
  const text = textOf(at(body, path))
  if (text === null)
    throw invalid(path, `Expected a text or number: current value is ${shown(at(body, path))}`)
  return text
}

/** The same where it may be missing, `null` or blank: then it is left out. */
export function optionalTextAt(body: unknown, path: string): string | undefined {
  const value = at(body, path)
  if (value === undefined || value === null || value === '') return undefined
  return textAt(body, path)
}

/** A list; a missing one and `null` are empty. */
export function listAt(body: unknown, path: string): readonly unknown[] {
  const value = at(body, path)
  if (value === undefined || value === null) return []
  if (!Array.isArray(value))
    throw invalid(path, `Expected a list: current value is ${shown(value)}`)
  return value
}

/** Whether there is an object at the path. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The names of an object's members; none where it is no object. */
export function namesAt(body: unknown, path: string): readonly string[] {
  const value = at(body, path)
  return isObject(value) ? Object.keys(value) : []
}

/** A whole number from 0, as a number or in canonical digits. */
export function wholeAt(body: unknown, path: string): number {
  const value = at(body, path)
  const digits = textOf(value)
  if (
    digits === null ||
    !/^(?:0|[1-9]\d{0,15})$/.test(digits) ||
    !Number.isSafeInteger(Number(digits))
  )
    throw invalid(path, `Expected a whole number: current value is ${shown(value)}`)
  return Number(digits)
}

/** A time after RFC 3339, in milliseconds since 1970 UTC. */
export function timeAt(body: unknown, path: string): number {
  const value = at(body, path)
  const time = typeof value === 'string' ? parseTime(value) : null
  if (time === null)
    throw invalid(path, `Expected an RFC 3339 time: current value is ${shown(value)}`)
  return time
}

/** A time in whole seconds since 1970 UTC, in milliseconds. */
export function secondsAt(body: unknown, path: string): number {
  return wholeAt(body, path) * 1000
}

/** Minor units as an amount in major units, such as `12.5`; trailing zeros say nothing and are left out. */
export function major(units: number, digits: number): string {
  const text = decimalText(units, digits)
  return digits === 0 ? text : text.replace(/\.?0+$/, '')
}

/** An amount in the minor units that ISO 4217 gives its currency, in major units. */
export function majorAt(body: unknown, path: string, currency: string): string {
  return major(wholeAt(body, path), digitsOf(currency))
}

/** A currency code as vendors write it, in upper case. */
export function currencyAt(body: unknown, path: string): string {
  return textAt(body, path).toUpperCase()
}
