import { kpis } from '../src/kpis/index.ts'
import { rollup } from '../src/store/rollup.ts'
import { watch } from '../src/store/watch.ts'
import { purge } from './cache.ts'
import { typesOf } from './vendors.ts'

/**
 * The cron trigger. A late run sees what has ended meanwhile; one that is ahead sees what will have. Both
 * halves together stay below 50 queries, and the trouble of one is not the other's: bodies have to go.
 */
export async function scheduled(
  controller: ScheduledController,
  env: Env,
  context: ExecutionContext,
): Promise<void> {
  const computed = Date.now()
  const now = Math.max(controller.scheduledTime, computed)
  try {
    const { changed } = await rollup(env.DB, { kpis, now, computed })
    await purge(context, changed)
  } finally {
    await watch(env.DB, typesOf, computed)
  }
}
