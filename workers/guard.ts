import { createMiddleware } from 'hono/factory'
import { type Scope, allows, parseKey } from '../src/key.ts'
import { Problem } from '../src/problem.ts'
import { equalDigests, sha256 } from '../src/sign.ts'
import { type Holder, readHolder } from '../src/store/keys.ts'
import type { Asker } from '../src/store/snapshots.ts'
import { type Workspace, readWorkspace } from '../src/store/workspaces.ts'

/** What a handler behind the guard finds in its context. */
export interface Guarded {
  Bindings: Env
  Variables: { workspace: Workspace }
}

/**
 * What a request shows to be let in: whom to look up, and the digest its secret must have; `null` for
 * the deployment's own key, which has been compared already.
 */
export interface Credential {
  readonly asker: Asker
  readonly digest: string | null
}

const unauthorized = () =>
  new Problem('unauthorized', 'Send a key in use as "Authorization: Bearer tm_…"')

/** Whether a bearer text is the deployment's own key; a deployment without one has none. */
async function isAdminKey(bearer: string, env: Env): Promise<boolean> {
  if (!env.ADMIN_KEY) return false
  return equalDigests(await sha256(bearer), await sha256(env.ADMIN_KEY))
}

/** The bearer text that a request shows; `null` where it shows none. */
export function findBearer(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null
}

function bearerOf(request: Request): string {
  const bearer = findBearer(request)
  if (bearer === null) throw unauthorized()
  return bearer
}

/** Whether a request carries the deployment's own key. */
export async function showsAdminKey(request: Request, env: Env): Promise<boolean> {
  const bearer = findBearer(request)
  return bearer !== null && isAdminKey(bearer, env)
}

/** @throws Problem 401 unless the request carries the deployment's own key. */
export async function requireAdminKey(request: Request, env: Env): Promise<void> {
  if (!(await isAdminKey(bearerOf(request), env))) {
    throw new Problem('unauthorized', "Only the deployment's own ADMIN_KEY may do this")
  }
}

/** @throws Problem 401 where the request shows nothing that could be a key. */
export async function credentialOf(request: Request, env: Env): Promise<Credential> {
  const bearer = bearerOf(request)
  if (await isAdminKey(bearer, env)) {
    const workspace = request.headers.get('tidemark-workspace')
    if (workspace === null) {
      throw new Problem('invalid', 'ADMIN_KEY needs the header Tidemark-Workspace: <workspace id>')
    }
    return { asker: { workspace }, digest: null }
  }
  const key = parseKey(bearer)
  if (key === null) throw unauthorized()
  return { asker: { key: key.id }, digest: await sha256(key.secret) }
}

/**
 * The workspace that a looked-up holder opens for a credential. Until this has been called, nothing
 * read for the holder may leave.
 *
 * @throws Problem 401 for a wrong secret, 403 without the scope, 409 while the workspace is taken in.
 */
export function admit(holder: Holder | null, credential: Credential, scope: Scope): Workspace {
  if (holder === null) {
    throw 'workspace' in credential.asker
      ? new Problem('not-found', `No workspace "${credential.asker.workspace}"`)
      : unauthorized()
  }
  if (credential.digest === null) return whole(holder.workspace)
  if (!equalDigests(holder.hash, credential.digest)) throw unauthorized()
  if (!allows(holder.scopes, scope)) {
    throw new Problem('forbidden', `This needs a key with the scope "${scope}"`)
  }
  return whole(holder.workspace)
}

function whole(workspace: Workspace): Workspace {
  if (workspace.importing) {
    throw new Problem(
      'conflict',
      'The workspace is still being taken in: the rest of its pages is missing',
    )
  }
  return workspace
}

/** Lets in who holds a key with the scope, and tells the handler the workspace of that key. */
export const guard = (scope: Scope) =>
  createMiddleware<Guarded>(async function guard(c, next) {
    const credential = await credentialOf(c.req.raw, c.env)
    const holder = await holderOf(c.env.DB, credential.asker)
    c.set('workspace', admit(holder, credential, scope))
    await next()
  })

async function holderOf(db: D1Database, asker: Asker): Promise<Holder | null> {
  if ('key' in asker) return readHolder(db, asker.key)
  const workspace = await readWorkspace(db, asker.workspace)
  return workspace === null ? null : { hash: '', scopes: [], workspace }
}
