import type { Question } from '../survey.ts'

/** Net Promoter Score: willingness to recommend, on the eleven points of its definition. */
export const nps: Question = { kind: 'nps', from: 0, to: 10, middle: 7, high: 9 }
