import { describe, expect, test } from 'vitest'
import { fill } from '../src/language.ts'
import { en } from '../src/languages/en.ts'
import { languages } from '../src/languages/index.ts'
import { questions } from '../src/surveys/index.ts'

/** Every text of a language by its path, such as `form.send`. */
function texts(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[path + key, value]]
    return texts(value, `${path}${key}.`)
  })
}

function holes(node: object): [string, string[]][] {
  return texts(node).map(([path, text]) => [path, (text.match(/\{\w+\}/g) ?? []).toSorted()])
}

test('begins with English, the language to fall back to', () => {
  expect(languages[0]).toBe(en)
})

test('names every language once', () => {
  const ids = languages.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(languages)('$id', (language) => {
  test('has an id that is canonical BCP 47', () => {
    expect(Intl.getCanonicalLocales(language.id)).toEqual([language.id])
  })

  test('has the holes of English in every text', () => {
    expect(holes(language)).toEqual(holes(en))
  })

  test('leaves no text empty or with stray spaces', () => {
    for (const [path, text] of texts(language)) expect([path, text.trim()]).toEqual([path, text])
    expect(texts(language).filter(([, text]) => text === '')).toEqual([])
  })

  test('writes its own script, so that no text was left in English', () => {
    const own = new Map(texts(language))
    const same = texts(en).filter(([path, text]) => own.get(path) === text)

    expect(same.map(([path]) => path)).toEqual(
      language === en ? texts(en).map(([path]) => path) : ['direction', 'chart.n'],
    )
  })

  test.each(questions)('fits both ends of $kind under the scale of a narrow phone', ({ kind }) => {
    const { low, high } = language.questions[kind]

    expect(low.length + high.length).toBeLessThanOrEqual(38)
  })
})

test('fills every hole it has a value for and leaves the others to be seen', () => {
  expect(fill('{from} to {to} of {from}', { from: 0 })).toBe('0 to {to} of 0')
})

test('fills a hole with text that holds a hole or a replacement pattern as it is', () => {
  expect(fill('“{name}”', { name: '$& {name}' })).toBe('“$& {name}”')
})
