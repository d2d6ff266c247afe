import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Day } from '../day.ts'
import type { Window } from '../window.ts'

/** What somebody knows of a day that its numbers do not tell. */
export interface Annotation {
  readonly id: string
  readonly day: Day
  /** `null` is about all of them. */
  readonly kpi: string | null
  readonly text: string
  readonly created: number
}

/** Where a page of annotations ended. */
export type AnnotationCursor = Pick<Annotation, 'day' | 'id'>

const insertAnnotation = `
  INSERT INTO annotation (workspace, day, id, kpi, text, created)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6
  WHERE (SELECT count(*) FROM annotation WHERE workspace = ?1) < ?7`

/** Keeps an annotation, unless the workspace has `most` already; says whether it did. */
export async function createAnnotation(
  db: D1Database,
  workspace: string,
  { id, day, kpi, text, created }: Annotation,
  most: number,
): Promise<boolean> {
  const made = await db
    .prepare(insertAnnotation)
    .bind(workspace, day, id, kpi, text, created, most)
    .run()
  return made.meta.changes === 1
}

/** Annotations of a workspace by day, from after `cursor`. */
export async function listAnnotations(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: AnnotationCursor | null; limit: number },
): Promise<Annotation[]> {
  const { day, id } = schema.annotation
  const after = cursor === null ? undefined : sql`(${day}, ${id}) > (${cursor.day}, ${cursor.id})`
  const found = await drizzle(db)
    .select()
    .from(schema.annotation)
    .where(and(eq(schema.annotation.workspace, workspace), after))
    .orderBy(asc(day), asc(id))
    .limit(limit)
  return found.map(annotationOf)
}

/** What was noted of a KPI, or of all of them, on the days of a window. */
export async function readAnnotations(
  db: D1Database,
  workspace: string,
  kpi: string,
  window: Window,
): Promise<Annotation[]> {
  const { day, id } = schema.annotation
  const found = await drizzle(db)
    .select()
    .from(schema.annotation)
    .where(
      and(
        eq(schema.annotation.workspace, workspace),
        gte(day, window.from),
        lte(day, window.to),
        or(isNull(schema.annotation.kpi), eq(schema.annotation.kpi, kpi)),
      ),
    )
    .orderBy(asc(day), asc(id))
  return found.map(annotationOf)
}

/** Takes an annotation away; `false` where the workspace has no such annotation. */
export async function removeAnnotation(
  db: D1Database,
  workspace: string,
  id: string,
): Promise<boolean> {
  const changed = await drizzle(db)
    .delete(schema.annotation)
    .where(and(eq(schema.annotation.workspace, workspace), eq(schema.annotation.id, id)))
  return changed.meta.changes === 1
}

/** Rows are written by {@link createAnnotation} alone, which takes nothing but checked ones. */
function annotationOf(row: typeof schema.annotation.$inferSelect): Annotation {
  const { id, kpi, text, created } = row
  return { id, day: row.day as Day, kpi, text, created }
}
