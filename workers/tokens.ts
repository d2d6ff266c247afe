import { sealKeysOf } from '../src/seal.ts'
import { Problem } from '../src/problem.ts'
import { type Parts, type Purpose, openToken, signToken } from '../src/token.ts'

/** @throws Problem 503 where the deployment has no key: nothing is signed that anybody could sign. */
export function keysOf({
  SEAL_KEY = '',
}: Partial<Pick<Env, 'SEAL_KEY'>>): readonly [string, ...string[]] {
  const [first, ...others] = sealKeysOf(SEAL_KEY)
  if (first !== undefined) return [first, ...others]
  throw new Problem('unavailable', 'This deployment lacks a SEAL_KEY of 32 characters or more')
}

/** Signs with the deployment's newest key. */
export const sign = async (env: Env, purpose: Purpose, parts: Parts): Promise<string> =>
  signToken(keysOf(env), purpose, parts)

/** What a token says, by any of the deployment's keys; `null` where it is none. */
export const open = async (env: Env, purpose: Purpose, token: string): Promise<Parts | null> =>
  openToken(keysOf(env), purpose, token)
