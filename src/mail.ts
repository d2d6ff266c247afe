import { type Language, endTexts, fill } from './language.ts'
import { type Question, type SurveyDocument, lookOf } from './survey.ts'

/** What a mail that asks a survey's question is made of. */
export interface MailView {
  readonly document: SurveyDocument
  readonly question: Question
  readonly language: Language
  /** Where every link of the mail leads: a mailer's merge tag, or the survey's public URL. */
  readonly address: string
  /** The survey's logo by absolute URL; `null` where it has none. */
  readonly logo: string | null
}

/** One score as a link. */
export interface MailPoint {
  /** What is read and clicked on. */
  readonly label: string
  /** What a screen reader says in place of a label that is half a picture. */
  readonly name: string | null
  /** What an end of the scale means; `null` between the ends, and where the label says it. */
  readonly end: string | null
  readonly href: string
}

/** The link to a survey: a click preselects a score at most, and records nothing. */
export function mailLink({ address, language }: MailView, score: number | null): string {
  return `${address}?${score === null ? '' : `score=${score}&`}lang=${language.id}`
}

/** A link that no person can see: who follows it is a robot that follows every link. */
export function trapLink({ address }: MailView): string {
  return `${address}?score=trap`
}

/** Where a line begins and ends: the attributes of mails know no other words for it. */
export function sidesOf({ language }: MailView): { start: string; end: string } {
  return language.direction === 'rtl'
    ? { start: 'right', end: 'left' }
    : { start: 'left', end: 'right' }
}

/** Every point of the scale, from the lowest. */
export function pointsOf(view: MailView): MailPoint[] {
  const { from, to } = view.question
  const ends = endTexts(view.document, view.language)
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const score = from + index
    const end = score === from ? ends.low : score === to ? ends.high : null
    return { href: mailLink(view, score), ...saying(view, score, end) }
  })
}

/** A point in the words of its look; a scale of another size than the look's is shown as numbers. */
function saying(
  { document, language, question: { from } }: MailView,
  score: number,
  end: string | null,
): Pick<MailPoint, 'label' | 'name' | 'end'> {
  const look = lookOf(document)
  const face = language.faces[score - from]
  if (look === 'faces' && face !== undefined) return { label: face, name: null, end: null }
  if (look === 'thumbs' && end !== null) return { label: end, name: null, end: null }
  if (look === 'stars') {
    return { label: `${score}\u00a0★`, name: fill(language.stars, { n: score }), end }
  }
  return { label: String(score), name: null, end }
}
