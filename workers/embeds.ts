import { Hono } from 'hono'
import type { Chart, Picture } from '../src/chart.ts'
import { charts } from '../src/charts/index.ts'
import { notice } from '../src/charts/notice.ts'
import { csvLine } from '../src/csv.ts'
import { dayFinder } from '../src/day.ts'
import { disclose } from '../src/disclosure.ts'
import type { Estimate, Kpi } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import { render } from '../src/markup.ts'
import { Problem } from '../src/problem.ts'
import { type Counted, series, total } from '../src/series.ts'
import { shieldsOf } from '../src/shields.ts'
import { type FoundEmbed, readEmbed } from '../src/store/embed-snapshots.ts'
import { askedOf } from '../src/store/history.ts'
import { lastDays } from '../src/window.ts'
import { workspaceTag } from './cache.ts'
import { problemOf } from './failure.ts'
import { problem, tagged } from './reply.ts'

/** An embed with all it shows, and whose cache entry it is. */
interface Shown {
  readonly picture: Picture
  readonly chart: Chart
  readonly kpi: Kpi
  readonly tag: string
}

const asked = askedOf(kpis)

const svgType = 'image/svg+xml; charset=utf-8'

/** On every answer below /e/: any page may show it, and it may do nothing at all there. */
const harmless = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'X-Content-Type-Options': 'nosniff',
}

/**
 * Browsers and image proxies keep it for 5 minutes, Cloudflare for 10 and longer while storage fails.
 * No `s-maxage` or `must-revalidate`: either would switch the stale rules off.
 */
function cached(tag: string): Record<string, string> {
  return {
    'Cache-Control': 'public, max-age=300',
    'Cloudflare-CDN-Cache-Control':
      'public, max-age=600, stale-while-revalidate=86400, stale-if-error=604800',
    'Cache-Tag': tag,
  }
}

interface Writer {
  readonly type: string
  readonly write: (shown: Shown) => string
}

/** By ending; a longer one stands before the one it ends with. */
const writers = Object.entries<Writer>({
  svg: { type: svgType, write: ({ chart, picture }) => render(chart.draw(picture)) },
  'shields.json': {
    type: 'application/json; charset=utf-8',
    write: ({ picture }) => JSON.stringify(shieldsOf(picture)),
  },
  json: {
    type: 'application/json; charset=utf-8',
    write: (shown) => JSON.stringify(dataOf(shown)),
  },
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
})

/** `/e/{embed}.{svg,json,csv,shields.json}`: one public KPI. An image is always an image. */
export const publicEmbedRoutes = new Hono<{ Bindings: Env }>().get('/:file', async (c) => {
  const url = new URL(c.req.url)
  if (url.search !== '') {
    return new Response(null, { status: 308, headers: { ...harmless, Location: url.pathname } })
  }
  const file = c.req.param('file')
  const [extension, writer] = writers.find(([ending]) => file.endsWith(`.${ending}`)) ?? []
  if (extension === undefined || writer === undefined) {
    const known = writers.map(([ending]) => ending).join(', ')
    return problem(new Problem('not-found', `Expected /e/{embed} with one of ${known}`), harmless)
  }
  try {
    const shown = await find(c.env.DB, file.slice(0, -extension.length - 1), Date.now())
    if (shown === null) {
      return refusal(extension, new Problem('not-found', 'There is no such embed in use'))
    }
    const headers = { 'Content-Type': writer.type, ...harmless, ...cached(shown.tag) }
    return await tagged(c.req.raw, writer.write(shown), headers)
  } catch (error) {
    return refusal(extension, problemOf(error))
  }
})

/** An embed that cannot be shown says so as a picture with status 200, or the page around it breaks. */
function refusal(extension: string, found: Problem): Response {
  if (extension !== 'svg') return problem(found, harmless)
  const { chart } = languages[0]
  const words = found.status === 404 ? chart.unknown : chart.unavailable
  return new Response(render(notice('Tidemark', words)), {
    headers: { 'Content-Type': svgType, ...harmless, 'Cache-Control': 'no-store' },
  })
}

async function find(db: D1Database, id: string, now: number): Promise<Shown | null> {
  const found = /^[\w-]{1,64}$/.test(id) ? await readEmbed(db, id, asked, now) : null
  if (found === null) return null
  const { embed, workspace } = found
  const kpi = kpis.find((candidate) => candidate.id === embed.kpi)
  const chart = charts.find(({ kind }) => kind === embed.kind)
  if (kpi === undefined || chart === undefined) return null
  return { kpi, chart, tag: workspaceTag(workspace.id), picture: pictureOf(kpi, found, now) }
}

/** What an embed shows today: its window ends with the running day, so that an answer is seen at once. */
function pictureOf(kpi: Kpi, { embed, workspace, history }: FoundEmbed, now: number): Picture {
  const language = languages.find(({ id }) => id === embed.locale) ?? languages[0]
  const window = lastDays(embed.days, dayFinder(workspace.zone)(now))
  const points = series(kpi, history, window, embed.grain, workspace)
  const shown = disclose(estimate(total(kpi, history, window, workspace)), points, embed.minimum)
  const inside = history.snapshots.filter(({ day }) => day >= window.from && day <= window.to)
  return {
    ...shown,
    label: labelOf(kpi, embed.segment, workspace.currency),
    unit: kpi.unit,
    direction: kpi.direction,
    ...(kpi.range !== undefined && { range: kpi.range }),
    language,
    theme: embed.theme,
    minimum: embed.minimum,
    ...window,
    // The day of the only answer is more than may be told of it.
    asOf: shown.total.value === null ? null : (inside.at(-1)?.day ?? null),
  }
}

/** Only what is named here is said: what is beside a value, or left out of it, is not everybody's. */
function estimate({ value, reason, n, low, high }: Counted): Estimate {
  return { value, ...(reason !== undefined && { reason }), n, low, high }
}

/** The KPI's name, with the currency of money and the segment where there is one. */
function labelOf({ label, unit }: Kpi, segment: string, currency: string): string {
  const money = unit === 'currency' ? [currency] : []
  const cut = segment === '' ? [] : [segment]
  return [label, ...money, ...cut].join(', ')
}

/** The embed's numbers, as far as they may be shown. */
function dataOf({ kpi, picture }: Shown) {
  return {
    kpi: kpi.id,
    label: picture.label,
    unit: kpi.unit,
    direction: kpi.direction,
    from: picture.from,
    to: picture.to,
    asOf: picture.asOf,
    minimum: picture.minimum,
    definition: { text: kpi.definition, version: kpi.version },
    total: picture.total,
    points: picture.points.map(({ from, to, complete, revised, ...estimate }) => ({
      from,
      to,
      ...estimate,
      complete,
      revised,
    })),
  }
}

function csvOf(shown: Shown): string {
  const header = ['from', 'to', 'value', 'n', 'low', 'high', 'reason', 'complete', 'revised']
  const rows = dataOf(shown).points.map(
    ({ from, to, value, n, low, high, reason = null, complete, revised }) => [
      from,
      to,
      value,
      n,
      low,
      high,
      reason,
      complete,
      revised,
    ],
  )
  return [header, ...rows].map(csvLine).join('')
}
