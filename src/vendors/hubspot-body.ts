import { at, isObject } from '../at.ts'

// Bodies that HubSpot sends: a list of changes, or a whole deal as its workflows send it.

/** The types of objects as events of the form `object.creation` number them. */
const objects: ReadonlyMap<string, string> = new Map([
  ['0-1', 'contact'],
  ['0-2', 'company'],
  ['0-3', 'deal'],
  ['0-5', 'ticket'],
])

/** A text or a number as text; blank for everything else. */
function textIn(change: unknown, name: string): string {
  const value = at(change, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** What a change is, such as `deal.propertyChange.amount`, in whichever form it is subscribed to. */
export function kindOf(change: unknown): string {
  const [prefix = '', ...action] = textIn(change, 'subscriptionType').split('.')
  const type = textIn(change, 'objectTypeId')
  const object = prefix === 'object' ? (objects.get(type) ?? type) : prefix
  const property = textIn(change, 'propertyName')
  return [object, ...action, ...(property === '' ? [] : [property])].join('.')
}

/**
 * What names a change for ever. An object is created once, whichever subscriptions tell of it; a change
 * needs all five because `eventId` is not unique. `null` where something of it is missing.
 */
export function nameOf(change: unknown): string | null {
  const [object = '', action] = kindOf(change).split('.')
  const creation = action === 'creation'
  const parts = creation
    ? [object, textIn(change, 'objectId'), 'created']
    : ['portalId', 'subscriptionId', 'eventId', 'occurredAt', 'objectId'].map((name) =>
        textIn(change, name),
      )
  return parts.includes('') ? null : parts.join(':')
}

/** The properties of a deal that are read, in the order to take them in where all were set at once. */
const dealProperties = ['deal_currency_code', 'amount', 'dealstage']

/** The changes that a body tells of; `null` where it is of no form that HubSpot sends. */
export function changesOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body
  const properties = at(body, 'properties')
  if (!isObject(at(properties, 'dealstage'))) return null
  const deal = {
    portalId: at(body, 'portalId'),
    subscriptionId: 'workflow',
    objectId: at(body, 'dealId') ?? at(body, 'objectId'),
  }
  const changes = dealProperties
    .filter((name) => isObject(at(properties, name)))
    .map((name) => ({
      ...deal,
      subscriptionType: 'deal.propertyChange',
      propertyName: name,
      propertyValue: at(properties, `${name}.value`),
      eventId: name,
      occurredAt: at(properties, `${name}.timestamp`),
    }))
  const created = at(properties, 'createdate.value')
  return created === undefined
    ? changes
    : [{ ...deal, subscriptionType: 'deal.creation', occurredAt: created }, ...changes]
}

/** In the order in which they happened; what was set at once as {@link dealProperties} says. */
export function inOrder(changes: readonly unknown[]): readonly number[] {
  const timeOf = (change: unknown) => Number(textIn(change, 'occurredAt')) || 0
  const rankOf = (change: unknown) => dealProperties.indexOf(textIn(change, 'propertyName'))
  return [...changes.keys()].sort(
    (one, other) =>
      timeOf(changes[one]) - timeOf(changes[other]) ||
      rankOf(changes[one]) - rankOf(changes[other]) ||
      one - other,
  )
}

/** Whether one of the changes sets the amount of a deal, later than at a time. */
export function amountFollows(changes: readonly unknown[], deal: string, time: number): boolean {
  return changes.some(
    (change) =>
      kindOf(change) === 'deal.propertyChange.amount' &&
      textIn(change, 'objectId') === deal &&
      textIn(change, 'propertyValue') !== '' &&
      Number(textIn(change, 'occurredAt')) > time,
  )
}

const recallLimit = 300

/**
 * The names under which memory keeps what reading a body needs. What most changes need comes first, so
 * that of a large batch only wins can lack something.
 */
export function recalledBy(body: unknown): readonly string[] {
  const changes = changesOf(body) ?? []
  const idsOf = (kinds: readonly string[]) =>
    changes
      .filter((change) => kinds.includes(kindOf(change)))
      .map((change) => textIn(change, 'objectId'))
  const deals = idsOf(dealProperties.map((name) => `deal.propertyChange.${name}`))
  const names = [
    ...deals.map((id) => `stage:${id}`),
    ...idsOf(['ticket.propertyChange.hs_pipeline_stage']).map((id) => `ticket:${id}`),
    ...deals.map((id) => `amount:${id}`),
    ...deals.map((id) => `currency:${id}`),
  ]
  return [...new Set(names)].slice(0, recallLimit)
}
