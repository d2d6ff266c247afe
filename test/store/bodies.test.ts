import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { looksOf } from '../../src/looks.ts'
import { conflictName, deliver, keepConflict } from '../../src/store/deliveries.ts'
import { readDelivery } from '../../src/store/kept.ts'
import { createSource } from '../../src/store/sources.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'

const now = Date.parse('2026-03-10T12:00:00Z')

test.each<[what: string, body: Uint8Array<ArrayBuffer>]>([
  ['nothing', utf8('')],
  ['ASCII', utf8('{"a":1}\r\n')],
  ['characters of two, three and four bytes', utf8('é€😀')],
  ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
  ['a NUL within', utf8('a\u0000b')],
  ['half a character', new Uint8Array([0x22, 0xc3, 0x22])],
  ['a surrogate as if it were a character', new Uint8Array([0xed, 0xa0, 0x80])],
])('%s comes back byte for byte, from a delivery and from a conflict', async (what, body) => {
  const workspace = `w ${what}`
  const source = `s ${what}`
  await createWorkspace(env.DB, { id: workspace, name: 'x', zone: 'UTC', currency: 'EUR' }, now)
  const fields = { vendor: 'shopify', name: 'x', config: {}, secrets: [], retention: 30 }
  await createSource(env.DB, { id: source, workspace, ...fields }, now, 100)
  const named = { id: 'd', digest: 'a'.repeat(64) }
  const said = { source, version: 1, state: 'ignored', reason: null, headers: {}, body } as const
  const delivery = { ...said, ...named }
  const brought = {
    facts: [],
    remember: new Map<string, string>(),
    recalled: new Map<string, null>(),
    looks: looksOf([]),
  }

  await deliver(env.DB, { workspace, delivery, received: now, ...brought })
  await keepConflict(env.DB, { workspace, delivery, received: now })

  const first = await readDelivery(env.DB, workspace, { source, name: 'd' })
  const other = await readDelivery(env.DB, workspace, { source, name: conflictName(named) })
  expect(first?.body).toEqual(body)
  expect(other?.body).toEqual(body)
})
