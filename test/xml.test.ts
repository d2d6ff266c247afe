import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../src/problem.ts'
import { isElement, parseXml } from '../src/xml.ts'

/** What the text is refused with. */
function refusal(text: string): string {
  try {
    parseXml(text)
  } catch (thrown) {
    if (thrown instanceof Problem) return `${thrown.kind}: ${thrown.message}`
    throw thrown
  }
  throw new Error(`accepted ${text.slice(0, 80)}`)
}

const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)

test('reads elements by local name, with the text directly inside them', () => {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?><!-- note --><s:a xmlns:s="urn:s" s:x="1">' +
    ' one <s:b>2</s:b> three <c xmlns="urn:c"/></s:a>'

  expect(parseXml(text)).toEqual({
    name: 'a',
    text: ' one  three ',
    children: [
      { name: 'b', text: '2', children: [] },
      { name: 'c', text: '', children: [] },
    ],
  })
})

test('whatever their prefix is called, names are the same', () => {
  const soap = (prefix: string) =>
    `<${prefix}:Envelope xmlns:${prefix}="http://schemas.xmlsoap.org/soap/envelope/"><${prefix}:Body/></${prefix}:Envelope>`

  expect(parseXml(soap('soapenv'))).toEqual(parseXml(soap('S')))
})

test('knows the five entities of XML and characters by number', () => {
  expect(parseXml('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x20ac;</a>').text).toBe('<>&"\'A€')
})

test('takes CDATA as the text that it is', () => {
  expect(parseXml('<a>x<![CDATA[<b>&amp;</b>]]>y</a>')).toEqual({
    name: 'a',
    text: 'x<b>&amp;</b>y',
    children: [],
  })
})

test('takes a byte order mark for none', () => {
  expect(parseXml('\ufeff<a/>')).toEqual({ name: 'a', text: '', children: [] })
})

test.each([
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['an external subset', '<!DOCTYPE a SYSTEM "https://example.com/a.dtd"><a/>'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "https://example.com/p">%p;]><a/>'],
  [
    'a billion laughs',
    '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;">]><a>&n;</a>',
  ],
  ['nothing', '<!DOCTYPE a><a/>'],
])('refuses a document type with %s', (_, text) => {
  expect(refusal(text)).toBe('malformed: The body has a document type, which is not accepted')
})

test.each([
  ['', 'nothing'],
  [' \n', 'blanks'],
  ['<?xml version="1.0"?>', 'a declaration'],
  ['{"a": 1}', 'JSON'],
  ['text', 'text'],
  ['<a>', 'an element that is not closed'],
  ['<a><b></a></b>', 'elements that overlap'],
  ['<a/><b/>', 'two roots'],
  ['<a/>text', 'text after the root'],
  ['<a>&nbsp;</a>', 'an entity of HTML'],
  ['<a>&x;</a>', 'an entity that nobody has declared'],
  ['<p:a/>', 'a prefix that nobody has declared'],
  ['<a b=1/>', 'an attribute without quotes'],
  ['<a b="1" b="2"/>', 'an attribute that occurs twice'],
  ['<a><![CDATA[x</a>', 'CDATA that is not closed'],
  ['<a>\u0000</a>', 'NUL'],
  ['<a>&#0;</a>', 'NUL by number'],
  ['<a', 'half a tag'],
])('refuses %j: %s', (text) => {
  expect(refusal(text)).toBe('malformed: The body is not well-formed XML')
})

test('refuses what nests deeper than 32 levels, however deep', () => {
  expect(parseXml(nested(32)).name).toBe('a')
  expect(refusal(nested(33))).toBe('malformed: The body nests deeper than 32 levels')
  expect(refusal('<a>'.repeat(100_000))).toBe('malformed: The body nests deeper than 32 levels')
})

test('names that objects inherit are names like others', () => {
  expect(parseXml('<__proto__><constructor>1</constructor></__proto__>')).toEqual({
    name: '__proto__',
    text: '',
    children: [{ name: 'constructor', text: '1', children: [] }],
  })
})

test('whatever is refused is refused as a problem', () => {
  const markup =
    '<a>|</a>|<p:b |xmlns:p="u"|>|/>|&amp;|&x;|<![CDATA[|]]>|<!DOCTYPE a|[|]|<!--|-->|<?x|?>|"|<'
  const piece = fc.constantFrom(...markup.split('|'), 'text', '\u0000')

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      let outcome: unknown
      try {
        outcome = parseXml(text)
      } catch (thrown) {
        outcome = thrown
      }

      expect(isElement(outcome) || outcome instanceof Problem).toBe(true)
    }),
    { seed: 1, numRuns: 2_000 },
  )
})

test.each([null, 5, 'text', {}, { name: 'a' }, []])('%j is no element', (value) => {
  expect(isElement(value)).toBe(false)
})
