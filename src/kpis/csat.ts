import { share } from '../interval.ts'
import { defineKpi } from '../kpi.ts'
import { answers } from '../parts/answers.ts'

export const csat = defineKpi({
  id: 'csat',
  label: 'Customer satisfaction',
  unit: 'percent',
  direction: 'up',
  definition:
    'Share of answers 4 and 5 among all answers on the 1–5 scale, on the day of the answer. Skipped ' +
    'questions do not count. The interval is Wilson’s, 95 %.',
  source: 'Top-two-box share as used by Zendesk, Delighted and Formbricks for five-point scales',
  version: 1,
  dimensions: ['survey', 'locale'],
  range: [0, 100],
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
    is: 75,
  },
  value({ answers }) {
    const all = [...answers.values()].reduce((sum, count) => sum + count, 0)
    return share((answers.get(4) ?? 0) + (answers.get(5) ?? 0), all)
  },
})
