import { type Counters, addCounters } from './part.ts'
import type { Day } from './day.ts'
import type { Window } from './window.ts'

/** Counters as JSON keeps them; what was taken back is negative. */
export type Tally = Readonly<Record<string, number>>

/** Answers that were shown together for the first time. They are shown together for ever, or not at all. */
export interface Block extends Window {
  readonly counters: Tally
}

/** What everybody has been shown of people's answers. */
export interface Released {
  /** In the order in which they were released. */
  readonly blocks: readonly Block[]
  /** By day, what of it is in a block, and be it one that has left the window. */
  readonly taken: Readonly<Record<string, Tally>>
}

export const nothingReleased: Released = { blocks: [], taken: {} }

/** What a day has that nobody has seen. */
interface Change {
  readonly day: Day
  readonly counters: Counters
}

/** What is to be released, and from how many people at least. */
interface Occasion {
  /** By day, of all days that a block may still be made of. */
  readonly days: ReadonlyMap<Day, Counters>
  /** Oldest first. */
  readonly periods: readonly Window[]
  readonly minimum: number
  /** The last day that has ended. */
  readonly closed: Day
  /** Blocks that ended before are forgotten. */
  readonly horizon: Day
}

/**
 * Releases what is new where at least `minimum` people made it: within a period where it has so many by
 * itself, so that the period can be shown; otherwise with what other ended periods have left. Whatever is
 * shown is a union of blocks, so two states differ by whole blocks or not at all.
 */
export function release(before: Released, occasion: Occasion): Released {
  const { days, periods, minimum, closed, horizon } = occasion
  const fresh: (readonly Change[])[] = []
  const left: Change[] = []
  const running: Change[] = []
  for (const period of periods) {
    const changes = changesIn(period, days, before.taken)
    const { full, rest } = gather(changes, minimum)
    const last = full.pop()
    if (last !== undefined) fresh.push(...full, [...last, ...rest])
    else if (period.to <= closed) left.push(...changes)
    else running.push(...changes)
  }
  fresh.push(...gather(left, minimum).full)
  if (before.blocks.length + fresh.length === 0) {
    // Nothing can be shown by periods: then something is shown across them.
    fresh.push(...gather([...left, ...running], minimum).full.slice(0, 1))
  }
  const known = before.blocks.filter(({ to }) => to >= horizon)
  return {
    blocks: fresh.map(blockOf).reduce<readonly Block[]>(joined, known),
    taken: { ...takenFrom(horizon, before), ...takenNow(fresh.flat(), days) },
  }
}

/** What of each day of a period is not in a block yet. */
function changesIn(
  { from, to }: Window,
  days: ReadonlyMap<Day, Counters>,
  taken: Released['taken'],
): Change[] {
  const found: Change[] = []
  const named = new Set([...days.keys(), ...(Object.keys(taken) as Day[])])
  for (const day of [...named].filter((one) => one >= from && one <= to).toSorted()) {
    const counters = difference(days.get(day) ?? new Map(), taken[day] ?? {})
    if (counters.size > 0) found.push({ day, counters })
  }
  return found
}

function difference(now: Counters, then: Tally): Counters {
  const names = new Set([...now.keys(), ...Object.keys(then)])
  const changed = [...names].map((name): [string, number] => [
    name,
    (now.get(name) ?? 0) - (then[name] ?? 0),
  ])
  return new Map(changed.filter(([, count]) => count !== 0))
}

/** Days one after the other, together as soon as they are `minimum` people's, and those left at the end. */
function gather(changes: readonly Change[], minimum: number) {
  const full: Change[][] = []
  let rest: Change[] = []
  for (const change of changes) {
    rest.push(change)
    if (people(addCounters(rest.map(({ counters }) => counters))) < minimum) continue
    full.push(rest)
    rest = []
  }
  return { full, rest }
}

/**
 * How many people at least made a change. Whoever changes an answer takes one and gives one; a part's
 * counters may be keyed by more than the value, and by that alone nobody is another.
 */
export function people(counters: Counters): number {
  const values = new Map<string, number>()
  for (const [name, count] of counters) {
    const value = name.split('/', 2).join('/')
    values.set(value, (values.get(value) ?? 0) + count)
  }
  const sides = new Map<string, number>()
  for (const [value, count] of values) {
    const side = `${value.split('/', 1)[0]} ${Math.sign(count)}`
    sides.set(side, (sides.get(side) ?? 0) + Math.abs(count))
  }
  return Math.max(0, ...sides.values())
}

function blockOf(changes: readonly Change[]): Block {
  const days = changes.map(({ day }) => day).toSorted()
  const [from, to] = [days[0], days.at(-1)]
  if (from === undefined || to === undefined) throw new Error('A block has a day')
  return { from, to, counters: tallyOf(changes.map(({ counters }) => counters)) }
}

function tallyOf(counters: readonly Counters[]): Tally {
  return Object.fromEntries([...addCounters(counters)].filter(([, count]) => count !== 0))
}

/** Blocks of one and the same day are one: a busy day would have hundreds. */
function joined(blocks: readonly Block[], next: Block): readonly Block[] {
  const isOfDay = ({ from, to }: Block) => from === next.from && to === next.from
  const known = next.from === next.to ? blocks.find(isOfDay) : undefined
  if (known === undefined) return [...blocks, next]
  const both = [known, next].map(({ counters }) => new Map(Object.entries(counters)))
  return blocks.map((block) => (block === known ? { ...known, counters: tallyOf(both) } : block))
}

function takenFrom(horizon: Day, { taken }: Released): Released['taken'] {
  return Object.fromEntries(Object.entries(taken).filter(([day]) => day >= horizon))
}

/** A day whose change has gone into a block is taken as it is now. */
function takenNow(changes: readonly Change[], days: ReadonlyMap<Day, Counters>): Released['taken'] {
  return Object.fromEntries(
    changes.map(({ day }) => [day, Object.fromEntries(days.get(day) ?? new Map())]),
  )
}

/** The counters of blocks together. */
export function sumOf(blocks: readonly Block[]): Counters {
  return addCounters(blocks.map(({ counters }) => new Map(Object.entries(counters))))
}
