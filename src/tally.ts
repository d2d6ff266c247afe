import type { FactType } from './fact.ts'
import type { Condition, Filter, TallyRule } from './rule.ts'

/** Which facts of the types count; all of them where it is left out. */
export interface Choice extends Partial<Filter> {
  readonly only?: readonly Condition[]
}

/** The rule shared by the parts that add up, on a fact's own day, what it measures. */
export function tally(
  types: FactType | readonly FactType[],
  { where = {}, unless = {}, only = [] }: Choice,
  rest: Pick<TallyRule, 'measure' | 'by' | 'keep'>,
): TallyRule {
  const list = typeof types === 'string' ? [types] : types
  return { how: 'tally', types: list, where, unless, only, ...rest }
}
