import type { FamilyId } from './family.ts'
import type { Kpi } from './kpi.ts'

/** What KPIs and their families are called in one language. */
export interface Names {
  /** BCP 47, as a language’s id. */
  readonly language: string
  readonly families: Readonly<Record<FamilyId, string>>
  /** By the KPI's id; one that is not here has its own label, as English ones have. */
  readonly kpis: Readonly<Record<string, string>>
}

/** What a KPI is called where it stands alone: at the head of a chart, or of a sentence about it. */
export function kpiName(kpi: Pick<Kpi, 'id' | 'label'>, names: Names): string {
  return names.kpis[kpi.id] ?? kpi.label
}
