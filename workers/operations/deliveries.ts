import * as v from 'valibot'
import { states } from '../../src/delivery.ts'
import { deliveryQuery, replayBody } from '../api/deliveries.ts'
import { type Section, json } from '../operation.ts'
import { count, instant, like, pageOf } from './fields.ts'

const state = v.picklist(states)
const reason = v.nullable(like('Unknown event "invoice.updated"'))

const fields = {
  id: like('Zk3qV0pYt8mA1sRw5LxEuQ.ZXZ0XzE'),
  source: like('Zk3qV0pYt8mA1sRw5LxEuQ'),
  event: like('evt_1'),
  state,
  reason,
  received: instant,
  bytes: v.nullable(count(812)),
}

const Delivery = v.object(fields)

const Reading = v.object({
  state,
  reason,
  facts: v.array(
    v.object({ id: like('evt_1'), type: like('deal.won'), time: instant, counted: v.boolean() }),
  ),
})

const WholeDelivery = v.object({
  ...fields,
  headers: v.record(v.string(), v.string()),
  body: v.nullable(like('{"id":"evt_1"}')),
  bodyBase64: v.pipe(v.exactOptional(like('/w==')), v.description('Where the body is no text')),
  reading: v.pipe(
    v.nullable(Reading),
    v.description('What it would be read as today; null where its body or source has gone'),
  ),
})

const Replayed = v.object({
  id: like('Zk3qV0pYt8mA1sRw5LxEuQ.ZXZ0XzE'),
  event: like('evt_1'),
  state,
  reason,
})

const Replay = v.object({
  replayed: count(1),
  states: v.record(v.string(), v.number()),
  items: v.array(Replayed),
  next: v.nullable(like('WzEsImEiLCJiIl0')),
})

export const deliveries: Section = {
  name: 'Deliveries',
  about: 'What webhooks have brought, what became of it, and reading it again after a fix.',
  schemas: { Delivery, WholeDelivery, Reading, Replay, Replayed },
  operations: {
    'GET /v1/deliveries': {
      id: 'listDeliveries',
      summary: 'List deliveries, the quarantined unless another state is named',
      needs: 'read',
      query: deliveryQuery,
      answers: { 200: pageOf(Delivery) },
    },
    'GET /v1/deliveries/{id}': {
      id: 'readDelivery',
      summary: 'Read a delivery, as it came',
      needs: 'admin',
      answers: { 200: WholeDelivery },
    },
    'POST /v1/deliveries/replay': {
      id: 'replayDeliveries',
      summary: 'Read the next few deliveries again',
      about: 'Ask again with the cursor in next until it is null.',
      needs: 'admin',
      bodies: json(replayBody, { state: 'quarantined' }),
      answers: { 200: Replay },
    },
    'POST /v1/deliveries/{id}/replay': {
      id: 'replayDelivery',
      summary: 'Read a delivery again',
      needs: 'admin',
      answers: { 200: Replayed },
      problems: ['conflict', 'gone'],
    },
  },
}
