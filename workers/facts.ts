import { Hono } from 'hono'
import * as v from 'valibot'
import type { Outcome } from '../src/fact.ts'
import { type Draft, parseEnvelope } from '../src/intake.ts'
import { parseJson } from '../src/json.ts'
import { Problem } from '../src/problem.ts'
import { nameField } from '../src/text-field.ts'
import { decode, mediaType, readBytes } from './body.ts'
import { type Guarded, guard } from './guard.ts'
import { type Batch, type Placed, type Rejection, takeIn } from './intake.ts'
import { readQuery } from './query.ts'
import { json } from './reply.ts'

const bodyLimit = 2 * 1024 * 1024
const factLimit = 1_000

/** Where envelopes are tallied that do not even say where they come from. */
const unknownSource = 'unknown'

/** The forms a body may have: what they are called, and how they are divided into envelopes. */
const forms = new Map<string, (text: string) => (() => unknown)[]>(
  Object.entries({
    'application/cloudevents+json': (text: string) => [() => parseJson(text)],
    'application/cloudevents-batch+json'(text: string) {
      const batch = parseJson(text)
      if (!Array.isArray(batch)) throw new Problem('malformed', 'Expected an array of events')
      return batch.map((event: unknown) => () => event)
    },
    'application/x-ndjson': (text: string) =>
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => () => parseJson(line)),
  }),
)

/** `POST /v1/facts`: up to 1,000 facts, each stored or rejected by itself. */
export const factRoutes = new Hono<Guarded>().post('/', guard('write'), async (c) => {
  readQuery(c.req.raw, {})
  const events = await readEvents(c.req.raw)
  const { placed, rejected, unread } = readDrafts(events)
  const taken = await takeIn(c.env, c.get('workspace'), { placed, unread }, Date.now())
  return json({
    received: events.length,
    stored: taken.stored,
    duplicate: taken.valid - taken.stored,
    rejected: [...rejected, ...taken.rejected]
      .sort((one, other) => one.at - other.at)
      .map(({ at, errors }) => ({ index: at, errors })),
  })
})

async function readEvents(request: Request): Promise<(() => unknown)[]> {
  const form = forms.get(mediaType(request))
  if (form === undefined) {
    throw new Problem('unsupported-media-type', `Expected one of ${[...forms.keys()].join(', ')}`)
  }
  const events = form(decode(await readBytes(request, bodyLimit)))
  if (events.length > factLimit) {
    throw new Problem('too-large', `Expected at most ${factLimit} facts, got ${events.length}`)
  }
  return events
}

function readDrafts(events: readonly (() => unknown)[]): Batch & { rejected: Rejection[] } {
  const placed: Placed[] = []
  const rejected: Rejection[] = []
  const unread = new Map<string, number>()
  events.forEach((event, at) => {
    const { source, outcome } = readDraft(event)
    if (outcome.ok) {
      placed.push({ at, draft: outcome.value })
      return
    }
    rejected.push({ at, errors: outcome.errors })
    unread.set(source, (unread.get(source) ?? 0) + 1)
  })
  return { placed, rejected, unread: Object.fromEntries(unread) }
}

/** One envelope, and where it says it comes from; a line that is no JSON is that line's trouble only. */
function readDraft(event: () => unknown): { source: string; outcome: Outcome<Draft> } {
  try {
    const envelope = event()
    return { source: sourceOf(envelope), outcome: parseEnvelope(envelope) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = error.errors.length > 0 ? error.errors : [{ path: '', message: error.message }]
    return { source: unknownSource, outcome: { ok: false, errors } }
  }
}

/** The source that an envelope names, however wrong the rest of it is. */
function sourceOf(envelope: unknown): string {
  const named = v.safeParse(v.object({ source: nameField }), envelope)
  return named.success ? named.output.source : unknownSource
}
