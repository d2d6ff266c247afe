import { Hono } from 'hono'
import * as v from 'valibot'
import { dayFinder } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import { Problem, invalid } from '../../src/problem.ts'
import type { Span } from '../../src/report.ts'
import {
  type ReportLink,
  createReport,
  listReports,
  revokeReport,
} from '../../src/store/reports.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'
import { checkedDays, reportLocale } from './report.ts'

const minimumRule = 'Expected a whole number from 1 to 1000'

export const reportBody = v.strictObject({
  period: v.optional(v.picklist(['month', 'quarter'], 'Expected one of month, quarter')),
  from: v.optional(dayField),
  to: v.optional(dayField),
  locale: reportLocale,
  title: v.optional(nameField),
  minimum: v.optional(
    v.pipe(
      v.number(minimumRule),
      v.integer(minimumRule),
      v.minValue(1, minimumRule),
      v.maxValue(1_000, minimumRule),
    ),
    5,
  ),
})

/**
 * The days to report: whole calendar periods, or days that have ended. A window that grew or slid with
 * every answer would show, by how it differs from yesterday's, what a single one said.
 *
 * @throws Problem 422 that names the field and the rule it breaks.
 */
function spanOf({ period, from, to }: v.InferOutput<typeof reportBody>, zone: string): Span {
  const days = checkedDays(from, to)
  if (period !== undefined && days !== null) {
    throw invalid('period', 'Give either period, or from and to')
  }
  const span = period ?? days
  if (span === null) throw invalid('period', 'Give period, or from and to')
  const today = dayFinder(zone)(Date.now())
  if (typeof span !== 'string' && span.to >= today) {
    throw invalid('to', `Expected days that have ended: today is ${today}`)
  }
  return span
}

function show({ id, span, locale, title, minimum, created }: ReportLink, origin: string) {
  const days = typeof span === 'string' ? { from: null, to: null } : span
  return {
    id,
    period: typeof span === 'string' ? span : null,
    ...days,
    locale,
    title,
    minimum,
    created: new Date(created).toISOString(),
    url: `${origin}/r/${id}.html`,
  }
}

/** `/v1/reports`: links by which a report is read without a key. */
export const reportLinkRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, reportBody)
    const { id: workspace, zone } = c.get('workspace')
    const { locale, title = null, minimum } = body
    const link: ReportLink = {
      id: publicId(),
      span: spanOf(body, zone),
      locale,
      title,
      minimum,
      created: Date.now(),
    }
    await createReport(c.env.DB, workspace, link)
    return json(show(link, new URL(c.req.url).origin), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const { origin } = new URL(c.req.url)
    const rows = await listReports(c.env.DB, c.get('workspace').id, { cursor, limit: limit + 1 })
    const page = listPage(
      c.req.raw,
      rows,
      limit,
      ({ id }) => id,
      (row) => show(row, origin),
    )
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await revokeReport(c.env.DB, c.get('workspace').id, id, Date.now()))) {
      throw new Problem('not-found', `No report "${id}" is in use here`)
    }
    return new Response(null, { status: 204 })
  })
