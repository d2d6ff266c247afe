import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { languages } from '../../src/languages/index.ts'
import { desktop, phone } from './browser.ts'
import { pages } from './pages.ts'
import type { Program } from './program.ts'
import { test } from './stage.ts'

const folder = 'test/browser/shots'

const devices = Object.entries({ phone: phone.viewport, desktop: desktop.viewport })

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

test.concurrent.for(scenes)(
  'draws $name on a phone and on a desk, light, dark and in forced colours',
  async ({ name, visit }, { program, open }) => {
    const page = await open(desktop)
    await visit(page, program)
    // A picture that was opened by itself has no body to measure.
    const fullPage = await page.evaluate<boolean>('document.body !== null')
    for (const [device, viewport] of devices) {
      await page.setViewportSize(viewport)
      const draw = async (theme: string, media: Parameters<Page['emulateMedia']>[0]) => {
        await page.emulateMedia(media)
        const path = `${folder}/${name.replaceAll(' ', '-')}-${device}-${theme}.png`
        return page.screenshot({ path, fullPage, animations: 'disabled' })
      }
      const light = await draw('light', { colorScheme: 'light', forcedColors: 'none' })
      const dark = await draw('dark', { colorScheme: 'dark', forcedColors: 'none' })
      await draw('forced', { colorScheme: 'dark', forcedColors: 'active' })

      // A badge is opaque and looks alike on every page.
      expect(light.equals(dark), device).toBe(name === 'badge')
    }
  },
)
