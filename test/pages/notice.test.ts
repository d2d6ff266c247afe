import { describe, expect, test } from 'vitest'
import { fill } from '../../src/language.ts'
import { en } from '../../src/languages/en.ts'
import { languages } from '../../src/languages/index.ts'
import { render } from '../../src/markup.ts'
import { noticePage } from '../../src/pages/notice.ts'
import { elements, expectInertPage, zipped } from './html.ts'

const states = ['thanks', 'answered', 'closed', 'unknown', 'badLink', 'retry'] as const

describe.each(languages)('in $name', (language) => {
  test.each(states)('tells %s in a title and a sentence', async (state) => {
    const notice = language[state]
    const html = render(noticePage({ language, notice }))

    expect(html).toContain(`<h1>${notice.title}</h1>\n<p>${notice.text}</p>`)
    expect(html).toContain(`<title>${notice.title}</title>`)
    expectInertPage(html)
    expect(await zipped(html)).toBeLessThan(5_000)
  })
})

test('shows a way on where there is one', () => {
  const link = { href: '/s/abc?score=9&lang=en', text: 'Try again' }
  const html = render(noticePage({ language: en, notice: en.retry, link }))

  expect(html).toContain(
    '<p class="actions"><a href="/s/abc?score=9&amp;lang=en">Try again</a></p>',
  )
})

test('takes the name of a bad parameter for text', () => {
  const text = fill(en.badLink.text, { name: '<img src=x onerror=alert(1)>' })
  const plain = noticePage({ language: en, notice: en.badLink })
  const html = render(noticePage({ language: en, notice: { title: en.badLink.title, text } }))

  expect(elements(html)).toBe(elements(render(plain)))
})
