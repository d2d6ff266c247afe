import * as v from 'valibot'
import type { ProblemKind } from '../../src/problem.ts'
import { commentLimit } from '../../src/survey.ts'
import type { Answer, Media, Operation, Section } from '../operation.ts'
import { doubts, like, page } from './fields.ts'

const AnswerReceipt = v.object({
  response: like('b7f0c7a2'),
  receipt: v.pipe(
    v.exactOptional(like('/a/…')),
    v.description('Where the answer is shown, changed and withdrawn; for its giver only'),
  ),
})

const DoubtedReceipt = v.object({
  response: like('b7f0c7a2'),
  provisional: v.pipe(v.array(v.picklist(doubts)), v.description('Why it does not count yet')),
})

const Withdrawal = v.object({ withdrawn: v.literal(true) })

/** What a respondent may say; properties that the survey allows come as `p.<name>`. */
const said = v.object({
  score: v.pipe(
    v.exactOptional(v.union([v.number(), v.string()])),
    v.description('A whole number on the scale of the survey'),
  ),
  comment: v.exactOptional(v.pipe(v.string(), v.maxLength(commentLimit))),
  submission: v.pipe(
    v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
    v.description('Names the answer, so that sending it again is not another one'),
  ),
})

const example = { score: 9, comment: 'Easy to set up' }

const bodies: readonly Media[] = [
  { type: 'application/json', schema: said, example },
  { type: 'application/x-www-form-urlencoded', schema: said, example },
  { type: 'multipart/form-data', schema: said, example },
]

const taken: Readonly<Record<number, Answer>> = {
  200: [page, { type: 'application/json', schema: AnswerReceipt }],
  201: AnswerReceipt,
  202: [page, { type: 'application/json', schema: DoubtedReceipt }],
  303: null,
}

const unreadable: readonly ProblemKind[] = [
  'malformed',
  'forbidden',
  'not-found',
  'gone',
  'too-large',
  'unsupported-media-type',
  'invalid',
  'too-many',
]

const show = (id: string, summary: string, more: Partial<Operation> = {}): Operation => ({
  id,
  summary,
  needs: null,
  query: language,
  person: true,
  answers: { 200: [page], 303: null, 308: null },
  problems: ['forbidden', 'not-found', 'gone', 'invalid'],
  ...more,
})

const take = (id: string, summary: string): Operation => ({
  id,
  summary,
  about: 'Stored when this is answered. A form is answered by a page, JSON by JSON.',
  needs: null,
  query: language,
  person: true,
  bodies,
  answers: taken,
  problems: unreadable,
})

const withdraw = (id: string, summary: string): Operation => ({
  id,
  summary,
  about: 'It no longer counts, and what was said in it is deleted.',
  needs: null,
  person: true,
  answers: { 200: Withdrawal, 303: null },
  problems: ['not-found', 'gone'],
})

const language = { lang: v.exactOptional(v.pipe(v.string(), v.examples(['en']))) }
const score = {
  ...language,
  score: v.exactOptional(v.pipe(v.string(), v.description('Chosen beforehand; stores nothing'))),
}

export const pages: Section = {
  name: 'Survey pages',
  about: 'What respondents see. A GET stores no answer, whatever a mail scanner fetches.',
  schemas: { AnswerReceipt, DoubtedReceipt },
  operations: {
    'GET /s/{survey}': show('showSurvey', 'Show a survey', { query: score }),
    'POST /s/{survey}': take('answerSurvey', 'Answer a survey'),
    'GET /s/{survey}/logo': {
      id: 'showLogo',
      summary: 'Show the logo of a survey',
      needs: null,
      answers: { 200: [{ type: 'image/*', schema: v.string(), example: '…' }] },
      problems: ['not-found'],
    },
    'GET /s/{survey}/embed.js': {
      id: 'readSurveyScript',
      summary: 'Get the script that shows a survey on a website',
      needs: null,
      query: language,
      tagged: true,
      answers: { 200: [{ type: 'text/javascript', schema: v.string(), example: '…' }] },
    },
    'GET /i/{token}': show('showInvited', 'Show a survey to somebody who is invited', {
      query: score,
    }),
    'POST /i/{token}': take('answerInvited', 'Answer as somebody who is invited'),
    'GET /i/{token}/withdraw': show(
      'askInvitedToWithdraw',
      'Ask whether to withdraw, by an invitation',
    ),
    'POST /i/{token}/withdraw': withdraw('withdrawInvited', 'Withdraw an answer by its invitation'),
    'GET /a/{receipt}': show('showAnswer', 'Show an answer to whoever gave it'),
    'POST /a/{receipt}': take('changeAnswer', 'Change an answer, or add to it'),
    'GET /a/{receipt}/withdraw': show('askToWithdraw', 'Ask whether to withdraw an answer'),
    'POST /a/{receipt}/withdraw': withdraw('withdrawAnswer', 'Withdraw an answer'),
  },
}
