import type { Language } from '../language.ts'
import { type Markup, markup } from '../markup.ts'
import { type Bucket, type SurveyDocument, type Texts, buckets } from '../survey.ts'

/** What may be said besides a score. */
export interface Why {
  readonly document: SurveyDocument
  readonly language: Language
  readonly comment: string
  readonly drivers: readonly string[]
  /** Whether the comment before could not be taken. */
  readonly wrong: boolean
  /** The bucket of a score that is there; `null` where the page knows it only once one is chosen. */
  readonly bucket: Bucket | null
}

/** In the reader's language, or in the first that the team has written. */
export function ownText(texts: Texts, language: Language): string {
  return texts[language.id] ?? Object.values(texts)[0] ?? ''
}

const optional = ({ form }: Language): Markup =>
  markup` <span class="small">(${form.optional})</span>`

/** The choices of what it was about, and the comment: both open once a score is chosen. */
export function why(view: Why): Markup {
  return markup`${drivers(view)}${view.document.comment && comment(view)}`
}

function drivers({ document, language, drivers: chosen, bucket }: Why): Markup | false {
  const { drivers: offered = [] } = document
  if (offered.length === 0) return false
  const open = bucket !== null || chosen.length > 0
  return markup`<fieldset class="drivers${open && ' open'}">
<legend>${language.form.drivers}${optional(language)}</legend>
<ul>
${offered.map(
  ({ id, label }) =>
    markup`<li><label><input type="checkbox" name="driver.${id}" value="1"${chosen.includes(id) && markup` checked`}><span>${ownText(label, language)}</span></label></li>\n`,
)}</ul>
</fieldset>
`
}

function comment({ document, language, comment: typed, wrong, bucket }: Why): Markup {
  const open = wrong || typed !== '' || bucket !== null
  const asked = (one: Bucket) => document.followUp?.[one]?.[language.id] ?? language.followUp[one]
  const label =
    bucket === null
      ? buckets.map((one) => markup`<span class="why ${one}">${asked(one)}</span>`)
      : asked(bucket)

  // HTML drops the first line break of a textarea, so one is put there to be dropped.
  return markup`<div class="comment${open && ' open'}">
<label for="comment">${label}${optional(language)}</label>
<textarea id="comment" name="comment" rows="4"${wrong && markup` aria-invalid="true" aria-describedby="comment-error"`}>\n${typed}</textarea>
</div>`
}
