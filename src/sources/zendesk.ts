import { at, optionalTextAt, textAt, timeAt } from '../at.ts'
import { joined, parseBase64, utf8 } from '../bytes.ts'
import { invalid } from '../problem.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
import {
  type Meaning,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
  single,
} from '../source.ts'
import { parseTime } from '../time.ts'

// developer.zendesk.com/documentation/webhooks/verifying names no tolerance, and a retry keeps its
// timestamp: against replays stand the ids of what happened.
const scheme = hmacScheme({
  label:
    'HMAC-SHA256 of timestamp and body, base64, in `X-Zendesk-Webhook-Signature`; the timestamp in ' +
    '`X-Zendesk-Webhook-Signature-Timestamp`',
  claim(inbound) {
    const signature = parseBase64(headerOf(inbound, 'x-zendesk-webhook-signature') ?? '')
    if (signature === null) return 'X-Zendesk-Webhook-Signature holds no base64'
    const stamp = headerOf(inbound, 'x-zendesk-webhook-signature-timestamp') ?? ''
    // Nothing stands between timestamp and body: a free text could take over the body's beginning.
    if (parseTime(stamp) === null) return 'X-Zendesk-Webhook-Signature-Timestamp holds no time'
    return { signatures: [signature], message: joined(utf8(stamp), inbound.body) }
  },
})

/** An id of somebody; Zendesk writes nobody as 0. */
function whoAt(body: unknown, path: string): string | undefined {
  const id = optionalTextAt(body, path)
  return id === '0' ? undefined : id
}

function flagAt(body: unknown, path: string): boolean {
  const flag = at(body, path)
  if (typeof flag !== 'boolean') throw invalid(path, 'Expected true or false')
  return flag
}

const ended: ReadonlySet<string> = new Set(['SOLVED', 'CLOSED'])

const unsolved: ReadonlySet<string> = new Set(['NEW', 'OPEN', 'PENDING', 'HOLD'])

function solved(body: unknown, id: string): Told {
  return {
    id,
    type: 'ticket.solved',
    time: timeAt(body, 'time'),
    data: { ticket: textAt(body, 'detail.id'), agent: whoAt(body, 'detail.assignee_id') },
  }
}

/** Agents note down calls as tickets that are solved from the start. */
function created(body: unknown): readonly Told[] {
  const ticket = textAt(body, 'detail.id')
  const id = `ticket:${ticket}:created`
  const told: Told = {
    id,
    type: 'ticket.created',
    time: timeAt(body, 'time'),
    data: {
      ticket,
      customer: whoAt(body, 'detail.requester_id'),
      agent: whoAt(body, 'detail.assignee_id'),
      channel: optionalTextAt(body, 'detail.via.channel'),
    },
  }
  const status = optionalTextAt(body, 'detail.status')?.toUpperCase() ?? ''
  return ended.has(status) ? [told, solved(body, `${id}:solved`)] : [told]
}

function statusChanged(body: unknown): Meaning {
  const previous = optionalTextAt(body, 'event.previous')?.toUpperCase()
  if (previous === undefined) return ignore('What a ticket starts with is told by ticket.created')
  const current = textAt(body, 'event.current').toUpperCase()
  const id = textAt(body, 'id')
  if (ended.has(current) && !ended.has(previous)) return solved(body, id)
  if (ended.has(previous) && unsolved.has(current)) {
    const data = { ticket: textAt(body, 'detail.id') }
    return { id, type: 'ticket.reopened', time: timeAt(body, 'time'), data }
  }
  return ignore('The ticket was neither solved nor reopened')
}

/** Whether a comment is the text that its ticket was created with. */
function isDescription(body: unknown): boolean {
  if (optionalTextAt(body, 'detail.created_at') === undefined) return false
  return Math.abs(timeAt(body, 'time') - timeAt(body, 'detail.created_at')) < 1000
}

function commented(body: unknown): Meaning {
  if (!flagAt(body, 'event.comment.is_public')) return ignore('An internal note')
  if (!flagAt(body, 'event.comment.author.is_staff')) return ignore('A comment of no agent’s')
  if (isDescription(body)) return ignore('What an agent created the ticket with is no reply')
  return {
    id: `comment:${textAt(body, 'event.comment.id')}`,
    type: 'ticket.replied',
    time: timeAt(body, 'time'),
    data: { ticket: textAt(body, 'detail.id'), agent: whoAt(body, 'event.comment.author.id') },
  }
}

const rating =
  'Zendesk says only whether a rating is good or bad, which is no score of a survey here'

/** Event types that matter, by what follows their prefix. */
const kinds: ReadonlyMap<string, (body: unknown) => Meaning> = new Map([
  ['ticket.created', created],
  ['ticket.status_changed', statusChanged],
  ['ticket.comment_added', commented],
  ['ticket.csat_received', () => ignore(rating)],
])

function read(body: unknown): Reading {
  const type = at(body, 'type')
  const [, kind] = /^zen:event-type:(.+)$/.exec(typeof type === 'string' ? type : '') ?? []
  if (kind === undefined) {
    return strange(
      'Expected a Zendesk event: a webhook must be connected to events, not to triggers',
    )
  }
  const tell = kinds.get(kind)
  const id = at(body, 'id')
  return single(
    event(kind, () =>
      tell === undefined
        ? ignore('Only new tickets, changes of status and comments are counted')
        : tell(body),
    ),
    typeof id === 'string' ? id : null,
  )
}

/** Zendesk: tickets, by webhooks that are connected to events. */
export const zendesk = defineSource({
  vendor: 'zendesk',
  label: 'Zendesk',
  docs: 'https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/',
  config: {},
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: [],
  types: ['ticket.created', 'ticket.replied', 'ticket.solved', 'ticket.reopened'],
  read,
  setup: [
    'Create the source here, for now with a random secret from `openssl rand -hex 32`, and copy its ' +
      '`url`.',
    'In Zendesk’s Admin Center open Apps and integrations → Webhooks and choose Create webhook, ' +
      'then Zendesk events.',
    'Select the events Ticket created, Ticket status changed and Comment added to ticket. A webhook ' +
      'that is connected to a trigger or automation sends other bodies and is not understood.',
    'Paste the `url` as the endpoint, with the method POST, the format JSON and no authentication.',
    'Open the webhook, choose Reveal secret, and add it as it is: `POST /v1/sources/{id}/secrets ' +
      '{"secret": "…", "overlap": 0}`, which ends the random one at once.',
  ],
  becomes: [
    [
      'ticket.created',
      '`ticket.created`: requester, assignee, channel. One that is solved or closed from the start is ' +
        'also `ticket.solved`',
    ],
    [
      'ticket.status_changed',
      'to solved or closed from another status `ticket.solved`; from solved or closed to new, open, ' +
        'pending or on hold `ticket.reopened`; otherwise ignored',
    ],
    [
      'ticket.comment_added',
      '`ticket.replied`, where it is public, by an agent, and not what the ticket was created with',
    ],
    ['ticket.csat_received', 'ignored: good or bad is no score of a survey here'],
    ['everything else', 'ignored'],
  ],
})
