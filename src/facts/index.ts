import type { FactDeclaration } from '../fact.ts'
import { surveyResponse } from './survey-response.ts'
import { surveySent } from './survey-sent.ts'

/** Every fact type there is. */
export const facts: readonly FactDeclaration[] = [surveySent, surveyResponse]
