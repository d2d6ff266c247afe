import { SaxesParser } from 'saxes'
import { expect } from 'vitest'
import { type Markup, render } from '../../src/markup.ts'

const elements = new Set('svg title desc style path g text tspan'.split(' '))
const attributes = new Set(
  (
    'xmlns width height viewBox role lang aria-label font-family font-size font-weight fill ' +
    'fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray ' +
    'stroke-opacity class d x y text-anchor textLength lengthAdjust display'
  ).split(' '),
)

/** A picture's text, once it is known to be one: strict XML, nothing foreign, only real numbers. */
export function checked(piece: Markup): string {
  const text = render(piece)
  const parser = new SaxesParser()
  const words: string[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes: given }) => {
    expect(elements).toContain(name)
    for (const [key, value] of Object.entries(given)) {
      expect(attributes).toContain(key)
      if (!/^(aria-label|lang)$/.test(key)) words.push(value)
    }
    if (name === 'path') expect(given['d']).toMatch(/^[mM][-\d.MmlhvaHVz ]+$/)
  })
  parser.write(text).close()
  expect(words.join('\n')).not.toMatch(/NaN|Infinity|undefined|null/)
  return text
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
