import * as v from 'valibot'
import { type Content, type Dimensions, type Outcome, defineFact, refuse } from '../fact.ts'
import { strangeProperty } from '../properties.ts'
import { parseScore, scoreRule } from '../score.ts'
import { type Survey, commentLimit } from '../survey.ts'
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
  content(data, properties, surveys) {
    const survey = surveys.get(data.survey)
    if (survey === undefined) return refuse('survey', `Unknown survey "${data.survey}"`)
    return answer(survey, data, properties)
  },
})

interface Answer {
  readonly survey: string
  readonly score: unknown
  readonly comment?: string | undefined
  readonly locale?: string | undefined
  readonly respondent?: string | undefined
}

function answer(
  { document, question }: Survey,
  data: Answer,
  properties: Dimensions,
): Outcome<Content> {
  const score = parseScore(data.score, question)
  if (score === null) return refuse('score', scoreRule(data.score, question))
  const stranger = strangeProperty(properties, document.properties)
  if (stranger !== null) return stranger

  return {
    ok: true,
    value: {
      subject: data.survey,
      entity: data.respondent ?? null,
      value: score,
      dimensions: {
        survey: data.survey,
        kind: document.kind,
        ...(data.locale !== undefined && { locale: data.locale }),
        ...properties,
      },
      data: data.comment === undefined || data.comment === '' ? {} : { comment: data.comment },
    },
  }
}
