import * as v from 'valibot'
import { parseTime } from './time.ts'

/** An instant from outside, in milliseconds since 1970 UTC. */
export const timeField = v.pipe(
  v.string('Expected an RFC 3339 time'),
  v.metadata({ format: 'date-time' }),
  v.transform((text) => parseTime(text)),
  v.number('Expected an RFC 3339 time with an offset, such as 2026-03-01T09:30:00Z'),
)
