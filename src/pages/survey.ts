import type { Dress } from '../dress.ts'
import { type Language, type Notice, questionText } from '../language.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { page } from '../page.ts'
import type { Question, SurveyDocument } from '../survey.ts'
import { scale } from './scale.ts'
import { why } from './why.ts'

/** One thing wrong with an answer. `form` belongs to no field: trouble of ours, not of the reader. */
export interface SurveyError {
  readonly field: 'score' | 'comment' | 'form'
  readonly message: string
}

/** What has been chosen and typed so far. */
export interface Chosen {
  readonly score: number | null
  readonly comment: string
  readonly drivers: readonly string[]
}

/**
 * How far an answer has come: nobody has said anything, a link has chosen the score, it is saved and may
 * be changed, or it is there and doubted.
 */
export type Stage = 'new' | 'linked' | 'saved' | 'doubtful'

/** Everything that a page with a survey's form shows. */
export interface SurveyView {
  readonly document: SurveyDocument
  readonly question: Question
  readonly language: Language
  readonly dress: Dress
  readonly stage: Stage
  /** Names the survey and the person's page, for what the browser keeps of a half-written answer. */
  readonly survey: string
  /** Where the form is posted to, with the language in it. */
  readonly action: string
  /** What is sent along, by name. */
  readonly hidden: Readonly<Record<string, string>>
  readonly chosen: Chosen
  readonly errors: readonly SurveyError[]
  /** Said above the question. */
  readonly notice?: Notice
  /** Whether nothing will be stored. */
  readonly preview: boolean
  /** Ways on, below the form. */
  readonly ways?: Content
}

/** A field that people do not see; whoever fills it is none. */
export const honeypot = 'website'

/** The question is the page: one form that records nothing until it is sent. */
export function surveyPage(view: SurveyView): Markup {
  const { language, document, errors, notice, stage, hidden } = view
  const text = questionText(document, language)
  const wrong = errors.some(({ field }) => field === 'score')
  const mode = document.mode ?? 'confirm'

  return page({
    language,
    dress: view.dress,
    title: errors.length > 0 ? `${language.form.problem} – ${text}` : (notice?.title ?? text),
    body: markup`${view.preview && markup`<p class="banner small">${language.preview}</p>\n`}${problem(view)}${notice && lead(notice)}<form id="answer" method="post" action="${view.action}" data-survey="${view.survey}" data-mode="${mode}" data-token="${view.action.split('?', 1)[0] ?? ''}"${stage === 'linked' && markup` data-preselected`}>
${Object.entries(hidden).map(
  ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">\n`,
)}<input type="hidden" name="signal" value="">
<input class="unseen" name="${honeypot}" autocomplete="off" tabindex="-1" aria-hidden="true">
${scale({ ...view, text, score: view.chosen.score, wrong })}
${why({ document, language, ...view.chosen, wrong: errors.some(({ field }) => field === 'comment'), bucket: null })}
${challenge(view)}<p class="send"><button class="button">${button(view)}</button></p>
<p class="small">${stage === 'linked' && `${language.form.unconfirmed} `}${language.form.privacy}</p>
</form>${view.ways}`,
  })
}

/** What stands above the question on a page whose title it is; the question stays the only heading. */
const lead = ({ title, text }: Notice): Markup => markup`<div class="lead">
<p><strong>${title}</strong></p>
<p>${text}</p>
</div>
`

/** Seen only by those of whom it is not sure; without a script it is nothing. */
function challenge({ dress, language }: SurveyView): Markup | null {
  if (dress.challenge === null) return null
  return markup`<div class="cf-turnstile" data-sitekey="${dress.challenge}" data-appearance="interaction-only" data-language="${language.id}"></div>
`
}

function button({ stage, language: { form } }: SurveyView): string {
  if (stage === 'saved') return form.save
  return stage === 'new' ? form.send : form.confirm
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
