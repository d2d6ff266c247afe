import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 as zlibCrc32, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { createCanvas, paint } from '../src/canvas.ts'
import { fill } from '../src/fill.ts'
import { languages } from '../src/languages/index.ts'
import { crc32, type Density, drawPng, encodePng, pngLanguage } from '../src/png.ts'
import { deflate } from '../workers/deflate.ts'

const golden = join(import.meta.dirname, 'golden')
const bytesOf = (text: string) => new TextEncoder().encode(text)
const paper = (body: string, size = 'width="8" height="4" viewBox="0 0 8 4"') =>
  `<svg ${size}><path fill="#ffffff" d="M-8-4H16V8H-8z"/>${body}</svg>`

/** Red, green, blue and alpha of a pixel, by a decoder that is not ours. */
async function pixelsOf(svg: string, density: Density = 1) {
  const png = await drawPng(svg, density, deflate)
  const { width, height, data } = PNG.sync.read(Buffer.from(png))
  const at = (x: number, y: number) => [
    ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
  ]
  return { width, height, at, png: Buffer.from(png) }
}

/** The names and contents of a file's chunks. */
function chunksOf(png: Buffer): Record<string, Buffer> {
  const chunks: Record<string, Buffer> = {}
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at)
    chunks[png.toString('latin1', at + 4, at + 8)] = png.subarray(at + 8, at + 8 + length)
  }
  return chunks
}

describe('check sums', () => {
  test('of an IEND chunk is the one in every PNG', () => {
    expect(crc32(bytesOf('IEND'))).toBe(0xae426082)
  })

  test('of 123456789 is the check value of CRC-32', () => {
    expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926)
  })

  test('are those of zlib, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes))
      }),
      { seed: 7 },
    )
  })
})

test('a decoder that is not ours reads the very pixels, opaque ones', async () => {
  const { width, height, at, png } = await pixelsOf(paper('<path fill="#1d5fd1" d="M2 1H5V3H2z"/>'))

  expect([width, height]).toEqual([8, 4])
  expect(at(0, 0)).toEqual([255, 255, 255, 255])
  expect(at(2, 1)).toEqual([0x1d, 0x5f, 0xd1, 255])
  expect(at(4, 2)).toEqual([0x1d, 0x5f, 0xd1, 255])
  expect(at(5, 2)).toEqual([255, 255, 255, 255])
  expect(at(4, 3)).toEqual([255, 255, 255, 255])
  expect(chunksOf(png)).not.toHaveProperty('tRNS')
})

test('without a ground, what is not covered is transparent and half covered is half so', async () => {
  const { at } = await pixelsOf(
    '<svg width="4" height="1"><path fill="#b8430f" d="M1.5 0H3V1H1.5z"/></svg>',
  )

  expect(at(0, 0)[3]).toBe(0)
  expect(at(1, 0)).toEqual([0xb8, 0x43, 0x0f, 128])
  expect(at(2, 0)).toEqual([0xb8, 0x43, 0x0f, 255])
  expect(at(3, 0)[3]).toBe(0)
})

test('the file says how large it is to be shown, for dense screens too', async () => {
  const once = chunksOf((await pixelsOf(paper(''), 1)).png)
  const twice = chunksOf((await pixelsOf(paper(''), 2)).png)

  expect(once['pHYs']?.toString('hex')).toBe('00000ec400000ec401')
  expect(twice['pHYs']?.toString('hex')).toBe('00001d8700001d8701')
  expect(twice['IHDR']?.readUInt32BE(0)).toBe(16)
  expect(Object.keys(once)).toEqual(['IHDR', 'PLTE', 'pHYs', 'IDAT', 'IEND'])
})

test('the same picture is the same file every time', async () => {
  const svg = readFileSync(join(golden, 'line-normal.svg'), 'utf8')

  const files = await Promise.all([drawPng(svg, 2, deflate), drawPng(svg, 2, deflate)])

  expect(Buffer.from(files[0]).equals(Buffer.from(files[1]))).toBe(true)
})

test('more colours than a palette has become the nearest ones there are', async () => {
  const canvas = createCanvas(400, 1)
  for (let x = 0; x < 400; x++) {
    const inside = { left: 0, top: 0, right: 400, bottom: 1 }
    const colour = { red: x % 256, green: 255 - (x % 256), blue: x >> 1, alpha: 255 }
    paint(canvas, fill([[x, 0, x + 1, 0, x + 1, 1, x, 1]], inside), colour)
  }

  const { data } = PNG.sync.read(Buffer.from(await encodePng(canvas, 1, deflate)))

  expect(canvas.palette.length).toBe(256)
  // The first 255 have their own; each of the others has the nearest of these.
  expect([...data.subarray(4 * 200, 4 * 200 + 3)]).toEqual([200, 55, 100])
  expect([...data.subarray(4 * 300, 4 * 300 + 3)]).toEqual([72, 183, 36])
})

test('what compresses it writes zlib, and loses nothing', async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, index) => (index * index) % 251)

  expect(new Uint8Array(inflateSync(await deflate(bytes)))).toEqual(bytes)
})

test('every picture we have agreed on has a PNG, small enough for a mail', async () => {
  const files = readdirSync(golden).filter((name) => name.endsWith('.svg'))

  for (const name of files) {
    const svg = readFileSync(join(golden, name), 'utf8')
    const png = await drawPng(svg, 1, deflate)
    const header = chunksOf(Buffer.from(png))['IHDR']
    const [width, height] = [header?.readUInt32BE(0), header?.readUInt32BE(4)]

    expect(`width="${width}" height="${height}"`, name).toBe(
      /width="\d+" height="\d+"/.exec(svg)?.[0],
    )
    expect(png.length, name).toBeLessThan(15_000)
  }
  expect(files.length).toBeGreaterThan(40)
}, 20_000)

test('a PNG is drawn in languages of scripts that we have letters of, else in English', () => {
  const [english] = languages
  const drawn = languages.map((language) => [language.id, pngLanguage(language, english).id])

  expect(Object.fromEntries(drawn)).toEqual({
    ...Object.fromEntries('en ru pl uk de fr es pt it nl tr'.split(' ').map((id) => [id, id])),
    ...Object.fromEntries('ar he zh ja'.split(' ').map((id) => [id, 'en'])),
  })
})

test.each(['', 'no picture', '<svg width="0" height="0"></svg>', '<svg height="9"></svg>'])(
  'refuses %j, which is no picture with a size',
  async (text) => {
    await expect(drawPng(text, 1, deflate)).rejects.toThrow(RangeError)
  },
)
