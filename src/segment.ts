import * as v from 'valibot'
import type { Kpi } from './kpi.ts'
import { propertyName } from './properties.ts'
import { textField } from './text-field.ts'

/** Whether a KPI can be cut by this dimension: one it declares, or a property that facts carry. */
export function isDimension(kpi: Kpi, dimension: string): boolean {
  return (
    kpi.dimensions.includes(dimension) ||
    (dimension.startsWith('p.') && propertyName.test(dimension.slice('p.'.length)))
  )
}

/** The rule for a segment that a KPI does not have, or `null` where it keeps it. */
export function segmentRule(kpi: Kpi, segment: string): string | null {
  const at = segment.indexOf(':')
  if (at > 0 && at < segment.length - 1 && isDimension(kpi, segment.slice(0, at))) return null
  const dimensions = [...kpi.dimensions, 'p.<name>'].join(', ')
  return `Expected <dimension>:<value> with one of ${dimensions}: current value is "${segment}"`
}

/** A segment from outside, its value written as facts keep it: trimmed, in Unicode's composed form. */
export const segmentField = v.pipe(
  textField(300),
  v.transform((text) => {
    const at = text.indexOf(':') + 1
    return text.slice(0, at) + text.slice(at).trim().normalize('NFC')
  }),
)
