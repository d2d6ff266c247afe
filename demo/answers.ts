import { type Day, addDays, daysBetween, parseDay } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import type { Draft } from '../src/intake.ts'
import { readTable } from './table.ts'

/** The five answers of the Likert question, as scores of satisfaction. */
const worth = [
  'Strongly Disagree',
  'Disagree',
  'Neither Agree nor Disagree',
  'Agree',
  'Strongly Agree',
]

interface Row {
  readonly iso: string
  readonly LikelyToRecommend: string
  readonly Worth: string
}

/**
 * The sample answers of demo/answers.csv as drafts, all moved by the same number of days so that the
 * last falls on `yesterday`. A blank score is no answer and becomes none.
 */
export async function sampleAnswers(yesterday: Day): Promise<Draft[]> {
  const rows = await readTable<Row>('answers.csv')
  const days = rows.flatMap(({ iso }) => parseDay(iso.slice(0, 10)) ?? [])
  const last = days.reduce((latest, day) => (day > latest ? day : latest))
  const shift = daysBetween(last, yesterday)
  return rows.flatMap((row, index): Draft[] => {
    const day = parseDay(row.iso.slice(0, 10))
    if (day === null) return []
    const time = Date.parse(`${addDays(day, shift)}T${row.iso.slice(11)}:00Z`)
    const answer = (survey: string, score: string): Draft => ({
      type: 'survey.response',
      source: 'sample',
      id: `${survey}-${index}`,
      time,
      data: { survey, score, locale: 'en' },
    })
    const satisfaction = worth.indexOf(row.Worth) + 1
    return [
      ...(row.LikelyToRecommend === '' ? [] : [answer(demo.nps, row.LikelyToRecommend)]),
      ...(satisfaction === 0 ? [] : [answer(demo.csat, String(satisfaction))]),
    ]
  })
}
