import * as v from 'valibot'
import { compose } from '../content.ts'
import { type FactDeclaration, defineFact } from '../fact.ts'
import { flagField } from '../flag.ts'
import { nameField } from '../text-field.ts'

const threadOf = (ticket: string) => `ticket:${ticket}`

const ticketCreated = defineFact({
  type: 'ticket.created',
  fields: {
    ticket: nameField,
    customer: v.optional(nameField),
    agent: v.optional(nameField),
    channel: v.optional(nameField),
  },
  content({ ticket, customer, agent, channel }, context) {
    const sketch = {
      subject: ticket,
      thread: threadOf(ticket),
      dimensions: { agent, channel },
      data: { customer },
    }
    return compose(sketch, context)
  },
})

const ticketReplied = defineFact({
  type: 'ticket.replied',
  fields: { ticket: nameField, agent: v.optional(nameField), bot: v.optional(flagField) },
  content({ ticket, agent, bot }, context) {
    const dimensions = { agent, bot: bot === true ? 'yes' : undefined }
    return compose({ subject: ticket, thread: threadOf(ticket), dimensions }, context)
  },
})

const ticketSolved = defineFact({
  type: 'ticket.solved',
  fields: { ticket: nameField, agent: v.optional(nameField) },
  content({ ticket, agent }, context) {
    return compose({ subject: ticket, thread: threadOf(ticket), dimensions: { agent } }, context)
  },
})

const ticketReopened = defineFact({
  type: 'ticket.reopened',
  fields: { ticket: nameField },
  content({ ticket }, context) {
    return compose({ subject: ticket, thread: threadOf(ticket) }, context)
  },
})

/** What customers ask for, and how long they wait. */
export const tickets: readonly FactDeclaration[] = [
  ticketCreated,
  ticketReplied,
  ticketSolved,
  ticketReopened,
]
