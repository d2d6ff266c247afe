import { and, asc, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
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
  /** How many people the workspace has erased: where there are none, nobody has to be looked up. */
  readonly erased: number
  /** How many answers its pages have taken, as far as they are counted. */
  readonly answers: number
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

/** What is checked in one transaction with an answer, of the version that is asked. */
const limitsOf = ({ closes, quota }: SurveyDocument) => ({
  closes: closes ?? null,
  quota: quota ?? null,
})

export async function createSurvey(
  db: D1Database,
  survey: { id: string; workspace: string; document: SurveyDocument },
  now: number,
): Promise<void> {
  const { id, workspace, document } = survey
  const orm = drizzle(db)
  await orm.batch([
    orm
      .insert(schema.survey)
      .values({ id, workspace, version: 1, created: now, ...limitsOf(document) }),
    orm.insert(schema.surveyVersion).values({ survey: id, version: 1, document, created: now }),
  ])
}

/**
 * Asks another version of a survey from now on; those before stay as they are.
 *
 * @returns false where the survey is no longer of this version, and nothing has changed.
 */
export async function replaceSurvey(
  db: D1Database,
  survey: { id: string; workspace: string; version: number; document: SurveyDocument },
  now: number,
): Promise<boolean> {
  const { id, workspace, version, document } = survey
  const { closes, quota } = limitsOf(document)
  const [changed] = await db.batch([
    db
      .prepare(
        `UPDATE survey SET version = ?3 + 1, closes = ?4, quota = ?5,
           answers = CASE WHEN quota IS NOT NULL OR ?5 IS NULL THEN answers ELSE (
             SELECT count(*) FROM fact
             WHERE fact.workspace = ?2 AND fact.type = 'survey.response'
               AND fact.source = '/s/' || ?1
               AND (fact.replaces IS NULL OR fact.replaces = fact.id)
           ) END
         WHERE id = ?1 AND workspace = ?2 AND version = ?3 RETURNING 1`,
      )
      .bind(id, workspace, version, closes, quota),
    db
      .prepare(
        `INSERT INTO survey_version (survey, version, document, created)
         SELECT id, version, ?3, ?4 FROM survey WHERE id = ?1 AND version = ?2 + 1
         ON CONFLICT DO NOTHING`,
      )
      .bind(id, version, JSON.stringify(document), now),
  ])
  return changed?.results.length === 1
}

/** The survey of this public id, whosever it is: for the people who answer it. */
export async function readAskedSurvey(db: D1Database, id: string): Promise<AskedSurvey | null> {
  const [found] = await drizzle(db)
    .select({
      ...columns,
      zone: schema.workspace.zone,
      erased: schema.workspace.erased,
      answers: schema.survey.answers,
    })
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

/** A version of a survey; `null` where there is none. */
export async function readVersion(
  db: D1Database,
  survey: string,
  version: number,
): Promise<SurveyDocument | null> {
  const [found] = await drizzle(db)
    .select({ document: schema.surveyVersion.document })
    .from(schema.surveyVersion)
    .where(and(eq(schema.surveyVersion.survey, survey), eq(schema.surveyVersion.version, version)))
  return found === undefined ? null : withDocument(found).document
}

/** Every version of a survey, the newest first. */
export async function readVersions(db: D1Database, survey: string) {
  const { version, created, document } = schema.surveyVersion
  const found = await drizzle(db)
    .select({ version, created, document })
    .from(schema.surveyVersion)
    .where(eq(schema.surveyVersion.survey, survey))
    .orderBy(desc(version))
    .limit(200)
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
