import type { Day } from '../../../src/day.ts'
import { type Dimensions, attributed } from '../../../src/fact.ts'
import { type Fate, type Holding, type HoldingRule, type Move, typesOf } from '../../../src/rule.ts'
import { type Segment, type Tied, type Told, isIn, segmentsOf } from './story.ts'

/** What a thread holds at some time. */
interface Held {
  readonly amount: number
  readonly code: string
}

/** A thread of a holding: whose it is, how it is cut, and what its facts made of it. */
export interface Thread {
  readonly holder: string | null
  readonly cut: Dimensions
  readonly steps: readonly { readonly fact: Told; readonly held: Held }[]
}

/** How much a holder has of one currency, or of anything, once something has happened. */
export interface Step {
  readonly day: Day
  readonly time: number
  readonly before: number
  readonly after: number
  readonly cut: Dimensions
}

/** All that a holder ever did in one currency and segment, in order. */
interface Account {
  readonly segment: Segment
  readonly code: string
  readonly steps: readonly Step[]
}

const nothing: Held = { amount: 0, code: '' }

function follow(holding: Holding, facts: readonly Told[]) {
  let open = holding.opens === null
  let held = nothing
  return facts.map((fact) => {
    const amount = holding.amount === 'one' ? 1 : (fact.value ?? 0)
    const given = { amount, code: fact.dimensions['currency'] ?? '' }
    if (fact.type === holding.opens) {
      open = true
      held = given
    } else if (fact.type === holding.sets) {
      if (open) held = given
    } else {
      open = false
      held = nothing
    }
    return { fact, held: held.amount === 0 ? nothing : held }
  })
}

/** Every thread that has begun, each with what it held after each of its facts. */
export function threadsOf(holding: Holding, told: readonly Told[]): Thread[] {
  const types = typesOf(holding)
  const channel = types.some((type) => attributed.has(type)) ? { channel: 'unattributed' } : {}
  const stories = Map.groupBy(
    told.filter(({ type, thread }) => types.includes(type) && thread !== null),
    ({ thread }) => thread,
  )
  return [...stories.values()].flatMap((facts) => {
    const beginning = facts.find(({ type }) => type === (holding.opens ?? holding.sets))
    if (beginning === undefined) return []
    const holder = holding.holder === 'entity' ? beginning.entity : beginning.thread
    const cut = { ...channel, ...beginning.dimensions }
    return [{ holder, cut, steps: follow(holding, facts) }]
  })
}

/** What some threads hold together, fact after fact, of one currency, or of anything where it is null. */
export function stepsOf(threads: readonly Thread[], told: readonly Told[], code: string | null) {
  const now = new Map<Thread, number>()
  const steps: Step[] = []
  for (const fact of told) {
    for (const thread of threads) {
      const held = thread.steps.find((step) => step.fact === fact)?.held
      if (held === undefined) continue
      const before = now.values().reduce((sum, amount) => sum + amount, 0)
      now.set(thread, code === null || held.code === code ? held.amount : 0)
      const after = now.values().reduce((sum, amount) => sum + amount, 0)
      if (after !== before)
        steps.push({ day: fact.day, time: fact.time, before, after, cut: thread.cut })
    }
  }
  return steps
}

/** What one holder does at one instant is one step: who changes plans does not grow first and shrink then. */
function atOnce(steps: readonly Step[]): Step[] {
  return [...Map.groupBy(steps, ({ time }) => time).values()].flatMap((same) => {
    const [first, last] = [same[0], same.at(-1)]
    if (first === undefined || last === undefined || first.before === last.after) return []
    return [{ ...first, after: last.after }]
  })
}

function accountsOf({ holding, book }: HoldingRule, told: readonly Told[]): Account[] {
  const threads = threadsOf(holding, told)
  return segmentsOf(threads.map(({ cut }) => cut)).flatMap((segment) => {
    const own = Map.groupBy(
      threads.filter(({ cut }) => isIn(segment, cut)),
      ({ holder }) => holder,
    )
    return [...own.values()].flatMap((held) => {
      const codes =
        book === 'any'
          ? [null]
          : new Set(held.flatMap(({ steps }) => steps.map((step) => step.held.code)))
      return [...codes].map((code) => ({
        segment,
        code: code ?? '',
        steps:
          holding.holder === 'entity'
            ? atOnce(stepsOf(held, told, code))
            : stepsOf(held, told, code),
      }))
    })
  })
}

function moveOf({ before, after }: Step, isFirst: boolean): Move {
  if (before === 0) return isFirst ? 'new' : 'returned'
  if (after === 0) return 'left'
  return after > before ? 'expanded' : 'contracted'
}

/** What a window would say of one holder, by what there was at its ends and what happened within. */
function fateIn(fate: Exclude<Fate, 'left'>, steps: readonly Step[], from: Day, to: Day): number {
  const start = steps.findLast(({ day }) => day < from)?.after ?? 0
  const end = steps.findLast(({ day }) => day <= to)?.after ?? 0
  if (start === 0) return 0
  switch (fate) {
    case 'stayed':
      return end > 0 ? 1 : 0
    case 'kept':
      return Math.min(start, end)
    case 'held':
      return end
    case 'grew':
      return Number(
        steps.some(
          ({ day, before, after }) => day >= from && day <= to && before > 0 && after > before,
        ),
      )
  }
}

/**
 * The counters of a day must add up, for each window that ends with it, to what the window says more than
 * the one a day shorter. By how much they do so from one first day to the next is what is keyed by it.
 */
function fatesOf(fate: Exclude<Fate, 'left'>, steps: readonly Step[]) {
  const days = [...new Set(steps.map(({ day }) => day))]
  return days.flatMap((day, last) => {
    const before = steps.filter((step) => step.day < day)
    const more = (from: Day) => fateIn(fate, steps, from, day) - fateIn(fate, before, from, day)
    return days
      .slice(0, last)
      .map((key, at) => ({ day, key, n: more(days[at + 1] ?? day) - more(key) }))
  })
}

function tiedOf({ tell, holding, by, book }: HoldingRule, { steps }: Account) {
  if (typeof tell === 'object' && 'fate' in tell) {
    const { fate } = tell
    if (fate !== 'left') return fatesOf(fate, steps)
    return steps.flatMap(({ day, after }, at) => {
      if (after !== 0) return []
      const key = steps.slice(0, at).findLast(({ before }) => before === 0)?.day ?? ''
      return [{ day, key, n: 1 }]
    })
  }
  const sums = book === 'currency' || (holding.holder === 'thread' && holding.amount === 'value')
  return steps.flatMap((step, at) => {
    const { day, before, after, cut } = step
    if (tell !== 'change' && moveOf(step, at === 0) !== tell.move) return []
    const prefix = by === '' ? '' : `${cut[by]}/`
    const n = tell === 'change' ? Math.sign(after) - Math.sign(before) : 1
    const number = { day, key: `${prefix}n`, n }
    return sums ? [number, { day, key: `${prefix}sum`, n: after - before }] : [number]
  })
}

/** What happened to holders, told from their accounts. */
export function heldCells(rule: HoldingRule, told: readonly Told[]): Tied[] {
  return accountsOf(rule, told).flatMap((account) =>
    tiedOf(rule, account).map(({ day, key, n }) => ({
      day,
      segment: account.segment,
      key: account.code === '' ? key : `${account.code}/${key}`,
      n,
    })),
  )
}
