import type { Question } from '../survey.ts'

/** Willingness to recommend on five points; not to be compared with a Net Promoter Score. */
export const nps5: Question = { kind: 'nps5', from: 1, to: 5, middle: 3, high: 4 }
