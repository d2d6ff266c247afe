import { expect, test } from 'vitest'
import type { Picture } from '../../src/chart.ts'
import { badge } from '../../src/charts/badge.ts'
import { light } from '../../src/palette.ts'
import { picture, pictures } from './pictures.ts'
import { bytes, checked } from './svg.ts'

const draw = (change: Partial<Picture> = {}) => checked(badge.draw(picture(change)))
const total = (value: number, low: number, high: number) => ({
  total: { value, n: 132, low, high },
})

test('says value, interval and sample size in one line', () => {
  expect(draw()).toContain('aria-label="Net Promoter Score: +69 ±8 · n = 132"')
})

test('leaves a lopsided interval to the title', () => {
  const text = draw(total(90, 70, 95))

  expect(text).toContain('+90 · n = 132"')
  expect(text).toContain('95% interval +70 to +95')
})

test('judges NPS by the side of zero that its whole interval is on', () => {
  expect(draw(total(20, 5, 35))).toContain(`fill="${light.up}"`)
  expect(draw(total(-20, -35, -5))).toContain(`fill="${light.down}"`)
  expect(draw(total(3, -12, 18))).toContain(`fill="${light.mid}"`)
})

test('follows the direction of the KPI, not the sign', () => {
  expect(draw({ ...total(20, 5, 35), direction: 'down' })).toContain(`fill="${light.down}"`)
  expect(draw({ ...total(20, 5, 35), direction: 'target' })).toContain(`fill="${light.accent}"`)
})

test('does not judge a value that has no natural border', () => {
  expect(draw({ ...total(12, 10, 14), unit: 'percent', range: [0, 100] })).toContain(
    `fill="${light.accent}"`,
  )
})

test('fixes the width of its texts, but never tears joined letters apart', () => {
  const arabic = draw({ label: 'صافي نقاط الترويج' })

  expect(draw().match(/textLength/g)).toHaveLength(2)
  expect(draw()).not.toContain('lengthAdjust')
  expect(arabic.match(/textLength/g)).toHaveLength(2)
  expect(arabic.match(/lengthAdjust="spacingAndGlyphs"/g)).toHaveLength(1)
})

test('shortens a long name and keeps the whole of it in the title', () => {
  const label = 'Customer satisfaction, product: Tidemark Professional Edition'
  const text = draw({ label })

  expect(text).toContain(`<title>${label}`)
  expect(text).toContain('…</text>')
})

test('needs at most a kilobyte for every usual case', () => {
  for (const each of Object.values(pictures)) {
    expect(bytes(checked(badge.draw(each)))).toBeLessThan(1024)
  }
})
