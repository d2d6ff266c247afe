import type { Frame, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { charts } from '../../src/charts/index.ts'
import type { Language } from '../../src/language.ts'
import { ar } from '../../src/languages/ar.ts'
import { en } from '../../src/languages/en.ts'
import { pl } from '../../src/languages/pl.ts'
import { ru } from '../../src/languages/ru.ts'
import { render } from '../../src/markup.ts'
import { picture, pictures, today, walk, whole } from '../charts/pictures.ts'
import { addDays } from '../../src/day.ts'
import { desktop } from './browser.ts'
import { test } from './stage.ts'

const sizes = [
  [240, 80],
  [600, 240],
  [1200, 400],
] as const

const labels: Readonly<Record<string, string>> = {
  en: 'Net Promoter Score',
  ru: 'Индекс потребительской лояльности',
  pl: 'Wskaźnik polecenia netto',
  ar: 'صافي نقاط الترويج',
}

const nothing = { value: null, n: 0, low: null, high: null, reason: 'no_data' } as const
const few = { value: 75, n: 4, low: 10, high: 100 }

/** What every kind is drawn with; the values are chosen so that names and numbers come near each other. */
const cases: Readonly<Record<string, Partial<Picture>>> = {
  month: {},
  quarter: { points: walk(90), target: 47, theme: 'transparent' },
  few: { total: few, points: walk(9, 7), asOf: addDays(today, -5) },
  empty: { points: [], total: nothing, segments: [], stages: [], mixes: [], asOf: null },
}

function drawn(language: Language, kind: string, change: Partial<Picture>): string {
  const label = labels[language.id] ?? ''
  const given = picture({ language, label, theme: 'auto', ...change })
  const chart = charts.find((each) => each.kind === kind)
  if (chart === undefined) throw new RangeError(`There is no kind "${kind}"`)
  return render(chart.draw(whole(given)))
}

const kinds = charts.map(({ kind }) => kind)

/** A frame asks media queries for its own size, as an image does; and its texts can be measured. */
function sheet(language: Language, [width, height]: readonly [number, number]): string {
  const frames = kinds.flatMap((kind) =>
    Object.entries(cases).map(([name, change]) => {
      const svg = drawn(language, kind, change)
      const box = kind === 'badge' ? '' : 'svg{width:100vw;height:100vh}'
      const page = `<style>:root{color-scheme:light dark}body{margin:0}${box}svg{display:block}</style>${svg}`
      return `<iframe title="${kind} ${name}" width="${width}" height="${height}" style="border:0" srcdoc="${page.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`
    }),
  )
  return `<body style="margin:16px;display:flex;flex-wrap:wrap;gap:24px;background:Canvas"><style>:root{color-scheme:light dark}</style>${frames.join('')}`
}

interface Measured {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where the texts that are seen really are, by the browser. */
function measured(frame: Frame): Promise<{ texts: Measured[]; width: number; height: number }> {
  return frame.evaluate(`(() => {
    const svg = document.querySelector('svg').getBoundingClientRect()
    const texts = [...document.querySelectorAll('text')]
      .map((text) => ({ text, box: text.getBBox(), rect: text.getBoundingClientRect() }))
      .filter(({ text, box }) => box.width > 0 && getComputedStyle(text).display !== 'none')
      .map(({ text, box, rect }) => ({
        words: [...text.childNodes].map((each) => each.textContent).join(''),
        left: rect.left - svg.left, right: rect.right - svg.left,
        top: rect.top - svg.top, bottom: rect.bottom - svg.top,
      }))
    return { texts, width: svg.width, height: svg.height }
  })()`)
}

/** A line's box has room for accents above and below that the next line's may reach into. */
function overlap(one: Measured, other: Measured): boolean {
  const spare = 0.17 * (one.bottom - one.top)
  return (
    one.left < other.right - 0.5 &&
    other.left < one.right - 0.5 &&
    one.top + spare < other.bottom - spare &&
    other.top + spare < one.bottom - spare
  )
}

function mistakes(name: string, found: Awaited<ReturnType<typeof measured>>): string[] {
  const { texts, width, height } = found
  return texts.flatMap((text, index) => [
    ...(text.left < -0.5 || text.right > width + 0.5 || text.top < -1 || text.bottom > height + 1
      ? [`${name}: "${text.words}" leaves the picture`]
      : []),
    ...texts
      .slice(index + 1)
      .filter((other) => overlap(text, other))
      .map((other) => `${name}: "${text.words}" overlaps "${other.words}"`),
  ])
}

async function found(page: Page): Promise<string[]> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame())
  expect(frames).toHaveLength(kinds.length * Object.keys(cases).length)
  const all = await Promise.all(
    frames.map(async (frame) => {
      const element = await frame.frameElement()
      const name = (await element.getAttribute('title')) ?? ''
      return { name, ...(await measured(frame)) }
    }),
  )
  expect(all.filter(({ texts }) => texts.length === 0)).toEqual([])
  return all.flatMap((each) => mistakes(each.name, each))
}

describe.each([en, ru, pl, ar])('$id', (language) => {
  test.for(sizes)('keeps all texts inside and apart at %i × %i', async (size, { open }) => {
    const page = await open(desktop)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setContent(sheet(language, size))
      const path = `test/browser/shots/gallery-${language.id}-${size[0]}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
    }

    expect(await found(page)).toEqual([])
  })
})

// One sheet to look through after a change: every golden picture, in every kind.
test('draws every kind of every agreed picture', async ({ open }) => {
  const page = await open(desktop)
  const all = Object.values(pictures).flatMap((each) =>
    charts.map(({ draw }) => `<p>${render(draw(whole(each)))}</p>`),
  )
  await page.setContent(`<style>p{margin:8px;display:inline-block}</style>${all.join('')}`)
  await page.screenshot({ path: 'test/browser/shots/gallery-pictures.png', fullPage: true })

  expect(await page.locator('svg').count()).toBe(all.length)
})
