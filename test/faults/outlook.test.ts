import { expect, test } from 'vitest'
import { judge } from '../../src/anomaly.ts'
import { addDays, parseDay } from '../../src/day.ts'
import { forecast } from '../../src/forecast.ts'
import { netScore, share } from '../../src/interval.ts'
import type { Estimate } from '../../src/kpi.ts'
import type { Point } from '../../src/series.ts'
import { historyOf, kpiOf, place, snapshot } from '../kpi.ts'

/** Numbers between 0 and 1 that are the same in every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomOf(20_261_124)

const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function poisson(mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  let count = 0
  for (let product = random(); product > Math.exp(-mean); product *= random()) count++
  return count
}

const binomial = (n: number, p: number) =>
  Array.from({ length: n }).reduce<number>((sum) => sum + (random() < p ? 1 : 0), 0)

const weekend = (at: number) => (at % 7 < 5 ? 1 : 0.2)

const count = (n: number): Estimate => ({ value: n, n, low: null, high: null })

/** What a shop takes of so many orders, each of about 40. */
function takings(orders: number): Estimate {
  const amounts = Array.from({ length: orders }, () => Math.exp(3.4 + 0.7 * normal()))
  return { ...count(orders), value: amounts.reduce((sum, amount) => sum + amount, 0) }
}

function nps(n: number, promoters: number): Estimate {
  const scores = new Map<number, number>()
  for (let at = 0; at < n; at++) {
    const score = random() < promoters ? 10 : random() < 0.5 ? 8 : 3
    scores.set(score, (scores.get(score) ?? 0) + 1)
  }
  return netScore(scores, (score) => (score >= 9 ? 1 : score >= 7 ? 0 : -1))
}

/** Kinds of days, where nothing is wrong and where something is. */
const worlds: Record<string, [kpi: string, day: (at: number) => Estimate, bad: () => Estimate]> = {
  'counts, 200 a day, fewer at weekends': [
    'visits',
    (at) => count(poisson(200 * weekend(at))),
    () => count(poisson(100)),
  ],
  'counts that vary twice as much as chance': [
    'visits',
    (at) => count(poisson(200 * weekend(at) * Math.exp(0.12 * normal()))),
    () => count(poisson(60)),
  ],
  'counts, 5 a day': ['orders', () => count(poisson(5)), () => count(poisson(30))],
  'counts, one in three days': ['orders', () => count(poisson(0.3)), () => count(poisson(10))],
  'shares of 10 to 40 answers': ['csat', () => sharesOf(0.85), () => sharesOf(0.3)],
  'NPS of 5 to 40 answers': [
    'nps',
    () => nps(5 + Math.floor(36 * random()), 0.6),
    () => nps(40, 0.05),
  ],
  'revenue of 30 orders a day, fewer at weekends': [
    'revenue',
    (at) => takings(poisson(30 * weekend(at))),
    () => takings(120),
  ],
}

function sharesOf(p: number): Estimate {
  const n = 10 + Math.floor(31 * random())
  return share(binomial(n, p), n)
}

const monday = parseDay('2026-01-05') ?? place.closed

const pointsOf = (estimates: readonly Estimate[]) =>
  estimates.map((estimate, at): Point => {
    const day = addDays(monday, at)
    return { ...estimate, from: day, to: day, complete: true, revised: false }
  })

const simulations = 3_000

/** How many of so many days are called anomalies, in percent. */
function rate(kpi: string, weeks: number, day: (at: number) => Estimate, last = day): number {
  let found = 0
  for (let run = 0; run < simulations; run++) {
    const at = 7 * weeks
    const days = Array.from({ length: at }, (_, index) => day(index + (run % 5)))
    const { verdict } = judge(kpiOf(kpi), pointsOf([...days, last(run % 5)]), at)
    if (verdict === 'high' || verdict === 'low') found++
  }
  return (100 * found) / simulations
}

test.each(Object.entries(worlds))(
  '%s: few false alarms, and real trouble is seen',
  (name, world) => {
    const [kpi, day, bad] = world

    const [three, eight, seen] = [rate(kpi, 3, day), rate(kpi, 8, day), rate(kpi, 8, day, bad)]

    console.log(
      `${name}: ${three.toFixed(2)} % after 3 weeks, ${eight.toFixed(2)} % after 8, seen ${seen.toFixed(0)} %`,
    )
    expect(three).toBeLessThan(2)
    expect(eight).toBeLessThan(1)
    expect(seen).toBeGreaterThan(90)
  },
)

/** Courses of weeks: each a function of the week before. */
const courses: Record<string, (before: number, at: number) => number> = {
  'around a mean': () => 1_000 + 80 * normal(),
  'a random walk': (before) => before + 40 * normal(),
  'a rise': (_, at) => 1_000 + 30 * at + 60 * normal(),
}

test.each(Object.entries(courses))('%s: the 95 % band holds what comes', (name, next) => {
  for (const weeks of [11, 26]) {
    const [held, all] = [Array.from({ length: 5 }, () => 0), 1_000]
    for (let run = 0; run < all; run++) {
      const values: number[] = []
      for (let at = 0; at < weeks + 4; at++) {
        values.push(Math.max(0, Math.round(next(values.at(-1) ?? 1_000, at))))
      }
      const days = values.slice(0, weeks).map((visits, at) => {
        return snapshot(addDays(place.closed, 1 - 7 * (weeks - at)), { visits })
      })
      const { forecast: found } = forecast(kpiOf('visits'), historyOf(days), place, 4)
      const ahead = values.slice(weeks)
      const was = [...ahead, ahead.reduce((sum, value) => sum + value, 0)]
      const told = found === null ? [] : [...found.points, found.total]
      told.forEach(({ low, high }, at) => {
        const value = was[at] ?? Number.NaN
        if (value >= low && value <= high) held[at] = (held[at] ?? 0) + 1
      })
    }
    const shares = held.map((times) => (100 * times) / all)
    console.log(`${name}, ${weeks} weeks: ${shares.map((one) => one.toFixed(0)).join(', ')} %`)
    expect(Math.min(...shares)).toBeGreaterThan(85)
  }
})
