import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { test as base } from 'vitest'
import { launch } from './browser.ts'
import { type Program, startProgram } from './program.ts'

/** Opens an empty page in a context of its own, which ends with the test. */
type Open = (options?: BrowserContextOptions) => Promise<Page>

// Vitest reads from the pattern what a fixture needs: an empty one is how it says "nothing".
/* oxlint-disable no-empty-pattern */

/** A test with the Worker and the browser that its file shares. */
export const test = base
  .extend('program', { scope: 'file' }, async ({}, { onCleanup }): Promise<Program> => {
    const program = await startProgram()
    onCleanup(() => program.dispose())
    return program
  })
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launch()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', ({ browser }, { onCleanup }): Open => {
    onCleanup(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()))
    })
    return async (options = {}) => (await browser.newContext(options)).newPage()
  })
