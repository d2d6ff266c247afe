import type { Problem, ProblemKind } from '../src/problem.ts'
import { sha256 } from '../src/sign.ts'
import { classes } from './headers.ts'

const jsonType = 'application/json; charset=utf-8'

/** A private JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': jsonType, ...classes.data, ...headers },
  })
}

/** What may be shown to get in, as RFC 9110 section 15.5.2 wants it to be said. */
const challenges: Readonly<Partial<Record<ProblemKind, Record<string, string>>>> = {
  unauthorized: { 'WWW-Authenticate': 'Bearer' },
  unverified: { 'WWW-Authenticate': 'Basic realm="hooks", charset="UTF-8"' },
}

/** A problem as RFC 9457 wants it. */
export function problem(found: Problem, more: Record<string, string> = {}): Response {
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    ...challenges[found.kind],
    ...more,
  }
  if (found.status === 503) headers['Retry-After'] = '5'
  if (found.status === 429) headers['Retry-After'] = '60'
  return json(found, found.status, headers)
}

/** Whether an If-None-Match names the tag; weakly compared, as RFC 9110 section 13.1.2 demands. */
export function matches(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

/** A strong ETag: two texts have the same one where they are the same. */
export async function etagOf(text: string): Promise<string> {
  return `"${(await sha256(text)).slice(0, 32)}"`
}

/**
 * An answer with a strong ETag derived from what it says, or 304 where the reader has it already.
 * Headers are kept on a 304, because they renew what the reader's cache holds (RFC 9110, 15.4.5).
 */
export async function tagged(
  request: Request,
  text: string,
  headers: Record<string, string>,
): Promise<Response> {
  const etag = await etagOf(text)
  const all = { 'X-Content-Type-Options': 'nosniff', ...headers, ETag: etag }
  if (matches(request.headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: all })
  }
  return new Response(text, { headers: all })
}

/** A private answer to a GET, as JSON, with its tag. */
export function taggedJson(request: Request, body: unknown, headers = {}): Promise<Response> {
  return tagged(request, JSON.stringify(body), {
    'Content-Type': jsonType,
    ...classes.data,
    ...headers,
  })
}

/** A private answer to a GET in another format. */
export function taggedText(request: Request, text: string, type: string): Promise<Response> {
  const headers = { 'Content-Type': `${type}; charset=utf-8`, ...classes.data, Vary: 'Accept' }
  return tagged(request, text, headers)
}
