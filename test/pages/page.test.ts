import { expect, test } from 'vitest'
import { markup, render } from '../../src/markup.ts'
import { css, page } from '../../src/page.ts'

const english = { id: 'en', direction: 'ltr' } as const

function shell(more = {}): string {
  return render(page({ language: english, title: 'A title', body: markup`<p>Text</p>`, ...more }))
}

test('is a complete document in the language and direction it is given', () => {
  expect(shell()).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/)
  expect(shell()).toMatch(/<\/html>\n$/)
  expect(shell({ language: { id: 'he', direction: 'rtl' } })).toContain('lang="he" dir="rtl"')
})

test('holds exactly the published style sheet, whatever the page', () => {
  for (const html of [shell(), shell({ wide: true, listed: true, title: '</style><b>' })]) {
    expect(/<style>([^]*?)<\/style>/.exec(html)?.[1]).toBe(css)
  }
})

test('fetches nothing from its style sheet', () => {
  expect(css).not.toMatch(/url\(|@import|@font-face|image-set/)
})

test('holds no character in its style sheet that markup would have to escape', () => {
  expect(css).not.toMatch(/[<&]/)
})

test('mirrors by itself, naming no left or right but the safe area of the device', () => {
  expect(css.replaceAll(/env\([\w-]+\)/g, '')).not.toMatch(/left|right/)
})

test('keeps out of search engines unless it is to be listed', () => {
  expect(shell()).toContain('<meta name="robots" content="noindex">')
  expect(shell({ listed: true })).not.toContain('noindex')
})

test('escapes its title', () => {
  expect(shell({ title: '</title><b>' })).toContain('<title>&lt;/title&gt;&lt;b&gt;</title>')
})
