import * as v from 'valibot'
import { amount, compose } from '../content.ts'
import { type Day, daysBetween } from '../day.ts'
import { dayField } from '../day-field.ts'
import { decimalField } from '../decimal.ts'
import { type Dimensions, type FactDeclaration, type Outcome, defineFact, refuse } from '../fact.ts'
import { flagField } from '../flag.ts'
import { currencyField } from '../money.ts'
import { quotaPeriod } from '../quota.ts'
import { nameField } from '../text-field.ts'

const tenYears = 315_576_000

/** Seconds that become milliseconds. */
const secondsField = decimalField({ what: 'seconds', digits: 3, limit: tenYears * 1000 })

const interactionLogged = defineFact({
  type: 'interaction.logged',
  fields: {
    customer: nameField,
    user: v.optional(nameField),
    channel: v.optional(nameField),
    seconds: secondsField,
  },
  content({ customer, user, channel, seconds }, context) {
    const dimensions = { user, channel }
    return compose({ subject: customer, entity: customer, value: seconds, dimensions }, context)
  },
})

const taskDone = defineFact({
  type: 'task.done',
  fields: {
    task: nameField,
    user: v.optional(nameField),
    seconds: v.optional(secondsField),
    automated: v.optional(flagField),
  },
  content({ task, user, seconds, automated }, context) {
    const said = automated === undefined ? undefined : automated ? 'yes' : 'no'
    return compose(
      { subject: task, value: seconds, dimensions: { user, automated: said } },
      context,
    )
  },
})

const userActive = defineFact({
  type: 'user.active',
  fields: { user: nameField, action: v.optional(nameField) },
  content({ user, action }, context) {
    return compose({ subject: user, entity: user, dimensions: { action } }, context)
  },
})

const seatsSet = defineFact({
  type: 'seats.set',
  fields: { seats: decimalField({ what: 'a number of seats', digits: 0, limit: 1_000_000_000 }) },
  content({ seats }, context) {
    const thread = `seats:${cutOf(context.properties)}`
    return compose({ subject: 'seats', thread, value: seats }, context)
  },
})

const quotaDays = 3_660

const quotaSet = defineFact({
  type: 'quota.set',
  fields: {
    owner: v.optional(nameField),
    amount: v.unknown(),
    currency: v.optional(currencyField),
    from: dayField,
    to: dayField,
  },
  content({ owner, from, to, ...money }, context) {
    const { currency = context.currency } = money
    const period = quotaPeriod(owner === undefined ? 'team' : 'owner', from, to)
    const sketch = {
      subject: owner ?? 'team',
      thread: `quota:${period}:${JSON.stringify(owner ?? '')}:${cutOf(context.properties)}`,
      value: amount('amount', money.amount, currency),
      day: firstDay(from, to),
      dimensions: { currency, owner, period },
    }
    return compose(sketch, context)
  },
})

/** What is set for one value of an own dimension says nothing about the others. */
function cutOf(properties: Dimensions): string {
  const names = Object.keys(properties).sort()
  return names.length === 0 ? '' : JSON.stringify(names.map((name) => [name, properties[name]]))
}

/** A quota counts on its first day, if its days are a period. */
function firstDay(from: Day, to: Day): Outcome<Day> {
  const length = daysBetween(from, to) + 1
  if (length < 1) {
    return refuse('to', `Expected a day that is not before ${from}: current value is ${to}`)
  }
  if (length > quotaDays) {
    return refuse(
      'to',
      `Expected at most ${quotaDays} days from ${from}: current length is ${length}`,
    )
  }
  return { ok: true, value: from }
}

/** What the team does, and what it is expected to. */
export const team: readonly FactDeclaration[] = [
  interactionLogged,
  taskDone,
  userActive,
  seatsSet,
  quotaSet,
]
