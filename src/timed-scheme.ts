import { joined, parseHex, utf8 } from './bytes.ts'
import {
  type Scheme,
  headerOf,
  hmacScheme,
  only,
  pairsOf,
  parseStamp,
  sharedSecretRule,
} from './scheme.ts'

/** Where a vendor writes the time and the signatures of a request, and what it signs. */
export interface TimedHeader {
  /** The header as the vendor writes it, such as `Stripe-Signature`. */
  readonly header: string
  readonly separator: ',' | ';'
  /** The name of the time, in whole seconds since 1970 UTC. */
  readonly time: string
  /** The name of each signature: while a secret is being replaced there are two. */
  readonly signature: string
  /** What stands between the time and the body in what is signed. */
  readonly joint: string
  readonly secretRule?: (secret: string) => string | null
}

/** A scheme whose one header holds a time and its signatures, such as `t=1614265330,v1=af4e…`. */
export function timedScheme({
  header,
  separator,
  time,
  signature,
  joint,
  secretRule = sharedSecretRule,
}: TimedHeader): Scheme {
  return hmacScheme({
    label: `HMAC-SHA256 of the time, \`${joint}\` and the body, hexadecimal, as \`${signature}\` in \`${header}\``,
    secretRule,
    claim(inbound) {
      const text = headerOf(inbound, header.toLowerCase())
      if (text === null) return `${header} is missing`
      // A header that was sent twice is joined by a comma and a blank: its two times are one too many.
      const pairs = pairsOf(text.replaceAll(', ', separator), separator)
      const digits = only(pairs, time) ?? ''
      const seconds = parseStamp(digits)
      if (seconds === null) return `${header} holds no single time ${time} in whole seconds`
      const signatures = pairs
        .map(([name, value]) => (name === signature ? parseHex(value) : null))
        .filter((bytes) => bytes !== null)
      if (signatures.length === 0)
        return `${header} holds no ${signature} in lower-case hexadecimal`
      const message = joined(utf8(digits + joint), inbound.body)
      return { signatures, message, time: seconds * 1000 }
    },
  })
}
