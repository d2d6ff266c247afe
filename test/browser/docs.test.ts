import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'vitest'
import { smallPhone } from './browser.ts'
import { test } from './stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

test('the page of the API fits a small phone, without a script, in light and in dark', async ({
  program,
  open,
}) => {
  const page = await open({ ...smallPhone, javaScriptEnabled: true, bypassCSP: true })
  const errors: string[] = []
  page.on('console', (message) => errors.push(message.text()))
  await page.goto(`${program.origin}/docs`)
  await page.evaluate(axe)

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const found = `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html }) => id + ': ' + html)))`

    expect(await page.evaluate(found), colorScheme).toEqual([])
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  expect(await page.locator('script').count()).toBe(0)
  expect(errors).toEqual([])
})

test('every link of its contents leads to what it names', async ({ program, open }) => {
  const page = await open({})
  await page.goto(`${program.origin}/docs`)
  const missing = await page.evaluate(`[...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute('href').slice(1))
    .filter((id) => document.getElementById(id) === null)`)

  expect(missing).toEqual([])
  expect(await page.locator('section').count()).toBeGreaterThan(60)
})
