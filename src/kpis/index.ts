import type { Family } from '../family.ts'
import type { Kpi } from '../kpi.ts'
import { customerBase } from './customers.ts'
import { marketing } from './marketing.ts'
import { quality } from './quality.ts'
import { recurring } from './recurring.ts'
import { revenues } from './revenue.ts'
import { sales } from './sales.ts'
import { support } from './support.ts'
import { surveys } from './surveys.ts'
import { team } from './team.ts'
import { customerValues } from './value.ts'

/** Every family of KPIs, in the order in which lists show them. */
export const families: readonly Family[] = [
  { id: 'surveys', kpis: surveys },
  { id: 'marketing', kpis: marketing },
  { id: 'sales', kpis: sales },
  { id: 'revenue', kpis: revenues },
  { id: 'value', kpis: customerValues },
  { id: 'customers', kpis: customerBase },
  { id: 'recurring', kpis: recurring },
  { id: 'support', kpis: support },
  { id: 'team', kpis: team },
  { id: 'quality', kpis: quality },
]

/** Every KPI there is, in that order. */
export const kpis: readonly Kpi[] = families.flatMap((family) => family.kpis)
