import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { test as base } from 'vitest'
import { launch } from './browser.ts'
import { type Program, startProgram } from './program.ts'

/** Opens an empty page in a context of its own, which ends with the test. */
type Open = (options?: BrowserContextOptions) => Promise<Page>

// Vitest reads from the pattern what a fixture needs: an empty one is how it says "nothing".
/* oxlint-disable no-empty-pattern */

/** A test with the Worker and the browser that all files share. */
export const test = base
  .extend('program', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Program> => {
    const program = await startProgram()
    onCleanup(() => program.dispose())
    return program
  })
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launch()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', ({ browser }, { onCleanup }): Open => {
    const opened: BrowserContext[] = []
    onCleanup(async () => {
      await Promise.all(opened.map((context) => context.close()))
    })
    return async (options = {}) => {
      const context = await browser.newContext(options)
      opened.push(context)
      return context.newPage()
    }
  })
