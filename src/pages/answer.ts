import type { Dress } from '../dress.ts'
import type { Language, Notice } from '../language.ts'
import { type Markup, markup } from '../markup.ts'
import { page } from '../page.ts'

/** A link with the words it stands on. */
export interface Way {
  readonly href: string
  readonly text: string
}

/** Ways on from an answer that is there. */
export const waysOf = (ways: readonly Way[]): Markup => markup`
<p class="ways actions small">${ways.map(({ href, text }) => markup`<a href="${href}">${text}</a>\n`)}</p>`

/** The page that asks whether an answer is to be taken back; only its button does. */
export function withdrawalPage(view: {
  readonly language: Language
  readonly dress: Dress
  readonly action: string
  /** Where the answer is, for those who leave it. */
  readonly back: string
}): Markup {
  const { withdrawal, form } = view.language
  return page({
    language: view.language,
    dress: view.dress,
    title: withdrawal.title,
    body: markup`<div class="notice">
<h1>${withdrawal.title}</h1>
<p>${withdrawal.text}</p>
</div>
<form method="post" action="${view.action}">
<p class="send actions"><button class="button">${withdrawal.button}</button> <a href="${view.back}">${form.back}</a></p>
</form>`,
  })
}

/** A form for what an answer still lacks: where it goes, the score that it belongs to, and its fields. */
export interface Joined {
  readonly action: string
  readonly score: number
  readonly why: Markup
}

/** Thanks, with what the team wants to say for such a score and where it leads on. */
export function thanksPage(view: {
  readonly language: Language
  readonly dress: Dress
  readonly notice: Notice
  /** Of the team, in place of nothing. */
  readonly own: string | null
  readonly onward: Way | null
  /** Where a comment can still be sent that joins the answer, if there is none yet. */
  readonly joined: Joined | null
  readonly ways: readonly Way[]
  readonly preview: boolean
}): Markup {
  const { language, dress, notice, own, onward, joined, ways, preview } = view
  return page({
    language,
    dress,
    title: notice.title,
    body: markup`${preview && markup`<p class="banner small">${language.preview}</p>\n`}<div class="notice">
<h1>${notice.title}</h1>
${own && markup`<p>${own}</p>\n`}<p>${notice.text}</p>
${onward && markup`<p class="actions"><a class="button" href="${onward.href}" target="_blank" rel="noopener noreferrer">${onward.text}</a></p>\n`}</div>${joined && join(joined, language)}${ways.length > 0 && waysOf(ways)}`,
  })
}

const join = ({ action, score, why }: Joined, { form }: Language): Markup => markup`
<form id="answer" method="post" action="${action}">
<input type="hidden" name="score" value="${score}">
${why}
<p class="send"><button class="button">${form.save}</button></p>
</form>`
