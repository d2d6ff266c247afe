import { defineProfile } from '../profile.ts'

/** Results as Typeform exports them: each question is a column, called as the question. */
export const typeform = defineProfile({
  profile: 'typeform',
  cite: 'exports in public repositories, such as kaggle.com/datasets/osmi/mental-health-in-tech-2016 and its successors: #, Start Date (UTC), Submit Date (UTC), Network ID',
  headerLines: 1,
  zone: 'UTC',
  columns: {
    id: ['#', 'Response ID', 'Token'],
    time: ['Submit Date (UTC)'],
  },
  needs: ['id', 'time'],
  own: [
    'Response Type',
    'Start Date (UTC)',
    'Stage Date (UTC)',
    'Network ID',
    'Tags',
    'Ending',
    'User Agent',
    'Referer',
  ],
})
