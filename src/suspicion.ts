import type { Mode, Question } from './survey.ts'

/** What makes an answer doubtful: what a mail scanner does, and people hardly ever do. */
export type Doubt = 'early' | 'every-link' | 'trap' | 'hidden-field' | 'no-gesture'

/** What is known of how an answer came. */
export interface Circumstances {
  readonly now: number
  /** When its invitation was made; `null` where there is none. */
  readonly sent: number | null
  /** Which links of its mail were opened, by bit, and when the last of them was for the first time. */
  readonly touched: number
  readonly touching: number | null
  /** Whether a field was filled that nobody sees. */
  readonly hidden: boolean
  readonly mode: Mode
  /** The kind of input that a script has seen; empty where there was none, or no script. */
  readonly gesture: string
  readonly question: Question
}

/** The bit of a link that stands in the mail and that nobody sees. */
export const trapBit = 30

/** How long after sending nobody can have read the mail, in milliseconds. */
const reading = 3_000

/** A scanner opens all links at once, and confirms within this time if it does at all. */
const burst = 30_000

/** The hidden link is never opened by hand, so that it is believed for longer. */
const trapped = 600_000

/** The bits of all links of a scale. */
export function everyLink({ from, to }: Question): number {
  let bits = 0
  for (let score = from; score <= to; score++) bits |= 1 << score
  return bits
}

/**
 * Why an answer is doubted. Those that are doubted count only once they have been confirmed again, or
 * somebody of the team promotes them. Links that were opened long ago say nothing against the person who
 * answers now.
 */
export function doubts(known: Circumstances): Doubt[] {
  const { now, sent, touched, touching, hidden, mode, gesture, question } = known
  const since = touching === null ? Number.POSITIVE_INFINITY : now - touching
  const every = everyLink(question)
  const found: [Doubt, boolean][] = [
    ['early', sent !== null && now - sent < reading],
    ['every-link', (touched & every) === every && since < burst],
    ['trap', (touched & (1 << trapBit)) !== 0 && since < trapped],
    ['hidden-field', hidden],
    ['no-gesture', mode === 'assisted' && gesture === ''],
  ]
  return found.filter(([, holds]) => holds).map(([doubt]) => doubt)
}
