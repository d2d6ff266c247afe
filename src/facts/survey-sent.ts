import { compose } from '../content.ts'
import { defineFact, refuse } from '../fact.ts'
import { nameField } from '../text-field.ts'

/** A survey was delivered to one recipient. */
export const surveySent = defineFact({
  type: 'survey.sent',
  fields: { survey: nameField, recipient: nameField },
  content(data, context) {
    const survey = context.surveys.get(data.survey)
    if (survey === undefined) return refuse('survey', `Unknown survey "${data.survey}"`)
    const { kind, properties } = survey.document
    const dimensions = { survey: data.survey, kind }
    return compose(
      { subject: data.survey, entity: data.recipient, dimensions },
      context,
      properties,
    )
  },
})
