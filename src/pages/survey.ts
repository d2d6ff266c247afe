import { fill, questionText } from '../language.ts'
import type { Language } from '../language.ts'
import { markup } from '../markup.ts'
import type { Markup } from '../markup.ts'
import { page } from '../page.ts'
import type { Question, SurveyDocument } from '../survey.ts'

/** One thing wrong with an answer. `form` belongs to no field: trouble of ours, not of the reader. */
export interface SurveyError {
  readonly field: 'score' | 'comment' | 'form'
  readonly message: string
}

/** Everything the page of one survey shows, for somebody who has not answered yet. */
export interface SurveyView {
  readonly document: SurveyDocument
  readonly question: Question
  readonly language: Language
  /** Where the form is posted to, with the language in it. */
  readonly action: string
  /** Names this answer, so that sending it twice counts once. */
  readonly submission: string
  /** Chosen beforehand, by a link or by the answer that had errors. */
  readonly score: number | null
  /** What was typed before an error, or nothing. */
  readonly comment: string
  /** Values of allowed properties, by name. */
  readonly properties: Readonly<Record<string, string>>
  readonly errors: readonly SurveyError[]
}

/** The question is the page: one form that records nothing until it is sent. */
export function surveyPage(view: SurveyView): Markup {
  const { language, document } = view
  const question = questionText(document, language)

  return page({
    language,
    title: view.errors.length > 0 ? `${language.form.problem} – ${question}` : question,
    body: markup`${problem(view)}<form method="post" action="${view.action}">
<input type="hidden" name="submission" value="${view.submission}">
${Object.entries(view.properties).map(
  ([name, value]) => markup`<input type="hidden" name="p.${name}" value="${value}">\n`,
)}${scale(view, question)}
${document.comment && comment(view)}
<p class="send"><button class="button">${language.form.send}</button></p>
<p class="small">${language.form.privacy}</p>
</form>`,
  })
}

/** Takes the focus as the page opens, so that a screen reader begins with what went wrong. */
function problem({ language, errors }: SurveyView): Markup | false {
  if (errors.length === 0) return false
  return markup`<div class="problem" role="alert" tabindex="-1" autofocus>
<p>${language.form.problem}</p>
<ul>
${errors.map(({ field, message }) => {
  const text = field === 'form' ? message : markup`<a href="#${field}">${message}</a>`
  return markup`<li id="${field}-error">${text}</li>\n`
})}</ul>
</div>
`
}

function scale(view: SurveyView, text: string): Markup {
  const { question, language } = view
  const { low, high } = language.questions[question.kind]
  const size = question.to - question.from + 1
  const scores = Array.from({ length: size }, (_, index) => question.from + index)
  const wrong = view.errors.some(({ field }) => field === 'score')

  return markup`<fieldset role="radiogroup" aria-labelledby="question" aria-describedby="range${wrong && ' score-error'}"${wrong && markup` aria-invalid="true"`}>
<legend><h1 id="question">${text}</h1></legend>
<p class="unseen" id="range">${fill(language.form.scale, { from: question.from, to: question.to })}</p>
<div class="scale of${size}">
${scores.map((score) => {
  const meaning = score === question.from ? low : score === question.to ? high : null
  return markup`<label><input type="radio" name="score" value="${score}" required${score === question.from && markup` id="score"`}${score === view.score && markup` checked`}><span>${score}${meaning && markup`<span class="unseen">, ${meaning}</span>`}</span></label>\n`
})}</div>
<p class="ends small" aria-hidden="true"><span><b>${question.from}</b>${low}</span><span><b>${question.to}</b>${high}</span></p>
</fieldset>`
}

function comment({ language, comment: typed, errors }: SurveyView): Markup {
  const wrong = errors.some(({ field }) => field === 'comment')
  const open = wrong || typed !== ''

  // HTML drops the first line break of a textarea, so one is put there to be dropped.
  return markup`<div class="comment${open && ' open'}">
<label for="comment">${language.form.comment} <span class="small">(${language.form.optional})</span></label>
<textarea id="comment" name="comment" rows="4"${wrong && markup` aria-invalid="true" aria-describedby="comment-error"`}>\n${typed}</textarea>
</div>`
}
