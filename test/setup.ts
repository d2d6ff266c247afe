import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

// Setup files run outside the isolation of test files and may run more than once; only migrations that
// have not been applied yet are, so this is safe.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
