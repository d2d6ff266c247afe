import * as v from 'valibot'
import { at, isObject, optionalTextAt, textAt, timeAt } from '../at.ts'
import { invalid } from '../problem.ts'
import {
  type ConfigOf,
  type Meaning,
  type Reading,
  defineSource,
  event,
  ignore,
  single,
  strange,
} from '../source.ts'
import { timedScheme } from '../timed-scheme.ts'

const scheme = timedScheme({
  header: 'Calendly-Webhook-Signature',
  separator: ',',
  time: 't',
  signature: 'v1',
  joint: '.',
})

const config = {
  leads: v.optional(
    v.picklist(['uri', 'email'], 'Expected "uri" or "email": what a lead is known by'),
  ),
  channel: v.optional(
    v.picklist(
      ['utm_source', 'utm_medium', 'utm_campaign'],
      'Expected "utm_source", "utm_medium" or "utm_campaign": what says the channel',
    ),
  ),
}

type Config = ConfigOf<typeof config>

/** The last part of a URI, by which Calendly knows a thing. */
function uuidAt(payload: unknown, path: string): string {
  const uri = textAt(payload, path)
  const [, uuid] = /\/([^/?#]+)$/.exec(uri) ?? []
  if (uuid === undefined) {
    throw invalid(path, `Expected a URI: current value is ${uri.slice(0, 40)}`)
  }
  return uuid
}

function created(id: string, payload: unknown, lead: () => string, config: Config): Meaning {
  const { channel = 'utm_source' } = config
  return {
    id: `lead:${id}`,
    type: 'lead.created',
    time: timeAt(payload, 'created_at'),
    data: { lead: lead(), channel: optionalTextAt(payload, `tracking.${channel}`) },
  }
}

function booked(payload: unknown, config: Config): Meaning {
  if (optionalTextAt(payload, 'old_invitee') !== undefined) {
    return ignore('A booking that was rescheduled is no new lead')
  }
  // Who comes by a routing form has become a lead there.
  const form = optionalTextAt(payload, 'routing_form_submission')
  const id = uuidAt(payload, form === undefined ? 'uri' : 'routing_form_submission')
  const email = () => textAt(payload, 'email').trim().toLowerCase()
  return created(id, payload, config.leads === 'email' ? email : () => id, config)
}

/** A submission names nobody: its answers are the form’s own. */
function submitted(payload: unknown, config: Config): Meaning {
  const id = uuidAt(payload, 'uri')
  return created(id, payload, () => id, config)
}

const meanings: ReadonlyMap<string, (payload: unknown, config: Config) => Meaning> = new Map([
  ['invitee.created', booked],
  ['routing_form_submission.created', submitted],
  ['invitee.canceled', () => ignore('A lead that cancels was one')],
  ['invitee_no_show.created', () => ignore('A lead that does not come was one')],
])

function read(body: unknown, config: Config): Reading {
  const type = at(body, 'event')
  const payload = at(body, 'payload')
  if (typeof type !== 'string' || !isObject(payload)) {
    return strange('Expected an event with a payload')
  }
  const found = event(type, () => {
    const mean = meanings.get(type)
    return mean === undefined ? ignore('No booking and no routing form') : mean(payload, config)
  })
  return single(found, null)
}

/** Calendly: whoever books a meeting, or fills in a routing form, is a lead. */
export const calendly = defineSource({
  vendor: 'calendly',
  label: 'Calendly',
  docs: 'https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures',
  config,
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: [],
  types: ['lead.created'],
  read: (body, given) => read(body, given.config),
  setup: [
    'Make up a signing key, for example by `openssl rand -hex 32`.',
    'Create the source here with it as the secret, and copy its `url`.',
    'In Calendly open Integrations & apps → API and webhooks, and get a personal access token.',
    'Create the subscription, which has no page of its own: `POST ' +
      'https://api.calendly.com/webhook_subscriptions` with the token and `{"url":"…","events":' +
      '["invitee.created","routing_form_submission.created"],"organization":"…","scope":' +
      '"organization","signing_key":"…"}`.',
    'Leads are known by their booking. To know them by their e-mail address, as a CRM may, set ' +
      '`"config":{"leads":"email"}`; every booking is a lead all the same.',
    'Channels are what `utm_source` says; `"config":{"channel":"utm_medium"}` takes another one.',
  ],
  becomes: [
    ['invitee.created', '`lead.created`, except where a booking was only rescheduled'],
    [
      'routing_form_submission.created',
      '`lead.created`; a booking that follows from it is no second one',
    ],
    ['invitee.canceled, invitee_no_show.created, other events', 'ignored'],
  ],
})
