import { defineFact, refuse } from '../fact.ts'
import { strangeProperty } from '../properties.ts'
import { nameField } from '../text-field.ts'

/** A survey was delivered to one recipient. */
export const surveySent = defineFact({
  type: 'survey.sent',
  fields: { survey: nameField, recipient: nameField },
  content(data, properties, surveys) {
    const survey = surveys.get(data.survey)
    if (survey === undefined) return refuse('survey', `Unknown survey "${data.survey}"`)
    const stranger = strangeProperty(properties, survey.document.properties)
    if (stranger !== null) return stranger

    return {
      ok: true,
      value: {
        subject: data.survey,
        entity: data.recipient,
        value: null,
        dimensions: { survey: data.survey, kind: survey.document.kind, ...properties },
        data: {},
      },
    }
  },
})
