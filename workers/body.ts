import * as v from 'valibot'
import { fieldErrors } from '../src/issues.ts'
import { parseJson } from '../src/json.ts'
import { Problem } from '../src/problem.ts'

const kibibyte = 1024

/** The media type of a request, lower case and without parameters; `''` where it states none. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** @throws Problem 415 where the body is compressed: a limit on bytes would not limit what they become. */
export function refuseEncoding(request: Request): void {
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding === 'identity') return
  throw new Problem('unsupported-media-type', `Content-Encoding "${encoding}" is not supported`)
}

/**
 * The bytes of a body of at most `limit` bytes. Where Content-Length does not promise so, they are counted
 * as they arrive.
 *
 * @throws Problem 413 over the limit, 415 where the body is compressed.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  refuseEncoding(request)
  const promised = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(promised <= limit)) return countBytes(request, limit)
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.byteLength > limit) throw tooLarge(limit)
  return bytes
}

const tooLarge = (limit: number) =>
  new Problem('too-large', `The body exceeds ${limit / kibibyte} KiB`)

async function countBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** @throws Problem 400 where the bytes are not UTF-8: a guess would store what nobody wrote. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Problem('malformed', 'The body is not valid UTF-8')
  }
}

/**
 * The JSON body of a request, checked by a schema.
 *
 * @throws Problem 415, 413, 400 or 422, each naming what is wrong.
 */
export async function readJson<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  if (mediaType(request) !== 'application/json') {
    throw new Problem('unsupported-media-type', 'Expected a body of type application/json')
  }
  const parsed = v.safeParse(schema, parseJson(decode(await readBytes(request, 64 * kibibyte))))
  if (!parsed.success) throw validation('body', fieldErrors(parsed.issues))
  return parsed.output
}

/** The problem of a whole input, naming each field that is to blame. */
export function validation(what: string, errors: Problem['errors']): Problem {
  const list = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return new Problem('invalid', `The ${what} breaks a rule: ${list.slice(0, 5).join('; ')}`, errors)
}
