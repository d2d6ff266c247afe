import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Day } from '../day.ts'
import type { Span } from '../report.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

/** A report that everybody who has the id may read. */
export interface ReportLink {
  readonly id: string
  readonly span: Span
  readonly locale: string
  readonly title: string | null
  /** Values from fewer answers are not shown. */
  readonly minimum: number
  readonly created: number
}

export async function createReport(
  db: D1Database,
  workspace: string,
  { span, ...link }: ReportLink,
): Promise<void> {
  const days = typeof span === 'string' ? { period: span } : { period: 'days', ...span }
  await drizzle(db)
    .insert(schema.report)
    .values({ ...link, ...days, workspace })
}

/** A link in use, with the workspace that it is about; `null` where there is none of this id. */
export async function readReport(
  db: D1Database,
  id: string,
): Promise<{ link: ReportLink; workspace: Workspace } | null> {
  const [found] = await drizzle(db)
    .select({ report: schema.report, workspace: schema.workspace })
    .from(schema.report)
    .innerJoin(schema.workspace, eq(schema.workspace.id, schema.report.workspace))
    .where(and(eq(schema.report.id, id), isNull(schema.report.revoked)))
  if (found === undefined) return null
  return { link: linkOf(found.report), workspace: workspaceOf(found.workspace) }
}

/** Links in use of a workspace by id, from after `cursor`. */
export async function listReports(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<ReportLink[]> {
  const { report } = schema
  const found = await drizzle(db)
    .select()
    .from(report)
    .where(and(eq(report.workspace, workspace), gt(report.id, cursor), isNull(report.revoked)))
    .orderBy(asc(report.id))
    .limit(limit)
  return found.map(linkOf)
}

/** Ends a link at once; `false` where the workspace has no such link in use. */
export async function revokeReport(
  db: D1Database,
  workspace: string,
  id: string,
  now: number,
): Promise<boolean> {
  const { report } = schema
  const changed = await drizzle(db)
    .update(report)
    .set({ revoked: now })
    .where(and(eq(report.workspace, workspace), eq(report.id, id), isNull(report.revoked)))
  return changed.meta.changes === 1
}

/** Rows are written by {@link createReport} alone: those of some days have both ends. */
function linkOf(row: typeof schema.report.$inferSelect): ReportLink {
  const { id, period, from, to, locale, title, minimum, created } = row
  const span: Span =
    period === 'month' || period === 'quarter' ? period : { from: from as Day, to: to as Day }
  return { id, span, locale, title, minimum, created }
}
