import { base64, parseBase64, utf8 } from './bytes.ts'
import { hmac } from './sign.ts'

/** Bytes of a secret: what Standard Webhooks recommends at least is 24. */
export const secretLength = 32

/** The text of a secret, as Standard Webhooks writes it. */
export function secretText(bytes: Uint8Array): string {
  return `whsec_${base64(bytes)}`
}

/**
 * The headers of a webhook as Standard Webhooks 1.0.0 signs it: HMAC-SHA256 of id, time and body.
 *
 * @param id stays the same when the webhook is sent again.
 * @param time when it is sent, in milliseconds since 1970 UTC.
 * @throws RangeError where the secret is none of {@link secretText}'s.
 */
export async function signedHeaders(
  secret: string,
  { id, time, body }: { readonly id: string; readonly time: number; readonly body: string },
): Promise<Record<string, string>> {
  const key = parseBase64(secret.replace(/^whsec_/, ''))
  if (key === null) throw new RangeError('Expected the base64 of a key after whsec_')
  const stamp = String(Math.floor(time / 1000))
  const digest = await hmac('SHA-256', key, utf8(`${id}.${stamp}.${body}`))
  return {
    'webhook-id': id,
    'webhook-timestamp': stamp,
    'webhook-signature': `v1,${base64(digest)}`,
  }
}
