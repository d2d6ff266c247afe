import * as v from 'valibot'
import { facts as declarations } from '../../src/facts/index.ts'
import { envelope } from '../../src/intake.ts'
import { profiles } from '../../src/profiles/index.ts'
import type { Section } from '../operation.ts'
import { count, like } from './fields.ts'

const types = declarations.map(({ type }) => type)

export const FieldError = v.object({
  path: v.pipe(like('data.score'), v.description('The field; empty where all of it is wrong')),
  message: like('Expected a whole number from 0 to 10'),
})

const tallied = {
  received: count(2),
  stored: count(1),
  duplicate: v.pipe(count(1), v.description('Those that were there already')),
}

const Intake = v.object({
  ...tallied,
  rejected: v.array(v.object({ index: count(0), errors: v.array(FieldError) })),
})

const Import = v.object({
  ...tallied,
  rejected: v.pipe(
    v.array(v.object({ line: count(2), errors: v.array(FieldError) })),
    v.description('The first hundred'),
  ),
  rejectedCount: count(0),
})

const event = {
  specversion: '1.0',
  type: 'lead.created',
  source: 'website',
  id: 'lead-1',
  time: '2026-03-01T09:30:00Z',
  data: { lead: 'lead-1', channel: 'organic' },
}

const importQuery = {
  map: v.exactOptional(
    v.pipe(v.array(like('lead:Lead ID')), v.description('<field>:<column>, once for each')),
  ),
  set: v.exactOptional(
    v.pipe(v.array(like('channel:paid')), v.description('<field>:<value>, once for each')),
  ),
  tz: v.exactOptional(v.pipe(v.string(), v.description('Where local times of the file are'))),
  source: v.exactOptional(v.pipe(v.string(), v.description('What the file is called'))),
  profile: v.exactOptional(v.picklist(profiles.map(({ profile }) => profile))),
  survey: v.exactOptional(v.pipe(v.string(), v.description('With a profile: whose answers'))),
  question: v.exactOptional(v.pipe(v.string(), v.description('With a profile: the score column'))),
  comment: v.exactOptional(v.pipe(v.string(), v.description('With a profile: its column'))),
  respondent: v.exactOptional(v.pipe(v.string(), v.description('With a profile: its column'))),
  dates: v.exactOptional(v.pipe(v.string(), v.description('With a profile: the order of dates'))),
}

export const facts: Section = {
  name: 'Facts',
  about: 'What has happened. The pair of source and id names a fact for ever: a repeat is no fact.',
  schemas: { FieldError, Fact: envelope, Intake, Import },
  operations: {
    'POST /v1/facts': {
      id: 'sendFacts',
      summary: 'Send facts',
      about: 'Up to 1,000 at once, each stored or rejected by itself. docs/facts.md has the types.',
      needs: 'write',
      bodies: [
        { type: 'application/cloudevents+json', schema: envelope, example: event },
        {
          type: 'application/cloudevents-batch+json',
          schema: v.pipe(v.array(envelope), v.maxLength(1_000)),
          example: [event],
        },
        {
          type: 'application/x-ndjson',
          schema: v.string(),
          example: `${JSON.stringify(event)}\n`,
        },
      ],
      answers: { 200: Intake },
    },
    'POST /v1/import/{type}': {
      id: 'importFacts',
      summary: 'Import a file',
      about: 'Up to 100 MiB, read as it arrives. docs/import.md says how columns become fields.',
      needs: 'write',
      path: { type: v.picklist(types) },
      query: importQuery,
      bodies: [
        {
          type: 'text/csv',
          schema: v.string(),
          example: 'lead,channel,time\nlead-2,organic,2026-03-01T09:30:00Z\n',
        },
        {
          type: 'application/x-ndjson',
          schema: v.string(),
          example: '{"lead":"lead-2","channel":"organic","time":"2026-03-01T09:30:00Z"}\n',
        },
      ],
      answers: { 200: Import },
    },
  },
}
