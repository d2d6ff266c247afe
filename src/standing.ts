import type { SurveyDocument } from './survey.ts'

/** Whether a survey takes an answer at an instant, and if not, why. */
export type Standing = 'open' | 'unopened' | 'closed' | 'full' | 'uninvited'

/** What it depends on. */
export interface Asked {
  readonly document: SurveyDocument
  /** When a team has ended it by hand. */
  readonly closed: number | null
  /** How many answers it has taken, as far as they are counted. */
  readonly answers: number
}

/** Whether a survey takes an answer, from somebody who has an invitation or has none. */
export function standingOf(
  { document, closed, answers }: Asked,
  { invited, now }: { readonly invited: boolean; readonly now: number },
): Standing {
  if (closed !== null || (document.closes !== undefined && document.closes <= now)) return 'closed'
  if (document.opens !== undefined && now < document.opens) return 'unopened'
  if (document.quota !== undefined && answers >= document.quota) return 'full'
  if (document.policy === 'invited' && !invited) return 'uninvited'
  return 'open'
}

/** For how long an answer may be changed, in milliseconds. */
export function windowOf({ window = 24 }: Pick<SurveyDocument, 'window'>): number {
  return window * 3_600_000
}
