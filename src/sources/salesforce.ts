import * as v from 'valibot'
import { at, optionalTextAt, textAt, timeAt } from '../at.ts'
import { openBook } from '../book.ts'
import { type Notification, inOrder, outboundMessage, timeOf } from '../vendors/outbound-message.ts'
import {
  type Notice,
  type Outcome,
  closingOf,
  opportunity,
  whoseOf,
} from '../vendors/salesforce-deal.ts'
import { invalid } from '../problem.ts'
import { credentials } from '../scheme.ts'
import {
  type ConfigOf,
  type Event,
  type Given,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
} from '../source.ts'
import { stagesField } from '../source-fields.ts'
import type { Stamped } from '../stamped.ts'

const config = {
  organization: v.optional(
    v.pipe(
      v.string('Expected the organization’s id'),
      v.regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, 'Expected an id of 15 or 18 characters'),
    ),
  ),
  stages: v.optional(stagesField('each opportunity stage')),
}

type Config = ConfigOf<typeof config>

/** The day of a conversion has no hour; the change that told of it has. */
function lead({ fields, given }: Notice): Outcome {
  const lead = textAt(fields, 'Id')
  const changed = timeOf(fields, ['LastModifiedDate']) ?? given.received
  const qualified: Told[] =
    at(fields, 'IsConverted') === 'true'
      ? [{ id: `lead:${lead}:qualified`, type: 'lead.qualified', time: changed, data: { lead } }]
      : []
  if (qualified.length > 0 && !Object.hasOwn(fields, 'CreatedDate')) return qualified
  const time = timeAt(fields, 'CreatedDate')
  const data = { lead, ...whoseOf(fields) }
  return [{ id: `lead:${lead}:created`, type: 'lead.created', time, data }, ...qualified]
}

const ticketOf = (ticket: string) => `ticket:${ticket}`

/** Whether a case was last known to be closed; what it is now is kept, unless that is old news. */
function wasClosed({ book }: Notice, name: string, now: Stamped): boolean {
  const told = book.kept.has(name)
  const before = book.find(name) ?? { time: 0, text: 'open' }
  if (before.time <= now.time) book.keep(name, now)
  // Times are whole seconds; within a message the order is known even where they are the same.
  const earlier = before.time < now.time || (before.time === now.time && told)
  return earlier && before.text === 'closed'
}

function closedOrReopened(notice: Notice, ticket: string): Told[] {
  const { id, fields, given } = notice
  const closed = at(fields, 'IsClosed') === 'true'
  const stamp = timeOf(fields, closed ? ['ClosedDate', 'LastModifiedDate'] : ['LastModifiedDate'])
  const time = stamp ?? given.received
  const name = ticketOf(ticket)
  if (wasClosed(notice, name, { time, text: closed ? 'closed' : 'open' }) === closed) return []
  if (!closed) {
    const data = { ticket }
    return [{ id: `${name}:reopened:${stamp ?? id}`, type: 'ticket.reopened', time, data }]
  }
  const data = { ticket, agent: optionalTextAt(fields, 'OwnerId') }
  return [{ id: `${name}:solved:${stamp ?? id}`, type: 'ticket.solved', time, data }]
}

function ticket(notice: Notice): Outcome {
  const { fields } = notice
  const ticket = textAt(fields, 'Id')
  const stated = Object.hasOwn(fields, 'IsClosed')
  const told = stated ? closedOrReopened(notice, ticket) : []
  if (stated && !Object.hasOwn(fields, 'CreatedDate')) {
    return told.length > 0 ? told : ignore('The case is neither closed nor reopened by it')
  }
  const data = {
    ticket,
    customer: optionalTextAt(fields, 'AccountId') ?? optionalTextAt(fields, 'ContactId'),
    agent: optionalTextAt(fields, 'OwnerId'),
    channel: optionalTextAt(fields, 'Origin'),
  }
  const time = timeAt(fields, 'CreatedDate')
  return [{ id: `${ticketOf(ticket)}:created`, type: 'ticket.created', time, data }, ...told]
}

const kinds: ReadonlyMap<string, (notice: Notice) => Outcome> = new Map([
  ['Opportunity', opportunity],
  ['Lead', lead],
  ['Case', ticket],
])

/** One name per notification. */
function recalls(body: unknown): readonly string[] {
  const names = outboundMessage(body).notifications.map(({ object, fields }) => {
    const id = optionalTextAt(fields, 'Id') ?? ''
    return object === 'Case' ? ticketOf(id) : closingOf(id)
  })
  return [...new Set(names)].slice(0, 100)
}

