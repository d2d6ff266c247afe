import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { Problem, invalid } from '../../src/problem.ts'
import {
  type ResponseCursor,
  type StoredResponse,
  listResponses,
} from '../../src/store/responses.ts'
import {
  type StoredSurvey,
  closeSurvey,
  createSurvey,
  listSurveys,
  readVersions,
  replaceSurvey,
} from '../../src/store/surveys.ts'
import { type SurveyDocument, driversOf } from '../../src/survey.ts'
import { nameField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { previewPath } from '../preview.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { findSurvey } from './found.ts'
import { listPage, listQuery } from './list.ts'
import { showDocument, surveyBody } from './survey-document.ts'

function show({ id, version, created, closed, document }: StoredSurvey, origin: string) {
  return {
    id,
    url: `${origin}/s/${id}`,
    version,
    ...showDocument(document),
    created: new Date(created).toISOString(),
    closed: closed === null ? null : new Date(closed).toISOString(),
  }
}

/** The parameters of the list of responses. */
export const responsesQuery = {
  ...listQuery,
  history: v.optional(
    v.pipe(
      v.picklist(['true', 'false'], 'Expected true or false'),
      v.transform((text) => text === 'true'),
    ),
    'false',
  ),
}

function showResponse({ dimensions, data, ...row }: StoredResponse) {
  const { survey: _survey, kind: _kind, locale, ...properties } = dimensions
  return {
    id: row.id,
    source: row.source,
    time: new Date(row.time).toISOString(),
    day: row.day,
    score: row.score,
    comment: data['comment'] ?? null,
    drivers: driversOf(data),
    locale: locale ?? null,
    // Who has been erased is told from others in figures, and never shown.
    respondent: row.respondent?.startsWith('erased:') === true ? null : row.respondent,
    properties,
  }
}

/** Where a page of answers ended, as text that means nothing to its reader. */
function cursorText({ day, source, id }: ResponseCursor): string {
  return btoa(encodeURIComponent(JSON.stringify([day, source, id])))
}

function parseCursor(text: string): ResponseCursor | null {
  if (text === '') return null
  try {
    const parsed = v.safeParse(
      v.strictTuple([v.string(), v.string(), v.string()]),
      JSON.parse(decodeURIComponent(atob(text))),
    )
    if (parsed.success) {
      const [day, source, id] = parsed.output
      return { day, source, id }
    }
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw invalid('cursor', 'The cursor is not one of ours')
}

/** What may be said of a copy. */
export const copyBody = v.strictObject({ name: v.optional(nameField) })

async function create(c: Context<Guarded>, document: SurveyDocument): Promise<Response> {
  const survey = { id: publicId(), workspace: c.get('workspace').id, document }
  const now = Date.now()
  await createSurvey(c.env.DB, survey, now)
  const { origin } = new URL(c.req.url)
  return json(show({ ...survey, version: 1, created: now, closed: null }, origin), 201)
}

/**
 * What must not change while answers refer to it: the scale, and what is known by an id.
 *
 * @throws Problem 422 by the name of the field.
 */
function refuseChange(old: SurveyDocument, wanted: SurveyDocument): void {
  if (wanted.kind !== old.kind) {
    throw invalid('kind', `Expected "${old.kind}": answers on another scale need another survey`)
  }
}

/** `/v1/surveys`. */
export const surveyRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    return create(c, await readJson(c.req.raw, surveyBody))
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const { origin } = new URL(c.req.url)
    const rows = await listSurveys(c.env.DB, c.get('workspace').id, { cursor, limit: limit + 1 })
    const page = listPage(
      c.req.raw,
      rows,
      limit,
      ({ id }) => id,
      (row) => show(row, origin),
    )
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .get('/:id', guard('read'), async (c) => {
    readQuery(c.req.raw, {})
    const survey = await findSurvey(c.env.DB, c.get('workspace').id, c.req.param('id'))
    return taggedJson(c.req.raw, show(survey, new URL(c.req.url).origin))
  })
  .put('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const document = await readJson(c.req.raw, surveyBody)
    refuseChange(survey.document, document)
    const now = Date.now()
    if (!(await replaceSurvey(c.env.DB, { ...survey, document }, now))) {
      throw new Problem('conflict', 'The survey was changed at the same time: read it again')
    }
    const changed = { ...survey, version: survey.version + 1, document }
    return json(show(changed, new URL(c.req.url).origin))
  })
  .post('/:id/copy', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const { document } = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const { name } = await readJson(c.req.raw, copyBody)
    return create(c, { ...document, name: name ?? document.name })
  })
  .get('/:id/versions', guard('read'), async (c) => {
    readQuery(c.req.raw, {})
    const survey = await findSurvey(c.env.DB, c.get('workspace').id, c.req.param('id'))
    const items = (await readVersions(c.env.DB, survey.id)).map(
      ({ version, created, document }) => ({
        version,
        created: new Date(created).toISOString(),
        ...showDocument(document),
      }),
    )
    return taggedJson(c.req.raw, { items, next: null })
  })
  .post('/:id/preview', guard('read'), async (c) => {
    readQuery(c.req.raw, {})
    const survey = await findSurvey(c.env.DB, c.get('workspace').id, c.req.param('id'))
    const path = await previewPath(c.env, survey, Date.now())
    return json({ url: `${new URL(c.req.url).origin}${path}` })
  })
  .post('/:id/close', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const now = Date.now()
    await closeSurvey(c.env.DB, workspace, survey.id, now)
    return json(show({ ...survey, closed: survey.closed ?? now }, new URL(c.req.url).origin))
  })
  .get('/:id/responses', guard('read'), async (c) => {
    const { limit, cursor, history } = readQuery(c.req.raw, responsesQuery)
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const rows = await listResponses(c.env.DB, workspace, survey.id, {
      cursor: parseCursor(cursor),
      limit: limit + 1,
      history,
    })
    const page = listPage(c.req.raw, rows, limit, cursorText, (row) => ({
      ...showResponse(row),
      ...(history && { counts: row.counts, replaces: row.replaces }),
    }))
    return taggedJson(c.req.raw, page.body, page.headers)
  })
