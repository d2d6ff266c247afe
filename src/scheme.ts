import { type Hash, equalDigests, hmac, sha256 } from './sign.ts'
import { equalBytes, parseBase64, utf8 } from './bytes.ts'

/** A request of a webhook's sender, before anybody knows whether it is what it says. */
export interface Inbound {
  readonly method: string
  /** The URL as the sender was told it, with its query. */
  readonly url: string
  /** By lower-case name; a header that was sent twice is joined by `, `. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array<ArrayBuffer>
  /** What follows the source's id in the path, for senders that cannot say it in a header. */
  readonly token: string | null
}

/** Whether a request comes from who holds a secret, or what speaks against it, fit for the team to read. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a vendor shows that a request is its own. */
export interface Scheme {
  /** What the documentation says of it. */
  readonly label: string
  /** What is wrong with a text as a secret of this scheme; `null` where it is one. */
  readonly secretRule: (secret: string) => string | null
  /**
   * Whether one of the secrets in use fits the request.
   *
   * @param now in milliseconds since 1970 UTC, for schemes that sign a time.
   */
  readonly verify: (inbound: Inbound, secrets: readonly string[], now: number) => Promise<Verdict>
}

/** More signatures in one header are not looked at: a request must not buy unbounded work. */
export const candidateLimit = 16

const accepted: Verdict = { ok: true }

export function refused(reason: string): Verdict {
  return { ok: false, reason }
}

/** What a request claims: its signatures, what they were made of, and when. */
export interface Claim {
  readonly signatures: readonly Uint8Array[]
  readonly message: Uint8Array<ArrayBuffer>
  /** When it was signed, in milliseconds since 1970 UTC, where the scheme says so. */
  readonly time?: number
}

/** A time further from now than this is refused, in milliseconds: five minutes, as the schemes say. */
export const tolerance = 300_000

/** A header's text without blanks around it, or `null` where there is none. */
export function headerOf({ headers }: Inbound, name: string): string | null {
  const text = headers.get(name)?.trim() ?? ''
  return text === '' ? null : text
}

/** Why a claim's time speaks against it. */
export function timeRule(time: number, now: number): string | null {
  const seconds = Math.round((now - time) / 1000)
  if (Math.abs(now - time) <= tolerance) return null
  return `Signed ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ago' : 'ahead'}: at most ${tolerance / 1000} are accepted`
}

/** Whole seconds or milliseconds since 1970 in canonical digits, or `null`; `1e9`, `+1` and ` 1` are none. */
export function parseStamp(text: string): number | null {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null
}

/** A shared secret as people paste it; a stray line break would never fit and never say why. */
export function sharedSecretRule(secret: string): string | null {
  if (secret.trim() === '') return 'The secret is blank'
  if (secret !== secret.trim()) return 'The secret has blanks or a line break at one end'
  if (secret.length < 8 || secret.length > 500) return 'Expected a secret of 8 to 500 characters'
  return /^[\u0021-\u007e](?:[\u0020-\u007e]*[\u0021-\u007e])?$/.test(secret)
    ? null
    : 'Expected printable ASCII characters only'
}

/** The schemes that sign with a keyed digest: where they differ is what they sign, and how it is written. */
export interface HmacScheme {
  readonly label: string
  readonly hash?: Hash
  /** The key that a secret stands for; its UTF-8 where it is left out. */
  readonly key?: (secret: string) => Uint8Array<ArrayBuffer>
  readonly secretRule?: (secret: string) => string | null
  /** What the request claims, or why it claims nothing that could be checked. */
  readonly claim: (inbound: Inbound) => Claim | string
}

/** A scheme of a keyed digest over a message that holds the body. */
export function hmacScheme({
  label,
  hash = 'SHA-256',
  key = utf8,
  secretRule = sharedSecretRule,
  claim,
}: HmacScheme): Scheme {
  return {
    label,
    secretRule,
    async verify(inbound, secrets, now) {
      const claimed = claim(inbound)
      if (typeof claimed === 'string') return refused(claimed)
      const late = claimed.time === undefined ? null : timeRule(claimed.time, now)
      if (late !== null) return refused(late)
      const candidates = claimed.signatures.slice(0, candidateLimit)
      for (const secret of secrets) {
        const digest = await hmac(hash, key(secret), claimed.message)
        if (candidates.some((candidate) => equalBytes(candidate, digest))) return accepted
      }
      return refused('The signature fits no secret in use')
    },
  }
}

/** The name/value pairs of a header such as `t=1,v1=ab,v1=cd`, in order. */
export function pairsOf(
  text: string,
  separator: ',' | ';',
): readonly (readonly [string, string])[] {
  return text.split(separator).map((pair) => {
    const at = pair.indexOf('=')
    return at < 0
      ? ([pair.trim(), ''] as const)
      : ([pair.slice(0, at).trim(), pair.slice(at + 1)] as const)
  })
}

/**
 * The only value of a name among pairs; `null` where there is none or where there are several, because
 * two times in one header are one too many.
 */
export function only(pairs: readonly (readonly [string, string])[], name: string): string | null {
  const [found, ...more] = pairs.filter(([key]) => key === name)
  return found === undefined || more.length > 0 ? null : found[1]
}

/** A secret that is sent as it is: Basic authentication, a bearer token, or the end of the path. */
export const credentials: Scheme = {
  label:
    'The secret itself: by HTTP Basic authentication (`user:password` is the secret), as a bearer ' +
    'token, or at the end of the URL',
  secretRule(secret) {
    if (sharedSecretRule(secret) !== null) return sharedSecretRule(secret)
    return secret.length < 16 ? 'Expected at least 16 characters: it is sent as it is' : null
  },
  async verify({ headers, token }, secrets) {
    const shown = presented(headers.get('authorization') ?? '') ?? token
    if (shown === null) return refused('No credentials were sent')
    const digest = await sha256(shown)
    for (const secret of secrets) if (equalDigests(await sha256(secret), digest)) return accepted
    return refused('The credentials fit no secret in use')
  },
}

/** What an Authorization header presents; the password may hold colons (RFC 7617 section 2). */
function presented(authorization: string): string | null {
  const [, scheme, value] = /^(Basic|Bearer) +(\S+)$/i.exec(authorization.trim()) ?? []
  if (scheme === undefined || value === undefined) return null
  if (scheme.toLowerCase() === 'bearer') return value
  const bytes = parseBase64(value)
  return bytes === null
    ? null
    : new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes)
}
