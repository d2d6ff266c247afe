import type { Question } from '../survey.ts'

/** Customer satisfaction on five points. */
export const csat: Question = { kind: 'csat', from: 1, to: 5, middle: 3, high: 4 }
