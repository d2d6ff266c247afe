import { and, desc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'

/** One answer as it was given. */
export interface StoredResponse {
  readonly id: string
  readonly source: string
  readonly time: number
  readonly day: string
  readonly score: number | null
  readonly respondent: string | null
  readonly dimensions: Readonly<Record<string, string>>
  readonly data: Readonly<Record<string, string>>
}

/** Where a page of answers ended. */
export interface ResponseCursor {
  readonly day: string
  readonly source: string
  readonly id: string
}

/**
 * A survey's answers, latest day first, from after `cursor`. It walks the workspace's answers, those to
 * other surveys too: an index by survey would be a third row for every answer, for a list read seldom.
 */
export async function listResponses(
  db: D1Database,
  workspace: string,
  survey: string,
  { cursor, limit }: { cursor: ResponseCursor | null; limit: number },
): Promise<StoredResponse[]> {
  const { id, source, time, day, value, entity, dimensions, data } = schema.fact
  const after =
    cursor === null
      ? undefined
      : sql`(${day}, ${source}, ${id}) < (${cursor.day}, ${cursor.source}, ${cursor.id})`
  return drizzle(db)
    .select({ id, source, time, day, score: value, respondent: entity, dimensions, data })
    .from(schema.fact)
    .where(
      and(
        eq(schema.fact.workspace, workspace),
        eq(schema.fact.type, 'survey.response'),
        eq(schema.fact.subject, survey),
        after,
      ),
    )
    .orderBy(desc(day), desc(source), desc(id))
    .limit(limit)
}
