import { Hono } from 'hono'
import { rootCause } from '../src/store/failure.ts'
import { listSilent, readHealth } from '../src/store/health.ts'
import { showsAdminKey } from './guard.ts'
import { readQuery } from './query.ts'
import { json } from './reply.ts'

/** A rollup older than this means that the cron trigger does not fire, in milliseconds. */
const overdue = 60 * 60_000

/** Silent sources that are named. */
const namedAtMost = 50

/** `/healthz` says that the Worker runs; `/readyz` that its database answers, and how far it is. */
export const healthRoutes = new Hono<{ Bindings: Env }>()
  .get('/healthz', (c) => {
    readQuery(c.req.raw, {})
    return json({ status: 'alive' })
  })
  .get('/readyz', async (c) => {
    readQuery(c.req.raw, {})
    // Anybody may ask how things stand; what a team calls its sources is told to the owner only.
    const owner = await showsAdminKey(c.req.raw, c.env)
    try {
      const { rollup, dirty, quarantined, silent } = await readHealth(c.env.DB)
      const sources = owner ? await listSilent(c.env.DB, namedAtMost) : []
      const age = rollup === null ? null : Math.max(0, Date.now() - rollup)
      return json({
        status: 'ready',
        rollup: {
          last: rollup === null ? null : new Date(rollup).toISOString(),
          ageSeconds: age === null ? null : Math.round(age / 1000),
          overdue: age === null || age > overdue,
        },
        dirtyDays: dirty,
        quarantined,
        silentSources: silent,
        ...(owner && {
          silent: sources.map(({ silent: since, ...source }) => ({
            ...source,
            since: new Date(since).toISOString(),
          })),
        }),
      })
    } catch (error) {
      console.error(JSON.stringify({ event: 'not ready', reason: rootCause(error) }))
      return json({ status: 'unavailable' }, 503, { 'Retry-After': '5' })
    }
  })
