import naughty from 'big-list-of-naughty-strings/blns.json'
import { describe, expect, test } from 'vitest'
import { en } from '../../src/languages/en.ts'
import { languages } from '../../src/languages/index.ts'
import { render } from '../../src/markup.ts'
import { css } from '../../src/page.ts'
import { surveyPage } from '../../src/pages/survey.ts'
import type { SurveyView } from '../../src/pages/survey.ts'
import { nps } from '../../src/surveys/nps.ts'
import { questions } from '../../src/surveys/index.ts'
import { elements, expectInertPage, zipped } from './html.ts'

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
  action: '/s/abc?lang=en',
  submission: '0192f0c4',
  score: null,
  comment: '',
  properties: { plan: 'pro' },
  errors: [],
}

function html(more: Partial<SurveyView> = {}): string {
  return render(surveyPage({ ...view, ...more }))
}

const everyError: Partial<SurveyView> = {
  score: 9,
  comment: 'So far so good',
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
    const scores = [...page.matchAll(/name="score" value="(\d+)" required/g)].map(([, value]) =>
      Number(value),
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

  expect(page).toContain('<form method="post" action="/s/abc?lang=en">')
  expect(page).toContain('<input type="hidden" name="submission" value="0192f0c4">')
  expect(page).toContain('<input type="hidden" name="p.plan" value="pro">')
})

test('chooses only the score of the link, zero included', () => {
  for (const score of [0, 7, 10]) {
    const chosen = html({ score }).match(/value="\d+" required[^>]* checked/g)

    expect(chosen).toHaveLength(1)
    expect(chosen?.[0]).toContain(`value="${score}" `)
  }
})

test('chooses nothing for a score outside the scale', () => {
  expect(html({ score: 11 })).not.toContain(' checked')
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
  expect(html({ comment: '\nFirst' })).toMatch(/<textarea[^>]*>\n\nFirst<\/textarea>/)
})

test('keeps the comment box open where something was typed', () => {
  expect(html({ comment: 'First' })).toContain('class="comment open"')
  expect(html()).toContain('class="comment"')
})

test('leads from each error to its field, and from each field to its error', () => {
  const page = html(everyError)

  expect(page).toContain('<li id="score-error"><a href="#score">')
  expect(page).toContain('<li id="comment-error"><a href="#comment">')
  expect(page).toContain(`<li id="form-error">${en.retry.text}</li>`)
  expect(page).toContain('aria-describedby="range score-error" aria-invalid="true"')
  expect(page).toContain('aria-invalid="true" aria-describedby="comment-error"')
  expect(page).toMatch(/value="0" required id="score"/)
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

test('takes no naughty string for markup, wherever a stranger can put one', () => {
  const plain = elements(html({ comment: 'x' }))

  for (const text of naughty) {
    const document = { ...view.document, question: { en: text } }
    const properties = { [`plan${text}`]: text }
    const page = html({
      document,
      properties,
      submission: text,
      action: `/s/${text}`,
      comment: text,
    })

    expect(elements(page)).toBe(plain)
  }
})

test('is the same page for the same view', () => {
  expect(html(everyError)).toBe(html(everyError))
})
