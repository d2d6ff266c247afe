import type { Question } from '../survey.ts'

/** Customer effort as agreement, on seven points, that something was easy: high is good. */
export const ces: Question = { kind: 'ces', from: 1, to: 7, middle: 4, high: 5 }
