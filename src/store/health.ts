/** What readiness is judged by. */
export interface Health {
  /** When a rollup last ran, in milliseconds since 1970 UTC; `null` before the first. */
  readonly rollup: number | null
  /** Closed days that wait to be rolled up again. */
  readonly dirty: number
  /** Deliveries of sources in use that nobody could make sense of yet. */
  readonly quarantined: number
  /** Sources from which nothing has come for longer than usual. */
  readonly silent: number
}

const none: Health = { rollup: null, dirty: 0, quarantined: 0, silent: 0 }

/** Asks the database how things stand; throws where it does not answer. */
export async function readHealth(db: D1Database): Promise<Health> {
  const found = await db
    .prepare(
      `SELECT
        (SELECT time FROM heartbeat WHERE name = 'rollup') AS rollup,
        (SELECT count(*) FROM (SELECT DISTINCT workspace, day FROM dirty)) AS dirty,
        (
          SELECT count(*) FROM identity INDEXED BY identity_state
          WHERE state = 'quarantined' AND state IN ('ignored', 'quarantined', 'conflict')
            AND EXISTS (SELECT 1 FROM source WHERE id = identity.source AND removed IS NULL)
        ) AS quarantined,
        (SELECT count(*) FROM source WHERE silent IS NOT NULL) AS silent`,
    )
    .first<Health>()
  return found ?? none
}

/** A source from which nothing has come for longer than usual. */
export interface SilentSource {
  readonly id: string
  readonly workspace: string
  readonly vendor: string
  readonly name: string
  readonly silent: number
}

/** Silent sources of all workspaces, the longest silent first. */
export async function listSilent(db: D1Database, limit: number): Promise<SilentSource[]> {
  const { results } = await db
    .prepare(
      `SELECT id, workspace, vendor, name, silent FROM source
       WHERE silent IS NOT NULL ORDER BY silent, id LIMIT ?1`,
    )
    .bind(limit)
    .all<SilentSource>()
  return results
}
