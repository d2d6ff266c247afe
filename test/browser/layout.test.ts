import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { languages } from '../../src/languages/index.ts'
import { smallPhone } from './browser.ts'
import { test } from './stage.ts'

/** By how much the page is wider than the window. */
const overflow = 'document.documentElement.scrollWidth - innerWidth'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the matching elements stand, in CSS pixels. */
async function boxes(page: Page, selector: string): Promise<Box[]> {
  const found = await page.locator(selector).all()
  const measured = await Promise.all(found.map((element) => element.boundingBox()))
  return measured.flatMap((box) => box ?? [])
}

describe.concurrent.each(languages)('$id', ({ id }) => {
  test('fits eleven scores into 320 pixels, each large enough for a thumb', async ({
    program,
    open,
  }) => {
    const page = await open(smallPhone)
    await page.goto(`${program.origin}/s/${demo.nps}?lang=${id}`)
    const scores = await boxes(page, '.scale input')
    await page.getByRole('radio').first().tap()
    const targets = [...scores, ...(await boxes(page, 'button, textarea'))]
    const rows = Map.groupBy(scores, ({ y }) => y)

    expect(scores).toHaveLength(11)
    expect(targets).toHaveLength(13)
    expect(targets.filter(({ width, height }) => width < 44 || height < 44)).toEqual([])
    expect(targets.filter(({ x, width }) => x < 0 || x + width > 320)).toEqual([])
    expect([...rows.values()].map((row) => row.length)).toEqual([6, 5])
    expect(await page.evaluate(overflow)).toBe(0)
  })

  test('moves nothing that was there before a score is chosen', async ({ program, open }) => {
    const page = await open(smallPhone)
    await page.goto(`${program.origin}/s/${demo.nps}?lang=${id}`)
    const still = 'h1, .scale label, .scale label > span, .ends'
    const before = await boxes(page, still)
    const opened = await page.getByRole('textbox').isVisible()
    await page.getByRole('radio').nth(9).tap()
    const [ends] = await boxes(page, '.ends')
    const [comment] = await boxes(page, 'textarea')

    expect(before).toHaveLength(24)
    expect(opened).toBe(false)
    expect(await boxes(page, still)).toEqual(before)
    expect(comment?.y).toBeGreaterThan((ends?.y ?? Infinity) + (ends?.height ?? 0))
    expect(await page.evaluate(overflow)).toBe(0)
  })
})
