import * as v from 'valibot'
import { filledAt, findId, localeAt, surveysOf } from '../answer.ts'
import { at, isObject, listAt, textAt, timeAt } from '../at.ts'
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
import { mapField } from '../source-fields.ts'

const config = {
  surveys: v.optional(
    mapField('a survey here by metric or by question id, such as {"nps": "<id of a survey here>"}'),
  ),
}

type Config = ConfigOf<typeof config>

/** One question of a response. */
interface Question {
  /** What a survey here may be set for: its id, then its metric. */
  readonly names: readonly string[]
  /** Where its answer is. */
  readonly score: string
  /** Where its id is; `null` for the question by which the response as a whole is rated. */
  readonly id: string | null
}

/** The rating is told beside the answers, and in bodies that know metrics among them as well. */
function questionsOf(body: unknown): readonly Question[] {
  const listed = listAt(body, 'response.answers').map((answer, index) => {
    const main = at(answer, 'name') === 'SM_rating'
    const metric = findId(answer, 'metric') ?? (main ? 'nps' : null)
    const names = [findId(answer, 'id'), metric].filter((name) => name !== null)
    const path = `response.answers.${index}`
    return { names, score: `${path}.value`, id: main ? null : `${path}.id` }
  })
  if (listed.some(({ id, names }) => id === null || names.includes('nps'))) return listed
  return [{ names: ['nps'], score: 'response.rating', id: null }, ...listed]
}

function answered(body: unknown, config: Config): readonly Told[] | Ignored {
  const response = textAt(body, 'response.id')
  const questions = questionsOf(body)
  const names = questions.map((question) => question.names.at(-1) ?? 'a question without an id')
  const surveys = surveysOf('surveys', config.surveys, `any of ${names.join(', ')}`)
  const counted = questions.flatMap((question) => {
    const [survey] = question.names.flatMap((name) => surveys.get(name) ?? [])
    return survey === undefined ? [] : [{ ...question, survey }]
  })
  if (counted.length === 0) return ignore('config.surveys names no survey for any of its questions')
  const told = counted.flatMap(({ survey, score: path, id }): Told[] => {
    const score = filledAt(body, path)
    if (score === undefined) return []
    const fact = factOf(body, { survey, score, main: id === null })
    return [id === null ? fact : { ...fact, id: `response:${response}:${textAt(body, id)}` }]
  })
  return told.length === 0 ? ignore('No question was answered with a score') : told
}

/** The feedback says why the response was rated so; about other scores it says nothing. */
function factOf(
  body: unknown,
  { survey, score, main }: { survey: string; score: string; main: boolean },
): Told {
  return {
    type: 'survey.response',
    time: timeAt(body, 'response.created'),
    data: {
      survey,
      score,
      comment: main ? filledAt(body, 'response.feedback') : undefined,
      locale: localeAt(body, 'response.language'),
      respondent: filledAt(body, 'response.user.userId') ?? filledAt(body, 'response.user.id'),
    },
  }
}

function read(body: unknown, config: Config): Reading {
  if (!isObject(body)) return strange('Expected an object')
  const name = findId(body, 'event') ?? 'unknown'
  const response = findId(body, 'response.id')
  if (name === 'completed') {
    return {
      id: response === null ? null : `response:${response}`,
      events: [event(name, () => answered(body, config))],
    }
  }
  const reason = () =>
    name === 'dismissed'
      ? 'The survey was closed without an answer'
      : `Only completed responses are counted, not ${textAt(body, 'event')}`
  return { id: null, events: [event(name, () => ignore(reason()))] }
}

/** SatisMeter: one response, which may hold scores of several questions. */
export const satismeter = defineSource({
  vendor: 'satismeter',
  label: 'SatisMeter',
  docs: 'https://support.satismeter.com/hc/en-us/articles/6980495785107-Webhooks',
  config,
  scheme: () => credentials,
  format: 'json',
  keeps: [],
  volatile: [],
  types: ['survey.response'],
  read: (body, given) => read(body, given.config),
  setup: [
    'Make a survey here for each metric or question that is to count: `POST /v1/surveys {"kind": "nps", ' +
      '"name": "…"}`. Answers are counted by it.',
    'Make up a secret of at least 16 letters and digits: SatisMeter does not sign what it sends.',
    'Create the source here with that secret and with ' +
      '`"config": {"surveys": {"nps": "<id of a survey here>"}}`, which names a survey here for each ' +
      'metric whose answers are to count. For a question without a metric, or one that has ' +
      'a survey of its own here, name its question id instead. Copy the `url`.',
    'In SatisMeter open Settings → Integrations → Webhooks and paste the `url`, a slash, and the ' +
      'secret.',
    'Choose completed responses and save.',
  ],
  becomes: [
    [
      'completed',
      '`survey.response` for each question that `surveys` names by its id or else by its metric; ' +
        'the rating is the answer to `nps`, and the feedback its comment',
    ],
    ['questions that `surveys` leaves out or that were left blank', 'ignored'],
    ['`category`, `ip`, `location`, traits', 'left out; scores are judged here'],
    ['dismissed', 'ignored: whoever closes a survey has not answered it'],
  ],
})
