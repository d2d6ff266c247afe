import type { Page } from 'playwright-core'
import { demo } from '../../src/demo.ts'
import { type Program, newInvitation, newSurvey } from './program.ts'

/** A page that a person may meet: how to get there, and what it answers with. */
interface Place {
  readonly name: string
  readonly status: number
  readonly visit: (page: Page, program: Program, language?: string) => Promise<unknown>
}

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()

/** A mark and two bars, as a brand's logo may be. */
const logo =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAGAAAAAgAQMAAADXDu8XAAAABlBMVEX///8LXzqiuKS2AAAAAnRSTlMA/1uRIrUAAABSSURBVHjaY2AgB9g/QOL8/4FgM///x8D/HwIY2IEYzgEyGrBz5P//P4CdY////wPcHIRryOSATfuDzoG7AIMDdzUGB+7TP8hh8Ac9dFDDjSgAALY9oFyf6uwTAAAAAElFTkSuQmCC'

const drivers = [
  { id: 'price', label: { en: 'Price', ru: 'Цена', pl: 'Cena', ar: 'السعر' } },
  { id: 'support', label: { en: 'Support', ru: 'Поддержка', pl: 'Obsługa', ar: 'الدعم' } },
  { id: 'speed', label: { en: 'Speed', ru: 'Скорость', pl: 'Szybkość', ar: 'السرعة' } },
]

/** Every kind of page that a person may meet. */
export const pages: readonly Place[] = [
  { name: 'home', status: 200, visit: go('/') },
  { name: 'survey', status: 200, visit: go(`/s/${demo.nps}`) },
  { name: 'survey with a score', status: 200, visit: go(`/s/${demo.nps}?score=9`) },
  { name: 'survey of five', status: 200, visit: go(`/s/${demo.csat}`) },
  { name: 'stars', status: 200, visit: goNew({ kind: 'csat', look: 'stars' }, '?score=4') },
  { name: 'faces', status: 200, visit: goNew({ kind: 'csat', look: 'faces' }, '?score=2') },
  { name: 'thumbs', status: 200, visit: goNew({ kind: 'thumbs' }, '?score=1') },
  { name: 'effort', status: 200, visit: goNew({ kind: 'ces' }, '?score=6') },
  { name: 'drivers', status: 200, visit: goChooseDriver },
  { name: 'branded', status: 200, visit: goNew({ logo, brand: 'Acme', accent: '#0b5f3a' }) },
  { name: 'error', status: 422, visit: sendNothing },
  { name: 'thanks', status: 200, visit: answerAnew({ comment: false }) },
  { name: 'thanks with more', status: 200, visit: answerAnew({ drivers }) },
  { name: 'answered', status: 200, visit: returnLater },
  { name: 'locked', status: 200, visit: goLocked },
  { name: 'withdrawal', status: 200, visit: goWithdraw },
  { name: 'withdrawn', status: 410, visit: withdraw },
  { name: 'doubtful', status: 202, visit: answerAtOnce },
  { name: 'unopened', status: 403, visit: goNew({ opens: tomorrow() }) },
  { name: 'uninvited', status: 403, visit: goNew({ policy: 'invited' }) },
  { name: 'closed', status: 410, visit: goToClosed },
  { name: 'full', status: 410, visit: goToFull },
  { name: 'expired', status: 410, visit: goToExpired },
  { name: 'unknown', status: 404, visit: go('/s/none') },
  { name: 'unknown invitation', status: 404, visit: go('/i/none') },
  { name: 'bad link', status: 422, visit: go(`/s/${demo.nps}?nonsense=1`) },
  { name: 'preview', status: 200, visit: goToPreview },
]

function inLanguage(path: string, language = 'en'): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`
}

function go(path: string): Place['visit'] {
  return (page, { origin }, language) =>
    page.goto(origin + (path === '/' ? path : inLanguage(path, language)))
}

function goNew(more: Record<string, unknown>, query = ''): Place['visit'] {
  return async (page, program, language) => {
    const path = await newSurvey(program, more)
    await page.goto(program.origin + inLanguage(path + query, language))
  }
}

async function goChooseDriver(page: Page, program: Program, language?: string): Promise<void> {
  await goNew({ drivers, accent: '#7a1f5c' }, '?score=3')(page, program, language)
  await page.getByRole('checkbox').nth(1).check()
}

/** Sends the form as it stands, although the browser knows that it is incomplete. */
async function sendNothing(page: Page, { origin }: Program, language?: string): Promise<void> {
  await page.goto(origin + inLanguage(`/s/${demo.nps}`, language))
  await page.evaluate('document.forms[0].noValidate = true')
  await page.getByRole('button').click()
  await page.getByRole('alert').waitFor()
}

async function answer(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button').click()
  await page.waitForURL(/\/[ai]\/[^/]+\?/)
}

function answerAnew(more: Record<string, unknown>): Place['visit'] {
  return async (page, program, language) => {
    const path = await newSurvey(program, more)
    await answer(page, program.origin + inLanguage(`${path}?score=9`, language))
  }
}

async function returnLater(page: Page, program: Program, language?: string): Promise<void> {
  await answerAnew({})(page, program, language)
  const url = new URL(page.url())
  await page.goto(url.origin + inLanguage(url.pathname, language))
}

async function goLocked(page: Page, program: Program, language?: string): Promise<void> {
  await answerAnew({ window: 0 })(page, program, language)
  const url = new URL(page.url())
  await page.goto(url.origin + inLanguage(url.pathname, language))
}

async function goWithdraw(page: Page, program: Program, language?: string): Promise<void> {
  await answerAnew({ comment: false })(page, program, language)
  const url = new URL(page.url())
  await page.goto(url.origin + inLanguage(`${url.pathname}/withdraw`, language))
}

async function withdraw(page: Page, program: Program, language?: string): Promise<void> {
  await goWithdraw(page, program, language)
  await page.getByRole('button').click()
  await page.waitForURL(/\/a\/[^/]+\?/)
}

/** Nobody reads a mail within the second in which it was sent. */
async function answerAtOnce(page: Page, program: Program, language?: string): Promise<void> {
  const url = await newInvitation(program, await newSurvey(program))
  await page.goto(inLanguage(`${url}?score=9`, language))
  const [sent] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button').click(),
  ])
  await sent.finished()
  await page.waitForLoadState()
}

async function goToClosed(page: Page, program: Program, language?: string): Promise<void> {
  const path = await newSurvey(program)
  await program.call(`/v1/surveys/${path.slice('/s/'.length)}/close`, { method: 'POST' })
  await page.goto(program.origin + inLanguage(path, language))
}

async function goToFull(page: Page, program: Program, language?: string): Promise<void> {
  const path = await newSurvey(program, { quota: 1 })
  await fetch(program.origin + path, {
    method: 'POST',
    body: new URLSearchParams({ score: '9' }),
    redirect: 'manual',
  })
  await page.goto(program.origin + inLanguage(path, language))
}

async function goToExpired(page: Page, program: Program, language?: string): Promise<void> {
  const expires = new Date(Date.now() + 1_500).toISOString()
  const url = await newInvitation(program, await newSurvey(program), { expires })
  await page.waitForTimeout(1_600)
  await page.goto(inLanguage(url, language))
}

async function goToPreview(page: Page, program: Program, language?: string): Promise<void> {
  const path = await newSurvey(program, { opens: tomorrow() })
  const shown = await program.call(`/v1/surveys/${path.slice('/s/'.length)}/preview`, {
    method: 'POST',
  })
  const { url } = await shown.json<{ url: string }>()
  await page.goto(inLanguage(url, language))
}
