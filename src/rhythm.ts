import type { Day } from './day.ts'

/** When the facts of a day came from a source; times in milliseconds since 1970 UTC. */
export interface Beat {
  readonly day: Day
  readonly facts: number
  readonly first: number
  readonly last: number
  /** The longest time between two of them. */
  readonly gap: number
}

/** How regularly a source sends, in milliseconds. */
export interface Rhythm {
  /** When something last came. */
  readonly last: number | null
  /** For how long nothing has come. */
  readonly gap: number | null
  /** The longest that nothing came before; `null` while too little is known. */
  readonly usual: number | null
  /** Whether nothing has come for much longer than ever before. */
  readonly silent: boolean
}

/** Fewer facts, or fewer days with any, are no rhythm. */
const least = { facts: 10, days: 3 }

/** Shorter silences are nobody's business, in milliseconds. */
const hour = 3_600_000

/**
 * The rhythm of the days at hand. A source is silent once nothing has come for twice the longest time that
 * it was quiet before, nights and weekends included, and for an hour at least.
 *
 * @param beats in the order of their days.
 * @param other when something last came that told no fact; `null` where nothing such is known.
 */
export function rhythmOf(beats: readonly Beat[], other: number | null, now: number): Rhythm {
  const last = beats.reduce<number | null>((latest, beat) => later(latest, beat.last), other)
  const gap = last === null ? null : Math.max(0, now - last)
  const usual = usualOf(beats)
  return {
    last,
    gap,
    usual,
    silent: gap !== null && usual !== null && gap > Math.max(2 * usual, hour),
  }
}

function later(one: number | null, other: number): number {
  return one === null ? other : Math.max(one, other)
}

function usualOf(beats: readonly Beat[]): number | null {
  const facts = beats.reduce((sum, beat) => sum + beat.facts, 0)
  if (facts < least.facts || beats.length < least.days) return null
  let longest = 0
  let before: number | null = null
  for (const { first, last, gap } of beats) {
    longest = Math.max(longest, gap, before === null ? 0 : first - before)
    before = later(before, last)
  }
  return longest
}
