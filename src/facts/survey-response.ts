import * as v from 'valibot'
import { compose } from '../content.ts'
import { type Outcome, defineFact, refuse } from '../fact.ts'
import { parseScore, scoreRule } from '../score.ts'
import {
  type Driver,
  type Question,
  type SurveyDocument,
  commentLimit,
  driversLimit,
} from '../survey.ts'
import { nameField, textField } from '../text-field.ts'

const localeField = v.pipe(
  v.string('Expected a language tag'),
  v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Expected a language tag such as "en" or "pt-BR"'),
)

/** Ids of drivers, as a list or with blanks between them; each once, in the order given. */
const driversField = v.pipe(
  v.union(
    [
      v.array(v.string()),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(/[\s,]+/)),
      ),
    ],
    'Expected ids of drivers, as a list or with blanks between them',
  ),
  v.transform((ids) => [...new Set(ids.filter((id) => id !== ''))]),
  v.maxLength(driversLimit, `Expected at most ${driversLimit} drivers`),
)

function offered(drivers: readonly Driver[]): string {
  if (drivers.length === 0) return 'it has none'
  return `expected some of ${drivers.map(({ id }) => id).join(', ')}`
}

/** One answer to a survey. A blank score is no answer: it is refused, never counted as a zero. */
export const surveyResponse = defineFact({
  type: 'survey.response',
  fields: {
    survey: nameField,
    score: v.unknown(),
    comment: v.optional(textField(commentLimit)),
    locale: v.optional(localeField),
    respondent: v.optional(nameField),
    drivers: v.optional(driversField),
  },
  content(data, context) {
    const survey = context.surveys.get(data.survey)
    if (survey === undefined) return refuse('survey', `Unknown survey "${data.survey}"`)
    const { kind, properties, drivers = [] } = survey.document
    const strange = data.drivers?.find((name) => !drivers.some(({ id }) => id === name))
    if (strange !== undefined) {
      return refuse('drivers', `The survey has no driver "${strange}": ${offered(drivers)}`)
    }
    if (nobodyMay(survey.document, data.respondent)) {
      return refuse('respondent', 'Only invited people may answer this survey: say who it is')
    }
    const sketch = {
      subject: data.survey,
      entity: data.respondent,
      value: scoreOf(data.score, survey.question),
      dimensions: { survey: data.survey, kind, locale: data.locale },
      data: {
        comment: data.comment === '' ? undefined : data.comment,
        drivers: data.drivers?.length === 0 ? undefined : data.drivers?.join(' '),
      },
    }
    return compose(sketch, context, properties)
  },
})

/** Whether a survey wants to know who answers, and nobody says so. */
function nobodyMay({ policy }: SurveyDocument, respondent: string | undefined): boolean {
  return policy === 'invited' && respondent === undefined
}

function scoreOf(input: unknown, question: Question): Outcome<number> {
  const value = parseScore(input, question)
  return value === null ? refuse('score', scoreRule(input, question)) : { ok: true, value }
}
