import { dayFinder } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { type Draft, factOf } from '../src/intake.ts'
import { followers } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import type { FieldError } from '../src/problem.ts'
import { store } from '../src/store/facts.ts'
import { readSurveys } from '../src/store/surveys.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import type { Survey, SurveyKind } from '../src/survey.ts'
import { questions } from '../src/surveys/index.ts'

/** Which types' facts change the days of earlier facts. */
export const followerTypes = followers(kpis)

/** D1 binds at most 100 parameters to a statement. */
const idsAtOnce = 90

/** The scale of a kind. Every kind has one: surveys of other kinds cannot be created. */
export function questionOf(kind: SurveyKind): Survey['question'] {
  const question = questions.find((candidate) => candidate.kind === kind)
  if (question === undefined) throw new Error(`No question of kind "${kind}"`)
  return question
}

/** A draft with its place in the input, by which the sender finds it again. */
export interface Placed {
  readonly at: number
  readonly draft: Draft
}

export interface Rejection {
  readonly at: number
  readonly errors: readonly FieldError[]
}

/**
 * Turns drafts into facts and stores those that keep the rules, in one transaction. The others are
 * rejected one by one, so that a bad line never costs a good one.
 *
 * @param surveys those known from the chunk before; new ones are added.
 */
export async function takeIn(
  db: D1Database,
  workspace: Workspace,
  placed: readonly Placed[],
  received: number,
  surveys = new Map<string, Survey>(),
): Promise<{ stored: number; valid: number; rejected: Rejection[] }> {
  await findSurveys(db, workspace.id, placed, surveys)
  const context = { facts, surveys, dayOf: dayFinder(workspace.zone) }
  const valid: Fact[] = []
  const rejected: Rejection[] = []
  for (const { at, draft } of placed) {
    const outcome = factOf(draft, context)
    if (outcome.ok) valid.push(outcome.value)
    else rejected.push({ at, errors: outcome.errors })
  }
  const { stored } = await store(db, {
    workspace: workspace.id,
    facts: valid,
    received,
    followers: followerTypes,
  })
  return { stored, valid: valid.length, rejected }
}

/** Adds the surveys that the drafts speak of to those that are known already. */
async function findSurveys(
  db: D1Database,
  workspace: string,
  placed: readonly Placed[],
  known: Map<string, Survey>,
): Promise<void> {
  const named = new Set<string>()
  for (const { draft } of placed) {
    if (typeof draft.data['survey'] === 'string') named.add(draft.data['survey'].trim())
  }
  const ids = [...named].filter((id) => !known.has(id))
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    for (const { id, document } of await readSurveys(
      db,
      workspace,
      ids.slice(at, at + idsAtOnce),
    )) {
      known.set(id, { document, question: questionOf(document.kind) })
    }
  }
}
