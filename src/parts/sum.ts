import type { FactType } from '../fact.ts'
import { type Part, type Scope, otherCurrencies } from '../part.ts'
import type { Holding, Move, Rule } from '../rule.ts'
import { type Choice, tally } from '../tally.ts'

/** What was added up, in minor units of the workspace's currency, and of how many facts. */
export interface Total {
  readonly n: number
  readonly sum: number
}

/** Which amount of a fact: its own, or of those whose cost is known their amount or what it leaves. */
export type Amount = 'value' | 'costed' | 'margin'

/** The money that facts carry, each currency by itself. */
export function sum(
  types: FactType | readonly FactType[],
  { of = 'value', ...choice }: Choice & { of?: Amount } = {},
): Part<Total> {
  return totalling(tally(types, choice, { measure: of, by: 'currency', keep: 'sum' }))
}

/** By how much the amounts of a holding's holders moved, in one way. */
export function moved(holding: Holding, move: Move): Part<Total> {
  return totalling({ how: 'holding', holding, tell: { move }, book: 'currency', by: '' })
}

function totalling(rule: Rule): Part<Total> {
  const read = ({ counters, currency }: Scope) => ({
    n: counters.get(`${currency}/n`) ?? 0,
    sum: counters.get(`${currency}/sum`) ?? 0,
  })
  return {
    kind: 'sum',
    rule,
    looksBack: false,
    read,
    show: read,
    leftOut: ({ counters, currency }) => otherCurrencies(counters, currency),
  }
}
