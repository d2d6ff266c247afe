import { Hono } from 'hono'
import { attention, notesOf } from '../src/attention.ts'
import { base64, utf8 } from '../src/bytes.ts'
import { description } from '../src/caption.ts'
import { line } from '../src/charts/line.ts'
import { dayFinder } from '../src/day.ts'
import { familyIds } from '../src/family.ts'
import { fill } from '../src/language.ts'
import { type Markup, render } from '../src/markup.ts'
import { noticePage } from '../src/pages/notice.ts'
import { type Shown, reportDress, reportPage } from '../src/pages/report.ts'
import { type Entry, type Ground, entriesOf, windowOf } from '../src/report.ts'
import { reportPicture } from '../src/report-picture.ts'
import { readReport } from '../src/store/reports.ts'
import { problemOf } from './failure.ts'
import { html } from './page.ts'
import { readGround, wordsOf } from './report-read.ts'

/** Whoever has the link may read it, and nobody may keep or list it: it can be taken back. */
const headers = { 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow' }

/** `/r/{report}.html`: a report for people who have no key. */
export const publicReportRoutes = new Hono<{ Bindings: Env }>().get('/:file', async (c) => {
  const id = /^([\w-]{1,64})\.html$/.exec(c.req.param('file'))?.[1]
  try {
    const page = id === undefined ? null : await find(c.env.DB, id, Date.now())
    if (page === null) return await refusal('unknown', 404)
    return await html(page, { dress: reportDress, headers })
  } catch (error) {
    return refusal('unavailable', problemOf(error).status)
  }
})

function refusal(why: 'unknown' | 'unavailable', status: number): Promise<Response> {
  const { edition, language } = wordsOf('')
  return html(noticePage({ language, notice: edition[why] }), { status, headers })
}

async function find(db: D1Database, id: string, now: number): Promise<Markup | null> {
  const found = await readReport(db, id)
  if (found === null) return null
  const { link, workspace } = found
  const { locale, title, minimum } = link
  const window = windowOf(link.span, dayFinder(workspace.zone)(now))
  const ground = await readGround(db, workspace, { window, locale, minimum, now })
  const { edition, language, names } = wordsOf(locale)
  const entries = entriesOf(ground)
  const told = entries.filter(({ empty }) => !empty)
  const hidden = { kind: 'hidden', kpis: [], text: fill(edition.notes.hidden, { n: minimum }) }
  return reportPage({
    language,
    edition,
    title,
    window,
    zone: workspace.zone,
    summary: attention(entries, ground, edition),
    families: familyIds
      .map((family) => ({
        name: names.families[family],
        shown: told.filter((entry) => entry.family === family).map((entry) => shown(entry, ground)),
      }))
      .filter((family) => family.shown.length > 0),
    notes: [...notesOf(entries, ground, edition), ...(minimum > 1 ? [hidden] : [])],
  })
}

function shown(entry: Entry, ground: Ground): Shown {
  const picture = reportPicture(entry, ground)
  const svg = base64(utf8(render(line.draw(picture))))
  return { entry, picture: `data:image/svg+xml;base64,${svg}`, alt: description(picture) }
}
