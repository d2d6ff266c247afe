import {
  type Counters,
  type Part,
  type Scope,
  addCounters,
  nothingLeftOut,
  otherCurrencies,
} from '../part.ts'
import type { Holding } from '../rule.ts'

/** What was held at the start and at the end of a window, and by how many. Never added up over days. */
export interface Level {
  readonly opening: Held
  readonly closing: Held
}

/** How many hold something, and how much: minor units where it is money. */
export interface Held {
  readonly n: number
  readonly sum: number
}

/** What holders hold, each day's counters being the net change: a late fact stays local. */
export function level(holding: Holding): Part<Level> {
  return levelling(holding, 'any', '')
}

/** What holders hold in money, each currency by itself. */
export function balance(holding: Holding): Part<Level> {
  return levelling(holding, 'currency', 'currency')
}

/**
 * What is held in money by value of a dimension, at the end of the window: a quota by the period that it
 * is for.
 */
export function balanceBy(dimension: string, holding: Holding): Part<ReadonlyMap<string, number>> {
  const read = ({ counters, opening, currency }: Scope) => {
    const found = new Map<string, number>()
    for (const [key, amount] of addCounters([opening, counters])) {
      const [code, value = '', name] = key.split('/')
      if (code === currency && name === 'sum' && amount !== 0) found.set(value, amount)
    }
    return found
  }
  return {
    kind: 'level',
    rule: { how: 'holding', holding, tell: 'change', book: 'currency', by: dimension },
    looksBack: true,
    read,
    show: (scope) => Object.fromEntries(read(scope)),
    leftOut: nothingLeftOut,
  }
}

function levelling(holding: Holding, book: 'any' | 'currency', by: '' | 'currency'): Part<Level> {
  const read = ({ counters, opening, currency }: Scope) => {
    const prefix = by === '' ? '' : `${currency}/`
    const before = heldIn(opening, prefix)
    const change = heldIn(counters, prefix)
    return {
      opening: before,
      closing: { n: before.n + change.n, sum: before.sum + change.sum },
    }
  }
  return {
    kind: 'level',
    rule: { how: 'holding', holding, tell: 'change', book, by: '' },
    looksBack: true,
    read,
    show(scope) {
      const { opening, closing } = read(scope)
      const shown = by === 'currency' || (holding.amount === 'value' && holding.holder === 'thread')
      return shown
        ? { opening: opening.sum, closing: closing.sum }
        : { opening: opening.n, closing: closing.n }
    },
    leftOut: ({ counters, opening, currency }) =>
      by === ''
        ? new Map<string, number>()
        : otherCurrencies(addCounters([opening, counters]), currency),
  }
}

function heldIn(counters: Counters, prefix: string): Held {
  return { n: counters.get(`${prefix}n`) ?? 0, sum: counters.get(`${prefix}sum`) ?? 0 }
}
