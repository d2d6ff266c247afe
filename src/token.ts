import { base64url, equalBytes, parseBase64url, utf8 } from './bytes.ts'
import { hmac, sha256 } from './sign.ts'

/** What a token is good for; one of another purpose is none. */
export type Purpose = 'invitation' | 'answer' | 'page' | 'preview'

/** What a token says: parts of letters, digits, `_`, `-` and `~`. */
export type Parts = readonly string[]

/** Bytes of a signature: half of HMAC-SHA-256, as RFC 2104 section 5 allows. */
const signatureLength = 16

/** Which key has signed, so that others can come after it and links out there go on. */
async function keyName(key: string): Promise<string> {
  return (await sha256(`tidemark: name of a key\n${key}`)).slice(0, 6)
}

async function signature(key: string, purpose: Purpose, body: string): Promise<Uint8Array> {
  const message = utf8(`tidemark: ${purpose} token\n${body}`)
  return (await hmac('SHA-256', utf8(key), message)).slice(0, signatureLength)
}

/**
 * Signs a token that can stand in a URL, with the first of the keys.
 *
 * @throws RangeError where there is no key: nothing unsigned may leave.
 */
export async function signToken(
  keys: readonly string[],
  purpose: Purpose,
  parts: Parts,
): Promise<string> {
  const [key] = keys
  if (key === undefined) throw new RangeError('No key to sign with')
  const body = [...parts, await keyName(key)].join('.')
  return `${body}.${base64url(await signature(key, purpose, body))}`
}

/** What a token says, or `null` where none of the keys has signed it for this purpose. */
export async function openToken(
  keys: readonly string[],
  purpose: Purpose,
  token: string,
): Promise<Parts | null> {
  if (token.length > 300 || !/^[\w~-]+(?:\.[\w~-]+){2,}$/.test(token)) return null
  const pieces = token.split('.')
  const shown = parseBase64url(pieces.pop() ?? '')
  const name = pieces.at(-1)
  if (shown === null) return null
  for (const key of keys) {
    if ((await keyName(key)) !== name) continue
    if (equalBytes(shown, await signature(key, purpose, pieces.join('.')))) {
      return pieces.slice(0, -1)
    }
  }
  return null
}
