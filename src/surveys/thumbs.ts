import type { Question } from '../survey.ts'

/** Down or up: whether something went well at all. */
export const thumbs: Question = { kind: 'thumbs', from: 0, to: 1, middle: 1, high: 1 }
