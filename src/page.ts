import { type Dress, accentSheet, challengeOrigin, plain } from './dress.ts'
import type { Language } from './language.ts'
import { type Content, type Markup, markup, render } from './markup.ts'
import { light } from './palette.ts'
import { sheet } from './sheet.ts'

/** What every page has, whatever it is about. */
interface Page {
  readonly language: Pick<Language, 'id' | 'direction'>
  readonly title: string
  readonly body: Content
  /** Room for pictures and code beside the column of text. */
  readonly wide?: boolean
  /** Whether search engines may list it; a page made for one person is never listed. */
  readonly listed?: boolean
  /** Whose page it is, and how that one looks. */
  readonly dress?: Dress
}

/** The brand mark: a waterline and the tide below it. */
const waves = 'M2 7h20M2 16c3.3-4 6.7-4 10 0s6.7 4 10 0'

/** The brand mark as a picture of its own, for the tab of a browser. */
export const icon: Markup = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="none" stroke="${light.accent}" stroke-width="2.5" d="${waves}"/></svg>`

/** Exactly the text inside `<style>`, the same for every page, so that one hash admits it. */
export const css: string = render(sheet)

/** The frame of every page: complete, with nothing to fetch but a logo, and nothing that needs a script. */
export function page(view: Page): Markup {
  const { language, title, body, wide = false, listed = false, dress = plain } = view
  const accent = accentSheet(dress)
  return markup`<!doctype html>
<html lang="${language.id}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${!listed && markup`\n<meta name="robots" content="noindex">`}
<title>${title}</title>
<style>${sheet}</style>${dress.sheet && markup`<style>${dress.sheet}</style>`}${accent && markup`<style>${accent}</style>`}
</head>
<body>
<main class="${wide ? 'wide' : 'narrow'}">
<p class="brand">${brand(dress)}</p>
${body}
</main>${dress.script && markup`\n<script>${dress.script}</script>`}${dress.challenge && markup`\n<script src="${challengeOrigin}/turnstile/v0/api.js" async defer></script>`}
</body>
</html>
`
}

function brand({ brand: name, logo }: Dress): Markup {
  if (logo !== null) return markup`<img src="${logo}" alt="${name ?? ''}">`
  if (name !== null) return markup`${name}`
  return markup`<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path d="${waves}"/></svg>Tidemark`
}
