import * as v from 'valibot'
import { amount, compose } from '../content.ts'
import { type FactDeclaration, defineFact } from '../fact.ts'
import { currencyField } from '../money.ts'
import { nameField } from '../text-field.ts'

const orderPlaced = defineFact({
  type: 'order.placed',
  fields: {
    order: nameField,
    customer: nameField,
    amount: v.unknown(),
    currency: v.optional(currencyField),
    cost: v.optional(v.unknown()),
    owner: v.optional(nameField),
    channel: v.optional(nameField),
  },
  content({ order, customer, owner, channel, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: order,
      thread: `order:${order}`,
      entity: customer,
      value: amount('amount', money.amount, currency),
      cost: money.cost === undefined ? undefined : amount('cost', money.cost, currency),
      dimensions: { currency, owner, channel },
    }
    return compose(sketch, context)
  },
})

const orderRefunded = defineFact({
  type: 'order.refunded',
  fields: { order: nameField, amount: v.unknown(), currency: v.optional(currencyField) },
  content({ order, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: order,
      thread: `order:${order}`,
      value: amount('amount', money.amount, currency),
      dimensions: { currency },
    }
    return compose(sketch, context)
  },
})

/** What customers buy at once, and what of it they get back. */
export const orders: readonly FactDeclaration[] = [orderPlaced, orderRefunded]
