import type { Day } from './day.ts'
import type { Direction, Estimate, Unit } from './kpi.ts'
import type { Language } from './language.ts'
import type { Markup } from './markup.ts'
import type { Point } from './series.ts'

/** `auto` follows the reader's system by a media query inside the picture. */
export type Theme = 'light' | 'dark' | 'auto'

/** Everything a picture shows. Pictures know nothing of embeds, snapshots or requests. */
export interface Picture {
  /** The KPI's name, with its segment where it has one. */
  readonly label: string
  readonly unit: Unit
  readonly direction: Direction
  /** The ends of an axis that is not fitted to the data, as NPS's −100 and 100. */
  readonly range?: readonly [number, number]
  readonly language: Language
  readonly theme: Theme
  /** Values with fewer answers than this are not shown, so that no single answer can be read off. */
  readonly minimum: number
  /** The value over the whole window. */
  readonly total: Estimate
  readonly from: Day
  readonly to: Day
  /** The local day of the newest number in it; `null` where there is none. */
  readonly asOf: Day | null
  /** Dense: every period of the window, oldest first. */
  readonly points: readonly Point[]
}

/** One way of drawing a picture. */
export interface Chart {
  readonly kind: string
  readonly draw: (picture: Picture) => Markup
}
