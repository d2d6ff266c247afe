import { csvLine } from '../../src/csv.ts'
import { bounds } from '../../src/day.ts'
import type { Kpi } from '../../src/kpi.ts'
import type { PartsJson } from '../../src/series.ts'
import type { KpiAnswer } from './kpi-answer.ts'

/** A way of writing an answer's points, one row each. */
export interface KpiFormat {
  readonly type: string
  readonly write: (answer: KpiAnswer, kpi: Kpi) => string
}

type Cell = string | number | boolean | null

/** Every counter of a value as a flat row: `sent`, `answers.9`. */
function flat(parts: PartsJson): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]): [string, number][] =>
      typeof part === 'number'
        ? [[name, part]]
        : Object.entries(part).map(([key, count]) => [`${name}.${key}`, count]),
    ),
  )
}

/** What a point says only where there is something to say, by column. */
function besides({ also, leftOut = {}, mature }: KpiAnswer['total']): Record<string, Cell> {
  return { ...also, ...flat({ leftOut }), ...(mature !== undefined && { mature }) }
}

/** The rows of an answer; each has every counter that occurs in the window, so that columns agree. */
function rowsOf({ unit, segment, total, points }: KpiAnswer, kpi: Kpi): Record<string, Cell>[] {
  const others = namesIn([total, ...points].map(besides))
  const counters = namesIn([total, ...points].map(({ parts }) => flat(parts)))
  return points.map((point) => {
    const own = { ...flat(point.parts), ...besides(point) }
    const cell = (name: string) => own[name] ?? (isCount(kpi, name) ? 0 : null)
    return {
      kpi: kpi.id,
      unit,
      segment,
      from: point.from,
      to: point.to,
      value: point.value,
      n: point.n,
      low: point.low,
      high: point.high,
      reason: point.reason ?? null,
      complete: point.complete,
      revised: point.revised,
      ...Object.fromEntries([...others, ...counters].map((name) => [name, cell(name)])),
    }
  })
}

/** What is counted is 0 where nothing was; what is measured, such as a median, then has no value. */
function isCount(kpi: Kpi, column: string): boolean {
  const [name = ''] = column.split('.')
  const kind = name === 'leftOut' ? 'count' : kpi.parts[name]?.kind
  return kind !== undefined && kind !== 'histogram' && kind !== 'elapsed'
}

/** Every name that occurs, in order of occurrence. */
function namesIn(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

/** RFC 4180 with a header line, the same rows as the JSON's points. */
export function csvOf(answer: KpiAnswer, kpi: Kpi): string {
  const rows = rowsOf(answer, kpi)
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((row) => Object.values(row))].map(csvLine).join('')
}

/** One JSON object a line, the same rows as the JSON's points. */
export function ndjsonOf(answer: KpiAnswer, kpi: Kpi): string {
  return rowsOf(answer, kpi)
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('')
}

/**
 * A JSON array of the same rows, each led by the instant at which its period begins: what a dashboard such
 * as Grafana draws over time as it is.
 */
export function rowsJsonOf(answer: KpiAnswer, kpi: Kpi): string {
  const { timeZone, points } = answer
  const times = points.map(({ from }) => new Date(bounds(from, timeZone).start).toISOString())
  return JSON.stringify(rowsOf(answer, kpi).map((row, at) => ({ time: times[at], ...row })))
}
