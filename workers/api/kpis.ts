import { Hono } from 'hono'
import { Problem, invalid } from '../../src/problem.ts'
import type { Kpi } from '../../src/kpi.ts'
import { kpis, versions } from '../../src/kpis/index.ts'
import { isDimension } from '../../src/segment.ts'
import { type SnapshotQuery, readSnapshots } from '../../src/store/snapshots.ts'
import { type Credential, type Guarded, admit, credentialOf, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedJson, taggedText } from '../reply.ts'
import { answerOf, valueOf } from './kpi-answer.ts'
import { type KpiFormat, csvOf, ndjsonOf } from './kpi-formats.ts'
import { dayField, kpiQuery, segmentsQuery, windowOf } from './kpi-query.ts'

const formats: Readonly<Record<string, KpiFormat>> = {
  csv: { type: 'text/csv', write: csvOf },
  ndjson: { type: 'application/x-ndjson', write: ndjsonOf },
}

/** @throws Problem 404 that names the KPIs there are. */
function findKpi(id: string): Kpi {
  const kpi = kpis.find((candidate) => candidate.id === id)
  if (kpi !== undefined) return kpi
  const ids = kpis.map((candidate) => candidate.id).join(', ')
  throw new Problem('not-found', `Unknown KPI "${id}": expected one of ${ids}`)
}

/** The KPI of a path such as `nps.csv`, and the format that the extension or the header asks for. */
function target(name: string, accept = ''): { kpi: Kpi; format: KpiFormat | undefined } {
  const extension = Object.keys(formats).find((candidate) => name.endsWith(`.${candidate}`))
  if (extension !== undefined) {
    return { kpi: findKpi(name.slice(0, -extension.length - 1)), format: formats[extension] }
  }
  const format = Object.values(formats).find(({ type }) => accept.startsWith(type))
  return { kpi: findKpi(name), format }
}

/** Reads snapshots with the right to them, in the one query that a KPI costs. */
async function readFor(db: D1Database, credential: Credential, query: SnapshotQuery) {
  const found = await readSnapshots(db, credential.asker, query)
  const workspace = admit(found?.holder ?? null, credential, 'read')
  return { workspace, segments: found?.segments ?? [] }
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
    const { workspace, segments } = await readFor(c.env.DB, credential, {
      versions: { [kpi.id]: kpi.version },
      cut: { segment: query.segment ?? '' },
      window: query.reach(now),
      ...(query.asOf !== undefined && { asOf: query.asOf }),
    })
    const window = windowOf(query, workspace.zone, now)
    const answer = answerOf(kpi, workspace, segments[0]?.snapshots ?? [], { ...query, window })
    if (format === undefined) return taggedJson(c.req.raw, answer, { Vary: 'Accept' })
    return taggedText(c.req.raw, format.write(answer), format.type)
  })
  .get('/:kpi/segments', async (c) => {
    const credential = await credentialOf(c.req.raw, c.env)
    const kpi = findKpi(c.req.param('kpi'))
    const { from, to, dimension } = segmentsQuery(c.req.raw)
    if (!isDimension(kpi, dimension)) {
      const known = [...kpi.dimensions, 'p.<name>'].join(', ')
      throw invalid('dimension', `Expected one of ${known}: current value is "${dimension}"`)
    }
    const { workspace, segments } = await readFor(c.env.DB, credential, {
      versions: { [kpi.id]: kpi.version },
      cut: { dimension },
      window: { from, to },
    })
    return taggedJson(c.req.raw, {
      kpi: kpi.id,
      unit: kpi.unit,
      timeZone: workspace.zone,
      from,
      to,
      dimension,
      items: segments.map(({ segment, snapshots }) => ({
        segment,
        ...valueOf(kpi, snapshots),
      })),
      next: null,
    })
  })

/** `GET /v1/snapshots?day=`: every KPI on one day. */
export const snapshotRoutes = new Hono<Guarded>().get('/', async (c) => {
  const credential = await credentialOf(c.req.raw, c.env)
  const { day } = readQuery(c.req.raw, { day: dayField })
  const { workspace, segments } = await readFor(c.env.DB, credential, {
    versions,
    cut: { segment: '' },
    window: { from: day, to: day },
  })
  return taggedJson(c.req.raw, {
    day,
    timeZone: workspace.zone,
    complete: day <= workspace.closed,
    items: kpis.map((kpi) => {
      const found = segments.find((segment) => segment.kpi === kpi.id)?.snapshots ?? []
      const snapshot = found[0]
      return {
        kpi: kpi.id,
        unit: kpi.unit,
        direction: kpi.direction,
        version: kpi.version,
        ...valueOf(kpi, found),
        revision: snapshot?.revision ?? null,
        computed: snapshot === undefined ? null : new Date(snapshot.computed).toISOString(),
      }
    }),
    next: null,
  })
})

function describe(kpi: Kpi) {
  const { id, label, unit, direction, dimensions, definition, version, source } = kpi
  return { id, label, unit, direction, dimensions, definition, version, source }
}
