import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dailyPoints, judge, neverJudged } from '../src/anomaly.ts'
import { addDays } from '../src/day.ts'
import { netScore, share } from '../src/interval.ts'
import type { Estimate } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import type { Point } from '../src/series.ts'
import { kpiOf, place, snapshot, windowOf } from './kpi.ts'

const { from: start } = windowOf('2026-01-05', '2026-01-05')

/** A point a day from Monday on, the last of which is to be judged. */
function pointsOf(estimates: readonly Estimate[]): Point[] {
  return estimates.map((estimate, at) => {
    const day = addDays(start, at)
    return { ...estimate, from: day, to: day, complete: true, revised: false }
  })
}

const plain = (value: number | null, n = value ?? 0): Estimate => {
  return { value, n, low: null, high: null }
}

const judgeLast = (id: string, estimates: readonly Estimate[]) =>
  judge(kpiOf(id), pointsOf(estimates), estimates.length - 1)

/** Eight weeks of a shop: a weekday has 200 visits or so, a day of the weekend 40. */
const visits = Array.from({ length: 56 }, (_, at) => {
  return (at % 7 < 5 ? 200 : 40) + ((at * 37) % 11) - 5
})

test('judge() finds a Monday as few as a Sunday, and a Sunday as busy as a Monday', () => {
  const monday = judgeLast(
    'visits',
    [...visits, 40].map((value) => plain(value)),
  )
  const sunday = judgeLast(
    'visits',
    [...visits, ...visits.slice(0, 6), 200].map((n) => plain(n)),
  )

  expect(monday).toMatchObject({ verdict: 'low', weeks: 8, value: 40 })
  expect(monday.expected).toBeGreaterThan(195)
  expect(sunday).toMatchObject({ verdict: 'high', weeks: 8 })
  expect(sunday.expected).toBeLessThan(46)
})

test('judge() calls usual what the same weekday often is', () => {
  expect(
    judgeLast(
      'visits',
      [...visits, 203].map((value) => plain(value)),
    ),
  ).toMatchObject({
    verdict: 'usual',
  })
})

test('judge() is not blinded by one incident in the weeks before', () => {
  const spoilt = visits.with(49, 2_000)

  const found = judgeLast(
    'visits',
    [...spoilt, 900].map((value) => plain(value)),
  )

  expect(found.verdict).toBe('high')
})

test('judge() knows that a handful of answers may fall anyhow', () => {
  const usual = Array.from({ length: 56 }, () => share(9, 10))

  expect(judgeLast('csat', [...usual, share(1, 2)])).toMatchObject({ verdict: 'usual' })
  expect(judgeLast('csat', [...usual, share(1, 10)])).toMatchObject({ verdict: 'low' })
})

test('judge() measures means by their number', () => {
  const answers = (promoters: number, detractors: number) =>
    netScore(
      new Map([
        [10, promoters],
        [2, detractors],
      ]),
      (score) => (score >= 9 ? 1 : -1),
    )
  const usual = Array.from({ length: 56 }, (_, at) => answers(70 + (at % 5), 30))

  expect(judgeLast('nps', [...usual, answers(3, 3)])).toMatchObject({ verdict: 'usual' })
  expect(judgeLast('nps', [...usual, answers(50, 50)])).toMatchObject({ verdict: 'low' })
  expect(judgeLast('nps', [...usual, answers(0, 4)])).toMatchObject({
    verdict: null,
    reason: 'too_few',
    expected: null,
  })
})

test.each<[string, string, Estimate[]]>([
  ['two weeks', 'too_few_weeks', [...visits.slice(0, 14), 40].map((value) => plain(value))],
  ['nothing', 'no_value', [...visits.map((value) => plain(value)), plain(null)]],
])('judge() does not judge by %s, and says why', (_, reason, estimates) => {
  expect(judgeLast('visits', estimates)).toMatchObject({ verdict: null, reason, low: null })
})

test('judge() does not judge a day that is still running', () => {
  const points = pointsOf([...visits, 3].map((value) => plain(value)))
  const running = { ...points[56], complete: false } as Point

  const found = judge(kpiOf('visits'), points.with(56, running), 56)

  expect(found).toMatchObject({ verdict: null, reason: 'running' })
})

