import type { Dress } from '../src/dress.ts'
import { rootCause } from '../src/store/failure.ts'

/** What a deployment may have besides: keys of Cloudflare Turnstile, both or none. */
interface Keys {
  readonly TURNSTILE_SITE_KEY?: string
  readonly TURNSTILE_SECRET?: string
}

const verifier = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/** The key that a page shows; `null` where the deployment has none, and then nobody is challenged. */
function siteKeyOf({ TURNSTILE_SITE_KEY = '', TURNSTILE_SECRET = '' }: Env & Keys): string | null {
  return TURNSTILE_SITE_KEY === '' || TURNSTILE_SECRET === '' ? null : TURNSTILE_SITE_KEY
}

/**
 * Whether whoever sent a form has passed the challenge (developers.cloudflare.com/turnstile, "Server-side
 * validation"). Where Turnstile cannot be asked nobody has: the answer is kept all the same.
 */
export async function passesChallenge(env: Env & Keys, token: unknown): Promise<boolean> {
  if (siteKeyOf(env) === null) return true
  if (typeof token !== 'string' || token === '') return false
  const { TURNSTILE_SECRET: secret = '' } = env
  try {
    const answer = await fetch(verifier, {
      method: 'POST',
      body: new URLSearchParams({ secret, response: token }),
      signal: AbortSignal.timeout(5_000),
    })
    const said = await answer.json<{ success?: unknown }>()
    return said.success === true
  } catch (error) {
    console.error(JSON.stringify({ event: 'challenge not verified', reason: rootCause(error) }))
    return false
  }
}

/** A view whose page challenges whoever answers, where the deployment does. */
export function challenging<View extends { readonly dress: Dress }>(env: Env, view: View): View {
  return { ...view, dress: { ...view.dress, challenge: siteKeyOf(env) } }
}
