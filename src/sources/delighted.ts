import * as v from 'valibot'
import { filledAt, findId, localeAt, propertiesFrom, surveysOf } from '../answer.ts'
import { at, isObject, optionalTextAt, secondsAt, textAt } from '../at.ts'
import { credentials } from '../scheme.ts'
import {
  type ConfigOf,
  type Ignored,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
} from '../source.ts'
import { mapField, propertiesField } from '../source-fields.ts'

const config = {
  surveys: v.optional(
    mapField('a survey here by survey type, such as {"nps": "<id of a survey here>"}'),
  ),
  properties: v.optional(propertiesField),
}

type Config = ConfigOf<typeof config>

const created = 'survey_response.created'
const updated = 'survey_response.updated'

/** What was answered. The day is that of the answer, also when its comment came later. */
function answered(body: unknown, config: Config): Told | Ignored {
  // Without an id no later delivery could correct it.
  textAt(body, 'event_data.id')
  const score = filledAt(body, 'event_data.score')
  if (score === undefined) return ignore('The answer has no score')
  // Bodies from before there were other types do not name theirs.
  const type = optionalTextAt(body, 'event_data.survey_type') ?? 'nps'
  const survey = surveysOf('surveys', config.surveys, `"${type}"`).get(type)
  if (survey === undefined) return ignore(`config.surveys names no survey for "${type}"`)
  return {
    type: 'survey.response',
    time: secondsAt(body, 'event_data.created_at'),
    data: {
      survey,
      score,
      comment: filledAt(body, 'event_data.comment'),
      locale: localeAt(body, 'event_data.person_properties.locale'),
      respondent: respondentOf(body),
      ...propertiesFrom(config.properties ?? [], [at(body, 'event_data.person_properties')]),
    },
  }
}

/** A person is told of by id or as an object that has one. */
function respondentOf(body: unknown): string | undefined {
  const person = 'event_data.person'
  return optionalTextAt(body, isObject(at(body, person)) ? `${person}.id` : person)
}

/** What was answered, as the correction of what the answer's first delivery tells or would have told. */
function corrected(body: unknown, config: Config): Told | Ignored {
  const replaces = `response:${textAt(body, 'event_data.id')}`
  const revision = secondsAt(body, 'event_data.updated_at')
  const told = answered(body, config)
  return 'ignored' in told ? told : { ...told, replaces, revision }
}

function read(body: unknown, config: Config): Reading {
  if (!isObject(body)) return strange('Expected an object')
  const name = findId(body, 'event_type') ?? 'unknown'
  const answer = findId(body, 'event_data.id')
  if (name === created) {
    return {
      id: answer === null ? null : `response:${answer}`,
      events: [event(name, () => answered(body, config))],
    }
  }
  if (name === updated) {
    const time = findId(body, 'event_data.updated_at')
    return {
      id: answer === null || time === null ? null : `response:${answer}@${time}`,
      events: [event(name, () => corrected(body, config))],
    }
  }
  return {
    id: null,
    events: [
      event(name, () => ignore(`Only answers are counted, not ${textAt(body, 'event_type')}`)),
    ],
  }
}

/** Delighted: one score and one comment, which come in two deliveries of one answer. */
export const delighted = defineSource({
  vendor: 'delighted',
  label: 'Delighted',
  docs: 'https://app.delighted.com/docs/api/webhooks',
  config,
  scheme: () => credentials,
  format: 'json',
  keeps: [],
  volatile: [],
  types: ['survey.response'],
  read: (body, given) => read(body, given.config),
  setup: [
    'Make a survey here for each survey type that is to count: `POST /v1/surveys {"kind": "nps", "name": ' +
      '"…", "properties": ["plan"]}`. Answers are counted by it, and its `properties` are those that ' +
      'answers may be cut by.',
    'Make up a secret of at least 16 letters and digits: Delighted does not sign what it sends.',
    'Create the source here with that secret and with ' +
      '`"config": {"surveys": {"nps": "<id of a survey here>"}}`, which names a survey here for each ' +
      'survey type of Delighted’s whose answers are to count. Copy its `url`.',
    'In Delighted open Integrations → Webhooks and paste the `url`, a slash, and the secret.',
    'Let it send both new and updated responses: comments usually come by an update.',
    'To cut answers by properties of the person, name them in `"properties"` of the configuration ' +
      'and allow them in the survey.',
  ],
  becomes: [
    [
      created,
      '`survey.response` on the day of the answer, to the survey that `surveys` names for its ' +
        '`survey_type`; where it has no type it is `nps`',
    ],
    [updated, 'a correction of that answer, whichever comes first; the newest `updated_at` counts'],
    ['answers without a score, or of a type that `surveys` leaves out', 'ignored'],
    ['`additional_answers`, tags and notes', 'left out: they are no scores'],
    ['unsubscribe.created', 'ignored'],
  ],
})
