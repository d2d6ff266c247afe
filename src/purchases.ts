import type { FactType } from './fact.ts'

/** What makes somebody a customer: the first of any of these. */
export const purchases: readonly FactType[] = ['deal.won', 'order.placed', 'subscription.started']

/** So many days, in milliseconds. */
export const days = (count: number) => count * 86_400_000
