import { base64, joined, utf8 } from '../../src/bytes.ts'
import { hmac } from '../../src/sign.ts'
import type { Client } from './client.ts'
import { type TeamSource, newSource } from './hooks.ts'
import { exports } from 'cloudflare:workers'

/** What a vendor sends: bytes or a text as they are, anything else as JSON. */
export type Content = Uint8Array<ArrayBuffer> | string | object

/** The vendor's side of a source, which signs what it sends. */
export interface Sender extends TeamSource {
  readonly request: (content: Content, headers?: Record<string, string>) => Promise<Request>
  /** The same through the front door. */
  readonly send: (content: Content, headers?: Record<string, string>) => Promise<Response>
}

type Sign = (
  body: Uint8Array<ArrayBuffer>,
  url: string,
) => Record<string, string> | Promise<Record<string, string>>

function bytesOf(content: Content): Uint8Array<ArrayBuffer> {
  if (content instanceof Uint8Array) return content
  return utf8(typeof content === 'string' ? content : JSON.stringify(content))
}

function senderOf(source: TeamSource, sign: Sign, url = source.url): Sender {
  const request = async (content: Content, more: Record<string, string> = {}) => {
    const body = bytesOf(content)
    const headers = { ...(await sign(body, url)), ...more }
    return new Request(url, { method: 'POST', headers, body, redirect: 'manual' })
  }
  return {
    ...source,
    request,
    send: async (content, headers) => exports.default.fetch(await request(content, headers)),
  }
}

export const shopSecret = 'shopify-secret'

/** As Shopify signs, with whichever secret; a new order unless another topic is given. */
export const asShopify =
  (secret: string): Sign =>
  async (body) => ({
    'x-shopify-hmac-sha256': base64(await hmac('SHA-256', utf8(secret), body)),
    'x-shopify-topic': 'orders/create',
  })

/** The same source, signed for with another secret. */
export const withSecret = (source: TeamSource, secret: string) =>
  senderOf(source, asShopify(secret))

/** A Shopify shop with its source. */
export async function newShop(client: Client): Promise<Sender> {
  return withSecret(await newSource(client, 'shopify', { secrets: [shopSecret] }), shopSecret)
}

/** A HubSpot account with its source. */
export async function newHub(client: Client, config: object = {}): Promise<Sender> {
  const secret = 'hubspot-client-secret'
  const source = await newSource(client, 'hubspot', { secrets: [secret], config })
  return senderOf(source, async (body, url) => {
    const stamp = String(Date.now())
    const digest = await hmac(
      'SHA-256',
      utf8(secret),
      joined(utf8(`POST${url}`), body, utf8(stamp)),
    )
    return { 'x-hubspot-signature-v3': base64(digest), 'x-hubspot-request-timestamp': stamp }
  })
}

/** A Pipedrive company with its source. */
export async function newPipeline(client: Client, config: object = {}): Promise<Sender> {
  const secret = 'tidemark:pipedrive-password'
  const source = await newSource(client, 'pipedrive', { secrets: [secret], config })
  return senderOf(source, () => ({ authorization: `Basic ${base64(utf8(secret))}` }))
}

/** A Salesforce organization with its source; its secret is the end of the path. */
export async function newOrganization(client: Client): Promise<Sender> {
  const secret = 'salesforce-path-token'
  const source = await newSource(client, 'salesforce', { secrets: [secret] })
  return senderOf(source, () => ({}), `${source.url}/${secret}`)
}

/** An order that has just been placed. */
export const orderOf = (id: number, more: object = {}) => ({
  id,
  created_at: new Date().toISOString(),
  total_price: '12.50',
  currency: 'EUR',
  customer: { id: 77 },
  ...more,
})

/** A change as HubSpot tells it. */
export const changeOf = (eventId: number, more: object) => ({
  portalId: 1,
  subscriptionId: 2,
  eventId,
  occurredAt: Date.now(),
  objectId: 9,
  subscriptionType: 'deal.propertyChange',
  attemptNumber: 0,
  ...more,
})
