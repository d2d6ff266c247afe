import { expect, test } from 'vitest'
import { sources } from '../../src/sources/index.ts'
import { call, newWorkspace } from './client.ts'

interface Vendor {
  readonly vendor: string
  readonly docs: string
  readonly config: readonly string[]
  readonly types: readonly string[]
  readonly setup: readonly string[]
  readonly becomes: readonly { readonly event: string; readonly what: string }[]
}

test('every vendor is listed with what has to be done there and here', async () => {
  const client = await newWorkspace()

  const answer = await client.get('/v1/vendors')
  const { items, next } = await answer.json<{ items: Vendor[]; next: null }>()

  expect(items.map(({ vendor }) => vendor)).toEqual(sources.map(({ vendor }) => vendor))
  expect(next).toBeNull()
  expect(items.find(({ vendor }) => vendor === 'hubspot')).toMatchObject({
    label: 'HubSpot',
    config: ['signature', 'url', 'qualified', 'stages', 'ticketStages'],
    types: expect.arrayContaining(['deal.won']),
    setup: expect.arrayContaining([expect.stringContaining('paste the `url`')]),
    becomes: expect.arrayContaining([{ event: 'deal.creation', what: '`deal.created`' }]),
  })
})

test('the list is tagged, wants a key and has no parameters', async () => {
  const client = await newWorkspace()
  const { headers } = await client.get('/v1/vendors')
  const tag = headers.get('etag') ?? ''

  expect((await client.get('/v1/vendors', { 'if-none-match': tag })).status).toBe(304)
  expect((await call('/v1/vendors')).status).toBe(401)
  expect((await client.get('/v1/vendors?limit=1')).status).toBe(422)
})
