import * as v from 'valibot'
import { type Day, parseDay } from './day.ts'

const dayRule = 'Expected a day such as 2026-03-01'

/** A day from outside. */
export const dayField = v.pipe(
  v.string(dayRule),
  v.metadata({ format: 'date' }),
  v.transform(parseDay),
  v.custom<Day>((day) => day !== null, dayRule),
)
