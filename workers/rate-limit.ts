import { createMiddleware } from 'hono/factory'
import { Problem } from '../src/problem.ts'
import { sha256 } from '../src/sign.ts'
import { findBearer } from './guard.ts'
import { problem } from './reply.ts'

/** Seconds of a window, as draft-ietf-httpapi-ratelimit-headers wants them. */
const windowSeconds = 60

/** What one key has asked of this isolate since a window began. */
interface Spent {
  readonly since: number
  count: number
}

/** By the digest of what a request shows, so that a stranger with a wrong secret spends nothing of the key's. */
const spent = new Map<string, Spent>()
const spentLimit = 10_000

function spend(name: string, now: number): Spent {
  const known = spent.get(name)
  if (known !== undefined && now < known.since + windowSeconds * 1000) {
    known.count++
    return known
  }
  if (known === undefined && spent.size >= spentLimit) spent.clear()
  const fresh = { since: now, count: 1 }
  spent.set(name, fresh)
  return fresh
}

/** A request that is not counted after all; whoever was never let in is forgotten. */
function giveBack(name: string, taken: Spent): void {
  taken.count--
  if (taken.count === 0 && spent.get(name) === taken) spent.delete(name)
}

/** Whole seconds until the window ends. */
function secondsLeft({ since }: Spent, now: number): number {
  return Math.max(1, Math.ceil((since + windowSeconds * 1000 - now) / 1000))
}

function headersOf(taken: Spent, most: number, now: number): Record<string, string> {
  const left = Math.max(0, most - taken.count)
  return {
    'RateLimit-Policy': `"default";q=${most};w=${windowSeconds}`,
    RateLimit: `"default";r=${left};t=${secondsLeft(taken, now)}`,
  }
}

/** How many requests a key has, and the platform's own counter: a deployment may be without either. */
type Limits = Partial<Pick<Env, 'REQUESTS_PER_MINUTE' | 'REQUESTS'>>

/** Whether the platform, where it counts, has had too many of a name. */
async function tooManyThere({ REQUESTS }: Limits, name: string): Promise<boolean> {
  if (REQUESTS === undefined) return false
  return !(await REQUESTS.limit({ key: name })).success
}

interface Settlement {
  readonly limits: Limits
  readonly name: string
  readonly status: number
}

/** Settles what has been answered: what is not counted is given back. */
async function settle(taken: Spent, most: number, { limits, name, status }: Settlement) {
  if (status === 304 || status === 401) giveBack(name, taken)
  // Asked afterwards, because it cannot give back: what is too much there ends the window here.
  else if (await tooManyThere(limits, name)) taken.count = most
}

/**
 * Lets so many requests of one key through in a minute, and says in headers how many are left. This isolate
 * counts in memory, which costs neither a query nor a row; the platform counts besides, where it can. An
 * answer that the asker has already (304), and a key that is none, are not counted.
 */
export const limitRequests = createMiddleware<{ Bindings: Env }>(
  async function limitRequests(c, next) {
    const limits: Limits = c.env
    const most = Number(limits.REQUESTS_PER_MINUTE ?? 0)
    const bearer = findBearer(c.req.raw)
    if (!(most >= 1) || bearer === null) return next()
    const name = await sha256(bearer)
    const taken = spend(name, Date.now())
    if (taken.count > most) return refuse(taken, most)
    await next()
    const { status } = c.res
    await settle(taken, most, { limits, name, status })
    if (status === 401) return
    for (const [header, value] of Object.entries(headersOf(taken, most, Date.now()))) {
      c.res.headers.set(header, value)
    }
  },
)

function refuse(taken: Spent, most: number): Response {
  const now = Date.now()
  const refused = problem(
    new Problem('too-many', `More than ${most} requests came with one key in a minute`),
    headersOf(taken, most, now),
  )
  refused.headers.set('Retry-After', String(secondsLeft(taken, now)))
  return refused
}
