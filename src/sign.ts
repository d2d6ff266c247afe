import { equalBytes, hex, utf8 } from './bytes.ts'

/** SHA-256 of a text or of bytes, in hexadecimal. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? utf8(content) : content
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/**
 * Whether two texts are equal, in a time that tells nothing of where they differ: every character is
 * looked at. Compare digests, never secrets of their own length.
 */
export function equalDigests(one: string, other: string): boolean {
  return equalBytes(utf8(one), utf8(other))
}

export type Hash = 'SHA-1' | 'SHA-256'

/** The keyed digest of a message (RFC 2104). The key must not be empty. */
export async function hmac(
  hash: Hash,
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}
