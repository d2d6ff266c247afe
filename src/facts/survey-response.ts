import * as v from 'valibot'
import { compose } from '../content.ts'
import { type Outcome, defineFact, refuse } from '../fact.ts'
import { parseScore, scoreRule } from '../score.ts'
import { type Question, commentLimit } from '../survey.ts'
import { nameField, textField } from '../text-field.ts'

const localeField = v.pipe(
  v.string('Expected a language tag'),
  v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Expected a language tag such as "en" or "pt-BR"'),
)

/** One answer to a survey. A blank score is no answer: it is refused, never counted as a zero. */
export const surveyResponse = defineFact({
  type: 'survey.response',
  fields: {
    survey: nameField,
    score: v.unknown(),
    comment: v.optional(textField(commentLimit)),
    locale: v.optional(localeField),
    respondent: v.optional(nameField),
  },
  content(data, context) {
    const survey = context.surveys.get(data.survey)
    if (survey === undefined) return refuse('survey', `Unknown survey "${data.survey}"`)
    const { kind, properties } = survey.document
    const sketch = {
      subject: data.survey,
      entity: data.respondent,
      value: scoreOf(data.score, survey.question),
      dimensions: { survey: data.survey, kind, locale: data.locale },
      data: { comment: data.comment === '' ? undefined : data.comment },
    }
    return compose(sketch, context, properties)
  },
})

function scoreOf(input: unknown, question: Question): Outcome<number> {
  const value = parseScore(input, question)
  return value === null ? refuse('score', scoreRule(input, question)) : { ok: true, value }
}
