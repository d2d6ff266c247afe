import { Hono } from 'hono'
import { kpis } from '../../src/kpis/index.ts'
import { rollup } from '../../src/store/rollup.ts'
import { purge } from '../cache.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { json } from '../reply.ts'

/** `POST /v1/rollups`: what the cron trigger does, now, for the workspace of the key. */
export const rollupRoutes = new Hono<Guarded>().post('/', guard('admin'), async (c) => {
  readQuery(c.req.raw, {})
  const workspace = c.get('workspace').id
  const report = await rollup(c.env.DB, { kpis, now: Date.now(), workspace })
  await purge(c.executionCtx, report.changed)
  return json({ days: report.days, remaining: report.remaining })
})
