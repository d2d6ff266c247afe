import { Problem, invalid } from './problem.ts'

/** Deeper nesting than this has no use here, and recursion over it would end in a stack overflow. */
const depthLimit = 32

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/**
 * Reads JSON that a stranger wrote.
 *
 * @throws Problem where it is no JSON, nests too deep, names a field twice, or names `__proto__`: each
 * of these is read differently by different parsers, so that checks and storage could disagree.
 */
export function parseJson(text: string): unknown {
  return parse(text)
}

/**
 * The same, with whole numbers beyond 2^53 as their digits: as numbers they would be other numbers, and
 * ids are among them.
 *
 * @throws Problem as {@link parseJson} does.
 */
export function parseExactJson(text: string): unknown {
  return /\d{16}/.test(text) ? parse(text, exact) : parse(text)
}

function parse(text: string, reviver?: typeof exact): unknown {
  let value: unknown
  try {
    value = JSON.parse(text, reviver)
  } catch {
    throw new Problem('malformed', 'The body is not valid JSON')
  }
  checkShape(text)
  return value
}

/** `source` is how the number was written (tc39.es/proposal-json-parse-with-source). */
function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  const written = context?.source
  if (typeof value !== 'number' || written === undefined || Number.isSafeInteger(value))
    return value
  return /^-?\d+$/.test(written) ? written : value
}

/** Walks the tokens of a text that is known to be JSON, without recursion. */
function checkShape(text: string): void {
  const open: (Set<string> | null)[] = []
  let string = ''
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : null)
      if (open.length > depthLimit) {
        throw new Problem('malformed', `The body nests deeper than ${depthLimit} levels`)
      }
    } else if (found === '}' || found === ']') {
      open.pop()
    } else if (found === ':') {
      checkName(JSON.parse(string) as string, open.at(-1))
    } else {
      string = found
    }
  }
}

function checkName(name: string, siblings: Set<string> | null | undefined): void {
  if (name === '__proto__') throw invalid(name, 'A field of this name is not allowed')
  if (siblings?.has(name)) throw invalid(name, 'The field occurs twice')
  siblings?.add(name)
}
