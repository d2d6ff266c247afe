import { Hono } from 'hono'
import * as v from 'valibot'
import { type Metric, exposition } from '../src/exposition.ts'
import type { Kpi } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import { type Counted, firstDayOf, noHistory, total } from '../src/series.ts'
import { type Health, readHealth } from '../src/store/health.ts'
import { askedOf } from '../src/store/history.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import { kpiFields, lastComplete, reachOfLast } from './api/kpi-query.ts'
import { readFor } from './api/kpi-read.ts'
import { credentialOf } from './guard.ts'
import { readQuery } from './query.ts'
import { taggedText } from './reply.ts'

/** The parameters of `GET /metrics`: over how many complete days values are told. */
export const metricsFields = { last: v.optional(kpiFields.last.wrapped, '30d') }

/** `GET /metrics`: every KPI that has a value, and how the deployment is, for Prometheus. */
export const metricsRoutes = new Hono<{ Bindings: Env }>().get('/metrics', async (c) => {
  const credential = await credentialOf(c.req.raw, c.env)
  const { last } = readQuery(c.req.raw, metricsFields)
  const now = Date.now()
  // The workspace's zone is known only afterwards.
  const reach = reachOfLast(last, now)
  const first = kpis.map((kpi) => firstDayOf(kpi, reach)).sort()[0] ?? reach.from
  const [{ workspace, segments }, health] = await Promise.all([
    readFor(c.env.DB, credential, {
      asked: askedOf(kpis),
      cut: { segment: '' },
      window: { from: first, to: reach.to },
    }),
    readHealth(c.env.DB),
  ])
  const window = lastComplete(last, workspace.zone, now)
  const values = kpis.flatMap((kpi) => {
    const history = segments.find((found) => found.kpi === kpi.id) ?? noHistory(first)
    return metricsOf(kpi, total(kpi, history, window, workspace), workspace, `${last}d`)
  })
  const text = exposition([...values, ...healthMetrics(health)])
  return taggedText(c.req.raw, text, 'text/plain; version=0.0.4')
})

/** A value, its interval and its n, each under a name of its own; nothing where there is no value. */
function metricsOf(
  kpi: Kpi,
  { value, low, high, n }: Counted,
  { currency }: Workspace,
  window: string,
): Metric[] {
  if (value === null) return []
  const name = `tidemark_${kpi.id}`
  const unit = kpi.unit === 'currency' ? { unit: kpi.unit, currency } : { unit: kpi.unit }
  const gauge = (of: string, help: string, found: number | null, labels: Metric['labels']) =>
    found === null ? [] : [{ name: name + of, help, labels: { ...labels, window }, value: found }]
  return [
    ...gauge('', `${kpi.label}. ${kpi.definition}`, value, unit),
    ...gauge('_low', `${kpi.label}: lower bound of the 95 % interval.`, low, unit),
    ...gauge('_high', `${kpi.label}: upper bound of the 95 % interval.`, high, unit),
    ...gauge('_n', `${kpi.label}: how many it is computed from.`, n, {}),
  ]
}

/** What `/readyz` says of the deployment, as numbers. */
function healthMetrics({ rollup, dirty, quarantined, silent }: Health): Metric[] {
  const gauge = (name: string, help: string, value: number) => ({
    name: `tidemark_${name}`,
    help,
    labels: {},
    value,
  })
  return [
    ...(rollup === null
      ? []
      : [
          gauge(
            'last_rollup_timestamp_seconds',
            'When a rollup last ran, in seconds since 1970 UTC.',
            rollup / 1000,
          ),
        ]),
    gauge('dirty_days', 'Closed days of the deployment that wait to be rolled up again.', dirty),
    gauge(
      'quarantined_deliveries',
      'Deliveries to the deployment that nobody could make sense of yet.',
      quarantined,
    ),
    gauge(
      'silent_sources',
      'Sources of the deployment from which nothing has come for longer than usual.',
      silent,
    ),
  ]
}
