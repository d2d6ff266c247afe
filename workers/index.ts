import { Hono } from 'hono'
import { Problem } from '../src/problem.ts'
import { compareRoutes } from './api/compare.ts'
import { embedRoutes } from './api/embeds.ts'
import { keyRoutes } from './api/keys.ts'
import { kpiRoutes, snapshotRoutes } from './api/kpis.ts'
import { rollupRoutes } from './api/rollups.ts'
import { deliveryRoutes } from './api/deliveries.ts'
import { sourceRoutes } from './api/sources.ts'
import { surveyRoutes } from './api/surveys.ts'
import { targetRoutes } from './api/targets.ts'
import { workspaceRoutes, workspacesRoutes } from './api/workspaces.ts'
import { scheduled } from './cron.ts'
import { publicEmbedRoutes } from './embeds.ts'
import { factRoutes } from './facts.ts'
import { problemOf } from './failure.ts'
import { formRoutes } from './forms.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { hookRoutes } from './hooks.ts'
import { importRoutes } from './import.ts'
import { showProblem } from './notices.ts'
import { problem } from './reply.ts'

const app = new Hono<{ Bindings: Env }>()
  .route('/', homeRoutes)
  .route('/', healthRoutes)
  .route('/s', formRoutes)
  .route('/e', publicEmbedRoutes)
  .route('/hooks', hookRoutes)
  .route('/v1/facts', factRoutes)
  .route('/v1/import', importRoutes)
  .route('/v1/workspaces', workspacesRoutes)
  .route('/v1/workspace', workspaceRoutes)
  .route('/v1/keys', keyRoutes)
  .route('/v1/surveys', surveyRoutes)
  .route('/v1/sources', sourceRoutes)
  .route('/v1/deliveries', deliveryRoutes)
  .route('/v1/embeds', embedRoutes)
  .route('/v1/kpis', kpiRoutes)
  .route('/v1/kpis', compareRoutes)
  .route('/v1/targets', targetRoutes)
  .route('/v1/snapshots', snapshotRoutes)
  .route('/v1/rollups', rollupRoutes)
  .notFound((c) => problem(new Problem('not-found', `Nothing is at ${c.req.path}`)))
  .onError((error, c) => {
    const found = problemOf(error)
    // A vendor takes 500 for good reason to give up, and 503 for one to come back.
    if (found.kind === 'internal' && c.req.path.startsWith('/hooks/')) {
      return problem(new Problem('unavailable', 'Nothing was stored; sending it again is safe'))
    }
    return c.req.path.startsWith('/s/') ? showProblem(c.req.raw, found) : problem(found)
  })

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>
