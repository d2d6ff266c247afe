import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { describe, expect } from 'vitest'
import { charts } from '../../src/charts/index.ts'
import { drawPng } from '../../src/png.ts'
import { deflate } from '../../workers/deflate.ts'
import { test } from './stage.ts'

/** What our letters are of, or stands in for it on other machines. */
const face = "'Liberation Sans','Arimo','Arial',sans-serif"

/** The mean difference of two images' channels, on white, from 0 to 255. */
function difference(theirs: PNG, ours: PNG): number {
  expect([ours.width, ours.height]).toEqual([theirs.width, theirs.height])
  let sum = 0
  for (let at = 0; at < theirs.data.length; at++) {
    if (at % 4 === 3) continue
    const alpha = (ours.data[at - (at % 4) + 3] ?? 0) / 255
    const shown = (ours.data[at] ?? 0) * alpha + 255 * (1 - alpha)
    sum += Math.abs((theirs.data[at] ?? 0) - shown)
  }
  return sum / (ours.width * ours.height * 3)
}

const wordless = (svg: string) => svg.replace(/<text[\s\S]*?<\/text>/g, '')

const goldens = charts.flatMap(({ kind }) =>
  ['normal', 'dark', 'russian', ...(/^(badge|line)$/.test(kind) ? ['polish', 'target'] : [])].map(
    (name) => `${kind}-${name}`,
  ),
)

describe.each([1, 2] as const)('at %s pixels to one of CSS', (density) => {
  test('our pixels are those of Chromium, but for the edges of letters', async ({ open }) => {
    const page = await open({ viewport: { width: 620, height: 260 }, deviceScaleFactor: density })
    const drawOurs = async (svg: string) =>
      PNG.sync.read(Buffer.from(await drawPng(svg, density, deflate)))
    const drawTheirs = async (svg: string) => {
      const lettered = svg.replaceAll(/font-family="[^"]*"/g, `font-family="${face}"`)
      await page.setContent(`<body style="margin:0;background:#fff">${lettered}</body>`)
      return PNG.sync.read(await page.locator('svg').screenshot())
    }
    for (const name of goldens) {
      const svg = readFileSync(join(import.meta.dirname, '..', 'golden', `${name}.svg`), 'utf8')
      const theirs = await drawTheirs(svg)
      const bare = await drawOurs(wordless(svg))

      expect(difference(await drawTheirs(wordless(svg)), bare), `${name}, shapes`).toBeLessThan(0.6)
      // Hinting, kerning and the bold cut differ; letters elsewhere would differ more than none at all.
      const share = difference(theirs, await drawOurs(svg)) / difference(theirs, bare)
      expect(share, `${name}, words`).toBeLessThan(0.6)
    }
  })
})
