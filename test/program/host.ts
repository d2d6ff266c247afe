import { readFileSync, readdirSync } from 'node:fs'
import { Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_readConfig, unstable_splitSqlQuery } from 'wrangler'

/** How a built Worker is to be run. */
export interface HostOptions {
  /** The file that a build has left. */
  readonly bundle: string
  /** The files that create its tables, in order. */
  readonly tables: readonly string[]
  /** Where its data stay; in memory where it is left out. */
  readonly folder?: string
}

/** A Worker in workerd, on ports of its own of 127.0.0.1. */
export interface Host {
  /** Through the Worker that Miniflare puts in front, which also answers for the cron trigger. */
  readonly origin: string
  /** Past it: its cost would hide differences. */
  readonly direct: string
  readonly db: D1Database
  readonly dispose: () => Promise<void>
}

/** The key that may create workspaces; hosts live no longer than one run. */
export const adminKey = 'program-admin-key'

const date: string = unstable_readConfig({ config: 'wrangler.toml' }).compatibility_date ?? ''

/** The SQL migrations, in order. */
export function migrations(): string[] {
  return readdirSync('drizzle')
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => `drizzle/${name}`)
}

/** Starts a bundle and creates its tables where there are none yet. */
export async function start({ bundle, tables, folder }: HostOptions): Promise<Host> {
  const contents = readFileSync(bundle, 'utf8')
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    unsafeTriggerHandlers: true,
    ...(folder !== undefined && { resourcePersistencePath: folder }),
    workers: [
      {
        config: {
          name: 'program',
          compatibilityDate: date,
          manifest: {
            mainModule: 'index.js',
            modules: { 'index.js': { type: 'esm', contents } },
          },
          env: {
            DB: { type: 'd1', id: 'program' },
            ADMIN_KEY: { type: 'text', value: adminKey },
            SEAL_KEY: { type: 'text', value: 'program-seal-key-of-32-characters-or-more' },
          },
        },
        dev: { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] },
      },
    ],
  })
  const { origin } = await miniflare.ready
  const direct = (await miniflare.unsafeGetDirectURL('program')).origin
  const db: D1Database = await miniflare.getD1Database('DB')
  await createTables(db, tables)
  return { origin, direct, db, dispose: () => miniflare.dispose() }
}

async function createTables(db: D1Database, files: readonly string[]): Promise<void> {
  const there = await db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'fact'").first()
  if (there !== null) return
  const statements = files.flatMap((file) => unstable_splitSqlQuery(readFileSync(file, 'utf8')))
  await db.batch(statements.map((sql) => db.prepare(sql)))
}

/** Does what the cron trigger does. */
export async function rollUp({ origin }: Pick<Host, 'origin'>): Promise<void> {
  const answer = await fetch(`${origin}/cdn-cgi/local/scheduled?cron=*/10+*+*+*+*`)
  if (!answer.ok) throw new Error(`Cannot run the cron handler: ${answer.status}`)
}

/** A workspace with an NPS survey, made over HTTP. */
export interface Team {
  readonly secret: string
  readonly survey: string
}

/** Creates a team as a deployment's owner would. */
export async function newTeam({ origin }: Pick<Host, 'origin'>): Promise<Team> {
  const post = async <Body>(path: string, key: string, body: unknown): Promise<Body> => {
    const answer = await fetch(origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  const workspace = { name: 'Team', timeZone: 'UTC', currency: 'EUR' }
  const { key } = await post<{ key: { secret: string } }>('/v1/workspaces', adminKey, workspace)
  const survey = await post<{ id: string }>('/v1/surveys', key.secret, {
    kind: 'nps',
    name: 'Survey',
  })
  return { secret: key.secret, survey: survey.id }
}
