import { share } from '../interval.ts'
import { defineKpi } from '../kpi.ts'
import { count } from '../parts/count.ts'

export const responseRate = defineKpi({
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
  dimensions: ['survey'],
  range: [0, 100],
  parts: {
    sent: count('survey.sent'),
    answered: count('survey.sent', { followed: 'survey.response' }),
  },
  example: { given: { sent: 40, answered: 10 }, is: 25 },
  value: ({ sent, answered }) => share(answered, sent),
})
