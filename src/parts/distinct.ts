import type { FactType } from '../fact.ts'
import { type Part, type Scope, countBefore, countersOf, nothingLeftOut } from '../part.ts'
import type { DistinctRule } from '../rule.ts'
import type { Choice } from '../tally.ts'

/** How many entities did something in the window, and how many of them at least twice. */
export interface Distinct {
  readonly once: number
  readonly twice: number
}

/**
 * Distinct entities in any window without storing sets: each fact is keyed by the day of the entity's
 * fact before it, and the first in a window is the one whose day before lies before the window. Keyed by
 * the one before that as well (`back: 2`), the first two are found, and so who came at least twice.
 */
export function distinct(
  type: FactType,
  { where = {}, unless = {}, back = 1 }: Omit<Choice, 'only'> & { back?: 1 | 2 } = {},
): Part<Distinct> {
  const read = ({ counters, window }: Scope) => {
    const once = countBefore(countersOf('1', counters), window.from)
    const upToTwo = countBefore(countersOf('2', counters), window.from)
    return { once, twice: back === 2 ? upToTwo - once : 0 }
  }
  const rule: DistinctRule = { how: 'distinct', types: [type], where, unless, back }
  return {
    kind: 'distinct',
    rule,
    looksBack: false,
    read,
    show(scope) {
      const { once, twice } = read(scope)
      return back === 2 ? { once, twice } : once
    },
    leftOut: nothingLeftOut,
  }
}
