import { and, eq, sql } from 'drizzle-orm'
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
  /** Its own dimensions, such as `team`: any fact may carry them as properties. */
  readonly dimensions: readonly string[]
  /** How many days must lie between two invitations of one recipient, to whatever survey. */
  readonly gap: number
  /** For how many days comments and properties of answers are kept; `null` is for ever. */
  readonly retention: number | null
  /** How many people have been erased: where there are none, nobody has to be looked up. */
  readonly erased: number
  /** The last local day that has ended and been rolled up. */
  readonly closed: Day
  /** Whether pages of its export are still to come. */
  readonly importing?: true
}

/** A workspace that has not closed a day yet. */
export type NewWorkspace = Omit<
  Workspace,
  'closed' | 'importing' | 'dimensions' | 'gap' | 'retention' | 'erased'
> &
  Partial<Pick<Workspace, 'dimensions' | 'gap' | 'retention'>>

/** What may change of a workspace; its zone may not, because its days are cut by it. */
export type WorkspaceChange = Partial<
  Pick<Workspace, 'name' | 'currency' | 'dimensions' | 'gap' | 'retention'>
>

/**
 * Creates a workspace, with its first key in the same transaction, so that none is ever without. Days
 * before the one it is created on count as closed: what is imported there is history.
 */
export async function createWorkspace(
  db: D1Database,
  { dimensions = [], ...workspace }: NewWorkspace,
  now: number,
  key?: { id: string; name: string; hash: string; scopes: readonly Scope[] },
): Promise<void> {
  const today = dayFinder(workspace.zone)(now)
  const orm = drizzle(db)
  const insert = orm.insert(schema.workspace).values({
    ...workspace,
    dimensions: [...dimensions],
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
  return workspaceOf(found)
}

/** A row as the rest of the program meets it. */
export function workspaceOf(row: typeof schema.workspace.$inferSelect): Workspace {
  const { closed, created: _created, due: _due, importing, ...workspace } = row
  return { ...workspace, closed: closed as Day, ...(importing !== null && { importing: true }) }
}

/**
 * Changes what is given and leaves the rest. A dimension that goes takes no data with it. Deliveries that
 * were read by the workspace as it was are read again.
 */
export async function changeWorkspace(
  db: D1Database,
  id: string,
  { dimensions, ...change }: WorkspaceChange,
): Promise<void> {
  const orm = drizzle(db)
  await orm.batch([
    orm
      .update(schema.workspace)
      .set({ ...change, ...(dimensions !== undefined && { dimensions: [...dimensions] }) })
      .where(eq(schema.workspace.id, id)),
    orm
      .update(schema.source)
      .set({ version: sql`${schema.source.version} + 1` })
      .where(eq(schema.source.workspace, id)),
    // Another retention looks through all answers anew, also those that came in while there was none.
    orm
      .delete(schema.heartbeat)
      .where(
        and(eq(schema.heartbeat.name, `retention ${id}`), sql`${change.retention !== undefined}`),
      ),
  ])
}

/** Whether there is any workspace at all. */
export async function readAnyWorkspace(db: D1Database): Promise<boolean> {
  const found = await drizzle(db)
    .select({ id: schema.workspace.id })
    .from(schema.workspace)
    .limit(1)
  return found.length > 0
}
