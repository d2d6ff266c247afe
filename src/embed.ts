import type { Theme } from './chart.ts'
import { type Day, addDays } from './day.ts'
import type { Look } from './look.ts'
import type { Released } from './release.ts'
import type { History } from './series.ts'
import { type Grain, type Window, lastDays } from './window.ts'

/** One KPI, one segment, shown in one way, to anybody who has the id. */
export interface Embed {
  readonly id: string
  readonly kpi: string
  /** `<dimension>:<value>`, or `''` for all. */
  readonly segment: string
  /** The window: so many days, the running one included. */
  readonly days: number
  readonly grain: Grain
  readonly kind: string
  /** Values from fewer answers are not shown. */
  readonly minimum: number
  readonly locale: string
  readonly theme: Theme
  readonly look: Look
  readonly created: number
}

/** A target in the unit of the KPI, and the days it is for. */
export type Aim = readonly [target: number, from: Day, to: Day]

/** When a version of a KPI was first counted, in milliseconds since 1970 UTC. */
export type Birth = readonly [version: number, born: number]

/** An embed with what it shows. */
export interface FoundEmbed {
  readonly embed: Embed
  readonly workspace: {
    readonly id: string
    readonly zone: string
    readonly currency: string
    readonly closed: Day
  }
  /** The first day of {@link history}. */
  readonly start: Day
  /** The targets of its KPI and segment that are in force these days, the newest first. */
  readonly aims: readonly Aim[]
  /** The versions of its KPI, oldest first. */
  readonly births: readonly Birth[]
  /** By segment, what is public of people's answers; `null` where nothing has been held back. */
  readonly released: Readonly<Record<string, Released>> | null
  /** How often `released` has changed. */
  readonly step: number
  /** When the newest of it was computed, in milliseconds since 1970 UTC; 0 where nothing was. */
  readonly computed: number
  /** Everything that was read, as one text: equal texts show equal things. */
  readonly state: string
  /** Of its segment. Made when it is asked for, because a reader who has everything needs none of it. */
  readonly history: History
  /** Of its segment and of those of its dimension, where it has one. */
  readonly histories: readonly (History & { readonly segment: string })[]
}

/** The window that an embed shows: it ends with the running day, so that an answer is seen at once. */
export function windowOf({ days }: Pick<Embed, 'days'>, today: Day): Window {
  return lastDays(days, today)
}

/** As many days just before. */
export function windowBefore({ days }: Pick<Embed, 'days'>, today: Day): Window {
  const { from } = windowOf({ days }, today)
  return { from: addDays(from, -days), to: addDays(from, -1) }
}
