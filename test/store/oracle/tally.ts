import { binOf } from '../../../src/histogram.ts'
import type { Condition, Measure, TallyRule, VisitRule } from '../../../src/rule.ts'
import { type Cell, type Told, compare, keeps } from './story.ts'

type Of<Name extends Condition['is']> = Extract<Condition, { is: Name }>

/** The facts that belong with one, itself left out. */
function others(fact: Told, told: readonly Told[], by: 'thread' | 'entity' | 'both'): Told[] {
  return told.filter(
    (other) =>
      other !== fact &&
      (by === 'thread'
        ? fact.thread !== null && other.thread === fact.thread
        : fact.entity !== null && other.entity === fact.entity) &&
      (by !== 'both' || other.subject === fact.subject),
  )
}

const isBefore = (one: Told, other: Told) => compare(one, other) < 0

function followed(fact: Told, told: readonly Told[], { types, by, within }: Of<'followed'>) {
  const tied = others(fact, told, by)
  const next = tied.find((other) => other.type === fact.type && isBefore(fact, other))
  return tied.some(
    (later) =>
      types.includes(later.type) &&
      isBefore(fact, later) &&
      (next === undefined || isBefore(later, next)) &&
      (within === null || later.time - fact.time <= within),
  )
}

function led(fact: Told, told: readonly Told[], { via, to, within }: Of<'led'>) {
  const threads = told
    .filter(({ type, entity }) => type === via && entity === fact.subject)
    .map(({ thread }) => thread)
  return told.some(
    ({ type, thread, time }) =>
      type === to && threads.includes(thread) && time >= fact.time && time - fact.time <= within,
  )
}

/** Each one that is met belongs to the nearest, and of two that are as near to the first. */
function met(fact: Told, told: readonly Told[], { by }: Of<'met'>) {
  const thread = told.filter((other) => fact.thread !== null && other.thread === fact.thread)
  const rivals = thread.filter(({ type }) => type === fact.type)
  return thread.some((found) => {
    if (found.type !== by) return false
    const distances = rivals.map(({ time }) => Math.abs(time - found.time))
    return rivals[distances.indexOf(Math.min(...distances))] === fact
  })
}

function onward(fact: Told, told: readonly Told[], { dimension, types }: Of<'onward'>) {
  const thread = others(fact, told, 'thread')
  const same = (one: Told) => one.type === fact.type
  const past = thread.filter((one) => same(one) && isBefore(one, fact))
  const known = [fact, ...past].map((one) => one.dimensions[dimension])
  return thread.some(
    (later) =>
      isBefore(fact, later) &&
      (types.includes(later.type) || (same(later) && !known.includes(later.dimensions[dimension]))),
  )
}

function holds(condition: Condition, fact: Told, told: readonly Told[]): boolean {
  switch (condition.is) {
    case 'followed':
      return followed(fact, told, condition)
    case 'led':
      return led(fact, told, condition)
    case 'met':
      return met(fact, told, condition)
    case 'first':
      return !others(fact, told, 'thread').some(
        (other) =>
          condition.among.includes(other.type) && keeps(condition, other) && isBefore(other, fact),
      )
    case 'debut':
      return (
        fact.entity !== null &&
        (fact.value ?? 0) > 0 &&
        !others(fact, told, 'entity').some(
          (other) =>
            condition.among.includes(other.type) && (other.value ?? 0) > 0 && isBefore(other, fact),
        )
      )
    case 'early':
      return (
        fact.entity !== null &&
        others(fact, told, 'entity')
          .filter(({ type, value }) => condition.among.includes(type) && (value ?? 0) > 0)
          .every(({ time }) => fact.time - time <= condition.within)
      )
    case 'last':
      return !others(fact, told, 'thread').some(
        (other) => condition.among.includes(other.type) && isBefore(fact, other),
      )
    case 'anew':
      return !others(fact, told, 'thread').some(
        (other) =>
          other.type === fact.type &&
          other.dimensions[condition.dimension] === fact.dimensions[condition.dimension] &&
          isBefore(other, fact),
      )
    case 'onward':
      return onward(fact, told, condition)
  }
}

function measure(what: Measure, fact: Told, told: readonly Told[]): number | null {
  const { value, cost } = fact
  switch (what) {
    case 'one':
      return 1
    case 'value':
      return value
    case 'margin':
      return value === null || cost === undefined ? null : value - cost
    case 'costed':
      return cost === undefined ? null : value
    default: {
      const since = others(fact, told, 'thread').find(({ type }) => type === what.since)
      return since === undefined || since.time > fact.time ? null : fact.time - since.time
    }
  }
}

function keyOf({ by }: TallyRule, fact: Told): string | null {
  if (by === '') return ''
  return (by === 'value' ? fact.value?.toString() : fact.cut[by]) ?? null
}

/** What is kept of a number: itself as one, or its share of number, sum and bins. */
function kept(amount: number, key: string, keep: TallyRule['keep']): { key: string; n: number }[] {
  if (keep === 'number') return [{ key, n: 1 }]
  const prefix = key === '' ? '' : `${key}/`
  const totals = [
    { key: `${prefix}n`, n: 1 },
    { key: `${prefix}sum`, n: amount },
  ]
  return keep === 'sum' ? totals : [...totals, { key: `${prefix}b/${binOf(amount)}`, n: 1 }]
}

/** Facts that match, each on its own day. */
export function tallied(rule: TallyRule, told: readonly Told[]): Cell[] {
  return told.flatMap((fact) => {
    const { day, cut } = fact
    const matches =
      rule.types.includes(fact.type) &&
      keeps(rule, fact) &&
      rule.only.every((condition) => holds(condition, fact, told))
    const key = keyOf(rule, fact)
    const amount = matches ? measure(rule.measure, fact, told) : null
    if (amount === null || key === null) return []
    return kept(amount, key, rule.keep).map((one) => ({ day, cut, ...one }))
  })
}

/** Every stay, on the day it ended: a thread is followed from place to place. */
export function visited(rule: VisitRule, told: readonly Told[]): Cell[] {
  const { types, enters, dimension } = rule
  const at = new Map<string, { place: string; entered: number }>()
  return told.flatMap((fact) => {
    const { type, thread, day, time } = fact
    if (thread === null || !types.includes(type)) return []
    const known = at.get(thread)
    const place = type === enters ? fact.dimensions[dimension] : undefined
    if (place === known?.place) return []
    if (place === undefined) at.delete(thread)
    else at.set(thread, { place, entered: time })
    if (known === undefined) return []
    const cut = { ...fact.cut, [dimension]: known.place }
    return kept(time - known.entered, '', 'bins').map((one) => ({ day, cut, ...one }))
  })
}
