/** The kinds of question: how they are named in the API, in facts and in the database. */
export type SurveyKind = 'nps' | 'nps5' | 'csat' | 'ces'

/** One question kind: a scale of whole numbers, both ends included. */
export interface Question {
  readonly kind: SurveyKind
  readonly from: number
  readonly to: number
}

/** What a team may set; a changed document is a new version, and versions never change. */
export interface SurveyDocument {
  readonly kind: SurveyKind
  /** Shown to the team, never to a respondent. */
  readonly name: string
  /** The team's own question by language; the built-in text where there is none. */
  readonly question: Readonly<Record<string, string>>
  /** Languages offered; the first is the default. */
  readonly locales: readonly string[]
  /** Names that `p.<name>` may carry. */
  readonly properties: readonly string[]
  /** Whether the page offers a comment box. */
  readonly comment: boolean
}

/** A survey as answers meet it: what was asked, on which scale. */
export interface Survey {
  readonly document: SurveyDocument
  readonly question: Question
}

/** The longest comment, in code points. */
export const commentLimit = 5_000

/** The longest value of a property, in code points. */
export const propertyLimit = 100
