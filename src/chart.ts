import type { Day } from './day.ts'
import type { Direction, Estimate, Unit } from './kpi.ts'
import type { Language } from './language.ts'
import type { Markup } from './markup.ts'
import type { Point } from './series.ts'
import type { Thresholds } from './threshold.ts'

/**
 * `auto` follows the reader's system by a media query inside the picture, and so does `transparent`,
 * which has no ground of its own.
 */
export const themes = ['light', 'dark', 'auto', 'transparent'] as const

export type Theme = (typeof themes)[number]

/** How many answers lay in each part of a scale: for NPS detractors, passives and promoters. */
export interface Mix {
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** One of several values that are shown beside each other, with its name as it is shown. */
export interface Named {
  readonly name: string
  readonly estimate: Estimate
}

/** One step of a way on which some are lost, with its name as it is shown. */
export interface Stage {
  readonly name: string
  /** `null` where it is of too few to be told. */
  readonly count: number | null
}

/** An earlier window and the value over it. */
export interface Earlier {
  readonly from: Day
  readonly to: Day
  readonly total: Estimate
}

/** What a kind of chart shows besides the total and the points; whoever makes the picture adds it. */
export type Need = 'mixes' | 'segments' | 'stages' | 'before' | 'target'

export const badgeStyles = ['flat', 'flat-square', 'for-the-badge'] as const

/** What may stand beside a badge's value; what makes a value weak stands there in any case. */
export const badgeParts = ['trend', 'interval', 'n', 'as-of'] as const

export type BadgePart = (typeof badgeParts)[number]

export interface BadgeLook {
  readonly style: (typeof badgeStyles)[number]
  readonly show: readonly BadgePart[]
}

/** Everything a picture shows. Pictures know nothing of embeds, snapshots or requests. */
export interface Picture {
  /** The KPI's name, with its segment where it has one. */
  readonly label: string
  readonly unit: Unit
  /** ISO 4217 code that money is written with; without it the label has to name the currency. */
  readonly currency?: string
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
  /** `#rrggbb`, in place of the theme's accent; whoever chose it has checked its contrast. */
  readonly accent?: string
  /** The value that is to be reached. */
  readonly target?: number
  /** One for each point; `null` where it is a gap or has too few answers. */
  readonly mixes?: readonly (Mix | null)[]
  /** The segments of a dimension, those with too few answers left out, largest value first. */
  readonly segments?: readonly Named[]
  readonly stages?: readonly Stage[]
  /** As many days just before the window. */
  readonly before?: Earlier
  /** Flat, with interval and sample size, where nothing else is chosen. */
  readonly badge?: BadgeLook
  readonly thresholds?: Thresholds
}

/** One way of drawing a picture. */
export interface Chart {
  readonly kind: string
  /** The pictures it can draw have this. */
  readonly needs?: Need
  readonly draw: (picture: Picture) => Markup
}
