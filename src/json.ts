import { Problem, invalid } from './problem.ts'

/** Deeper nesting than this has no use here, and recursion over it would end in a stack overflow. */
const depthLimit = 32

/** What tells the names of fields. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g

/**
 * Reads JSON that a stranger wrote.
 *
 * @throws Problem where it is no JSON, nests too deep, names a field twice, or names `__proto__`: each
 * of these is read differently by different parsers, so that checks and storage could disagree.
 */
export function parseJson(text: string): unknown {
  const value = parse(text)
  checkNames(text, value, shapeOf(text))
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
  const shape = shapeOf(text)
  checkNames(text, value, shape)
  const numbers = shape.numbers.filter(({ found }) => !Number.isSafeInteger(Number(found)))
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

/** What is told by the text alone: how many fields it names, and its long numbers. */
interface Shape {
  readonly names: number
  readonly numbers: readonly LongNumber[]
}

const [quote, colon, backslash, minus] = [0x22, 0x3a, 0x5c, 0x2d]
/** What opens and closes differs from its other form by this bit alone: `[` and `{`, `]` and `}`. */
const curly = 0x20
const [opening, closing] = [0x5b, 0x5d]
const isDigit = (code: number) => code >= 0x30 && code <= 0x39

/** Walks a text that is known to be JSON, without recursion. */
function shapeOf(text: string): Shape {
  const numbers: LongNumber[] = []
  let names = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === colon) names++
    else if ((code & ~curly) === opening) depth++
    else if ((code & ~curly) === closing) depth--
    else if (code === minus || isDigit(code)) {
      const end = endOfNumber(text, at)
      const found = text.slice(at, end)
      if (/^-?\d{16,}$/.test(found)) numbers.push({ found, start: at })
      at = end - 1
    }
    if (depth > depthLimit) {
      throw new Problem('malformed', `The body nests deeper than ${depthLimit} levels`)
    }
  }
  return { names, numbers }
}

/** Where the string ends that begins here: at the first quote behind an even number of backslashes. */
function endOfString(text: string, start: number): number {
  let end = start
  for (;;) {
    end = text.indexOf('"', end + 1)
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return end
  }
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1
  while (/[\d.eE+-]/.test(text.charAt(end))) end++
  return end
}

/** A field that is named twice leaves fewer in the value than in the text; which one is looked up then. */
function checkNames(text: string, value: unknown, { names }: Shape): void {
  if (namesIn(value) !== names) findDoubled(text)
}

/** @throws Problem where one is called `__proto__`. */
function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + namesIn(item), 0)
  let names = 0
  for (const [name, item] of Object.entries(value)) {
    if (name === '__proto__') throw invalid(name, 'A field of this name is not allowed')
    names += 1 + namesIn(item)
  }
  return names
}

/** @throws Problem that names the field. */
function findDoubled(text: string): void {
  const open: (Set<string> | null)[] = []
  let string = ''
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') open.push(found === '{' ? new Set() : null)
    else if (found === '}' || found === ']') open.pop()
    else if (found === ':') checkName(nameOf(string), open.at(-1))
    else string = found
  }
}

function nameOf(string: string): string {
  return string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1)
}

function checkName(name: string, siblings: Set<string> | null | undefined): void {
  if (siblings?.has(name)) throw invalid(name, 'The field occurs twice')
  siblings?.add(name)
}
