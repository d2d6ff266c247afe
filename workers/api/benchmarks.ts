import { Hono } from 'hono'
import * as v from 'valibot'
import type { Benchmark } from '../../src/benchmark.ts'
import { dayFinder } from '../../src/day.ts'
import { kpis } from '../../src/kpis/index.ts'
import { Problem, invalid } from '../../src/problem.ts'
import { createBenchmark, listBenchmarks, removeBenchmark } from '../../src/store/benchmarks.ts'
import { nameField, textField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { checkRange } from './kpi-range.ts'
import { findKpi } from './kpi-read.ts'
import { cursorText, listPage, listQuery, parseCursor } from './list.ts'

/** Reports read all of them at once. */
const most = 200

const ids = kpis.map(({ id }) => id)
const yearRule = 'Expected a year of four digits'

export const benchmarkBody = v.strictObject({
  kpi: v.picklist(ids, `Expected one of ${ids.join(', ')}`),
  low: v.number('Expected a number'),
  high: v.number('Expected a number'),
  middle: v.optional(v.number('Expected a number')),
  industry: v.optional(nameField),
  source: nameField,
  year: v.pipe(
    v.number(yearRule),
    v.integer(yearRule),
    v.minValue(1_000, yearRule),
    v.maxValue(9_999, yearRule),
  ),
  url: v.optional(
    v.pipe(
      textField(2_000),
      v.regex(/^https:\/\/\S+$/, 'Expected a URL that begins with https://'),
    ),
  ),
})

type BenchmarkBody = v.InferOutput<typeof benchmarkBody>

/** @throws Problem 422 that names the field and the rule it breaks. */
function check({ kpi, low, middle = low, high, year }: BenchmarkBody, today: string): void {
  checkRange(findKpi(kpi), { low, middle, high })
  if (high < low) throw invalid('high', `Expected a number that is not below low, which is ${low}`)
  if (middle < low || middle > high) {
    throw invalid('middle', `Expected a number from low to high: from ${low} to ${high}`)
  }
  const thisYear = Number(today.slice(0, 4))
  if (year > thisYear) throw invalid('year', `Expected a year that has begun: it is ${thisYear}`)
}

const show = ({ created, ...benchmark }: Benchmark) => ({
  ...benchmark,
  created: new Date(created).toISOString(),
})

/** `/v1/benchmarks`: what others reach with a KPI, and who says so. */
export const benchmarkRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, benchmarkBody)
    const { id: workspace, zone } = c.get('workspace')
    const now = Date.now()
    check(body, dayFinder(zone)(now))
    const { middle = null, industry = null, url = null } = body
    const benchmark = { ...body, id: publicId(), middle, industry, url, created: now }
    if (!(await createBenchmark(c.env.DB, workspace, benchmark, most))) {
      throw new Problem('invalid', `A workspace keeps at most ${most} benchmarks: delete one first`)
    }
    return json(show(benchmark), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor: text } = readQuery(c.req.raw, listQuery)
    const cursor = parseCursor(text)
    const { id: workspace } = c.get('workspace')
    const rows = await listBenchmarks(c.env.DB, workspace, { cursor, limit: limit + 1 })
    const page = listPage(c.req.raw, rows, limit, cursorText, show)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await removeBenchmark(c.env.DB, c.get('workspace').id, id))) {
      throw new Problem('not-found', `No benchmark "${id}"`)
    }
    return new Response(null, { status: 204 })
  })
