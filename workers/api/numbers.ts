import { Hono } from 'hono'
import { alertRoutes } from './alerts.ts'
import { annotationRoutes } from './annotations.ts'
import { benchmarkRoutes } from './benchmarks.ts'
import { compareRoutes } from './compare.ts'
import { embedRoutes } from './embeds.ts'
import { kpiRoutes, snapshotRoutes } from './kpis.ts'
import { outlookRoutes } from './outlook.ts'
import { reportRoutes } from './report.ts'
import { reportLinkRoutes } from './reports.ts'
import { rollupRoutes } from './rollups.ts'
import { targetRoutes } from './targets.ts'

/** What is told of KPIs under `/v1`, and what teams add to it. */
export const numberRoutes = new Hono<{ Bindings: Env }>()
  .route('/embeds', embedRoutes)
  .route('/kpis', kpiRoutes)
  .route('/kpis', compareRoutes)
  .route('/kpis', outlookRoutes)
  .route('/annotations', annotationRoutes)
  .route('/alerts', alertRoutes)
  .route('/targets', targetRoutes)
  .route('/benchmarks', benchmarkRoutes)
  .route('/report', reportRoutes)
  .route('/reports', reportLinkRoutes)
  .route('/snapshots', snapshotRoutes)
  .route('/rollups', rollupRoutes)
