import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { languages } from '../../src/languages/index.ts'
import { desktop, phone } from './browser.ts'
import { pages } from './pages.ts'
import type { Program } from './program.ts'
import { test } from './stage.ts'

const folder = 'test/browser/shots'

const devices = { phone, desktop }

interface Scene {
  readonly name: string
  readonly visit: (page: Page, program: Program) => Promise<unknown>
}

/** Those whose every state is drawn: two directions, two scripts, long words. */
const drawn = ['en', 'ru', 'pl', 'ar']

const scenes: readonly Scene[] = [
  ...pages.flatMap(({ name, visit }) =>
    drawn.map((language) => ({
      name: `${name} ${language}`,
      visit: (page: Page, program: Program) => visit(page, program, language),
    })),
  ),
  ...languages
    .filter(({ id }) => !drawn.includes(id))
    .map(({ id }) => scene(`survey ${id}`, `/s/${demo.nps}?score=9&lang=${id}`)),
  scene('chart', `/e/${demo.chart}.svg`),
  scene('badge', `/e/${demo.badge}.svg`),
]

function scene(name: string, path: string): Scene {
  return { name, visit: (page, { origin }) => page.goto(origin + path) }
}

describe.each(Object.entries(devices))('%s', (device, options) => {
  test.for(scenes)(
    'draws $name, light, dark and in forced colours',
    async ({ name, visit }, { program, open }) => {
      const page = await open({ ...options, colorScheme: 'light' })
      await visit(page, program)
      // A picture that was opened by itself has no body to measure.
      const fullPage = await page.evaluate<boolean>('document.body !== null')
      const draw = (theme: string) => {
        const path = `${folder}/${name.replaceAll(' ', '-')}-${device}-${theme}.png`
        return page.screenshot({ path, fullPage, animations: 'disabled' })
      }
      const light = await draw('light')
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await draw('dark')
      await page.emulateMedia({ forcedColors: 'active' })
      await draw('forced')

      // A badge is opaque and looks alike on every page.
      expect(light.equals(dark)).toBe(name === 'badge')
    },
  )
})
