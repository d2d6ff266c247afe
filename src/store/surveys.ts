import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { SurveyDocument } from '../survey.ts'

/** A survey with the version that is asked now. */
export interface StoredSurvey {
  readonly id: string
  readonly workspace: string
  readonly version: number
  readonly created: number
  readonly closed: number | null
  readonly document: SurveyDocument
}

/** A survey with what its answers need to know of its workspace. */
export interface AskedSurvey extends StoredSurvey {
  readonly zone: string
}

const columns = {
  id: schema.survey.id,
  workspace: schema.survey.workspace,
  version: schema.survey.version,
  created: schema.survey.created,
  closed: schema.survey.closed,
  document: schema.surveyVersion.document,
}

const currentVersion = and(
  eq(schema.surveyVersion.survey, schema.survey.id),
  eq(schema.surveyVersion.version, schema.survey.version),
)

/** Documents are written by {@link createSurvey} alone, which takes nothing but checked ones. */
function withDocument<Row extends { document: unknown }>(row: Row) {
  return { ...row, document: row.document as SurveyDocument }
}

export async function createSurvey(
  db: D1Database,
  survey: { id: string; workspace: string; document: SurveyDocument },
  now: number,
): Promise<void> {
  const { id, workspace, document } = survey
  const orm = drizzle(db)
  await orm.batch([
    orm.insert(schema.survey).values({ id, workspace, version: 1, created: now }),
    orm.insert(schema.surveyVersion).values({ survey: id, version: 1, document, created: now }),
  ])
}

/** The survey of this public id, whosever it is: for the people who answer it. */
export async function readAskedSurvey(db: D1Database, id: string): Promise<AskedSurvey | null> {
  const [found] = await drizzle(db)
    .select({ ...columns, zone: schema.workspace.zone })
    .from(schema.survey)
    .innerJoin(schema.surveyVersion, currentVersion)
    .innerJoin(schema.workspace, eq(schema.workspace.id, schema.survey.workspace))
    .where(eq(schema.survey.id, id))
  return found === undefined ? null : withDocument(found)
}

/** Those of the named surveys that the workspace has. */
export async function readSurveys(
  db: D1Database,
  workspace: string,
  ids: readonly string[],
): Promise<StoredSurvey[]> {
  if (ids.length === 0) return []
  const found = await drizzle(db)
    .select(columns)
    .from(schema.survey)
    .innerJoin(schema.surveyVersion, currentVersion)
    .where(and(eq(schema.survey.workspace, workspace), inArray(schema.survey.id, [...ids])))
  return found.map(withDocument)
}

/** Surveys of a workspace by id, from after `cursor`. */
export async function listSurveys(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<StoredSurvey[]> {
  const found = await drizzle(db)
    .select(columns)
    .from(schema.survey)
    .innerJoin(schema.surveyVersion, currentVersion)
    .where(and(eq(schema.survey.workspace, workspace), gt(schema.survey.id, cursor)))
    .orderBy(asc(schema.survey.id))
    .limit(limit)
  return found.map(withDocument)
}

/** Ends a survey: from now on no answer is stored. Closing it again changes nothing. */
export async function closeSurvey(
  db: D1Database,
  workspace: string,
  id: string,
  now: number,
): Promise<void> {
  await drizzle(db)
    .update(schema.survey)
    .set({ closed: now })
    .where(
      and(
        eq(schema.survey.workspace, workspace),
        eq(schema.survey.id, id),
        isNull(schema.survey.closed),
      ),
    )
}
