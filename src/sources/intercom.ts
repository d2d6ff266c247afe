import * as v from 'valibot'
import { at, listAt, optionalTextAt, secondsAt, textAt, timeAt } from '../at.ts'
import { parseHex } from '../bytes.ts'
import { invalid } from '../problem.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
import {
  type Ignored,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
  single,
} from '../source.ts'
import { nameField } from '../text-field.ts'

const scheme = hmacScheme({
  label: 'HMAC-SHA1 of the body, hexadecimal, in `X-Hub-Signature: sha1=…`',
  hash: 'SHA-1',
  claim(inbound) {
    const [, digits = ''] = /^sha1=(.{40})$/.exec(headerOf(inbound, 'x-hub-signature') ?? '') ?? []
    const signature = parseHex(digits)
    if (signature === null) return 'X-Hub-Signature holds no sha1= with 40 hexadecimal digits'
    return { signatures: [signature], message: inbound.body }
  },
})

interface Config {
  readonly survey?: string | undefined
}

/** A time in seconds, as conversations have it, or in a text, as contacts do. */
function momentAt(body: unknown, path: string): number {
  return typeof at(body, path) === 'number' ? secondsAt(body, path) : timeAt(body, path)
}

/** Older versions of the API know one `user`, newer ones a list of contacts. */
function customerOf(body: unknown): string | undefined {
  const [contact] = listAt(body, 'data.item.contacts.contacts')
  return optionalTextAt(body, 'data.item.user.id') ?? optionalTextAt(contact, 'id')
}

/** Who a conversation is assigned to, where it is a person and not a team or nobody. */
function assigneeOf(body: unknown): string | undefined {
  if (at(body, 'data.item.assignee.type') === 'admin') {
    return optionalTextAt(body, 'data.item.assignee.id')
  }
  const id = optionalTextAt(body, 'data.item.admin_assignee_id')
  return id === '0' ? undefined : id
}

function started(body: unknown): Told {
  const ticket = textAt(body, 'data.item.id')
  return {
    id: `conversation:${ticket}:created`,
    type: 'ticket.created',
    time: secondsAt(body, 'data.item.created_at'),
    data: {
      ticket,
      customer: customerOf(body),
      agent: assigneeOf(body),
      channel: optionalTextAt(body, 'data.item.source.type'),
    },
  }
}

/** The newest part of a conversation is what a notification is about; usually it is the only one. */
function partOf(body: unknown): unknown {
  const path = 'data.item.conversation_parts.conversation_parts'
  const [first, ...more] = listAt(body, path)
  if (first === undefined) throw invalid(path, 'Expected the part that the notification is about')
  return more.reduce(
    (newest, part) =>
      secondsAt(part, 'created_at') > secondsAt(newest, 'created_at') ? part : newest,
    first,
  )
}

/** One part may be a reply and a closing at once, hence the kind in its name. */
function partTold(body: unknown, kind: 'replied' | 'solved' | 'reopened'): Told {
  const part = partOf(body)
  const agent = at(part, 'author.type') === 'admin' ? textAt(part, 'author.id') : undefined
  return {
    id: `part:${textAt(part, 'id')}:${kind}`,
    type: `ticket.${kind}`,
    time: secondsAt(part, 'created_at'),
    data: { ticket: textAt(body, 'data.item.id'), ...(kind !== 'reopened' && { agent }) },
  }
}

function replied(body: unknown): Told {
  const { data, ...told } = partTold(body, 'replied')
  const bot = at(partOf(body), 'author.type') === 'bot' ? true : undefined
  return { ...told, data: { ...data, bot } }
}

/** What a customer writes to a closed conversation is a part that opens it. */
function answered(body: unknown): Told | Ignored {
  return textAt(partOf(body), 'part_type') === 'open'
    ? partTold(body, 'reopened')
    : ignore('What customers write is counted where it starts or reopens a conversation')
}

/**
 * A first rating without a remark goes by the conversation. Whatever may have come later corrects it:
 * another rating, a remark, and what older versions of the API tell without saying when it changed.
 */
function rated(body: unknown, { survey }: Config): Told | Ignored {
  if (survey === undefined) return ignore('To count ratings, set `survey` in the config')
  const rating = at(body, 'data.item.conversation_rating')
  const score = optionalTextAt(rating, 'rating')
  if (score === undefined) return ignore('Nobody has rated the conversation')
  const id = `rating:${textAt(body, 'data.item.id')}`
  const time = secondsAt(rating, 'created_at')
  const revision =
    optionalTextAt(rating, 'updated_at') === undefined
      ? secondsAt(body, 'created_at')
      : secondsAt(rating, 'updated_at')
  const comment = optionalTextAt(rating, 'remark')
  const first = comment === undefined && at(rating, 'updated_at') === at(rating, 'created_at')
  return {
    ...(first ? { id } : { id: `${id}:${revision}`, replaces: id, revision }),
    type: 'survey.response',
    time,
    data: {
      survey,
      score,
      comment,
      respondent:
        optionalTextAt(rating, 'contact.id') ??
        optionalTextAt(rating, 'customer.id') ??
        customerOf(body),
    },
  }
}

