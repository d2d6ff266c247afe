import { type Markup, markup, render } from './markup.ts'

/** Where a picture is, how large it is drawn, and what it is called where it is not seen. */
export interface Placed {
  /** Absolute, without an ending: `https://…/e/{id}`. */
  readonly address: string
  /** Query of the picture in the theme, with its `?`, or `''`. */
  readonly light: string
  readonly dark: string
  readonly width: number
  readonly height: number
  readonly alt: string
  /** Whether it looks the same on every ground. */
  readonly opaque: boolean
}

/** What is copied to show an embed elsewhere. */
export interface Snippets {
  readonly website: string
  readonly readme: string
  readonly notion: string
  readonly mail: string
  readonly sheets: string
  readonly shields: string
}

/** The lines that show an embed on other people's surfaces, ready to be pasted. */
export function snippetsOf(placed: Placed): Snippets {
  const { address, alt, opaque } = placed
  const page = `${address}.html`
  const picture = render(linked(page, opaque ? image(placed, '.svg') : themed(placed)))
  return {
    website: picture,
    // GitHub follows its own theme in a picture element, and takes HTML in Markdown.
    readme: opaque ? `[![${bracketed(alt)}](${address}.svg)](${page})` : picture,
    notion: page,
    // Mail programs show no SVG, and ignore a picture element.
    mail: render(linked(page, image(placed, '.png'))),
    sheets: `=IMPORTDATA("${address}.csv")`,
    shields: `https://img.shields.io/endpoint?url=${encodeURIComponent(`${address}.shields.json`)}`,
  }
}

function linked(page: string, content: Markup): Markup {
  return markup`<a href="${page}">${content}</a>`
}

function themed(placed: Placed): Markup {
  const dark = `${placed.address}.svg${placed.dark}`
  return markup`<picture><source media="(prefers-color-scheme: dark)" srcset="${dark}">${image(placed, `.svg${placed.light}`)}</picture>`
}

function image({ address, alt, width, height }: Placed, ending: string): Markup {
  return markup`<img src="${address}${ending}" alt="${alt}" width="${width}" height="${height}">`
}

/** Text between the brackets of a Markdown image. */
function bracketed(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&')
}
