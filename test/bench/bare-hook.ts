interface Bindings {
  readonly DB: D1Database
  readonly ADMIN_KEY: string
}

const encoder = new TextEncoder()
let imported: Promise<CryptoKey> | undefined

/**
 * The least that takes a signed webhook: one HMAC of the body, one INSERT of it as it is. It reads nothing,
 * so the sender names the delivery in a header. Its secret is the only one that a host has for it.
 */
export default {
  async fetch(request: Request, { DB, ADMIN_KEY }: Bindings): Promise<Response> {
    imported ??= importKey(ADMIN_KEY)
    const body = await request.text()
    const signature = Uint8Array.from(
      atob(request.headers.get('x-shopify-hmac-sha256') ?? ''),
      (character) => character.charCodeAt(0),
    )
    const signed = encoder.encode(body)
    if (!(await crypto.subtle.verify('HMAC', await imported, signature, signed))) {
      return new Response(null, { status: 401 })
    }
    await DB.prepare('INSERT INTO hook (id, body) VALUES (?1, ?2)')
      .bind(request.headers.get('x-shopify-webhook-id'), body)
      .run()
    return Response.json({ state: 'stored' })
  },
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify'])
}
