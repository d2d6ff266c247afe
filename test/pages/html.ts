import { expect } from 'vitest'

/** A page that runs nothing, fetches nothing from elsewhere, and passes a policy without `unsafe`. */
export function expectInertPage(html: string): void {
  const tags = html.match(/<[a-z][^>]*>/g) ?? []
  const addresses = [...html.matchAll(/\s(?:href|src|srcset|action)="([^"]*)"/g)]

  expect(html).not.toMatch(/<(script|link|iframe|object|embed|base)\b/i)
  expect(tags.filter((tag) => /\s(on\w+|style)=/i.test(tag))).toEqual([])
  expect(addresses.filter(([, address]) => !/^(#|\/(?!\/))/.test(address ?? ''))).toEqual([])
}

/** How many elements a page has: foreign text must not add one. */
export function elements(html: string): number {
  return html.match(/<[a-z!/]/gi)?.length ?? 0
}

/** What it weighs on the wire, in bytes. */
export async function zipped(html: string): Promise<number> {
  const stream = new Blob([html]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}
