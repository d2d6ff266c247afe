import { defineProfile } from '../profile.ts'

/** Survey responses as Delighted exports them; all other columns are properties of the person. */
export const delighted = defineProfile({
  profile: 'delighted',
  cite: 'delighted.com/docs/api/listing-survey-responses for the fields; the names that exports give them differ by age',
  headerLines: 1,
  zone: null,
  columns: {
    id: ['Survey Response ID', 'Response ID', 'ID'],
    time: ['Responded at', 'Response date', 'Created at', 'created_at'],
    score: ['Score'],
    comment: ['Comment'],
    respondent: ['Person Email', 'Email', 'Person ID', 'Person'],
    locale: ['Locale'],
    kind: ['Survey type'],
  },
  needs: ['id', 'time', 'score'],
  own: ['Person Name', 'Name', 'Permalink', 'Notes', 'Tags', 'Updated at', 'Sent at'],
})
