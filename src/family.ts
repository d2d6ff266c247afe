import type { Kpi } from './kpi.ts'

/** KPIs that are told together, in the order in which lists show them. */
export const familyIds = [
  'surveys',
  'marketing',
  'sales',
  'revenue',
  'value',
  'customers',
  'recurring',
  'support',
  'team',
  'quality',
] as const

export type FamilyId = (typeof familyIds)[number]

/** The KPIs of one file. */
export interface Family {
  readonly id: FamilyId
  readonly kpis: readonly Kpi[]
}
