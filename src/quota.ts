import { type Day, addDays, daysBetween, parseDay } from './day.ts'
import { ratio } from './estimate.ts'
import type { Estimate } from './kpi.ts'
import { type Window, lengthOf } from './window.ts'

/** The name of a quota's period: whose it is, and its first and last day. */
export function quotaPeriod(scope: 'owner' | 'team', from: Day, to: Day): string {
  return `${scope}:${from}..${to}`
}

function overlap(one: Window, other: Window): number {
  const from = one.from > other.from ? one.from : other.from
  const to = one.to < other.to ? one.to : other.to
  return Math.max(0, daysBetween(from, addDays(to, 1)))
}

/** What is to be won in a period, by the team or by its owners together, in minor units. */
interface Quota extends Window {
  readonly scope: string
  readonly amount: number
}

function quotasOf(amounts: ReadonlyMap<string, number>): Quota[] {
  return [...amounts].flatMap(([name, amount]) => {
    const [, scope = '', first = '', last = ''] = /^(\w+):(.{10})\.\.(.{10})$/.exec(name) ?? []
    const from = parseDay(first)
    const to = parseDay(last)
    return from === null || to === null ? [] : [{ scope, amount, from, to }]
  })
}

/**
 * The quotas that count on a day: of the team's the one of the shortest period, so that a month is not
 * added to its year; where the team has none, those of all owners.
 */
function quotasOn(day: Day, quotas: readonly Quota[]): Quota[] {
  const covering = quotas.filter(({ from, to }) => from <= day && day <= to)
  const [team] = covering
    .filter(({ scope }) => scope === 'team')
    .sort((one, other) => lengthOf(one) - lengthOf(other) || (one.from > other.from ? -1 : 1))
  return team === undefined ? covering : [team]
}

/**
 * What was won over what was to be won, in percent. Beside it how much of the window has a quota at all,
 * and the pace: attainment over the share of the window's days that have ended.
 */
export function attainment(
  won: { readonly n: number; readonly sum: number },
  amounts: ReadonlyMap<string, number>,
  { window, closed }: { window: Window; closed: Day },
): Estimate {
  const quotas = quotasOf(amounts)
  const counted = new Map<Quota, number>()
  let covered = 0
  for (let day = window.from; day <= window.to; day = addDays(day, 1)) {
    const found = quotasOn(day, quotas)
    if (found.length > 0) covered++
    for (const quota of found) counted.set(quota, (counted.get(quota) ?? 0) + 1)
  }
  let whole = 0
  for (const [quota, days] of counted) whole += (quota.amount * days) / lengthOf(quota)
  const reached = ratio(won.sum, whole, { scale: 100, n: won.n })
  const length = lengthOf(window)
  const gone = overlap(window, { from: window.from, to: closed }) / length
  if (reached.value === null) return reached
  return {
    ...reached,
    also: {
      pace: gone === 0 ? null : reached.value / gone,
      covered: (100 * covered) / length,
    },
  }
}
