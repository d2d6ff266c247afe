import type { Mode, Question } from './survey.ts'

/** What makes an answer doubtful: what a mail scanner does, and people hardly ever do. */
export type Doubt = 'early' | 'many-links' | 'trap' | 'hidden-field' | 'no-gesture' | 'challenge'

/** What is known of how an answer came. */
export interface Circumstances {
  readonly now: number
  /** When its invitation was made; `null` where there is none. */
  readonly sent: number | null
  /** Which links of its mail were last opened in one go, by bit, and when the last of them was. */
  readonly touched: number
  readonly touching: number | null
  /** Whether something was said in words. */
  readonly written: boolean
  /** Whether a field was filled that nobody sees. */
  readonly hidden: boolean
  readonly mode: Mode
  /** The kind of input that a script has seen; empty where there was none, or no script. */
  readonly gesture: string
  /** Whether whoever was challenged has passed. */
  readonly passed: boolean
  readonly question: Question
}

/** The bit of a link that stands in the mail and that nobody sees. */
export const trapBit = 30

/** How long after sending nobody can have read the mail, in milliseconds. */
const reading = 3_000

/**
 * Links that are opened within this time of each other are opened in one go. A scanner that confirms does
 * so within it, if it does at all.
 */
export const burst = 30_000

/** The hidden link is never opened by hand, so that it is believed for longer. */
export const trapped = 600_000

/**
 * Whether more than half of the links were opened: scanners have limits, and the last links of one may
 * still be on their way to us. Of two links, whoever corrects themselves has opened both.
 */
function hasMany(touched: number, { from, to }: Question): boolean {
  const size = to - from + 1
  let opened = 0
  for (let score = from; score <= to; score++) opened += (touched >> score) & 1
  return size > 2 && opened * 2 > size
}

/**
 * Why an answer is doubted. Those that are doubted count only once they have been confirmed again, or
 * somebody of the team promotes them. Links that were opened long ago say nothing against the person who
 * answers now, and recent ones nothing against somebody who writes: scanners press buttons, they do not
 * say why.
 */
export function doubts(known: Circumstances): Doubt[] {
  const { now, sent, touched, touching, written, hidden, mode, gesture, passed, question } = known
  const since = touching === null || written ? Number.POSITIVE_INFINITY : now - touching
  const found: [Doubt, boolean][] = [
    ['early', sent !== null && now - sent < reading],
    ['many-links', since < burst && hasMany(touched, question)],
    ['trap', since < trapped && (touched & (1 << trapBit)) !== 0],
    ['hidden-field', hidden],
    ['no-gesture', mode === 'assisted' && gesture === ''],
    ['challenge', !passed],
  ]
  return found.filter(([, holds]) => holds).map(([doubt]) => doubt)
}
