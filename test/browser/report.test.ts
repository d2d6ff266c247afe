import { describe, expect } from 'vitest'
import { desktop, phone, smallPhone } from './browser.ts'
import type { Program } from './program.ts'
import { test } from './stage.ts'

const folder = 'test/browser/shots'

const oneDay = 86_400_000

const day = (ago: number) => new Date(Date.now() - ago * oneDay).toISOString().slice(0, 10)

async function send({ call }: Program, path: string, body: unknown): Promise<{ url: string }> {
  const answer = await call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.status !== 201) throw new Error(`Cannot send to ${path}: ${await answer.text()}`)
  return answer.json<{ url: string }>()
}

/** The sample workspace's report of the last 90 days, with a target and a benchmark. */
async function reportOf(program: Program, locale: string): Promise<string> {
  const days = { from: day(90), to: day(1) }
  await send(program, '/v1/targets', { kpi: 'nps', baseline: 50, target: 75, ...days })
  await send(program, '/v1/benchmarks', {
    kpi: 'nps',
    low: 30,
    middle: 41,
    high: 56,
    industry: 'B2B',
    source: 'Made up for this picture',
    year: 2025,
    url: 'https://example.org/nps',
  })
  const { url } = await send(program, '/v1/reports', { ...days, locale })
  return url
}

describe.each([
  ['desktop', desktop],
  ['phone', phone],
])('%s', (device, options) => {
  test.for(['en', 'ru', 'pl'])(
    'draws the report in %s, light and dark',
    async (locale, { program, open }) => {
      const page = await open({ ...options, colorScheme: 'light' })
      const failures: string[] = []
      page.on('console', (message) => failures.push(message.text()))
      page.on('requestfailed', (request) => failures.push(request.url()))
      await page.goto(await reportOf(program, locale))

      const pictures = await page.evaluate<number[]>(
        '[...document.querySelectorAll("figure img")].map((image) => image.naturalWidth)',
      )
      const widths = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const path = `${folder}/report-${locale}-${device}-${colorScheme}.png`
        await page.screenshot({ path, fullPage: true, animations: 'disabled' })
      }

      expect(failures).toEqual([])
      expect(pictures.length).toBeGreaterThan(3)
      expect(pictures.filter((width) => width === 0)).toEqual([])
      expect(widths[0]).toBe(widths[1])
    },
  )
})

test.for(['A4', 'Letter'])(
  'prints on %s as it does by day, without cutting a figure',
  async (format, { program, open }) => {
    const page = await open({ ...desktop, colorScheme: 'dark' })
    await page.goto(await reportOf(program, 'en'))
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })

    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const cut = await page.evaluate<number>(
      '[...document.querySelectorAll("figure, tr, li")].filter((part) => getComputedStyle(part).breakInside !== "avoid").length',
    )
    await page.setViewportSize({ width: 658, height: 900 })
    await page.screenshot({ path: `${folder}/report-${format}.png`, fullPage: true })
    await page.pdf({ path: `${folder}/report-${format}.pdf`, format, printBackground: true })

    expect(ground).toBe('rgb(255, 255, 255)')
    expect(cut).toBe(0)
  },
)

test('fits a phone of 320 pixels in the language with the longest words', async ({
  program,
  open,
}) => {
  const page = await open({ ...smallPhone, javaScriptEnabled: true })
  await page.goto(await reportOf(program, 'pl'))

  const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')

  expect(widths).toEqual([320, 320])
})
