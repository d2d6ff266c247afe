import { expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { en } from '../../src/languages/en.ts'
import { phone, smallPhone } from './browser.ts'
import { test } from './stage.ts'

const path = `/s/${demo.nps}`

test('without a score the browser itself keeps the answer back', async ({ program, open }) => {
  const page = await open(smallPhone)
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.method()))
  await page.goto(program.origin + path)
  await page.getByRole('button').tap()
  await page.waitForTimeout(500)

  expect(requests).toEqual(['GET'])
  expect(page.url()).toBe(program.origin + path)
  expect(await page.evaluate('document.activeElement.matches("[name=score]:invalid")')).toBe(true)
})

test('over HTTP the refusal is a page with status 422 that names the error', async ({
  program,
}) => {
  const body = new URLSearchParams({ comment: 'Kept as typed', submission: 'once' })
  const answer = await fetch(`${program.origin}${path}?lang=en`, { method: 'POST', body })
  const html = await answer.text()

  expect(answer.status).toBe(422)
  expect(html).toContain(`<title>${en.form.problem}`)
  expect(html).toContain(`<a href="#score">${en.form.noScore}</a>`)
  expect(html).toContain('name="submission" value="once"')
  expect(html).toContain('Kept as typed</textarea>')
})

test('the error page takes the focus, keeps the comment and leads to the score and to thanks', async ({
  program,
  open,
}) => {
  const page = await open(phone)
  await page.goto(program.origin + path)
  const submission = await page.locator('[name=submission]').inputValue()
  await page.evaluate('document.forms[0].noValidate = true')
  await page.evaluate('document.forms[0].elements.comment.value = "Kept as typed"')
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button').tap(),
  ])
  const summary = page.getByRole('alert')
  await summary.waitFor()

  expect(answer.status()).toBe(422)
  expect(await page.title()).toContain(en.form.problem)
  expect(await summary.locator('p, li').allInnerTexts()).toEqual([en.form.problem, en.form.noScore])
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert')
  expect(await page.getByRole('textbox').inputValue()).toBe('Kept as typed')
  expect(await page.getByRole('textbox').isVisible()).toBe(true)
  expect(await page.locator('[name=submission]').inputValue()).toBe(submission)

  await summary.getByRole('link').tap()
  await page.keyboard.press('Space')

  expect(await page.getByRole('radio').first().isChecked()).toBe(true)

  await page.getByRole('button').tap()
  await page.waitForURL(/\/a\//)

  expect(await page.getByRole('heading').innerText()).toBe(en.thanks.title)
})
