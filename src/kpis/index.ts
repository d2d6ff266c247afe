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

/** Every KPI there is, in the order in which lists show them. */
export const kpis: readonly Kpi[] = [
  ...surveys,
  ...marketing,
  ...sales,
  ...revenues,
  ...customerValues,
  ...customerBase,
  ...recurring,
  ...support,
  ...team,
  ...quality,
]
