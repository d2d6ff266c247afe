import { expect, test } from 'vitest'
import { addDays, parseDay } from '../../src/day.ts'
import type { Day } from '../../src/day.ts'
import { render } from '../../src/markup.ts'
import { homePage } from '../../src/pages/home.ts'
import type { Demo } from '../../src/pages/home.ts'
import { elements, expectInertPage, zipped } from './html.ts'

const origin = 'https://kpi.example.org'

function day(text: string): Day {
  const found = parseDay(text)
  if (found === null) throw new RangeError(`"${text}" is no day`)
  return found
}

const demo: Demo = {
  surveyUrl: '/s/nps',
  csatUrl: '/s/csat',
  badgeUrl: '/e/badge.svg',
  chartUrl: '/e/chart.svg',
  chartPage: '/e/chart.html',
  reportUrl: '/r/demo-report.html',
  request: { url: '/v1/kpis/nps?last=90d&by=week', workspace: 'demo' },
  attribution: 'Somebody’s survey, CC BY 4.0',
  sampleDays: { from: addDays(day('2026-11-21'), -90), to: day('2026-11-21') },
}

test('shows the live badge and chart, each with words for those who cannot see it', () => {
  const html = render(homePage({ origin, demo }))
  const images = html.match(/<img[^>]*>/g) ?? []

  expect(images).toHaveLength(2)
  expect(images[0]).toMatch(/src="\/e\/badge\.svg" alt="[^"]+" height="20"/)
  expect(images[1]).toMatch(/src="\/e\/chart\.svg" alt="[^"]+" width="600" height="240"/)
})

test('says whose the answers are and that their dates were moved', () => {
  const html = render(homePage({ origin, demo }))

  expect(html).toContain('These answers are real: Somebody’s survey, CC BY 4.0.')
  expect(html).toContain('run from 2026-08-23 to 2026-11-21, which was yesterday when')
})

test('gives examples that work when copied elsewhere, hence with the origin', () => {
  const html = render(homePage({ origin, demo }))

  expect(html).toContain('&lt;a href=&quot;https://kpi.example.org/s/nps&quot;&gt;')
  expect(html).toContain('&quot;https://kpi.example.org/v1/kpis/nps?last=90d&amp;by=week&quot;')
  expect(html).toContain('Tidemark-Workspace: demo')
})

test('tells how to begin where there is no sample data', () => {
  const html = render(homePage({ origin, demo: null }))

  expect(html).toContain('curl https://kpi.example.org/v1/workspaces')
  expect(html).not.toContain('<img')
})

test('may be found by search engines', () => {
  expect(render(homePage({ origin, demo }))).not.toContain('noindex')
})

test('is inert and light', async () => {
  for (const html of [homePage({ origin, demo }), homePage({ origin, demo: null })].map(render)) {
    expectInertPage(html)
    expect(await zipped(html)).toBeLessThan(5_000)
  }
})

test('takes no attribution for markup', () => {
  const plain = render(homePage({ origin, demo }))
  const html = render(homePage({ origin, demo: { ...demo, attribution: '<script>x</script>' } }))

  expect(elements(html)).toBe(elements(plain))
})
