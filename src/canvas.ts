import { block, blockIs, type Coverage, whole } from './coverage.ts'

/** A colour, each part from 0 to 255. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** An image of at most 256 colours. */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** Row by row, a zero and then the place of each pixel's colour in the palette: what PNG compresses. */
  readonly rows: Uint8Array
  readonly palette: Colour[]
}

const mostColours = 256

const clear: Colour = { red: 0, green: 0, blue: 0, alpha: 0 }

/** Nothing but transparent pixels. */
export function createCanvas(width: number, height: number): Canvas {
  return { width, height, rows: new Uint8Array((width + 1) * height), palette: [clear] }
}

/** Fills the whole image with an opaque colour. */
export function flood({ rows, palette }: Canvas, colour: Colour): void {
  if (palette.length > 1) rows.fill(0)
  palette.splice(0, palette.length, colour)
}

/** Lays a colour over what there is, as much of it as is covered. */
export function paint(canvas: Canvas, coverage: Coverage | null, colour: Colour): void {
  if (coverage === null) return
  const { width, rows } = canvas
  const { left, top, levels, blocks, stride } = coverage
  const blend = blender(canvas.palette, colour)
  const solid = colour.alpha === 255 ? blend(whole, 0) : null
  const lay = (place: number, begin: number, end: number) => {
    for (let pixel = begin; pixel < end; pixel++) {
      const level = levels[place + pixel - begin] ?? 0
      if (level > 0) rows[pixel] = blend(level, rows[pixel] ?? 0)
    }
  }
  for (let row = 0; row < coverage.height; row++) {
    const target = (top + row) * (width + 1) + 1 + left
    for (let start = 0; start < coverage.width; start += block) {
      const place = row * stride + start
      const begin = target + start
      const end = target + Math.min(start + block, coverage.width)
      const state = blocks[place / block]
      if (state === blockIs.full && solid !== null) rows.fill(solid, begin, end)
      else if (state !== blockIs.empty) lay(place, begin, end)
    }
  }
}

/** What a level of the colour over a colour of the palette comes to, itself a place in the palette. */
function blender(palette: Colour[], colour: Colour): (level: number, below: number) => number {
  const results = new Int16Array((whole + 1) * mostColours).fill(-1)
  return (level, below) => {
    const known = results[level * mostColours + below] ?? -1
    if (known >= 0) return known
    const result = indexOf(palette, mix(palette[below] ?? clear, colour, level / whole))
    results[level * mostColours + below] = result
    return result
  }
}

/** Source over destination, as in W3C Compositing, section 5.1. */
function mix(below: Colour, above: Colour, share: number): Colour {
  const over = (above.alpha / 255) * share
  const under = (below.alpha / 255) * (1 - over)
  const alpha = over + under
  const part = (one: number, other: number) => Math.round((one * over + other * under) / alpha)
  return {
    red: part(above.red, below.red),
    green: part(above.green, below.green),
    blue: part(above.blue, below.blue),
    alpha: Math.round(alpha * 255),
  }
}

/** The place of a colour in the palette, or of the nearest one where there is no more room. */
function indexOf(palette: Colour[], colour: Colour): number {
  let nearest = 0
  let least = Infinity
  for (const [index, other] of palette.entries()) {
    const distance =
      (colour.red - other.red) ** 2 +
      (colour.green - other.green) ** 2 +
      (colour.blue - other.blue) ** 2 +
      (colour.alpha - other.alpha) ** 2
    if (distance < least) {
      least = distance
      nearest = index
    }
  }
  return least === 0 || palette.length === mostColours ? nearest : palette.push(colour) - 1
}
