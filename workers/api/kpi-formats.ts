import { csvLine } from '../../src/csv.ts'
import type { PartsJson } from '../../src/series.ts'
import type { KpiAnswer } from './kpi-answer.ts'

/** A way of writing an answer's points, one row each. */
export interface KpiFormat {
  readonly type: string
  readonly write: (answer: KpiAnswer) => string
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

/** The rows of an answer; each has every counter that occurs in the window, so that columns agree. */
function rowsOf({ kpi, unit, segment, total, points }: KpiAnswer): Record<string, Cell>[] {
  const counters = Object.keys(flat(total.parts))
  return points.map((point) => {
    const own = flat(point.parts)
    return {
      kpi,
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
      ...Object.fromEntries(counters.map((name) => [name, own[name] ?? 0])),
    }
  })
}

/** RFC 4180 with a header line, the same rows as the JSON's points. */
export function csvOf(answer: KpiAnswer): string {
  const rows = rowsOf(answer)
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((row) => Object.values(row))].map(csvLine).join('')
}

/** One JSON object a line, the same rows as the JSON's points. */
export function ndjsonOf(answer: KpiAnswer): string {
  return rowsOf(answer)
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('')
}
