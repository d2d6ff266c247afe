import { SaxesParser } from 'saxes'
import { expect } from 'vitest'
import { type Markup, render } from '../../src/markup.ts'

const elements = new Set('svg title desc style path g text tspan'.split(' '))
const attributes = new Set(
  (
    'xmlns width height viewBox role lang aria-label font-family font-size font-weight fill ' +
    'fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray ' +
    'stroke-opacity class d x y text-anchor textLength lengthAdjust display direction'
  ).split(' '),
)

/** A picture's text, once it is known to be one: strict XML, nothing foreign, only real numbers. */
export function checked(piece: Markup): string {
  const text = render(piece)
  const parser = new SaxesParser()
  const words: string[] = []
  const foreign: string[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes: given }) => {
    if (!elements.has(name)) foreign.push(name)
    for (const [key, value] of Object.entries(given)) {
      if (!attributes.has(key)) foreign.push(`${name} ${key}`)
      if (!/^(aria-label|lang)$/.test(key)) words.push(value)
    }
    const { d = '' } = given
    if (name === 'path' && !/^[mM][-\d.MmlhvaHVz ]+$/.test(d)) foreign.push(`path d="${d}"`)
  })
  parser.write(text).close()
  // One expectation for all: thousands of pictures are read by it.
  expect(foreign).toEqual([])
  expect(words.join('\n')).not.toMatch(/NaN|Infinity|undefined|null/)
  return text
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
