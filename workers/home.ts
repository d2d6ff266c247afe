import { Hono } from 'hono'
import { addDays, dayFinder } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import { versions } from '../src/kpis/index.ts'
import { homePage } from '../src/pages/home.ts'
import { readEmbed } from '../src/store/snapshots.ts'
import { html } from './page.ts'

/** `/`: what this is, alive where the sample workspace stands. */
export const homeRoutes = new Hono<{ Bindings: Env }>().get('/', async (c) => {
  const { origin } = new URL(c.req.url)
  const now = Date.now()
  const found = await readEmbed(c.env.DB, demo.chart, versions, now)
  if (found === null) return html(homePage({ origin, demo: null }))

  const today = dayFinder(found.workspace.zone)(now)
  const from = found.snapshots[0]?.day ?? today
  return html(
    homePage({
      origin,
      demo: {
        surveyUrl: `/s/${demo.nps}`,
        csatUrl: `/s/${demo.csat}`,
        badgeUrl: `/e/${demo.badge}.svg`,
        chartUrl: `/e/${demo.chart}.svg`,
        request: { url: '/v1/kpis/nps?last=30d&by=week', workspace: demo.workspace },
        attribution: demo.attribution,
        sampleDays: { from, to: addDays(today, -1) },
      },
    }),
  )
})
