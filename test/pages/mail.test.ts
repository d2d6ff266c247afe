import naughty from 'big-list-of-naughty-strings/blns.json'
import { describe, expect, test } from 'vitest'
import { contrast } from '../../src/contrast.ts'
import { en } from '../../src/languages/en.ts'
import { languages } from '../../src/languages/index.ts'
import { mailText } from '../../src/mail-text.ts'
import { mailers } from '../../src/mailers.ts'
import type { MailView } from '../../src/mail.ts'
import { render } from '../../src/markup.ts'
import { mailPage } from '../../src/pages/mail.ts'
import type { SurveyDocument } from '../../src/survey.ts'
import { csat } from '../../src/surveys/csat.ts'
import { nps } from '../../src/surveys/nps.ts'
import { questions } from '../../src/surveys/index.ts'
import { thumbs } from '../../src/surveys/thumbs.ts'
import { elements } from './html.ts'
import { type MailElement, asOutlook, darkRules, elementsOf, shown } from './mail.ts'

const document: SurveyDocument = {
  kind: 'nps',
  name: 'Internal name',
  question: {},
  locales: ['en'],
  properties: [],
  comment: true,
}

const view: MailView = {
  document,
  question: nps,
  language: en,
  address: '{{tidemark_url}}',
  logo: null,
}

const branded: Partial<MailView> = {
  document: { ...document, brand: 'Harbour & Sons', accent: '#5b21b6' },
  logo: 'https://tidemark.test/s/abc/logo',
}

function html(more: Partial<MailView> = {}): string {
  return render(mailPage({ ...view, ...more }))
}

const looks: Record<string, Partial<MailView>> = {
  stars: { question: csat, document: { ...document, kind: 'csat', look: 'stars' } },
  faces: { question: csat, document: { ...document, kind: 'csat', look: 'faces' } },
  thumbs: { question: thumbs, document: { ...document, kind: 'thumbs' } },
}

/** Elements and attributes that mail programs keep and that can do no harm. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  html: ['xmlns', 'lang', 'dir'],
  head: [],
  meta: ['charset', 'name', 'content'],
  title: [],
  style: [],
  body: ['class', 'style'],
  table: ['role', 'cellpadding', 'cellspacing', 'border', 'width', 'lang', 'dir', 'style'],
  tr: [],
  td: ['class', 'align', 'valign', 'width', 'height', 'style'],
  div: ['aria-hidden', 'style'],
  h1: ['class', 'style'],
  a: ['class', 'href', 'aria-label', 'aria-hidden', 'tabindex', 'style'],
  img: ['src', 'alt', 'height', 'border', 'style'],
}

/** Styles that mail programs drop or draw each in their own way. */
const unsteady =
  /^(?:position|float|top|left|right|bottom|inset|z-index|transform|background-image)$/

const linksOf = (all: readonly MailElement[]) => all.filter(({ name }) => name === 'a')
const isTrap = ({ attributes }: MailElement) => attributes['aria-hidden'] === 'true'

const cases: [string, Partial<MailView>][] = [
  ...questions.map((question): [string, Partial<MailView>] => [
    question.kind,
    { question, document: { ...document, kind: question.kind } },
  ]),
  ...languages.map((language): [string, Partial<MailView>] => [language.id, { language }]),
  ...Object.entries(looks),
  ['a brand with a logo', branded],
  ['a brand without a logo', { ...branded, logo: null }],
]

