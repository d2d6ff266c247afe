import * as v from 'valibot'
import { findId, memberOf, propertiesFrom, surveysOf } from '../answer.ts'
import { at, isObject, listAt, textAt, timeAt } from '../at.ts'
import { parseBase64 } from '../bytes.ts'
import { type FormResponse, listed, readForm, wordsOf } from '../form.ts'
import { invalid } from '../problem.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
import { type ConfigOf, type Reading, defineSource, event, ignore, strange } from '../source.ts'
import { mapField, propertiesField } from '../source-fields.ts'
import { nameField } from '../text-field.ts'

const config = {
  questions: v.optional(
    mapField('a survey here by the id or ref of a field, such as {"nps": "<id of a survey here>"}'),
  ),
  comments: v.optional(
    mapField('the id or ref of the field that asks why, by that of the one that asks for a score'),
  ),
  hidden: v.optional(propertiesField),
  respondent: v.optional(
    v.pipe(nameField, v.description('the name of the hidden field that says who answers')),
  ),
}

type Config = ConfigOf<typeof config>

const scheme = hmacScheme({
  label: 'HMAC-SHA256 of the body, base64 after `sha256=`, in `Typeform-Signature`',
  claim(inbound) {
    const [, text = ''] = /^sha256=(.*)$/.exec(headerOf(inbound, 'typeform-signature') ?? '') ?? []
    const signature = parseBase64(text)
    if (signature === null) return 'Typeform-Signature holds no base64 after sha256='
    return { signatures: [signature], message: inbound.body }
  },
})

interface Field {
  readonly id: string
  /** Its names, each of which a team may have used. */
  readonly names: readonly string[]
  readonly answer: unknown
}

/** The fields that were answered; older bodies give a field's ref in the form's definition only. */
function fieldsOf(body: unknown): readonly Field[] {
  const refs = new Map(
    listAt(body, 'form_response.definition.fields').map((field) => [
      findId(field, 'id'),
      findId(field, 'ref'),
    ]),
  )
  return listAt(body, 'form_response.answers').map((answer) => {
    const id = textAt(answer, 'field.id')
    const ref = findId(answer, 'field.ref') ?? refs.get(id) ?? null
    return { id, names: ref === null ? [id] : [id, ref], answer }
  })
}

/** What was answered lies under the name of its type; a choice is known by its label. */
function valueOf({ id, answer }: Field): unknown {
  const type = textAt(answer, 'type')
  const value = memberOf(answer, type)
  if (value === undefined) throw invalid(id, `Expected an answer under "${type.slice(0, 40)}"`)
  return type === 'choice' ? (at(value, 'label') ?? at(value, 'other') ?? value) : value
}

/** What a map gives for a field, by whichever of its names. */
function givenFor({ names }: Field, map: ReadonlyMap<string, string>): string | undefined {
  return names.map((name) => map.get(name)).find((found) => found !== undefined)
}

function responseOf(body: unknown, config: Config): FormResponse {
  const comments = new Map(Object.entries(config.comments ?? {}))
  const fields = fieldsOf(body)
  const asked = fields.map(({ names }) => names.join(' = '))
  const surveys = surveysOf('questions', config.questions, `any of ${listed(asked)}`)
  const hidden = at(body, 'form_response.hidden')
  return {
    id: textAt(body, 'form_response.token'),
    time: timeAt(body, 'form_response.submitted_at'),
    answers: fields.flatMap((field) => {
      const survey = givenFor(field, surveys)
      if (survey === undefined) return []
      const reason = givenFor(field, comments)
      const comment = fields.find(({ names }) => reason !== undefined && names.includes(reason))
      return [
        {
          question: field.id,
          survey,
          score: valueOf(field),
          comment: comment === undefined ? undefined : valueOf(comment),
        },
      ]
    }),
    shared: {
      respondent: wordsOf(
        'hidden',
        config.respondent === undefined ? undefined : memberOf(hidden, config.respondent),
      ),
      ...propertiesFrom(config.hidden ?? [], [hidden]),
    },
    questions: asked,
  }
}

function read(body: unknown, config: Config): Reading {
  if (!isObject(body)) return strange('Expected an object')
  const name = findId(body, 'event_type') ?? 'unknown'
  if (name === 'form_response') return readForm(name, () => responseOf(body, config))
  return {
    id: null,
    events: [
      event(name, () =>
        ignore(`Only finished responses are counted, not ${textAt(body, 'event_type')}`),
      ),
    ],
  }
}

/** Typeform: answers by field, each under the name of its type. */
export const typeform = defineSource({
  vendor: 'typeform',
  label: 'Typeform',
  docs: 'https://www.typeform.com/developers/webhooks/',
  config,
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  // Two webhooks of one form tell the same response as two events.
  volatile: ['event_id'],
  types: ['survey.response'],
  read: (body, { config }) => read(body, config),
  setup: [
    'Make a survey here for each question that is to count: `POST /v1/surveys {"kind": "nps", "name": ' +
      '"…", "properties": ["plan"]}`. Answers are counted by it, and its `properties` are those hidden ' +
      'fields that answers may be cut by.',
    'Make a secret, such as by `openssl rand -base64 32`, and create the source here: `POST /v1/sources ' +
      '{"vendor": "typeform", "name": "…", "secrets": ["…"]}`. Copy its `url`.',
    'In Typeform open the form, then Connect → Webhooks → Add a webhook, and paste the `url`.',
    'Edit the webhook, paste the secret, keep SSL verification on, and switch the webhook on.',
    'Say which field belongs to which survey here: `PATCH /v1/sources/{id} {"config": {"questions": ' +
      '{"<field id or ref>": "<id of a survey here>"}}}`. The ids are in `definition.fields` of every delivery that ' +
      'Typeform shows under View deliveries. `comments` gives the field that asks why.',
    'Hidden fields that say who answers or which group they belong to are only copied where ' +
      '`respondent` and `hidden` name them.',
  ],
  becomes: [
    [
      'form_response',
      '`survey.response` for each field that `questions` names, when the form was submitted; the ' +
        'form’s own `calculated.score` is not an answer',
    ],
    ['form_response_partial', 'ignored'],
    ['fields without an answer or a survey', 'ignored'],
  ],
})
