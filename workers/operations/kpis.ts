import * as v from 'valibot'
import { kpis as declarations } from '../../src/kpis/index.ts'
import { grains } from '../../src/window.ts'
import { compareFields } from '../api/compare.ts'
import { snapshotFields } from '../api/kpis.ts'
import { kpiFields, segmentsFields } from '../api/kpi-query.ts'
import { metricsFields } from '../metrics.ts'
import type { Media, Section } from '../operation.ts'
import {
  about,
  change,
  count,
  counted,
  csv,
  day,
  definition,
  folded,
  instant,
  like,
  point,
  wholeOf,
} from './fields.ts'

const KpiId = v.picklist(declarations.map(({ id }) => id))
const path = { kpi: KpiId }

const Definition = v.object({
  id: like('nps'),
  label: like('Net Promoter Score'),
  unit: about.unit,
  direction: about.direction,
  dimensions: v.array(like('channel')),
  definition: like('Promoters less detractors.'),
  version: count(1),
  source: like('Reichheld 2003'),
  matures: v.exactOptional(count(90)),
  parts: v.record(v.string(), v.string()),
})

const Total = v.object(counted)

const Kpi = v.object({
  ...about,
  timeZone: like('Europe/Warsaw'),
  from: day,
  to: day,
  by: v.picklist(grains),
  segment: v.nullable(like('channel:paid')),
  ...folded,
  asOf: instant,
  definition,
  total: Total,
  points: v.array(point),
})

const Segments = v.object({
  ...about,
  timeZone: like('Europe/Warsaw'),
  from: day,
  to: day,
  dimension: like('channel'),
  ...folded,
  ...wholeOf(v.object({ segment: like('channel:paid'), ...counted })).entries,
})

const side = v.object({ from: day, to: day, ...counted, ...folded, complete: v.boolean() })

const Comparison = v.object({
  ...about,
  timeZone: like('Europe/Warsaw'),
  segment: v.nullable(like('channel:paid')),
  definition,
  before: side,
  after: side,
  change,
  equalLength: v.boolean(),
  sentence: like('Net Promoter Score rose by 4.5 points.'),
})

const Snapshots = v.object({
  day,
  timeZone: like('Europe/Warsaw'),
  complete: v.boolean(),
  ...wholeOf(
    v.object({
      ...about,
      version: count(1),
      ...counted,
      revision: v.nullable(count(1)),
      computed: v.nullable(instant),
    }),
  ).entries,
})

const rows = csv('kpi,unit,segment,from,to,value,n,low,high,reason,complete,revised\n')
const ndjson: Media = {
  type: 'application/x-ndjson',
  schema: v.string(),
  example: '{"kpi":"nps","unit":"points","from":"2026-03-01","to":"2026-03-01","value":42.5}\n',
}

export const kpis: Section = {
  name: 'KPIs',
  about: 'Each value with its sample size, its interval and the integers it was computed from.',
  schemas: { KpiId, Definition, Total, Kpi, Segments, Comparison, Snapshots },
  operations: {
    'GET /v1/kpis': {
      id: 'listKpis',
      summary: 'List KPIs with their definitions',
      needs: 'read',
      answers: { 200: wholeOf(Definition) },
    },
    'GET /v1/kpis/{kpi}': {
      id: 'readKpi',
      summary: 'Read a KPI',
      about: 'Give last, or from and to. With as_of, as it was known then.',
      needs: 'read',
      path,
      query: kpiFields,
      answers: { 200: [{ type: 'application/json', schema: Kpi }, rows, ndjson] },
    },
    'GET /v1/kpis/{kpi}.csv': {
      id: 'readKpiAsCsv',
      summary: 'Read the points of a KPI as CSV',
      needs: 'read',
      served: 'GET /v1/kpis/{kpi}',
      path,
      query: kpiFields,
      answers: { 200: [rows] },
    },
    'GET /v1/kpis/{kpi}.ndjson': {
      id: 'readKpiAsNdjson',
      summary: 'Read the points of a KPI as one JSON object a line',
      needs: 'read',
      served: 'GET /v1/kpis/{kpi}',
      path,
      query: kpiFields,
      answers: { 200: [ndjson] },
    },
    'GET /v1/kpis/{kpi}/segments': {
      id: 'listSegments',
      summary: 'Read a KPI by the values of a dimension',
      needs: 'read',
      path,
      query: segmentsFields,
      answers: { 200: Segments },
    },
    'GET /v1/kpis/{kpi}/compare': {
      id: 'compareKpi',
      summary: 'Compare a KPI before and after a change',
      needs: 'read',
      path,
      query: compareFields,
      answers: { 200: Comparison },
    },
    'GET /v1/snapshots': {
      id: 'readSnapshots',
      summary: 'Read every KPI on one day',
      needs: 'read',
      query: snapshotFields,
      answers: { 200: Snapshots },
    },
    'GET /metrics': {
      id: 'readMetrics',
      summary: 'Read every KPI as Prometheus does',
      needs: 'read',
      query: metricsFields,
      answers: {
        200: [
          {
            type: 'text/plain',
            schema: v.string(),
            example: 'tidemark_nps{unit="points"} 42.5\n',
          },
        ],
      },
    },
    'POST /v1/rollups': {
      id: 'rollUp',
      summary: 'Do now what is done every ten minutes',
      about: 'Ask again while days remain.',
      needs: 'admin',
      answers: { 200: v.object({ days: count(3), remaining: count(0) }) },
    },
  },
}