test('levels drift and cohorts grow, so they are never judged, and everything else is', () => {
  const never = kpis.flatMap((kpi) => {
    const reason = neverJudged(kpi)
    return reason === null ? [] : [[kpi.id, reason]]
  })

  expect(Object.fromEntries(never)).toEqual({
    open_deals: 'level',
    customers: 'level',
    mrr: 'level',
    nps_latest: 'not_final',
    response_rate: 'not_final',
    lead_qualified_rate: 'not_final',
    lead_conversion: 'not_final',
    close_rate: 'not_final',
    stage_conversion: 'not_final',
    tickets_solved: 'not_final',
    time_to_resolution: 'not_final',
    time_to_resolution_mean: 'not_final',
    renewal_rate: 'not_final',
  })
})

const amount = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100)
const weeks = fc.array(amount, { minLength: 57, maxLength: 57 })

test('where every day is alike, none is a surprise', () => {
  const kinds = fc.constantFrom('visits', 'revenue', 'task_time')

  fc.assert(
    fc.property(kinds, fc.nat(100_000), fc.integer({ min: 22, max: 80 }), (id, value, days) => {
      const found = judgeLast(
        id,
        Array.from({ length: days }, () => plain(value, 10)),
      )
      expect(found).toMatchObject({ verdict: 'usual', expected: value })
    }),
    { numRuns: 100 },
  )
})

test('the range holds what is expected, and the verdict is what the range says', () => {
  fc.assert(
    fc.property(fc.constantFrom('visits', 'revenue', 'task_time'), weeks, (id, values) => {
      const whole = id === 'visits' ? values.map(Math.round) : values
      const { value, expected, low, high, verdict } = judgeLast(
        id,
        whole.map((one) => plain(one, 10)),
      )
      expect(low).toBeLessThanOrEqual(expected ?? Number.NaN)
      expect(high).toBeGreaterThanOrEqual(expected ?? Number.NaN)
      const outside = (value ?? 0) > (high ?? 0) + 0.01 || (value ?? 0) < (low ?? 0) - 0.01
      if (outside) expect(verdict).not.toBe('usual')
    }),
    { numRuns: 100 },
  )
})

test('the order of the weeks does not matter', () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 })

  fc.assert(
    fc.property(weeks, fc.nat(6), order, (values, weekday, weeksOf) => {
      const moved = values.map((value, at) => {
        const week = weeksOf[Math.floor(at / 7)]
        return at % 7 === weekday && at < 56 ? (values[7 * (week ?? 0) + weekday] ?? 0) : value
      })
      const [one, other] = [values, moved].map((list) =>
        judgeLast(
          'revenue',
          list.map((value) => plain(value, 3)),
        ),
      )
      expect(other?.verdict).toBe(one?.verdict)
      expect(other?.low).toBeCloseTo(one?.low ?? 0, 6)
      expect(other?.high).toBeCloseTo(one?.high ?? 0, 6)
    }),
    { numRuns: 100 },
  )
})

test('money is judged alike in whatever currency it is counted', () => {
  fc.assert(
    fc.property(weeks, fc.integer({ min: 1, max: 1_000 }), (values, rate) => {
      const [one, other] = [1, rate].map((factor) =>
        judgeLast(
          'revenue',
          values.map((value) => plain(value * factor, 3)),
        ),
      )
      expect(other?.verdict).toBe(one?.verdict)
      expect(other?.high).toBeCloseTo((one?.high ?? 0) * rate, 3)
    }),
    { numRuns: 100 },
  )
})

test('eight weeks of silence are zeros where something was counted before them, else unknown', () => {
  const day = windowOf('2027-12-31', '2027-12-31')
  const history = {
    from: addDays(day.from, -56),
    opening: new Map(),
    snapshots: [snapshot(day.from, { visits: 50 })],
  }
  const told = (earlier: boolean) => {
    const points = dailyPoints(kpiOf('visits'), { ...history, earlier }, day, place)
    return judge(kpiOf('visits'), points, points.length - 1)
  }

  expect(told(true)).toMatchObject({ verdict: 'high', expected: 0, weeks: 8 })
  expect(told(false)).toMatchObject({ verdict: null, reason: 'too_few_weeks', weeks: 0 })
})
