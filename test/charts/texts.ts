import { SaxesParser } from 'saxes'
import { textWidth } from '../../src/text.ts'

/** A line of text of a picture, and how far it reaches. */
export interface Text {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

interface Style {
  readonly size: number
  readonly weight: 400 | 600
  readonly hidden: boolean
}

interface Place {
  readonly x: number
  readonly y: number
  readonly share: number
  /** `null` where nothing stretches the line. */
  readonly length: number | null
}

/** The lines of text that are seen where a picture is as large as it was drawn. */
export function textsOf(svg: string): Text[] {
  const found: Text[] = []
  const styles: Style[] = [{ size: 16, weight: 400, hidden: false }]
  let place: Place | null = null
  let words = ''
  let width = 0
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const outer = styles.at(-1) ?? { size: 16, weight: 400, hidden: false }
    styles.push({
      size: Number(attributes['font-size'] ?? outer.size),
      weight: attributes['font-weight'] === '600' ? 600 : outer.weight,
      hidden: outer.hidden || attributes['display'] === 'none',
    })
    if (name === 'text') {
      const anchor = attributes['direction'] === 'rtl' ? 'end' : attributes['text-anchor']
      const share = anchor === 'end' ? 1 : anchor === 'middle' ? 0.5 : 0
      const length =
        attributes['textLength'] === undefined ? null : Number(attributes['textLength'])
      place = { x: Number(attributes['x']), y: Number(attributes['y']), share, length }
      words = ''
      width = 0
    }
  })
  parser.on('text', (text) => {
    const { size = 16, weight = 400 } = styles.at(-1) ?? {}
    words += text
    width += textWidth(text, size, weight)
  })
  parser.on('closetag', ({ name }) => {
    const style = styles.pop()
    if (name !== 'text' || place === null || style === undefined) return
    const { x, y, share, length } = place
    const left = x - share * (length ?? width)
    if (!style.hidden)
      found.push({ words, left, right: left + (length ?? width), y, size: style.size })
    place = null
  })
  parser.write(svg).close()
  return found
}

/** What is wrong with the places of a picture's texts, in words. */
export function misplaced(svg: string, width: number, height: number): string[] {
  const texts = textsOf(svg)
  return texts.flatMap((text, index) => [
    ...(text.left < 0 || text.right > width || text.y > height || text.y - 0.7 * text.size < 0
      ? [`"${text.words}" leaves the picture`]
      : []),
    ...texts
      .slice(index + 1)
      .filter((other) => overlap(text, other))
      .map((other) => `"${text.words}" overlaps "${other.words}"`),
  ])
}

function overlap(one: Text, other: Text): boolean {
  const apart = 0.85 * Math.max(one.size, other.size)
  return one.left < other.right && other.left < one.right && Math.abs(one.y - other.y) < apart
}
