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

/** The rules that look at colours: a theme changes nothing else. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** Rules that a page breaks, of all or of these, each with the elements to blame. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe)
  const options = rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } }
  return page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`)
}

describe.concurrent.each(pages)('$name', ({ visit }) => {
  test.for(['en', 'ar'])('breaks no rule of axe in %s', async (language, { program, open }) => {
    const page = await open({ ...phone, reducedMotion: 'reduce', bypassCSP: true })
    await visit(page, program, language)

    expect(await violations(page)).toEqual([])

    for (const forcedColors of ['none', 'active'] as const) {
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme, forcedColors })

        expect(
          await violations(page, ofColours),
          `${colorScheme}, forced: ${forcedColors}`,
        ).toEqual([])
      }
    }
  })
})

describe.concurrent.each(languages)('$id', ({ id }) => {
  test('breaks no rule of axe, nor with a score chosen', async ({ program, open }) => {
    const page = await open({ ...phone, colorScheme: 'light', bypassCSP: true })
    await page.goto(`${program.origin}/s/${demo.nps}?lang=${id}`)

    expect(await violations(page)).toEqual([])

    await page.emulateMedia({ colorScheme: 'dark' })

    expect(await violations(page, ofColours)).toEqual([])

    await page.getByRole('radio').nth(8).tap()

    expect(await page.getByRole('textbox').isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])

    await page.emulateMedia({ colorScheme: 'light' })

    expect(await violations(page, ofColours)).toEqual([])
  })
})

test('axe is really run: a label taken away is noticed', async ({ program, open }) => {
  const page = await open({ ...phone, bypassCSP: true })
  await page.goto(`${program.origin}/s/${demo.nps}?score=9`)
  await page.evaluate('document.querySelector(".comment label").remove()')

  expect(await violations(page)).toEqual([expect.stringMatching(/^label: <textarea/)])
})

test('and so are colours: a faint text is noticed', async ({ program, open }) => {
  const page = await open({ ...phone, bypassCSP: true })
  await page.goto(`${program.origin}/s/${demo.nps}?score=9`)
  await page.addStyleTag({ content: 'h1 { color: #ddd !important; background: #fff !important }' })

  expect(await violations(page, ofColours)).toEqual([expect.stringMatching(/^color-contrast: <h1/)])
})
