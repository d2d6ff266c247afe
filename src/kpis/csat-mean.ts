import { mean } from '../interval.ts'
import { defineKpi } from '../kpi.ts'
import { answers } from '../parts/answers.ts'

export const csatMean = defineKpi({
  id: 'csat_mean',
  label: 'Mean satisfaction',
  unit: 'score',
  direction: 'up',
  definition:
    'Arithmetic mean of all answers on the 1–5 scale. Skipped questions do not count. The interval is ' +
    'that of 95 %, from the variance of the answers; where all answers are alike there is none.',
  source: 'Arithmetic mean; sample variance with n − 1',
  version: 1,
  dimensions: ['survey', 'locale'],
  range: [1, 5],
  parts: { answers: answers('survey.response', { kind: 'csat' }) },
  example: {
    given: {
      answers: new Map([
        [2, 1],
        [3, 1],
        [4, 3],
        [5, 3],
      ]),
    },
    is: 4,
  },
  value: ({ answers }) => mean(answers),
})
