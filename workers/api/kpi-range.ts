import * as v from 'valibot'
import { largest } from '../../src/format.ts'
import type { Kpi } from '../../src/kpi.ts'
import { invalid } from '../../src/problem.ts'

const valueRule = `Expected a number from -${largest} to ${largest}`

/** A number that some KPI may have. */
export const valueField = v.pipe(
  v.number(valueRule),
  v.minValue(-largest, valueRule),
  v.maxValue(largest, valueRule),
)

/** @throws Problem 422 that names the first of the fields whose number the KPI can never have. */
export function checkRange(
  { id, range }: Pick<Kpi, 'id' | 'range'>,
  numbers: Readonly<Record<string, number>>,
): void {
  const [least, most] = range ?? [-largest, largest]
  for (const [name, value] of Object.entries(numbers)) {
    if (value < least || value > most) {
      throw invalid(name, `Expected a value that ${id} can have: from ${least} to ${most}`)
    }
  }
}
