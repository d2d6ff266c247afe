import { base64url } from '../src/bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const randomText = (bytes: number) => base64url(crypto.getRandomValues(new Uint8Array(bytes)))

/** An id that nobody guesses: 128 bits in 22 characters. */
export function publicId(): string {
  return randomText(16)
}

/** The public half of a key: it only has to be unique. */
export function keyId(): string {
  const random = crypto.getRandomValues(new Uint32Array(12))
  return [...random].map((number) => alphabet.charAt(number % alphabet.length)).join('')
}

/** The secret half of a key: 256 bits in 43 characters. */
export function keySecret(): string {
  return randomText(32)
}
