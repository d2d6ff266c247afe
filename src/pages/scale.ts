import { type Language, endTexts, fill } from '../language.ts'
import { type Markup, markup } from '../markup.ts'
import { type Question, type SurveyDocument, bucketOf, lookOf } from '../survey.ts'

/** The scale of a survey, as radio buttons. */
export interface ScaleView {
  readonly document: SurveyDocument
  readonly question: Question
  readonly language: Language
  /** The question as it is asked. */
  readonly text: string
  readonly score: number | null
  /** Whether the answer before lacked a score. */
  readonly wrong: boolean
}

const star = 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z'

/** Mouths, from the worst to the best. */
const mouths = [
  'M8 16.5c2-3 6-3 8 0',
  'M8.5 16c1.5-1.5 5.5-1.5 7 0',
  'M8.5 15.5h7',
  'M8.5 14.5c1.5 1.5 5.5 1.5 7 0',
  'M8 14c2 3 6 3 8 0',
]

const thumb =
  'M7 11v9H4v-9zl4-8c1.7 0 2.6 1.2 2.3 2.8L12.7 9H18a2 2 0 0 1 2 2.4l-1.2 6.9a2 2 0 0 1-2 1.7H7'

const picture = (drawing: Markup): Markup =>
  markup`<svg width="40" height="40" viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`

const face = (mouth: string): Markup =>
  picture(markup`<circle cx="12" cy="12" r="9"/><path d="M9 9.5v1m6-1v1${mouth}"/>`)

/** What is seen of a point, and what is read out. */
function point(view: ScaleView, score: number): Markup {
  const { document, question, language } = view
  const end = endOf(view, score)
  const at = score - question.from
  switch (lookOf(document)) {
    case 'numbers':
      return markup`${score}${end && unseen(`, ${end}`)}`
    case 'stars':
      return markup`${picture(markup`<path d="${star}"/>`)}${unseen(fill(language.stars, { n: score }))}`
    case 'faces':
      return markup`${face(mouths[at] ?? '')}${unseen(language.faces[at] ?? '')}`
    case 'thumbs':
      return markup`${picture(markup`<path${at === 0 && turned} d="${thumb}"/>`)}${unseen(end ?? '')}`
  }
}

/** A thumb that points down is one that points up, turned. */
const turned = markup` transform="rotate(180 12 12)"`

/** What a score at an end of the scale means; `null` for those between. */
function endOf({ document, question, language }: ScaleView, score: number): string | null {
  const { low, high } = endTexts(document, language)
  if (score === question.from) return low
  return score === question.to ? high : null
}

const unseen = (text: string): Markup => markup`<span class="unseen">${text}</span>`

/** The question and the points to choose from. */
export function scale(view: ScaleView): Markup {
  const { document, question, language, text, wrong } = view
  const { low, high } = endTexts(document, language)
  const look = lookOf(document)
  const { from, to } = question
  const scores = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const numbered = look === 'numbers'
  const help = numbered ? fill(language.form.scale, { from, to }) : language.form.choose
  const kind = numbered ? '' : ` drawn ${look}`
  const ends = (score: number) => numbered && markup`<b>${score}</b>`

  return markup`<fieldset role="radiogroup" aria-labelledby="question" aria-describedby="range${wrong && ' score-error'}"${wrong && markup` aria-invalid="true"`}>
<legend><h1 id="question">${text}</h1></legend>
<p class="unseen" id="range">${help}</p>
<div class="scale of${scores.length}${kind}">
${scores.map(
  (score) =>
    markup`<label><input type="radio" name="score" value="${score}" class="${bucketOf(score, question)}" required${score === from && markup` id="score"`}${score === view.score && markup` checked`}><span>${point(view, score)}</span></label>\n`,
)}</div>
<p class="ends small" aria-hidden="true"><span>${ends(from)}${low}</span><span>${ends(to)}${high}</span></p>
</fieldset>`
}
