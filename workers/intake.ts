import { dayFinder } from '../src/day.ts'
import { facts } from '../src/facts/index.ts'
import { type Draft, factOf } from '../src/intake.ts'
import { looksOf } from '../src/looks.ts'
import { kpis } from '../src/kpis/index.ts'
import type { FieldError } from '../src/problem.ts'
import { store } from '../src/store/facts.ts'
import { readSurveys } from '../src/store/surveys.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import type { Survey, SurveyKind } from '../src/survey.ts'
import { questions } from '../src/surveys/index.ts'
import { type Vault, keepPrivate } from './privacy.ts'
import { findUninvited } from './uninvited.ts'

/** Which other facts count differently when one arrives. */
export const looks = looksOf(kpis)

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

/** What a request, or a part of it, brings: what could be read, and how much could not, by source. */
export interface Batch {
  readonly placed: readonly Placed[]
  readonly unread: Readonly<Record<string, number>>
}

/**
 * Turns drafts into facts and stores those that keep the rules, in one transaction. The others are
 * rejected one by one, so that a bad line never costs a good one.
 *
 * @param surveys those known from the chunk before; new ones are added.
 */
export async function takeIn(
  env: Vault,
  workspace: Workspace,
  { placed, unread }: Batch,
  received: number,
  surveys = new Map<string, Survey>(),
): Promise<{ stored: number; valid: number; rejected: Rejection[] }> {
  await findSurveys(
    env.DB,
    workspace.id,
    placed.map(({ draft }) => draft),
    surveys,
  )
  const { zone, dimensions, currency } = workspace
  const dayOf = dayFinder(zone)
  const context = { facts, surveys, dimensions, currency, dayOf }
  const read = placed.map(({ at, draft }) => ({ at, draft, outcome: factOf(draft, context) }))
  const told = read.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []))
  const uninvited = await findUninvited(env.DB, workspace.id, told, surveys)
  const valid = told.filter((fact) => !uninvited.has(fact))
  const rejected: Rejection[] = []
  const refused = new Map(Object.entries(unread))
  for (const { at, draft, outcome } of read) {
    const errors = outcome.ok ? uninvited.get(outcome.value) : outcome.errors
    if (errors === undefined) continue
    rejected.push({ at, errors })
    refused.set(draft.source, (refused.get(draft.source) ?? 0) + 1)
  }
  const { stored } = await store(env.DB, {
    workspace: workspace.id,
    facts: await keepPrivate(env, workspace, valid, received),
    received,
    looks,
    tally: { day: dayOf(received), rejected: Object.fromEntries(refused) },
  })
  return { stored, valid: valid.length, rejected }
}

/** Adds the surveys that the drafts speak of to those that are known already. */
export async function findSurveys(
  db: D1Database,
  workspace: string,
  drafts: readonly Draft[],
  known: Map<string, Survey>,
): Promise<void> {
  const named = new Set<string>()
  for (const draft of drafts) {
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
