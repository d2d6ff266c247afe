import type { FactType } from '../fact.ts'
import { type Counters, type Part, type Scope, never, nothingLeftOut } from '../part.ts'
import type { Rule } from '../rule.ts'
import { type Choice, tally } from '../tally.ts'

/** How many answers there were of each value. */
export type Answers = ReadonlyMap<number, number>

/** One counter per answer value: score, distribution, mean and interval all follow exactly. */
export function answers(type: FactType, choice: Choice = {}): Part<Answers> {
  return answering(
    tally(type, choice, { measure: 'one', by: 'value', keep: 'number' }),
    ({ counters }) => counters,
  )
}

/**
 * Only the last answer of each entity in the window: counters are keyed by value and the day of its next
 * answer, and an answer is the last one where that day is after the window. What is anonymous counts as
 * it is.
 */
export function latest(type: FactType, where: Readonly<Record<string, string>>): Part<Answers> {
  return answering({ how: 'latest', types: [type], where, unless: {} }, ({ counters, window }) => {
    const found = new Map<string, number>()
    for (const [key, count] of counters) {
      const [value = '', next = never] = key.split('/')
      if (next === never || next > window.to) found.set(value, (found.get(value) ?? 0) + count)
    }
    return found
  })
}

function answering(rule: Rule, choose: (scope: Scope) => Counters): Part<Answers> {
  const read = (scope: Scope) =>
    new Map(
      [...choose(scope)]
        .map(([key, count]): [number, number] => [Number(key), count])
        .sort(([one], [other]) => one - other),
    )
  return {
    kind: 'answers',
    rule,
    looksBack: false,
    read,
    show: (scope) => Object.fromEntries(read(scope)),
    leftOut: nothingLeftOut,
  }
}
