import { type Column, type SQL, and, desc, eq, lt, or } from 'drizzle-orm'

/** Where a page of a list ended that begins with the newest. */
export interface NewestCursor {
  readonly id: string
  /** In milliseconds since 1970 UTC. */
  readonly created: number
}

interface Dated {
  readonly id: Column
  readonly created: Column
}

/** The order of such a list. */
export function newestFirst({ id, created }: Dated): [SQL, SQL] {
  return [desc(created), desc(id)]
}

/** What comes after the cursor in that order; everything where there is none. */
export function after({ id, created }: Dated, cursor: NewestCursor | null): SQL | undefined {
  if (cursor === null) return undefined
  return or(lt(created, cursor.created), and(eq(created, cursor.created), lt(id, cursor.id)))
}
