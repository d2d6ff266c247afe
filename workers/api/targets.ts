import { Hono } from 'hono'
import * as v from 'valibot'
import { dayFinder } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import type { Kpi } from '../../src/kpi.ts'
import { kpis } from '../../src/kpis/index.ts'
import { Problem, invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { createTarget, listTargets, removeTarget } from '../../src/store/targets.ts'
import type { Workspace } from '../../src/store/workspaces.ts'
import { type Target, isAgainst, standingOf } from '../../src/target.ts'
import { nameField, textField } from '../../src/text-field.ts'
import { lengthOf, windowLimit } from '../../src/window.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { about, foldedDays } from './kpi-answer.ts'
import { checkRange, valueField } from './kpi-range.ts'
import { cursorText, listPage, listQuery, parseCursor } from './list.ts'
import { type Current, readCurrent } from './target-values.ts'

/** All of them are sorted for every page. */
const most = 1_000

const ids = kpis.map(({ id }) => id)

/** What a target says. */
export const targetBody = v.strictObject({
  kpi: v.picklist(ids, `Expected one of ${ids.join(', ')}`),
  segment: v.optional(segmentField),
  baseline: valueField,
  target: valueField,
  from: dayField,
  to: dayField,
  owner: v.optional(nameField),
  why: v.optional(v.pipe(textField(1_000), v.trim(), v.minLength(1, 'The text is blank'))),
})

type TargetBody = v.InferOutput<typeof targetBody>

const limitRule = 'Expected a whole number from 1 to 40'

/** Each target may cost a query, so a page is shorter than that of other lists. */
export const targetQuery = {
  ...listQuery,
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,2}$/, limitRule),
      v.transform(Number),
      v.minValue(1, limitRule),
      v.maxValue(40, limitRule),
    ),
    '20',
  ),
}

/** @throws Problem 422 that names the field and the rule it breaks. */
function check(kpi: Kpi, { segment, from, to, ...numbers }: TargetBody): void {
  const rule = segment === undefined ? null : segmentRule(kpi, segment)
  if (rule !== null) throw invalid('segment', rule)
  checkRange(kpi, { baseline: numbers.baseline, target: numbers.target })
  if (to < from) throw invalid('to', `The target ends before it starts, on ${from}`)
  const days = lengthOf({ from, to })
  if (days > windowLimit) {
    throw invalid('to', `Expected at most ${windowLimit} days: current length is ${days}`)
  }
}

/** What a target says, whatever has become of it. */
function show(target: Target, kpi: Kpi, currency: string) {
  const { id, segment, baseline, from, to, owner, why, created } = target
  return {
    id,
    ...about(kpi, { currency }),
    segment: segment === '' ? null : segment,
    baseline,
    target: target.target,
    against: isAgainst(target, kpi.direction),
    from,
    to,
    owner,
    why,
    created: new Date(created).toISOString(),
  }
}

const notBegun = { current: null, n: 0, low: null, high: null }

function valueOf(kpi: Kpi, { counted, folded, window }: Current) {
  const { value, n, low, high, leftOut, mature } = counted
  return {
    current: value,
    n,
    low,
    high,
    ...(leftOut !== undefined && { leftOut }),
    ...(mature !== undefined && { mature }),
    ...foldedDays(kpi, folded, window),
  }
}

/** A target with how far it has come, and by which value. */
function showStanding(target: Target, current: Current | undefined, workspace: Workspace) {
  const kpi = kpiOf(target)
  return {
    ...show(target, kpi, workspace.currency),
    ...(current === undefined ? notBegun : valueOf(kpi, current)),
    ...standingOf(target, current?.counted ?? null, workspace.closed),
  }
}

function kpiOf({ kpi: id }: Pick<Target, 'kpi'>): Kpi {
  const kpi = kpis.find((candidate) => candidate.id === id)
  if (kpi === undefined) throw new Error(`No KPI has the id of a kept target: ${id}`)
  return kpi
}

/** `/v1/targets`: what has been promised of a KPI, and how far it has come. */
export const targetRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, targetBody)
    const kpi = kpiOf(body)
    check(kpi, body)
    const { id: workspace, currency } = c.get('workspace')
    const { segment = '', owner = null, why = null } = body
    const target = { ...body, id: publicId(), segment, owner, why, created: Date.now() }
    if (!(await createTarget(c.env.DB, workspace, target, most))) {
      throw new Problem('invalid', `A workspace keeps at most ${most} targets: delete one first`)
    }
    return json(show(target, kpi, currency), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor: text } = readQuery(c.req.raw, targetQuery)
    const workspace = c.get('workspace')
    const cursor = parseCursor(text)
    const rows = await listTargets(c.env.DB, workspace.id, { cursor, limit: limit + 1 })
    const goals = rows.slice(0, limit).map((target) => ({ target, kpi: kpiOf(target) }))
    const today = dayFinder(workspace.zone)(Date.now())
    const values = await readCurrent(c.env.DB, workspace.id, goals, today)
    const page = listPage(c.req.raw, rows, limit, cursorText, (target) =>
      showStanding(target, values.get(target.id), workspace),
    )
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await removeTarget(c.env.DB, c.get('workspace').id, id))) {
      throw new Problem('not-found', `No target "${id}"`)
    }
    return new Response(null, { status: 204 })
  })
