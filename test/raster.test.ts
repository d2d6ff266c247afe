import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import naughty from 'big-list-of-naughty-strings'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { contoursOf } from '../src/contour.ts'
import { letter } from '../src/lettering.ts'
import { markup, render } from '../src/markup.ts'
import { trace } from '../src/path.ts'
import { drawn, rasterize } from '../src/raster.ts'
import { readSvg, type SvgElement } from '../src/svg.ts'
import { textWidth } from '../src/text.ts'

const golden = join(import.meta.dirname, 'golden')
const pictures = readdirSync(golden)
  .filter((name) => name.endsWith('.svg'))
  .map((name) => readFileSync(join(golden, name), 'utf8'))

/** How dark each pixel of a picture of black on white is, from 0 to 255, row by row. */
function inkOf(body: string, width = 8, height = 8, scale = 1): number[][] {
  const ground = `<path fill="#ffffff" d="M-9-9H${width + 9}V${height + 9}H-9z"/>`
  const canvas = rasterize(`<svg width="${width}" height="${height}">${ground}${body}</svg>`, scale)
  const row = canvas.width + 1
  return Array.from({ length: canvas.height }, (_, y) =>
    Array.from(canvas.rows.subarray(y * row + 1, (y + 1) * row), (place) => {
      return 255 - (canvas.palette[place]?.red ?? 0)
    }),
  )
}

const total = (ink: number[][]) => ink.flat().reduce((sum, value) => sum + value, 0) / 255
const black = 'fill="#000000"'
const line = 'fill="none" stroke="#000000"'

describe('the markup that we write', () => {
  /** The same elements and texts, by a parser of XML. */
  function parsed(text: string): SvgElement | null {
    const root = { name: '', attributes: {}, children: [] as (SvgElement | string)[] }
    const open = [root]
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      const element = { name, attributes, children: [] }
      open.at(-1)?.children.push(element)
      open.push(element)
    })
    parser.on('closetag', () => open.pop())
    parser.on('text', (words) => {
      if (open.length > 1) open.at(-1)?.children.push(words)
    })
    parser.write(text).close()
    return root.children.find((child) => typeof child !== 'string') ?? null
  }

  test('is read as a parser of XML reads it', () => {
    for (const picture of pictures) expect(readSvg(picture)).toEqual(parsed(picture))
  })

  test('is read back whatever foreign words are in it', () => {
    const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...naughty))
    fc.assert(
      fc.property(words, words, (label, text) => {
        // XML reads these three as others; that nothing else changes is the point.
        const clean = (value: string) => value.replace(/\r\n?/g, '\n').replace(/[\t\n]/g, ' ')
        const piece = render(markup`<text aria-label="${clean(label)}">.${clean(text)}</text>`)

        expect(JSON.stringify(readSvg(piece))).toBe(JSON.stringify(parsed(piece)))
      }),
      { seed: 7, numRuns: 40 },
    )
  })

  test('has no element, attribute or colour that would be missing from a PNG', () => {
    const unseen = 'xmlns role lang class aria-label font-family stroke-linejoin'.split(' ')
    const silent = ['title', 'desc', 'style']
    const check = ({ name, attributes, children }: SvgElement) => {
      if (silent.includes(name)) return
      expect(Object.keys(drawn)).toContain(name)
      for (const [key, value] of Object.entries(attributes)) {
        expect([...(drawn[name] ?? []), ...unseen], `${name} ${key}`).toContain(key)
        if (/^(fill|stroke)$/.test(key)) expect(value).toMatch(/^(none|#[\da-f]{6})$/)
        if (key === 'font-weight') expect(value).toBe('600')
        if (key === 'd') expect(value).toMatch(/^[MmLlHhVvAaZz\d .-]*$/)
      }
      for (const child of children) if (typeof child !== 'string') check(child)
    }
    for (const picture of pictures) {
      const root = readSvg(picture)

      expect(root?.name).toBe('svg')
      if (root !== null) check(root)
    }
  })
})

