import * as v from 'valibot'
import { benchmarkBody } from '../api/benchmarks.ts'
import { listQuery } from '../api/list.ts'
import { reportQuery } from '../api/report.ts'
import { reportBody } from '../api/reports.ts'
import { type Section, json } from '../operation.ts'
import {
  about,
  change,
  count,
  counted,
  day,
  definition,
  instant,
  like,
  number,
  page,
  pageOf,
  publicId,
  standing,
  url,
} from './fields.ts'

const source = {
  low: number(30),
  middle: v.nullable(number(42)),
  high: number(55),
  industry: v.nullable(like('Software')),
  source: like('A survey of 300 companies'),
  year: count(2025),
  url: v.nullable(url('https://example.com/benchmarks')),
}

const Benchmark = v.object({ id: publicId, kpi: like('nps'), ...source, created: instant })

const entry = v.object({
  ...about,
  family: like('surveys'),
  name: like('up'),
  definition,
  current: v.object(counted),
  previous: v.object(counted),
  change,
  target: v.nullable(
    v.object({
      id: publicId,
      baseline: number(30),
      target: number(45),
      from: day,
      to: day,
      ...standing,
    }),
  ),
  benchmark: v.nullable(v.object(source)),
  revisedDays: v.exactOptional(count(1)),
  sentence: like('Net Promoter Score rose by 4.5 points.'),
})

const note = v.object({ kind: like('revised'), kpis: v.array(like('nps')), text: v.string() })

const Report = v.object({
  timeZone: like('Europe/Warsaw'),
  from: day,
  to: day,
  previous: v.object({ from: day, to: day }),
  locale: like('en'),
  complete: v.boolean(),
  summary: v.array(note),
  items: v.array(entry),
  notes: v.array(note),
  next: v.null(),
})

const ReportLink = v.object({
  id: publicId,
  period: v.nullable(v.picklist(['month', 'quarter'])),
  from: v.nullable(day),
  to: v.nullable(day),
  locale: like('en'),
  title: v.nullable(like('For the board')),
  minimum: count(5),
  created: instant,
  url: url('https://tidemark.example.com/r/Zk3qV0pYt8mA1sRw5LxEuQ.html'),
})

export const reports: Section = {
  name: 'Reports and benchmarks',
  about: 'Every KPI beside the window before, its target and what others reach, in sentences.',
  schemas: { Benchmark, Report, ReportLink },
  operations: {
    'GET /v1/report': {
      id: 'readReport',
      summary: 'Read the report of some days, of the last month unless others are named',
      needs: 'read',
      query: reportQuery,
      answers: { 200: Report },
    },
    'POST /v1/reports': {
      id: 'createReport',
      summary: 'Make a link by which a report is read without a key',
      needs: 'write',
      bodies: json(reportBody, { period: 'month' }),
      answers: { 201: ReportLink },
    },
    'GET /v1/reports': {
      id: 'listReports',
      summary: 'List links to reports',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(ReportLink) },
    },
    'DELETE /v1/reports/{id}': {
      id: 'revokeReport',
      summary: 'Revoke a link to a report',
      needs: 'write',
      answers: { 204: null },
    },
    'GET /r/{report}.html': {
      id: 'showReport',
      summary: 'Show a report to whoever has its link',
      needs: null,
      served: 'GET /r/{file}',
      person: true,
      answers: { 200: [page] },
      problems: ['not-found'],
    },
    'POST /v1/benchmarks': {
      id: 'createBenchmark',
      summary: 'Keep what others reach with a KPI, and who says so',
      needs: 'write',
      bodies: json(benchmarkBody, {
        kpi: 'nps',
        low: 30,
        high: 55,
        source: 'A survey of 300 companies',
        year: 2025,
      }),
      answers: { 201: Benchmark },
    },
    'GET /v1/benchmarks': {
      id: 'listBenchmarks',
      summary: 'List benchmarks',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Benchmark) },
    },
    'DELETE /v1/benchmarks/{id}': {
      id: 'removeBenchmark',
      summary: 'Remove a benchmark',
      needs: 'write',
      answers: { 204: null },
    },
  },
}
