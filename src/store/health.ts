/** What readiness is judged by. */
export interface Health {
  /** When a rollup last ran, in milliseconds since 1970 UTC; `null` before the first. */
  readonly rollup: number | null
  /** Closed days that wait to be rolled up again. */
  readonly dirty: number
}

/** Asks the database how things stand; throws where it does not answer. */
export async function readHealth(db: D1Database): Promise<Health> {
  const found = await db
    .prepare(
      `SELECT
        (SELECT time FROM heartbeat WHERE name = 'rollup') AS rollup,
        (SELECT count(*) FROM (SELECT DISTINCT workspace, day FROM dirty)) AS dirty`,
    )
    .first<Health>()
  return found ?? { rollup: null, dirty: 0 }
}
