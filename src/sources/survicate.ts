import * as v from 'valibot'
import { filledAt, findId, surveysOf } from '../answer.ts'
import { at, namesAt, textAt, timeAt } from '../at.ts'
import { parseHex } from '../bytes.ts'
import { invalid } from '../problem.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
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
  questions: v.optional(
    mapField('a survey here by question id, such as {"12123": "<id of a survey here>"}'),
  ),
  choices: v.optional(
    v.pipe(
      mapField('a score by choice id or choice text, such as {"Great": "5"}'),
      v.check(
        (scores) => Object.values(scores).every((score) => /^(?:0|[1-9]\d?)$/.test(score)),
        'Expected scores in digits, such as "5"',
      ),
    ),
  ),
}

type Config = ConfigOf<typeof config>

// developers.survicate.com/webhooks/security
const scheme = hmacScheme({
  label: 'HMAC-SHA256 of the body, lower-case hexadecimal, in `Hmac`',
  claim(inbound) {
    const signature = parseHex(headerOf(inbound, 'hmac') ?? '')
    if (signature === null) return 'Hmac holds no lower-case hexadecimal'
    return { signatures: [signature], message: inbound.body }
  },
})

const name = 'questionAnswered'
const answer = `event.${name}`
const isScore = (id: string) => /^(?:\d|10)$/.test(id)
const buckets: ReadonlySet<string> = new Set(['promoter', 'passive', 'detractor'])

/**
 * The score of a choice. Of a Net Promoter question the id is the score; of others it says nothing, so
 * that the team has to say what each choice is worth.
 */
function scoreOf(body: unknown, scores: ReadonlyMap<string, string>): string {
  const id = findId(body, `${answer}.choice.id`) ?? ''
  const text = (filledAt(body, `${answer}.choice.body`) ?? '').trim().normalize('NFC')
  if (isScore(id) && buckets.has(text)) return id
  const score = scores.get(id) ?? scores.get(text)
  if (score !== undefined) return score
  if (isScore(id)) return id
  throw invalid('config.choices', `Expected a score for the choice "${id}" ("${text}")`)
}

function answered(body: unknown, config: Config): Told | Ignored {
  const question = textAt(body, `${answer}.question.id`)
  const choice = at(body, `${answer}.choice`)
  if (choice === undefined || choice === null) return ignore('The answer is not a single choice')
  const wanted = `the question "${question}"`
  const survey = surveysOf('questions', config.questions, wanted).get(question)
  if (survey === undefined) return ignore(`config.questions names no survey for ${wanted}`)
  return {
    type: 'survey.response',
    time: timeAt(body, `${answer}.timestamp`),
    data: {
      survey,
      score: scoreOf(body, new Map(Object.entries(config.choices ?? {}))),
      comment: filledAt(body, `${answer}.choice.comment`),
      respondent:
        filledAt(body, `${answer}.respondent.id`) ?? filledAt(body, `${answer}.respondent.uuid`),
    },
  }
}

/** The answer's own name, which it keeps when it is told in a second message. */
function idOf(body: unknown): string | null {
  const response = findId(body, `${answer}.responseUuid`)
  const question = findId(body, `${answer}.question.id`)
  if (response !== null && question !== null) return `answer:${response}:${question}`
  const message = findId(body, 'messageId')
  return message === null ? null : `message:${message}`
}

function read(body: unknown, config: Config): Reading {
  const [first, ...more] = namesAt(body, 'event')
  if (first === undefined || more.length > 0) return strange('Expected one event')
  if (first === name) return { id: idOf(body), events: [event(name, () => answered(body, config))] }
  const reason = 'Each answer is counted when it is given'
  return { id: null, events: [event(first, () => ignore(reason))] }
}

/** Survicate: one delivery for each question that somebody answers. */
export const survicate = defineSource({
  vendor: 'survicate',
  label: 'Survicate',
  docs: 'https://developers.survicate.com/webhooks/',
  config,
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: ['deliveryTries'],
  types: ['survey.response'],
  read: (body, given) => read(body, given.config),
  setup: [
    'Make a survey here for each question that is to count: `POST /v1/surveys {"kind": "nps", "name": ' +
      '"…"}`. Answers are counted by it.',
    'In Survicate open Integrations → Webhooks, choose Connect and copy the Signing secret (not the ' +
      'Verification token).',
    'Create the source here with the Signing secret as its secret, and copy its `url`.',
    'In Survicate open the Connect tab of the survey, pick Webhooks, choose to be notified of each ' +
      'response rather than of completed surveys, and paste the `url`.',
    'Answer the survey. The deliveries wait in quarantine, and the reason of each names its question; ' +
      'choices that lack a score are named in the same way.',
    'Change the source’s `config` to `{"questions": {"12123": "<id of a survey here>"}, "choices": ' +
      '{"Great": "5"}}`: a survey here for each question that is to count, and a score for each choice, by its id or its ' +
      'text. Net Promoter questions need no choices.',
    'Replay the deliveries.',
  ],
  becomes: [
    [
      'questionAnswered',
      '`survey.response` to the survey that `questions` names for the question, with the score that ' +
        '`choices` gives the choice, by its id before its text',
    ],
    [
      'questionAnswered, Net Promoter',
      'the same with the choice’s id as the score; without an entry of `choices` any id from 0 to ' +
        '10 is one',
    ],
    ['questions that `questions` leaves out, and those without a single choice', 'ignored'],
    ['surveyCompleted', 'ignored: its answers were told one by one'],
    ['user agent, platform, attributes, links', 'left out'],
  ],
})
