import { bend } from './contour.ts'
import { capHeight, xHeight } from './glyphs.ts'
import { type Curves, outlineOf } from './outline.ts'
import { textWidth } from './text.ts'

/** Words of one look. */
export interface Words {
  readonly text: string
  /** In units of the drawing. */
  readonly size: number
  readonly weight: 400 | 600
}

/** A line of text, in units of the drawing. */
export interface Line<Piece extends Words> {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** What the line is stretched or squeezed to, between its characters or with them. */
  readonly length: number | null
  readonly widened: boolean
  readonly pieces: readonly Piece[]
}

/** How much wider a bold stem is to either side, and how much thicker a bar, in parts of the size. */
const bolder = { across: 0.019, up: 0.007 }

/** The words of a line with the lines around their letters, as x, y, x, y …, in pixels. */
export function letter<Piece extends Words>(
  { x, y, anchor, length, widened, pieces }: Line<Piece>,
  scale: number,
): { piece: Piece; lines: number[][] }[] {
  const natural = pieces.reduce(
    (sum, { text, size, weight }) => sum + textWidth(text, size, weight),
    0,
  )
  const characters = pieces.reduce((sum, { text }) => sum + Array.from(text).length, 0)
  const width = length ?? natural
  const stretch = widened && natural > 0 ? width / natural : 1
  const space = widened || characters < 2 ? 0 : (width - natural) / (characters - 1)
  let place = x - (anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width)
  return pieces.map((piece) => {
    const lines: number[][] = []
    for (const character of piece.text) {
      const advance = textWidth(character, piece.size, piece.weight)
      // Letters stand on whole pixels, and so do their tops, which looks sharper than their true heights.
      const pen: Pen = {
        x: place * scale,
        y: Math.round(y * scale),
        stretch,
        size: piece.size * scale,
      }
      if (advance > 0 && /\S/.test(character)) {
        lines.push(...shapesOf(character, piece.weight, advance * scale, pen))
      }
      place += advance * stretch + space
    }
    return { piece, lines }
  })
}

interface Pen {
  readonly x: number
  readonly y: number
  readonly stretch: number
  /** In pixels. */
  readonly size: number
}

function shapesOf(character: string, weight: 400 | 600, advance: number, pen: Pen): number[][] {
  const curves = outlineOf(character.codePointAt(0) ?? 0)
  if (curves === null) return box(advance, pen)
  if (weight === 400) return curves.map((each) => placed(each, pen))
  // Four copies around the place, narrower by what they stand out, make one bold letter.
  const [across, up] = [bolder.across * pen.size, bolder.up * pen.size]
  const stretch = (pen.stretch * (advance - 2 * across)) / textWidth(character, pen.size)
  return [pen.x, pen.x + 2 * across].flatMap((x) =>
    [pen.y - up, pen.y + up].flatMap((y) =>
      curves.map((each) => placed(each, { ...pen, x, y, stretch })),
    ),
  )
}

/** The curves as straight pieces, where the pen is. */
function placed(curves: Curves, { x, y, stretch, size }: Pen): number[] {
  const across = (value = 0) => x + value * size * stretch
  const up = (value = 0) => y - fitted(value, size)
  const points = [across(curves[0]), up(curves[1])]
  for (let at = 2; at < curves.length; at += 4) {
    bend(
      points,
      [across(curves[at]), up(curves[at + 1])],
      [across(curves[at + 2]), up(curves[at + 3])],
    )
  }
  return points
}

/** A height in pixels, moved so that small letters and capitals end on whole ones. */
function fitted(value: number, size: number): number {
  const [small, large] = [Math.round(xHeight * size), Math.round(capHeight * size)]
  if (value <= 0) return value * size
  if (value <= xHeight) return (value / xHeight) * small
  if (value >= capHeight) return large + (value - capHeight) * size
  return small + ((value - xHeight) / (capHeight - xHeight)) * (large - small)
}

/** What stands for a character that there is no drawing of. */
function box(advance: number, { x, y, stretch, size }: Pen): number[][] {
  const line = size / 16
  const [left, right] = [x + line, x + advance * stretch - line]
  const top = y - Math.round(capHeight * size)
  return [
    [left, top, right, top, right, y, left, y],
    [left, top, left, y, right, y, right, top].map((value, index) => {
      const [low, high] = index % 2 === 0 ? [left, right] : [top, y]
      return value === low ? low + line : value === high ? high - line : value
    }),
  ]
}
