import * as v from 'valibot'
import type { FieldError } from './problem.ts'

/** Valibot's issues as field errors; `noun` is what the input's parts are called. */
export function fieldErrors(
  issues: readonly v.BaseIssue<unknown>[],
  noun: 'field' | 'parameter' = 'field',
): FieldError[] {
  return issues.map((issue) => {
    const path = v.getDotPath(issue) ?? ''
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      return { path, message: `Unknown ${noun}` }
    }
    return {
      path,
      message: issue.received === 'undefined' ? `The ${noun} is missing` : issue.message,
    }
  })
}