describe.each(cases)('%s', (_name, more) => {
  const page = html(more)
  const all = elementsOf(page)

  test('is well-formed, for Outlook too, and has nothing that mail programs drop', () => {
    const strange = [...all, ...elementsOf(asOutlook(page))].flatMap(({ name, attributes }) =>
      Object.keys(attributes)
        .filter((attribute) => allowed[name]?.includes(attribute) !== true)
        .map((attribute) => `${name} ${attribute}`),
    )
    const unknown = all.filter(({ name }) => allowed[name] === undefined)
    const styles = all.flatMap(({ style }) => Object.keys(style))

    expect(strange).toEqual([])
    expect(unknown).toEqual([])
    expect(styles.filter((property) => unsteady.test(property))).toEqual([])
    expect(page).not.toMatch(/url\(|@import|@font-face/)
  })

  test('draws with tables of which a screen reader says nothing', () => {
    const tables = elementsOf(asOutlook(page)).filter(({ name }) => name === 'table')

    expect(tables.length).toBeGreaterThan(4)
    for (const { attributes } of tables) {
      expect(attributes).toMatchObject({
        role: 'presentation',
        cellpadding: '0',
        cellspacing: '0',
        border: '0',
      })
    }
  })

  test('says its language and direction where mail programs cut off the head', () => {
    const { id: lang, direction: dir } = more.language ?? en
    const [, outermost] = all.filter(({ attributes }) => attributes['lang'] !== undefined)

    expect(all[0]?.attributes).toMatchObject({ lang, dir })
    expect(outermost).toMatchObject({ name: 'table', attributes: { lang, dir } })
  })

  test('keeps the merge tag in every link, byte for byte', () => {
    const hrefs = [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href)

    expect(hrefs).toHaveLength(linksOf(all).length)
    expect(hrefs.filter((href) => !href.startsWith('{{tidemark_url}}?'))).toEqual([])
  })

  test('links every score once, in order, and leads to the page', () => {
    const { from, to } = more.question ?? nps
    const { id } = more.language ?? en
    const hrefs = linksOf(all)
      .filter((link) => !isTrap(link))
      .map(({ attributes }) => attributes['href'])
    const scores = Array.from({ length: to - from + 1 }, (_, index) => from + index)

    expect(hrefs).toEqual([
      ...scores.map((score) => `{{tidemark_url}}?score=${score}&lang=${id}`),
      `{{tidemark_url}}?lang=${id}`,
    ])
  })

  test('has text in every link but one, which is for robots', () => {
    const [trap, ...others] = linksOf(all).filter(({ text }) => text.trim() === '')

    expect(others).toEqual([])
    expect(trap?.attributes).toMatchObject({
      href: '{{tidemark_url}}?score=trap',
      'aria-hidden': 'true',
      tabindex: '-1',
    })
    expect(trap?.style['display']).toBe('none')
    expect(trap?.parent?.style).toMatchObject({ display: 'none', 'max-height': '0' })
    expect(all.filter(({ parent }) => parent === trap)).toEqual([])
  })

  test('names both colours of every cell and the colour of every link', () => {
    const cells = all.filter(({ name }) => name === 'td')
    const rules = darkRules(page)

    expect(rules.size).toBe(5)
    for (const { style } of cells) {
      expect(style['background-color']).toMatch(/^#[0-9a-f]{6}$/)
      expect(style['color']).toMatch(/^#[0-9a-f]{6}$/)
    }
    for (const { style } of linksOf(all)) expect(style['color']).toMatch(/^#[0-9a-f]{6}$/)
  })

  test('can be read on light and on dark screens', () => {
    const told = all.filter(
      ({ name, text }) => !['title', 'style'].includes(name) && text.trim() !== '',
    )
    const ratios = [new Map(), darkRules(page)].flatMap((rules) =>
      told.map((element) =>
        contrast(
          shown(element, 'color', rules) ?? '',
          shown(element, 'background-color', rules) ?? '',
        ),
      ),
    )

    expect(told.length).toBeGreaterThan(4)
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5)
  })

  test('turns every colour on a dark screen', () => {
    const rules = darkRules(page)
    const kept = all.filter(
      (element) =>
        element.style['color'] !== undefined &&
        !isTrap(element) &&
        ['color', 'background-color'].some(
          (property) => shown(element, property) === shown(element, property, rules),
        ),
    )

    expect(
      kept.map(({ name }) => name).filter((name) => name !== 'body' && name !== 'img'),
    ).toEqual([])
  })

  test('weighs less than 12 kB', () => {
    expect(new TextEncoder().encode(page).byteLength).toBeLessThan(12 * 1024)
  })

  test('tells the same as text, a line a score', () => {
    const { from, to } = more.question ?? nps
    const { id, mail } = more.language ?? en
    const text = mailText({ ...view, ...more })
    const lines = text.split('\n').filter((line) => line.includes('?score='))

    expect(lines).toHaveLength(to - from + 1)
    for (const [index, line] of lines.entries()) {
      expect(line).toMatch(
        new RegExp(`^\\S.*  \\{\\{tidemark_url\\}\\}\\?score=${from + index}&lang=${id}$`),
      )
    }
    expect(text).toContain(`\n${mail.hint}\n`)
    expect(text).toContain(`${mail.open}: {{tidemark_url}}?lang=${id}\n`)
    expect(text).not.toContain('trap')
  })
})

test.each(mailers)('the tag of $id survives HTML and stands before a query', ({ id, tag }) => {
  const address = tag ?? 'https://tidemark.test/s/abc'
  const page = html({ address })

  expect(address).not.toMatch(/[&<>"'?#]/)
  expect(page).toContain(` href="${address}?score=0&amp;lang=en"`)
  expect(mailText({ ...view, address })).toContain(
    `10 (Extremely likely)  ${address}?score=10&lang=en`,
  )
  expect(id).toMatch(/^[a-z]+$/)
})

test('the question is the heading, the title and the first line', () => {
  const asked = { ...document, question: { en: 'Would you tell a friend?' } }
  const all = elementsOf(html({ document: asked }))

  for (const name of ['h1', 'title']) {
    expect(all.find((element) => element.name === name)?.text).toBe('Would you tell a friend?')
  }
  expect(mailText({ ...view, document: asked })).toMatch(/^Would you tell a friend\?\n\n0 /)
  expect(html({ document: asked })).not.toContain('Internal name')
})

test('the ends of a scale are told in words, the team’s own where there are some', () => {
  const ends = { low: { en: 'Never' }, high: { en: 'Always' } }
  const own = { ...document, ends }

  expect(html()).toContain('>0 – Not at all likely<')
  expect(html()).toContain('>10 – Extremely likely<')
  expect(html({ document: own })).toContain('>0 – Never<')
  expect(mailText({ ...view, document: own })).toContain('10 (Always)  {{')
})

test('stars are counted, and their names are read out', () => {
  const names = linksOf(elementsOf(html(looks['stars']))).map(({ text, attributes }) => [
    text,
    attributes['aria-label'],
  ])

  expect(names[0]).toEqual(['1\u00a0★', 'Stars: 1 of 5'])
  expect(names[4]).toEqual(['5\u00a0★', 'Stars: 5 of 5'])
})

test('faces and thumbs are links in words', () => {
  const words = (more?: Partial<MailView>) =>
    linksOf(elementsOf(html(more)))
      .filter((link) => !isTrap(link))
      .map(({ text }) => text)
      .slice(0, -1)

  expect(words(looks['faces'])).toEqual(en.faces)
  expect(words(looks['thumbs'])).toEqual(['No', 'Yes'])
})

test('the logo says whose it is, and the name stands alone where there is none', () => {
  const pictures = elementsOf(html(branded)).filter(({ name }) => name === 'img')
  const alone = elementsOf(html({ ...branded, logo: null }))

  expect(pictures.map(({ attributes }) => [attributes['src'], attributes['alt']])).toEqual([
    [branded.logo, 'Harbour & Sons'],
  ])
  expect(alone.filter(({ name }) => name === 'img')).toEqual([])
  expect(alone.map(({ text }) => text.trim())).toContain('Harbour & Sons')
})

test('the colour of a brand is lightened for dark screens as far as it must be', () => {
  const page = html({ document: { ...document, accent: '#14315f' } })
  const link = linksOf(elementsOf(page))[0]

  expect(link?.style['color']).toBe('#14315f')
  expect(darkRules(page).get('tm-link')?.['color']).not.toBe('#14315f')
})

test('takes no naughty string for markup, and tells it unchanged as text', () => {
  const plain = elements(html({ ...branded }))

  for (const text of naughty.filter((some) => some.trim() !== '')) {
    const ends = { low: { en: text }, high: { en: text } }
    const wild = { ...document, question: { en: text }, ends, brand: text, accent: '#5b21b6' }
    const page = html({ ...branded, document: wild })

    expect(elements(page)).toBe(plain)
    expect(elementsOf(page).length).toBe(elementsOf(html(branded)).length)
    expect(mailText({ ...view, document: wild })).toContain(`${text}\n\n0 (${text})  {{`)
  }
})
