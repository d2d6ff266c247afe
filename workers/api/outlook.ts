import { Hono } from 'hono'
import * as v from 'valibot'
import { dailyPoints, daysBefore, judge, threshold } from '../../src/anomaly.ts'
import { mostWeeks } from '../../src/course.ts'
import { addDays, dayFinder } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import { forecast } from '../../src/forecast.ts'
import type { Kpi } from '../../src/kpi.ts'
import { invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { firstDayOf, noHistory } from '../../src/series.ts'
import { readAnnotations } from '../../src/store/annotations.ts'
import { askedOf } from '../../src/store/history.ts'
import { type Window, lengthOf } from '../../src/window.ts'
import { type Guarded, credentialOf } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedJson } from '../reply.ts'
import { showAnnotation } from './annotations.ts'
import { about, foldedDays } from './kpi-answer.ts'
import { findKpi, readFor } from './kpi-read.ts'

/** Days that one answer judges: each is compared with eight weeks of others. */
const mostDays = 92

/** The parameters of anomalies. */
export const anomalyFields = { from: dayField, to: dayField, segment: v.optional(segmentField) }

const daysRule = 'Expected whole weeks, as a number of days: 7, 14, … 84'

/** The parameters of a forecast. */
export const forecastFields = {
  days: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d?$/, daysRule),
      v.transform(Number),
      v.multipleOf(7, daysRule),
      v.maxValue(84, daysRule),
    ),
    '28',
  ),
  segment: v.optional(segmentField),
}

function checkSegment(kpi: Kpi, segment: string | undefined): void {
  const rule = segment === undefined ? null : segmentRule(kpi, segment)
  if (rule !== null) throw invalid('segment', rule)
}

function checkWindow(window: Window): void {
  if (window.to < window.from) {
    throw invalid('to', `The window ends before it starts, on ${window.from}`)
  }
  const days = lengthOf(window)
  if (days > mostDays) {
    throw invalid('to', `Expected at most ${mostDays} days: current length is ${days}`)
  }
}

/** `/v1/kpis/{kpi}/anomalies` and `/forecast`: what was to be expected, and what is. */
export const outlookRoutes = new Hono<Guarded>()
  .get('/:kpi/anomalies', async (c) => {
    const credential = await credentialOf(c.req.raw, c.env)
    const kpi = findKpi(c.req.param('kpi'))
    const { segment, ...window } = readQuery(c.req.raw, anomalyFields)
    checkSegment(kpi, segment)
    checkWindow(window)
    const from = firstDayOf(kpi, { from: addDays(window.from, -daysBefore), to: window.from })
    const { workspace, segments, folded } = await readFor(c.env.DB, credential, {
      asked: askedOf([kpi]),
      cut: { segment: segment ?? '' },
      window: { from, to: window.to },
    })
    const points = dailyPoints(kpi, segments[0] ?? noHistory(from), window, workspace)
    const first = points.length - lengthOf(window)
    const days = points.slice(first).map(({ from: day }, at) => {
      return { day, ...judge(kpi, points, first + at) }
    })
    const notes = await readAnnotations(c.env.DB, workspace.id, kpi.id, window)
    return taggedJson(c.req.raw, {
      ...about(kpi, workspace),
      timeZone: workspace.zone,
      ...window,
      segment: segment ?? null,
      ...foldedDays(kpi, folded, window),
      threshold,
      anomalies: days.filter(({ verdict }) => verdict === 'high' || verdict === 'low').length,
      days,
      annotations: notes.map(showAnnotation),
    })
  })
  .get('/:kpi/forecast', async (c) => {
    const credential = await credentialOf(c.req.raw, c.env)
    const kpi = findKpi(c.req.param('kpi'))
    const { days, segment } = readQuery(c.req.raw, forecastFields)
    checkSegment(kpi, segment)
    const today = dayFinder('UTC')(Date.now())
    const from = addDays(today, -7 * mostWeeks - 2)
    const { workspace, segments } = await readFor(c.env.DB, credential, {
      asked: askedOf([kpi]),
      cut: { segment: segment ?? '' },
      window: { from, to: addDays(today, 1) },
    })
    const told = forecast(kpi, segments[0] ?? noHistory(from), workspace, days / 7)
    return taggedJson(c.req.raw, {
      ...about(kpi, workspace),
      timeZone: workspace.zone,
      segment: segment ?? null,
      closed: workspace.closed,
      days,
      ...told,
    })
  })
