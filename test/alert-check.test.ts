import { expect, test } from 'vitest'
import { check, reachOfRule } from '../src/alert-check.ts'
import { sentenceOf, bodyOf } from '../src/alert-message.ts'
import type { NumberRule } from '../src/alert.ts'
import { en } from '../src/languages/en.ts'
import { historyOf, kpiOf, place, snapshot } from './kpi.ts'

const of = (kpi: string) => ({ kpi, segment: '' })

/** What a rule finds where these counters were on the last two days that are closed. */
function found(rule: NumberRule, before: Record<string, number>, after: Record<string, number>) {
  const history = historyOf([snapshot('2027-12-30', before), snapshot('2027-12-31', after)])
  return check(rule, { kpi: kpiOf(rule.kpi), history, place })
}

test('a bound itself is neither above nor below', () => {
  const rule = { kind: 'value', ...of('visits'), days: 1, above: 5, below: 5 } as const

  expect(found(rule, {}, { visits: 5 })).toBe(null)
  expect(found(rule, {}, { visits: 6 })).toMatchObject({
    subject: '2027-12-31',
    finding: { side: 'above', bound: 5, value: 6, n: 6 },
  })
  expect(found(rule, {}, { visits: 4 })).toMatchObject({ finding: { side: 'below' } })
})

test('what has no value lies nowhere', () => {
  const rule = { kind: 'value', ...of('csat'), days: 1, above: null, below: 50 } as const

  expect(found(rule, {}, {})).toBe(null)
})

test('a change is told where chance does not do as much: by the interval of the difference', () => {
  const csat = { kind: 'change', ...of('csat'), days: 1 } as const
  const visits = { kind: 'change', ...of('visits'), days: 1 } as const
  const revenue = { kind: 'change', ...of('revenue'), days: 1 } as const
  const scores = (good: number, bad: number) => ({ 'answers/5': good, 'answers/1': bad })

  expect(found(csat, scores(8, 2), scores(5, 5))).toBe(null)
  expect(found(csat, scores(80, 20), scores(50, 50))).toMatchObject({
    finding: { before: 80, value: 50, n: 100 },
  })
  expect(found(visits, { visits: 20 }, { visits: 30 })).toBe(null)
  expect(found(visits, { visits: 20 }, { visits: 40 })).toMatchObject({ finding: { before: 20 } })
  expect(found(visits, { visits: 0 }, { visits: 9 })).toBe(null)
  // Money has no interval, so nobody knows what chance does to it.
  const money = (sum: number) => ({ 'won/EUR/n': 1, 'won/EUR/sum': sum })
  expect(found(revenue, money(100), money(900))).toBe(null)
})

test('a rule reads as many days as it compares', () => {
  const reach = (rule: NumberRule) => reachOfRule(rule, kpiOf(rule.kpi), place.closed).from

  expect(reach({ kind: 'value', ...of('visits'), days: 7, above: 1, below: null })).toBe(
    '2027-12-25',
  )
  expect(reach({ kind: 'change', ...of('visits'), days: 7 })).toBe('2027-12-18')
  expect(reach({ kind: 'anomaly', ...of('visits') })).toBe('2027-11-05')
})

test('a message says what was found in the unit of the KPI, and what is written in it stays text', () => {
  const finding = {
    kind: 'anomaly',
    kpi: 'revenue',
    segment: 'channel:<!here>',
    from: place.closed,
    to: place.closed,
    side: 'low',
    value: 80,
    n: 2,
    expected: 900,
    low: 640.5,
    high: 1_200,
  } as const
  const message = {
    alert: { id: 'a', name: '*Sales* @channel <https://evil.com|click>' },
    finding,
    kpi: kpiOf('revenue'),
    currency: 'EUR',
    comment: null,
    time: 0,
    language: en,
  }

  expect(sentenceOf(message)).toBe(
    'Revenue (channel:<!here>) is unusually low: €80 on Dec 31, 2027, where €640.50 to €1,200 was to be expected.',
  )
  const { text } = JSON.parse(bodyOf(message, 'slack')) as { text: string }
  expect(text).not.toMatch(/[<>]|@channel|\*Sales\*/)
  expect(JSON.parse(bodyOf(message, 'standard'))).toMatchObject({
    type: 'alert.anomaly',
    timestamp: '1970-01-01T00:00:00.000Z',
    data: { alert: { id: 'a' }, kpi: 'revenue', value: 80, low: 640.5 },
  })
})
