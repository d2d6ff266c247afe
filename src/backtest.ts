import { type Course, type Method, lookAhead } from './course.ts'
import { total } from './series.ts'
import type { Window } from './window.ts'

/** Weeks that a forecast of the past is made from at least. */
export const leastTraining = 4

/** What there was: of each week, and of as many weeks together as are forecast, from each on. */
export interface Actual {
  readonly weeks: readonly (number | null)[]
  readonly spans: readonly (number | null)[]
}

/** How far off a method would have been. */
export interface Trial {
  readonly method: Method
  /** The errors of all weeks together first, then those of one week ahead, of two, and so on. */
  readonly errors: readonly (readonly number[])[]
  /** The mean absolute error of single weeks; infinite where none could be told. */
  readonly mae: number
}

export function actualOf({ kpi, place, opening, windows, weeks }: Course, steps: number): Actual {
  const snapshots = windows.map(({ to }, at) => {
    return { day: to, counters: weeks[at] ?? new Map<string, number>(), revision: 1, computed: 0 }
  })
  const over = (window: Window) =>
    total(kpi, { from: window.from, opening, snapshots }, window, place).value
  return {
    weeks: windows.map(over),
    spans: windows.map(({ from }, at) => {
      const end = windows[at + steps - 1]
      return end === undefined ? null : over({ from, to: end.to })
    }),
  }
}

/** Forecasts the past from every week on that has enough before it, and sees how far off that is. */
export function trial(course: Course, actual: Actual, method: Method, steps: number): Trial {
  const errors: number[][] = Array.from({ length: steps + 1 }, () => [])
  const note = (at: number, value: number | null, was: number | null | undefined) => {
    if (value !== null && typeof was === 'number') errors[at]?.push(value - was)
  }
  for (let origin = leastTraining; origin < course.weeks.length; origin++) {
    const told = lookAhead(course, method, origin, steps)
    note(0, told.total.value, actual.spans[origin])
    told.points.forEach(({ value }, at) => note(at + 1, value, actual.weeks[origin + at]))
  }
  const single = errors.slice(1).flat()
  return { method, errors, mae: single.length === 0 ? Infinity : meanSize(single) }
}

/**
 * A mean absolute error in units of what one week differs from the next (MASE; R. Hyndman and A. Koehler,
 * International Journal of Forecasting 22, 2006); `null` where none does.
 */
export function scaled(mae: number, { weeks }: Actual): number | null {
  const steps = weeks.flatMap((value, at) => {
    const before = weeks[at - 1]
    return value === null || typeof before !== 'number' ? [] : [value - before]
  })
  const size = steps.length === 0 ? 0 : meanSize(steps)
  return size === 0 ? null : mae / size
}

function meanSize(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + Math.abs(number), 0) / numbers.length
}
