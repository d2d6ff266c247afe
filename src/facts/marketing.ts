import * as v from 'valibot'
import { amount, compose } from '../content.ts'
import { type FactDeclaration, defineFact } from '../fact.ts'
import { currencyField } from '../money.ts'
import { nameField } from '../text-field.ts'

const visitStarted = defineFact({
  type: 'visit.started',
  fields: { visitor: nameField, channel: v.optional(nameField) },
  content({ visitor, channel }, context) {
    return compose({ subject: visitor, dimensions: { channel } }, context)
  },
})

const leadCreated = defineFact({
  type: 'lead.created',
  fields: {
    lead: nameField,
    channel: v.optional(nameField),
    owner: v.optional(nameField),
  },
  content({ lead, ...dimensions }, context) {
    return compose({ subject: lead, thread: `lead:${lead}`, dimensions }, context)
  },
})

const leadQualified = defineFact({
  type: 'lead.qualified',
  fields: { lead: nameField },
  content({ lead }, context) {
    return compose({ subject: lead, thread: `lead:${lead}` }, context)
  },
})

const purposes = ['acquisition', 'retention'] as const

const spendRecorded = defineFact({
  type: 'spend.recorded',
  fields: {
    amount: v.unknown(),
    currency: v.optional(currencyField),
    channel: v.optional(nameField),
    purpose: v.picklist(purposes, `Expected ${purposes.join(' or ')}`),
  },
  content({ channel, purpose, ...money }, context) {
    const { currency = context.currency } = money
    const sketch = {
      subject: 'spend',
      value: amount('amount', money.amount, currency),
      dimensions: { currency, channel, purpose },
    }
    return compose(sketch, context)
  },
})

/** How people come, and what that costs. */
export const marketing: readonly FactDeclaration[] = [
  visitStarted,
  leadCreated,
  leadQualified,
  spendRecorded,
]
