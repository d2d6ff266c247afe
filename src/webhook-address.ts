/**
 * Domains that nobody can have in public: reserved by RFC 2606, 6761, 6762, 7686, 8375 and 9476 and by ICANN
 * for private use, or in use inside of networks all the same.
 */
const reserved = [
  'alt',
  'arpa',
  'corp',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'onion',
  'private',
  'test',
]

/** Public names that answer with whatever address is written in them, or with the loopback's. */
const mirrors = [
  'backname.io',
  'lacolhost.com',
  'localtest.me',
  'lvh.me',
  'nip.io',
  'rbndr.us',
  'sslip.io',
  'traefik.me',
  'vcap.me',
  'xip.io',
]

const isUnder = (host: string, domains: readonly string[]) =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`))

/**
 * The rule that the address of a webhook breaks, or `null`. What it may be is little, so that what it may not
 * need not be known: `https`, the default port, and a name in public DNS. Addresses in numbers are none,
 * however they are written: URLs turn `0x7f.1`, `①②⑦.1` and `2130706433` into four of them first.
 * Where the name leads is not known here, so redirects must not be followed.
 *
 * @param own the host that asks, which must not be told of its own alerts.
 */
export function addressRule(text: string, own: string): string | null {
  // Parsers agree on nothing but plain addresses: no blanks, no control characters, no backslashes.
  if (!/^https:\/\/[^\s\\/?#@]+(?:[/?][^\s\\#]*)?$/.test(text) || !/^[\x21-\x7e]+$/.test(text)) {
    return 'Expected an address that begins with https://, without user, fragment, blanks and backslashes'
  }
  if (!URL.canParse(text)) return 'Expected an address'
  const { protocol, username, password, port, hostname } = new URL(text)
  if (protocol !== 'https:' || username !== '' || password !== '')
    return 'Expected an https:// address'
  if (port !== '') return 'Expected no port: only 443 is used'
  return nameRule(hostname.replace(/\.$/, ''), own)
}

function nameRule(host: string, own: string): string | null {
  const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
  const name = new RegExp(`^(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$`)
  if (host.length > 253 || !name.test(host))
    return 'Expected a name in public DNS, not an address in numbers'
  if (isUnder(host, reserved)) return `The name "${host}" is not in public DNS`
  if (isUnder(host, mirrors))
    return `The name "${host}" leads to any address that somebody writes in it`
  return host === own.toLowerCase() ? 'The address is this deployment itself' : null
}
