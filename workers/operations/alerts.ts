import * as v from 'valibot'
import type { OutboxState } from '../../src/alert.ts'
import { alertBody } from '../api/alert-body.ts'
import { annotationBody } from '../api/annotations.ts'
import { listQuery } from '../api/list.ts'
import { type Section, json } from '../operation.ts'
import { count, day, instant, like, pageOf, publicId } from './fields.ts'

const states = ['waiting', 'delivered', 'failed', 'muted'] as const satisfies readonly OutboxState[]

const rule = v.pipe(
  v.looseObject({ kind: like('anomaly') }),
  v.description('As it was sent, with what was left out'),
  v.examples([{ kind: 'anomaly', kpi: 'visits', segment: '' }]),
)

const fields = {
  id: publicId,
  name: like('Visits'),
  rule,
  target: v.object({ format: v.picklist(['slack', 'standard']), host: like('hooks.slack.com') }),
  cooldown: v.pipe(count(12), v.description('In hours')),
  created: instant,
  checked: v.pipe(v.nullable(day), v.description('The last closed day that was looked at')),
  told: v.pipe(v.nullable(instant), v.description('When it last told anything')),
}

const Alert = v.object(fields)

const NewAlert = v.object({
  ...fields,
  secret: v.pipe(
    v.exactOptional(like('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')),
    v.description('What messages are signed with; shown this once'),
  ),
})

const outcome = {
  status: v.pipe(v.nullable(count(200)), v.description('Of the last answer')),
  error: v.pipe(
    v.nullable(like('No answer within 5 seconds')),
    v.description('Why there was none'),
  ),
}

const AlertDelivery = v.object({
  subject: like('2026-03-01'),
  finding: v.pipe(
    v.looseObject({ kind: like('anomaly') }),
    v.examples([
      {
        kind: 'anomaly',
        kpi: 'visits',
        segment: '',
        from: '2026-03-01',
        to: '2026-03-01',
        value: 40,
      },
    ]),
  ),
  created: instant,
  state: v.picklist(states),
  attempts: count(1),
  next: v.pipe(v.nullable(instant), v.description('When it is tried again')),
  settled: v.nullable(instant),
  ...outcome,
})

const Annotation = v.object({
  id: publicId,
  day,
  kpi: v.pipe(v.nullable(like('visits')), v.description('Null is all of them')),
  text: like('The shop was down from 9 to 11'),
  created: instant,
})

export const alerts: Section = {
  name: 'Alerts',
  about: 'What a team is told of without asking, and what it knows of days itself.',
  schemas: { Alert, NewAlert, AlertDelivery, Annotation },
  operations: {
    'POST /v1/alerts': {
      id: 'createAlert',
      summary: 'Set up an alert',
      needs: 'admin',
      bodies: json(alertBody, {
        name: 'Visits',
        rule: { kind: 'anomaly', kpi: 'visits' },
        target: { url: 'https://hooks.slack.com/services/T0/B0/x', format: 'slack' },
      }),
      answers: { 201: NewAlert },
      problems: ['unavailable'],
    },
    'GET /v1/alerts': {
      id: 'listAlerts',
      summary: 'List alerts',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Alert) },
    },
    'DELETE /v1/alerts/{id}': {
      id: 'removeAlert',
      summary: 'Remove an alert, with what it has found',
      needs: 'admin',
      answers: { 204: null },
    },
    'GET /v1/alerts/{id}/deliveries': {
      id: 'listAlertDeliveries',
      summary: 'List what an alert has found, and whether it arrived',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(AlertDelivery) },
    },
    'POST /v1/alerts/{id}/test': {
      id: 'testAlert',
      summary: 'Send a test message now',
      needs: 'admin',
      answers: { 200: v.object({ ok: v.boolean(), ...outcome }) },
      problems: ['unavailable'],
    },
    'POST /v1/annotations': {
      id: 'createAnnotation',
      summary: 'Note what happened on a day',
      needs: 'write',
      bodies: json(annotationBody, { day: '2026-03-01', text: 'The shop was down from 9 to 11' }),
      answers: { 201: Annotation },
    },
    'GET /v1/annotations': {
      id: 'listAnnotations',
      summary: 'List annotations by day',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Annotation) },
    },
    'DELETE /v1/annotations/{id}': {
      id: 'removeAnnotation',
      summary: 'Remove an annotation',
      needs: 'write',
      answers: { 204: null },
    },
  },
}
