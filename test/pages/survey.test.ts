import naughty from 'big-list-of-naughty-strings/blns.json'
import { describe, expect, test } from 'vitest'
import { en } from '../../src/languages/en.ts'
import { languages } from '../../src/languages/index.ts'
import { render } from '../../src/markup.ts'
import { plain } from '../../src/dress.ts'
import { css } from '../../src/page.ts'
import { surveyPage } from '../../src/pages/survey.ts'
import type { SurveyView } from '../../src/pages/survey.ts'
import { nps } from '../../src/surveys/nps.ts'
import { questions } from '../../src/surveys/index.ts'
import { elements, expectInertPage, zipped } from './html.ts'

const nothing = { score: null, comment: '', drivers: [] }

const view: SurveyView = {
  document: {
    kind: 'nps',
    name: 'Internal name',
    question: {},
    locales: ['en'],
    properties: ['plan'],
    comment: true,
  },
  question: nps,
  language: en,
  dress: plain,
  stage: 'new',
  survey: 'abc',
  action: '/s/abc?lang=en',
  hidden: { submission: '0192f0c4', 'p.plan': 'pro' },
  chosen: nothing,
  errors: [],
  preview: false,
}

function html(more: Partial<SurveyView> = {}): string {
  return render(surveyPage({ ...view, ...more }))
}

const everyError: Partial<SurveyView> = {
  chosen: { ...nothing, score: 9, comment: 'So far so good' },
  errors: [
    { field: 'score', message: en.form.noScore },
    { field: 'comment', message: en.form.commentUnreadable },
    { field: 'form', message: en.retry.text },
  ],
}

describe.each(questions)('$kind', (question) => {
  const document = { ...view.document, kind: question.kind }

  test('offers every score of its scale once, in order, and chooses none', () => {
    const page = html({ question, document })
    const scores = [...page.matchAll(/name="score" value="(\d+)" class="\w+" required/g)].map(
      ([, value]) => Number(value),
    )

    expect(scores[0]).toBe(question.from)
    expect(scores.at(-1)).toBe(question.to)
    expect(scores).toHaveLength(question.to - question.from + 1)
    expect(scores).toEqual(scores.toSorted((one, other) => one - other))
    expect(page).not.toContain(' checked')
  })

  test('has a row of its size in the style sheet', () => {
    expect(css).toContain(`.of${question.to - question.from + 1} {`)
  })

  test.each(languages)('is inert and light in $name', async (language) => {
    const page = html({ question, document, language, ...everyError })

    expectInertPage(page)
    expect(await zipped(page)).toBeLessThan(5_000)
  })
})

test('posts to the address it is given, with the submission and the properties', () => {
  const page = html()

  expect(page).toContain('method="post" action="/s/abc?lang=en"')
  expect(page).toContain('<input type="hidden" name="submission" value="0192f0c4">')
  expect(page).toContain('<input type="hidden" name="p.plan" value="pro">')
})

test('chooses only the score of the link, zero included', () => {
  for (const score of [0, 7, 10]) {
    const chosen = html({ chosen: { ...nothing, score } }).match(
      /value="\d+" class="\w+" required[^>]* checked/g,
    )

    expect(chosen).toHaveLength(1)
    expect(chosen?.[0]).toContain(`value="${score}" `)
  }
})

test('chooses nothing for a score outside the scale', () => {
  expect(html({ chosen: { ...nothing, score: 11 } })).not.toContain(' checked')
})

test('asks the question of the team where there is one, and never shows the internal name', () => {
  const question = { en: 'Would you tell a friend?' }
  const page = html({ document: { ...view.document, question } })

  expect(page).toContain('<h1 id="question">Would you tell a friend?</h1>')
  expect(page).toContain('<title>Would you tell a friend?</title>')
  expect(page).not.toContain('Internal name')
})

test('has no comment box where the survey wants none', () => {
  expect(html({ document: { ...view.document, comment: false } })).not.toContain('<textarea')
})

