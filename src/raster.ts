import { type Canvas, createCanvas, flood, paint } from './canvas.ts'
import { type Contour, contoursOf } from './contour.ts'
import type { Area } from './coverage.ts'
import { fill } from './fill.ts'
import { letter, type Line, type Words } from './lettering.ts'
import { stroke } from './pen.ts'
import { fillOf, inherit, inherited, penOf, type Style, strokeOf } from './style.ts'
import { readSvg, type SvgElement } from './svg.ts'

/** The elements and attributes that make a difference to the picture; others are passed over. */
export const drawn: Readonly<Record<string, readonly string[]>> = {
  svg: ['width', 'height', 'viewBox', ...inherited],
  g: ['display', ...inherited],
  path: ['d', 'display', ...inherited],
  text: ['x', 'y', 'direction', 'textLength', 'lengthAdjust', 'display', ...inherited],
  tspan: ['display', ...inherited],
}

interface Sheet {
  readonly canvas: Canvas
  /** All of it. */
  readonly area: Area
  /** How many pixels a unit of the drawing has. */
  readonly scale: number
}

/**
 * Draws a picture of ours as pixels: the part of SVG that src/charts write, as it looks at its own size on
 * paper, without its style sheet. `density` is how many pixels there are to one of CSS.
 *
 * @throws RangeError where the markup is no picture with a size.
 */
export function rasterize(svg: string, density: number): Canvas {
  const root = readSvg(svg)
  if (root === null) throw new RangeError('The markup is no picture')
  const sheet = sheetOf(root.attributes, density)
  draw(sheet, root, {})
  return sheet.canvas
}

function sheetOf({ width, height, viewBox }: SvgElement['attributes'], density: number): Sheet {
  const right = Math.round(Number(width) * density)
  const bottom = Math.round(Number(height) * density)
  if (!(right > 0 && bottom > 0)) {
    throw new RangeError(`The picture has no size: ${width} by ${height}`)
  }
  const units = Number(viewBox?.split(' ')[2] ?? width)
  const area = { left: 0, top: 0, right, bottom }
  return { canvas: createCanvas(right, bottom), area, scale: right / units }
}

function draw(sheet: Sheet, element: SvgElement, outside: Style): void {
  const { name, attributes, children } = element
  if (attributes['display'] === 'none') return
  const style = inherit(outside, attributes)
  if (name === 'text') drawText(sheet, element, style)
  else if (name === 'path') drawPath(sheet, attributes['d'] ?? '', style)
  else for (const child of children) if (typeof child !== 'string') draw(sheet, child, style)
}

function drawPath({ canvas, area, scale }: Sheet, data: string, style: Style): void {
  const contours = contoursOf(data, scale)
  const filling = fillOf(style)
  if (filling?.alpha === 255 && isGround(contours, area)) {
    flood(canvas, filling)
  } else if (filling !== null) {
    // Two points enclose nothing, which spares gridlines the work.
    const shapes = contours.map(({ points }) => points).filter(({ length }) => length > 4)
    paint(canvas, fill(shapes, area), filling)
  }
  const ink = strokeOf(style)
  if (ink !== null) paint(canvas, stroke(contours, penOf(style, scale), area), ink)
}

/** Whether a rectangle leaves nothing of the picture uncovered. */
function isGround([only, ...more]: readonly Contour[], { right, bottom }: Area): boolean {
  if (only === undefined || more.length > 0 || only.points.length !== 8) return false
  const [left, top, farX, nearY, , farY, nearX, alsoFarY] = only.points
  if (top !== nearY || left !== nearX || farY !== alsoFarY) return false
  const reaches = (one = 0, other = 0, end = 0) =>
    Math.min(one, other) <= 0 && Math.max(one, other) >= end
  return only.points[4] === farX && reaches(left, farX, right) && reaches(top, farY, bottom)
}

interface StyledWords extends Words {
  readonly style: Style
}

function drawText({ canvas, area, scale }: Sheet, element: SvgElement, style: Style): void {
  const { attributes } = element
  const line: Line<StyledWords> = {
    x: Number(attributes['x'] ?? 0),
    y: Number(attributes['y'] ?? 0),
    anchor: anchorOf(style['text-anchor'] ?? 'start', attributes['direction'] === 'rtl'),
    length: attributes['textLength'] === undefined ? null : Number(attributes['textLength']),
    widened: attributes['lengthAdjust'] === 'spacingAndGlyphs',
    pieces: trimmed(wordsIn(element, style)),
  }
  for (const { piece, lines } of letter(line, scale)) {
    const colour = fillOf(piece.style)
    if (colour !== null) paint(canvas, fill(lines, area), colour)
  }
}

/** Which part of a line is where it is put, from left to right. */
function anchorOf(anchor: string, mirrored: boolean): Line<Words>['anchor'] {
  if (anchor === 'middle') return anchor
  return (anchor === 'end') === mirrored ? 'start' : 'end'
}

function wordsIn({ children }: SvgElement, style: Style): StyledWords[] {
  return children.flatMap((child) => {
    if (typeof child !== 'string') {
      const hidden = child.attributes['display'] === 'none'
      return hidden ? [] : wordsIn(child, inherit(style, child.attributes))
    }
    const size = Number(style['font-size'] ?? 16)
    const weight = style['font-weight'] === '600' ? 600 : 400
    return [{ text: child.normalize('NFC').replace(/[ \t\n\r]+/g, ' '), size, weight, style }]
  })
}

/** Without spaces at the ends of a line, and with one where two meet (SVG 2 section 11.9). */
function trimmed(words: readonly StyledWords[]): StyledWords[] {
  const kept: StyledWords[] = []
  let spaced = true
  for (const each of words) {
    const text: string = spaced ? each.text.replace(/^ /, '') : each.text
    if (text === '') continue
    spaced = text.endsWith(' ')
    kept.push({ ...each, text })
  }
  const last = kept.pop()
  if (last !== undefined) kept.push({ ...last, text: last.text.replace(/ $/, '') })
  return kept
}
