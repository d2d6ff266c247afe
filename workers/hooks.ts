import { Hono } from 'hono'
import { tellsNothingNew } from '../src/amend.ts'
import { deliveryId } from '../src/delivery.ts'
import { Problem } from '../src/problem.ts'
import type { Inbound } from '../src/scheme.ts'
import {
  type Receipt,
  conflictName,
  deliver,
  keepConflict,
  makeWay,
} from '../src/store/deliveries.ts'
import { rootCause } from '../src/store/failure.ts'
import { readKnown } from '../src/store/kept.ts'
import { noteRefusal } from '../src/store/sources.ts'
import { readBytes } from './body.ts'
import { looks } from './intake.ts'
import { type Kept, readDelivery } from './reading.ts'
import { json, problem } from './reply.ts'
import { type Taking, findOwner, forget } from './taking.ts'

/** The largest body of a delivery, in bytes. */
const bodyLimit = 256 * 1024

/** How often a delivery is read again because its source, or what was remembered, has changed meanwhile. */
const attempts = 6

/** `POST /hooks/{source}`: a vendor's delivery. A HEAD is how some vendors ask whether anybody is there. */
export const hookRoutes = new Hono<{ Bindings: Env }>().all('/*', (c) => {
  const { method } = c.req.raw
  if (method === 'POST') {
    return takeDelivery(c.req.raw, c.env, (work) => c.executionCtx.waitUntil(work))
  }
  if (method === 'HEAD') return new Response(null, { headers: { 'Cache-Control': 'no-store' } })
  return problem(new Problem('method-not-allowed', `Expected POST, got ${method}`), {
    Allow: 'POST, HEAD',
  })
})

/** A vendor takes 500 for good reason to give up, and 503 for one to come back. */
export function refuseDelivery(found: Problem): Response {
  return problem(
    found.kind === 'internal'
      ? new Problem('unavailable', 'Nothing was stored; sending it again is safe')
      : found,
  )
}

/** The same answer for a source that does not exist and for a request that is not its sender's. */
const unverified = () => new Problem('unverified', 'No source here takes this request for its own')

/** What a request says of itself, with the id of the source and what follows it in the path. */
async function inboundOf(request: Request): Promise<{ id: string; inbound: Inbound }> {
  const { pathname } = new URL(request.url)
  const [id = '', token, ...more] = pathname.slice('/hooks/'.length).split('/')
  if (more.length > 0) throw unverified()
  return {
    id,
    inbound: {
      method: request.method,
      url: request.url,
      headers: new Map(request.headers),
      body: await readBytes(request, bodyLimit),
      token: tokenOf(token),
    },
  }
}

/** A secret at the end of the path, which may need escapes there; one that is broken is none. */
function tokenOf(segment = ''): string | null {
  try {
    return segment === '' ? null : decodeURIComponent(segment)
  } catch {
    return null
  }
}

/** Why a request was refused is for the team to know; not to have kept it is no reason to answer otherwise. */
function logged(error: unknown): void {
  console.error(JSON.stringify({ event: 'refusal not kept', reason: rootCause(error) }))
}

async function takeDelivery(
  request: Request,
  env: Env,
  later: (work: Promise<void>) => void,
): Promise<Response> {
  const received = Date.now()
  const { id, inbound } = await inboundOf(request)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await findOwner(env, id, inbound, received)
    if (found === null) throw unverified()
    if ('refusal' in found) {
      later(noteRefusal(env.DB, id, found.refusal, received).catch(logged))
      throw unverified()
    }
    const { taking } = found
    const kept = await readDelivery(env, taking, inbound, received)
    const receipt = await keep(env.DB, taking, kept, received)
    if (receipt !== 'outdated') return acknowledge(taking, kept, receipt)
    forget(id)
  }
  throw new Problem('unavailable', 'Too much is changing at once; sending it again is safe')
}

/** Stores a delivery; it is kept when this resolves with anything but `outdated`, not before. */
async function keep(
  db: D1Database,
  { source }: Taking,
  { delivery, facts, remember, recalled }: Kept,
  received: number,
): Promise<Receipt> {
  const { workspace } = source
  const brought = { workspace, delivery, facts, remember, recalled, received, looks }
  let receipt = await deliver(db, brought)
  if (receipt === 'unclaimed' && facts.some(({ id }) => id === delivery.id)) {
    await makeWay(db, workspace, delivery)
    receipt = await deliver(db, brought)
  }
  if (receipt !== 'conflict' && receipt !== 'unclaimed') return receipt
  if (await saysNothingNew(db, workspace, { delivery, facts })) return 'repeat'
  await keepConflict(db, brought)
  return 'conflict'
}

/** Whether all that it tells is stored already: vendors may tell one thing by two events. */
async function saysNothingNew(
  db: D1Database,
  workspace: string,
  { delivery, facts }: Pick<Kept, 'delivery' | 'facts'>,
): Promise<boolean> {
  if (delivery.state === 'quarantined') return false
  const wanted = facts.map(({ id: name }) => ({ name, delivery: null }))
  const known = (await readKnown(db, workspace, delivery.source, wanted)).get(null)
  return tellsNothingNew(facts, known ?? new Map())
}

function acknowledge({ vendor }: Taking, { delivery }: Kept, receipt: Receipt): Response {
  const { reply } = vendor
  if (reply !== undefined) {
    const headers = { 'Content-Type': reply.type, 'Cache-Control': 'no-store' }
    return new Response(reply.body, { headers })
  }
  const name = receipt === 'conflict' ? conflictName(delivery) : delivery.id
  const state = receipt === 'new' ? delivery.state : receipt
  return json({ delivery: deliveryId(delivery.source, name), state })
}
