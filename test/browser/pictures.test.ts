import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { desktop } from './browser.ts'
import type { Program } from './program.ts'
import { test as stage } from './stage.ts'

/** What GitHub's image proxy sends with every image, and what its pages allow images to be. */
const proxied = {
  'Content-Type': 'image/svg+xml; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
  'X-Content-Type-Options': 'nosniff',
}
const readme = { 'Content-Security-Policy': "default-src 'none'; img-src 'self'" }

/** Somebody else's site: `/plain` shows a picture straight from us, `/readme` through its own proxy. */
const test = stage.extend(
  'site',
  { scope: 'file' },
  async ({ program }, { onCleanup }): Promise<string> => {
    const server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? '', 'http://site')
      const picture = `/e/${search.slice(1)}.svg`
      const type = { 'Content-Type': 'text/html; charset=utf-8' }
      if (pathname === '/plain') {
        response.writeHead(200, type).end(`<img src="${program.origin}${picture}" alt="">`)
      } else if (pathname === '/readme') {
        response.writeHead(200, { ...type, ...readme }).end(`<img src="/proxy${search}" alt="">`)
      } else {
        void fetch(program.origin + picture)
          .then((answer) => answer.text())
          .then((svg) => response.writeHead(200, proxied).end(svg))
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onCleanup(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://localhost:${(server.address() as AddressInfo).port}`
  },
)

/** The natural width of the page's picture, 0 where it is broken. */
async function widthOf(page: Page): Promise<number> {
  await page.evaluate('document.images[0].decode().catch(() => {})')
  return page.evaluate('document.images[0].naturalWidth')
}

async function revokedEmbed({ call }: Program): Promise<string> {
  const answer = await call('/v1/embeds', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kpi: 'nps', kind: 'badge', window: '30d' }),
  })
  const { id } = await answer.json<{ id: string }>()
  const gone = await call(`/v1/embeds/${id}`, { method: 'DELETE' })
  if (gone.status !== 204) throw new Error(`Cannot revoke the embed: ${gone.status}`)
  return id
}

describe.each([demo.badge, demo.chart])('%s', (embed) => {
  test('is a picture on any page and looks the same in a README on GitHub', async ({
    program,
    open,
    site,
  }) => {
    const page = await open(desktop)
    await page.goto(`${site}/plain?${embed}`)
    const width = await widthOf(page)
    const plain = await page.locator('img').screenshot()
    await page.goto(`${site}/readme?${embed}`)
    const svg = await (await fetch(`${program.origin}/e/${embed}.svg`)).text()

    expect(width).toBe(Number(/width="(\d+)"/.exec(svg)?.[1]))
    expect(await widthOf(page)).toBe(width)
    expect(plain.equals(await page.locator('img').screenshot())).toBe(true)
  })
})

test('a chart follows the dark theme of its reader', async ({ open, site }) => {
  const [light, dark] = await Promise.all(
    (['light', 'dark'] as const).map(async (colorScheme) => {
      const page = await open({ ...desktop, colorScheme })
      await page.goto(`${site}/readme?${demo.chart}`)
      await widthOf(page)
      return page.locator('img').screenshot()
    }),
  )

  expect(light?.equals(dark ?? Buffer.alloc(0))).toBe(false)
})

test('an embed that is unknown or revoked is still a picture', async ({ program, open, site }) => {
  const page = await open(desktop)
  const revoked = await revokedEmbed(program)
  for (const embed of ['nobody-made-this', revoked]) {
    for (const place of ['plain', 'readme']) {
      await page.goto(`${site}/${place}?${embed}`)

      expect(await widthOf(page), `${place} ${embed}`).toBeGreaterThan(0)
    }
  }
  const svg = await (await fetch(`${program.origin}/e/${revoked}.svg`)).text()

  expect(svg).toContain('not found')
  expect(svg).not.toContain('Net Promoter Score')
})
