import * as Plot from '@observablehq/plot'
import { makeBadge } from 'badge-maker'
import { badgen } from 'badgen'
import { init } from 'echarts'
import { DOMParser } from 'linkedom'
import type { Chart } from '../../src/chart.ts'
import { badge } from '../../src/charts/badge.ts'
import { line } from '../../src/charts/line.ts'
import { render } from '../../src/markup.ts'
import type { Point } from '../../src/series.ts'
import { picture, walk } from '../charts/pictures.ts'
import { type Comparison, type Speed, compare } from './compare.ts'

/** How long one round of drawing lasts, in milliseconds. */
const span = 100

const shown = picture({ points: walk(90), theme: 'auto' })

/** Pictures drawn a second, in this process. */
export async function comparePictures(): Promise<Comparison[]> {
  return [
    await compare({
      what: 'badge drawn',
      baseline: 'badge-maker',
      rounds: 31,
      speeds: [repeat(ours(badge)), repeat(shieldsBadge)],
    }),
    await compare({
      what: 'badge drawn',
      baseline: 'badgen',
      rounds: 31,
      speeds: [repeat(ours(badge)), repeat(badgenBadge)],
    }),
    await compare({
      what: 'chart of 90 points drawn, with intervals',
      baseline: 'ECharts to SVG, the line only',
      rounds: 31,
      speeds: [repeat(ours(line)), repeat(echartsLine)],
    }),
    await compare({
      what: 'chart of 90 points drawn, with intervals',
      baseline: 'Observable Plot to SVG, the line only',
      rounds: 31,
      speeds: [repeat(ours(line)), repeat(plotLine)],
    }),
  ]
}

function ours(chart: Chart): () => string {
  return () => render(chart.draw(shown))
}

function repeat(draw: () => string): Speed {
  return async () => {
    const begin = performance.now()
    let drawn = 0
    while (performance.now() < begin + span) {
      if (!draw().includes('</svg>')) throw new Error('Not a picture')
      drawn++
    }
    return (1_000 * drawn) / (performance.now() - begin)
  }
}

function shieldsBadge(): string {
  return makeBadge({ label: shown.label, message: '69 ±8 · 132 answers', color: 'green' })
}

function badgenBadge(): string {
  return badgen({ label: shown.label, status: '69 ±8 · 132 answers', color: 'green' })
}

const document = new DOMParser().parseFromString('<html><body></body></html>', 'text/html')

function plotLine(): string {
  const chart = Plot.plot({
    document,
    width: 600,
    height: 240,
    y: { domain: [-100, 100] },
    marks: [Plot.lineY(shown.points, { x: ({ from }: Point) => new Date(from), y: 'value' })],
  })
  return chart.outerHTML
}

function echartsLine(): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 600, height: 240 })
  chart.setOption({
    animation: false,
    xAxis: { type: 'category', data: shown.points.map(({ from }) => from) },
    yAxis: { type: 'value', min: -100, max: 100 },
    series: [{ type: 'line', data: shown.points.map(({ value }) => value) }],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
