import { base64, parseBase64, utf8 } from './bytes.ts'

/** What the key of the environment is used for here: another use gets another key out of the same text. */
const purpose = utf8('tidemark: secrets of webhook sources')

/** A secret as it is kept: sealed, with the id by which it can be ended. */
export interface SealedSecret {
  readonly id: string
  readonly sealed: string
  readonly created: number
  /** When it ceases to be accepted, in milliseconds since 1970 UTC; `null` while nothing has replaced it. */
  readonly expires: number | null
}

/** Bytes of an initialisation vector (NIST SP 800-38D, section 8.2). */
export const ivLength = 12

/** The keys that a deployment's text of them stands for: the first seals, and each of them opens. */
export function sealKeysOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((key) => key.length >= 32)
}

async function keyOf(text: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(text), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: purpose },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/**
 * Seals a secret with AES-256-GCM, bound to where it belongs: copied elsewhere, it does not open.
 *
 * @param iv {@link ivLength} random bytes, never used before.
 */
export async function seal(
  secret: string,
  { key, place, iv }: { key: string; place: string; iv: Uint8Array<ArrayBuffer> },
): Promise<string> {
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(place) }
  const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(key), utf8(secret))
  return `1.${base64(iv)}.${base64(new Uint8Array(sealed))}`
}

/** What was sealed, or `null` where none of the keys opens it at this place. */
export async function unseal(
  text: string,
  { keys, place }: { keys: readonly string[]; place: string },
): Promise<string | null> {
  const [version, iv, sealed, ...more] = text.split('.')
  const parts = { iv: parseBase64(iv ?? ''), sealed: parseBase64(sealed ?? '') }
  if (version !== '1' || more.length > 0 || parts.iv === null || parts.sealed === null) return null
  const algorithm = { name: 'AES-GCM', iv: parts.iv, additionalData: utf8(place) }
  for (const key of keys) {
    try {
      const opened = await crypto.subtle.decrypt(algorithm, await keyOf(key), parts.sealed)
      return new TextDecoder().decode(opened)
    } catch {
      // Another key has sealed it, or somebody has changed it; AES-GCM does not tell which.
    }
  }
  return null
}
