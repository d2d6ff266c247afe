const encoder = new TextEncoder()

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encoder.encode(text))
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text that {@link utf8} would write as these bytes, or `null` where there is none. */
export function parseUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** Pieces put end to end. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.byteLength
  }
  return whole
}

/** Bytes in lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The bytes of lower-case hexadecimal digits and nothing else, or `null`: each value has one form. */
export function parseHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^(?:[0-9a-f]{2})+$/.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
}

/** Bytes in base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/**
 * The bytes of base64 in the form that {@link base64} writes, or `null`: without padding, with another
 * alphabet, with blanks or with stray last bits it would be a second name for the same bytes.
 */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return base64(bytes) === text ? bytes : null
}

/**
 * Whether two byte strings are equal, in a time that depends on their lengths only: every byte is looked
 * at, wherever they differ.
 */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.byteLength !== other.byteLength) return false
  let difference = 0
  for (let at = 0; at < one.byteLength; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0)
  return difference === 0
}

/** Bytes in the base64 of URLs, without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The bytes of what {@link base64url} writes, or `null`. */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const padding = '='.repeat((4 - (text.length % 4)) % 4)
  if (!/^[\w-]+$/.test(text)) return null
  return parseBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding)
}
