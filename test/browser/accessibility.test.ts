import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { languages } from '../../src/languages/index.ts'
import { phone } from './browser.ts'
import { pages } from './pages.ts'
import { test } from './stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const themes = ['light', 'dark'] as const

/** Rules that a page breaks, each with the elements to blame. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => id + ': ' + html)))`)
}

describe.each(pages)('$name', ({ visit }) => {
  test.for(['en', 'ar'])('breaks no rule of axe in %s', async (language, { program, open }) => {
    const page = await open({ ...phone, reducedMotion: 'reduce', bypassCSP: true })
    await visit(page, program, language)
    for (const forcedColors of ['none', 'active'] as const) {
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme, forcedColors })

        expect(await violations(page), `${colorScheme}, forced: ${forcedColors}`).toEqual([])
      }
    }
  })
})

describe.each(languages)('$id', ({ id }) => {
  test.for(themes)('breaks no rule of axe in %s', async (colorScheme, { program, open }) => {
    const page = await open({ ...phone, colorScheme, bypassCSP: true })
    await page.goto(`${program.origin}/s/${demo.nps}?lang=${id}`)

    expect(await violations(page)).toEqual([])

    await page.getByRole('radio').nth(8).tap()

    expect(await page.getByRole('textbox').isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])
  })
})

test('axe is really run: a label taken away is noticed', async ({ program, open }) => {
  const page = await open({ ...phone, bypassCSP: true })
  await page.goto(`${program.origin}/s/${demo.nps}?score=9`)
  await page.evaluate('document.querySelector(".comment label").remove()')

  expect(await violations(page)).toEqual([expect.stringMatching(/^label: <textarea/)])
})
