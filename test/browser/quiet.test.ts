import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { languages } from '../../src/languages/index.ts'
import { zipped } from '../pages/html.ts'
import { launch, phone } from './browser.ts'
import { pages } from './pages.ts'
import { test } from './stage.ts'

/** What a page asks for and complains of, from now on. */
function listen(page: Page) {
  const heard: { requests: string[]; complaints: string[]; statuses: number[] } = {
    requests: [],
    complaints: [],
    statuses: [],
  }
  page.on('request', (request) => heard.requests.push(request.url()))
  page.on('pageerror', (error) => heard.complaints.push(error.message))
  page.on('dialog', (dialog) => {
    heard.complaints.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // Chromium also notes there that the page itself came with a status like 404.
    const { url } = message.location()
    const own = url === page.url() && /status of 4/.test(message.text())
    if (!own) heard.complaints.push(`${message.text()} ${url}`.trim())
  })
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) heard.statuses.push(response.status())
  })
  return heard
}

/** A browser asks for it once and remembers that it is missing: it has a test of its own. */
const icon = '/favicon.ico'

/** What a page has fetched besides itself, and the pictures that it shows. */
const loaded = `performance.getEntriesByType('resource').map(({ name }) => name)
  .filter((name) => !name.endsWith('${icon}'))`
const pictures = '[...document.images].map(({ currentSrc }) => currentSrc)'

/** What comes in the first round trip of a connection. */
const limit = 14_000

/** The weight of a page in every language, as far as following its address leads to it. */
async function weights(url: string): Promise<[string, number][]> {
  return Promise.all(
    languages.map(async ({ id }): Promise<[string, number]> => {
      const address = new URL(url)
      address.searchParams.set('lang', id)
      return [id, await zipped(await (await fetch(address)).text())]
    }),
  )
}

describe.each(pages)('$name', ({ name, visit, status }) => {
  test.runIf(name !== 'home')('comes at once in every language', async ({ program, open }) => {
    const page = await open(phone)
    const bodies: Promise<string>[] = []
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() && response.status() !== 303) {
        bodies.push(response.text())
      }
    })
    await visit(page, program, 'ru')
    await page.waitForLoadState()
    const shown = await zipped((await bodies.at(-1)) ?? '')
    const all = [...(await weights(page.url())), ['shown', shown] as const]
    const [language, largest] = all.toSorted(([, one], [, other]) => other - one)[0] ?? []
    console.log(`${name}: at most ${largest} bytes (${language})`)

    expect(shown).toBeGreaterThan(500)
    expect(all.filter(([, weight]) => weight > limit)).toEqual([])
  })

  test('stays at home, runs nothing and complains of nothing', async ({ program, open }) => {
    const page = await open(phone)
    const { requests, complaints, statuses } = listen(page)
    await visit(page, program)
    await page.waitForLoadState('networkidle')

    expect(statuses.at(-1)).toBe(status)
    expect(requests.filter((url) => new URL(url).origin !== program.origin)).toEqual([])
    expect(complaints.filter((text) => !text.endsWith(icon))).toEqual([])
    // A page of a survey has one script, which its policy names by its hash.
    expect(await page.evaluate('document.querySelectorAll("script[src]").length')).toBe(0)
    expect(await page.evaluate('document.scripts.length')).toBeLessThanOrEqual(1)
    expect(await page.locator('body').innerText()).not.toBe('')
    // One request, and one for each picture: a survey has a logo at most.
    expect(await page.evaluate(loaded)).toEqual(await page.evaluate(pictures))
    expect(await page.evaluate('performance.getEntriesByType("navigation").length')).toBe(1)
  })
})

test('a browser that was never here before misses no icon', async ({ program }) => {
  const browser = await launch()
  try {
    const page = await browser.newPage()
    const { complaints } = listen(page)
    await page.goto(`${program.origin}/s/${demo.nps}`)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(1_000)

    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

test('the survey is one request of less than 14 KB', async ({ program, open }) => {
  const page = await open(phone)
  const { requests } = listen(page)
  const answer = await page.goto(`${program.origin}/s/${demo.nps}?score=9`)
  await page.waitForLoadState('networkidle')
  const weight = await zipped((await answer?.text()) ?? '')

  expect(requests).toHaveLength(1)
  expect(weight).toBeGreaterThan(500)
  expect(weight).toBeLessThan(14 * 1024)
})

test('a style or script that somebody adds to a page is refused by its policy', async ({
  program,
  open,
}) => {
  const page = await open(phone)
  const { complaints } = listen(page)
  await page.goto(`${program.origin}/s/${demo.nps}`)
  await page.evaluate(`
    document.head.append(
      Object.assign(document.createElement('style'), { textContent: 'h1 { color: red }' }),
      Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }),
    )`)

  expect(await page.evaluate('globalThis.ran')).toBeUndefined()
  expect(complaints.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2)
})
