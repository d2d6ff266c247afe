import type { Picture } from './chart.ts'
import { type Markup, markup, render } from './markup.ts'
import { memo } from './memo.ts'
import { dark, light, type Palette } from './palette.ts'

/** The colours to draw in; what follows the reader is drawn for paper and darkened by {@link night}. */
export function paletteOf({ theme, accent }: Picture): Palette {
  const palette = theme === 'dark' ? dark : light
  return accent === undefined ? palette : { ...palette, accent }
}

/** Paper beyond every edge, since a picture may be shown in a box of another shape. */
export function ground(picture: Picture, width: number, height: number): Markup | null {
  if (picture.theme === 'transparent') return null
  return markup`<path class="tm-bg" fill="${paletteOf(picture).bg}" d="M-${width}-${height}H${2 * width}V${2 * height}H-${width}z"/>`
}

/** What each class is drawn in, by attribute and by colour. */
const classes: readonly (readonly [
  name: string,
  attribute: 'fill' | 'stroke',
  colour: keyof Palette,
])[] = [
  ['bg', 'fill', 'bg'],
  ['ink', 'fill', 'ink'],
  ['muted', 'fill', 'muted'],
  ['grid', 'stroke', 'line'],
  ['track', 'fill', 'line'],
  ['line', 'stroke', 'accent'],
  ['fill', 'fill', 'accent'],
  ['hole', 'stroke', 'bg'],
  ['rule', 'stroke', 'muted'],
  ['whisker', 'stroke', 'ink'],
  ['up', 'fill', 'up'],
  ['mid', 'fill', 'mid'],
  ['down', 'fill', 'down'],
]

/** The names of the classes in a piece of a picture, each once and a space after it. */
export function classesIn(piece: Markup): string {
  const text = render(piece)
  const found = new Set<string>()
  for (let at = text.indexOf('tm-'); at >= 0; at = text.indexOf('tm-', at)) {
    const begin = at + 3
    for (at = begin; isLetter(text.charCodeAt(at)); at++);
    found.add(text.slice(begin, at))
  }
  let names = ''
  for (const name of found) names += `${name} `
  return names
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122
}

/** The same few rules for all pictures of a kind. */
const nights = memo(
  (accent: string) =>
    memo((used: string) => {
      const colours = { ...dark, accent }
      const names = used.split(' ')
      const rules = classes
        .filter(([name]) => names.includes(name))
        .map(([name, attribute, colour]) => markup`.tm-${name}{${attribute}:${colours[colour]}}`)
      return markup`@media(prefers-color-scheme:dark){${rules}}`
    }, 50),
  20,
)

/** The rules that darken a piece of a picture with its reader's system, as far as it has their classes. */
export function night(
  { theme, accent }: Picture,
  piece: Markup,
  used = classesIn(piece),
): Markup | null {
  if (theme === 'light' || theme === 'dark') return null
  return nights(accent ?? dark.accent)(used)
}
