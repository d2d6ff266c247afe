import * as v from 'valibot'
import type { FieldError } from './problem.ts'

/** Valibot's issues as field errors; a field that no schema knows is named as such. */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): FieldError[] {
  return issues.map((issue) => {
    const path = v.getDotPath(issue) ?? ''
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      return { path, message: 'Unknown field' }
    }
    return {
      path,
      message: issue.received === 'undefined' ? 'The field is missing' : issue.message,
    }
  })
}
