import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { fieldErrors } from '../../src/issues.ts'
import { Problem, type FieldError, invalid } from '../../src/problem.ts'
import { rhythmOf } from '../../src/rhythm.ts'
import type { Source } from '../../src/source.ts'
import {
  type StoredSource,
  changeSource,
  createSource,
  listSources,
  readSource,
  removeSource,
} from '../../src/store/sources.ts'
import { type Sending, readSending } from '../../src/store/sending.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson, validation } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { hasSecret, sealSecret } from '../sealed.ts'
import { forget } from '../taking.ts'
import { typesOf, vendorOf, vendors } from '../vendors.ts'
import { listPage, listQuery } from './list.ts'

/** Sources of one workspace. */
const most = 100

/** Secrets of one source that are in use at once: verifying tries each of them. */
const secretsAtOnce = 5

/** Days that bodies are kept, unless somebody says otherwise. */
const retentionDays = 30

const hour = 3_600_000

const wholeField = (rule: string, least: number, greatest: number) =>
  v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(greatest, rule))

const configRule = 'Expected an object'

/** A list would pass for a record of its indices. */
const configField = v.pipe(
  v.unknown(),
  v.metadata({ type: 'object' }),
  v.check((config) => !Array.isArray(config), configRule),
  v.record(v.string(), v.unknown(), configRule),
)
const retentionField = wholeField('Expected a whole number of days from 1 to 3650', 1, 3_650)
const secretField = v.string('Expected a text')

/** What a source is made of. */
export const sourceBody = v.strictObject({
  vendor: v.picklist(vendors, `Expected one of ${vendors.join(', ')}`),
  name: nameField,
  secrets: v.pipe(
    v.array(secretField, 'Expected a list of secrets'),
    v.minLength(1, 'Expected a secret: without one nothing can be verified'),
    v.maxLength(secretsAtOnce, `Expected at most ${secretsAtOnce} secrets`),
    v.check((list) => new Set(list).size === list.length, 'A secret occurs twice'),
  ),
  config: v.optional(configField, {}),
  retention: v.optional(retentionField, retentionDays),
})

const changeFields = v.strictObject({
  name: v.exactOptional(nameField),
  config: v.exactOptional(configField),
  retention: v.exactOptional(retentionField),
})

/** What may be changed of a source, each by itself. */
export const changeBody = v.pipe(
  changeFields,
  v.check(
    (change) => Object.keys(change).length > 0,
    `Expected at least one of ${Object.keys(changeFields.entries).join(', ')}`,
  ),
)

/** Another secret of a source, and for how many hours those before it go on. */
export const secretBody = v.strictObject({
  secret: secretField,
  overlap: v.optional(wholeField('Expected a whole number of hours from 0 to 720', 0, 720), 24),
})

/** @throws Problem 422 that names each field of the configuration which breaks a rule of its vendor. */
function parseConfig(vendor: Source, config: Record<string, unknown>): Record<string, unknown> {
  const parsed = v.safeParse(v.strictObject(vendor.config), config)
  if (parsed.success) return parsed.output
  const errors = fieldErrors(parsed.issues).map(({ path, message }) => ({
    path: path === '' ? 'config' : `config.${path}`,
    message,
  }))
  throw validation('body', errors)
}

/** @throws Problem 422 that says what is wrong with a secret, and never what it is. */
function checkSecrets(
  vendor: Source,
  config: Record<string, unknown>,
  secrets: readonly (readonly [path: string, secret: string])[],
): void {
  const { secretRule } = vendor.scheme(config)
  const errors = secrets.flatMap(([path, secret]): FieldError[] => {
    const message = secretRule(secret)
    return message === null ? [] : [{ path, message }]
  })
  if (errors.length > 0) throw validation('body', errors)
}

/** What nobody knows of a source that has just been made. */
const unseen = { refused: null, refusal: null, silent: null, counts: {}, counted: null }

const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString())
const seconds = (time: number | null) => (time === null ? null : Math.round(time / 1000))

/** A source as the API shows it: of its secrets everything but what they are. */
function show(request: Request, source: StoredSource) {
  const { id, vendor, name, config, retention, created, secrets, refused, refusal } = source
  return {
    id,
    url: `${new URL(request.url).origin}/hooks/${id}`,
    vendor,
    name,
    config,
    retention,
    created: instant(created),
    secrets: secrets.map((secret) => ({
      id: secret.id,
      created: instant(secret.created),
      expires: instant(secret.expires),
    })),
    refused: refused === null ? null : { last: instant(refused), reason: refusal },
  }
}

const noStates = { stored: 0, ignored: 0, quarantined: 0, conflict: 0, expired: 0 }

/** How a source sends. Where there are many deliveries, `counted` says when all of them last were. */
function showSending(source: StoredSource, sending: Sending | undefined, now: number) {
  const { beats = [], last: seen = null, counts = {} } = sending ?? {}
  const { last, gap, usual, silent } = rhythmOf(beats, seen, now)
  return {
    last: instant(last),
    deliveries: { ...noStates, ...(counts ?? source.counts) },
    counted: counts === null ? instant(source.counted) : null,
    rhythm: { usualGapSeconds: seconds(usual), gapSeconds: seconds(gap), silent },
  }
}

