import * as v from 'valibot'
import { amount, compose } from '../content.ts'
import { type FactDeclaration, defineFact } from '../fact.ts'
import { currencyField } from '../money.ts'
import { nameField } from '../text-field.ts'

const cuts = {
  owner: v.optional(nameField),
  channel: v.optional(nameField),
  product: v.optional(nameField),
}

const threadOf = (deal: string) => `deal:${deal}`

const dealCreated = defineFact({
  type: 'deal.created',
  fields: {
    deal: nameField,
    lead: v.optional(nameField),
    customer: v.optional(nameField),
    ...cuts,
    amount: v.optional(v.unknown()),
    currency: v.optional(currencyField),
  },
  content({ deal, lead, customer, owner, channel, product, ...money }, context) {
    const { currency = context.currency } = money
    const expected = money.amount !== undefined
    const sketch = {
      subject: deal,
      thread: threadOf(deal),
      entity: lead,
      value: expected ? amount('amount', money.amount, currency) : undefined,
      // Without an amount there is nothing in that currency.
      dimensions: { owner, channel, product, currency: expected ? currency : undefined },
      data: { customer },
    }
    return compose(sketch, context)
  },
})

const dealStage = defineFact({
  type: 'deal.stage',
  fields: { deal: nameField, stage: nameField },
  content({ deal, stage }, context) {
    return compose({ subject: deal, thread: threadOf(deal), dimensions: { stage } }, context)
  },
})

const dealWon = defineFact({
  type: 'deal.won',
  fields: {
    deal: nameField,
    amount: v.unknown(),
    currency: v.optional(currencyField),
    customer: v.optional(nameField),
    ...cuts,
  },
  content({ deal, customer, owner, channel, product, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: deal,
      thread: threadOf(deal),
      entity: customer,
      value: amount('amount', money.amount, currency),
      dimensions: { currency, owner, channel, product },
    }
    return compose(sketch, context)
  },
})

const dealLost = defineFact({
  type: 'deal.lost',
  fields: { deal: nameField, reason: v.optional(nameField), ...cuts },
  content({ deal, ...dimensions }, context) {
    return compose({ subject: deal, thread: threadOf(deal), dimensions }, context)
  },
})

/** The life of a deal, from its creation to its end. */
export const sales: readonly FactDeclaration[] = [dealCreated, dealStage, dealWon, dealLost]
