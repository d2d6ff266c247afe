import { Hono } from 'hono'
import { descriptionRoutes } from './description.ts'
import { publicEmbedRoutes } from './embeds.ts'
import { problemOf } from './failure.ts'
import { formRoutes, invitedRoutes, receiptRoutes } from './forms.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { hookRoutes, refuseDelivery } from './hooks.ts'
import { metricsRoutes } from './metrics.ts'
import { refuseMethod } from './methods.ts'
import { showProblem } from './notices.ts'
import { problem } from './reply.ts'
import { publicReportRoutes } from './reports.ts'
import { teamRoutes } from './team.ts'

/** Every route there is. What goes wrong in one of them is told in one place. */
export const app = new Hono<{ Bindings: Env }>()
  .route('/', homeRoutes)
  .route('/', healthRoutes)
  .route('/', metricsRoutes)
  .route('/', descriptionRoutes)
  .route('/s', formRoutes)
  .route('/i', invitedRoutes)
  .route('/a', receiptRoutes)
  .route('/e', publicEmbedRoutes)
  .route('/r', publicReportRoutes)
  .route('/hooks', hookRoutes)
  .route('/v1', teamRoutes)

app.notFound((c) => refuseMethod(app.router, c.req.method, c.req.path))

app.onError((error, c) => {
  const found = problemOf(error)
  if (c.req.path.startsWith('/hooks/')) return refuseDelivery(found)
  return /^\/[sia]\//.test(c.req.path) ? showProblem(c.req.raw, found) : problem(found)
})
