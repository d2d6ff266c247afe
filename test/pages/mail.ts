import { SaxesParser } from 'saxes'

/** An element of a mail, with where it stands. */
export interface MailElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The declarations of its own style. */
  readonly style: Readonly<Record<string, string>>
  readonly parent: MailElement | null
  /** The text directly inside it. */
  text: string
}

/** Every element of a mail, in order. @throws Error where it is not well-formed XML. */
export function elementsOf(html: string): MailElement[] {
  const parser = new SaxesParser({ xmlns: true })
  const open: MailElement[] = []
  const all: MailElement[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const plain = Object.fromEntries(
      Object.entries(attributes).map(([key, { value }]) => [key, value]),
    )
    const style = declarations(plain['style'] ?? '')
    const element = { name, attributes: plain, style, parent: open.at(-1) ?? null, text: '' }
    open.push(element)
    all.push(element)
  })
  parser.on('text', (text) => {
    const inside = open.at(-1)
    if (inside !== undefined) inside.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(html).close()
  return all
}

function declarations(style: string): Record<string, string> {
  const pairs = style.split(';').map((declaration): [string, string] => {
    const at = declaration.indexOf(':')
    return [declaration.slice(0, at), declaration.slice(at + 1)]
  })
  return Object.fromEntries(pairs.filter(([name]) => name !== ''))
}

/** The mail as Outlook on Windows reads it: what others take for comments is part of it. */
export function asOutlook(html: string): string {
  return html.replaceAll('<!--[if mso]>', '').replaceAll('<![endif]-->', '')
}

/** What the style sheet says of classes on a dark screen: `tm-ink` → `{ color: '#…' }`. */
export function darkRules(html: string): Map<string, Readonly<Record<string, string>>> {
  const [, sheet = ''] = /@media \(prefers-color-scheme:dark\)\{\n([^]*?)\n\}/.exec(html) ?? []
  return new Map(
    [...sheet.matchAll(/^\.([\w-]+)\{([^}]*) !important\}$/gm)].map(([, name = '', style = '']) => [
      name,
      declarations(style),
    ]),
  )
}

/** The value of a property on a light or dark screen: the element's own, or of what it stands in. */
export function shown(
  element: MailElement,
  property: string,
  dark: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(),
): string | null {
  const classes = (element.attributes['class'] ?? '').split(' ')
  const ruled = classes.map((name) => dark.get(name)?.[property]).find((value) => value)
  const own = ruled ?? element.style[property]
  if (own !== undefined) return own
  return element.parent === null ? null : shown(element.parent, property, dark)
}
