import { Hono } from 'hono'
import { sources } from '../../src/sources/index.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedJson } from '../reply.ts'

/** What a team needs to know of each vendor before it makes a source. */
const items = sources.map(({ vendor, label, docs, scheme, config, types, setup, becomes }) => ({
  vendor,
  label,
  docs,
  verified: scheme({}).label,
  config: Object.keys(config),
  types,
  setup,
  becomes: becomes.map(([event, what]) => ({ event, what })),
}))

/** `GET /v1/vendors`: whose webhooks are understood, and what has to be done there and here. */
export const vendorRoutes = new Hono<Guarded>().get('/', guard('read'), (c) => {
  readQuery(c.req.raw, {})
  return taggedJson(c.req.raw, { items, next: null })
})
