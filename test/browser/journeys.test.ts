import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Language, fill } from '../../src/language.ts'
import { ar } from '../../src/languages/ar.ts'
import { en } from '../../src/languages/en.ts'
import { pl } from '../../src/languages/pl.ts'
import { ru } from '../../src/languages/ru.ts'
import { commentLimit } from '../../src/survey.ts'
import { desktop, smallPhone } from './browser.ts'
import { type Program, newInvitation, newSurvey } from './program.ts'
import { test } from './stage.ts'

/** How somebody uses a page. */
interface Hand {
  readonly options: BrowserContextOptions
  readonly press: (page: Page, target: Locator) => Promise<void>
  /** Chooses a score, whatever is chosen already. */
  readonly choose: (page: Page, score: number) => Promise<void>
}

const radio = (page: Page, score: number) => page.getByRole('radio').nth(score)

const isFocused = async (target: Locator) =>
  (await target.and(target.page().locator(':focus')).count()) > 0

/** Goes from control to control until it is there. */
async function reach(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 30; step++) {
    if (await isFocused(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${String(target)}`)
}

const keyboard: Hand = {
  options: desktop,
  press: async (page, target) => {
    await reach(page, target)
    await page.keyboard.press('Enter')
  },
  choose: async (page, score) => {
    const chosen = page.locator('[name=score]:checked')
    const from = (await chosen.count()) === 0 ? 0 : Number(await chosen.inputValue())
    await reach(page, radio(page, from))
    await page.keyboard.press('Space')
    const key = score > from ? 'ArrowDown' : 'ArrowUp'
    for (let at = 0; at < Math.abs(score - from); at++) await page.keyboard.press(key)
  },
}

const finger: Hand = {
  options: smallPhone,
  press: (_, target) => target.tap(),
  choose: (page, score) => radio(page, score).tap(),
}

/** Puts a text in the place of what is typed already. */
async function write(page: Page, { press }: Hand, text: string): Promise<void> {
  const box = page.getByRole('textbox')
  await (press === finger.press ? press(page, box) : reach(page, box))
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

const roads = {
  'public link': async (program: Program, survey: string) => program.origin + survey,
  'personal link': async (program: Program, survey: string) => {
    const url = await newInvitation(program, survey)
    await program.age(60_000)
    return url
  },
}

const hands = { keyboard, touch: finger }

const journeys = [en, ru, pl, ar].flatMap((language) =>
  Object.entries(hands).flatMap(([by, hand]) =>
    Object.entries(roads).flatMap(([road, linkTo]) =>
      [true, false].map((javaScriptEnabled) => ({
        name: `${language.id} ${by}, ${road}, ${javaScriptEnabled ? '' : 'no '}scripts`,
        language,
        hand,
        linkTo,
        options: { ...hand.options, javaScriptEnabled },
      })),
    ),
  ),
)

const button = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true })
const link = (page: Page, text: string) => page.getByRole('link', { name: text, exact: true })

/** Pages follow each other without a sign: a page is there once its title is. */
const meets = (page: Page, title: string) =>
  expect.poll(() => page.title(), { timeout: 20_000 }).toBe(title)

/** A page with an error says which, with the focus on it. */
async function meetsError(page: Page, { form }: Language, message: string): Promise<void> {
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: message, exact: true }).waitFor()

  expect(await page.title()).toContain(form.problem)
  expect(await isFocused(summary)).toBe(true)
}

/** What the team has of a survey's answers. */
async function answersTo({ call }: Program, survey: string) {
  const answer = await call(`/v1${survey.replace('/s/', '/surveys/')}/responses`)
  const { items } = await answer.json<{ items: { score: number; comment: string | null }[] }>()
  return items.map(({ score, comment }) => ({ score, comment }))
}

describe.each(journeys)('$name', ({ language, hand, linkTo, options }) => {
  const { form, thanks, answered, withdrawal } = language

  test(
    'is refused twice, answers, changes the answer and withdraws it',
    // Ten pages, and slow machines have to get through them as well.
    { timeout: 180_000 },
    async ({ program, open }) => {
      const survey = await newSurvey(program)
      const page = await open(options)
      await page.goto(`${await linkTo(program, survey)}?lang=${language.id}`)
      // The browser would keep an answer without a score back.
      await page.evaluate('document.forms[0].noValidate = true')
      await hand.press(page, button(page, form.send))
      await meetsError(page, language, form.noScore)
      await hand.press(page, link(page, form.noScore))

      expect(await isFocused(radio(page, 0))).toBe(true)

      await hand.choose(page, 6)
      await write(page, hand, 'x'.repeat(commentLimit + 1))
      await hand.press(page, button(page, form.send))
      await meetsError(page, language, fill(form.commentTooLong, { limit: commentLimit }))

      expect(await radio(page, 6).isChecked()).toBe(true)
      expect(await answersTo(program, survey)).toEqual([])

      await write(page, hand, thanks.text)
      await hand.press(page, button(page, form.send))
      await meets(page, thanks.title)

      expect(await answersTo(program, survey)).toEqual([{ score: 6, comment: thanks.text }])

      await hand.press(page, link(page, form.back))
      await meets(page, answered.title)

      expect(await page.getByRole('heading').allInnerTexts()).toEqual([language.questions.nps.text])
      expect(await radio(page, 6).isChecked()).toBe(true)
      expect(await page.getByRole('textbox').inputValue()).toBe(thanks.text)

      await hand.choose(page, 9)
      await hand.press(page, button(page, form.save))
      await meets(page, thanks.title)

      expect(await answersTo(program, survey)).toEqual([{ score: 9, comment: thanks.text }])

      await hand.press(page, link(page, withdrawal.link))
      await meets(page, withdrawal.title)
      await hand.press(page, button(page, withdrawal.button))
      await meets(page, withdrawal.done.title)

      expect(await answersTo(program, survey)).toEqual([])
    },
  )

  test('is told that the survey has closed meanwhile', async ({ program, open }) => {
    const survey = await newSurvey(program)
    const page = await open(options)
    await page.goto(`${await linkTo(program, survey)}?score=8&lang=${language.id}`)
    await meets(page, language.questions.nps.text)
    await program.call(`/v1${survey.replace('/s/', '/surveys/')}/close`, { method: 'POST' })
    await hand.press(page, button(page, form.confirm))
    await meets(page, language.closed.title)

    expect(await answersTo(program, survey)).toEqual([])
  })
})
