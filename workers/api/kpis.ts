import { Hono } from 'hono'
import { addDays } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import { invalid } from '../../src/problem.ts'
import type { Kpi } from '../../src/kpi.ts'
import { kpis } from '../../src/kpis/index.ts'
import { isDimension } from '../../src/segment.ts'
import { firstDayOf, noHistory, total } from '../../src/series.ts'
import { askedOf } from '../../src/store/history.ts'
import { type Guarded, credentialOf, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedJson, taggedText } from '../reply.ts'
import { wordsOf } from '../../src/wording.ts'
import { about, answerOf, foldedDays, shown } from './kpi-answer.ts'
import { type KpiFormat, csvOf, ndjsonOf, rowsJsonOf } from './kpi-formats.ts'
import { findKpi, readFor } from './kpi-read.ts'
import { kpiQuery, segmentsQuery, windowOf } from './kpi-query.ts'

const formats: Readonly<Record<string, KpiFormat>> = {
  csv: { type: 'text/csv', write: csvOf },
  ndjson: { type: 'application/x-ndjson', write: ndjsonOf },
  'rows.json': { type: 'application/json', write: rowsJsonOf },
}

/** What a header may ask for: JSON is the whole answer, whose rows only the extension can mean. */
const accepted = Object.values(formats).filter(({ type }) => type !== 'application/json')

/** The KPI of a path such as `nps.csv`, and the format that the extension or the header asks for. */
function target(name: string, accept = ''): { kpi: Kpi; format: KpiFormat | undefined } {
  const extension = Object.keys(formats).find((candidate) => name.endsWith(`.${candidate}`))
  if (extension !== undefined) {
    return { kpi: findKpi(name.slice(0, -extension.length - 1)), format: formats[extension] }
  }
  const format = accepted.find(({ type }) => accept.startsWith(type))
  return { kpi: findKpi(name), format }
}

/** `/v1/kpis`. */
export const kpiRoutes = new Hono<Guarded>()
  .get('/', guard('read'), (c) => {
    readQuery(c.req.raw, {})
    return taggedJson(c.req.raw, { items: kpis.map(describe), next: null })
  })
  .get('/:kpi', async (c) => {
    const credential = await credentialOf(c.req.raw, c.env)
    const { kpi, format } = target(c.req.param('kpi'), c.req.header('accept'))
    const query = kpiQuery(c.req.raw, kpi)
    const now = Date.now()
    const reach = query.reach(now)
    const from = firstDayOf(kpi, reach)
    const { workspace, segments, folded } = await readFor(c.env.DB, credential, {
      asked: askedOf([kpi]),
      cut: { segment: query.segment ?? '' },
      window: { from, to: reach.to },
      ...(query.asOf !== undefined && { asOf: query.asOf }),
    })
    const window = windowOf(query, workspace.zone, now)
    const history = segments[0] ?? { ...noHistory(from), computed: 0 }
    const answer = answerOf(kpi, workspace, history, { ...query, window, folded })
    if (format === undefined) return taggedJson(c.req.raw, answer, { Vary: 'Accept' })
    return taggedText(c.req.raw, format.write(answer, kpi), format.type)
  })
  .get('/:kpi/segments', async (c) => {
    const credential = await credentialOf(c.req.raw, c.env)
    const kpi = findKpi(c.req.param('kpi'))
    const { from, to, dimension } = segmentsQuery(c.req.raw)
    if (!isDimension(kpi, dimension)) {
      const known = [...kpi.dimensions, 'p.<name>'].join(', ')
      throw invalid('dimension', `Expected one of ${known}: current value is "${dimension}"`)
    }
    const window = { from, to }
    const { workspace, segments, folded } = await readFor(c.env.DB, credential, {
      asked: askedOf([kpi]),
      cut: { dimension },
      window: { from: firstDayOf(kpi, window), to },
    })
    return taggedJson(c.req.raw, {
      ...about(kpi, workspace),
      timeZone: workspace.zone,
      from,
      to,
      dimension,
      ...foldedDays(kpi, folded, window),
      items: segments.map((history) => ({
        segment: history.segment,
        ...shown(total(kpi, history, window, workspace)),
      })),
      next: null,
    })
  })

/** The parameter of a day's snapshots. */
export const snapshotFields = { day: dayField }

/** `GET /v1/snapshots?day=`: every KPI on one day. */
export const snapshotRoutes = new Hono<Guarded>().get('/', async (c) => {
  const credential = await credentialOf(c.req.raw, c.env)
  const { day } = readQuery(c.req.raw, snapshotFields)
  const window = { from: day, to: day }
  const { workspace, segments } = await readFor(c.env.DB, credential, {
    asked: askedOf(kpis),
    cut: { segment: '' },
    window: { from: addDays(day, -1), to: day },
  })
  return taggedJson(c.req.raw, {
    day,
    timeZone: workspace.zone,
    complete: day <= workspace.closed,
    items: kpis.map((kpi) => {
      const history = segments.find((found) => found.kpi === kpi.id) ?? noHistory(day)
      const snapshot = history.snapshots.find((found) => found.day === day)
      return {
        ...about(kpi, workspace),
        version: kpi.version,
        ...shown(total(kpi, history, window, workspace)),
        revision: snapshot?.revision ?? null,
        computed: snapshot === undefined ? null : new Date(snapshot.computed).toISOString(),
      }
    }),
    next: null,
  })
})

/** Enough to compute the KPI again from the facts: its definition, and what each of its parts counts. */
function describe(kpi: Kpi) {
  const { id, label, unit, direction, dimensions, definition, version, source, matures } = kpi
  const parts = Object.entries(kpi.parts).map(([name, { rule }]) => [name, wordsOf(rule)])
  return {
    id,
    label,
    unit,
    direction,
    dimensions,
    definition,
    version,
    source,
    ...(matures !== undefined && { matures }),
    parts: Object.fromEntries(parts),
  }
}
