import type { FactType } from '../fact.ts'
import { type Histogram, histogramJson, histogramOf } from '../histogram.ts'
import { type Part, nothingLeftOut } from '../part.ts'
import type { Rule } from '../rule.ts'
import { type Choice, tally } from '../tally.ts'

/**
 * The milliseconds from the first fact of type `since` of a thread to a later fact of it, on the day of
 * the later one. A thread whose beginning is not known, or comes later, is not measured.
 */
export function elapsed(since: FactType, to: FactType, choice: Choice = {}): Part<Histogram> {
  return measuring(tally(to, choice, { measure: { since }, by: '', keep: 'bins' }))
}

/**
 * How long threads stayed at one value of a dimension, from the fact that entered it to the one that left
 * it, on the day of leaving. Who comes back stays a second time; what was skipped has no stay.
 */
export function stay(
  dimension: string,
  enters: FactType,
  leaves: readonly FactType[],
): Part<Histogram> {
  return measuring({ how: 'visit', types: [enters, ...leaves], enters, dimension })
}

function measuring(rule: Rule): Part<Histogram> {
  return {
    kind: 'elapsed',
    rule,
    looksBack: false,
    read: ({ counters }) => histogramOf(counters),
    show: ({ counters }) => histogramJson(histogramOf(counters)),
    leftOut: nothingLeftOut,
  }
}
