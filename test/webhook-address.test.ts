import { expect, test } from 'vitest'
import { addressRule } from '../src/webhook-address.ts'

const own = 'tidemark.example.org'

test.each([
  'https://hooks.slack.com/services/T000/B000/XXXX',
  'https://discord.com/api/webhooks/1/abc/slack',
  'https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c?d=e&f=g',
  'https://xn--bcher-kva.ch/hook',
  'https://hooks.slack.com./services/T000',
  'https://a.b.c.d.co.uk/',
  'https://10.com/x',
])('%s may be called', (url) => {
  expect(addressRule(url, own)).toBe(null)
})

/**
 * What has led servers to call themselves: reference list X33 of this project; OWASP, Server-Side Request
 * Forgery Prevention Cheat Sheet; PayloadsAllTheThings, "Server Side Request Forgery"; RFC 6890 and the
 * IANA registries of special-purpose addresses that go on from it.
 */
const hostile = [
  // Schemes, and what parsers make of a text that is hardly an address.
  'http://hooks.slack.com/services',
  'ftp://hooks.slack.com/',
  'file:///etc/passwd',
  'data:text/html,x',
  'gopher://127.0.0.1/',
  'dict://127.0.0.1:11211/stat',
  'jar:https://evil.com!/x',
  'javascript:alert(1)',
  '//127.0.0.1',
  'https:127.0.0.1',
  'https:/127.0.0.1',
  'https:///127.0.0.1',
  'https:\\\\127.0.0.1/',
  'https:/\\evil.com',
  '\thttps://evil.com',
  ' https://evil.com',
  'https://evil.com ',
  'https://127.0.0.1\n.ok.com',
  'https://ok.com\r\nHost: evil',
  'HTTPS://evil.com/',
  '',
  'evil.com',
  // Users, ports and what looks like another host.
  'https://user@ok.com/',
  'https://user:secret@ok.com/',
  'https://evil.com@127.0.0.1/',
  'https://127.0.0.1#@ok.com/',
  'https://ok.com#fragment',
  'https://ok.com\\@127.0.0.1/',
  'https://1.1.1.1 &@127.0.0.1/',
  'https://a.b%2f@127.0.0.1',
  'https://ok.com:80/',
  'https://ok.com:22/',
  'https://ok.com:0/',
  'https://ok.com:8443/',
  'https://ok.com:65536/',
  // The loopback, in every way to write it.
  'https://127.0.0.1/',
  'https://127.1/',
  'https://127.0.1/',
  'https://127.255.255.254/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.1/',
  'https://0x7f.0.0.0x1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://127.0.0.1./',
  'https://①②⑦.⓪.⓪.①/',
  'https://127。0。0。1/',
  'https://%31%32%37.0.0.1/',
  'https://127.0.0.1%00.ok.com/',
  'https://0/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://[::]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::1%25lo]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  // Networks that are nobody's business, block by block.
  'https://10.0.0.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://169.254.170.2/v2/credentials',
  'https://2852039166/',
  'https://0xa9fea9fe/',
  'https://0251.0376.0251.0376/',
  'https://172.16.0.1/',
  'https://192.0.0.1/',
  'https://192.0.2.1/',
  'https://192.88.99.1/',
  'https://192.168.0.1/',
  'https://198.18.0.1/',
  'https://198.51.100.1/',
  'https://203.0.113.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://[100::1]/',
  'https://[2001::1]/',
  'https://[2001:db8::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
  'https://[3fff::1]/',
  'https://[5f00::1]/',
  // Numbers that are public are none of a team's webhooks either.
  'https://1.1.1.1/',
  'https://[2606:4700:4700::1111]/',
  // Names that are not in public DNS.
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://a.localhost/',
  'https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'https://localhost.localdomain/',
  'https://metadata/',
  'https://metadata.google.internal/',
  'https://instance-data.ec2.internal/',
  'https://kubernetes.default.svc.cluster.local/',
  'https://printer.local/',
  'https://router.home.arpa/',
  'https://router.lan/',
  'https://wiki.corp/',
  'https://wiki.intranet/',
  'https://x.onion/',
  'https://x.test/',
  'https://x.invalid/',
  'https://1.0.0.127.in-addr.arpa/',
  'https://intranet/',
  // Public names that lead where somebody likes.
  'https://127.0.0.1.nip.io/',
  'https://app.10-0-0-1.sslip.io/',
  'https://localtest.me/',
  'https://a.localtest.me/',
  'https://lvh.me/',
  'https://7f000001.c0a80001.rbndr.us/',
  // Names that are none.
  'https://-a.com/',
  'https://a_b.com/',
  'https://a..com/',
  'https://.com/',
  'https://ex*mple.com/',
  'https://example.c/',
  `https://${'a'.repeat(64)}.com/`,
  `https://${'a.'.repeat(130)}com/`,
  // This deployment.
  'https://tidemark.example.org/v1/facts',
  'https://TIDEMARK.example.org/hooks/x',
]

test('the list of hostile addresses is long, and names each once', () => {
  expect(hostile.length).toBeGreaterThan(120)
  expect(new Set(hostile).size).toBe(hostile.length)
})

test.each(hostile)('%j may not be called, and it says why', (url) => {
  expect(addressRule(url, own)).toMatch(/^(?:Expected|The name|The address)/)
})
