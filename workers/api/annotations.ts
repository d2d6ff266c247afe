import { Hono } from 'hono'
import * as v from 'valibot'
import { parseDay } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import { kpis } from '../../src/kpis/index.ts'
import { Problem, invalid } from '../../src/problem.ts'
import {
  type Annotation,
  type AnnotationCursor,
  createAnnotation,
  listAnnotations,
  removeAnnotation,
} from '../../src/store/annotations.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

/** Annotations of one workspace. */
const most = 5_000

const ids = kpis.map(({ id }) => id)

/** What an annotation says. */
export const annotationBody = v.strictObject({
  day: dayField,
  text: nameField,
  kpi: v.optional(v.picklist(ids, `Expected one of ${ids.join(', ')}`)),
})

const cursorText = ({ day, id }: AnnotationCursor) => `${day}.${id}`

function parseCursor(text: string): AnnotationCursor | null {
  if (text === '') return null
  const [, date = '', id] = /^(\d{4}-\d{2}-\d{2})\.([\w-]{22})$/.exec(text) ?? []
  const day = parseDay(date)
  if (day === null || id === undefined) throw invalid('cursor', 'The cursor is not one of ours')
  return { day, id }
}

/** An annotation as the API shows it. */
export function showAnnotation({ id, day, kpi, text, created }: Annotation) {
  return { id, day, kpi, text, created: new Date(created).toISOString() }
}

/** `/v1/annotations`: what people know of days that numbers do not tell. */
export const annotationRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const { day, text, kpi = null } = await readJson(c.req.raw, annotationBody)
    const annotation = { id: publicId(), day, text, kpi, created: Date.now() }
    if (!(await createAnnotation(c.env.DB, c.get('workspace').id, annotation, most))) {
      throw new Problem(
        'invalid',
        `A workspace keeps at most ${most} annotations: delete one first`,
      )
    }
    return json(showAnnotation(annotation), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor: text } = readQuery(c.req.raw, listQuery)
    const asked = { cursor: parseCursor(text), limit: limit + 1 }
    const rows = await listAnnotations(c.env.DB, c.get('workspace').id, asked)
    const page = listPage(c.req.raw, rows, limit, cursorText, showAnnotation)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await removeAnnotation(c.env.DB, c.get('workspace').id, id))) {
      throw new Problem('not-found', `No annotation "${id}"`)
    }
    return new Response(null, { status: 204 })
  })
