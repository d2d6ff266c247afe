import * as v from 'valibot'
import type { Direction, Reason, Unit } from '../../src/kpi.ts'
import type { Status } from '../../src/target.ts'
import type { Doubt } from '../../src/suspicion.ts'

const units = [
  'percent',
  'points',
  'score',
  'count',
  'seconds',
  'currency',
  'ratio',
] as const satisfies readonly Unit[]

const directions = ['up', 'down', 'target'] as const satisfies readonly Direction[]

const reasons = [
  'no_data',
  'no_denominator',
  'window_too_short',
  'too_few',
] as const satisfies readonly Reason[]

/** Why an answer is doubted. */
export const doubts = [
  'early',
  'many-links',
  'trap',
  'hidden-field',
  'no-gesture',
  'challenge',
] as const satisfies readonly Doubt[]

/** A text, with what it may look like. */
export const like = (example: string) => v.pipe(v.string(), v.examples([example]))

/** A whole number, with what it may look like. */
export const count = (example: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.examples([example]))

export const number = (example: number) => v.pipe(v.number(), v.examples([example]))

export const publicId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/),
  v.examples(['Zk3qV0pYt8mA1sRw5LxEuQ']),
)

export const instant = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.examples(['2026-03-01T09:30:00.000Z']),
)

export const day = v.pipe(v.string(), v.isoDate(), v.examples(['2026-03-01']))

export const url = (example: string) => v.pipe(v.string(), v.url(), v.examples([example]))

/** A page of a list, and where the next one begins. */
export const pageOf = (item: v.GenericSchema) =>
  v.object({
    items: v.array(item),
    next: v.pipe(
      v.nullable(like('Zk3qV0pYt8mA1sRw5LxEuQ')),
      v.description('The cursor of the next page; null on the last'),
    ),
  })

/** A list that is always whole. */
export const wholeOf = (item: v.GenericSchema) => v.object({ items: v.array(item), next: v.null() })

/** What is said of a KPI wherever one is told of. */
export const about = {
  kpi: like('nps'),
  unit: v.picklist(units),
  currency: v.exactOptional(like('EUR')),
  direction: v.picklist(directions),
}

/** A value with its sample size and the bounds of its 95 % interval. */
export const estimate = {
  value: v.nullable(number(42.5)),
  reason: v.exactOptional(v.picklist(reasons)),
  n: count(120),
  low: v.nullable(number(33.1)),
  high: v.nullable(number(51.2)),
}

const readings = v.pipe(
  v.record(v.string(), v.union([v.number(), v.record(v.string(), v.number())])),
  v.description('The integers that the value is computed from, by part'),
  v.examples([{ answers: { '3': 9, '8': 51, '10': 60 } }]),
)

/** A value with what it was computed from. */
export const counted = {
  ...estimate,
  also: v.exactOptional(v.record(v.string(), v.nullable(v.number()))),
  parts: readings,
  leftOut: v.exactOptional(v.record(v.string(), v.number())),
  mature: v.exactOptional(v.boolean()),
}

/** On how many days values of the segment's dimension were folded into `other`. */
export const folded = { foldedDays: v.exactOptional(count(3)) }

export const definition = v.object({ text: like('Promoters less detractors.'), version: count(1) })

export const point = v.object({
  from: day,
  to: day,
  ...counted,
  complete: v.boolean(),
  revised: v.boolean(),
})

/** How a value differs from an earlier one. */
export const change = v.object({
  absolute: v.nullable(number(4.5)),
  unit: like('points'),
  relative: v.nullable(number(11.8)),
  better: v.nullable(v.boolean()),
  overlap: v.nullable(v.boolean()),
  low: v.nullable(number(-8.2)),
  high: v.nullable(number(17.2)),
})

const statuses = [
  'not_started',
  'on_track',
  'behind',
  'reached',
  'missed',
  'unknown',
] as const satisfies readonly Status[]

/** How far a target has come. */
export const standing = {
  progress: v.pipe(v.nullable(number(54.7)), v.description('The way done, in percent')),
  expected: v.pipe(number(50), v.description('The days ended, in percent')),
  status: v.picklist(statuses),
  reason: v.exactOptional(like('no_data')),
}

export const csv = (example: string) => ({ type: 'text/csv', schema: v.string(), example })
export const page = { type: 'text/html', schema: v.string(), example: '<!doctype html>…' }
