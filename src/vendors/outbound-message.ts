import { at, timeAt } from '../at.ts'
import { parseTime } from '../time.ts'

// Salesforce's outbound messages, as parsed XML (developer.salesforce.com, "Understanding the Outbound
// Messaging WSDL").

/** A record's fields by name; those that are nil or blank are left out. */
export type Fields = Readonly<Record<string, string>>

export interface Notification {
  /** The same in every attempt to deliver it. */
  readonly id: string | undefined
  /** What the record is, such as `Opportunity`; `null` for an object that has no use here. */
  readonly object: string | null
  readonly fields: Fields
}

interface OutboundMessage {
  readonly organization: string | undefined
  readonly notifications: readonly Notification[]
}

/** What a record is: the first three characters of its id say so, in every organization. */
const objects: ReadonlyMap<string, string> = new Map([
  ['001', 'Account'],
  ['003', 'Contact'],
  ['006', 'Opportunity'],
  ['00Q', 'Lead'],
  ['500', 'Case'],
])

function childrenOf(element: unknown, name?: string): readonly unknown[] {
  const children = at(element, 'children')
  if (!Array.isArray(children)) return []
  return name === undefined ? children : children.filter((child) => at(child, 'name') === name)
}

function textOf(element: unknown): string | undefined {
  const text = at(element, 'text')
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined
}

function fieldsOf(record: unknown): Fields {
  const fields = new Map<string, string>()
  for (const child of childrenOf(record)) {
    const name = at(child, 'name')
    const text = textOf(child)
    if (typeof name === 'string' && text !== undefined && !fields.has(name)) fields.set(name, text)
  }
  return Object.fromEntries(fields)
}

function notificationOf(element: unknown): Notification {
  const fields = fieldsOf(childrenOf(element, 'sObject')[0])
  const prefix = Object.hasOwn(fields, 'Id') ? (fields['Id'] ?? '').slice(0, 3) : ''
  return {
    id: textOf(childrenOf(element, 'Id')[0]),
    object: objects.get(prefix) ?? null,
    fields,
  }
}

/** What a document says; without notifications where it is no outbound message. */
export function outboundMessage(document: unknown): OutboundMessage {
  const [message] = childrenOf(childrenOf(document, 'Body')[0], 'notifications')
  return {
    organization: textOf(childrenOf(message, 'OrganizationId')[0]),
    notifications: childrenOf(message, 'Notification').map(notificationOf),
  }
}

/**
 * The first of the fields that is there, as a time; `null` where none is.
 *
 * @throws Problem where it is no time.
 */
export function timeOf(fields: Fields, names: readonly string[]): number | null {
  const name = names.find((name) => Object.hasOwn(fields, name))
  return name === undefined ? null : timeAt(fields, name)
}

/**
 * The order in which notifications are to be taken: as their records were modified, and as they come
 * where that is not said.
 */
export function inOrder(notifications: readonly Notification[]): readonly number[] {
  let last = 0
  const times = notifications.map(({ fields }) => {
    last = parseTime(fields['LastModifiedDate'] ?? '') ?? last
    return last
  })
  return [...times.keys()].sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0))
}

/**
 * A double as plain digits: `50000.0` says `50000`, and so does `5.0E4`. What is no such amount, or has
 * more digits than any double is written with, stays as it is, and is refused later.
 */
export function amountOf(amount: string): string {
  const found = /^(0|[1-9]\d{0,19})(?:\.(\d{1,40}))?(?:E([+-]?\d{1,2}))?$/i.exec(amount)
  if (found === null) return amount
  const [, whole = '', decimals = '', exponent = '0'] = found
  const shift = Number(exponent)
  const zeros = '0'.repeat(Math.abs(shift))
  const digits = `${zeros}${whole}${decimals}${zeros}`
  const point = zeros.length + whole.length + shift
  const units = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const rest = digits.slice(point).replace(/0+$/, '')
  return rest === '' ? units : `${units}.${rest}`
}
