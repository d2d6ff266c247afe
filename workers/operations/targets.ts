import * as v from 'valibot'
import { targetBody, targetQuery } from '../api/targets.ts'
import { type Section, json } from '../operation.ts'
import {
  about,
  count,
  day,
  folded,
  instant,
  like,
  number,
  pageOf,
  publicId,
  standing,
} from './fields.ts'

const fields = {
  id: publicId,
  ...about,
  segment: v.nullable(like('channel:paid')),
  baseline: number(30),
  target: number(45),
  against: v.pipe(v.boolean(), v.description('Whether reaching it would be worse')),
  from: day,
  to: day,
  owner: v.nullable(like('Ada')),
  why: v.nullable(like('The board asked for it')),
  created: instant,
}

const NewTarget = v.object(fields)

const Target = v.object({
  ...fields,
  current: v.nullable(number(38.2)),
  n: count(120),
  low: v.nullable(number(29.4)),
  high: v.nullable(number(46.1)),
  leftOut: v.exactOptional(v.record(v.string(), v.number())),
  mature: v.exactOptional(v.boolean()),
  ...folded,
  ...standing,
})

export const targets: Section = {
  name: 'Targets',
  about: 'What has been promised of a KPI, and how far it has come.',
  schemas: { NewTarget, Target },
  operations: {
    'POST /v1/targets': {
      id: 'createTarget',
      summary: 'Set a target',
      needs: 'write',
      bodies: json(targetBody, {
        kpi: 'nps',
        baseline: 30,
        target: 45,
        from: '2026-01-01',
        to: '2026-12-31',
      }),
      answers: { 201: NewTarget },
    },
    'GET /v1/targets': {
      id: 'listTargets',
      summary: 'List targets with how far they have come',
      needs: 'read',
      query: targetQuery,
      answers: { 200: pageOf(Target) },
    },
    'DELETE /v1/targets/{id}': {
      id: 'removeTarget',
      summary: 'Remove a target',
      needs: 'write',
      answers: { 204: null },
    },
  },
}
