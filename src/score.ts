import type { Question } from './survey.ts'

/**
 * The score that an answer states, or `null` where it states none of the scale. Only whole numbers in
 * canonical form count: ` 7`, `07`, `7.0`, `1e1` and full-width digits are refused, because what cannot
 * be read with certainty must not become somebody's opinion.
 */
export function parseScore(input: unknown, question: Question): number | null {
  if (typeof input === 'string' && !/^(?:0|[1-9]\d?)$/.test(input)) return null
  if (typeof input !== 'string' && typeof input !== 'number') return null
  const score = Number(input)
  if (!Number.isInteger(score) || Object.is(score, -0)) return null
  return score >= question.from && score <= question.to ? score : null
}

/** The rule a refused score has broken. */
export function scoreRule(input: unknown, question: Question): string {
  const shown = JSON.stringify(input)?.slice(0, 40) ?? 'missing'
  return `Expected a whole number from ${question.from} to ${question.to}: current value is ${shown}`
}
