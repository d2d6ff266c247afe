import type { Dress } from '../dress.ts'
import type { Language, Notice } from '../language.ts'
import { markup } from '../markup.ts'
import type { Markup } from '../markup.ts'
import { page } from '../page.ts'

/** A page that only tells something, and may show one way on. */
interface NoticeView {
  readonly language: Language
  /** With its holes filled. */
  readonly notice: Notice
  readonly link?: { readonly href: string; readonly text: string }
  readonly dress?: Dress
}

/** Thanks, closed, unknown, a bad link, or storage trouble. */
export function noticePage({ language, notice, link, dress }: NoticeView): Markup {
  return page({
    language,
    ...(dress !== undefined && { dress }),
    title: notice.title,
    body: markup`<div class="notice">
<h1>${notice.title}</h1>
<p>${notice.text}</p>
${link && markup`<p class="actions"><a href="${link.href}">${link.text}</a></p>`}
</div>`,
  })
}
