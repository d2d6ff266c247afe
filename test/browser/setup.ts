import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { build } from '../program/build.ts'
import { findChromium } from './browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser to drive. */
    chromium: string
    /** The Worker as a deploy would upload it. */
    bundle: string
  }
}

/** Finds the browser and builds the Worker, once for all files. */
export default function setup(project: TestProject): () => void {
  project.provide('chromium', findChromium(process.env))
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-browser-'))
  project.provide('bundle', build('workers/index.ts', folder))
  return () => rmSync(folder, { recursive: true, force: true })
}
