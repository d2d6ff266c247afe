import type { Inbound, Scheme, Verdict } from '../src/scheme.ts'
import type { Source } from '../src/source.ts'
import { type TakingSource, readTakingSource } from '../src/store/sources.ts'
import { type OpenSecret, openSecrets } from './sealed.ts'
import { vendorOf } from './vendors.ts'

/** A source that takes deliveries, with all that it takes to verify and to read them. */
export interface Taking {
  readonly source: TakingSource
  readonly vendor: Source
  readonly scheme: Scheme
  readonly secrets: readonly OpenSecret[]
}

/**
 * Sources that took deliveries lately, so that one costs a round trip and not two. A source may have changed
 * since: storage checks its version in the same transaction, and nothing is refused by what is remembered.
 */
const remembered = new Map<string, Taking>()
const rememberedLimit = 200

async function findTaking(env: Env, id: string, now: number): Promise<Taking | null> {
  remembered.delete(id)
  const source = /^[\w-]{22}$/.test(id) ? await readTakingSource(env.DB, id) : null
  if (source === null) return null
  const vendor = vendorOf(source.vendor)
  const scheme = vendor.scheme(source.config)
  const taking = { source, vendor, scheme, secrets: await openSecrets(env, source, now) }
  if (remembered.size >= rememberedLimit) remembered.clear()
  remembered.set(id, taking)
  return taking
}

function verify({ scheme, secrets }: Taking, inbound: Inbound, now: number): Promise<Verdict> {
  // One that the scheme would not take today proves nothing: an empty key could be anybody's.
  const inUse = secrets.filter(
    ({ secret, expires }) =>
      (expires === null || expires > now) && scheme.secretRule(secret) === null,
  )
  return scheme.verify(
    inbound,
    inUse.map(({ secret }) => secret),
    now,
  )
}

/** A source whose own a request is, or what speaks against it; `null` where there is no such source. */
export type Found = { readonly taking: Taking } | { readonly refusal: string } | null

/** Finds out whose a request is. What is remembered can only let in; a refusal is by what is stored. */
export async function findOwner(
  env: Env,
  id: string,
  inbound: Inbound,
  now: number,
): Promise<Found> {
  const known = remembered.get(id)
  if (known !== undefined && (await verify(known, inbound, now)).ok) return { taking: known }
  const taking = await findTaking(env, id, now)
  if (taking === null) return null
  const verdict = await verify(taking, inbound, now)
  return verdict.ok ? { taking } : { refusal: verdict.reason }
}

/** Forgets what is remembered of a source that has changed. */
export function forget(id: string): void {
  remembered.delete(id)
}
