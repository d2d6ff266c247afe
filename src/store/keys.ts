import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Scope } from '../key.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

/** A key as a team sees it: without anything that could be used. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly created: number
  readonly revoked: number | null
}

/** A key with what is needed to check its secret, and the workspace it opens. */
export interface Holder {
  readonly hash: string
  readonly scopes: readonly string[]
  readonly workspace: Workspace
}

export async function createKey(
  db: D1Database,
  key: { id: string; workspace: string; name: string; hash: string; scopes: readonly Scope[] },
  now: number,
): Promise<void> {
  await drizzle(db)
    .insert(schema.key)
    .values({ ...key, scopes: [...key.scopes], created: now })
}

/** The key of this id, unless it has been revoked. */
export async function readHolder(db: D1Database, id: string): Promise<Holder | null> {
  const [found] = await drizzle(db)
    .select({ key: schema.key, workspace: schema.workspace })
    .from(schema.key)
    .innerJoin(schema.workspace, eq(schema.workspace.id, schema.key.workspace))
    .where(and(eq(schema.key.id, id), isNull(schema.key.revoked)))
  if (found === undefined) return null
  const { hash, scopes } = found.key
  return { hash, scopes, workspace: workspaceOf(found.workspace) }
}

/** Keys of a workspace by id, from after `cursor`. */
export async function listKeys(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<Key[]> {
  const { id, name, scopes, created, revoked } = schema.key
  return drizzle(db)
    .select({ id, name, scopes, created, revoked })
    .from(schema.key)
    .where(and(eq(schema.key.workspace, workspace), gt(id, cursor)))
    .orderBy(asc(id))
    .limit(limit)
}

/** Ends a key at once; `false` where the workspace has no such key in use. */
export async function revokeKey(
  db: D1Database,
  workspace: string,
  id: string,
  now: number,
): Promise<boolean> {
  const changed = await drizzle(db)
    .update(schema.key)
    .set({ revoked: now })
    .where(
      and(eq(schema.key.workspace, workspace), eq(schema.key.id, id), isNull(schema.key.revoked)),
    )
  return changed.meta.changes === 1
}
