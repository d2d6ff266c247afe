import { and, desc, eq, isNull, sql } from 'drizzle-orm'
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
  /** Whose place it takes; `null` where it is the first that was said. */
  readonly replaces: string | null
  /** Whether it counts: what was changed since, or withdrawn, does not. */
  readonly counts: boolean
}

/** Where a page of answers ended. */
export interface ResponseCursor {
  readonly day: string
  readonly source: string
  readonly id: string
}

/**
 * A survey's answers, latest day first, from after `cursor`; those that no longer count where history is asked for. It walks the workspace's answers, those to
 * other surveys too: an index by survey would be a third row for every answer, for a list read seldom.
 */
export async function listResponses(
  db: D1Database,
  workspace: string,
  survey: string,
  asked: { cursor: ResponseCursor | null; limit: number; history: boolean },
): Promise<StoredResponse[]> {
  const { cursor, limit, history } = asked
  const { id, source, time, day, value, entity, dimensions, data, replaces, replaced } = schema.fact
  const after =
    cursor === null
      ? undefined
      : sql`(${day}, ${source}, ${id}) < (${cursor.day}, ${cursor.source}, ${cursor.id})`
  const found = await drizzle(db)
    .select({
      id,
      source,
      time,
      day,
      score: value,
      respondent: entity,
      dimensions,
      data,
      replaces,
      replaced,
    })
    .from(schema.fact)
    .where(
      and(
        eq(schema.fact.workspace, workspace),
        eq(schema.fact.type, 'survey.response'),
        eq(schema.fact.subject, survey),
        history ? undefined : isNull(replaced),
        after,
      ),
    )
    .orderBy(desc(day), desc(source), desc(id))
    .limit(limit)
  return found.map(({ replaced: done, ...rest }) => ({ ...rest, counts: done === null }))
}
