import { expect, test } from 'vitest'
import { isDimension, segmentRule } from '../src/segment.ts'
import { kpiOf } from './kpi.ts'

const nps = kpiOf('nps')
const responseRate = kpiOf('response_rate')

test.each(['survey', 'locale', 'p.plan', 'p.a', 'p.a_1'])('cuts NPS by %s', (dimension) => {
  expect(isDimension(nps, dimension)).toBe(true)
})

test.each([
  '',
  'kind',
  'Survey',
  'p',
  'p.',
  'p.1',
  'p.Plan',
  'p.a-b',
  'plan',
  'toString',
  '__proto__',
])('does not cut NPS by %j', (dimension) => {
  expect(isDimension(nps, dimension)).toBe(false)
})

test('cuts a KPI only by what it declares', () => {
  expect(isDimension(responseRate, 'survey')).toBe(true)
  expect(isDimension(responseRate, 'locale')).toBe(false)
})

test.each(['survey:checkout', 'p.plan:pro', 'p.plan:a:b', 'p.plan::', 'locale:pt-BR', 'survey: '])(
  'takes %j for a segment',
  (segment) => {
    expect(segmentRule(nps, segment)).toBeNull()
  },
)

test.each([
  'surveyx',
  '',
  ':',
  'survey',
  'survey:',
  ':checkout',
  'kind:nps',
  ' survey:x',
  'p.:x',
  'plan:pro',
])('names the dimensions to whoever asks for %j', (segment) => {
  expect(segmentRule(nps, segment)).toBe(
    `Expected <dimension>:<value> with one of survey, locale, p.<name>: current value is "${segment}"`,
  )
})
