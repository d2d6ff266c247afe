import { named } from './incoming.ts'

/** An answer as it counts now. */
export interface StoredAnswer {
  readonly source: string
  /** The name it was first given: corrections replace it, and it stays what it is called. */
  readonly id: string
  /** The name of the fact that counts. */
  readonly counting: string
  readonly time: number
  readonly day: string
  /** When it was first stored, in milliseconds since 1970 UTC. */
  readonly received: number
  readonly score: number
  readonly entity: string | null
  readonly dimensions: Readonly<Record<string, string>>
  readonly data: Readonly<Record<string, string>>
}

/** `null` where there never was one; `withdrawn` where it no longer counts and nothing replaces it. */
export type Found = StoredAnswer | 'withdrawn' | null

/** An answer as D1 gives it. */
export interface AnswerRow extends Omit<StoredAnswer, 'dimensions' | 'data'> {
  readonly dimensions: string
  readonly data: string
  readonly replaced: number | null
}

/** Rows are written by us alone, from checked facts. */
export function answerOf({ replaced, dimensions, data, ...rest }: AnswerRow): Found {
  if (replaced !== null) return 'withdrawn'
  return {
    ...rest,
    dimensions: JSON.parse(dimensions) as Record<string, string>,
    data: JSON.parse(data) as Record<string, string>,
  }
}

const columns = (alias: string) => `
  ${alias}.source, ${alias}.id AS counting, ${alias}.time, ${alias}.day, ${alias}.received,
  ${alias}.value AS score, ${alias}.entity, ${alias}.dimensions, ${alias}.data, ${alias}.replaced`

const readNamed = `
  SELECT ${columns('fact')} FROM ${named('known', '?2', '?3')}
  UNION ALL
  SELECT ${columns('fact')} FROM fact INDEXED BY fact_replaces
  WHERE fact.workspace = ?1 AND fact.source = ?2 AND fact.replaces = ?3 AND fact.replaced IS NULL`

/** The answer that was first called so, in its newest form. */
export async function readAnswer(
  db: D1Database,
  workspace: string,
  { source, id }: { readonly source: string; readonly id: string },
): Promise<Found> {
  const { results } = await db
    .prepare(readNamed)
    .bind(workspace, source, id)
    .all<Omit<AnswerRow, 'id'>>()
  const first = results.find(({ counting }) => counting === id)
  if (first === undefined) return null
  const counts = results.find(({ replaced }) => replaced === null)
  if (counts === undefined) return 'withdrawn'
  return answerOf({ ...counts, id, received: first.received })
}
