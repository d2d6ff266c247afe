import { type Message, bodyOf } from '../src/alert-message.ts'
import type { AlertFormat } from '../src/alert.ts'
import { parseRetryAfter } from '../src/backoff.ts'
import { addressRule } from '../src/webhook-address.ts'
import { signedHeaders } from '../src/webhook-signature.ts'
import type { AlertTarget } from './alert-target.ts'

/** What became of a request to a target. */
export interface Sent {
  readonly ok: boolean
  /** Of the answer; `null` where there was none, and `error` then says why. */
  readonly status: number | null
  readonly error: string | null
  /** How many milliseconds the receiver wants to be left alone; 0 where it does not say. */
  readonly wait: number
  /** Whether sending it again would be no use. */
  readonly final: boolean
}

/** Whoever takes longer has not taken it, in milliseconds. */
const patience = 5_000

/** What was not even sent, and will not be. */
export function unsent(error: string): Sent {
  return { ok: false, status: null, error, wait: 0, final: true }
}

/**
 * Sends a message, once. Redirects are not followed, because nobody has checked where they lead, and of the
 * answer nothing is read but its status.
 *
 * @param id stays the same when the message is sent again.
 */
export async function sendMessage(
  target: AlertTarget,
  { format, id, now }: { readonly format: AlertFormat; readonly id: string; readonly now: number },
  message: Message,
): Promise<Sent> {
  // What may be called can change after an alert has been made.
  const rule = addressRule(target.url, '')
  if (rule !== null) return unsent(rule)
  const body = bodyOf(message, format)
  const { secret, url } = target
  try {
    const signature = secret === null ? {} : await signedHeaders(secret, { id, time: now, body })
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Tidemark', ...signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    await answer.body?.cancel()
    const { ok, status, headers } = answer
    const wait = parseRetryAfter(headers.get('retry-after'), now)
    return { ok, status, error: null, wait, final: false }
  } catch (error) {
    const reason = reasonOf(error)
    console.warn(JSON.stringify({ event: 'alert not sent', reason }))
    return { ok: false, status: null, error: reason, wait: 0, final: false }
  }
}

/** Why there was no answer, in our words: those of the runtime may repeat the address, which is a secret. */
function reasonOf(error: unknown): string {
  const late = error instanceof DOMException && error.name === 'TimeoutError'
  return late ? `No answer within ${patience / 1000} seconds` : 'The receiver could not be reached'
}
