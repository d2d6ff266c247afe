import { Hono } from 'hono'
import * as v from 'valibot'
import { isZone } from '../../src/day.ts'
import { keyText } from '../../src/key.ts'
import { currencyField } from '../../src/money.ts'
import { propertyName } from '../../src/properties.ts'
import { sha256 } from '../../src/sign.ts'
import { type Workspace, changeWorkspace, createWorkspace } from '../../src/store/workspaces.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard, requireAdminKey } from '../guard.ts'
import { readQuery } from '../query.ts'
import { keyId, keySecret, publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'

const dimensionLimit = 8

const dimensionsField = v.pipe(
  v.array(
    v.pipe(v.string('Expected a text'), v.regex(propertyName, 'Expected a name of a–z, 0–9 and _')),
    'Expected a list of names',
  ),
  v.maxLength(dimensionLimit, `Expected at most ${dimensionLimit} dimensions`),
  v.check((list) => new Set(list).size === list.length, 'A dimension occurs twice'),
)

const gapRule = 'Expected a whole number of days from 0 to 3650'

const gapField = v.pipe(
  v.number(gapRule),
  v.integer(gapRule),
  v.minValue(0, gapRule),
  v.maxValue(3650, gapRule),
)

const retentionRule = 'Expected a whole number of days from 1 to 3650, or null for ever'

const retentionField = v.nullable(
  v.pipe(
    v.number(retentionRule),
    v.integer(retentionRule),
    v.minValue(1, retentionRule),
    v.maxValue(3650, retentionRule),
  ),
)

/** What a workspace is made of. */
export const workspaceBody = v.strictObject({
  name: nameField,
  timeZone: v.pipe(
    v.string('Expected an IANA time zone'),
    v.check(isZone, 'Expected an IANA time zone such as "Europe/Warsaw"'),
  ),
  currency: currencyField,
  dimensions: v.optional(dimensionsField, []),
  gap: v.optional(gapField, 0),
  retention: v.optional(retentionField, null),
})

const changeFields = v.strictObject({
  name: v.exactOptional(nameField),
  currency: v.exactOptional(currencyField),
  dimensions: v.exactOptional(dimensionsField),
  gap: v.exactOptional(gapField),
  retention: v.exactOptional(retentionField),
})

/** What may be changed of a workspace, each by itself. */
export const changeBody = v.pipe(
  changeFields,
  v.check(
    (change) => Object.keys(change).length > 0,
    `Expected at least one of ${Object.keys(changeFields.entries).join(', ')}`,
  ),
)

/** A workspace as the API shows it. */
function show(workspace: Omit<Workspace, 'closed' | 'erased'>) {
  const { id, name, zone, currency, dimensions, gap, retention } = workspace
  return { id, name, timeZone: zone, currency, dimensions, gap, retention }
}

/** `POST /v1/workspaces`, for the deployment's own key only; its first key is shown this once. */
export const workspacesRoutes = new Hono<{ Bindings: Env }>().post('/', async (c) => {
  await requireAdminKey(c.req.raw, c.env)
  readQuery(c.req.raw, {})
  const { timeZone, ...fields } = await readJson(c.req.raw, workspaceBody)
  const workspace = { id: publicId(), zone: timeZone, ...fields }
  const key = { id: keyId(), secret: keySecret() }
  const hash = await sha256(key.secret)
  await createWorkspace(c.env.DB, workspace, Date.now(), {
    id: key.id,
    name: 'First key',
    hash,
    scopes: ['admin'],
  })
  return json(
    { ...show(workspace), key: { id: key.id, secret: keyText(key), scopes: ['admin'] } },
    201,
  )
})

/** `/v1/workspace`: the workspace of the key. */
export const workspaceRoutes = new Hono<Guarded>()
  .get('/', guard('read'), (c) => {
    readQuery(c.req.raw, {})
    return taggedJson(c.req.raw, show(c.get('workspace')))
  })
  .patch('/', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const change = await readJson(c.req.raw, changeBody)
    const workspace = c.get('workspace')
    await changeWorkspace(c.env.DB, workspace.id, change)
    return json(show({ ...workspace, ...change }))
  })
