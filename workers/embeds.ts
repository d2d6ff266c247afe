import { Hono } from 'hono'
import { notice } from '../src/charts/notice.ts'
import { drawing } from '../src/drawing.ts'
import {
  type Ending,
  endings,
  parametersOf,
  readAddress,
  withoutDefaults,
} from '../src/embed-address.ts'
import { embedWordsOf } from '../src/embed-words.ts'
import { languages } from '../src/languages/index.ts'
import { render } from '../src/markup.ts'
import { noticePage } from '../src/pages/notice.ts'
import { drawPng } from '../src/png.ts'
import { Problem } from '../src/problem.ts'
import { cached, tagsOf } from './cache.ts'
import { deflate } from './deflate.ts'
import { density, files, svgType } from './embed-files.ts'
import { problemOf } from './failure.ts'
import { classes } from './headers.ts'
import { html } from './page.ts'
import { etagOf, matches, problem } from './reply.ts'
import { type Subject, findEmbed } from './shown.ts'

const locales = languages.map(({ id }) => id)

/** What a page of another origin may do before it asks: read, and ask whether something is new. */
const preflight = {
  ...classes.embed,
  Allow: 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'If-None-Match',
  'Access-Control-Max-Age': '86400',
}

/** `/e/{embed}.{svg,png,json,csv,shields.json,html}`: one public KPI. An image is always an image. */
export const publicEmbedRoutes = new Hono<{ Bindings: Env }>()
  .options('/:file', () => new Response(null, { status: 204, headers: preflight }))
  .get('/:file', async (c) => {
    const name = c.req.param('file')
    const ending = endings.find((candidate) => name.endsWith(`.${candidate}`))
    if (ending === undefined) {
      const known = endings.join(', ')
      return problem(
        new Problem('not-found', `Expected /e/{embed} with one of ${known}`),
        classes.open,
      )
    }
    const id = name.slice(0, -ending.length - 1)
    try {
      return await serve(c.req.raw, { id, ending, db: c.env.DB, context: c.executionCtx })
    } catch (error) {
      return await refusal(ending, problemOf(error))
    }
  })

/** What is asked for. */
interface Wanted {
  readonly id: string
  readonly ending: Ending
  readonly db: D1Database
  readonly context: Parameters<typeof cached>[0]
}

async function serve(request: Request, { id, ending, db, context }: Wanted): Promise<Response> {
  const { pathname, search, origin } = new URL(request.url)
  const { choice, canonical } = readAddress(search, parametersOf[ending], locales)
  if (canonical !== search) return redirect(pathname + canonical)
  const subject = await findEmbed(db, id, Date.now())
  if (subject === null) {
    return refusal(ending, new Problem('not-found', 'There is no such embed in use'))
  }
  const shorter = withoutDefaults(choice, subject.defaults)
  if (shorter !== search) return redirect(pathname + shorter)
  const headers = await headersOf(subject, pathname + search, context)
  if (matches(request.headers.get('if-none-match'), headers['ETag'] ?? '')) {
    return new Response(null, { status: 304, headers: { ...classes.embed, ...headers } })
  }
  return files[ending].answer({ subject, choice, origin }, headers)
}

/** Whose cache entry it is and whether it is new, from what was read and not from what is drawn of it. */
async function headersOf(
  { found, kpi, today }: Subject,
  path: string,
  context: Parameters<typeof cached>[0],
): Promise<Record<string, string>> {
  const { embed, workspace, computed, state } = found
  return {
    ...cached(context, tagsOf(workspace.id, embed.kpi, embed.id)),
    ETag: await etagOf(JSON.stringify([drawing, kpi.version, path, today, state])),
    ...(computed > 0 && { 'Last-Modified': new Date(computed).toUTCString() }),
  }
}

/** To the one address that caches hold. */
function redirect(location: string): Response {
  const headers = { ...classes.embed, 'Cache-Control': 'public, max-age=300', Location: location }
  return new Response(null, { status: 308, headers })
}

/** An embed that cannot be shown says so as a picture with status 200, or the page around it breaks. */
async function refusal(ending: string, found: Problem): Promise<Response> {
  const [language] = languages
  const { unknown, unavailable } = language.chart
  if (ending === 'html') {
    const { gone } = embedWordsOf(language.id)
    const text = found.status === 404 ? gone : { title: unavailable, text: found.message }
    return html(noticePage({ language, notice: text }), {
      status: found.status,
      headers: { 'Cache-Control': 'no-store' },
    })
  }
  if (ending !== 'svg' && ending !== 'png') return problem(found, classes.open)
  const svg = render(notice('Tidemark', found.status === 404 ? unknown : unavailable))
  const [type, body] =
    ending === 'svg' ? [svgType, svg] : ['image/png', await drawPng(svg, density, deflate)]
  return new Response(body, {
    headers: { 'Content-Type': type, ...classes.embed, 'Cache-Control': 'no-store' },
  })
}
