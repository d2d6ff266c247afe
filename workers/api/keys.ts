import { Hono } from 'hono'
import * as v from 'valibot'
import { keyText, scopes } from '../../src/key.ts'
import { Problem } from '../../src/problem.ts'
import { sha256 } from '../../src/sign.ts'
import { type Key, createKey, listKeys, revokeKey } from '../../src/store/keys.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { keyId, keySecret } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

/** What a key is made of. */
export const keyBody = v.strictObject({
  name: v.optional(nameField, 'Key'),
  scopes: v.pipe(
    v.array(
      v.picklist(scopes, `Expected one of ${scopes.join(', ')}`),
      'Expected a list of scopes',
    ),
    v.minLength(1, 'Expected at least one scope'),
    v.check((list) => new Set(list).size === list.length, 'Expected each scope once'),
  ),
})

function show({ id, name, scopes: granted, created, revoked }: Key) {
  return {
    id,
    name,
    scopes: granted,
    created: new Date(created).toISOString(),
    revoked: revoked === null ? null : new Date(revoked).toISOString(),
  }
}

/** `/v1/keys`: a secret is shown once, when it is made, and never again. */
export const keyRoutes = new Hono<Guarded>()
  .get('/', guard('admin'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const rows = await listKeys(c.env.DB, c.get('workspace').id, { cursor, limit: limit + 1 })
    const page = listPage(c.req.raw, rows, limit, ({ id }) => id, show)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .post('/', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const { name, scopes: granted } = await readJson(c.req.raw, keyBody)
    const key = { id: keyId(), secret: keySecret() }
    const hash = await sha256(key.secret)
    const workspace = c.get('workspace').id
    await createKey(c.env.DB, { id: key.id, workspace, name, hash, scopes: granted }, Date.now())
    return json({ id: key.id, name, secret: keyText(key), scopes: granted }, 201)
  })
  .delete('/:id', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await revokeKey(c.env.DB, c.get('workspace').id, id, Date.now()))) {
      throw new Problem('not-found', `No key "${id}" is in use here`)
    }
    return new Response(null, { status: 204 })
  })
