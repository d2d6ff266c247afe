import * as v from 'valibot'
import { at, currencyAt, optionalTextAt, textAt, timeAt } from '../at.ts'
import { type Fields, amountOf, outboundMessage, timeOf } from '../vendors/outbound-message.ts'
import { invalid } from '../problem.ts'
import { credentials } from '../scheme.ts'
import {
  type Ignored,
  type Event,
  type Given,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
} from '../source.ts'
import { mapField } from '../source-fields.ts'
import { type Stamped, parseStamped, stampedText } from '../stamped.ts'

const config = {
  organization: v.optional(
    v.pipe(
      v.string('Expected the organization’s id'),
      v.regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, 'Expected an id of 15 or 18 characters'),
    ),
  ),
  stages: v.optional(
    mapField('each opportunity stage what it is: "won", "lost" or a name to show'),
  ),
}

type Config = v.InferOutput<v.StrictObjectSchema<typeof config, undefined>>
type Outcome = readonly Told[] | Ignored

interface Notice {
  /** The notification’s own id. */
  readonly id: string
  readonly fields: Fields
  readonly given: Given<Config>
  readonly keep: (name: string, value: Stamped) => void
}

function moneyOf(fields: Fields): { amount?: string; currency?: string } {
  const amount = optionalTextAt(fields, 'Amount')
  if (amount === undefined) return {}
  const coded = Object.hasOwn(fields, 'CurrencyIsoCode')
  return {
    amount: amountOf(amount),
    ...(coded && { currency: currencyAt(fields, 'CurrencyIsoCode') }),
  }
}

function whoseOf(fields: Fields) {
  return { owner: optionalTextAt(fields, 'OwnerId'), channel: optionalTextAt(fields, 'LeadSource') }
}

const defaultStages: ReadonlyMap<string, string> = new Map([
  ['Closed Won', 'won'],
  ['Closed Lost', 'lost'],
])

/** What a stage is: as the team says, as Salesforce says, or by its usual name. */
function stageOf(fields: Fields, { stages = {} }: Config): string {
  const stage = textAt(fields, 'StageName')
  const said = new Map(Object.entries(stages)).get(stage)
  if (said !== undefined) return said
  if (at(fields, 'IsWon') === 'true') return 'won'
  if (at(fields, 'IsWon') === 'false' && at(fields, 'IsClosed') === 'true') return 'lost'
  return defaultStages.get(stage) ?? stage
}

const closingOf = (deal: string) => `deal:${deal}:closing`

/** The fact of a stage; a closing is called as its notification. */
function staged({ id, fields, given }: Notice, deal: string): Told {
  const stage = stageOf(fields, given.config)
  const changed = timeOf(fields, ['LastStageChangeDate', 'LastModifiedDate'])
  const time = changed ?? given.received
  const revision = timeOf(fields, ['LastModifiedDate', 'LastStageChangeDate']) ?? given.received
  const correction = { replaces: closingOf(deal), revision }
  const { owner, channel } = whoseOf(fields)
  if (stage === 'lost') {
    return { type: 'deal.lost', time, ...correction, data: { deal, owner, channel } }
  }
  if (stage === 'won') {
    const money = moneyOf(fields)
    if (money.amount === undefined) {
      throw invalid('Amount', 'Expected what was won: add the field to the message, or fill it in')
    }
    const data = { deal, ...money, customer: optionalTextAt(fields, 'AccountId'), owner, channel }
    return { type: 'deal.won', time, ...correction, data }
  }
  const name = textAt(fields, 'StageName')
  return {
    id: `deal:${deal}:stage:${name}:${changed ?? id}`,
    type: 'deal.stage',
    time,
    ...(given.memory.has(closingOf(deal)) && correction),
    data: { deal, stage },
  }
}

/** Of a deal that has come to a stage, and that it exists, where the message says since when. */
function opportunity(notice: Notice): Outcome {
  const { fields } = notice
  const deal = textAt(fields, 'Id')
  const time = timeOf(fields, ['CreatedDate'])
  if (time === null) return [staged(notice, deal)]
  const created: Told = {
    id: `deal:${deal}:created`,
    type: 'deal.created',
    time,
    data: {
      deal,
      customer: optionalTextAt(fields, 'AccountId'),
      ...whoseOf(fields),
      ...moneyOf(fields),
    },
  }
  return Object.hasOwn(fields, 'StageName') ? [created, staged(notice, deal)] : [created]
}

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
function wasClosed({ given, keep }: Notice, name: string, now: Stamped): boolean {
  const before = parseStamped(given.memory.get(name)) ?? { time: 0, text: 'open' }
  if (before.time <= now.time) keep(name, now)
  return before.time < now.time && before.text === 'closed'
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
  const kept = new Map<string, string>()
  const keep = (name: string, value: Stamped) => kept.set(name, stampedText(value))
  const events = notifications.map(({ id, object, fields }): Event =>
    event(object ?? 'Notification', () => {
      textAt(fields, 'Id')
      const tell = kinds.get(object ?? '')
      if (tell === undefined) return ignore('Only opportunities, leads and cases are counted')
      if (id === undefined) throw invalid('Notification.Id', 'Expected the notification’s id')
      const told = tell({ id, fields, given, keep })
      if ('ignored' in told || more.length === 0) return told
      return told.map((fact) => ({ ...fact, id: fact.id ?? id }))
    }),
  )
  return { id: more.length === 0 ? (first.id ?? null) : null, events, remember: kept }
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
      'end an opportunity go into `stages`, such as `{"Signed": "won"}`.',
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
        'again. Its time is LastStageChangeDate, otherwise LastModifiedDate, otherwise that of arrival',
    ],
    ['Lead', '`lead.created`, once; `lead.qualified`, once, when it is converted'],
    ['Case', '`ticket.created`, once; `ticket.solved` when closed, `ticket.reopened` after that'],
    ['Account, Contact, other objects', 'ignored'],
  ],
})