function leadCreated(body: unknown): Told | Ignored {
  if (at(body, 'data.item.role') === 'user') return ignore('A user, not a lead')
  const lead = textAt(body, 'data.item.id')
  return {
    id: `lead:${lead}:created`,
    type: 'lead.created',
    time: momentAt(body, 'data.item.created_at'),
    data: {
      lead,
      channel: optionalTextAt(body, 'data.item.utm_source'),
      owner: optionalTextAt(body, 'data.item.owner_id'),
    },
  }
}

function signedUp(body: unknown): Told {
  const lead = textAt(body, 'data.item.id')
  return {
    id: `lead:${lead}:signed-up`,
    type: 'lead.qualified',
    time: secondsAt(body, 'created_at'),
    data: { lead },
  }
}

/** Topics that matter; those of contacts under their older names, too. */
const topics: ReadonlyMap<string, (body: unknown, config: Config) => Told | Ignored> = new Map([
  ['ping', () => ignore('A test of the connection')],
  ['conversation.user.created', started],
  ['conversation.admin.single.created', () => ignore('The team wrote first, nobody has asked')],
  ['conversation.admin.replied', replied],
  ['conversation.operator.replied', replied],
  ['conversation.admin.closed', (body) => partTold(body, 'solved')],
  ['conversation.admin.opened', (body) => partTold(body, 'reopened')],
  ['conversation.user.replied', answered],
  ['conversation.rating.added', rated],
  ['conversation.rating.remarked', rated],
  ['contact.created', leadCreated],
  ['contact.lead.created', leadCreated],
  ['contact.signed_up', signedUp],
  ['contact.lead.signed_up', signedUp],
  ['user.created', () => ignore('A user, not a lead')],
  ['contact.user.created', () => ignore('A user, not a lead')],
])

function read(body: unknown, config: Config): Reading {
  const topic = at(body, 'topic')
  if (at(body, 'type') !== 'notification_event' || typeof topic !== 'string') {
    return strange('Expected a notification_event with a topic')
  }
  const tell = topics.get(topic)
  const id = at(body, 'id')
  return single(
    event(topic, () =>
      tell === undefined
        ? ignore('Only conversations, their ratings and leads are counted')
        : tell(body, config),
    ),
    typeof id === 'string' ? id : null,
  )
}

/** Intercom: conversations as tickets, their ratings as answers, and leads. */
export const intercom = defineSource({
  vendor: 'intercom',
  label: 'Intercom',
  docs: 'https://developers.intercom.com/docs/references/webhooks/webhook-models',
  config: {
    survey: v.optional(
      v.pipe(nameField, v.description('a survey here, from 1 to 5, that ratings answer')),
    ),
  },
  scheme: () => scheme,
  format: 'json',
  keeps: [],
  volatile: ['delivery_status', 'delivery_attempts', 'delivered_at', 'first_sent_at'],
  types: [
    'ticket.created',
    'ticket.replied',
    'ticket.solved',
    'ticket.reopened',
    'survey.response',
    'lead.created',
    'lead.qualified',
  ],
  read: (body, { config }) => read(body, config),
  setup: [
    'In Intercom’s Developer Hub create an app for your workspace, or open one, and copy the client ' +
      'secret under Basic information.',
    'Create the source here with it as its secret, and copy its `url`. To count ratings, make a survey ' +
      'here, `POST /v1/surveys {"kind": "csat", "name": "…"}`, because they are counted by it, and set ' +
      '`config` to `{"survey": "<id of a survey here>"}`.',
    'In the app open Configure → Webhooks and paste the `url` as the endpoint.',
    'Subscribe to `conversation.user.created`, `conversation.user.replied`, ' +
      '`conversation.admin.replied`, `conversation.operator.replied`, `conversation.admin.closed`, ' +
      '`conversation.admin.opened`, `conversation.rating.added`, `contact.lead.created` and ' +
      '`contact.lead.signed_up`, as far as you want them.',
  ],
  becomes: [
    [
      'conversation.user.created',
      '`ticket.created`: contact, assignee where it is a person, channel by the type of the source',
    ],
    [
      'conversation.admin.replied, conversation.operator.replied',
      '`ticket.replied`, by an agent or a bot',
    ],
    ['conversation.admin.closed', '`ticket.solved`, by an agent where no bot has closed it'],
    ['conversation.admin.opened', '`ticket.reopened`'],
    [
      'conversation.user.replied',
      '`ticket.reopened`, where the reply opens a closed conversation; otherwise ignored',
    ],
    [
      'conversation.rating.added, conversation.rating.remarked',
      '`survey.response`, where `survey` is set: a changed rating or a remark corrects the first',
    ],
    ['contact.lead.created, contact.created', '`lead.created`: channel by `utm_source`, owner'],
    ['contact.lead.signed_up, contact.signed_up', '`lead.qualified`: the lead has become a user'],
    [
      'conversation.admin.single.created, Intercom’s tickets, ping, everything else',
      'ignored: a conversation that the team starts is no request',
    ],
  ],
})
