import * as v from 'valibot'
import { findId } from '../answer.ts'
import { at, isObject, optionalTextAt, textAt, timeAt } from '../at.ts'
import { parseHex } from '../bytes.ts'
import type { Day } from '../day.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
import {
  type ConfigOf,
  type Event,
  type Given,
  type Meaning,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  single,
  strange,
} from '../source.ts'
import { mapField } from '../source-fields.ts'

const scheme = hmacScheme({
  label: 'HMAC-SHA1 of the body, hexadecimal, in `X-Signature`',
  hash: 'SHA-1',
  claim(inbound) {
    const signature = parseHex(headerOf(inbound, 'x-signature') ?? '')
    if (signature === null) return 'X-Signature holds no lower-case hexadecimal'
    return { signatures: [signature], message: inbound.body }
  },
})

/** A call, and when it was made: `stated` where the call itself says so. */
interface Call {
  readonly body: unknown
  readonly name: string
  readonly time: number
  readonly stated: boolean
  readonly dayOf: (time: number) => Day
}

type Tell = (call: Call) => Meaning

/** People have an id once they are known; before that their browser or device has one. */
function personOf(body: unknown): string {
  return optionalTextAt(body, 'userId') ?? textAt(body, 'anonymousId')
}

const channelOf = (body: unknown) => optionalTextAt(body, 'context.campaign.source')

type Name = Pick<Told, 'id' | 'personal'>

/** What happens once a day, whatever its time; without a time of its own it is not known which day. */
function daily({ time, stated, dayOf }: Call, what: string, who: string): Name {
  return stated ? { id: `${what}:${dayOf(time)}:${who}` } : {}
}

/** A name that holds who somebody is, where there is one. */
function personal({ id }: Name): Name {
  return id === undefined ? {} : { id, personal: true }
}

/** Pages make a visit: those of one visitor on one day are one. */
const visited: Tell = (call) => {
  const device = optionalTextAt(call.body, 'anonymousId')
  const visitor = device ?? textAt(call.body, 'userId')
  const name = daily(call, 'visit', visitor)
  return {
    ...(device === undefined ? personal(name) : name),
    type: 'visit.started',
    time: call.time,
    data: { visitor, channel: channelOf(call.body) },
  }
}

function orderOf(body: unknown): string {
  return optionalTextAt(body, 'properties.orderId') ?? textAt(body, 'properties.order_id')
}

/** What the customer pays; some track only what the goods brought in. */
function moneyOf(body: unknown) {
  return {
    amount: optionalTextAt(body, 'properties.total') ?? textAt(body, 'properties.revenue'),
    currency: optionalTextAt(body, 'properties.currency')?.toUpperCase(),
  }
}

const placed: Tell = ({ body, time }) => {
  const order = orderOf(body)
  return {
    id: `order:${order}`,
    type: 'order.placed',
    time,
    data: { order, customer: personOf(body), ...moneyOf(body), channel: channelOf(body) },
  }
}

const refunded: Tell = ({ body, time }) => ({
  type: 'order.refunded',
  time,
  data: { order: orderOf(body), ...moneyOf(body) },
})

const lead: Tell = ({ body, time }) => {
  const lead = personOf(body)
  return {
    ...personal({ id: `lead:${lead}` }),
    type: 'lead.created',
    time,
    data: { lead, channel: channelOf(body) },
  }
}

const qualified: Tell = ({ body, time }) => {
  const lead = personOf(body)
  return {
    ...personal({ id: `qualified:${lead}` }),
    type: 'lead.qualified',
    time,
    data: { lead },
  }
}

/** Users count once however often they do a thing, so once a day and action is enough to know. */
const active: Tell = (call) => {
  const user = optionalTextAt(call.body, 'userId')
  if (user === undefined) return ignore('The user is not known')
  const action = call.name === 'Signed In' ? 'login' : call.name
  return {
    ...personal(daily(call, 'active', JSON.stringify([user, action]))),
    type: 'user.active',
    time: call.time,
    data: { user, action },
  }
}

const nothing: Tell = () => ignore('The configuration leaves this event out')

/** What an event may be said to be. */
const kinds: ReadonlyMap<string, Tell> = new Map([
  ['order.placed', placed],
  ['order.refunded', refunded],
  ['lead.created', lead],
  ['lead.qualified', qualified],
  ['user.active', active],
  ['visit.started', visited],
  ['ignored', nothing],
])

