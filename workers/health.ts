import { Hono } from 'hono'
import { rootCause } from '../src/store/failure.ts'
import { readHealth } from '../src/store/health.ts'
import { readQuery } from './query.ts'
import { json } from './reply.ts'

/** A rollup older than this means that the cron trigger does not fire, in milliseconds. */
const overdue = 60 * 60_000

/** `/healthz` says that the Worker runs; `/readyz` that its database answers, and how far it is. */
export const healthRoutes = new Hono<{ Bindings: Env }>()
  .get('/healthz', (c) => {
    readQuery(c.req.raw, {})
    return json({ status: 'alive' })
  })
  .get('/readyz', async (c) => {
    readQuery(c.req.raw, {})
    try {
      const { rollup, dirty } = await readHealth(c.env.DB)
      const age = rollup === null ? null : Math.max(0, Date.now() - rollup)
      return json({
        status: 'ready',
        rollup: {
          last: rollup === null ? null : new Date(rollup).toISOString(),
          ageSeconds: age === null ? null : Math.round(age / 1000),
          overdue: age === null || age > overdue,
        },
        dirtyDays: dirty,
        quarantined: 0,
      })
    } catch (error) {
      console.error(JSON.stringify({ event: 'not ready', reason: rootCause(error) }))
      return json({ status: 'unavailable' }, 503, { 'Retry-After': '5' })
    }
  })
