import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { pages } from './pages.ts'
import { test } from './stage.ts'

/** A page of 1280 pixels enlarged four times, with scripts: what is wrong with it is asked of it. */
const enlarged = { viewport: { width: 320, height: 640 }, bypassCSP: true }

/** What WCAG 2.2 (1.4.12) lets a reader set. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }`

/** Elements that are cut off, stand outside of the window or run into what is beside them. */
const cut = `(() => {
  const seen = [...document.querySelectorAll('main *')].filter((element) =>
    element.getClientRects().length > 0 && !element.closest('.unseen, svg') &&
    !element.matches('input'))
  return seen.filter((element) => {
    const { left, right } = element.getBoundingClientRect()
    const inline = getComputedStyle(element).display === 'inline'
    const wider = !inline && element.scrollWidth > element.clientWidth + 2
    return left < -1 || right > innerWidth + 1 || wider
  }).map(({ outerHTML }) => outerHTML.slice(0, 90))
})()`

const overflow = 'document.documentElement.scrollWidth - innerWidth'

/** Controls that are too small for a thumb; links inside a sentence or a list only for a pointer. */
const small = `[...document.querySelectorAll('a, button, textarea, input:not([type=hidden], .unseen)')]
  .filter((control) => {
    const { width, height } = control.getBoundingClientRect()
    const least = control.matches('.problem a') ? 24 : 44
    return control.checkVisibility() && (height < least || width < Math.min(least, 24))
  }).map(({ outerHTML }) => outerHTML.slice(0, 90))`

/** How much has moved by itself, from the first paint on. */
const shifted = `new Promise((resolve) => {
  const found = []
  new PerformanceObserver((list) => found.push(...list.getEntries()))
    .observe({ type: 'layout-shift', buffered: true })
  requestAnimationFrame(() => setTimeout(() => resolve(found
    .filter(({ hadRecentInput }) => !hadRecentInput)
    .reduce((sum, { value }) => sum + value, 0)), 100))
})`

interface Stop {
  readonly control: string
  readonly ring: string
  readonly name: string | null
}

const stop = `(() => {
  const { activeElement: at } = document
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  return { control: at.outerHTML, name: at.getAttribute('name'),
    ring: at === document.body ? 'none' : outlineStyle + ' ' + outlineWidth }
})()`

/** Where the keyboard leads, from the beginning to where the page ends. */
async function stops(page: Page): Promise<Stop[]> {
  const found: Stop[] = []
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate<Stop>(stop)
    if (here.ring === 'none' || found.some(({ control }) => control === here.control)) break
    found.push(here)
  }
  return found
}

describe.concurrent.each(pages)('$name', ({ visit }) => {
  test.for(['de', 'ar'])(
    'cuts nothing off, moves nothing and hides nothing from the keyboard in %s',
    async (language, { program, open }) => {
      const page = await open(enlarged)
      await visit(page, program, language)

      expect(await page.evaluate(shifted)).toBe(0)
      expect(await page.evaluate(cut)).toEqual([])
      expect(await page.evaluate(overflow)).toBe(0)
      expect(await page.evaluate(small)).toEqual([])
      expect(await page.locator('h1').count()).toBe(1)

      const found = await stops(page)
      const controls = await page.locator('a, button, textarea').filter({ visible: true }).count()

      expect(found.filter(({ ring }) => ring !== 'solid 3px')).toEqual([])
      expect(found.length).toBeGreaterThanOrEqual(controls)
      expect(found.filter((at) => at.name === 'website')).toEqual([])

      await page.addStyleTag({ content: spacing })

      expect(await page.evaluate(cut)).toEqual([])
      expect(await page.evaluate(overflow)).toBe(0)
      // The field that nobody sees is in no tree either.
      const boxes = await page.locator('textarea').filter({ visible: true }).count()

      expect(await page.getByRole('textbox').count()).toBe(boxes)
    },
  )
})

test('a chosen score moves nothing but by the hand that chose it', async ({ program, open }) => {
  const page = await open({ ...enlarged, hasTouch: true, isMobile: true })
  const [, survey] = pages
  await survey?.visit(page, program)
  await page.getByRole('radio').nth(9).tap()

  expect(await page.getByRole('textbox').isVisible()).toBe(true)
  expect(await page.evaluate(shifted)).toBe(0)
})

test('the field that nobody sees is in no tree and takes no focus', async ({ program, open }) => {
  const page = await open(enlarged)
  const [, survey] = pages
  await survey?.visit(page, program)
  const field = page.locator('[name=website]')

  expect(await field.getAttribute('tabindex')).toBe('-1')
  expect(await field.getAttribute('aria-hidden')).toBe('true')
  expect(await page.getByRole('textbox').count()).toBe(0)
})

test('a reader who wants no motion gets none', async ({ program, open }) => {
  const page = await open({ ...enlarged, reducedMotion: 'reduce' })
  const [, survey] = pages
  await survey?.visit(page, program)

  expect(
    await page.evaluate(`[...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element)
      return transitionDuration !== '0s' || animationName !== 'none'
    }).length`),
  ).toBe(0)
})
