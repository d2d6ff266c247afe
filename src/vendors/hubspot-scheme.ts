import { joined, parseBase64, parseHex, parseUtf8, utf8 } from '../bytes.ts'
import {
  type Inbound,
  type Scheme,
  type Verdict,
  headerOf,
  hmacScheme,
  parseStamp,
  refused,
  sharedSecretRule,
} from '../scheme.ts'
import { equalDigests, sha256 } from '../sign.ts'

/** The three ways HubSpot has signed requests, the newest last. */
export const signatures = ['v1', 'v2', 'v3'] as const

/**
 * How HubSpot signs.
 *
 * @param told the scheme, host and path that HubSpot sends to, where a proxy passes on another. What
 * follows `?` was signed as well and is taken from the request, so that nobody can change it.
 */
export function hubspotScheme(signature: (typeof signatures)[number], told?: string): Scheme {
  const scheme = signature === 'v3' ? keyed : plain(signature)
  if (told === undefined) return scheme
  return {
    ...scheme,
    verify: (inbound, secrets, now) =>
      scheme.verify({ ...inbound, url: told + queryOf(inbound.url) }, secrets, now),
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}

const asSent = hmacScheme({
  label:
    'HMAC-SHA256 of method, URL, body and `X-HubSpot-Request-Timestamp` (milliseconds), base64, in ' +
    '`X-HubSpot-Signature-v3`',
  claim(inbound) {
    const signature = parseBase64(headerOf(inbound, 'x-hubspot-signature-v3') ?? '')
    if (signature === null) return 'X-HubSpot-Signature-v3 holds no base64'
    const stamp = headerOf(inbound, 'x-hubspot-request-timestamp') ?? ''
    const time = parseStamp(stamp)
    if (time === null) return 'X-HubSpot-Request-Timestamp holds no time in milliseconds'
    const { method, url, body } = inbound
    return { signatures: [signature], message: joined(utf8(method + url), body, utf8(stamp)), time }
  },
})

/** The only escapes that HubSpot undoes before it signs a URL. */
const undone = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi

/**
 * HubSpot's documentation decodes some escapes of the URL before signing, its own libraries do not:
 * either is accepted.
 */
const keyed: Scheme = {
  ...asSent,
  async verify(inbound, secrets, now) {
    const verdict = await asSent.verify(inbound, secrets, now)
    const url = inbound.url.replace(undone, decodeURIComponent)
    return verdict.ok || url === inbound.url
      ? verdict
      : asSent.verify({ ...inbound, url }, secrets, now)
  },
}

/** Whoever has seen a request without a key can lengthen it, but only by bytes that are no text. */
const wholeText = ({ body }: Inbound): Verdict =>
  parseUtf8(body) === null ? refused('The body holds no valid UTF-8') : { ok: true }

/** Without key and time: whoever has seen such a request can send it again. */
function plain(version: 'v1' | 'v2'): Scheme {
  const subject = version === 'v1' ? 'secret and body' : 'secret, method, URL and body'
  const signed = ({ method, url }: Inbound) => (version === 'v1' ? '' : method + url)
  return {
    label: `SHA-256 of ${subject}, hexadecimal, in \`X-HubSpot-Signature\``,
    secretRule: sharedSecretRule,
    async verify(inbound, secrets) {
      if (headerOf(inbound, 'x-hubspot-signature-version') !== version) {
        return refused(`X-HubSpot-Signature-Version is not ${version}`)
      }
      const signature = headerOf(inbound, 'x-hubspot-signature') ?? ''
      if (parseHex(signature) === null) return refused('X-HubSpot-Signature holds no hexadecimal')
      for (const secret of secrets) {
        const digest = await sha256(joined(utf8(secret + signed(inbound)), inbound.body))
        if (equalDigests(digest, signature)) return wholeText(inbound)
      }
      return refused('The signature fits no secret in use')
    },
  }
}
