import type { FactType } from '../fact.ts'
import { type Histogram, histogramJson, histogramOf } from '../histogram.ts'
import { type Part, countersOf, nothingLeftOut, otherCurrencies } from '../part.ts'
import { type Choice, tally } from '../tally.ts'

/** The values that facts carry, by size: median and quantiles within 1 %, number and sum exact. */
export function histogram(type: FactType, choice: Choice = {}): Part<Histogram> {
  return {
    kind: 'histogram',
    rule: tally(type, choice, { measure: 'value', by: '', keep: 'bins' }),
    looksBack: false,
    read: ({ counters }) => histogramOf(counters),
    show: ({ counters }) => histogramJson(histogramOf(counters)),
    leftOut: nothingLeftOut,
  }
}

/** The same for money, each currency by itself; in minor units of the workspace's currency. */
export function amounts(type: FactType, choice: Choice = {}): Part<Histogram> {
  return {
    kind: 'histogram',
    rule: tally(type, choice, { measure: 'value', by: 'currency', keep: 'bins' }),
    looksBack: false,
    read: ({ counters, currency }) => histogramOf(countersOf(currency, counters)),
    show: ({ counters, currency }) => histogramJson(histogramOf(countersOf(currency, counters))),
    leftOut: ({ counters, currency }) => otherCurrencies(counters, currency),
  }
}
