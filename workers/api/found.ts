import { Problem } from '../../src/problem.ts'
import { type StoredSurvey, readSurveys } from '../../src/store/surveys.ts'

/** @throws Problem 404 where the workspace has no such survey. */
export async function findSurvey(
  db: D1Database,
  workspace: string,
  id: string,
): Promise<StoredSurvey> {
  const [survey] = await readSurveys(db, workspace, [id])
  if (survey === undefined) throw new Problem('not-found', `No survey "${id}"`)
  return survey
}
