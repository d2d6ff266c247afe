import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/** Everything that another file has left, but for which migrations have been applied. */
async function emptyTables(): Promise<void> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table'
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name <> 'd1_migrations'`,
  ).all<{ name: string }>()
  const deletions = results.map(({ name }) => env.DB.prepare(`DELETE FROM "${name}"`))
  await env.DB.batch([env.DB.prepare('PRAGMA defer_foreign_keys = on'), ...deletions])
}

// Runs before each file. Files share a worker, one after the other, and must not know of each other; only migrations
// that have not been applied yet are.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
await emptyTables()
