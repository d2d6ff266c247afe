import { kpis } from '../src/kpis/index.ts'
import { rollup } from '../src/store/rollup.ts'
import { watch } from '../src/store/watch.ts'
import { purge } from './cache.ts'
import { typesOf } from './vendors.ts'

/** A run that has rolled up more days than this has no queries left for anything else. */
const daysWithRoom = 240

/** The cron trigger. A late run sees what has ended meanwhile; one that is ahead sees what will have. */
export async function scheduled(
  controller: ScheduledController,
  env: Env,
  context: ExecutionContext,
): Promise<void> {
  const computed = Date.now()
  const now = Math.max(controller.scheduledTime, computed)
  const report = await rollup(env.DB, { kpis, now, computed })
  await purge(context, report.changed)
  if (report.days <= daysWithRoom) await watch(env.DB, typesOf, computed)
}
