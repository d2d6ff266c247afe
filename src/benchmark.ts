/** What others reach with a KPI, and who says so: without a source and a year it is hearsay. */
export interface Benchmark {
  readonly id: string
  readonly kpi: string
  /** The ends of the band, in the unit of the KPI; money in major units. */
  readonly low: number
  readonly high: number
  /** The median or mean of the band, where the source tells it. */
  readonly middle: number | null
  /** Whose numbers they are, such as `SaaS companies`. */
  readonly industry: string | null
  readonly source: string
  readonly year: number
  readonly url: string | null
  readonly created: number
}

export type Place = 'below' | 'within' | 'above'

/** Where a value lies by a benchmark's band, whose ends belong to it. */
export function placeOf(value: number, { low, high }: Pick<Benchmark, 'low' | 'high'>): Place {
  if (value < low) return 'below'
  return value > high ? 'above' : 'within'
}

/** The benchmark to show of several: that of the newest year, and of those the one made last. */
export function newest(benchmarks: readonly Benchmark[]): Benchmark | null {
  return (
    benchmarks.toSorted((one, other) => other.year - one.year || other.created - one.created)[0] ??
    null
  )
}
