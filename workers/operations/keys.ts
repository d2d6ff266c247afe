import * as v from 'valibot'
import { scopes } from '../../src/key.ts'
import { keyBody } from '../api/keys.ts'
import { listQuery } from '../api/list.ts'
import { type Section, json } from '../operation.ts'
import { instant, like, pageOf } from './fields.ts'

const granted = v.array(v.picklist(scopes))
const fields = { id: like('q8Zr0LmT2bXw'), name: like('Website'), scopes: granted }

const Key = v.object({ ...fields, created: instant, revoked: v.nullable(instant) })

const NewKey = v.object({
  ...fields,
  secret: v.pipe(
    like('tm_q8Zr0LmT2bXw_4t…'),
    v.description('The key itself, shown this once and kept nowhere'),
  ),
})

export const keys: Section = {
  name: 'Keys',
  about: 'Keys of a workspace. A scope is read, write or admin, which includes the others.',
  schemas: { Key, NewKey },
  operations: {
    'GET /v1/keys': {
      id: 'listKeys',
      summary: 'List keys',
      needs: 'admin',
      query: listQuery,
      answers: { 200: pageOf(Key) },
    },
    'POST /v1/keys': {
      id: 'createKey',
      summary: 'Make a key',
      needs: 'admin',
      bodies: json(keyBody, { name: 'Website', scopes: ['read'] }),
      answers: { 201: NewKey },
    },
    'DELETE /v1/keys/{id}': {
      id: 'revokeKey',
      summary: 'Revoke a key',
      needs: 'admin',
      answers: { 204: null },
    },
  },
}