/** The first 15 characters of an id are all of it; the other three only make up for lost case. */
const sameId = (one: string, other: string) => one.slice(0, 15) === other.slice(0, 15)

function read(body: unknown, given: Given<Config>): Reading {
  const { organization = 'none', notifications } = outboundMessage(body)
  const [first, ...more] = notifications
  if (first === undefined) return strange('Expected a SOAP message with notifications')
  const expected = given.config.organization
  if (expected !== undefined && !sameId(expected, organization)) {
    return strange(`Expected a message of the organization ${expected}: it is of ${organization}`)
  }
  const book = openBook(given.memory)
  const closings = new Set<string>()
  const eventOf = ({ id, object, fields }: Notification): Event =>
    event(object ?? 'Notification', () => {
      textAt(fields, 'Id')
      const tell = kinds.get(object ?? '')
      if (tell === undefined) return ignore('Only opportunities, leads and cases are counted')
      if (id === undefined) throw invalid('Notification.Id', 'Expected the notification’s id')
      const told = tell({ id, fields, given, book, closings })
      if ('ignored' in told) return told
      for (const { replaces } of told) if (replaces !== undefined) closings.add(replaces)
      return more.length === 0 ? told : told.map((fact) => ({ ...fact, id: fact.id ?? id }))
    })
  const events = new Map<number, Event>()
  for (const index of inOrder(notifications)) {
    const notification = notifications[index]
    if (notification !== undefined) events.set(index, eventOf(notification))
  }
  return {
    id: more.length === 0 ? (first.id ?? null) : null,
    events: notifications.flatMap((_, index) => events.get(index) ?? []),
    remember: book.kept,
  }
}

/** Salesforce: outbound messages, which carry the fields of a record that a team has chosen. */
export const salesforce = defineSource({
  vendor: 'salesforce',
  label: 'Salesforce',
  docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm',
  config,
  scheme: () => credentials,
  format: 'xml',
  keeps: [],
  volatile: ['SessionId'],
  types: [
    'lead.created',
    'lead.qualified',
    'deal.created',
    'deal.stage',
    'deal.won',
    'deal.lost',
    'ticket.created',
    'ticket.solved',
    'ticket.reopened',
  ],
  recalls,
  read,
  reply: {
    type: 'text/xml; charset=utf-8',
    body:
      '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
      '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>' +
      '</notificationsResponse></soapenv:Body></soapenv:Envelope>',
  },
  setup: [
    'Create the source here with a long random text as its secret and, as `config`, `organization`: ' +
      'the id under Setup → Company Information. Stages other than Closed Won and Closed Lost that ' +
      'end an opportunity go into `stages`, such as `{"Signed": "won"}`: a stage that is not known is ' +
      'counted as an open one. Where one was, mend `stages` and replay what is stored: ' +
      '`POST /v1/deliveries/replay {"state": "stored", "source": "…"}`.',
    'In Salesforce open Setup → Outbound Messages → New and choose Opportunity. The endpoint is the ' +
      '`url` followed by `/` and the secret; leave Send Session ID off.',
    'Choose the fields Amount, StageName, LastStageChangeDate, LastModifiedDate, CreatedDate, ' +
      'IsWon, IsClosed, OwnerId, AccountId and LeadSource, and CurrencyIsoCode where there are ' +
      'several currencies.',
    'Likewise for Lead: CreatedDate, LastModifiedDate, IsConverted, OwnerId, LeadSource; and for Case: ' +
      'CreatedDate, LastModifiedDate, IsClosed, ClosedDate, OwnerId, AccountId, ContactId, Origin.',
    'Send each from a record-triggered flow: when a record is created, and when its stage or amount, ' +
      'IsConverted or IsClosed changes.',
  ],
  becomes: [
    [
      'Opportunity',
      '`deal.created`, once, where CreatedDate is sent; by its stage `deal.won`, `deal.lost` or ' +
        '`deal.stage`. Of several closings of a deal the newest counts, and none once it is open ' +
        'again. Its time is LastStageChangeDate, otherwise LastModifiedDate, otherwise that of arrival. ' +
        'A win without an amount stays in quarantine: a later message with the amount counts the win. ' +
        'A stage that is not known is counted as an open one, until `config.stages` is mended and what ' +
        'is stored is replayed',
    ],
    ['Lead', '`lead.created`, once; `lead.qualified`, once, when it is converted'],
    ['Case', '`ticket.created`, once; `ticket.solved` when closed, `ticket.reopened` after that'],
    ['Account, Contact, other objects', 'ignored'],
  ],
})
