import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { en } from '../../src/languages/en.ts'
import { desktop } from './browser.ts'
import { watched } from './host-site.ts'
import { newSurvey } from './program.ts'
import { test } from './stage.ts'

test('the Worker shows a survey to the websites that it names, and to no other', async ({
  program,
  open,
}) => {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; script-src ${program.origin}; frame-src ${program.origin}; style-src 'self'`,
      })
      .end(
        `<!doctype html><title>Site</title><script async src="${program.origin}/${path}/embed.js" data-mode="popup" data-after="0" data-lang="en"></script>`,
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const site = `http://localhost:${(server.address() as AddressInfo).port}`
    const named = await newSurvey(program, { frames: [site] })
    const other = await newSurvey(program, { frames: ['https://www.example.com'] })
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.goto(site + named)
    const dialog = page.getByRole('dialog', { name: en.frame.open })
    await dialog.waitFor()
    const inside = page.frameLocator('iframe')
    await inside.getByRole('radio').nth(9).check()
    await inside.getByRole('button', { name: en.form.send }).click()
    await inside.getByRole('heading', { name: en.thanks.title }).waitFor()
    await expect
      .poll(() => page.evaluate(`Number(localStorage.getItem('tidemark:${named}:seen'))`))
      .toBeGreaterThan(0)

    expect(trouble).toEqual([])

    await page.goto(site + other)
    await page.locator('iframe').waitFor({ state: 'attached' })
    await page.waitForTimeout(700)

    expect(await dialog.count()).toBe(0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
