import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import { type Day, addDays, bounds, dayFinder } from '../day.ts'
import type { Scope } from '../key.ts'

/** A workspace as the rest of the program meets it. */
export interface Workspace {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly currency: string
  /** The last local day that has ended and been rolled up. */
  readonly closed: Day
}

/**
 * Creates a workspace, with its first key in the same transaction, so that none is ever without. Days
 * before the one it is created on count as closed: what is imported there is history.
 */
export async function createWorkspace(
  db: D1Database,
  workspace: Omit<Workspace, 'closed'>,
  now: number,
  key?: { id: string; name: string; hash: string; scopes: readonly Scope[] },
): Promise<void> {
  const today = dayFinder(workspace.zone)(now)
  const orm = drizzle(db)
  const insert = orm.insert(schema.workspace).values({
    ...workspace,
    created: now,
    closed: addDays(today, -1),
    due: bounds(today, workspace.zone).end,
  })
  if (key === undefined) {
    await insert
    return
  }
  const row = { ...key, scopes: [...key.scopes], workspace: workspace.id, created: now }
  await orm.batch([insert, orm.insert(schema.key).values(row)])
}

export async function readWorkspace(db: D1Database, id: string): Promise<Workspace | null> {
  const [found] = await drizzle(db)
    .select()
    .from(schema.workspace)
    .where(eq(schema.workspace.id, id))
  if (found === undefined) return null
  const { name, zone, currency, closed } = found
  return { id, name, zone, currency, closed: closed as Day }
}

/** Whether there is any workspace at all. */
export async function readAnyWorkspace(db: D1Database): Promise<boolean> {
  const found = await drizzle(db)
    .select({ id: schema.workspace.id })
    .from(schema.workspace)
    .limit(1)
  return found.length > 0
}
