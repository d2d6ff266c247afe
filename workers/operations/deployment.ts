import * as v from 'valibot'
import type { Section } from '../operation.ts'
import { count, instant, like, page, publicId } from './fields.ts'

const Readiness = v.object({
  status: v.literal('ready'),
  rollup: v.object({
    last: v.nullable(instant),
    ageSeconds: v.nullable(count(240)),
    overdue: v.boolean(),
  }),
  dirtyDays: count(0),
  quarantined: count(0),
  silentSources: count(0),
  silent: v.pipe(
    v.exactOptional(
      v.array(
        v.object({
          workspace: publicId,
          id: publicId,
          vendor: like('stripe'),
          name: like('Payments'),
          since: instant,
        }),
      ),
    ),
    v.description('For the ADMIN_KEY only'),
  ),
})

const Unreadiness = v.object({ status: v.literal('unavailable') })

const svg = { type: 'image/svg+xml', schema: v.string(), example: '<svg>…</svg>' }

export const deployment: Section = {
  name: 'Deployment',
  about: 'What is the same for every workspace.',
  schemas: { Readiness },
  operations: {
    'GET /': {
      id: 'showHome',
      summary: 'Show what this is',
      needs: null,
      query: {},
      answers: { 200: [page] },
    },
    'GET /docs': {
      id: 'showDocs',
      summary: 'Show this description as a page',
      needs: null,
      query: {},
      answers: { 200: [page] },
    },
    'GET /openapi.json': {
      id: 'readDescription',
      summary: 'Read this description',
      needs: null,
      query: {},
      tagged: true,
      answers: { 200: v.record(v.string(), v.unknown()) },
    },
    'GET /favicon.ico': {
      id: 'showIcon',
      summary: 'Show the icon',
      needs: null,
      answers: { 200: [svg] },
    },
    'GET /healthz': {
      id: 'readHealth',
      summary: 'Ask whether the Worker runs',
      needs: null,
      query: {},
      answers: { 200: v.object({ status: v.literal('alive') }) },
    },
    'GET /readyz': {
      id: 'readReadiness',
      summary: 'Ask whether the database answers, and how far it is',
      needs: null,
      query: {},
      answers: { 200: Readiness, 503: Unreadiness },
    },
  },
}
