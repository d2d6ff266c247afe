import { Hono } from 'hono'
import * as v from 'valibot'
import { base64, base64url, parseBase64url, utf8 } from '../../src/bytes.ts'
import { deliveryId, parseDeliveryId, states } from '../../src/delivery.ts'
import { Problem, invalid } from '../../src/problem.ts'
import {
  type Asked,
  type DeliveryCursor,
  type KeptDelivery,
  type ListedDelivery,
  isWaiting,
  listDeliveries,
  readDeliveries,
  readDelivery,
} from '../../src/store/kept.ts'
import { timeField } from '../../src/time-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { type Preview, type Replay, preview, replay } from '../replay.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

/** Deliveries that one request reads again: each may cost three queries, and a request has 50. */
const replayLimit = 12

const stateRule = `Expected one of ${states.join(', ')}`
const sourceField = v.pipe(v.string(), v.regex(/^[\w-]{22}$/, 'Expected the id of a source'))

/** The parameters of the list of deliveries. */
export const deliveryQuery = {
  ...listQuery,
  state: v.optional(v.picklist(states, stateRule), 'quarantined'),
  source: v.optional(sourceField),
  from: v.optional(timeField),
  to: v.optional(timeField),
}

const replayable = ['quarantined', 'ignored', 'stored'] as const

/** Which deliveries to read again. */
export const replayBody = v.strictObject({
  state: v.optional(
    v.picklist(replayable, `Expected one of ${replayable.join(', ')}`),
    'quarantined',
  ),
  source: v.optional(sourceField),
  from: v.optional(timeField),
  to: v.optional(timeField),
  cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(8_000))), null),
})

const cursorFields = v.strictTuple([v.number(), v.string(), v.string()])

const cursorText = ({ received, source, id }: DeliveryCursor) =>
  base64url(utf8(JSON.stringify([received, source, id])))

function parseCursor(text: string): DeliveryCursor | null {
  if (text === '') return null
  const refused = invalid('cursor', 'The cursor is not one of ours')
  const bytes = parseBase64url(text)
  if (bytes === null) throw refused
  try {
    const [received, source, id] = v.parse(
      cursorFields,
      JSON.parse(new TextDecoder().decode(bytes)),
    )
    return { received, source, id }
  } catch {
    throw refused
  }
}

/** Those that were stored have no index but their source's: without one, all of history would be read. */
function asked(
  query: Pick<Asked, 'state' | 'cursor' | 'limit'> & {
    source?: string | undefined
    from?: number | undefined
    to?: number | undefined
  },
): Asked {
  const { state, source = null, from = 0, to = Number.MAX_SAFE_INTEGER, cursor, limit } = query
  if (source === null && !isWaiting(state)) {
    throw invalid('source', `Deliveries that are ${state} are listed by source: name one`)
  }
  return { state, source, from, to, cursor, limit }
}

/** A delivery as lists show it. */
function show({ source, id, state, reason, received, bytes }: ListedDelivery) {
  return {
    id: deliveryId(source, id),
    source,
    event: id,
    state,
    reason,
    received: new Date(received).toISOString(),
    bytes,
  }
}

/** A delivery with what was sent, as text where it is one. */
function showWhole({ body, headers, ...rest }: KeptDelivery) {
  const text = textOf(body)
  return {
    ...show(rest),
    headers,
    body: text,
    ...(text === null && rest.bytes !== null && { bodyBase64: base64(body) }),
  }
}

function showReading(reading: Preview | null) {
  return reading === null
    ? null
    : {
        ...reading,
        facts: reading.facts.map(({ time, ...fact }) => ({
          ...fact,
          time: new Date(time).toISOString(),
        })),
      }
}

function textOf(body: Uint8Array): string | null {
  if (body.byteLength === 0) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

function showReplay({ replayed, states: counts, outcomes }: Replay) {
  return {
    replayed,
    states: counts,
    items: outcomes.map(({ source, id, state, reason }) => ({
      id: deliveryId(source, id),
      event: id,
      state,
      reason,
    })),
  }
}

/** @throws Problem 404 where the workspace has no such delivery. */
async function findDelivery(db: D1Database, workspace: string, id: string): Promise<KeptDelivery> {
  const name = parseDeliveryId(id)
  const found = name === null ? null : await readDelivery(db, workspace, name)
  if (found === null) throw new Problem('not-found', `No delivery "${id}"`)
  return found
}

/** `/v1/deliveries`: what webhooks have brought, what became of it, and reading it again after a fix. */
export const deliveryRoutes = new Hono<Guarded>()
  .get('/', guard('read'), async (c) => {
    const { cursor, limit, ...query } = readQuery(c.req.raw, deliveryQuery)
    const found = await listDeliveries(
      c.env.DB,
      c.get('workspace').id,
      asked({ ...query, cursor: parseCursor(cursor), limit: limit + 1 }),
    )
    const page = listPage(c.req.raw, found, limit, cursorText, show)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .post('/replay', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const { cursor, ...query } = await readJson(c.req.raw, replayBody)
    const workspace = c.get('workspace')
    const found = await readDeliveries(
      c.env.DB,
      workspace.id,
      asked({ ...query, cursor: parseCursor(cursor ?? ''), limit: replayLimit }),
    )
    const done = await replay(c.env, workspace, found, Date.now())
    const last = found.at(-1)
    return json({ ...showReplay(done), next: last === undefined ? null : cursorText(last) })
  })
  .get('/:id', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace')
    const found = await findDelivery(c.env.DB, workspace.id, c.req.param('id'))
    const reading = await preview(c.env, workspace, found)
    return taggedJson(c.req.raw, { ...showWhole(found), reading: showReading(reading) })
  })
  .post('/:id/replay', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace')
    const found = await findDelivery(c.env.DB, workspace.id, c.req.param('id'))
    if (found.bytes === null) {
      throw new Problem('gone', 'Its body has been dropped after the retention of its source')
    }
    if (found.state === 'conflict') {
      throw new Problem('conflict', 'Another delivery of the same id counts; this one never does')
    }
    const done = await replay(c.env, workspace, [found], Date.now())
    const [outcome] = showReplay(done).items
    if (outcome === undefined) throw new Problem('conflict', 'Its source has been removed')
    return json(outcome)
  })
