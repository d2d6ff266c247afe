import * as v from 'valibot'
import type { Unjudged } from '../../src/anomaly.ts'
import type { Refusal } from '../../src/forecast.ts'
import { kpis } from '../../src/kpis/index.ts'
import { anomalyFields, forecastFields } from '../api/outlook.ts'
import type { Section } from '../operation.ts'
import { about, count, day, folded, instant, like, number, publicId } from './fields.ts'

const path = { kpi: v.picklist(kpis.map(({ id }) => id)) }

const unjudged = [
  'level',
  'not_final',
  'running',
  'no_value',
  'too_few',
  'too_few_weeks',
] as const satisfies readonly Unjudged[]

const refusals = [
  'not_additive',
  'not_final',
  'too_few_weeks',
  'no_value',
] as const satisfies readonly Refusal[]

const Anomalies = v.object({
  ...about,
  timeZone: like('Europe/Warsaw'),
  from: day,
  to: day,
  segment: v.nullable(like('channel:paid')),
  ...folded,
  threshold: v.pipe(number(3.5), v.description('Standard deviations that a day may lie off')),
  anomalies: count(1),
  days: v.array(
    v.object({
      day,
      value: v.nullable(number(40)),
      n: count(40),
      expected: v.nullable(number(198)),
      low: v.nullable(number(149)),
      high: v.nullable(number(247)),
      verdict: v.pipe(
        v.nullable(v.picklist(['usual', 'high', 'low'])),
        v.description('Null where the day is not judged'),
      ),
      reason: v.exactOptional(v.picklist(unjudged)),
      weeks: v.pipe(count(8), v.description('Days of the same weekday it is compared with')),
    }),
  ),
  annotations: v.array(
    v.object({
      id: publicId,
      day,
      kpi: v.nullable(like('visits')),
      text: like('The shop was down from 9 to 11'),
      created: instant,
    }),
  ),
})

const expected = v.object({
  from: day,
  to: day,
  value: v.nullable(number(1_210)),
  low: number(1_040),
  high: number(1_380),
})

const Forecast = v.object({
  ...about,
  timeZone: like('Europe/Warsaw'),
  segment: v.nullable(like('channel:paid')),
  closed: v.pipe(day, v.description('The last day that is known')),
  days: count(28),
  weeks: v.pipe(count(26), v.description('Whole weeks that are known')),
  needed: v.pipe(count(11), v.description('Weeks that it takes')),
  reason: v.pipe(v.nullable(v.picklist(refusals)), v.description('Why there is no forecast')),
  forecast: v.nullable(
    v.object({
      method: v.picklist(['seasonal_naive', 'damped_holt']),
      points: v.array(expected),
      total: expected,
      backtest: v.object({
        forecasts: count(76),
        mae: number(61.2),
        otherMae: v.nullable(number(74.9)),
        mase: v.nullable(number(0.82)),
      }),
    }),
  ),
})

export const outlook: Section = {
  name: 'Outlook',
  about: 'What was to be expected of a day, and what is to be expected of the weeks to come.',
  schemas: { Anomalies, Forecast },
  operations: {
    'GET /v1/kpis/{kpi}/anomalies': {
      id: 'findAnomalies',
      summary: 'Compare days with the same weekday before',
      about: 'At most 92 days; with what was noted of them.',
      needs: 'read',
      path,
      query: anomalyFields,
      answers: { 200: Anomalies },
    },
    'GET /v1/kpis/{kpi}/forecast': {
      id: 'forecastKpi',
      summary: 'Forecast a KPI week by week',
      about:
        'With the error that forecasts of the past would have had, or the reason why there is none.',
      needs: 'read',
      path,
      query: forecastFields,
      answers: { 200: Forecast },
    },
  },
}
