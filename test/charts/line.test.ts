import { expect, test } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { line } from '../../src/charts/line.ts'
import type { Point } from '../../src/series.ts'
import { picture, pictures, walk } from './pictures.ts'
import { bytes, checked } from './svg.ts'

const draw = (change: Partial<Picture> = {}) => checked(line.draw(picture(change)))
const without = (count: number, ...gaps: number[]): Point[] =>
  walk(count).map((point, index) => (gaps.includes(index) ? { ...point, n: 1 } : point))

/** The path data of the strokes with these attributes, in the order of drawing. */
function strokes(text: string, attributes: string): string[] {
  return [...text.matchAll(new RegExp(`${attributes}[^>]* d="([^"]*)"`, 'g'))].map(
    ([, data]) => data ?? '',
  )
}

test('keeps gaps as gaps and draws a lone value between them as a dot', () => {
  const [whole] = strokes(draw({ points: without(9) }), 'stroke-width="2"')
  const [parted] = strokes(draw({ points: without(9, 3, 5) }), 'stroke-width="2"')
  const [found] = strokes(draw({ points: without(9, 3, 5) }), 'stroke-width="7"')

  expect(whole?.match(/M/g)).toHaveLength(1)
  expect(parted?.match(/M/g)).toHaveLength(2)
  expect(found?.match(/m/g)).toHaveLength(2)
})

test('tells the gaps and why in its description', () => {
  expect(draw({ points: without(9, 3, 4, 7) }).replace(/\s/g, ' ')).toContain(
    'Nov 16 – 17, 2026; Nov 20, 2026: fewer than 5 answers</desc>',
  )
})

test('dashes the step to a period that still runs, and says so', () => {
  const text = draw({ points: walk(9).map((each, index) => ({ ...each, complete: index < 8 })) })

  expect(strokes(text, 'stroke-dasharray')).toHaveLength(1)
  expect(text).toContain('Nov 21, 2026, still running')
})

test('marks revised values with hollow dots', () => {
  const text = draw({ points: walk(9).map((each, index) => ({ ...each, revised: index === 4 })) })

  expect(strokes(text, 'tm-hole')).toHaveLength(1)
})

test('pales values with unusually few answers, but not where few are usual', () => {
  const few = walk(9).map((each, index) => ({ ...each, n: index === 4 ? 6 : 40 }))
  const always = walk(9).map((each) => ({ ...each, n: 6 }))
  const fewer = walk(9).map((each, index) => ({ ...each, n: index === 4 ? 16 : 28 }))

  expect(draw({ points: few })).toContain('stroke-opacity')
  expect(draw({ points: always })).not.toContain('stroke-opacity')
  expect(draw({ points: fewer })).not.toContain('stroke-opacity')
})

test('keeps the axis of NPS at its ends and fits it where no range is given', () => {
  const { range: _, ...fitted } = picture()

  expect(draw()).toContain('>−100</text>')
  expect(checked(line.draw(fitted))).not.toContain('>−100</text>')
})

test('begins the axis of an amount at zero', () => {
  expect(checked(line.draw(pictures['revenue'] ?? picture()))).toContain('>0</text>')
})

test('darkens by a media query only where asked to follow the reader', () => {
  expect(draw({ theme: 'auto' })).toContain('prefers-color-scheme:dark')
  expect(draw({ theme: 'light' })).not.toContain('prefers-color-scheme')
  expect(draw({ theme: 'dark' })).toContain('#0f1720')
})

test('needs at most six kilobytes for ninety points of the worst kind', () => {
  const points = walk(90).map((each, index) => ({
    ...each,
    revised: index % 2 === 0,
    complete: index % 5 !== 0,
    value: index % 2 === 0 ? -99.9 : 99.9,
    low: -100,
    high: 100,
  }))

  expect(bytes(draw({ points, theme: 'auto' }))).toBeLessThanOrEqual(6144)
})

test('stays within the picture, whatever the value', () => {
  const points = walk(3).map((each, index) => ({ ...each, value: [1e308, -1e308, 7][index] ?? 0 }))

  expect(strokes(draw({ points }), 'stroke-width="2"')[0]).toMatch(/^M[\d.]+ 100l/)
})
