const minute = 60_000
const hour = 60 * minute

/** How long to wait after each failure, as Svix and the example of Standard Webhooks do. */
const waits = [5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour]

/** A receiver that asks for more patience is forgotten. */
const longestWait = 24 * hour

/** How often something is sent before it is given up: over some 28 hours. */
export const mostAttempts = waits.length + 1

/**
 * When to try again, in milliseconds since 1970 UTC; `null` where that was the last attempt.
 *
 * @param attempts made so far.
 * @param asked how many milliseconds the receiver wants to be left alone; 0 where it does not say.
 * @param jitter from 0 to 1: up to a fifth more, so that what failed together is not tried together.
 */
export function nextAttempt(
  attempts: number,
  { now, asked, jitter }: { readonly now: number; readonly asked: number; readonly jitter: number },
): number | null {
  const wait = waits[attempts - 1]
  if (wait === undefined) return null
  return now + Math.max(Math.round(wait * (1 + jitter / 5)), Math.min(asked, longestWait))
}

/** How many milliseconds a `Retry-After` asks for: seconds or an HTTP date; 0 where it is neither. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000
  const time = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(time) ? 0 : Math.max(0, time - now)
}
