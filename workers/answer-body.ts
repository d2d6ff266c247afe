import { type FieldError, Problem } from '../src/problem.ts'
import { parseJson } from '../src/json.ts'
import { decode, mediaType, readBytes, validation } from './body.ts'

const bodyLimit = 256 * 1024

/** The fields of an answer, and whether a person's form or a program's JSON brought them. */
export interface AnswerBody {
  readonly form: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

/** Whether a request is a form that a person sent, who is owed a page and not a problem document. */
export function isForm(request: Request): boolean {
  return ['application/x-www-form-urlencoded', 'multipart/form-data'].includes(mediaType(request))
}

/**
 * Reads an answer as form or JSON.
 *
 * @throws Problem 415, 413, 400, or 422 where a field occurs twice or holds a file.
 */
export async function readAnswerBody(request: Request): Promise<AnswerBody> {
  const type = mediaType(request)
  const bytes = await readBytes(request, bodyLimit)
  if (type === 'application/json')
    return { form: false, fields: objectOf(parseJson(decode(bytes))) }
  if (type === 'application/x-www-form-urlencoded') {
    return { form: true, fields: once(urlencoded(decode(bytes))) }
  }
  if (type === 'multipart/form-data')
    return { form: true, fields: once(await multipart(request, bytes)) }
  throw new Problem('unsupported-media-type', 'Expected a form or a body of type application/json')
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('malformed', 'Expected a JSON object')
  }
  return Object.fromEntries(Object.entries(value))
}

/** Percent-decoding that refuses what is not UTF-8; URLSearchParams would put U+FFFD in its place. */
function urlencoded(text: string): [string, string][] {
  const decodePart = (part: string) => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' '))
    } catch {
      throw new Problem('malformed', 'The form is not percent-encoded UTF-8')
    }
  }
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0
        ? [decodePart(pair), '']
        : [decodePart(pair.slice(0, at)), decodePart(pair.slice(at + 1))]
    })
}

async function multipart(
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<[string, string][]> {
  decode(bytes)
  const headers = { 'Content-Type': request.headers.get('content-type') ?? '' }
  let entries: [string, string | File][]
  try {
    entries = [...(await new Response(bytes, { headers }).formData())]
  } catch {
    throw new Problem('malformed', 'The multipart form cannot be read')
  }
  return entries.map(([name, value]) => {
    if (typeof value === 'string') return [name, value]
    throw validation('form', [{ path: name, message: 'A file is not accepted here' }])
  })
}

/** Fields by name; one that occurs twice has no value that could be trusted. */
function once(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const found = new Map<string, string>()
  const errors: FieldError[] = []
  for (const [name, value] of entries) {
    if (found.has(name)) errors.push({ path: name, message: 'The field is sent twice' })
    found.set(name, value)
  }
  if (errors.length > 0) throw validation('form', errors.slice(0, 20))
  return Object.fromEntries(found)
}
