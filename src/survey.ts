/** The kinds of question: how they are named in the API, in facts and in the database. */
export type SurveyKind = 'nps' | 'nps5' | 'csat' | 'ces' | 'thumbs'

/** Where on its scale a score lies: of NPS the detractors, passives and promoters. */
export type Bucket = 'low' | 'middle' | 'high'

/** Every {@link Bucket}, from the worst. */
export const buckets: readonly Bucket[] = ['low', 'middle', 'high']

/** One question kind: a scale of whole numbers, both ends included. */
export interface Question {
  readonly kind: SurveyKind
  readonly from: number
  readonly to: number
  /** The lowest scores of the middle and of the high bucket; equal where there is no middle. */
  readonly middle: number
  readonly high: number
}

/** The bucket that a score of the question's scale lies in. */
export function bucketOf(score: number, { middle, high }: Question): Bucket {
  return score >= high ? 'high' : score >= middle ? 'middle' : 'low'
}

/** A text of the team's own, by language; the built-in one where there is none. */
export type Texts = Readonly<Record<string, string>>

/** Something that may have made the score what it is; its id never changes, its labels may. */
export interface Driver {
  readonly id: string
  readonly label: Texts
}

/** Ids of the drivers that an answer names: they are kept with blanks between them. */
export function driversOf({ drivers = '' }: Readonly<Record<string, string>>): string[] {
  return drivers.split(' ').filter((id) => id !== '')
}

/** Where the thank-you page leads on to. */
export interface Onward {
  readonly href: string
  readonly label: Texts
}

/** How points are drawn; what is stored is a number all the same. */
export type Look = 'numbers' | 'stars' | 'faces' | 'thumbs'

/** Who may answer, and how often. */
export type Policy = 'anonymous' | 'browser' | 'invited'

/** Whether a person presses a button, or a script does after they have touched the page. */
export type Mode = 'confirm' | 'assisted'

/** What a team may set; a changed document is a new version, and versions never change. */
export interface SurveyDocument {
  readonly kind: SurveyKind
  /** Shown to the team, never to a respondent. */
  readonly name: string
  /** The team's own question by language; the built-in text where there is none. */
  readonly question: Texts
  /** Languages offered; the first is the default. */
  readonly locales: readonly string[]
  /** Names that `p.<name>` may carry. */
  readonly properties: readonly string[]
  /** Whether the page offers a comment box. */
  readonly comment: boolean
  readonly ends?: Readonly<Record<'low' | 'high', Texts>>
  readonly look?: Look
  readonly followUp?: Readonly<Partial<Record<Bucket, Texts>>>
  readonly drivers?: readonly Driver[]
  readonly thanks?: Readonly<Partial<Record<Bucket, Texts>>>
  readonly onward?: Readonly<Partial<Record<Bucket, Onward>>>
  /** Hosts that {@link onward} may lead to. */
  readonly hosts?: readonly string[]
  /** Whose survey it is, shown at the top in place of our own name; also what the logo says. */
  readonly brand?: string
  /** `#rrggbb`, readable on white. */
  readonly accent?: string
  /** A picture as a `data:` URL, served from a URL of its own. */
  readonly logo?: string
  /** When it takes answers, in milliseconds since 1970 UTC, half-open. */
  readonly opens?: number
  readonly closes?: number
  /** After how many answers on its pages it takes no more. */
  readonly quota?: number
  readonly policy?: Policy
  readonly mode?: Mode
  /** For how many hours an answer may be changed; a day where it is left out. */
  readonly window?: number
  /** Origins of websites that may show the survey in a frame. */
  readonly frames?: readonly string[]
  /** How many days must lie between two invitations of one recipient to this survey. */
  readonly gap?: number
}

/** How the points are drawn where the survey does not say. */
export function lookOf({ look, kind }: Pick<SurveyDocument, 'look' | 'kind'>): Look {
  return look ?? (kind === 'thumbs' ? 'thumbs' : 'numbers')
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

/** The most drivers of one survey. */
export const driversLimit = 12
