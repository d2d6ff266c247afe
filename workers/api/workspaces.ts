import { Hono } from 'hono'
import * as v from 'valibot'
import { isZone } from '../../src/day.ts'
import { keyText } from '../../src/key.ts'
import { sha256 } from '../../src/sign.ts'
import { type Workspace, createWorkspace } from '../../src/store/workspaces.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard, requireAdminKey } from '../guard.ts'
import { readQuery } from '../query.ts'
import { keyId, keySecret, publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const workspaceBody = v.strictObject({
  name: nameField,
  timeZone: v.pipe(
    v.string('Expected an IANA time zone'),
    v.check(isZone, 'Expected an IANA time zone such as "Europe/Warsaw"'),
  ),
  currency: v.pipe(
    v.string('Expected an ISO 4217 code'),
    v.check((code) => currencies.has(code), 'Expected an ISO 4217 code such as "EUR"'),
  ),
})

/** A workspace as the API shows it. */
function show({ id, name, zone, currency }: Omit<Workspace, 'closed'>) {
  return { id, name, timeZone: zone, currency }
}

/** `POST /v1/workspaces`, for the deployment's own key only; its first key is shown this once. */
export const workspacesRoutes = new Hono<{ Bindings: Env }>().post('/', async (c) => {
  await requireAdminKey(c.req.raw, c.env)
  readQuery(c.req.raw, {})
  const { name, timeZone, currency } = await readJson(c.req.raw, workspaceBody)
  const workspace = { id: publicId(), name, zone: timeZone, currency }
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

/** `GET /v1/workspace`: the workspace of the key. */
export const workspaceRoutes = new Hono<Guarded>().get('/', guard('read'), (c) => {
  readQuery(c.req.raw, {})
  return taggedJson(c.req.raw, show(c.get('workspace')))
})
