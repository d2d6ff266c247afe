import { type Trial, actualOf, leastTraining, scaled, trial } from './backtest.ts'
import { type Method, type Outlook, courseOf, lookAhead } from './course.ts'
import { type Kpi, boundsOf, waits } from './kpi.ts'
import type { History, Place } from './series.ts'
import { studentBound } from './student.ts'

/** Fewer weeks show no course. */
const leastWeeks = 8

/** How often the past must have been forecast so far ahead before the future is. */
const leastErrors = 4

const naive: Method = { name: 'seasonal_naive', smoothing: null }

/** A trend that is damped, and followed slowly, fast, or in between. */
const holts = [0.2, 0.5, 0.8].map((alpha): Method => {
  return { name: 'damped_holt', smoothing: { alpha, beta: 0.1, phi: 0.9 } }
})

/** Why there is no forecast. */
export type Refusal = 'not_additive' | 'not_final' | 'too_few_weeks' | 'no_value'

/** What a KPI is expected to be over some days to come, with its 95 % prediction interval. */
export interface Expected extends Outlook {
  readonly low: number
  readonly high: number
}

/** How far off forecasts of the past would have been, in the KPI's unit. */
export interface Backtest {
  /** How many values were forecast: from each week on, as many ahead as were asked for. */
  readonly forecasts: number
  /** Their mean absolute error. */
  readonly mae: number
  /** What it would have been by the other method; `null` where that could not tell any. */
  readonly otherMae: number | null
  /** `mae` in units of what one week differs from the next; `null` where none does. */
  readonly mase: number | null
}

export interface Forecast {
  readonly method: Method['name']
  readonly points: readonly Expected[]
  /** All weeks together. */
  readonly total: Expected
  readonly backtest: Backtest
}

/** A forecast, or why there is none; with the weeks that are known, and those that are needed. */
export interface Told {
  readonly weeks: number
  readonly needed: number
  readonly reason: Refusal | null
  readonly forecast: Forecast | null
}

/** Why a KPI is never forecast, or `null`: what its parts count of a day must not hang on other days. */
export function neverForecast(kpi: Kpi): 'not_additive' | 'not_final' | null {
  const kinds = Object.values(kpi.parts).map(({ kind }) => kind)
  const hangs = kinds.some((kind) => kind === 'cohort' || kind === 'distinct' || kind === 'level')
  const level = kinds.every((kind) => kind === 'level')
  if ((hangs && !level) || kpi.compares === true) return 'not_additive'
  return waits(kpi) ? 'not_final' : null
}

/**
 * Forecasts a KPI week by week from its counters, so that a share is that of forecast parts. Of the two
 * methods the one is taken that would have been off less in the past, forecast from every week on
 * (rolling origin; R. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd
 * edition, sections 5.2, 5.10 and 8.2). The band is made of those errors, as far ahead as each looked,
 * by Student's t. Seasons of a year are not known.
 *
 * @param history up to 26 weeks that end on the last closed day, and what was before.
 * @param steps so many weeks.
 */
export function forecast(kpi: Kpi, history: History, place: Place, steps: number): Told {
  const course = courseOf(kpi, history, place)
  const weeks = course.weeks.length
  const needed = Math.max(leastWeeks, leastTraining + leastErrors + steps - 1)
  const refused = (reason: Refusal): Told => ({ weeks, needed, reason, forecast: null })
  const never = neverForecast(kpi)
  if (never !== null) return refused(never)
  if (weeks < needed) return refused('too_few_weeks')
  const actual = actualOf(course, steps)
  const repeated = trial(course, actual, naive, steps)
  const followed = holts.map((method) => trial(course, actual, method, steps))
  const closest = followed.reduce((best, other) => (other.mae < best.mae ? other : best))
  const [best, other] = closest.mae < repeated.mae ? [closest, repeated] : [repeated, closest]
  const { points, total } = lookAhead(course, best.method, weeks, steps)
  const banded = bandedBy(kpi, best, [total, ...points])
  if (banded === null) return refused('no_value')
  const [all, ...single] = banded
  const backtest = {
    forecasts: best.errors.slice(1).reduce((sum, { length }) => sum + length, 0),
    mae: best.mae,
    otherMae: Number.isFinite(other.mae) ? other.mae : null,
    mase: scaled(best.mae, actual),
  }
  const { name } = best.method
  return {
    weeks,
    needed,
    reason: null,
    forecast: { method: name, points: single, total: all, backtest },
  }
}

/** Each outlook with its band; `null` where one has no value, or too few errors to make a band of. */
function bandedBy(
  kpi: Kpi,
  { errors }: Trial,
  outlooks: readonly Outlook[],
): [Expected, ...Expected[]] | null {
  const found = outlooks.flatMap((outlook, at): Expected[] => {
    const off = errors[at] ?? []
    if (outlook.value === null || off.length < leastErrors) return []
    const squares = off.reduce((sum, error) => sum + error ** 2, 0)
    const half = studentBound(off.length - 1) * Math.sqrt(squares / off.length)
    const [least, most] = boundsOf(kpi)
    const { value } = outlook
    return [{ ...outlook, low: Math.max(least, value - half), high: Math.min(most, value + half) }]
  })
  const [first, ...others] = found
  return first === undefined || found.length < outlooks.length ? null : [first, ...others]
}
