import type { Picture } from './chart.ts'
import { csvLine } from './csv.ts'
import { estimateOf } from './disclosure.ts'
import type { Kpi } from './kpi.ts'

/** The numbers of a picture as JSON, as far as they may be shown, with what defends them. */
export function dataOf(kpi: Kpi, kind: string, picture: Picture) {
  const { label, unit, direction, from, to, asOf, minimum, points, total } = picture
  const { currency, target, segments, stages, before } = picture
  return {
    kpi: kpi.id,
    kind,
    label,
    unit,
    ...(currency !== undefined && { currency }),
    direction,
    from,
    to,
    asOf,
    minimum,
    definition: { text: kpi.definition, version: kpi.version },
    total: estimateOf(total),
    points: points.map(({ complete, revised, ...point }) => ({
      from: point.from,
      to: point.to,
      ...estimateOf(point),
      complete,
      revised,
    })),
    ...(target !== undefined && { target }),
    ...(segments !== undefined && {
      segments: segments.map(({ name, estimate }) => ({ name, ...estimateOf(estimate) })),
    }),
    ...(stages !== undefined && { stages }),
    ...(before !== undefined && {
      before: { from: before.from, to: before.to, ...estimateOf(before.total) },
    }),
  }
}

const columns = ['from', 'to', 'value', 'n', 'low', 'high', 'reason', 'complete', 'revised']

/** The points of a picture as CSV, one line each; what is not known is an empty cell. */
export function csvOf({ points }: Picture): string {
  const rows = points.map(({ from, to, value, n, low, high, reason = null, complete, revised }) => [
    from,
    to,
    value,
    n,
    low,
    high,
    reason,
    complete,
    revised,
  ])
  return [columns, ...rows].map(csvLine).join('')
}
