import { Problem, invalid } from './problem.ts'

/** Deeper nesting than this has no use here, and recursion over it would end in a stack overflow. */
const depthLimit = 32

/** What tells the shape, and whole numbers that may lie beyond 2^53. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

/**
 * Reads JSON that a stranger wrote.
 *
 * @throws Problem where it is no JSON, nests too deep, names a field twice, or names `__proto__`: each
 * of these is read differently by different parsers, so that checks and storage could disagree.
 */
export function parseJson(text: string): unknown {
  const value = parse(text)
  checkShape(text)
  return value
}

/**
 * The same, with whole numbers beyond 2^53 as their digits: as numbers they would be other numbers, and
 * ids are among them.
 *
 * @throws Problem as {@link parseJson} does.
 */
export function parseExactJson(text: string): unknown {
  const value = parse(text)
  const numbers = checkShape(text).filter(({ found }) => !Number.isSafeInteger(Number(found)))
  return numbers.length === 0 ? value : JSON.parse(quoted(text, numbers))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('malformed', 'The body is not valid JSON')
  }
}

/** A whole number of 16 digits or more, as it is written and where. */
interface LongNumber {
  readonly found: string
  readonly start: number
}

function quoted(text: string, numbers: readonly LongNumber[]): string {
  let whole = ''
  let end = 0
  for (const { found, start } of numbers) {
    whole += `${text.slice(end, start)}"${found}"`
    end = start + found.length
  }
  return whole + text.slice(end)
}

/** Walks the tokens of a text that is known to be JSON, without recursion; returns its long numbers. */
function checkShape(text: string): LongNumber[] {
  const open: (Set<string> | null)[] = []
  const numbers: LongNumber[] = []
  let string = ''
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : null)
      if (open.length > depthLimit) {
        throw new Problem('malformed', `The body nests deeper than ${depthLimit} levels`)
      }
    } else if (found === '}' || found === ']') {
      open.pop()
    } else if (found === ':') {
      checkName(nameOf(string), open.at(-1))
    } else if (found.startsWith('"')) {
      string = found
    } else {
      numbers.push({ found, start: match.index })
    }
  }
  return numbers
}

function nameOf(string: string): string {
  return string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1)
}

function checkName(name: string, siblings: Set<string> | null | undefined): void {
  if (name === '__proto__') throw invalid(name, 'A field of this name is not allowed')
  if (siblings?.has(name)) throw invalid(name, 'The field occurs twice')
  siblings?.add(name)
}
