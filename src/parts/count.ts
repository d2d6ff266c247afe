import type { FactType } from '../fact.ts'
import { type Part, type Scope, nothingLeftOut } from '../part.ts'
import type { Holding, IntakeRule, Move, RevisionRule, Rule } from '../rule.ts'
import { type Choice, tally } from '../tally.ts'

/** How many facts of the types there were on a day. */
export function count(types: FactType | readonly FactType[], choice: Choice = {}): Part<number> {
  return counting(tally(types, choice, { measure: 'one', by: '', keep: 'number' }))
}

/** How many facts there were by value of a dimension; those without one are nobody's. */
export function countBy(
  dimension: string,
  types: FactType | readonly FactType[],
  choice: Choice = {},
): Part<ReadonlyMap<string, number>> {
  return {
    kind: 'count',
    rule: tally(types, choice, { measure: 'one', by: dimension, keep: 'number' }),
    looksBack: false,
    read: ({ counters }) => counters,
    show: ({ counters }) => Object.fromEntries(counters),
    leftOut: nothingLeftOut,
  }
}

/** How many of a holding's holders moved in one way, whatever the currency. */
export function moves(holding: Holding, move: Move): Part<number> {
  return counting({ how: 'holding', holding, tell: { move }, book: 'any', by: '' }, 'n')
}

/** How many facts requests brought in, by day of arrival. */
export function arrivals(column: IntakeRule['column']): Part<number> {
  return counting({ how: 'intake', column })
}

/** How many values of a closed day were published, or have been revised since. */
export function values(column: RevisionRule['column']): Part<number> {
  return counting({ how: 'revision', column })
}

function counting(rule: Rule, counter = ''): Part<number> {
  const read = ({ counters }: Scope) => counters.get(counter) ?? 0
  return {
    kind: 'count',
    rule,
    looksBack: false,
    read,
    show: read,
    leftOut: nothingLeftOut,
  }
}
