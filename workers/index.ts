import { Hono } from 'hono'
import { Problem } from '../src/problem.ts'
import { scheduled } from './cron.ts'
import { publicEmbedRoutes } from './embeds.ts'
import { problemOf } from './failure.ts'
import { formRoutes, invitedRoutes, receiptRoutes } from './forms.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { hookRoutes, refuseDelivery } from './hooks.ts'
import { showProblem } from './notices.ts'
import { problem } from './reply.ts'
import { teamRoutes } from './team.ts'

const app = new Hono<{ Bindings: Env }>()
  .route('/', homeRoutes)
  .route('/', healthRoutes)
  .route('/s', formRoutes)
  .route('/i', invitedRoutes)
  .route('/a', receiptRoutes)
  .route('/e', publicEmbedRoutes)
  .route('/hooks', hookRoutes)
  .route('/v1', teamRoutes)
  .notFound((c) => problem(new Problem('not-found', `Nothing is at ${c.req.path}`)))
  .onError((error, c) => {
    const found = problemOf(error)
    if (c.req.path.startsWith('/hooks/')) return refuseDelivery(found)
    return /^\/[sia]\//.test(c.req.path) ? showProblem(c.req.raw, found) : problem(found)
  })

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>