test('keeps what was typed, its first line break too', () => {
  expect(html({ chosen: { ...nothing, comment: '\nFirst' } })).toMatch(
    /<textarea[^>]*>\n\nFirst<\/textarea>/,
  )
})

test('keeps the comment box open where something was typed', () => {
  expect(html({ chosen: { ...nothing, comment: 'First' } })).toContain('class="comment open"')
  expect(html()).toContain('class="comment"')
})

test('leads from each error to its field, and from each field to its error', () => {
  const page = html(everyError)

  expect(page).toContain('<li id="score-error"><a href="#score">')
  expect(page).toContain('<li id="comment-error"><a href="#comment">')
  expect(page).toContain(`<li id="form-error">${en.retry.text}</li>`)
  expect(page).toContain('aria-describedby="range score-error" aria-invalid="true"')
  expect(page).toContain('aria-invalid="true" aria-describedby="comment-error"')
  expect(page).toMatch(/value="0" class="low" required id="score"/)
})

test('says in its title that something is wrong, before anything else', () => {
  expect(html(everyError)).toContain(`<title>${en.form.problem} – `)
})

test('says nothing of errors where there are none', () => {
  expect(html().replace(css, '')).not.toMatch(/role="alert"|aria-invalid|autofocus/)
})

test('uses every id once', () => {
  const ids = [...html(everyError).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)

  expect(new Set(ids).size).toBe(ids.length)
})

/** A page with a stranger's text wherever there is room for one. */
function hostile(text: string): Partial<SurveyView> {
  const texts = { en: text }
  return {
    document: {
      ...view.document,
      question: texts,
      ends: { low: texts, high: texts },
      followUp: { low: texts, middle: texts, high: texts },
      drivers: [{ id: 'a', label: texts }],
      brand: text,
    },
    dress: { ...plain, brand: text },
    hidden: { submission: text, [`p.plan${text}`]: text },
    action: `/s/${text}`,
    survey: text,
    chosen: { ...nothing, comment: text },
    notice: { title: text, text },
    errors: [{ field: 'form', message: text }],
  }
}

test('takes no naughty string for markup, wherever a stranger can put one', () => {
  const harmless = elements(html(hostile('x')))

  for (const text of naughty.filter((one) => one !== '')) {
    expect(elements(html(hostile(text)))).toBe(harmless)
  }
})

test.each([
  ['csat', 'stars', 'Stars: 3 of 5'],
  ['csat', 'faces', 'Neither'],
  ['thumbs', 'thumbs', 'Yes'],
] as const)('draws %s as %s, and says in words what each point is', (kind, look, words) => {
  const question = questions.find((one) => one.kind === kind) ?? nps
  const page = html({ question, document: { ...view.document, kind, look } })

  expect(page.match(/<svg[^>]*aria-hidden="true"/g)).toHaveLength(question.to - question.from + 2)
  expect(page).toContain(words)
})

test('asks for the reasons that fit each bucket, and offers drivers by their ids', () => {
  const drivers = [{ id: 'price', label: { en: 'Price' } }]
  const followUp = { low: { en: 'What hurt?' } }
  const page = html({ document: { ...view.document, drivers, followUp } })

  expect(page).toContain('<span class="why low">What hurt?</span>')
  expect(page).toContain(`<span class="why high">${en.followUp.high}</span>`)
  expect(page).toContain('name="driver.price" value="1"><span>Price</span>')
})

test('says that a link has chosen and nothing is saved yet', () => {
  const page = html({ stage: 'linked', chosen: { ...nothing, score: 9 } })

  expect(page).toContain(`>${en.form.confirm}</button>`)
  expect(page).toContain(en.form.unconfirmed)
  expect(page).toContain('data-preselected')
})

test('wears the colour and the name of whoever asks', () => {
  const page = html({ dress: { ...plain, brand: 'Acme', accent: '#0b5f3a' } })

  expect(page).toContain('<p class="brand">Acme</p>')
  expect(page).toContain(':root{--accent:#0b5f3a}')
  expect(page).not.toContain('Tidemark')
})

test('is the same page for the same view', () => {
  expect(html(everyError)).toBe(html(everyError))
})