describe('path data', () => {
  test('is read as it was written, packed as it is', () => {
    const tenth = fc.integer({ min: -9999, max: 9999 }).map((value) => value / 10)
    const run = fc.array(fc.tuple(tenth, tenth), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(
        fc.array(run, { maxLength: 4 }),
        fc.constantFrom('' as const, 'z' as const),
        (runs, end) => {
          const found = contoursOf(trace(runs, end), 1)

          expect(found.map(({ closed }) => closed)).toEqual(runs.map(() => end === 'z'))
          for (const [index, { points }] of found.entries()) {
            const wanted = runs[index]?.flat() ?? []
            expect(points).toHaveLength(wanted.length)
            for (const [place, value] of points.entries())
              expect(value).toBeCloseTo(wanted[place] ?? NaN, 6)
          }
        },
      ),
      { seed: 7 },
    )
  })

  test('has arcs on their circle, the shorter or longer way, to either side', () => {
    for (const [flags, centre, middle] of [
      ['0 0', [0, 0], 7.07],
      ['0 1', [10, 10], 2.93],
      ['1 0', [10, 10], 17.07],
      ['1 1', [0, 0], -7.07],
    ] as const) {
      const { points = [] } = contoursOf(`M0 10A10 10 0 ${flags} 10 0`, 1)[0] ?? {}
      const xs = points.filter((_, index) => index % 2 === 0)
      const ys = points.filter((_, index) => index % 2 === 1)
      const away = (x: number, y: number) =>
        Math.min(...xs.map((each, index) => Math.hypot(each - x, (ys[index] ?? 0) - y)))

      for (const [index, x] of xs.entries()) {
        expect(Math.hypot(x - centre[0], (ys[index] ?? 0) - centre[1]), flags).toBeCloseTo(10, 6)
      }
      expect(away(middle, middle), flags).toBeLessThan(1)
    }
  })

  test.each(['M', 'M1', 'M1 2L', 'z5', 'M0 0Q1 1 2 2', 'M0 0L x', 'M0 0h1e', 'M0 0A0 0 0 0 0 5 5'])(
    'ends where it cannot be read: %s',
    (data) => {
      for (const { points } of contoursOf(data, 1)) expect(points.every(Number.isFinite)).toBe(true)
    },
  )
})

