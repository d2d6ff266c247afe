import type { Kpi } from '../kpi.ts'
import { csatMean } from './csat-mean.ts'
import { csat } from './csat.ts'
import { nps } from './nps.ts'
import { responseRate } from './response-rate.ts'

/** Every KPI there is, in the order in which lists show them. */
export const kpis: readonly Kpi[] = [nps, csat, csatMean, responseRate]

/** By id, the version of each KPI that is read. */
export const versions: Readonly<Record<string, number>> = Object.fromEntries(
  kpis.map(({ id, version }) => [id, version]),
)
