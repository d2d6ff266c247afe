import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { demo } from '../../src/demo.ts'
import { en } from '../../src/languages/en.ts'
import { desktop, smallPhone } from './browser.ts'
import type { Program } from './program.ts'
import { test } from './stage.ts'

interface Total {
  readonly n: number
  readonly value: number
}

/** Everything that shows the demo's NPS, as the world sees it now. */
async function shown({ origin, call }: Program) {
  const read = async (file: string) => (await fetch(`${origin}/e/${file}`)).text()
  const badge = await read(`${demo.badge}.svg`)
  const chart = await read(`${demo.chart}.svg`)
  const embed = JSON.parse(await read(`${demo.badge}.json`)) as Record<'from' | 'to', string> & {
    total: Total
  }
  const answer = await call(`/v1/kpis/nps?from=${embed.from}&to=${embed.to}&by=total`)
  const kpi = await answer.json<{ total: Total }>()
  return { badge, chart, embed: embed.total, kpi: { n: kpi.total.n, value: kpi.total.value } }
}

async function comments({ call }: Program): Promise<unknown[]> {
  const answer = await call(`/v1/surveys/${demo.nps}/responses?limit=200`)
  const { items } = await answer.json<{ items: { comment: string | null }[] }>()
  return items.map(({ comment }) => comment).filter((comment) => comment !== null)
}

/** Sends the form; resolves to the statuses of the answer and of the page that it led to. */
async function send(page: Page, press: () => Promise<void>): Promise<number[]> {
  const statuses: number[] = []
  page.on('response', (response) => statuses.push(response.status()))
  await press()
  await page.waitForURL(/\/a\//)
  return statuses
}

const sendButton = (page: Page) => page.getByRole('button')

test('a phone without scripts answers a link with a score, and every number moves by one', async ({
  program,
  open,
}) => {
  // Other files share the program, and what was answered there is counted first.
  await program.rollUp()
  const before = await shown(program)
  const page = await open(smallPhone)
  await page.goto(`${program.origin}/s/${demo.nps}?score=9`)
  await program.rollUp()

  expect(await page.getByRole('radio', { name: '9', exact: true }).isChecked()).toBe(true)
  expect(before.kpi.n).toBeGreaterThanOrEqual(132)
  expect(await shown(program)).toEqual(before)

  await page.getByRole('textbox').fill('Clear and quick')
  const statuses = await send(page, () => sendButton(page).tap())

  expect(statuses).toEqual([303, 200])
  expect(await page.getByRole('heading').innerText()).toBe(en.thanks.title)
  expect(await comments(program)).toContain('Clear and quick')

  await program.rollUp()
  const after = await shown(program)

  expect(after.kpi.n).toBe(before.kpi.n + 1)
  expect(after.kpi.value).toBeGreaterThan(before.kpi.value)
  expect(after.embed).toMatchObject(after.kpi)
  expect(after.badge).toContain(`n = ${after.kpi.n}`)
  expect(after.badge).not.toBe(before.badge)
  expect(after.chart).not.toBe(before.chart)
})

test('going back and sending the page again says so and counts nothing twice', async ({
  program,
  open,
}) => {
  const page = await open(smallPhone)
  await page.goto(`${program.origin}/s/${demo.nps}?score=3`)
  await send(page, () => sendButton(page).tap())
  await program.rollUp()
  const once = await shown(program)
  await page.goBack()
  await send(page, () => sendButton(page).tap())
  await program.rollUp()

  expect(await page.title()).toBe(en.answered.title)
  expect(await shown(program)).toEqual(once)
})

test('two copies of one page count once', async ({ program, open }) => {
  const page = await open(desktop)
  await page.goto(`${program.origin}/s/${demo.nps}?score=7`)
  const copy = await open(desktop)
  await copy.goto(page.url())
  for (const name of ['submission', 'page']) {
    const value = await page.locator(`[name=${name}]`).inputValue()
    await copy.evaluate(`document.forms[0].elements.${name}.value = ${JSON.stringify(value)}`)
  }
  const before = await shown(program)
  await send(page, () => sendButton(page).click())
  await send(copy, () => sendButton(copy).click())
  await program.rollUp()

  expect([await page.title(), await copy.title()]).toEqual([en.thanks.title, en.answered.title])
  expect((await shown(program)).kpi.n).toBe(before.kpi.n + 1)
})

test('the keyboard alone is enough to answer', async ({ program, open }) => {
  const before = await shown(program)
  const page = await open({ ...desktop, javaScriptEnabled: false })
  const { keyboard } = page
  const focused = page.locator(':focus')
  await page.goto(`${program.origin}/s/${demo.nps}`)
  await keyboard.press('Tab')

  expect(await focused.getAttribute('name')).toBe('score')
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px')

  await keyboard.press('Space')
  for (let step = 0; step < 10; step++) await keyboard.press('ArrowRight')

  expect(await focused.getAttribute('value')).toBe('10')
  expect(await focused.isChecked()).toBe(true)

  await keyboard.press('Tab')
  await keyboard.type('By keyboard')
  await keyboard.press('Tab')

  expect(await focused.innerText()).toBe(en.form.send)

  await send(page, () => keyboard.press('Enter'))
  await program.rollUp()

  expect(await page.getByRole('heading').innerText()).toBe(en.thanks.title)
  expect((await shown(program)).kpi.n).toBe(before.kpi.n + 1)
  expect(await comments(program)).toContain('By keyboard')
})