describe('shapes', () => {
  test('cover pixels by the share of them that they take', () => {
    const ink = inkOf(`<path ${black} d="M1.5 1H3V2.25H1.5z"/>`, 4, 4)

    expect(ink).toEqual([
      [0, 0, 0, 0],
      [0, 127, 255, 0],
      [0, 32, 64, 0],
      [0, 0, 0, 0],
    ])
  })

  test('have the area that they have, wherever they lie', () => {
    const place = fc.double({ min: 1, max: 39, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 3 }), (corners) => {
        const [[ax, ay], [bx, by], [cx, cy]] = corners as [
          [number, number],
          [number, number],
          [number, number],
        ]
        const area = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
        const data = `M${corners.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join('L')}z`

        // A level is off by half a step at most, along the edges.
        expect(Math.abs(total(inkOf(`<path ${black} d="${data}"/>`, 40, 40)) - area)).toBeLessThan(
          3,
        )
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  test('cut holes where they run the other way round, and are one where they overlap', () => {
    const ring = inkOf(`<path ${black} d="M0 0H6V6H0zM2 2V4H4V2z"/>`)
    const pair = inkOf(`<path ${black} d="M0 0H4V4H0zM2 2H6V6H2z"/>`)

    expect(total(ring)).toBe(32)
    expect(total(pair)).toBe(28)
  })

  test('are cut off at the edges of the picture', () => {
    expect(total(inkOf(`<path ${black} d="M-5 2H50V4H-5z"/>`))).toBe(16)
    expect(total(inkOf(`<path ${black} d="M20 20H50V40H20z"/>`))).toBe(0)
  })

  test('show what is below as far as they are transparent', () => {
    const ink = inkOf(`<path ${black} fill-opacity=".15" d="M0 0H4V4H0z"/>`, 4, 4)

    expect(ink.flat().every((value) => Math.abs(value - 0.15 * 255) <= 1)).toBe(true)
  })

  test('that are hidden are not drawn, nor is what is in them', () => {
    const hidden = `<g display="none"><path ${black} d="M0 0H4V4H0z"/><text x="0" y="6">M</text></g>`

    expect(total(inkOf(hidden))).toBe(0)
    expect(total(inkOf(`<text x="0" y="7"><tspan display="none">M</tspan></text>`))).toBe(0)
  })

  test('look like the elements around them until they say otherwise', () => {
    const ink = inkOf(
      '<g fill="none"><path d="M0 0H4V4H0z"/><path fill="#000000" d="M4 4H8V8H4z"/></g>',
    )

    expect(total(ink)).toBe(16)
  })
})

describe('lines', () => {
  test('along the axes cover exactly their width', () => {
    expect(inkOf(`<path ${line} d="M0 2H4"/>`, 4, 4).map(([first]) => first)).toEqual([
      0, 127, 127, 0,
    ])
    expect(
      inkOf(`<path ${line} stroke-width="2" d="M0 2H4"/>`, 4, 4).map(([first]) => first),
    ).toEqual([0, 255, 255, 0])
  })

  test('end where they end, or in a half circle', () => {
    const cut = total(inkOf(`<path ${line} stroke-width="4" d="M10 10H20"/>`, 30, 20))
    const round = total(
      inkOf(`<path ${line} stroke-width="4" stroke-linecap="round" d="M10 10H20"/>`, 30, 20),
    )

    expect(cut).toBeCloseTo(40, 0)
    expect(round - cut).toBeCloseTo(Math.PI * 4, 0)
  })

  test('of no length are dots where their ends are round, and nothing where not', () => {
    const dot = total(
      inkOf(`<path ${line} stroke-width="8" stroke-linecap="round" d="M10 10h0"/>`, 20, 20),
    )

    expect(Math.abs(dot - Math.PI * 16)).toBeLessThan(1)
  })

  test('do not grow darker where their pieces meet or cross', () => {
    const whole = inkOf(
      `<path ${line} stroke-width="3" stroke-linecap="round" stroke-opacity=".5" d="M2 2L18 18"/>`,
      20,
      20,
    )
    const pieces = inkOf(
      `<path ${line} stroke-width="3" stroke-linecap="round" stroke-opacity=".5" d="M2 2L6 6L10 10L18 18L10 10"/>`,
      20,
      20,
    )

    expect(pieces).toEqual(whole)
  })

  test('have gaps as long as told, at corners too', () => {
    const dashes = `${line} stroke-width="2" stroke-dasharray="3 2"`

    expect(inkOf(`<path ${dashes} d="M0 4H12"/>`, 12, 8)[4]).toEqual([
      255, 255, 255, 0, 0, 255, 255, 255, 0, 0, 255, 255,
    ])
    expect(total(inkOf(`<path ${dashes} d="M2 2H12V12H2z"/>`, 20, 20))).toBeGreaterThan(38)
    expect(
      total(inkOf(`<path ${line} stroke-width="2" stroke-dasharray="0 0" d="M0 4H12"/>`, 12, 8)),
    ).toBe(24)
  })
})

describe('text', () => {
  const words = (text: string, more = '') =>
    `<text x="4" y="30" font-size="20" fill="#000000" ${more}>${text}</text>`
  const columns = (ink: number[][]) => {
    const dark = ink[0]?.map((_, x) => ink.some((row) => (row[x] ?? 0) > 40)) ?? []
    return [dark.indexOf(true), dark.lastIndexOf(true) + 1] as const
  }

  test.each([
    ['HUMMINGBIRD', 400],
    ['Net Promoter Score', 400],
    ['Доля довольных', 400],
    ['Zażółć gęślą jaźń', 400],
    ['+1 234,5', 600],
    ['Μέση τιμή', 600],
  ] as const)('%s is as wide as it was measured to be', (text, weight) => {
    const framed = `|${text}|`
    const style = weight === 600 ? 'font-weight="600"' : ''
    const [begin, end] = columns(inkOf(words(framed, style), 300, 40, 2))
    // From the first bar to the last there is all but one advance of a bar.
    const wanted = textWidth(`|${text}`, 20, weight)
    const bar = columns(inkOf(words('|', style), 300, 40, 2))

    expect((end - begin - (bar[1] - bar[0])) / 2 / wanted).toBeGreaterThan(0.99)
    expect((end - begin - (bar[1] - bar[0])) / 2 / wanted).toBeLessThan(1.01)
  })

  test('begins, ends or has its middle where it is put, and the other way round in Arabic', () => {
    const at = (more: string) =>
      columns(inkOf(`<text x="100" y="30" fill="#000000" ${more}>HHHH</text>`, 200, 40))

    expect(at('')[0]).toBeGreaterThanOrEqual(100)
    expect(at('text-anchor="end"')[1]).toBeLessThanOrEqual(100)
    expect(at('direction="rtl"')).toEqual(at('text-anchor="end"'))
    expect(at('direction="rtl" text-anchor="end"')).toEqual(at(''))
    const [begin, end] = at('text-anchor="middle"')
    expect((begin + end) / 2).toBeCloseTo(100, 0)
  })

  test('is spread or widened to a length', () => {
    const [, natural] = columns(inkOf(words('HHH'), 200, 40))
    const [, spread] = columns(inkOf(words('HHH', 'textLength="100"'), 200, 40))
    const [, widened] = columns(
      inkOf(words('HHH', 'textLength="100" lengthAdjust="spacingAndGlyphs"'), 200, 40),
    )

    expect(natural).toBeLessThan(60)
    expect(Math.abs(spread - 104)).toBeLessThan(3)
    expect(Math.abs(widened - 104)).toBeLessThan(4)
    expect(total(inkOf(words('HHH', 'textLength="100"'), 200, 40))).toBeCloseTo(
      total(inkOf(words('HHH'), 200, 40)),
      -1,
    )
  })

  test('is darker in bold, and stands on whole pixels in any size', () => {
    expect(total(inkOf(words('Ж', 'font-weight="600"'), 60, 40))).toBeGreaterThan(
      1.15 * total(inkOf(words('Ж'), 60, 40)),
    )
    for (const size of [11, 12, 13, 13.5, 15, 24, 33]) {
      const ink = inkOf(`<text x="4" y="30.4" font-size="${size}" fill="#000000">H</text>`, 60, 40)
      const rows = ink.map((row) => Math.max(...row))
      const [top, bottom] = [
        rows.findIndex((dark) => dark > 0),
        rows.findLastIndex((dark) => dark > 0),
      ]

      expect(bottom).toBe(29)
      expect(rows[top], `${size}`).toBe(rows[top + 1])
    }
  })

  test('has the same letter for a mark of its own and one that is put on', () => {
    expect(inkOf(words('e\u0301'))).toEqual(inkOf(words('é')))
  })

  test('has boxes for what there are no letters of, and nothing for what has no width', () => {
    expect(total(inkOf(words('漢'), 60, 40))).toBeGreaterThan(10)
    expect(total(inkOf(words('\u2068 \u00a0\u202f\u2069\u200d'), 60, 40))).toBe(0)
  })

  test('keeps one space where two meet, and none at its ends', () => {
    const pieces = (text: string) =>
      inkOf(`<text x="4" y="30" fill="#000000">${text}</text>`, 120, 40)

    expect(pieces(' a <tspan> b</tspan> ')).toEqual(pieces('a b'))
    expect(pieces('ab')).not.toEqual(pieces('a b'))
  })

  test('is drawn in pieces of their own look', () => {
    const found = letter(
      {
        x: 0,
        y: 20,
        anchor: 'start',
        length: null,
        widened: false,
        pieces: [
          { text: 'A', size: 20, weight: 400 },
          { text: 'A', size: 10, weight: 400 },
        ],
      },
      1,
    )
    const widths = found.map(({ lines }) => {
      const across = lines.flat().filter((_, index) => index % 2 === 0)
      return Math.max(...across) - Math.min(...across)
    })

    expect(widths[0]).toBeCloseTo(2 * (widths[1] ?? 0), 1)
  })
})

test('no picture makes it throw, whatever numbers, paths and words it has', () => {
  const number = fc.oneof(
    fc.integer({ min: -2000, max: 2000 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(2)),
  )
  const command = fc
    .tuple(fc.constantFrom(...'MmLlHhVvAaZzQ'), fc.array(number, { maxLength: 8 }))
    .map(([letter, numbers]) => letter + numbers.join(' '))
  const attribute = fc.constantFrom(
    'fill="#b8430f"',
    'fill="url(#x)"',
    'stroke="#0b7a5c"',
    'stroke-width="7"',
    'stroke-width="-1"',
    'stroke-dasharray="3 3"',
    'stroke-dasharray="0 -1"',
    'stroke-linecap="round"',
    'stroke-opacity="x"',
    'font-size="0"',
    'font-size="-3"',
    'text-anchor="end"',
    'textLength="0"',
  )
  const attributes = fc.uniqueArray(attribute, {
    maxLength: 4,
    selector: (text) => text.split('=')[0],
  })
  const piece = fc.oneof(
    fc.tuple(fc.array(command, { maxLength: 12 }), attributes).map(([commands, given]) => {
      return `<path ${given.join(' ')} d="${commands.join('')}"/>`
    }),
    fc.tuple(fc.string({ unit: 'binary' }), attributes, number).map(([text, given, x]) => {
      return render(markup`<text>${text}</text>`).replace(
        '<text',
        `<text x="${x}" y="20" ${given.join(' ')}`,
      )
    }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const canvas = rasterize(`<svg width="40" height="30">${pieces.join('')}</svg>`, 2)

      expect(canvas.rows).toHaveLength(81 * 60)
      expect(Math.max(...canvas.rows)).toBeLessThan(canvas.palette.length)
      for (let row = 0; row < 60; row++) expect(canvas.rows[row * 81]).toBe(0)
    }),
    { seed: 7, numRuns: 200 },
  )
})
