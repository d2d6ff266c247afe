import { Hono } from 'hono'
import * as v from 'valibot'
import { languages } from '../../src/languages/index.ts'
import { Problem, invalid } from '../../src/problem.ts'
import { propertiesLimit, propertyName } from '../../src/properties.ts'
import { type ResponseCursor, listResponses } from '../../src/store/responses.ts'
import {
  type StoredSurvey,
  closeSurvey,
  createSurvey,
  listSurveys,
  readSurveys,
} from '../../src/store/surveys.ts'
import type { SurveyDocument } from '../../src/survey.ts'
import { questions } from '../../src/surveys/index.ts'
import { nameField, textField } from '../../src/text-field.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

const kinds = questions.map(({ kind }) => kind)
const tags = languages.map(({ id }) => id)
const localeField = v.picklist(tags, `Expected one of ${tags.join(', ')}`)

const surveyFields = v.strictObject({
  kind: v.picklist(kinds, `Expected one of ${kinds.join(', ')}`),
  name: nameField,
  question: v.optional(
    v.record(localeField, v.pipe(textField(300), v.trim(), v.minLength(1, 'The text is blank'))),
    {},
  ),
  locales: v.optional(
    v.pipe(
      v.array(localeField, 'Expected a list of languages'),
      v.minLength(1, 'Expected at least one language'),
      v.check((list) => new Set(list).size === list.length, 'A language occurs twice'),
    ),
  ),
  properties: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(propertyName, 'Expected a name of a–z, 0–9 and _'))),
      v.maxLength(propertiesLimit, `Expected at most ${propertiesLimit} properties`),
      v.check((list) => new Set(list).size === list.length, 'A property occurs twice'),
    ),
    [],
  ),
  comment: v.optional(v.boolean('Expected true or false'), true),
})

/** A team's own question is only asked in the languages it is written in, unless it says otherwise. */
const surveyBody = v.pipe(
  surveyFields,
  v.transform(({ locales, ...document }): SurveyDocument => {
    const written = tags.filter((tag) => document.question[tag] !== undefined)
    return { ...document, locales: locales ?? (written.length > 0 ? written : tags) }
  }),
)

function show({ id, version, created, closed, document }: StoredSurvey, origin: string) {
  return {
    id,
    url: `${origin}/s/${id}`,
    version,
    ...document,
    created: new Date(created).toISOString(),
    closed: closed === null ? null : new Date(closed).toISOString(),
  }
}

/** @throws Problem 404 where the workspace has no such survey. */
async function findSurvey(db: D1Database, workspace: string, id: string): Promise<StoredSurvey> {
  const [survey] = await readSurveys(db, workspace, [id])
  if (survey === undefined) throw new Problem('not-found', `No survey "${id}"`)
  return survey
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

/** `/v1/surveys`. */
export const surveyRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const document = await readJson(c.req.raw, surveyBody)
    const survey = { id: publicId(), workspace: c.get('workspace').id, document }
    const now = Date.now()
    await createSurvey(c.env.DB, survey, now)
    const { origin } = new URL(c.req.url)
    return json(show({ ...survey, version: 1, created: now, closed: null }, origin), 201)
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
  .post('/:id/close', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const now = Date.now()
    await closeSurvey(c.env.DB, workspace, survey.id, now)
    return json(show({ ...survey, closed: survey.closed ?? now }, new URL(c.req.url).origin))
  })
  .get('/:id/responses', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const workspace = c.get('workspace').id
    const survey = await findSurvey(c.env.DB, workspace, c.req.param('id'))
    const rows = await listResponses(c.env.DB, workspace, survey.id, {
      cursor: parseCursor(cursor),
      limit: limit + 1,
    })
    const page = listPage(c.req.raw, rows, limit, cursorText, ({ dimensions, data, ...row }) => {
      const { survey: _survey, kind: _kind, locale, ...properties } = dimensions
      return {
        id: row.id,
        source: row.source,
        time: new Date(row.time).toISOString(),
        day: row.day,
        score: row.score,
        comment: data['comment'] ?? null,
        locale: locale ?? null,
        respondent: row.respondent,
        properties,
      }
    })
    return taggedJson(c.req.raw, page.body, page.headers)
  })
