import * as v from 'valibot'
import { type Fact, type Outcome, refuse } from './fact.ts'
import { sha256 } from './sign.ts'
import type { Survey } from './survey.ts'
import { textField } from './text-field.ts'
import { parseTime } from './time.ts'
import type { Parts } from './token.ts'

/** What a link says of its invitation. */
export interface Invitation {
  readonly id: string
  /** When it ceases to be one, in milliseconds since 1970 UTC: a whole second, as its link says it. */
  readonly expires: number
}

/** The most recipients of one request. */
export const recipientsLimit = 1_000

/** How many days lie between two invitations of one recipient, where the survey does not say. */
export const usualGap = 30

const day = 86_400_000

const usualDays = 60
const mostDays = 366

/** An address or its SHA-256 in hexadecimal; what it is of nobody can check, so it only has to look like one. */
export const mailField = v.pipe(
  textField(254),
  v.transform((text) => text.trim().toLowerCase()),
  v.regex(
    /^(?:[0-9a-f]{64}|[^\s@]+@[^\s@]+)$/,
    'Expected an e-mail address, or its SHA-256 in hexadecimal',
  ),
)

/** What is kept of a mail field: never an address, always its digest. */
export async function mailDigest(mail: string): Promise<string> {
  return mail.includes('@') ? sha256(mail) : mail
}

/** When an invitation of now expires, in milliseconds; of a text, when that says. */
export function expiryOf(text: string | undefined, now: number): Outcome<number> {
  const time = text === undefined ? now + usualDays * day : parseTime(text)
  if (time === null) {
    return refuse(
      'expires',
      'Expected an RFC 3339 time with an offset, such as 2026-03-01T09:30:00Z',
    )
  }
  const expires = Math.floor(time / 1000) * 1000
  if (expires <= now) return refuse('expires', 'Expected a time in the future')
  if (expires > now + mostDays * day) {
    return refuse('expires', `Expected a time of at most ${mostDays} days ahead`)
  }
  return { ok: true, value: expires }
}

/** What the link of an invitation says. */
export function invitationParts({ id, expires }: Invitation): Parts {
  return [id, (expires / 1000).toString(36)]
}

/** The invitation that a link's parts speak of, or `null` where they speak of none. */
export function parseInvitation([id, seconds, ...more]: Parts): Invitation | null {
  if (id === undefined || seconds === undefined || more.length > 0) return null
  return /^[0-9a-z]{1,8}$/.test(seconds)
    ? { id, expires: Number.parseInt(seconds, 36) * 1000 }
    : null
}

/** How many days must lie between two invitations of one recipient. */
export interface Gaps {
  /** To the same survey. */
  readonly survey: number
  /** To whatever survey. */
  readonly workspace: number
}

/** When a recipient was invited last, to the same survey and to whatever one; `null` for never. */
export interface LastInvited {
  readonly survey: number | null
  readonly workspace: number | null
}

/** Why somebody is not invited now, and when that ends; `null` where waiting does not help. */
export interface Skip {
  readonly skipped: 'survey-gap' | 'workspace-gap' | 'twice' | 'erased'
  readonly until: number | null
}

/** From when on an invitation is too close to now for another one. */
export const gapStart = (days: number, now: number): number => now - days * day

/** What keeps a recipient from being invited, the longer of two; `null` where nothing does. */
export function skipOf(last: LastInvited, gaps: Gaps, now: number): Skip | null {
  const ends = (which: keyof Gaps): number => {
    const invited = last[which]
    return invited === null || gaps[which] === 0 ? now : invited + gaps[which] * day
  }
  const [survey, workspace] = [ends('survey'), ends('workspace')]
  if (survey > now && survey >= workspace) return { skipped: 'survey-gap', until: survey }
  return workspace > now ? { skipped: 'workspace-gap', until: workspace } : null
}

/** Answers that only invited people may give, as far as nobody has looked up whether they were. */
export function needsInvitation(
  { type, subject, entity, invitation }: Fact,
  surveys: ReadonlyMap<string, Survey>,
): boolean {
  return (
    type === 'survey.response' &&
    entity !== null &&
    invitation === undefined &&
    surveys.get(subject)?.document.policy === 'invited'
  )
}

/** What may have become of an invitation. An answer outlives whatever came of its invitation afterwards. */
export const invitationStates = ['outstanding', 'answered', 'expired', 'revoked'] as const

export type InvitationState = (typeof invitationStates)[number]
