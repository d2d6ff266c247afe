import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { desktop, phone } from './browser.ts'
import { test, watched } from './host-site.ts'

const chosen = (page: Page) =>
  page.evaluate<string[]>(`[...new FormData(document.forms[0]).entries()]
  .filter(([name]) => name !== 'signal').map((entry) => entry.join('='))`)

/** Long enough for what must not happen to happen. */
const patience = 700

const comment = (page: Page) => page.getByRole('textbox')

describe('digits', () => {
  test('choose a score, two of them quickly the one of two digits', async ({ open, survey }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    await page.keyboard.press('7')

    expect(await chosen(page)).toEqual(['comment='])

    await page.getByRole('radio').first().focus()
    await page.keyboard.press('7')

    expect(await chosen(page)).toContain('score=7')

    await page.keyboard.press('1')
    await page.keyboard.press('0')

    expect(await chosen(page)).toContain('score=10')
    expect(await page.evaluate('document.activeElement.value')).toBe('10')

    await page.keyboard.press('1')
    await page.waitForTimeout(1_100)
    await page.keyboard.press('0')

    expect(await chosen(page)).toContain('score=0')
  })

  test('are text where text is typed, and belong to the browser with Control', async ({
    open,
    survey,
  }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('Control+3')
    await page.getByRole('checkbox').focus()
    await page.keyboard.press('5')
    await comment(page).focus()
    await page.keyboard.press('4')

    expect(await chosen(page)).toEqual(['comment=4'])
  })
})

describe('what was typed', () => {
  test('is there again after a reload, and gone once it is sent', async ({ open, survey }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    await page.getByRole('radio').nth(6).check()
    await page.getByRole('checkbox').check()
    await comment(page).fill('Two\nlines & more')
    const other = await page.context().newPage()
    await other.goto(`${survey.origin}/s/one`)
    await page.goto('about:blank')
    await page.goto(`${survey.origin}/s/one`)

    expect(await chosen(page)).toEqual(['score=6', 'driver.price=1', 'comment=Two\nlines & more'])
    expect(await chosen(other)).toEqual(['comment='])

    await page.getByRole('button').click()
    await page.getByRole('heading').waitFor()
    await page.goto(`${survey.origin}/s/one?again`)

    expect(await chosen(page)).toEqual(['comment='])
  })

  test('gives way to the score of a link', async ({ open, survey }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    await page.getByRole('radio').nth(6).check()
    await comment(page).fill('Kept')
    await page.goto(`${survey.origin}/s/one?score=9`)

    expect(await chosen(page)).toEqual(['score=9', 'comment=Kept'])
  })

  test('is of its own survey only', async ({ open, survey }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    await comment(page).fill('Kept')
    await page.goto(`${survey.origin}/s/two`)

    expect(await chosen(page)).toEqual(['comment='])
  })

  test('is simply not kept where storage is forbidden', async ({ open, survey }) => {
    const page = await open(desktop)
    const trouble = await watched(page)
    await page.addInitScript(`Object.defineProperty(window, 'sessionStorage',
      { get() { throw new DOMException('Forbidden', 'SecurityError') } })`)
    await page.goto(`${survey.origin}/s/one`)
    await comment(page).fill('Gone')
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('8')
    await page.getByRole('button').click()
    await page.getByRole('heading').waitFor()

    expect(Object.fromEntries(survey.answers.at(-1) ?? [])).toEqual({
      score: '8',
      comment: 'Gone',
      signal: 'key',
    })
    expect(trouble).toEqual([])
  })
})

describe('the signal', () => {
  test('is the first real input, not one that a script made up', async ({ open, survey }) => {
    const page = await open(desktop)
    await page.goto(`${survey.origin}/s/one`)
    const signal = () => page.evaluate('document.forms[0].elements.signal.value')
    await page.evaluate(`for (const Kind of [KeyboardEvent, PointerEvent])
      document.body.dispatchEvent(new Kind(Kind === KeyboardEvent ? 'keydown' : 'pointerdown',
        { bubbles: true, key: '1' }))`)

    expect(await signal()).toBe('')

    await page.mouse.click(400, 400)
    await page.keyboard.press('5')

    expect(await signal()).toBe('pointer')
  })

  test('is a pointer for a finger', async ({ open, survey }) => {
    const page = await open(phone)
    await page.goto(`${survey.origin}/s/one`)
    await page.getByRole('radio').nth(2).tap()
    await page.getByRole('button').tap()
    await page.getByRole('heading').waitFor()

    expect(survey.answers.at(-1)?.get('signal')).toBe('pointer')
  })
})

describe('an assisted survey', () => {
  const inputs = {
    'a pointer on the page': (page: Page) => page.mouse.click(600, 700),
    Enter: (page: Page) => page.keyboard.press('Enter'),
    Space: (page: Page) => page.keyboard.press('Space'),
  }

  test.for(Object.entries(inputs))(
    'is sent once by %s, and by nothing before',
    async ([, act], { open, survey }) => {
      const page = await open(desktop)
      const before = survey.answers.length
      await page.goto(`${survey.origin}/s/assisted?score=9`)
      await page.evaluate(
        `document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))`,
      )
      await page.waitForTimeout(patience)

      expect(survey.answers).toHaveLength(before)

      await act(page)
      await page.getByRole('heading').waitFor()

      expect(survey.answers.slice(before).map((answer) => answer.get('score'))).toEqual(['9'])
    },
  )

  test('leaves controls to themselves', async ({ open, survey }) => {
    const page = await open(desktop)
    const before = survey.answers.length
    await page.goto(`${survey.origin}/s/assisted?score=9`)
    await comment(page).click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Space')
    await page.getByRole('radio').nth(3).click()
    await page.keyboard.press('4')
    await page.waitForTimeout(patience)

    expect(survey.answers).toHaveLength(before)
    expect(await chosen(page)).toEqual(['score=4', 'comment=\n '])
  })

  test.for(['/s/assisted', '/s/one?score=9'])(
    'is what it takes: %s waits for its button',
    async (path, { open, survey }) => {
      const page = await open(desktop)
      const before = survey.answers.length
      await page.goto(survey.origin + path)
      await page.mouse.click(600, 700)
      await page.keyboard.press('Enter')
      await page.waitForTimeout(patience)

      expect(survey.answers).toHaveLength(before)
    },
  )
})
