import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { marked } from 'marked'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { desktop, smallPhone } from './browser.ts'
import { test as stage } from './stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What GitHub's image proxy says of every image. */
const camo = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

/** A README as GitHub shows it: Markdown made into a page that loads images of its own proxy only. */
const test = stage.extend(
  'readme',
  { scope: 'file' },
  async ({ program }, { onCleanup }): Promise<(markdown: string) => string> => {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://site')
      if (url.pathname === '/') {
        const body = marked.parse(url.searchParams.get('text') ?? '', { async: false })
        response
          .writeHead(200, {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': "default-src 'none'; img-src 'self'",
          })
          .end(body.replaceAll(program.origin, ''))
        return
      }
      void fetch(program.origin + url.pathname + url.search).then(async (answer) =>
        response
          .writeHead(answer.status, {
            'Content-Type': answer.headers.get('content-type') ?? '',
            'Content-Security-Policy': camo,
            'X-Content-Type-Options': 'nosniff',
          })
          .end(Buffer.from(await answer.arrayBuffer())),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onCleanup(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    return (markdown) => `http://localhost:${port}/?text=${encodeURIComponent(markdown)}`
  },
)

/** By the order of the page: website, README, Notion, mail, sheets, shields.io. */
const places = { readme: 1, mail: 3 }

describe.each([demo.badge, demo.chart])('%s', (embed) => {
  test('is shown by what its own page gives to paste, in a README and in a mail', async ({
    program,
    open,
    readme,
  }) => {
    const page = await open(desktop)
    await page.goto(`${program.origin}/e/${embed}.html`)
    const codes = await page.locator('pre').allTextContents()
    for (const place of Object.values(places)) {
      await page.goto(readme(codes[place] ?? ''))
      await page.evaluate('document.images[0].decode()')

      expect(await page.evaluate('document.images[0].naturalWidth')).toBeGreaterThan(50)
      expect(await page.evaluate('document.images[0].alt')).toMatch(/^Net Promoter Score\D*, live$/)
    }
  })

  test('has a page that a small phone shows without scrolling, and axe finds nothing in it', async ({
    program,
    open,
  }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({
        ...smallPhone,
        javaScriptEnabled: true,
        bypassCSP: true,
        colorScheme,
      })
      await page.goto(`${program.origin}/e/${embed}.html`)
      await page.evaluate('document.images[0].decode()')
      await page.evaluate(axe)
      const found = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
      )

      expect(found, colorScheme).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    }
  })
})

test('a README shows the picture of its own theme', async ({ program, open, readme }) => {
  const asked = async (colorScheme: 'light' | 'dark') => {
    const page = await open({ ...desktop, colorScheme })
    await page.goto(`${program.origin}/e/${demo.chart}.html`)
    const codes = await page.locator('pre').allTextContents()
    await page.goto(readme(codes[places.readme] ?? ''))
    await page.evaluate('document.images[0].decode()')
    return page.evaluate('new URL(document.images[0].currentSrc).search')
  }

  expect(await asked('light')).toBe('?theme=light')
  expect(await asked('dark')).toBe('?theme=dark')
})
