import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { languages } from '../../src/languages/index.ts'
import type { MailView } from '../../src/mail.ts'
import { render } from '../../src/markup.ts'
import { mailPage } from '../../src/pages/mail.ts'
import { csat } from '../../src/surveys/csat.ts'
import { nps } from '../../src/surveys/nps.ts'
import { thumbs } from '../../src/surveys/thumbs.ts'
import { test } from './stage.ts'

const folder = 'test/browser/shots'

/** The width of the narrowest phone, and that of a mail in a window on a desk. */
const widths = [320, 600]

const logo = 'https://tidemark.test/s/abc/logo'

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80"><rect width="240" height="80" fill="#5b21b6"/></svg>'

const [english] = languages

const view: MailView = {
  document: {
    kind: 'nps',
    name: 'Mail',
    question: {},
    locales: ['en'],
    properties: [],
    comment: true,
    brand: 'Harbour & Sons',
  },
  question: nps,
  language: english,
  address: 'https://tidemark.test/i/token',
  logo: null,
}

const drawn: [string, MailView][] = [
  ...languages.map((language): [string, MailView] => [language.id, { ...view, language }]),
  ['logo', { ...view, logo, document: { ...view.document, accent: '#5b21b6' } }],
  [
    'stars',
    { ...view, question: csat, document: { ...view.document, kind: 'csat', look: 'stars' } },
  ],
  [
    'faces',
    { ...view, question: csat, document: { ...view.document, kind: 'csat', look: 'faces' } },
  ],
  ['thumbs', { ...view, question: thumbs, document: { ...view.document, kind: 'thumbs' } }],
]

/** Those to look at. */
const pictured = ['en', 'ru', 'pl', 'ar', 'logo', 'stars', 'faces', 'thumbs']

/** Shows a mail; its logo comes only where images are on, and nothing else may come at all. */
async function show(
  page: Page,
  mail: MailView,
  { images = true, styles = true } = {},
): Promise<string[]> {
  const asked: string[] = []
  await page.route('**/*', (route) => {
    const url = route.request().url()
    asked.push(url)
    return images && url === logo
      ? route.fulfill({ contentType: 'image/svg+xml', body: picture })
      : route.abort()
  })
  const html = render(mailPage(mail))
  const kept = styles ? html : html.replace(/<style>[^]*<\/style>| style="[^"]*"/g, '')
  await page.setContent(kept)
  return asked
}

const overflow = 'document.documentElement.scrollWidth - innerWidth'

const at = (width: number): BrowserContextOptions => ({ viewport: { width, height: 700 } })

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where every link for people stands; one that nobody sees is nowhere and has no size. */
function linkBoxes(page: Page): Promise<Box[]> {
  return page.evaluate<Box[]>(
    `[...document.querySelectorAll('a:not([aria-hidden])')].map((link) => link.getBoundingClientRect().toJSON())`,
  )
}

test.for(drawn)(
  '%s fits with its styles and without, on a phone and on a desk',
  async ([, mail], { open }) => {
    const page = await open()
    for (const styles of [true, false]) {
      await show(page, mail, { styles })
      for (const width of widths) {
        await page.setViewportSize({ width, height: 700 })
        const boxes = await linkBoxes(page)
        // Without styles a link is its text; what counts then is that nothing is lost.
        const least = styles ? 44 : 4

        expect(boxes).toHaveLength(mail.question.to - mail.question.from + 2)
        expect(boxes.filter((box) => box.height < least || box.width < least)).toEqual([])
        expect(boxes.filter((box) => box.x < 0 || box.x + box.width > width)).toEqual([])
        expect(await page.evaluate(overflow)).toBe(0)
      }
    }
  },
)

describe.each(drawn.filter(([name]) => pictured.includes(name)))('%s', (name, mail) => {
  test.for(widths)('is drawn %i pixels wide, light and dark', async (width, { open }) => {
    const page = await open(at(width))
    const shoot = (how: string) =>
      page.screenshot({ path: `${folder}/mail-${name}-${width}-${how}.png`, fullPage: true })
    await show(page, mail)
    const light = await shoot('light')
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await shoot('dark')
    await show(page, mail, { styles: false })
    await shoot('plain')

    expect(light.equals(dark)).toBe(false)
  })
})

test('eleven scores stand in two rows on a phone, and in one on a desk', async ({ open }) => {
  const rows = async (width: number) => {
    const page = await open(at(width))
    await show(page, view)
    const scores = (await linkBoxes(page)).slice(0, 11)
    return [...Map.groupBy(scores, ({ y }) => y).values()].map((row) => row.length)
  }

  expect(await rows(320)).toEqual([6, 5])
  expect(await rows(600)).toEqual([11])
})

test('asks for nothing but its logo, and says whose it is where images are off', async ({
  open,
}) => {
  const [shown, hidden] = [await open(at(320)), await open(at(320))]
  const mail = { ...view, logo }
  const asked = [...(await show(shown, mail)), ...(await show(hidden, mail, { images: false }))]
  await hidden.screenshot({ path: `${folder}/mail-no-images.png`, fullPage: true })

  expect(asked).toEqual([logo, logo])
  expect(await shown.locator('img').boundingBox()).toMatchObject({ width: 120, height: 40 })
  expect(await hidden.getByRole('img', { name: 'Harbour & Sons' }).isVisible()).toBe(true)
  expect(await hidden.evaluate(overflow)).toBe(0)
})

test('the link for robots is out of sight, of the keyboard and of screen readers', async ({
  open,
}) => {
  for (const styles of [true, false]) {
    const page = await open(at(320))
    await show(page, view, { styles })
    const trap = page.locator('a[href$="score=trap"]')
    const box = await trap.boundingBox()
    for (let press = 0; press < 20; press++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.href ?? ""')).not.toContain('trap')
    }

    expect(await trap.count()).toBe(1)
    expect((box?.width ?? 0) * (box?.height ?? 0)).toBe(0)
    expect(await page.getByRole('link').count()).toBe(12)
  }
})

test('a word without end breaks instead of widening the mail', async ({ open }) => {
  const page = await open(at(320))
  const long = 'Ж'.repeat(120)
  const ends = { low: { en: long }, high: { en: long } }
  await show(page, {
    ...view,
    document: { ...view.document, question: { en: long }, ends, brand: long },
  })

  expect(await page.evaluate(overflow)).toBe(0)
})
