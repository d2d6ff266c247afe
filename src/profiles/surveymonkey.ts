import { defineProfile } from '../profile.ts'

/** All responses as SurveyMonkey exports them: a second line says which part of a question a column is. */
export const surveymonkey = defineProfile({
  profile: 'surveymonkey',
  cite: 'both lines of an export quoted in the source of a DC election guide (papaparse, parseSurveyMonkeyQuestions): Respondent ID, Collector ID, Start Date, End Date, IP Address, …',
  headerLines: 2,
  zone: null,
  columns: {
    id: ['Respondent ID', 'RespondentID'],
    time: ['End Date', 'EndDate', 'Date Modified'],
    respondent: ['Email Address'],
  },
  needs: ['id', 'time'],
  own: [
    'Collector ID',
    'CollectorID',
    'Start Date',
    'StartDate',
    'Date Created',
    'IP Address',
    'First Name',
    'Last Name',
    'LastName',
    'Custom Data',
    'Custom Data 1',
  ],
  openEnd: ': Open-Ended Response',
})
