import { netScore } from '../interval.ts'
import { defineKpi } from '../kpi.ts'
import { answers } from '../parts/answers.ts'

export const nps = defineKpi({
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
  dimensions: ['survey', 'locale'],
  range: [-100, 100],
  parts: { answers: answers('survey.response', { kind: 'nps' }) },
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
  value: ({ answers }) => netScore(answers, (score) => (score >= 9 ? 1 : score >= 7 ? 0 : -1)),
})
