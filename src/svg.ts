/** An element of a picture; `name` and attributes as written. */
export interface SvgElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (SvgElement | string)[]
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/**
 * Reads what src/markup.ts wrote: well-formed, attributes in double quotes, no comments, and no entities
 * but its five. XML that others wrote is read by src/xml.ts, which takes longer. `null` where there is no
 * element.
 */
export function readSvg(text: string): SvgElement | null {
  const root = { name: '', attributes: {}, children: [] as (SvgElement | string)[] }
  const open = [root]
  for (const [, end, name = '', attributes = '', empty, words] of text.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const inside = open.at(-1) ?? root
    if (words !== undefined) inside.children.push(plain(words))
    else if (end === '/') open.pop()
    else {
      const element = { name, attributes: attributesOf(attributes), children: [] }
      inside.children.push(element)
      if (empty === '') open.push(element)
    }
  }
  return root.children.find((child) => typeof child !== 'string') ?? null
}

function attributesOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/([\w:-]+)="([^"]*)"/g)
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, plain(value)]))
}

function plain(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
}
