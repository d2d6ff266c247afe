import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { base64, utf8 } from '../../src/bytes.ts'
import { hmac } from '../../src/sign.ts'
import { countFacts, newWorkspace } from './client.ts'
import { newSource, post } from './hooks.ts'

const secret = 'shopify-secret'

const order = {
  id: 1001,
  created_at: '2026-03-01T10:00:00Z',
  total_price: '12.50',
  currency: 'EUR',
  customer: { id: 77 },
}

async function signed(body: string, topic = 'orders/create'): Promise<Record<string, string>> {
  const digest = await hmac('SHA-256', utf8(secret), utf8(body))
  return { 'x-shopify-hmac-sha256': base64(digest), 'x-shopify-topic': topic }
}

test('first light', async () => {
  const client = await newWorkspace()
  const source = await newSource(client, 'shopify', { secrets: [secret] })
  const body = JSON.stringify(order)

  const answer = await post(source, body, await signed(body))
  const again = await post(source, body, await signed(body))
  const other = JSON.stringify({ ...order, total_price: '13' })
  const conflict = await post(source, other, await signed(other))
  const forged = await post(source, other, await signed(body))

  console.log(
    answer.status,
    await answer.json(),
    await again.json(),
    await conflict.json(),
    forged.status,
    await forged.text(),
  )
  const list = await client.get('/v1/deliveries?state=conflict')
  console.log(JSON.stringify(await list.json()))
  console.log(JSON.stringify(await (await client.get('/v1/sources')).json()))
  const stored = await client.get(`/v1/deliveries?state=stored&source=${source.id}`)
  console.log(JSON.stringify(await stored.json()))
  console.log(
    await (
      await client.post('/v1/deliveries/replay', { state: 'stored', source: source.id })
    ).text(),
  )
  expect(await countFacts(client.workspace)).toBe(1)
  console.log(
    (await env.DB.prepare('SELECT * FROM identity').all()).results.map((r) => ({ ...r, body: 0 })),
  )
})
