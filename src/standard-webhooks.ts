import { equalBytes, joined, parseBase64, utf8 } from './bytes.ts'
import {
  type Inbound,
  type Scheme,
  type Verdict,
  candidateLimit,
  headerOf,
  parseStamp,
  refused,
  timeRule,
} from './scheme.ts'
import { hmac } from './sign.ts'

/** The two ways to write the same three headers; a request has to have all of one of them. */
const families = ['webhook', 'svix'] as const

/** What a secret stands for: a key that both sides hold, or the public half of the sender's. */
interface Key {
  readonly version: 'v1' | 'v1a'
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A key from the text that senders show, or what is wrong with it. */
function parseKey(secret: string): Key | string {
  if (secret.trim() === '') return 'The secret is blank'
  if (secret !== secret.trim()) return 'The secret has blanks or a line break at one end'
  if (secret.startsWith('whsk_')) {
    return 'This is the private key, which only the sender may have: paste the public one, which begins with whpk_'
  }
  if (secret.startsWith('whpk_')) {
    const bytes = parseBase64(secret.slice('whpk_'.length))
    if (bytes?.byteLength !== 32) return 'Expected the base64 of 32 bytes after whpk_'
    return { version: 'v1a', bytes }
  }
  const bytes = parseBase64(secret.replace(/^whsec_/, ''))
  if (bytes === null || bytes.byteLength < 24 || bytes.byteLength > 64) {
    return 'Expected the base64 of 24 to 64 bytes after whsec_'
  }
  return { version: 'v1', bytes }
}

interface Signature {
  readonly version: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Signed {
  readonly signatures: readonly Signature[]
  readonly message: Uint8Array<ArrayBuffer>
  readonly time: number
}

/** How long the signatures of the versions are that are understood, in bytes. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['v1', 32],
  ['v1a', 64],
])

/** A list such as `v1,<base64> v1a,<base64>`; a header that was sent twice leaves commas at ends. */
function signaturesOf(header: string): readonly Signature[] {
  return header
    .split(' ')
    .flatMap((entry) => {
      const [, version = '', text = ''] = /^(\w+),([^,]+),?$/.exec(entry) ?? []
      const bytes = parseBase64(text)
      return bytes === null || bytes.byteLength !== lengths.get(version) ? [] : [{ version, bytes }]
    })
    .slice(0, candidateLimit)
}

/** What a request claims, or why it claims nothing that could be checked. */
function claimOf(inbound: Inbound): Signed | string {
  for (const family of families) {
    const id = headerOf(inbound, `${family}-id`)
    const stamp = headerOf(inbound, `${family}-timestamp`)
    const header = headerOf(inbound, `${family}-signature`)
    if (id === null || stamp === null || header === null) continue
    // What is signed is joined by full stops: another one would let an id and a time change places.
    if (id.includes('.')) return `${family}-id holds a full stop`
    const seconds = parseStamp(stamp)
    if (seconds === null) return `${family}-timestamp is no whole number of seconds`
    const signatures = signaturesOf(header)
    if (signatures.length === 0) return `${family}-signature holds no signature of v1 or v1a`
    return {
      signatures,
      message: joined(utf8(`${id}.${stamp}.`), inbound.body),
      time: seconds * 1000,
    }
  }
  return 'Expected webhook-id, webhook-timestamp and webhook-signature, or the three with svix-'
}

async function fits({ version, bytes }: Key, { signatures, message }: Signed): Promise<boolean> {
  const candidates = signatures.filter((one) => one.version === version)
  if (candidates.length === 0) return false
  if (version === 'v1') {
    const digest = await hmac('SHA-256', bytes, message)
    return candidates.some((one) => equalBytes(one.bytes, digest))
  }
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify'])
  for (const one of candidates) {
    if (await crypto.subtle.verify({ name: 'Ed25519' }, key, one.bytes, message)) return true
  }
  return false
}

async function verify(inbound: Inbound, secrets: readonly string[], now: number): Promise<Verdict> {
  const claimed = claimOf(inbound)
  if (typeof claimed === 'string') return refused(claimed)
  const late = timeRule(claimed.time, now)
  if (late !== null) return refused(late)
  for (const secret of secrets) {
    const key = parseKey(secret)
    if (typeof key !== 'string' && (await fits(key, claimed))) return { ok: true }
  }
  return refused('The signature fits no secret in use')
}

/**
 * Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks), which Svix came before: the
 * same under other names of headers. A shared secret is taken with and without its `whsec_`, as the
 * libraries of the specification do.
 */
export const standardWebhooks: Scheme = {
  label:
    'Standard Webhooks: HMAC-SHA256 (`v1`, a secret that begins with `whsec_`) or Ed25519 (`v1a`, a ' +
    'public key that begins with `whpk_`) of id, time and body, base64, in `webhook-signature` or ' +
    '`svix-signature`',
  secretRule(secret) {
    const key = parseKey(secret)
    return typeof key === 'string' ? key : null
  },
  verify,
}
