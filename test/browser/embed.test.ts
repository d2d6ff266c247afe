import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../src/languages/en.ts'
import { desktop } from './browser.ts'
import { test, watched } from './host-site.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: en.frame.open })
const frame = (page: Page) => page.frameLocator('iframe')
const closeButton = (page: Page) => page.getByRole('button', { name: en.frame.close })
const openButton = (page: Page) => page.getByRole('button', { name: en.frame.open })

/** Long enough for what must not happen to happen. */
const patience = 700

/** How long what must happen may take. */
const eventually = { timeout: 10_000 }

/** What the page's browser has kept of surveys. */
const kept = (page: Page) =>
  page.evaluate<Record<string, string>>('Object.fromEntries(Object.entries(localStorage))')

/** When the browser has kept that the survey is over for now. */
const seen = async (page: Page) => Number((await kept(page))['tidemark:/s/one:seen'])

/** How tall the frame is, and how tall what is in it. */
async function heights(page: Page): Promise<[number, number]> {
  const inside = await frame(page)
    .locator('html')
    .evaluate((root) => root.getBoundingClientRect().height)
  const outside = await page.locator('iframe').boundingBox()
  return [outside?.height ?? 0, Math.ceil(inside)]
}

async function misfit(page: Page): Promise<number> {
  const [outside, inside] = await heights(page)
  return outside - inside
}

/** Somebody pulls at the comment's corner. */
const stretch = (page: Page, height: number) =>
  frame(page)
    .getByRole('textbox')
    .evaluate((area, value) => area.style.setProperty('height', `${value}px`), height)

describe('in place', () => {
  test('is as tall as what it shows, on a strict page', async ({ open, site }) => {
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.goto(`${site}/`)
    await frame(page).getByRole('textbox').waitFor()
    await expect.poll(() => misfit(page), eventually).toBe(0)
    const [before] = await heights(page)
    await stretch(page, 300)

    await expect
      .poll(async () => (await heights(page))[0], eventually)
      .toBeGreaterThan(before + 200)
    expect(await misfit(page)).toBe(0)
    await stretch(page, 9_000)

    await expect.poll(async () => (await heights(page))[0], eventually).toBe(2_000)
    expect(trouble).toEqual([])
  })

  test('asks in the language and with the properties of the tag, where it is told', async ({
    open,
    site,
    survey,
  }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?lang=de&p-plan=pro&p-team_name=a%26b&target=%23place&label=Umfrage`)
    const inside = page.locator('#place > iframe')

    expect(await inside.getAttribute('title')).toBe('Umfrage')
    expect(await inside.getAttribute('src')).toBe(
      `${survey.origin}/s/one?embed=1&lang=de&p.plan=pro&p.team_name=a%26b`,
    )
  })

  test('believes nobody but its own frame', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/`)
    await frame(page).getByRole('textbox').waitFor()
    await expect.poll(() => misfit(page), eventually).toBe(0)
    const [before] = await heights(page)
    await page.evaluate(`postMessage({ tidemark: 'one', height: 999, state: 'done' }, '*')`)
    await page.waitForTimeout(patience)

    expect((await heights(page))[0]).toBe(before)
    expect(await kept(page)).toEqual({})
  })

  test('is not shown again to somebody who has answered, until it is time', async ({
    open,
    site,
  }) => {
    const page = await open(desktop)
    await page.goto(`${site}/`)
    await frame(page).getByRole('radio').nth(9).check()
    await frame(page).getByRole('button').click()
    await frame(page).getByRole('heading').waitFor()
    await expect.poll(() => seen(page), eventually).toBeGreaterThan(0)
    await page.reload()
    await page.waitForTimeout(patience)

    expect(await page.locator('iframe').count()).toBe(0)

    await page.evaluate(`localStorage.setItem('tidemark:/s/one:seen', Date.now() - 91 * 864e5)`)
    await page.reload()
    await page.locator('iframe').waitFor()
    await page.goto(`${site}/?again=120`)
    await page.waitForTimeout(patience)

    expect(await page.locator('iframe').count()).toBe(0)

    await page.goto(`${site}/?again=0`)
    await page.locator('iframe').waitFor()
  })

  test('needs no script of the page around it', async ({ open, site, survey }) => {
    const page = await open(desktop)
    await page.goto(`${site}/bare`)
    await frame(page).getByRole('radio').nth(3).check()
    await frame(page).getByRole('button').click()
    await frame(page).getByRole('heading').waitFor()

    expect(survey.answers.at(-1)?.get('score')).toBe('3')
  })
})

