import type { Counting } from './interpretation.ts'
import type { Notice } from './language.ts'

/** A report in one language: its words that are not about one KPI. */
export interface Edition {
  /** BCP 47, as a language's id. */
  readonly language: string
  /** The title of a report that has none of its own. */
  readonly title: string
  /** Hole {zone}: whose days they are. */
  readonly zone: string
  readonly summary: {
    readonly title: string
    /** Where nothing needs attention. */
    readonly calm: string
    /** Hole {names}: what became worse as well, but less surely. */
    readonly more: string
    readonly silent: string
    readonly few: string
  }
  readonly table: {
    /** What the table is of, for those who hear it; hole {family}. */
    readonly caption: string
    readonly kpi: string
    readonly now: string
    readonly before: string
    readonly change: string
    /** Percentage points, in short; hole {n}. */
    readonly points: string
  }
  readonly notes: {
    readonly title: string
    /** Hole {days}: the window before. */
    readonly method: string
    /** Hole {day}: the last day that is counted. */
    readonly running: string
    /** Hole {names}. */
    readonly young: string
    /** Holes {n}, of days, and {names}. */
    readonly revised: Counting
    /** Holes {codes} and {names}. */
    readonly currencies: string
    readonly empty: string
    /** On a page for everybody; hole {n}. */
    readonly hidden: string
  }
  /** Nothing has come yet, of any KPI. */
  readonly nothing: string
  readonly unknown: Notice
  readonly unavailable: Notice
}
