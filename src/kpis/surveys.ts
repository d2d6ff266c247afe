import { mean, netScore, share } from '../interval.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { answers, latest } from '../parts/answers.ts'
import { count } from '../parts/count.ts'

const dimensions = ['survey', 'locale']

const standing = (score: number) => (score >= 9 ? 1 : score >= 7 ? 0 : -1)

const sample = new Map([
  [2, 1],
  [3, 1],
  [4, 3],
  [5, 3],
])

function numberOf(found: ReadonlyMap<number, number>, from: number): number {
  return [...found].reduce((sum, [score, n]) => (score >= from ? sum + n : sum), 0)
}

const nps = defineKpi({
  id: 'nps',
  label: 'Net Promoter Score',
  unit: 'points',
  direction: 'up',
  definition:
    'Share of promoters (9–10) minus share of detractors (0–6) among all answers on the 0–10 scale. ' +
    'Every answer counts; skipped questions do not. The interval is that of 95 %, from the variance ' +
    'p + d − (p − d)² over n; where all answers fall alike there is none.',
  source: 'F. Reichheld, The One Number You Need to Grow, Harvard Business Review 12/2003',
  version: 1,
  mix: { low: 6, high: 9 },
  dimensions,
  range: [-100, 100],
  parts: { answers: answers('survey.response', { where: { kind: 'nps' } }) },
  example: {
    given: {
      answers: new Map([
        [10, 32],
        [8, 13],
        [3, 6],
      ]),
    },
    is: 50.98039215686274,
  },
  value: ({ answers: found }) => netScore(found, standing),
})

const npsLatest = defineKpi({
  id: 'nps_latest',
  label: 'Net Promoter Score, latest answers',
  unit: 'points',
  direction: 'up',
  definition:
    'As nps, but of each respondent only the last answer in the window counts, so that those who ' +
    'answer often do not outweigh the others. Answers without a respondent count as they are. A ' +
    'segment looks at the answers in it only. The interval is made as that of nps.',
  source: 'As nps, over the last answer of each respondent',
  version: 1,
  mix: { low: 6, high: 9 },
  dimensions,
  range: [-100, 100],
  parts: { answers: latest('survey.response', { kind: 'nps' }) },
  example: {
    given: {
      answers: new Map([
        [10, 3],
        [6, 1],
      ]),
    },
    is: 50,
  },
  value: ({ answers: found }) => netScore(found, standing),
})

const nps5 = defineKpi({
  id: 'nps5',
  label: 'Recommendation on five points',
  unit: 'points',
  direction: 'up',
  definition:
    'Share of 4–5 minus share of 1–2 among all answers to the recommendation question on a 1–5 scale. ' +
    'Not a Net Promoter Score and not comparable with one: on answers spread evenly over its scale ' +
    'NPS is −45 and this is 0. The interval is made as that of nps.',
  source: 'Top-two minus bottom-two box; NPS proper needs the 0–10 scale (Bain & Company)',
  version: 1,
  mix: { low: 2, high: 4 },
  dimensions,
  range: [-100, 100],
  parts: { answers: answers('survey.response', { where: { kind: 'nps5' } }) },
  example: { given: { answers: sample }, is: 62.5 },
  value: ({ answers: found }) => netScore(found, (score) => (score >= 4 ? 1 : score >= 3 ? 0 : -1)),
})

const csat = defineKpi({
  id: 'csat',
  label: 'Customer satisfaction',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of answers 4 and 5 among all answers on the 1–5 scale, on the day of the answer. Skipped ' +
    'questions do not count. The interval is Wilson’s, 95 %.',
  source: 'Top-two-box share as used by Zendesk, Delighted and Formbricks for five-point scales',
  version: 1,
  mix: { low: 2, high: 4 },
  dimensions,
  range: [0, 100],
  parts: { answers: answers('survey.response', { where: { kind: 'csat' } }) },
  example: { given: { answers: sample }, is: 75 },
  value: ({ answers: found }) => share(numberOf(found, 4), numberOf(found, 1)),
})

