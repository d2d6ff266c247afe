import { type SealedSecret, ivLength, seal, unseal } from '../src/seal.ts'
import { Problem } from '../src/problem.ts'
import type { StoredSource } from '../src/store/sources.ts'
import { publicId } from './random.ts'
import { keysOf } from './tokens.ts'

const placeOf = ({ workspace, id }: Pick<StoredSource, 'workspace' | 'id'>) => `${workspace}/${id}`

/** A secret as a source keeps it. */
export async function sealSecret(
  env: Env,
  source: Pick<StoredSource, 'workspace' | 'id'>,
  secret: string,
  now: number,
): Promise<SealedSecret> {
  const [key] = keysOf(env)
  const iv = crypto.getRandomValues(new Uint8Array(ivLength))
  const sealed = await seal(secret, { key, place: placeOf(source), iv })
  return { id: publicId(), sealed, created: now, expires: null }
}

/** A secret that can be used, and until when. */
export interface OpenSecret {
  readonly secret: string
  readonly expires: number | null
}

/**
 * The secrets of a source that are in use, as far as they open: one that was sealed by a key which has gone is
 * as good as ended, and does not keep the others from being used.
 *
 * @throws Problem 503 where none opens: the deployment's key is not the one that sealed them.
 */
export async function openSecrets(
  env: Env,
  source: StoredSource,
  now: number,
): Promise<OpenSecret[]> {
  const found = await openAll(env, source, now)
  const open = found.filter((one) => one !== null)
  if (open.length === 0 && found.length > 0) {
    throw new Problem('unavailable', 'The SEAL_KEY does not open the secrets of this source')
  }
  return open
}

/** Whether a source has this secret already. */
export async function hasSecret(
  env: Env,
  source: StoredSource,
  secret: string,
  now: number,
): Promise<boolean> {
  return (await openAll(env, source, now)).some((known) => known?.secret === secret)
}

function openAll(env: Env, source: StoredSource, now: number): Promise<(OpenSecret | null)[]> {
  const keys = keysOf(env)
  const inUse = source.secrets.filter(({ expires }) => expires === null || expires > now)
  return Promise.all(
    inUse.map(async ({ sealed, expires }) => {
      const secret = await unseal(sealed, { keys, place: placeOf(source) })
      return secret === null ? null : { secret, expires }
    }),
  )
}
