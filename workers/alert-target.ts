import { ivLength, seal, unseal } from '../src/seal.ts'
import { keysOf } from './tokens.ts'

/** Where an alert's messages go. */
export interface AlertTarget {
  readonly url: string
  /** What they are signed with; `null` where the format has no signature. */
  readonly secret: string | null
}

interface Place {
  readonly workspace: string
  readonly id: string
}

const placeOf = ({ workspace, id }: Place) => `${workspace}/alert/${id}`

/** A target as it is kept: the address of a chat's webhook is a secret as well. */
export async function sealTarget(env: Env, place: Place, target: AlertTarget): Promise<string> {
  const [key] = keysOf(env)
  const iv = crypto.getRandomValues(new Uint8Array(ivLength))
  return seal(JSON.stringify(target), { key, place: placeOf(place), iv })
}

/** The target that was sealed, or `null` where the deployment has another key by now. */
export async function openTarget(
  env: Env,
  place: Place,
  sealed: string,
): Promise<AlertTarget | null> {
  const opened = await unseal(sealed, { keys: keysOf(env), place: placeOf(place) })
  return opened === null ? null : (JSON.parse(opened) as AlertTarget)
}
