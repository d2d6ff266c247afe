import * as v from 'valibot'
import { states } from '../../src/delivery.ts'
import type { Operation, Section } from '../operation.ts'
import { like } from './fields.ts'

const Acknowledgement = v.object({
  delivery: like('Zk3qV0pYt8mA1sRw5LxEuQ.ZXZ0XzE'),
  state: v.picklist([...states, 'repeat']),
})

const deliver = (id: string, summary: string): Operation => ({
  id,
  summary,
  about: 'Kept when this is answered. Whatever cannot be understood is kept as well, and is 200.',
  needs: null,
  served: 'ALL /hooks/*',
  bodies: [
    { type: 'application/json', schema: v.unknown(), example: { id: 'evt_1' } },
    { type: 'text/xml', schema: v.string(), example: '<Envelope/>' },
  ],
  answers: {
    200: [
      { type: 'application/json', schema: Acknowledgement },
      { type: 'text/xml', schema: v.string(), example: '<Envelope/>' },
    ],
  },
  problems: ['unverified', 'too-large', 'unsupported-media-type'],
})

export const hooks: Section = {
  name: 'Webhooks',
  about: 'Where vendors deliver. Each is verified by the scheme of its vendor.',
  schemas: { Acknowledgement },
  operations: {
    'POST /hooks/{source}': deliver('deliver', 'Deliver a webhook'),
    'POST /hooks/{source}/{token}': deliver(
      'deliverWithToken',
      'Deliver a webhook of a vendor that can only put a secret into the URL',
    ),
    'HEAD /hooks/{source}': {
      id: 'probeSource',
      summary: 'Ask whether anybody is there',
      about: 'Says yes whether there is such a source or not.',
      needs: null,
      served: 'ALL /hooks/*',
      answers: { 200: null },
    },
  },
}