async function findSource(c: Context<Guarded>): Promise<StoredSource> {
  const id = c.req.param('id') ?? ''
  const found = await readSource(c.env.DB, c.get('workspace').id, id)
  if (found === null) throw new Problem('not-found', `No source "${id}"`)
  return found
}

/** @throws Problem 409 where somebody else has changed the source meanwhile. */
async function change(
  db: D1Database,
  source: StoredSource,
  changed: Parameters<typeof changeSource>[2],
): Promise<StoredSource> {
  if (!(await changeSource(db, source, changed))) {
    throw new Problem('conflict', 'Somebody else has changed the source meanwhile: try again')
  }
  forget(source.id)
  return { ...source, ...changed }
}

/** `/v1/sources`: where vendors send their webhooks to, and how regularly they do. */
export const sourceRoutes = new Hono<Guarded>()
  .post('/', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, sourceBody)
    const vendor = vendorOf(body.vendor)
    const config = parseConfig(vendor, body.config)
    checkSecrets(
      vendor,
      config,
      body.secrets.map((secret, at) => [`secrets.${at}`, secret]),
    )
    const now = Date.now()
    const place = { workspace: c.get('workspace').id, id: publicId() }
    const secrets = await Promise.all(
      body.secrets.map((secret) => sealSecret(c.env, place, secret, now)),
    )
    const source = { ...body, ...place, config, secrets }
    if (!(await createSource(c.env.DB, source, now, most))) {
      throw new Problem('invalid', `A workspace has at most ${most} sources: delete one first`)
    }
    const fresh = { version: 1, created: now, ...unseen }
    return json(show(c.req.raw, { ...source, ...fresh }), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const workspace = c.get('workspace')
    const now = Date.now()
    const rows = await listSources(c.env.DB, workspace.id, { cursor, limit: limit + 1 })
    const sending = await readSending(c.env.DB, workspace, rows, typesOf, now)
    const page = listPage(
      c.req.raw,
      rows,
      limit,
      ({ id }) => id,
      (source) => ({
        ...show(c.req.raw, source),
        ...showSending(source, sending.get(source.id), now),
      }),
    )
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .get('/:id', guard('read'), async (c) => {
    readQuery(c.req.raw, {})
    const source = await findSource(c)
    const now = Date.now()
    const sending = await readSending(c.env.DB, c.get('workspace'), [source], typesOf, now)
    return taggedJson(c.req.raw, {
      ...show(c.req.raw, source),
      ...showSending(source, sending.get(source.id), now),
    })
  })
  .patch('/:id', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, changeBody)
    const source = await findSource(c)
    const vendor = vendorOf(source.vendor)
    const changed =
      body.config === undefined ? body : { ...body, config: parseConfig(vendor, body.config) }
    return json(show(c.req.raw, await change(c.env.DB, source, changed)))
  })
  .delete('/:id', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await removeSource(c.env.DB, c.get('workspace').id, id, Date.now()))) {
      throw new Problem('not-found', `No source "${id}"`)
    }
    forget(id)
    return new Response(null, { status: 204 })
  })
  .post('/:id/secrets', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const { secret, overlap } = await readJson(c.req.raw, secretBody)
    const source = await findSource(c)
    checkSecrets(vendorOf(source.vendor), source.config, [['secret', secret]])
    const now = Date.now()
    const inUse = source.secrets.filter((old) => isInUse(old, now))
    if (await hasSecret(c.env, source, secret, now)) {
      throw invalid('secret', 'The source has this secret already')
    }
    if (inUse.length >= secretsAtOnce) {
      throw invalid('secret', `A source has at most ${secretsAtOnce} secrets in use: end one first`)
    }
    const ending = inUse.map((old) => ({
      ...old,
      expires: Math.min(old.expires ?? Number.MAX_SAFE_INTEGER, now + overlap * hour),
    }))
    const added = await sealSecret(c.env, source, secret, now)
    const changed = await change(c.env.DB, source, { secrets: [...ending, added] })
    return json(show(c.req.raw, changed), 201)
  })
  .delete('/:id/secrets/:secret', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const source = await findSource(c)
    const id = c.req.param('secret')
    const secrets = source.secrets.filter((secret) => secret.id !== id)
    if (secrets.length === source.secrets.length) {
      throw new Problem('not-found', `No secret "${id}"`)
    }
    if (!secrets.some(({ expires }) => expires === null)) {
      throw new Problem('conflict', 'No other one lasts: add another first, or delete the source')
    }
    await change(c.env.DB, source, { secrets })
    return new Response(null, { status: 204 })
  })

function isInUse({ expires }: { expires: number | null }, now: number): boolean {
  return expires === null || expires > now
}
