import { optionalTextAt, textAt } from '../at.ts'
import type { Meaning } from '../source.ts'

/** What an event of Stripe says: when, of what, and what that was before. */
export interface StripeEvent {
  /** In milliseconds since 1970 UTC; Stripe knows seconds only. */
  readonly time: number
  readonly object: unknown
  /** Those members that have changed, as they were; missing in events of something new. */
  readonly before: unknown
  /** Invoices by the payment that has paid them. */
  readonly memory: ReadonlyMap<string, string>
}

/** Types of events, each with what it means. */
export type StripeMeanings = readonly (readonly [
  type: string,
  mean: (event: StripeEvent) => Meaning,
])[]

/** Whose it is: accounts have become customers of their own kind. */
export function stripeCustomerOf(object: unknown): string {
  return (
    optionalTextAt(object, 'customer') ??
    optionalTextAt(object, 'customer_account') ??
    textAt(object, 'customer')
  )
}
