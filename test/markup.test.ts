import naughty from 'big-list-of-naughty-strings/blns.json'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { markup, render } from '../src/markup.ts'

/** Every element and text an XML parser finds; it throws where the markup is not well-formed. */
function parsed(xml: string): { elements: string[]; attribute: string; text: string } {
  const found = { elements: new Array<string>(), attribute: '', text: '' }
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    found.elements.push(name)
    found.attribute = attributes['title'] ?? ''
  })
  parser.on('text', (text) => {
    found.text += text
  })
  parser.write(xml).close()
  return found
}

/** What is left of a string in XML: forbidden characters fall out, line breaks become one kind. */
function kept(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/\r\n?/g, '\n')
  )
}

function expectInert(text: string): void {
  const found = parsed(render(markup`<p title="${text}">${text}</p>`))

  expect(found.elements).toEqual(['p'])
  expect(found.text).toBe(kept(text))
  expect(found.attribute).toBe(kept(text).replace(/[\n\t]/g, ' '))
}

test.each(naughty.map((text, index) => [index, text] as const))(
  'keeps naughty string %i inert text',
  (_, text) => {
    expectInert(text)
  },
)

test('keeps any string inert text, lone surrogates and control characters included', () => {
  const units = fc.array(fc.integer({ min: 0, max: 0xff_ff }))

  fc.assert(fc.property(fc.string({ unit: 'binary' }), expectInert))
  fc.assert(fc.property(units, (codes) => expectInert(String.fromCharCode(...codes))))
})

test('keeps any string built from the characters of markup inert text', () => {
  const pieces = fc.constantFrom('<', '>', '&', '"', "'", '&lt;', ']]>', '<!--', '</p>', 'x', ' ')

  fc.assert(fc.property(fc.array(pieces), (all) => expectInert(all.join(''))))
})

test('escapes what it is given and keeps what it has made', () => {
  const inner = markup`<b>${'R&D'}</b>`

  expect(render(markup`<p>${inner} ${'<b>'}</p>`)).toBe('<p><b>R&amp;D</b> &lt;b&gt;</p>')
})

test('writes numbers, zero included, and lists in their order', () => {
  const items = [1, 2].map((item) => markup`<li>${item}</li>`)

  expect(render(markup`${0}${items}`)).toBe('0<li>1</li><li>2</li>')
})

test('writes nothing for null, undefined and false', () => {
  expect(render(markup`<p>${null}${undefined}${false}${[]}</p>`)).toBe('<p></p>')
})

test('does not take an object that looks like markup for markup', () => {
  const forged = JSON.parse('{"safe": "<b>"}')

  expect(() => markup`${forged}`).toThrow(TypeError)
})
