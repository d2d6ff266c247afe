import { Hono } from 'hono'
import { deliveryRoutes } from './api/deliveries.ts'
import { emailRoutes } from './api/email.ts'
import { exportRoutes } from './api/export.ts'
import { invitationRoutes } from './api/invitations.ts'
import { keyRoutes } from './api/keys.ts'
import { movingRoutes } from './api/moving.ts'
import { numberRoutes } from './api/numbers.ts'
import { peopleRoutes } from './api/people.ts'
import { provisionalRoutes } from './api/provisional.ts'
import { sourceRoutes } from './api/sources.ts'
import { surveyRoutes } from './api/surveys.ts'
import { vendorRoutes } from './api/vendors.ts'
import { workspaceRoutes, workspacesRoutes } from './api/workspaces.ts'
import { factRoutes } from './facts.ts'
import { importRoutes } from './import.ts'
import { limitRequests } from './rate-limit.ts'

/** `/v1`: what a team does with its keys. */
export const teamRoutes = new Hono<{ Bindings: Env }>()
  .use(limitRequests)
  .route('/facts', factRoutes)
  .route('/import', importRoutes)
  .route('/workspaces', workspacesRoutes)
  .route('/workspaces', movingRoutes)
  .route('/workspace', workspaceRoutes)
  .route('/keys', keyRoutes)
  .route('/surveys', surveyRoutes)
  .route('/surveys', provisionalRoutes)
  .route('/surveys', emailRoutes)
  .route('/surveys', invitationRoutes)
  .route('/people', peopleRoutes)
  .route('/vendors', vendorRoutes)
  .route('/sources', sourceRoutes)
  .route('/deliveries', deliveryRoutes)
  .route('/export', exportRoutes)
  .route('/', numberRoutes)
