import type { Language, Notice } from '../src/language.ts'
import { type Joined, type Way, thanksPage } from '../src/pages/answer.ts'
import { ownText } from '../src/pages/why.ts'
import type { AskedSurvey } from '../src/store/surveys.ts'
import { type Onward, bucketOf } from '../src/survey.ts'
import { viewOf } from './asked.ts'
import { html } from './page.ts'

/** What else the page of thanks shows. */
interface More {
  readonly notice?: Notice
  readonly joined?: Joined | null
  readonly ways?: readonly Way[]
  readonly preview?: boolean
}

/** Thanks for a score, with the team's own words and where they lead on to. */
export function showThanks(
  survey: AskedSurvey,
  language: Language,
  score: number | null,
  more: More,
): Promise<Response> {
  const { document, question, dress } = viewOf(survey, language)
  const bucket = bucketOf(score ?? question.from, question)
  const onward = document.onward?.[bucket]
  const page = thanksPage({
    notice: language.thanks,
    joined: null,
    ways: [],
    preview: false,
    ...more,
    language,
    dress,
    own: document.thanks?.[bucket]?.[language.id] ?? null,
    onward: onward === undefined ? null : wayOf(onward, language),
  })
  return html(page, { dress })
}

/** Where a team wants people to go next, by its own words or by where it is. */
function wayOf({ href, label }: Onward, language: Language): Way {
  return { href, text: ownText(label, language) || new URL(href).hostname }
}
