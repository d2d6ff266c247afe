import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { inject } from 'vitest'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** @throws Error that says how to get a browser where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv): string {
  const named = environment['CHROMIUM']
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named
    throw new Error(`Cannot run the browser that CHROMIUM names: ${named}`)
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => isProgram(path))
  if (found !== undefined) return found
  throw new Error(
    `Cannot find a browser: none of ${names.join(', ')} is on PATH. ` +
      'Install one (Debian, Ubuntu: apt-get install chromium) or name one: CHROMIUM=/path/to/it',
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A browser that asks for nothing of its own accord. */
export function launch(executablePath = inject('chromium')): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

/** The narrowest phone that is promised to work, without scripts. */
export const smallPhone: BrowserContextOptions = {
  viewport: { width: 320, height: 640 },
  hasTouch: true,
  isMobile: true,
  javaScriptEnabled: false,
}

export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions

export const desktop = {
  viewport: { width: 1280, height: 900 },
} satisfies BrowserContextOptions
