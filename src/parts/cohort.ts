import {
  type Counters,
  type Part,
  type Scope,
  countBefore,
  countersOf,
  nothingLeftOut,
} from '../part.ts'
import type { Fate, Holding } from '../rule.ts'

/** What became of those who held something when the window began, and of those who began since. */
export interface Fated {
  readonly opening: number
  readonly since: number
}

/** How many met a fate: ended what they held, or hold something at the end. */
export function cohort(holding: Holding, fate: 'left' | 'stayed'): Part<Fated> {
  return fated(holding, fate, 'any', ({ counters }) => counters)
}

/**
 * The same of each currency by itself: by how much what they hold has changed (`kept`, `held`), or how
 * many of those who hold this currency held more of it at some time (`grew`).
 */
export function cohortIn(holding: Holding, fate: 'kept' | 'held' | 'grew'): Part<Fated> {
  return fated(holding, fate, 'currency', ({ counters, currency }) =>
    countersOf(currency, counters),
  )
}

/**
 * Counters are keyed by the day after which a window must begin to meet the effect, so that those keyed
 * before its start add up to what became of its opening base.
 */
function fated(
  holding: Holding,
  fate: Fate,
  book: 'any' | 'currency',
  choose: (scope: Scope) => Counters,
): Part<Fated> {
  const read = (scope: Scope) => {
    const counters = choose(scope)
    const opening = countBefore(counters, scope.window.from)
    const all = counters.values().reduce((sum, count) => sum + count, 0)
    return { opening, since: all - opening }
  }
  return {
    kind: 'cohort',
    rule: { how: 'holding', holding, tell: { fate }, book, by: '' },
    looksBack: false,
    read,
    show(scope) {
      const { opening, since } = read(scope)
      return fate === 'left' ? { opening, since } : opening
    },
    leftOut: nothingLeftOut,
  }
}