const csatMean = defineKpi({
  id: 'csat_mean',
  label: 'Mean satisfaction',
  unit: 'score',
  direction: 'up',
  definition:
    'Arithmetic mean of all answers on the 1–5 scale. Skipped questions do not count. The interval is ' +
    'that of 95 %, from the variance of the answers; where all answers are alike there is none.',
  source: 'Arithmetic mean; sample variance with n − 1',
  version: 1,
  mix: { low: 2, high: 4 },
  dimensions,
  range: [1, 5],
  parts: { answers: answers('survey.response', { where: { kind: 'csat' } }) },
  example: { given: { answers: sample }, is: 4 },
  value: ({ answers: found }) => mean(found),
})

const ces = defineKpi({
  id: 'ces',
  label: 'Customer effort score',
  unit: 'score',
  direction: 'up',
  definition:
    'Arithmetic mean of all answers on the 1–7 scale to “it was easy”, 7 being full agreement. Scales ' +
    'are never mixed. The interval is that of 95 %, from the variance of the answers.',
  source: 'CES 2.0 (CEB, 2013), mean as Nicereply publishes it',
  version: 1,
  mix: { low: 3, high: 5 },
  dimensions,
  range: [1, 7],
  parts: { answers: answers('survey.response', { where: { kind: 'ces' } }) },
  example: { given: { answers: sample }, is: 4 },
  value: ({ answers: found }) => mean(found),
})

const cesAgree = defineKpi({
  id: 'ces_agree',
  label: 'Found it easy',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of answers 5–7 among all answers on the 1–7 scale to “it was easy”. The interval is ' +
    'Wilson’s, 95 %.',
  source: 'Share of those who agree, as Delighted publishes CES',
  version: 1,
  mix: { low: 3, high: 5 },
  dimensions,
  range: [0, 100],
  parts: { answers: answers('survey.response', { where: { kind: 'ces' } }) },
  example: { given: { answers: sample }, is: 37.5 },
  value: ({ answers: found }) => share(numberOf(found, 5), numberOf(found, 1)),
})

const thumbsUp = defineKpi({
  id: 'thumbs_up',
  label: 'Thumbs up',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of thumbs up among all answers of thumbs up or down. Skipped questions do not count. The ' +
    'interval is Wilson’s, 95 %.',
  source: 'Share of thumbs up, as Delighted publishes its thumbs surveys',
  version: 1,
  mix: { low: 0, high: 1 },
  dimensions,
  range: [0, 100],
  parts: { answers: answers('survey.response', { where: { kind: 'thumbs' } }) },
  example: {
    given: {
      answers: new Map([
        [0, 2],
        [1, 6],
      ]),
    },
    is: 75,
  },
  value: ({ answers: found }) => share(numberOf(found, 1), numberOf(found, 0)),
})

const responseRate = defineKpi({
  id: 'response_rate',
  label: 'Response rate',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of surveys sent that their recipient answered, on the day of sending: an answer counts for ' +
    'the last sending before it, whenever it comes, so the rate of recent days still grows. Answers ' +
    'without a respondent belong to no sending. The interval is Wilson’s, 95 %.',
  source: 'Cohort by sending day, against responses over sends of the same window',
  version: 1,
  funnel: [
    { part: 'sent', label: 'Sent' },
    { part: 'answered', label: 'Answered' },
  ],
  dimensions: ['survey'],
  range: [0, 100],
  parts: {
    sent: count('survey.sent'),
    answered: count('survey.sent', {
      only: [{ is: 'followed', types: ['survey.response'], by: 'both', within: null }],
    }),
  },
  example: { given: { sent: 40, answered: 10 }, is: 25 },
  value: ({ sent, answered }) => share(answered, sent),
})

/** What respondents say. */
export const surveys: readonly Kpi[] = [
  nps,
  npsLatest,
  nps5,
  csat,
  csatMean,
  ces,
  cesAgree,
  thumbsUp,
  responseRate,
]
