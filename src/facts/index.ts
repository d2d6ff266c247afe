import type { FactDeclaration } from '../fact.ts'
import { marketing } from './marketing.ts'
import { orders } from './orders.ts'
import { sales } from './sales.ts'
import { subscriptions } from './subscriptions.ts'
import { surveyResponse } from './survey-response.ts'
import { surveySent } from './survey-sent.ts'
import { team } from './team.ts'
import { tickets } from './tickets.ts'

/** Every fact type there is. */
export const facts: readonly FactDeclaration[] = [
  surveySent,
  surveyResponse,
  ...marketing,
  ...sales,
  ...orders,
  ...subscriptions,
  ...tickets,
  ...team,
]
