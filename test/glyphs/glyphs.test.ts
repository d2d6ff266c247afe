import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/languages/index.ts'
import { capHeight, runs, shapes, xHeight } from '../../src/glyphs.ts'
import { outlineOf } from '../../src/outline.ts'
import { pngLanguage } from '../../src/png.ts'
import { textWidth } from '../../src/text.ts'
import { bake } from './bake.ts'
import { readFont } from './true-type.ts'

/** Where Debian's package fonts-liberation2 has it; version 1 is under another licence, so not that. */
const face = '/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf'
const code = (character: string) => character.codePointAt(0) ?? 0

test.skipIf(!existsSync(face))('src/glyphs.ts is what the bakery makes of the face', async () => {
  await expect(bake(readFileSync(face))).toMatchFileSnapshot('../../src/glyphs.ts')
})

test('a file that is no font is refused', () => {
  expect(() => readFont(Buffer.alloc(200))).toThrow(RangeError)
})

describe('outlines', () => {
  const texts = (value: unknown): string =>
    typeof value === 'string'
      ? value
      : typeof value === 'object' && value !== null
        ? Object.values(value).map(texts).join('')
        : ''

  test('are there for every letter that a language of a PNG has in its words', () => {
    const [english] = languages
    const drawable = languages.filter((language) => pngLanguage(language, english) === language)
    const letters = new Set(drawable.flatMap((language) => Array.from(texts(language))))
    const missing = [...letters].filter((letter) => outlineOf(code(letter)) === null)

    expect(letters.size).toBeGreaterThan(150)
    expect(missing.filter((letter) => /\S/.test(letter) && textWidth(letter, 1) > 0)).toEqual([])
  })

  test.each([...'+−±·–—…“”„«»%‰€£¥$₽₴₺₸₹₪₩№™≈≠≤≥←↑→↓↔↕↖↗↘↙▲▼'])('are there for %s', (sign) => {
    expect(outlineOf(code(sign))?.length).toBeGreaterThan(0)
  })

  test('are closed curves within the space that a letter may take', () => {
    for (const [first, last] of runs) {
      for (let place = first; place <= last; place++) {
        for (const curves of outlineOf(place) ?? []) {
          expect((curves.length - 2) % 4).toBe(0)
          expect(curves.slice(-2)).toEqual(curves.slice(0, 2))
          expect(Math.min(...curves)).toBeGreaterThan(-0.4)
          expect(Math.max(...curves)).toBeLessThan(1.25)
        }
      }
    }
  })

  test('are as tall as is said, and not wider than the letter’s own advance', () => {
    const [h = []] = outlineOf(code('H')) ?? []
    const [x = []] = outlineOf(code('x')) ?? []
    const heights = (curves: readonly number[]) => curves.filter((_, index) => index % 2 === 1)

    expect(Math.max(...heights(h))).toBeCloseTo(capHeight, 3)
    expect(Math.max(...heights(x))).toBeCloseTo(xHeight, 3)
    for (const letter of 'AbcXyzЖщґŁżΩ0189') {
      const across = (outlineOf(code(letter)) ?? []).flatMap((curves) =>
        curves.filter((_, index) => index % 2 === 0),
      )
      expect(Math.max(...across), letter).toBeLessThan(textWidth(letter, 1) + 0.03)
    }
  })

  test('of a letter with a mark has the letter in it', () => {
    const [, ...marks] = outlineOf(code('Ś')) ?? []

    expect(outlineOf(code('Ś'))).toContainEqual(outlineOf(code('S'))?.[0])
    expect(marks.length).toBeGreaterThan(0)
  })

  test('are not there for other scripts, nor for what no run has', () => {
    for (const character of ['漢', 'ع', 'ש', '\u{1f600}', '\u0009']) {
      expect(outlineOf(code(character))).toBeNull()
    }
  })
})

test('the table of shapes stays small', () => {
  expect(shapes.length).toBeLessThan(32_000)
})
