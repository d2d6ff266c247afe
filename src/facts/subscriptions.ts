import * as v from 'valibot'
import { amount, compose } from '../content.ts'
import { type FactDeclaration, defineFact } from '../fact.ts'
import { currencyField } from '../money.ts'
import { nameField } from '../text-field.ts'

const threadOf = (subscription: string) => `subscription:${subscription}`

const subscriptionStarted = defineFact({
  type: 'subscription.started',
  fields: {
    subscription: nameField,
    customer: nameField,
    mrr: v.unknown(),
    currency: v.optional(currencyField),
    plan: v.optional(nameField),
  },
  content({ subscription, customer, mrr, plan, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: subscription,
      thread: threadOf(subscription),
      entity: customer,
      value: amount('mrr', mrr, currency),
      dimensions: { currency, plan },
    }
    return compose(sketch, context)
  },
})

const subscriptionChanged = defineFact({
  type: 'subscription.changed',
  fields: { subscription: nameField, mrr: v.unknown(), currency: v.optional(currencyField) },
  content({ subscription, mrr, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: subscription,
      thread: threadOf(subscription),
      value: amount('mrr', mrr, currency),
      dimensions: { currency },
    }
    return compose(sketch, context)
  },
})

const subscriptionDue = defineFact({
  type: 'subscription.due',
  fields: { subscription: nameField },
  content({ subscription }, context) {
    return compose({ subject: subscription, thread: threadOf(subscription) }, context)
  },
})

const subscriptionRenewed = defineFact({
  type: 'subscription.renewed',
  fields: { subscription: nameField },
  content({ subscription }, context) {
    return compose({ subject: subscription, thread: threadOf(subscription) }, context)
  },
})

const subscriptionCancelled = defineFact({
  type: 'subscription.cancelled',
  fields: { subscription: nameField, reason: v.optional(nameField) },
  content({ subscription, reason }, context) {
    const thread = threadOf(subscription)
    return compose({ subject: subscription, thread, dimensions: { reason } }, context)
  },
})

/** What customers pay every month, as long as they do. */
export const subscriptions: readonly FactDeclaration[] = [
  subscriptionStarted,
  subscriptionChanged,
  subscriptionDue,
  subscriptionRenewed,
  subscriptionCancelled,
]
