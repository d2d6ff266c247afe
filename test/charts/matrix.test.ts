import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Picture, themes } from '../../src/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { languages } from '../../src/languages/index.ts'
import { estimate, picture, walk, whole } from './pictures.ts'
import { bytes, checked } from './svg.ts'
import { misplaced } from './texts.ts'

const golden = join(import.meta.dirname, '../golden')
const nothing = { value: null, n: 0, low: null, high: null, reason: 'no_data' } as const
const { range: _, ...fitted } = picture()

const money = (count: number, by: number) => ({
  ...fitted,
  unit: 'currency' as const,
  currency: 'EUR',
  total: { value: by * 3, n: 80, low: null, high: null },
  points: walk(count, 30).map((point, index) => ({
    ...point,
    value: by * (index % 2 === 0 ? 1 : -2),
    low: null,
    high: null,
  })),
})

const cases: Readonly<Record<string, Picture>> = {
  empty: picture({ points: [], total: nothing, segments: [], stages: [], mixes: [], asOf: null }),
  one: picture({ points: walk(1) }),
  gap: picture({
    points: walk(9, 7).map((each, at) => (at === 4 ? { ...each, ...nothing } : each)),
  }),
  quarter: picture({ points: walk(90) }),
  many: picture({ points: walk(400) }),
  huge: { ...money(12, 1e13), target: 9e13 },
  negative: { ...money(6, -1234.5), target: -2000 },
  share: {
    ...fitted,
    unit: 'percent',
    range: [0, 100],
    total: { ...estimate(71, 900) },
    target: 64,
  },
}

describe.each(languages)('$id', (language) => {
  test.each(charts)(
    'draws $kind of all and of nothing, with its words in their places',
    (chart) => {
      const found = Object.entries(cases).flatMap(([name, each], index) => {
        const theme = themes[index % themes.length] ?? 'light'
        const svg = checked(chart.draw(whole({ ...each, language, theme })))
        const [, width, height] = /^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg) ?? []
        const limit = chart.kind === 'badge' ? 2048 : 6144
        const large = name !== 'many' && bytes(svg) > limit ? [`${bytes(svg)} bytes`] : []
        const wrong = [...misplaced(svg, Number(width), Number(height)), ...large]
        return wrong.map((each) => `${name}: ${each}`)
      })

      expect(found).toEqual([])
    },
  )
})

test.skipIf(spawnSync('xmllint', ['--version']).status !== 0)(
  'writes what another parser of XML takes as well',
  () => {
    const files = readdirSync(golden).map((name) => join(golden, name))
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...files])

    expect(files.length).toBeGreaterThan(100)
    expect(stderr.toString()).toBe('')
    expect(status).toBe(0)
  },
)
