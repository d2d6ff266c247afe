import { Hono } from 'hono'
import * as v from 'valibot'
import { type Side, sentenceOf } from '../../src/change-sentence.ts'
import { type Sides, changeOf, isEqualLength, parseWindow, reachOf } from '../../src/compare.ts'
import type { Kpi } from '../../src/kpi.ts'
import { invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { type Counted, noHistory, total } from '../../src/series.ts'
import { askedOf } from '../../src/store/history.ts'
import { type Window, lengthOf, windowLimit } from '../../src/window.ts'
import { type Guarded, credentialOf } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedJson } from '../reply.ts'
import { about, foldedDays, shown } from './kpi-answer.ts'
import { findKpi, readFor } from './kpi-read.ts'

const windowRule = 'Expected two days such as 2026-03-01..2026-03-31'

/** The first and the last day of a window in a query. */
const windowField = v.pipe(
  v.string(windowRule),
  v.transform(parseWindow),
  v.custom<Window>((window) => window !== null, windowRule),
)

/** The parameters of a comparison. */
export const compareFields = {
  before: windowField,
  after: windowField,
  segment: v.optional(segmentField),
}

/** @throws Problem 422 that names the parameter and the rule it breaks. */
function compareQuery(request: Request, kpi: Kpi): Sides & { segment: string | undefined } {
  const { before, after, segment } = readQuery(request, compareFields)
  checkWindow('before', before)
  checkWindow('after', after)
  checkOrder({ before, after })
  const rule = segment === undefined ? null : segmentRule(kpi, segment)
  if (rule !== null) throw invalid('segment', rule)
  return { before, after, segment }
}

function checkWindow(name: keyof Sides, { from, to }: Window): void {
  if (to < from) throw invalid(name, `The window ends before it starts, on ${from}`)
}

/** The days between the windows are read too, so all together may be as many as one window's. */
function checkOrder({ before, after }: Sides): void {
  if (after.to < before.from) {
    throw invalid('after', `The window lies before the other: expected a start after ${before.to}`)
  }
  if (after.from <= before.to) {
    throw invalid('after', `The windows overlap: expected a start after ${before.to}`)
  }
  const days = lengthOf({ from: before.from, to: after.to })
  if (days > windowLimit) {
    throw invalid(
      'after',
      `Expected at most ${windowLimit} days from the start of before: current length is ${days}`,
    )
  }
}

/** `/v1/kpis/{kpi}/compare`: a KPI before and after a day on which something was changed. */
export const compareRoutes = new Hono<Guarded>().get('/:kpi/compare', async (c) => {
  const credential = await credentialOf(c.req.raw, c.env)
  const kpi = findKpi(c.req.param('kpi'))
  const { segment, ...sides } = compareQuery(c.req.raw, kpi)
  const reach = reachOf(kpi, sides)
  const { workspace, segments, folded } = await readFor(c.env.DB, credential, {
    asked: askedOf([kpi]),
    cut: { segment: segment ?? '' },
    window: reach,
  })
  const history = segments[0] ?? noHistory(reach.from)
  const sideOf = (window: Window): Side & Counted => {
    return { ...window, ...total(kpi, history, window, workspace) }
  }
  const [before, after] = [sideOf(sides.before), sideOf(sides.after)]
  const change = changeOf(kpi, before, after)
  const show = (side: Side & Counted) => ({
    from: side.from,
    to: side.to,
    ...shown(side),
    ...foldedDays(kpi, folded, side),
    complete: side.to <= workspace.closed,
  })
  return taggedJson(c.req.raw, {
    ...about(kpi, workspace),
    timeZone: workspace.zone,
    segment: segment ?? null,
    definition: { text: kpi.definition, version: kpi.version },
    before: show(before),
    after: show(after),
    change,
    equalLength: isEqualLength(sides),
    sentence: sentenceOf({ kpi, before, after, change, place: workspace }),
  })
})
