import type { Day } from './day.ts'

/** One KPI, all of it or one segment. */
interface Watched {
  readonly kpi: string
  /** `<dimension>:<value>`, or `''` for all. */
  readonly segment: string
}

/** A rule about numbers, looked at once for each day that is closed. */
export type NumberRule =
  /** The value of the last so many days lies above or below a bound. */
  | ({
      readonly kind: 'value'
      readonly days: number
      readonly above: number | null
      readonly below: number | null
    } & Watched)
  /** It differs from that of as many days before by more than chance does. */
  | ({ readonly kind: 'change'; readonly days: number } & Watched)
  /** The day lies outside of what its weekday lets expect. */
  | ({ readonly kind: 'anomaly' } & Watched)
  /** Nothing has been counted for so many days. */
  | ({ readonly kind: 'silence'; readonly days: number } & Watched)

/** What a team wants to be told of. */
export type AlertRule =
  | NumberRule
  /** Nothing comes from a source for longer than usual; from any of them where none is named. */
  | { readonly kind: 'source'; readonly source: string | null }
  /** Somebody has given 0 to 6 of 10, to this survey or to any. */
  | { readonly kind: 'detractor'; readonly survey: string | null; readonly comment: boolean }

/** What is sent: a line of text as Slack takes it, or all that is known as Standard Webhooks has it. */
export type AlertFormat = 'slack' | 'standard'

/** `muted` was found during a cool-down; `failed` has been given up. */
export type OutboxState = 'waiting' | 'delivered' | 'failed' | 'muted'

/** An estimate, as a finding tells of it. */
interface Told {
  readonly value: number
  readonly n: number
  readonly low: number | null
  readonly high: number | null
}

/** A finding about a KPI over some days. */
interface Numbers extends Watched {
  readonly from: Day
  readonly to: Day
}

/** What an alert has found, without anything that somebody has written. */
export type Finding =
  | ({
      readonly kind: 'value'
      readonly bound: number
      readonly side: 'above' | 'below'
    } & Numbers &
      Told)
  | ({ readonly kind: 'change'; readonly before: number } & Numbers & Told)
  | ({
      readonly kind: 'anomaly'
      readonly side: 'high' | 'low'
      readonly expected: number
      readonly value: number
      readonly n: number
      /** The range that was expected. */
      readonly low: number
      readonly high: number
    } & Numbers)
  | ({ readonly kind: 'silence'; readonly days: number } & Numbers)
  | {
      readonly kind: 'source'
      readonly source: string
      readonly name: string
      readonly since: number
    }
  | {
      readonly kind: 'detractor'
      readonly survey: string
      readonly score: number
      readonly day: Day
      /** Where its fact is. */
      readonly source: string
      readonly id: string
    }
  | { readonly kind: 'test' }