/** Events that Segment’s specification names. */
const usual: ReadonlyMap<string, string> = new Map([
  ['Order Completed', 'order.placed'],
  ['Completed Order', 'order.placed'],
  ['Order Refunded', 'order.refunded'],
  ['Signed Up', 'lead.created'],
  ['Signed In', 'user.active'],
])

const config = {
  events: v.optional(
    v.pipe(
      mapField('what each event is by its name, such as {"Demo Booked": "lead.qualified"}'),
      v.check(
        (events) => Object.values(events).every((kind) => kinds.has(kind)),
        `Expected one of ${[...kinds.keys()].join(', ')} for each event`,
      ),
    ),
  ),
}

type Config = ConfigOf<typeof config>
type Kinds = Readonly<Record<string, string>>

function tellerOf(type: string, name: string, events: Kinds): Tell {
  if (type === 'page' || type === 'screen') return visited
  if (type !== 'track') return () => ignore('Only page, screen and track calls are counted')
  const own = new Map(Object.entries(events)).get(name)
  const tell = kinds.get(own ?? usual.get(name) ?? '')
  return tell ?? (() => ignore('The configuration does not say what this event is'))
}

/** Segment corrects `timestamp` for clocks that are wrong. */
function timeOf(body: unknown, received: number): Pick<Call, 'time' | 'stated'> {
  const name = ['timestamp', 'originalTimestamp'].find(
    (name) => optionalTextAt(body, name) !== undefined,
  )
  return name === undefined
    ? { time: received, stated: false }
    : { time: timeAt(body, name), stated: true }
}

/** Calls of old libraries have an action instead of a type. */
function typeOf(body: unknown): string | null {
  const type = at(body, 'type') ?? at(body, 'action')
  return typeof type === 'string' && type !== '' ? type : null
}

function read(body: unknown, { config: { events = {} }, received, dayOf }: Given<Config>): Reading {
  if (!isObject(body)) return strange('Expected one call: the batch size must be 0')
  const type = typeOf(body)
  if (type === null) return strange('Expected a call with its type')
  const called = at(body, 'event')
  const named = type === 'track' && typeof called === 'string' ? called : type
  const name = named.trim().normalize('NFC')
  const one = event(name, () => {
    if (type === 'track') textAt(body, 'event')
    return tellerOf(type, name, events)({ body, name, ...timeOf(body, received), dayOf })
  })
  return readingOf(one, findId(body, 'messageId'))
}

/** What counts once a day or person is told again and again: there each call keeps its own name. */
function readingOf(one: Event, id: string | null): Reading {
  const once = 'facts' in one && one.facts[0]?.type === 'order.placed'
  return once ? single(one, id) : { id, events: [one] }
}

/** Segment: whatever a team tracks, by the names that Segment’s specification or the team gives it. */
export const segment = defineSource({
  vendor: 'segment',
  label: 'Segment',
  docs: 'https://www.twilio.com/docs/segment/connections/destinations/catalog/actions-webhook',
  config,
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: ['sentAt', 'receivedAt'],
  types: [
    'visit.started',
    'lead.created',
    'lead.qualified',
    'order.placed',
    'order.refunded',
    'user.active',
  ],
  read,
  setup: [
    'Make up a secret of at least 16 letters and digits and create the source here with it. Copy its ' +
      '`url`.',
    'In Segment open Connections → Catalog → Webhooks (Actions), choose Configure, and choose the ' +
      'source whose calls are to count.',
    'Under Settings paste the secret as Shared Secret: without it Segment signs nothing.',
    'Under Mappings add Send, paste the `url`, choose POST, leave Data as it is and Batch Size 0: of a ' +
      'batch Segment signs only a part. Let through only the calls in the table below.',
    'Say what your own events are in `"config": {"events": {"Demo Booked": "lead.qualified"}}`: one of ' +
      `${[...kinds.keys()].map((kind) => `\`${kind}\``).join(', ')}.`,
    'Enable the mapping and the destination.',
  ],
  becomes: [
    [
      'page, screen',
      '`visit.started`: a visit is a visitor’s day. All calls of one visitor on one day of the ' +
        'workspace are one, and the call that arrives first decides its channel, the campaign’s source',
    ],
    [
      'Order Completed, Completed Order',
      '`order.placed`: `total`, or `revenue` where it is missing; once for each order',
    ],
    ['Order Refunded', '`order.refunded`: `total`, or `revenue` where it is missing'],
    ['Signed Up', '`lead.created`, once for each user'],
    ['Signed In', '`user.active` with the action `login`, once for each user and day'],
    ['events named in `events`', 'what it says; as `user.active` the action is the event’s name'],
    ['other events, identify, group, alias', 'ignored'],
  ],
})
