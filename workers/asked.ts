import { dayFinder } from '../src/day.ts'
import { type Dress, dressOf } from '../src/dress.ts'
import { type Language, chooseLanguage } from '../src/language.ts'
import { languages } from '../src/languages/index.ts'
import { script } from '../src/markup.ts'
import { type AskedSurvey, readAskedSurvey } from '../src/store/surveys.ts'
import { pageScript } from '../src/page-script.ts'
import { questionOf } from './intake.ts'

/** Surveys that were answered lately, so that an answer costs one round trip and not two. */
const asked = new Map<string, AskedSurvey>()
const askedLimit = 500

/** ISO 4217 for "no currency": an answer has none. */
const noCurrency = 'XXX'

/** The survey of this public id; `null` where there is none. */
export async function findSurvey(db: D1Database, id: string): Promise<AskedSurvey | null> {
  const found = /^[\w-]{1,64}$/.test(id) ? await readAskedSurvey(db, id) : null
  asked.delete(id)
  if (asked.size >= askedLimit) asked.clear()
  if (found !== null) asked.set(id, found)
  return found
}

/**
 * The survey as it was when it was last read here. It may have been closed or replaced since: whoever
 * stores an answer to it must have storage check that in the same transaction.
 */
export async function recallSurvey(db: D1Database, id: string): Promise<AskedSurvey | null> {
  return asked.get(id) ?? findSurvey(db, id)
}

/** The reader's language among those the survey offers; any of ours where there is no survey. */
export function languageFor(request: Request, survey: AskedSurvey | null): Language {
  const locales = survey?.document.locales ?? languages.map(({ id }) => id)
  const offered = locales.flatMap((locale) => languages.filter(({ id }) => id === locale))
  const [first = languages[0], ...others] = offered
  return chooseLanguage(
    [first, ...others],
    new URL(request.url).searchParams.get('lang'),
    request.headers.get('accept-language'),
  )
}

const comfort = script(pageScript)

/** How the pages of a survey look. */
export function dressFor({ id, version, document }: AskedSurvey): Dress {
  return dressOf(document, `/s/${id}/logo?v=${version}`, comfort)
}

/** What every page of a survey shows, whatever has been answered so far. */
export function viewOf(survey: AskedSurvey, language: Language) {
  const { id, document } = survey
  const question = questionOf(document.kind)
  return { document, question, language, dress: dressFor(survey), survey: id, preview: false }
}

/** What reading an answer to this survey as a fact takes. */
export function contextOf({ id, document, zone }: AskedSurvey) {
  return {
    surveys: new Map([[id, { document, question: questionOf(document.kind) }]]),
    // Respondents say what their survey allows; the workspace's dimensions are for the team.
    dimensions: [],
    currency: noCurrency,
    dayOf: dayFinder(zone),
  }
}
