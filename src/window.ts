import { type Day, addDays, daysBetween, parseDay, weekday } from './day.ts'

/** How a window is divided; `week` is the ISO week from Monday, `total` the window as one period. */
export const grains = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const

export type Grain = (typeof grains)[number]

/** Days from `from` to `to`, both included. */
export interface Window {
  readonly from: Day
  readonly to: Day
}

/** The longest window: twenty years. */
export const windowLimit = 7_305

/** The day after the calendar period of `day` has ended. */
function nextPeriod(day: Day, grain: Grain): Day | null {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  switch (grain) {
    case 'day':
      return addDays(day, 1)
    case 'week':
      return addDays(day, 8 - weekday(day))
    case 'month':
      return firstOfMonth(year, month + 1)
    case 'quarter':
      return firstOfMonth(year, month - ((month - 1) % 3) + 3)
    case 'year':
      return firstOfMonth(year + 1, 1)
    case 'total':
      return null
  }
}

function firstOfMonth(year: number, month: number): Day | null {
  const [carriedYear, carriedMonth] = month > 12 ? [year + 1, month - 12] : [year, month]
  return parseDay(`${carriedYear}-${String(carriedMonth).padStart(2, '0')}-01`)
}

/**
 * Cuts a window into its periods, oldest first. The first and the last are shorter than their calendar
 * period where the window begins or ends inside one.
 */
export function periods(window: Window, grain: Grain): Window[] {
  const found: Window[] = []
  for (let from: Day = window.from; from <= window.to;) {
    const next = nextPeriod(from, grain)
    const to = next === null || next > window.to ? window.to : addDays(next, -1)
    found.push({ from, to })
    from = addDays(to, 1)
  }
  return found
}

/** How many days a window has. */
export function lengthOf(window: Window): number {
  return daysBetween(window.from, window.to) + 1
}

/** The number of days in a `30d`, or `null` where it is none or exceeds {@link windowLimit}. */
export function parseSpan(text: string): number | null {
  const days = /^([1-9]\d{0,3})d$/.exec(text)?.[1]
  return days !== undefined && Number(days) <= windowLimit ? Number(days) : null
}

/** The `days` days that end with `to`. */
export function lastDays(days: number, to: Day): Window {
  return { from: addDays(to, 1 - days), to }
}
