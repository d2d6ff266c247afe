import { and, eq, gte, lte } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Day } from '../day.ts'
import type { Target } from '../target.ts'
import type { Window } from '../window.ts'
import { type NewestCursor, after, newestFirst } from './newest.ts'

const insertTarget = `
  INSERT INTO target
    (id, workspace, kpi, segment, baseline, target, "from", "to", owner, why, created)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
  WHERE (SELECT count(*) FROM target WHERE workspace = ?2) < ?12`

/** Keeps a target, unless the workspace has `most` already; says whether it did. */
export async function createTarget(
  db: D1Database,
  workspace: string,
  target: Target,
  most: number,
): Promise<boolean> {
  const { id, kpi, segment, baseline, from, to, owner, why, created } = target
  const row = [id, workspace, kpi, segment, baseline, target.target, from, to, owner, why, created]
  const changed = await db
    .prepare(insertTarget)
    .bind(...row, most)
    .run()
  return changed.meta.changes === 1
}

/** Targets of a workspace from after `cursor`, the newest first. */
export async function listTargets(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: NewestCursor | null; limit: number },
): Promise<Target[]> {
  const found = await drizzle(db)
    .select()
    .from(schema.target)
    .where(and(eq(schema.target.workspace, workspace), after(schema.target, cursor)))
    .orderBy(...newestFirst(schema.target))
    .limit(limit)
  return found.map(targetOf)
}

/** Targets without a segment that are in force on some day of a window, the newest first. */
export async function readTargets(
  db: D1Database,
  workspace: string,
  window: Window,
  most: number,
): Promise<Target[]> {
  const { target } = schema
  const found = await drizzle(db)
    .select()
    .from(target)
    .where(
      and(
        eq(target.workspace, workspace),
        eq(target.segment, ''),
        lte(target.from, window.to),
        gte(target.to, window.from),
      ),
    )
    .orderBy(...newestFirst(target))
    .limit(most)
  return found.map(targetOf)
}

/** Takes a target away; `false` where the workspace has no such target. */
export async function removeTarget(
  db: D1Database,
  workspace: string,
  target: string,
): Promise<boolean> {
  const changed = await drizzle(db)
    .delete(schema.target)
    .where(and(eq(schema.target.workspace, workspace), eq(schema.target.id, target)))
  return changed.meta.changes === 1
}

/** Rows are written by {@link createTarget} alone, which takes nothing but checked ones. */
function targetOf(row: typeof schema.target.$inferSelect): Target {
  const { id, kpi, segment, baseline, target, owner, why, created } = row
  const [from, to] = [row.from as Day, row.to as Day]
  return { id, kpi, segment, baseline, target, from, to, owner, why, created }
}
