import { Hono } from 'hono'
import * as v from 'valibot'
import { endFields, headFields, rowFields } from '../../src/export-page.ts'
import { parseJson } from '../../src/json.ts'
import { kpis } from '../../src/kpis/index.ts'
import { Problem } from '../../src/problem.ts'
import { rootCause } from '../../src/store/failure.ts'
import {
  type ExportedPage,
  type ExportedRow,
  type Taken,
  findPortable,
  rowRule,
  takePage,
} from '../../src/store/importing.ts'
import { decode, mediaType, readBytes } from '../body.ts'
import { requireAdminKey } from '../guard.ts'
import { readQuery } from '../query.ts'
import { json } from '../reply.ts'
import { fieldRule } from './moving-rules.ts'

/** Ours have 1.5 MB; one row more may be as large as a row can be. */
const pageLimit = 8 * 1024 * 1024

const refuse = (line: number, message: string) =>
  new Problem('invalid', `Line ${line}: ${message}`, [{ path: `${line}`, message }])

/**
 * `POST /v1/workspaces/import`: takes in a page of what `GET /v1/export` gives. Rows are taken as they are,
 * under ids that others may know: therefore for the deployment's own key only.
 */
export const movingRoutes = new Hono<{ Bindings: Env }>().post('/import', async (c) => {
  await requireAdminKey(c.req.raw, c.env)
  readQuery(c.req.raw, {})
  if (mediaType(c.req.raw) !== 'application/x-ndjson') {
    throw new Problem('unsupported-media-type', 'Expected a body of type application/x-ndjson')
  }
  const page = parsePage(decode(await readBytes(c.req.raw, pageLimit)))
  const taken = await take(c.env.DB, page)
  if (taken === 'exists') {
    throw new Problem('conflict', `The workspace "${page.workspace}" is here already`)
  }
  if (typeof taken !== 'string') {
    const next = taken.expected === '' ? 'the first page' : `the page after "${taken.expected}"`
    throw new Problem('conflict', `Pages come in their order: expected ${next}`)
  }
  const { workspace, rows, next } = page
  return json(
    { workspace, rows: rows.length, next },
    taken === 'taken' && next === null ? 201 : 200,
  )
})

/** @throws Problem 409 where an id is taken, 422 where a row breaks a rule of its table that only the database knows. */
async function take(db: D1Database, page: ExportedPage): Promise<Taken> {
  try {
    return await takePage(db, page, { kpis, now: Date.now() })
  } catch (error) {
    const [, rule] =
      /((?:\w+ )+constraint failed: [^:]+|cannot store .+?)(?::|$)/.exec(rootCause(error)) ?? []
    if (rule === undefined) throw error
    const [, field] = /^NOT NULL constraint failed: (.+)$/.exec(rule) ?? []
    if (field !== undefined) {
      throw new Problem('invalid', `${field}: Expected what belongs to the page's workspace`)
    }
    if (rule.startsWith('UNIQUE')) throw new Problem('conflict', `A row is here already: ${rule}`)
    throw new Problem('invalid', `A row cannot be stored: ${rule}`)
  }
}

/** @throws Problem 400 or 422 that names the line which is to blame. */
function parsePage(text: string): ExportedPage {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first = '', ...others] = lines
  const last = others.pop() ?? ''
  const head = read(headFields, first, 1, 'Expected the first line of a page')
  const end = read(endFields, last, lines.length, 'Expected the last line of a page: it is cut off')
  if (end.rows !== others.length) {
    throw refuse(lines.length, `Expected ${end.rows} rows: the page has ${others.length}`)
  }
  const { workspace, after } = head
  if (end.next !== null && end.next === after) {
    throw refuse(lines.length, 'next: Expected a place behind that of "after"')
  }
  const rows = others.map((line, at) => {
    const begins = at === 0 && after === null
    return rowOf(line, at + 2, begins ? workspace : null)
  })
  if (rows.length === 0 && after === null) throw refuse(2, 'Expected the workspace')
  return { workspace, after, next: end.next, rows, told: end.kpis ?? [] }
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  line: string,
  at: number,
  rule: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, objectOf(line, at))
  if (!parsed.success) throw refuse(at, rule)
  return parsed.output
}

function objectOf(line: string, at: number): unknown {
  try {
    return parseJson(line)
  } catch (error) {
    if (error instanceof Problem) throw refuse(at, error.message)
    throw error
  }
}

/** @param begins the workspace that the row must be, where it is the first of all. */
function rowOf(line: string, at: number, begins: string | null): ExportedRow {
  const { kind, row } = read(rowFields, line, at, 'Expected {"kind": …, "row": {…}}')
  const of = findPortable(kind)
  if (of === undefined) throw refuse(at, `Unknown kind "${kind}"`)
  const broken = rowRule(of, row) ?? fieldRule(kind, row)
  if (broken !== null) throw refuse(at, broken)
  if ((kind === 'workspace') !== (begins !== null) || (begins !== null && row['id'] !== begins)) {
    throw refuse(at, 'Expected the workspace of the page in the first row, and nowhere else')
  }
  return { of, line }
}
