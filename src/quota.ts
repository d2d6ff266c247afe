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

/** Of the quotas of one scope, as much as the days they share with the window. */
function quotaFor(scope: string, quota: ReadonlyMap<string, number>, window: Window): number {
  let sum = 0
  for (const [name, amount] of quota) {
    const [, whose, first = '', last = ''] = /^(\w+):(.{10})\.\.(.{10})$/.exec(name) ?? []
    const from = parseDay(first)
    const to = parseDay(last)
    if (whose !== scope || from === null || to === null) continue
    const period = { from, to }
    sum += (amount * overlap(period, window)) / lengthOf(period)
  }
  return sum
}

/** What was won over what was to be won, in percent, and its pace: that over the share of time gone. */
export function attainment(
  won: { readonly n: number; readonly sum: number },
  quota: ReadonlyMap<string, number>,
  { window, closed }: { window: Window; closed: Day },
): Estimate {
  const team = quotaFor('team', quota, window)
  const whole = team === 0 ? quotaFor('owner', quota, window) : team
  const reached = ratio(won.sum, whole, { scale: 100, n: won.n })
  const gone = overlap(window, { from: window.from, to: closed }) / lengthOf(window)
  if (reached.value === null) return reached
  return { ...reached, also: { pace: gone === 0 ? null : reached.value / gone } }
}
