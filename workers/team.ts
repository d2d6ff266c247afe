import { Hono } from 'hono'
import { compareRoutes } from './api/compare.ts'
import { deliveryRoutes } from './api/deliveries.ts'
import { emailRoutes } from './api/email.ts'
import { embedRoutes } from './api/embeds.ts'
import { invitationRoutes } from './api/invitations.ts'
import { keyRoutes } from './api/keys.ts'
import { kpiRoutes, snapshotRoutes } from './api/kpis.ts'
import { peopleRoutes } from './api/people.ts'
import { provisionalRoutes } from './api/provisional.ts'
import { rollupRoutes } from './api/rollups.ts'
import { sourceRoutes } from './api/sources.ts'
import { surveyRoutes } from './api/surveys.ts'
import { targetRoutes } from './api/targets.ts'
import { vendorRoutes } from './api/vendors.ts'
import { workspaceRoutes, workspacesRoutes } from './api/workspaces.ts'
import { factRoutes } from './facts.ts'
import { importRoutes } from './import.ts'

/** `/v1`: what a team does with its keys. */
export const teamRoutes = new Hono<{ Bindings: Env }>()
  .route('/facts', factRoutes)
  .route('/import', importRoutes)
  .route('/workspaces', workspacesRoutes)
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
  .route('/embeds', embedRoutes)
  .route('/kpis', kpiRoutes)
  .route('/kpis', compareRoutes)
  .route('/targets', targetRoutes)
  .route('/snapshots', snapshotRoutes)
  .route('/rollups', rollupRoutes)
