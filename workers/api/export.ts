import { Hono } from 'hono'
import { type Place, cursorOf, exportFormat, parsePlace } from '../../src/export-page.ts'
import { invalid } from '../../src/problem.ts'
import { readExportPage } from '../../src/store/exporting.ts'
import { readBirths } from '../../src/store/plan.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { taggedText } from '../reply.ts'
import { listQuery } from './list.ts'

/** The parameter of an export. */
export const exportFields = { cursor: listQuery.cursor }

const beginning: Place = ['workspace']

/** `GET /v1/export`: all that the workspace consists of, as NDJSON, page by page. */
export const exportRoutes = new Hono<Guarded>().get('/', guard('admin'), async (c) => {
  const { cursor } = readQuery(c.req.raw, exportFields)
  const { id } = c.get('workspace')
  const place = cursor === '' ? beginning : parsePlace(cursor)
  const page = place === null ? null : await readExportPage(c.env.DB, id, place)
  if (page === null) throw invalid('cursor', 'The cursor is not one of ours')
  const next = page.next === null ? null : cursorOf(page.next)
  const head = { kind: 'page', format: exportFormat, workspace: id, after: cursor || null }
  const kpis = next === null ? { kpis: await readBirths(c.env.DB) } : {}
  const end = { kind: 'end', rows: page.lines.length, next, ...kpis }
  const lines = [JSON.stringify(head), ...page.lines, JSON.stringify(end), '']
  const answer = await taggedText(c.req.raw, lines.join('\n'), 'application/x-ndjson')
  if (next !== null) answer.headers.set('Link', `<${c.req.path}?cursor=${next}>; rel="next"`)
  return answer
})
