import { base64url, utf8 } from '../src/bytes.ts'
import { Problem } from '../src/problem.ts'
import { hmac } from '../src/sign.ts'
import { keysOf } from './tokens.ts'

/** How many answers to one survey may come from one address in a minute. */
const most = 60
const minute = 60_000

/** What this isolate has seen, where the platform counts nothing: since when, and how many. */
const seen = new Map<string, { since: number; count: number }>()
const seenLimit = 10_000

/**
 * Whom a request comes from, as a name that is another one every day: an address is never kept, and
 * nobody can tell tomorrow who it was today.
 */
async function senderOf(address: string, env: Env, now: number): Promise<string> {
  const day = new Date(now).toISOString().slice(0, 10)
  const salted = utf8(`tidemark: address of ${day}\n${address}`)
  return base64url((await hmac('SHA-256', utf8(keysOf(env)[0]), salted)).slice(0, 12))
}

function countHere(name: string, now: number): boolean {
  const known = seen.get(name)
  if (known === undefined || now >= known.since + minute) {
    if (seen.size >= seenLimit) seen.clear()
    seen.set(name, { since: now, count: 1 })
    return true
  }
  known.count++
  return known.count <= most
}

/**
 * Lets so many answers in from one address. Where the address is not known, as without Cloudflare in
 * front, there is nothing to count.
 *
 * @throws Problem 429 for those that are too many.
 */
export async function limitAnswers(
  request: Request,
  survey: string,
  env: Env,
  now: number,
): Promise<void> {
  const address = request.headers.get('cf-connecting-ip')
  if (address === null) return
  const key = `${survey}/${await senderOf(address, env, now)}`
  if (await allows(env, key, now)) return
  throw new Problem('too-many', 'Too many answers come from one address: try again in a minute')
}

/** The platform counts where it can, and this isolate where it cannot. */
async function allows(
  { ANSWERS }: Partial<Pick<Env, 'ANSWERS'>>,
  key: string,
  now: number,
): Promise<boolean> {
  return ANSWERS === undefined ? countHere(key, now) : (await ANSWERS.limit({ key })).success
}
