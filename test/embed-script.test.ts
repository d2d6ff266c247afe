import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { embedText } from '../src/embed-script.ts'
import { languages } from '../src/languages/index.ts'
import { pageScript } from '../src/page-script.ts'
import { scriptText } from '../src/script.ts'

/** Throws where the text is no script. */
const parse = (text: string) => new Script(text)

/** What came after ECMAScript 2018: `?.`, `??`, a `catch` without a name and newer methods. */
const newer = /\?\.\D|\?\?|catch \{|\.(?:at|flat|flatMap|replaceAll|matchAll)\(|\bstatic \{/

/** What runs text, or what a policy of the page may forbid. */
const forbidden =
  /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|\.on\w+ ?=|cssText|'style'/

const scripts = [
  { name: 'page script', text: pageScript, limit: 1_500 },
  ...languages.map((language) => ({
    name: `embed script, ${language.id}`,
    text: embedText(language),
    limit: 3_000,
  })),
]

describe.each(scripts)('$name', ({ text, limit }) => {
  test('is a script', () => {
    expect(() => parse(text)).not.toThrow()
  })

  test('is small, as it is sent', () => {
    expect(gzipSync(text).length).toBeLessThan(limit)
  })

  test('runs in the browsers of 2018', () => {
    expect(text).not.toMatch(newer)
  })

  test('keeps to what a strict page allows', () => {
    expect(text).not.toMatch(forbidden)
  })

  test('cannot end the element that it stands in', () => {
    expect(text).not.toMatch(/<[!/]/)
  })
})

test.each(languages)('the words of $id are in its script', (language) => {
  expect(embedText(language)).toContain(JSON.stringify(language.frame))
})

test('words are data, whatever they hold', () => {
  const frame = { open: `"'\`\${1}\\u2028\u2028`, close: '})()\n' }

  expect(() => parse(embedText({ frame }))).not.toThrow()
})

test('what only helps readers is not sent, and lines stay lines', () => {
  const text = scriptText("\n  // why\n  one()\n\n    two('// kept') // kept\n")

  expect(text).toBe("one()\ntwo('// kept') // kept\n")
})
