import { Hono } from 'hono'
import { kpis } from '../../src/kpis/index.ts'
import { rollup } from '../../src/store/rollup.ts'
import { type Guarded, guard } from '../guard.ts'
import { publish } from '../published.ts'
import { readQuery } from '../query.ts'
import { json } from '../reply.ts'

/** `POST /v1/rollups`: what the cron trigger does, now, for the workspace of the key. */
export const rollupRoutes = new Hono<Guarded>().post('/', guard('admin'), async (c) => {
  readQuery(c.req.raw, {})
  const workspace = c.get('workspace').id
  const now = Date.now()
  const report = await rollup(c.env.DB, { kpis, now, workspace })
  await publish(c.env.DB, c.executionCtx, report.changed, now)
  return json({ days: report.days, remaining: report.remaining })
})
