import type { Colour } from './canvas.ts'
import type { Pen } from './pen.ts'

/** Presentation attributes, as they are in force for an element. */
export type Style = Readonly<Record<string, string>>

/** What elements inside of one look like too, until they say otherwise. */
export const inherited: readonly string[] = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-linecap',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'text-anchor',
]

/** The style of an element with some attributes, inside of one with another style. */
export function inherit(outside: Style, attributes: Style): Style {
  const own = inherited.filter((name) => attributes[name] !== undefined)
  return { ...outside, ...Object.fromEntries(own.map((name) => [name, attributes[name] ?? ''])) }
}

/** What an element is filled with; `null` for nothing. */
export function fillOf(style: Style): Colour | null {
  return colourOf(style['fill'] ?? '#000000', style['fill-opacity'])
}

/** What the lines of an element are drawn in; `null` for nothing. */
export function strokeOf(style: Style): Colour | null {
  return colourOf(style['stroke'] ?? 'none', style['stroke-opacity'])
}

/** What the lines of an element are drawn with, where a unit is `scale` pixels. */
export function penOf(style: Style, scale: number): Pen {
  const dashes = style['stroke-dasharray']?.split(/[ ,]+/) ?? []
  return {
    width: Number(style['stroke-width'] ?? 1) * scale,
    round: style['stroke-linecap'] === 'round',
    dashes: dashes.map((dash) => Number(dash) * scale),
  }
}

/** Our pictures name colours as `#rrggbb` only. */
function colourOf(text: string, opacity = '1'): Colour | null {
  const [, ...digits] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text) ?? []
  const [red, green, blue] = digits.map((pair) => Number.parseInt(pair, 16))
  if (red === undefined || green === undefined || blue === undefined) return null
  return { red, green, blue, alpha: Math.round(Number(opacity) * 255) }
}
