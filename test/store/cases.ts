/** How often KPIs were held against what they must say, where they had anything to say. */
export class Cases {
  /** All rows of a KPI after a run. */
  readonly tables = new Map<string, number>()
  /** Its value in a window. */
  readonly values = new Map<string, number>()

  addTable(kpi: string): void {
    this.tables.set(kpi, (this.tables.get(kpi) ?? 0) + 1)
  }

  addValue(kpi: string): void {
    this.values.set(kpi, (this.values.get(kpi) ?? 0) + 1)
  }
}
