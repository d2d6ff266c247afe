import { rootCause } from '../src/store/failure.ts'
import { kpis } from '../src/kpis/index.ts'
import { forgetAnswers } from '../src/store/retention.ts'
import { rollup } from '../src/store/rollup.ts'
import { watch } from '../src/store/watch.ts'
import { settleWithdrawn } from '../src/store/withdraw.ts'
import { tellAlerts } from './alerts.ts'
import { publish } from './published.ts'
import { typesOf } from './vendors.ts'

/** Days that one run rolls up: three transactions, which leave queries for what else is to be done. */
const daysAtOnce = 180

/**
 * The cron trigger. A late run sees what has ended meanwhile; one that is ahead sees what will have. All
 * parts together stay below 50 queries, and the trouble of one is not the others': what is to go has to go.
 */
export async function scheduled(
  controller: ScheduledController,
  env: Env,
  context: ExecutionContext,
): Promise<void> {
  const computed = Date.now()
  const now = Math.max(controller.scheduledTime, computed)
  await each([
    async () => {
      const { changed } = await rollup(env.DB, { kpis, now, computed, limit: daysAtOnce, leaveOut })
      await publish(env.DB, context, changed, now)
    },
    () => watch(env.DB, typesOf, computed),
    () => settleWithdrawn(env.DB),
    () => forgetAnswers(env.DB, computed),
    () => tellAlerts(env, computed),
  ])
}

function leaveOut(workspace: string, error: unknown): void {
  console.error(JSON.stringify({ event: 'not planned', workspace, reason: rootCause(error) }))
}

/** Runs every part, one after the other; the first that failed is told once all have had their turn. */
async function each(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const part of parts) {
    try {
      await part()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
