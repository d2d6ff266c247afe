import { parseBase64url, parseUtf8 } from '../src/bytes.ts'
import { type StoredAnswer, readAnswer } from '../src/store/answers.ts'
import { type StoredInvitation, readInvitation } from '../src/store/invitations.ts'
import { readInvited } from '../src/store/invited.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { findSurvey, recallSurvey } from './asked.ts'
import { openInvitation } from './links.ts'
import { open } from './tokens.ts'

/** A survey as somebody meets it: by its own link or by a personal one. */
export interface Visit {
  readonly survey: AskedSurvey
  readonly invitation: StoredInvitation | null
  /** Where its pages are: `/s/…` or `/i/…`. */
  readonly path: string
  /** What its form carries on in the query, from its `&` on. */
  readonly query?: string
  /** Whether nothing is to be stored. */
  readonly preview?: true
}

/** The source of every answer that is given on a survey's pages. */
export const sourceOf = (survey: string): string => `/s/${survey}`

/** Whoever follows the survey's own link; as remembered where `stored` does not matter. */
export async function visitSurvey(
  env: Env,
  id: string,
  { stored }: { readonly stored: boolean },
): Promise<Visit | null> {
  const survey = await (stored ? findSurvey(env.DB, id) : recallSurvey(env.DB, id))
  return survey === null ? null : { survey, invitation: null, path: `/s/${id}` }
}

/** Whoever follows a personal link; `null` where nobody has been given this one. */
export async function visitByToken(env: Env, token: string): Promise<Visit | null> {
  const opened = await openInvitation(env, token)
  const invitation = opened === null ? null : await readInvitation(env.DB, opened.id)
  if (invitation === null) return null
  const survey = await findSurvey(env.DB, invitation.survey)
  return survey === null ? null : { survey, invitation, path: `/i/${token}` }
}

/** Why an invitation can no longer be answered; answers that are there may outlive it. */
export function lapseOf(
  { invitation }: Pick<Visit, 'invitation'>,
  now: number,
): 'uninvited' | 'expired' | null {
  if (invitation === null) return null
  if (invitation.revoked !== null) return 'uninvited'
  return invitation.expires <= now ? 'expired' : null
}

/** Whether its recipient has been erased: the link leads to nothing that was theirs. */
export const isErased = ({ invitation }: Pick<Visit, 'invitation'>): boolean =>
  invitation?.recipient === ''

/** An answer that is there, with the pages on which it is shown, changed and withdrawn. */
export interface Held {
  readonly survey: AskedSurvey
  readonly answer: StoredAnswer
  readonly path: string
  /** What it is called while it is doubted: by its own name, or by its invitation's. */
  readonly names: readonly string[]
}

/** An answer that has been taken back. */
export interface Withdrawn {
  readonly withdrawn: AskedSurvey
}

/** The answer of an invitation, by whatever road it came. */
export async function heldBy(
  env: Env,
  { survey, invitation, path }: Visit,
): Promise<Held | Withdrawn | null> {
  if (invitation === null || isErased({ invitation })) return null
  const answer = await readInvited(env.DB, survey.workspace, invitation.id)
  if (answer === null) return null
  if (answer === 'withdrawn') return { withdrawn: survey }
  return { survey, answer, path, names: [answer.id, invitation.id] }
}

/** The parts of a receipt: the survey, and what the answer is called there. */
export async function openReceipt(
  env: Env,
  token: string,
): Promise<{ readonly survey: string; readonly id: string } | null> {
  const [survey = '', encoded = ''] = (await open(env, 'answer', token)) ?? []
  const bytes = parseBase64url(encoded)
  const id = bytes === null ? null : parseUtf8(bytes)
  return id === null ? null : { survey, id }
}

/** The answer of a receipt. */
export async function heldByReceipt(env: Env, token: string): Promise<Held | Withdrawn | null> {
  const receipt = await openReceipt(env, token)
  const survey = receipt === null ? null : await findSurvey(env.DB, receipt.survey)
  if (receipt === null || survey === null) return null
  const place = { source: sourceOf(survey.id), id: receipt.id }
  const answer = await readAnswer(env.DB, survey.workspace, place)
  if (answer === null) return null
  if (answer === 'withdrawn') return { withdrawn: survey }
  return { survey, answer, path: `/a/${token}`, names: [answer.id] }
}
