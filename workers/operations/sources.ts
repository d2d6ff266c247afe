import * as v from 'valibot'
import { states } from '../../src/delivery.ts'
import { vendors } from '../vendors.ts'
import { listQuery } from '../api/list.ts'
import { changeBody, secretBody, sourceBody } from '../api/sources.ts'
import { type Section, json } from '../operation.ts'
import { count, instant, like, pageOf, publicId, url, wholeOf } from './fields.ts'

const byState = Object.fromEntries(states.map((state) => [state, count(0)]))

const fields = {
  id: publicId,
  url: url('https://tidemark.example.com/hooks/Zk3qV0pYt8mA1sRw5LxEuQ'),
  vendor: v.picklist(vendors),
  name: like('Payments'),
  config: v.record(v.string(), v.unknown()),
  retention: count(30),
  created: v.nullable(instant),
  secrets: v.array(
    v.object({ id: publicId, created: v.nullable(instant), expires: v.nullable(instant) }),
  ),
  refused: v.pipe(
    v.nullable(v.object({ last: v.nullable(instant), reason: v.nullable(v.string()) })),
    v.description('The last request that was not its sender’s, and why'),
  ),
}

const NewSource = v.object(fields)

const Source = v.object({
  ...fields,
  last: v.nullable(instant),
  deliveries: v.object(byState),
  counted: v.pipe(v.nullable(instant), v.description('When deliveries were counted, if not now')),
  rhythm: v.object({
    usualGapSeconds: v.nullable(count(3_600)),
    gapSeconds: v.nullable(count(120)),
    silent: v.boolean(),
  }),
})

const Vendor = v.object({
  vendor: v.picklist(vendors),
  label: like('Stripe'),
  docs: url('https://docs.stripe.com/webhooks'),
  verified: like('HMAC-SHA256'),
  config: v.array(v.string()),
  types: v.array(like('subscription.started')),
  setup: v.array(v.string()),
  becomes: v.array(v.object({ event: v.string(), what: v.string() })),
})

export const sources: Section = {
  name: 'Sources',
  about: 'Where vendors send their webhooks to. docs/sources.md has each vendor.',
  schemas: { NewSource, Source, Vendor },
  operations: {
    'GET /v1/vendors': {
      id: 'listVendors',
      summary: 'List vendors whose webhooks are understood',
      needs: 'read',
      answers: { 200: wholeOf(Vendor) },
    },
    'POST /v1/sources': {
      id: 'createSource',
      summary: 'Make a source',
      about: 'The answer has the URL to give to the vendor.',
      needs: 'admin',
      bodies: json(sourceBody, {
        vendor: 'typeform',
        name: 'Feedback form',
        secrets: ['0123456789abcdef0123456789abcdef'],
      }),
      answers: { 201: NewSource },
    },
    'GET /v1/sources': {
      id: 'listSources',
      summary: 'List sources',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Source) },
    },
    'GET /v1/sources/{id}': {
      id: 'readSource',
      summary: 'Read a source',
      needs: 'read',
      answers: { 200: Source },
    },
    'PATCH /v1/sources/{id}': {
      id: 'changeSource',
      summary: 'Change a source',
      needs: 'admin',
      bodies: json(changeBody, { name: 'Subscriptions' }),
      answers: { 200: NewSource },
      problems: ['conflict'],
    },
    'DELETE /v1/sources/{id}': {
      id: 'removeSource',
      summary: 'Remove a source',
      about: 'Its facts stay.',
      needs: 'admin',
      answers: { 204: null },
    },
    'POST /v1/sources/{id}/secrets': {
      id: 'addSecret',
      summary: 'Add a secret',
      about: 'Those before it go on for the overlap, so that no delivery is lost.',
      needs: 'admin',
      bodies: json(secretBody, { secret: 'fedcba9876543210fedcba9876543210', overlap: 24 }),
      answers: { 201: NewSource },
      problems: ['conflict'],
    },
    'DELETE /v1/sources/{id}/secrets/{secret}': {
      id: 'removeSecret',
      summary: 'Remove a secret at once',
      needs: 'admin',
      answers: { 204: null },
      problems: ['conflict'],
    },
  },
}
