import { interval } from './caption.ts'
import type { Picture } from './chart.ts'
import type { Estimate, Unit } from './kpi.ts'
import { type Axis, fittedAxis, fixedAxis } from './scale.ts'

/** Amounts are compared by their height, so their axis begins at zero. */
const amounts: readonly Unit[] = ['count', 'currency', 'seconds']

/** An estimate whose value may be seen. */
export type Seen = Estimate & { readonly value: number }

/**
 * The axis of values with their intervals and the target: that of the KPI's range, or fitted to them.
 *
 * @param base a value it has in it, as bars have to begin at zero.
 */
export function valueAxis(
  { range, unit, target }: Pick<Picture, 'range' | 'unit' | 'target'>,
  seen: readonly Seen[],
  base?: number,
): Axis {
  const also = base === undefined ? [] : [base]
  if (range !== undefined)
    return fixedAxis(Math.min(range[0], ...also), Math.max(range[1], ...also))
  if (seen.length === 0) return fixedAxis(0, 1)
  const values = seen.flatMap((each) => [each.value, ...(interval(each) ?? [])])
  if (amounts.includes(unit)) values.push(0)
  if (target !== undefined && Number.isFinite(target)) values.push(target)
  values.push(...also)
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  return fittedAxis(low, high, unit)
}
