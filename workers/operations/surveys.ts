import * as v from 'valibot'
import { languages } from '../../src/languages/index.ts'
import { emailQuery } from '../api/email.ts'
import { listQuery } from '../api/list.ts'
import { surveyBody } from '../api/survey-document.ts'
import { copyBody, responsesQuery } from '../api/surveys.ts'
import { type Section, json } from '../operation.ts'
import { count, day, instant, like, page, pageOf, publicId, url, wholeOf } from './fields.ts'

const texts = v.record(v.picklist(languages.map(({ id }) => id)), v.string())
const byBucket = (schema: v.GenericSchema) =>
  v.object({
    low: v.exactOptional(schema),
    middle: v.exactOptional(schema),
    high: v.exactOptional(schema),
  })

/** A document as it is shown: what was left out stays out, but for what has a default. */
const document = {
  kind: v.picklist(['nps', 'nps5', 'csat', 'ces', 'thumbs']),
  name: like('After onboarding'),
  question: texts,
  locales: v.array(like('en')),
  properties: v.array(like('plan')),
  comment: v.boolean(),
  ends: v.exactOptional(v.object({ low: texts, high: texts })),
  look: v.exactOptional(v.picklist(['numbers', 'stars', 'faces', 'thumbs'])),
  followUp: v.exactOptional(byBucket(texts)),
  drivers: v.exactOptional(v.array(v.object({ id: like('price'), label: texts }))),
  thanks: v.exactOptional(byBucket(texts)),
  onward: v.exactOptional(
    byBucket(v.object({ href: url('https://example.com/reviews'), label: texts })),
  ),
  hosts: v.exactOptional(v.array(like('example.com'))),
  brand: v.exactOptional(like('Acme')),
  accent: v.exactOptional(like('#1d5fd1')),
  logo: v.exactOptional(v.string()),
  opens: v.exactOptional(instant),
  closes: v.exactOptional(instant),
  quota: v.exactOptional(count(500)),
  policy: v.exactOptional(v.picklist(['anonymous', 'browser', 'invited'])),
  mode: v.exactOptional(v.picklist(['confirm', 'assisted'])),
  window: v.exactOptional(count(24)),
  frames: v.exactOptional(v.array(like('https://www.example.com'))),
  gap: v.exactOptional(count(30)),
}

const Survey = v.object({
  id: publicId,
  url: url('https://tidemark.example.com/s/Zk3qV0pYt8mA1sRw5LxEuQ'),
  version: count(1),
  ...document,
  created: instant,
  closed: v.nullable(instant),
})

const SurveyVersion = v.object({ version: count(1), created: instant, ...document })

const Response = v.object({
  id: like('b7f0c7a2'),
  source: like('/s/Zk3qV0pYt8mA1sRw5LxEuQ'),
  time: instant,
  day,
  score: v.nullable(v.pipe(v.number(), v.examples([9]))),
  comment: v.nullable(like('Easy to set up')),
  drivers: v.array(like('price')),
  locale: v.nullable(like('en')),
  respondent: v.nullable(like('crm-17')),
  properties: v.record(v.string(), v.string()),
  counts: v.pipe(
    v.exactOptional(v.boolean()),
    v.description('With history=true: whether it counts, or has been replaced'),
  ),
  replaces: v.pipe(
    v.exactOptional(v.nullable(v.string())),
    v.description('With history=true: the id of the response that it corrects'),
  ),
})

const example = { kind: 'nps', name: 'After onboarding' }

export const surveys: Section = {
  name: 'Surveys',
  about: 'One question, asked on a page, in a mail or in a frame. docs/surveys.md is the guide.',
  schemas: { SurveyDocument: surveyBody, Survey, SurveyVersion, Response },
  operations: {
    'GET /v1/surveys': {
      id: 'listSurveys',
      summary: 'List surveys',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Survey) },
    },
    'POST /v1/surveys': {
      id: 'createSurvey',
      summary: 'Make a survey',
      needs: 'write',
      bodies: json(surveyBody, example),
      answers: { 201: Survey },
    },
    'GET /v1/surveys/{id}': {
      id: 'readSurvey',
      summary: 'Read a survey',
      needs: 'read',
      answers: { 200: Survey },
    },
    'PUT /v1/surveys/{id}': {
      id: 'replaceSurvey',
      summary: 'Replace a survey by its next version',
      about: 'Its kind stays: answers on another scale need another survey.',
      needs: 'write',
      bodies: json(surveyBody, example),
      answers: { 200: Survey },
      problems: ['conflict'],
    },
    'POST /v1/surveys/{id}/copy': {
      id: 'copySurvey',
      summary: 'Make a survey like this one',
      needs: 'write',
      bodies: json(copyBody, { name: 'After renewal' }),
      answers: { 201: Survey },
    },
    'GET /v1/surveys/{id}/versions': {
      id: 'listSurveyVersions',
      summary: 'List what a survey has asked',
      needs: 'read',
      answers: { 200: wholeOf(SurveyVersion) },
    },
    'POST /v1/surveys/{id}/preview': {
      id: 'previewSurvey',
      summary: 'Get a link to a page that stores nothing',
      needs: 'read',
      answers: {
        200: v.object({
          url: url('https://tidemark.example.com/s/Zk3qV0pYt8mA1sRw5LxEuQ?preview=x'),
        }),
      },
    },
    'POST /v1/surveys/{id}/close': {
      id: 'closeSurvey',
      summary: 'Close a survey for good',
      needs: 'write',
      answers: { 200: Survey },
    },
    'GET /v1/surveys/{id}/responses': {
      id: 'listResponses',
      summary: 'List responses, the newest day first',
      needs: 'read',
      query: responsesQuery,
      answers: { 200: pageOf(Response) },
    },
    'GET /v1/surveys/{id}/email': {
      id: 'readSurveyEmail',
      summary: 'Get the mail that asks the question',
      about: 'HTML, or text with part=text; with Accept: application/json both and the subject.',
      needs: 'read',
      query: emailQuery,
      answers: {
        200: [
          page,
          { type: 'text/plain', schema: v.string(), example: 'How likely are you to…' },
          {
            type: 'application/json',
            schema: v.object({
              subject: like('How likely are you to recommend us?'),
              html: like('<!doctype html>…'),
              text: like('How likely are you to…'),
            }),
          },
        ],
      },
    },
  },
}
