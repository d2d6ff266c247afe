import { joined, utf8 } from './bytes.ts'
import type { Canvas } from './canvas.ts'
import type { Language } from './language.ts'
import { outlineOf } from './outline.ts'
import { rasterize } from './raster.ts'

/** Compresses to the zlib format (RFC 1950), as `CompressionStream('deflate')` does. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>

/** How many pixels there are to one of CSS: more than one for dense screens. */
export type Density = 1 | 2

/**
 * A picture of ours, finished SVG, as an 8-bit palette PNG that looks the same, where no style sheet is
 * applied: at its own size, and on paper where its theme follows the reader.
 *
 * @throws RangeError where the markup is no picture with a size.
 */
export async function drawPng(
  svg: string,
  density: Density,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(rasterize(svg, density), density, deflate)
}

/**
 * The language to draw a PNG in: the wanted one if its script is among those that there are outlines of
 * (Latin, Greek and Cyrillic), as its own name for itself tells; otherwise another.
 */
export function pngLanguage<Wanted extends Pick<Language, 'name'>>(
  wanted: Wanted,
  otherwise: Wanted,
): Wanted {
  const drawable = Array.from(wanted.name).every((character) =>
    outlineOf(character.codePointAt(0) ?? 0),
  )
  return drawable ? wanted : otherwise
}

/** One inch, in metres and in pixels of CSS. */
const inch = { metres: 0.0254, pixels: 96 }

/** Writes an image as PNG (third edition, 2025), with the size it is to be shown at. */
export async function encodePng(
  { width, height, rows, palette }: Canvas,
  density: Density,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  const perMetre = Math.round((density * inch.pixels) / inch.metres)
  const opaque = palette.every(({ alpha }) => alpha === 255)
  const chunks = [
    // Eight bits, a palette, and the only methods of compression, filtering and order.
    chunk('IHDR', [...number(width), ...number(height), 8, 3, 0, 0, 0]),
    chunk(
      'PLTE',
      palette.flatMap(({ red, green, blue }) => [red, green, blue]),
    ),
    ...(opaque
      ? []
      : [
          chunk(
            'tRNS',
            palette.map(({ alpha }) => alpha),
          ),
        ]),
    chunk('pHYs', [...number(perMetre), ...number(perMetre), 1]),
    chunk('IDAT', await deflate(rows)),
    chunk('IEND', []),
  ]
  return joined(Uint8Array.from(signature), ...chunks)
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function chunk(type: string, content: Iterable<number>): Uint8Array {
  const data = content instanceof Uint8Array ? content : Uint8Array.from(content)
  const body = joined(utf8(type), data)
  return joined(number(data.length), body, number(crc32(body)))
}

function number(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** The check sum of PNG's chunks (annex D). */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (remainders[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}
