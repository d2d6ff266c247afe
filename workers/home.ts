import { Hono } from 'hono'
import { addDays, dayFinder } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import { kpis } from '../src/kpis/index.ts'
import { render } from '../src/markup.ts'
import { icon } from '../src/page.ts'
import { homePage } from '../src/pages/home.ts'
import { readEmbed } from '../src/store/embed-snapshots.ts'
import { askedOf } from '../src/store/history.ts'
import { classes } from './headers.ts'
import { html } from './page.ts'
import { readQuery } from './query.ts'

/** Browsers ask for it on every page; a day in their cache spares the rest. */
function showIcon(): Response {
  const headers = { 'Content-Type': 'image/svg+xml', ...classes.picture }
  return new Response(render(icon), { headers })
}

/** `/`: what this is, alive where the sample workspace stands. */
export const homeRoutes = new Hono<{ Bindings: Env }>()
  .get('/favicon.ico', showIcon)
  .get('/', async (c) => {
    readQuery(c.req.raw, {})
    const { origin } = new URL(c.req.url)
    const now = Date.now()
    const found = await readEmbed(c.env.DB, demo.chart, askedOf(kpis), now)
    if (found === null) return html(homePage({ origin, demo: null }))

    const made = dayFinder(found.workspace.zone)(found.embed.created)
    const to = addDays(made, -1)
    return html(
      homePage({
        origin,
        demo: {
          surveyUrl: `/s/${demo.nps}`,
          csatUrl: `/s/${demo.csat}`,
          badgeUrl: `/e/${demo.badge}.svg`,
          chartUrl: `/e/${demo.chart}.svg`,
          chartPage: `/e/${demo.chart}.html`,
          reportUrl: `/r/${demo.report}.html`,
          request: { url: '/v1/kpis/nps?last=30d&by=week', workspace: demo.workspace },
          attribution: demo.attribution,
          sampleDays: { from: addDays(to, -demo.span), to },
        },
      }),
    )
  })
