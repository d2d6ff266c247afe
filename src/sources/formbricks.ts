import * as v from 'valibot'
import { findId, localeAt, memberOf, propertiesFrom, surveysOf } from '../answer.ts'
import { at, isObject, namesAt, optionalTextAt, textAt, timeAt } from '../at.ts'
import { type FormResponse, listed, readForm } from '../form.ts'
import { invalid } from '../problem.ts'
import { type ConfigOf, type Reading, defineSource, event, ignore, strange } from '../source.ts'
import { mapField, propertiesField } from '../source-fields.ts'
import { standardWebhooks } from '../standard-webhooks.ts'

const config = {
  questions: v.optional(
    mapField('a survey here by question id, such as {"nps": "<id of a survey here>"}'),
  ),
  comments: v.optional(
    mapField('the id of the question that asks why, by the id of the one that asks for a score'),
  ),
  respondents: v.optional(
    v.pipe(
      v.boolean('Expected true or false'),
      v.description('true where the contact’s id is told as the respondent'),
    ),
  ),
  properties: v.optional(propertiesField),
  partial: v.optional(
    v.pipe(
      v.boolean('Expected true or false'),
      v.description('true where answers count before the response is finished'),
    ),
  ),
}

type Config = ConfigOf<typeof config>

const finished = 'responseFinished'

const states: ReadonlySet<string> = new Set(['responseCreated', 'responseUpdated', finished])

/** A response as it stands. Its day is that of its first answer, however late it is changed. */
function responseOf(body: unknown, config: Config): FormResponse {
  const comments = new Map(Object.entries(config.comments ?? {}))
  const given = at(body, 'data.data')
  if (!isObject(given)) throw invalid('data.data', 'Expected an object of answers')
  const asked = namesAt(body, 'data.data')
  const surveys = surveysOf('questions', config.questions, `any of ${listed(asked)}`)
  return {
    id: textAt(body, 'data.id'),
    time: timeAt(body, 'data.createdAt'),
    ...(config.partial === true && { revision: timeAt(body, 'data.updatedAt') }),
    answers: Array.from(surveys, ([question, survey]) => {
      const reason = comments.get(question)
      return {
        question,
        survey,
        score: memberOf(given, question),
        comment: reason === undefined ? undefined : memberOf(given, reason),
      }
    }),
    shared: {
      locale: localeAt(body, 'data.language'),
      respondent: config.respondents === true ? optionalTextAt(body, 'data.contact.id') : undefined,
      ...propertiesFrom(config.properties ?? [], [at(body, 'data.contactAttributes'), given]),
    },
    questions: asked,
  }
}

/** The end says what the last update has said; called by its content, it would be a repeat of what is ignored. */
function leftOut(name: string, body: unknown): string | null {
  const response = findId(body, 'data.id')
  const updated = findId(body, 'data.updatedAt')
  return response === null || updated === null ? null : `${name}:${response}@${updated}`
}

function read(body: unknown, config: Config): Reading {
  if (!isObject(body)) return strange('Expected an object')
  const name = findId(body, 'event') ?? 'unknown'
  if (states.has(name) && (name === finished || config.partial === true)) {
    return readForm(name, () => responseOf(body, config))
  }
  const reason = () => {
    if (states.has(name)) return 'Only finished responses are counted'
    return `Only responses are counted, not ${textAt(body, 'event')}`
  }
  return { id: leftOut(name, body), events: [event(name, () => ignore(reason()))] }
}

/** Formbricks: answers by question id, without what was asked or on which scale. */
export const formbricks = defineSource({
  vendor: 'formbricks',
  label: 'Formbricks',
  docs: 'https://formbricks.com/docs/platform/features/integrations/webhooks',
  config,
  scheme: () => standardWebhooks,
  format: 'json',
  keeps: [],
  // The last answer is told of as an update and as the end, of one content; so are two webhooks.
  volatile: ['event', 'webhookId'],
  types: ['survey.response'],
  read: (body, { config }) => read(body, config),
  setup: [
    'Make a survey here for each question that is to count: `POST /v1/surveys {"kind": "nps", "name": ' +
      '"…", "properties": ["plan"]}`. Answers are counted by it, and its `properties` are those that ' +
      'answers may be cut by.',
    'Create the source here: `POST /v1/sources {"vendor": "formbricks", "name": "…", "secrets": ' +
      '["whsec_…"]}`, for now with a random secret from `echo "whsec_$(openssl rand -base64 32)"`, ' +
      'and copy its `url`.',
    'In Formbricks open Configuration → Integrations → Manage Webhooks, choose Add Webhook, paste the ' +
      '`url`, and choose the trigger Response Finished and your surveys.',
    'Formbricks shows the webhook’s signing secret: add it here by `POST /v1/sources/{id}/secrets ' +
      '{"secret": "whsec_…", "overlap": 0}`, which ends the random one at once.',
    'Say which question belongs to which survey here: `PATCH /v1/sources/{id} {"config": ' +
      '{"questions": {"<question id>": "<id of a survey here>"}}}`. The id of a question is in the survey editor, ' +
      'under the question’s advanced settings. `comments` gives the question that asks why.',
    'To count answers before the end, choose the other two triggers too and set `"partial": true`.',
  ],
  becomes: [
    [
      'responseFinished',
      '`survey.response` for each question that `questions` names, on the day the response was begun; ' +
        'respondent is the contact’s id where `respondents` is true, and `properties` are copied from ' +
        'the contact’s attributes or else from hidden fields',
    ],
    [
      'responseCreated, responseUpdated',
      'ignored; with `partial` the same as responseFinished, and of one response the newest counts',
    ],
    ['questions without an answer or a survey, Test Endpoint', 'ignored'],
  ],
})
