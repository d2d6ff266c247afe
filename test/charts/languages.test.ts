import { describe, expect, test } from 'vitest'
import { badge } from '../../src/charts/badge.ts'
import { line } from '../../src/charts/line.ts'
import { height, width } from '../../src/frame.ts'
import { languages } from '../../src/languages/index.ts'
import { textWidth } from '../../src/text.ts'
import { estimate, picture, pictures, walk } from './pictures.ts'
import { checked } from './svg.ts'

const size = 13
const small = { total: { value: 75, n: 4, low: 10, high: 100 } }
const { response } = pictures

interface Text {
  readonly left: number
  readonly right: number
  readonly y: number
  readonly words: string
}

/** The lines of text at the size of the notes, and how far they reach. */
function texts(svg: string): Text[] {
  const found = svg.matchAll(/<text(?! class="tm-(?:label|head))([^>]*)>([^<]*)<\/text>/g)
  return [...found].map(([, attributes = '', words = '']) => {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
    const weight = of('font-weight') === '600' ? 600 : 400
    const wide = textWidth(words, size, weight)
    const share = { middle: 0.5, end: 1 }[of('text-anchor')] ?? 0
    const left = Number(of('x')) - share * wide
    return { left, right: left + wide, y: Number(of('y')), words }
  })
}

describe.each(languages)('$id', (language) => {
  test('leaves no hole in a picture, and nothing that looks like a mistake', () => {
    for (const chart of [badge, line]) {
      for (const each of Object.values(pictures)) {
        const svg = checked(chart.draw({ ...each, language }))

        expect(svg).toContain(`lang="${language.id}"`)
        expect(svg.replace(/<style>.*?<\/style>/, '')).not.toMatch(/[{}]|\ufffd/)
      }
    }
  })

  test.each([1, 7, 30])(
    'keeps the texts of a chart of %i-day periods inside it and apart',
    (step) => {
      const svg = checked(line.draw(picture({ language, points: walk(40, step) })))
      const rows = Map.groupBy(texts(svg), ({ y }) => y)

      expect(rows.size).toBeGreaterThan(3)
      for (const row of rows.values()) {
        const sorted = row.toSorted((one, other) => one.left - other.left)
        expect(sorted[0]?.left).toBeGreaterThanOrEqual(0)
        expect(sorted.at(-1)?.right).toBeLessThanOrEqual(width)
        sorted.slice(1).forEach(({ left }, index) => {
          expect(left).toBeGreaterThan(sorted[index]?.right ?? 0)
        })
      }
      expect(Math.max(...rows.keys())).toBeLessThan(height)
    },
  )

  test('has room on the badge for the words in place of a value', () => {
    const svg = checked(badge.draw(picture({ language, ...small })))
    const right = svg.match(/<text [^>]*>[^<]*<tspan|<text [^>]*>([^<]*)<\/text>/g)?.at(-1) ?? ''
    const words = right.replace(/<[^>]*>/g, '')
    const label = textWidth('Net Promoter Score', size)
    const whole = Number(/<svg [^>]*?width="(\d+)"/.exec(svg)?.[1])

    expect(words).not.toBe('')
    expect(whole - label - 4 * 8).toBeGreaterThanOrEqual(textWidth(words, size) - 1)
    expect(whole).toBeLessThanOrEqual(330)
  })

  test('shows value, sample size and day in the headline of a chart, on a phone the value at least', () => {
    const total = estimate(69.2, 132)
    const svg = checked(line.draw(picture({ language, total })))
    const head = /<text class="tm-head[^>]*>(.*?)<\/text>/.exec(svg)?.[1] ?? ''

    expect(head).toContain('+69')
    expect(head).toContain('132')
    expect(head).toContain('2026')
    expect(head.split('tm-wide')[0]).toContain('132')
  })

  test('tells a span of time in the words of the language', () => {
    if (response === undefined) throw new RangeError('There is no such picture')
    const svg = checked(badge.draw({ ...response, language }))

    if (language.id !== 'en') expect(svg).not.toMatch(/\b3\.1 hr\b/)
    expect(svg).toMatch(/3[.,]1/)
  })
})
