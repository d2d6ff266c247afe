import { describe, expect, test } from 'vitest'
import { type Language, fill } from '../src/language.ts'
import { en } from '../src/languages/en.ts'
import { languages } from '../src/languages/index.ts'
import { questions } from '../src/surveys/index.ts'
import { textWidth } from '../src/text.ts'

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
  expect(new Set(languages.map(({ name }) => name)).size).toBe(ids.length)
})

/** Texts that may be those of English: what is common, and what the two languages happen to share. */
const shared: Readonly<Record<string, readonly string[]>> = {
  de: ['chart.neutral'],
  es: ['questions.thumbs.low'],
  it: ['questions.thumbs.low'],
  nl: ['chart.pp'],
}

function sharedBy({ id, direction }: Language): string[] {
  const common = direction === en.direction ? ['direction'] : []
  return [...common, ...formulas, ...(shared[id] ?? [])]
}

/** Signs of statistics, which have no language. */
const formulas = ['chart.n', 'chart.small']

/** The letters a language is written in. */
const scripts: Readonly<Record<string, RegExp>> = {
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  ar: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
}

/** Half of the line under a scale on a phone of 320 pixels, where texts are this large. */
const half = 124
const small = 13

/** The longest part that is not broken at a space. */
function longestWord(text: string): number {
  const words = /[\p{Script=Hiragana}\p{Script=Han}]/u.test(text) ? text : text.split(/[ -]/)
  return Math.max(...[...words].map((word) => textWidth(word, small)))
}

describe.each(languages)('$id', (language) => {
  test('has an id that is canonical BCP 47', () => {
    expect(Intl.getCanonicalLocales(language.id)).toEqual([language.id])
  })

  test('is known to whatever formats its numbers and dates, with the digits of our scales', () => {
    const options = { numberingSystem: 'latn', calendar: 'gregory', locale: language.id }

    expect(new Intl.DateTimeFormat(language.id).resolvedOptions()).toMatchObject(options)
    expect(new Intl.NumberFormat(language.id).resolvedOptions().locale).toBe(language.id)
  })

  test('is read in the direction of its script', () => {
    expect(language.direction).toBe(['ar', 'he'].includes(language.id) ? 'rtl' : 'ltr')
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

    expect(same.map(([path]) => path).toSorted()).toEqual(
      (language === en ? texts(en).map(([path]) => path) : sharedBy(language)).toSorted(),
    )
  })

  test('writes every sentence in its letters', () => {
    const letters = scripts[language.id] ?? /\p{Script=Latin}/u
    const foreign = texts(language).filter(
      ([path, text]) => !['id', 'direction', ...formulas].includes(path) && !letters.test(text),
    )

    expect(foreign).toEqual([])
  })

  test('leaves no straight quotes, no dots in place of an ellipsis and no bare blank before a mark', () => {
    for (const [path, text] of texts(language)) {
      expect([path, text]).not.toEqual([path, expect.stringMatching(/["']|\.\.| [?!:;»]|« | {2}/)])
    }
  })

  test('titles without a full stop, and ends every sentence', () => {
    const sentences =
      /\.text$|^form\.(scale|choose|drivers|noScore|comment|privacy|unconfirmed)|^preview|hint$/
    for (const [path, text] of texts(language)) {
      if (sentences.test(path))
        expect([path, text]).toEqual([path, expect.stringMatching(/[.?!。？！؟]$/)])
      // Percentage points are written with full stops in some languages.
      else if (path !== 'chart.pp') {
        expect([path, text]).not.toEqual([path, expect.stringMatching(/[.。]$/)])
      }
    }
  })

  test.each(questions)('fits both ends of $kind under the scale of a narrow phone', ({ kind }) => {
    const { low, high } = language.questions[kind]

    for (const end of [low, high]) {
      expect(end.length).toBeLessThanOrEqual(32)
      expect(longestWord(end)).toBeLessThanOrEqual(half)
      expect(textWidth(end, small)).toBeLessThanOrEqual(1.8 * half)
    }
  })

  test('asks in at most four lines of a narrow phone', () => {
    for (const { text } of Object.values(language.questions)) {
      expect(textWidth(text, 24, 600)).toBeLessThanOrEqual(3.4 * 288)
    }
  })

  test('keeps the words of charts short', () => {
    const { tooFew, interval, close, share, noChange, ...others } = language.chart
    const width = (text: string) => textWidth(text.replace(/\{\w+\}/g, ''), small)

    for (const text of [tooFew, interval, close, share, noChange]) {
      expect(width(text)).toBeLessThanOrEqual(170)
    }
    for (const text of Object.values(others)) expect(width(text)).toBeLessThanOrEqual(110)
  })

  test('keeps buttons and controls short', () => {
    const { form, frame, withdrawal } = language
    const labels = [form.send, form.confirm, form.save, withdrawal.button, frame.open, frame.close]

    for (const label of labels) expect(textWidth(label, 18, 600)).toBeLessThanOrEqual(160)
  })
})

test('fills every hole it has a value for and leaves the others to be seen', () => {
  expect(fill('{from} to {to} of {from}', { from: 0 })).toBe('0 to {to} of 0')
})

test('fills a hole with text that holds a hole or a replacement pattern as it is', () => {
  expect(fill('“{name}”', { name: '$& {name}' })).toBe('“$& {name}”')
})
