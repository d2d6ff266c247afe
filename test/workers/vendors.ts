import { exports } from 'cloudflare:workers'
import { signingOf } from '../sources/signing.ts'
import type { Client } from './client.ts'
import { type TeamSource, newSource } from './hooks.ts'

/** A vendor with a source of its own, which signs what it sends as it does. */
export interface Sender extends TeamSource {
  readonly request: (body: Uint8Array<ArrayBuffer>, more?: Sending) => Promise<Request>
  /** The same through the front door. */
  readonly send: (body: Uint8Array<ArrayBuffer>, more?: Sending) => Promise<Response>
}

interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** The id of the message, where the scheme signs one. */
  readonly id?: string
}

/** A new source of any vendor, and its sender. */
export async function newSender(
  client: Client,
  vendor: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<Sender> {
  const { config: needed, secret, sign } = signingOf(vendor)
  const source = await newSource(client, vendor, {
    secrets: [secret],
    config: { ...config, ...needed },
  })
  const { url } = source
  const request: Sender['request'] = async (body, { headers = {}, id = 'msg_1' } = {}) => {
    const signed = await sign(body, { secret, now: Date.now(), url, id })
    return new Request(url, { method: 'POST', body, headers: { ...headers, ...signed.headers } })
  }
  return {
    ...source,
    request,
    send: async (body, more) => exports.default.fetch(await request(body, more)),
  }
}
