import { byHand } from './by-hand.ts'
import { type Font, type FontGlyph, type FontPoint, readFont } from './true-type.ts'

/** The code points that are drawn, as in src/text.ts, with the signs of currencies. */
const runs: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x490, 0x491],
  [0x2010, 0x2026],
  [0x2030, 0x2030],
  [0x20a9, 0x20ac],
  [0x20b4, 0x20bd],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2190, 0x2199],
  [0x2212, 0x2212],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x25b2, 0x25bc],
]

/** What the face lacks and another glyph can stand for. */
const alike = new Map([[0x2011, 0x2010]])

/** Arrows that the face lacks: → turned to the left by so many degrees. */
const turned = new Map([
  [0x2196, 135],
  [0x2197, 45],
  [0x2198, -45],
  [0x2199, -135],
])

/** The grid that coordinates are rounded to, in parts of the size of the text. */
const grid = 1024

/** Symbols for numbers, without those that end a string or separate shapes and their parts. */
const symbols = Array.from({ length: 92 }, (_, index) => String.fromCharCode(35 + index))
  .filter((symbol) => symbol !== "'" && symbol !== '\\')
  .join('')

/** The module src/glyphs.ts, made of a face of the Liberation family, version 2. */
export function bake(file: Buffer): string {
  const font = readFont(file)
  const codes = runs.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  )
  const drawn: number[] = []
  const places = new Map<number, number>()
  const place = (glyph: number) => {
    const known = places.get(glyph)
    if (known !== undefined) return known
    places.set(glyph, codes.length + drawn.length)
    return codes.length + drawn.push(glyph) - 1
  }
  const shapes = codes.map((code, index) => {
    const turn = turned.get(code)
    if (turn !== undefined) return turnedArrow(font, turn)
    const sign = byHand.get(String.fromCharCode(code))
    if (sign !== undefined) {
      const letter = codes.indexOf(sign.letter.charCodeAt(0))
      return `${letter < 0 ? '' : reference(letter, 0, 0)}${outlines(sign.contours, grid)}`
    }
    const glyph = font.glyphOf(alike.get(code) ?? code)
    if (glyph === undefined) return ''
    const twin = places.get(glyph)
    if (twin !== undefined) return reference(twin, 0, 0)
    places.set(glyph, index)
    return shapeOf(font, glyph, place)
  })
  // Parts of letters that are no characters themselves may have parts of their own.
  for (let index = 0; index < drawn.length; index++) {
    shapes.push(shapeOf(font, drawn[index] ?? 0, place))
  }
  return moduleOf(shapes.join(' '), heightOf(font, 'x'), heightOf(font, 'H'))
}

function shapeOf(font: Font, glyph: number, place: (glyph: number) => number): string {
  const { contours, components } = font.glyph(glyph)
  const scale = grid / font.unitsPerEm
  const parts = components.map(({ glyph, dx, dy }) =>
    reference(place(glyph), Math.round(dx * scale), Math.round(dy * scale)),
  )
  return parts.join('') + outlines(contours, scale)
}

function reference(place: number, dx: number, dy: number): string {
  return `!${number(place)}${number(zigzag(dx))}${number(zigzag(dy))}`
}

function outlines(contours: FontGlyph['contours'], scale: number): string {
  return contours
    .map((contour) =>
      outline(
        contour.map(({ x, y, on }) => ({ x: Math.round(x * scale), y: Math.round(y * scale), on })),
      ),
    )
    .join('')
}

/** Steps from point to point; the lowest bit of the first coordinate marks points that are off. */
function outline(points: readonly FontPoint[]): string {
  const start = points.findIndex(({ on }) => on)
  const ordered = [...points.slice(start), ...points.slice(0, start)]
  if (start < 0) throw new RangeError('The font has a contour without a point on it')
  let before = { x: 0, y: 0 }
  const steps = ordered.map((point) => {
    const across = 2 * zigzag(point.x - before.x) + (point.on ? 0 : 1)
    const up = zigzag(point.y - before.y)
    before = point
    return number(across) + number(up)
  })
  return `"${steps.join('')}`
}

function turnedArrow(font: Font, degrees: number): string {
  const { contours } = font.glyph(font.glyphOf(0x2192) ?? 0)
  const all = contours.flat()
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const [x, y] = [middle(all.map((point) => point.x)), middle(all.map((point) => point.y))]
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const moved = contours.map((contour) =>
    contour.map((point) => ({
      x: x + (point.x - x) * cos - (point.y - y) * sin,
      y: y + (point.x - x) * sin + (point.y - y) * cos,
      on: point.on,
    })),
  )
  return outlines(moved, grid / font.unitsPerEm)
}

function heightOf(font: Font, character: string): number {
  const { contours } = font.glyph(font.glyphOf(character.charCodeAt(0)) ?? 0)
  return Math.max(...contours.flat().map(({ y }) => y)) / font.unitsPerEm
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** Digits of base 30, marked as having a successor, and a last one of base 60. */
function number(value: number): string {
  let text = symbols.charAt(value % 60)
  for (let rest = Math.floor(value / 60); rest > 0; rest = Math.floor(rest / 30)) {
    text = symbols.charAt(60 + (rest % 30)) + text
  }
  return text
}

const lineLength = 180

function moduleOf(shapes: string, xHeight: number, capHeight: number): string {
  const lines = shapes.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []
  const listed = runs
    .map(([first, last]) => `  [0x${first.toString(16)}, 0x${last.toString(16)}],\n`)
    .join('')
  return `/**
 * Outlines of letters, baked by test/glyphs from a face under the SIL Open Font License 1.1, of which
 * this is a modified version under the same licence: glyphs.OFL.txt. Digitized data copyright (c) 2010
 * Google Corporation, copyright (c) 2012 Red Hat, Inc. Not to be edited by hand; src/outline.ts reads it.
 */

/** How tall x and H are, in parts of the size of the text. */
export const xHeight = ${xHeight.toFixed(4)}
export const capHeight = ${capHeight.toFixed(4)}

/** The first and the last code point of each run; the shapes have them in this order. */
export const runs: readonly (readonly [first: number, last: number])[] = [
${listed}]

/** One shape for each code point, empty where there is none, then those that are only parts of others. */
export const shapes =
${lines.map((line) => `  '${line}'`).join(' +\n')}
`
}
