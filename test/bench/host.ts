import { readFileSync } from 'node:fs'
import { Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_readConfig, unstable_splitSqlQuery } from 'wrangler'

/** A Worker in workerd, on a port of its own of 127.0.0.1, with an empty database of its own. */
export interface Host {
  readonly origin: string
  readonly db: D1Database
  readonly dispose: () => Promise<void>
}

const date: string = unstable_readConfig({ config: 'wrangler.toml' }).compatibility_date ?? ''

/** The key that may create workspaces; the hosts live no longer than one run. */
export const adminKey = 'bench-admin-key'

/** Starts a bundle and creates its tables. */
export async function start(bundle: string, tables: readonly string[]): Promise<Host> {
  const contents = readFileSync(bundle, 'utf8')
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    workers: [
      {
        config: {
          name: 'bench',
          compatibilityDate: date,
          manifest: {
            mainModule: 'index.js',
            modules: { 'index.js': { type: 'esm', contents } },
          },
          env: {
            DB: { type: 'd1', id: 'bench' },
            ADMIN_KEY: { type: 'text', value: adminKey },
          },
        },
        // Past the Worker that Miniflare puts in front of ours: its cost would hide differences.
        dev: { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] },
      },
    ],
  })
  const { origin } = await miniflare.unsafeGetDirectURL('bench')
  const db: D1Database = await miniflare.getD1Database('DB')
  const statements = tables.flatMap((file) => unstable_splitSqlQuery(readFileSync(file, 'utf8')))
  await db.batch(statements.map((sql) => db.prepare(sql)))
  return { origin, db, dispose: () => miniflare.dispose() }
}