describe('a popup', () => {
  test('comes after seconds, is closed by its button and does not come back', async ({
    open,
    site,
  }) => {
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.goto(`${site}/?mode=popup&after=0.3`)

    expect(await dialog(page).count()).toBe(0)
    await dialog(page).waitFor()
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('dialog')
    const box = await dialog(page).boundingBox()
    expect([(box?.x ?? 0) + (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([
      (await page.evaluate<number>('document.documentElement.clientWidth')) - 16,
      900 - 16,
    ])
    expect((await closeButton(page).boundingBox())?.height).toBeGreaterThanOrEqual(44)

    await closeButton(page).click()
    await dialog(page).waitFor({ state: 'hidden' })
    await page.reload()
    await page.waitForTimeout(patience)

    expect(await dialog(page).count()).toBe(0)
    expect(trouble).toEqual([])
  })

  test('takes the focus from nobody who types, and Escape closes it', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&scroll=50`)
    await page.locator('#field').focus()
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    await dialog(page).waitFor()

    expect(await page.evaluate('document.activeElement.id')).toBe('field')
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.id')).toBe('field')
  })

  test('is closed by Escape inside of the survey too', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&after=0`)
    await dialog(page).waitFor()
    await frame(page).getByRole('textbox').click()
    await page.keyboard.press('Escape')

    await dialog(page).waitFor({ state: 'hidden' })
  })

  test('comes when somebody has scrolled far enough', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&scroll=50`)
    await page.evaluate('scrollTo(0, 300)')
    await page.waitForTimeout(patience)

    expect(await dialog(page).count()).toBe(0)

    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    await dialog(page).waitFor()
  })

  test('comes when the pointer leaves by the top', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&exit=`)
    await page.mouse.move(300, 200)
    await page.waitForTimeout(patience)

    expect(await dialog(page).count()).toBe(0)

    await page.mouse.move(300, -5)
    await dialog(page).waitFor()
  })

  test('stands on the other side of a page that reads from the right', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&after=0&dir=rtl`)
    await dialog(page).waitFor()
    const box = await dialog(page).boundingBox()

    expect(
      (box?.x ?? 0) -
        (await page.evaluate<number>('innerWidth - document.documentElement.clientWidth')),
    ).toBe(16)
  })

  test('does not come again to somebody who has answered', async ({ open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=popup&after=0`)
    await dialog(page).waitFor()
    await frame(page).getByRole('radio').nth(9).check()
    await frame(page).getByRole('button').click()
    await frame(page).getByRole('heading').waitFor()
    await expect.poll(() => seen(page), eventually).toBeGreaterThan(0)
    await page.reload()
    await page.waitForTimeout(patience)

    expect(await dialog(page).count()).toBe(0)
  })

  test.for(['closed', 'refused'])(
    'does not come up for a survey that is %s',
    async (id, { open, site }) => {
      const page = await open(desktop)
      await page.goto(`${site}/?mode=popup&after=0&id=${id}`)
      await page.locator('iframe').waitFor({ state: 'attached' })
      await page.waitForTimeout(patience)

      expect(await dialog(page).count()).toBe(0)
      expect(await kept(page)).toEqual({ [`tidemark:/s/${id}:seen`]: '0' })
    },
  )
})

describe('a tab', () => {
  test('opens the survey, and the focus comes back to it', async ({ open, site }) => {
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.goto(`${site}/?mode=tab&label=Opinion&close=Enough`)
    const tab = page.getByRole('button', { name: 'Opinion' })
    const box = await tab.boundingBox()

    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    expect(await tab.getAttribute('aria-expanded')).toBe('false')
    expect(await page.locator('iframe').count()).toBe(0)

    await tab.click()
    await page.getByRole('dialog', { name: 'Opinion' }).waitFor()

    expect(await tab.getAttribute('aria-expanded')).toBe('true')
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('dialog')

    await page.keyboard.press('Tab')

    expect(await page.evaluate('document.activeElement.textContent')).toBe('Enough')

    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    expect(await page.evaluate('document.activeElement.textContent')).toBe('Opinion')

    await page.reload()
    await tab.click()
    await page.getByRole('dialog').waitFor()
    expect(trouble).toEqual([])
  })
})

test.for(['inline', 'popup', 'tab'])(
  'a sample of 0 never sees %s',
  async (mode, { open, site }) => {
    const page = await open(desktop)
    await page.goto(`${site}/?mode=${mode}&after=0&sample=0`)
    await page.waitForTimeout(patience)

    expect(await page.locator('iframe, button').count()).toBe(0)
  },
)

test('who is in a sample stays in it', async ({ open, site }) => {
  const page = await open(desktop)
  await page.goto(`${site}/?sample=100`)
  await page.locator('iframe').waitFor()
  await page.evaluate(`localStorage.setItem('tidemark:/s/one:drawn', '30')`)
  await page.goto(`${site}/?sample=29`)
  await page.waitForTimeout(patience)

  expect(await page.locator('iframe').count()).toBe(0)

  await page.goto(`${site}/?sample=31`)
  await page.locator('iframe').waitFor()
})

/** Browsers in which nothing may be kept, or nothing can. */
const forgetful = [
  ['Do Not Track', `Object.defineProperty(navigator, 'doNotTrack', { value: '1' })`],
  [
    'Global Privacy Control',
    `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })`,
  ],
  [
    'forbidden storage',
    `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,
      { get() { throw new DOMException('Forbidden', 'SecurityError') } })`,
  ],
] as const

describe.each(forgetful)('with %s', (_, script) => {
  test('nothing is kept, nothing comes by itself, and what was asked for is there', async ({
    open,
    site,
  }) => {
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.addInitScript(script)
    await page.goto(`${site}/?mode=popup&after=0`)
    await page.waitForTimeout(patience)

    expect(await page.locator('iframe').count()).toBe(0)

    await page.goto(`${site}/?mode=tab&after=0`)
    await page.waitForTimeout(patience)

    expect(await dialog(page).count()).toBe(0)

    await openButton(page).click()
    await dialog(page).waitFor()
    await closeButton(page).click()
    await page.goto(`${site}/?sample=99.999999`)
    await frame(page).getByRole('radio').nth(9).check()
    await frame(page).getByRole('button').click()
    await frame(page).getByRole('heading').waitFor()

    const plain = await page.context().newPage()
    await plain.goto(`${site}/bare`)

    expect(await kept(plain)).toEqual({})
    expect(trouble).toEqual([])
  })
})
