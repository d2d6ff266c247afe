import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { intercom } from '../../src/sources/intercom.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const sent = (topic: string, item: unknown) => ({
  type: 'notification_event',
  app_id: 'i6wc9ipe',
  data: { type: 'notification_event_data', item },
  id: 'notif_1',
  topic,
  delivery_status: 'pending',
  delivery_attempts: 1,
  delivered_at: 0,
  first_sent_at: 1553290200,
  created_at: 1553290200,
})

const part = {
  type: 'conversation_part',
  id: '6073780765',
  part_type: 'comment',
  created_at: 1553290100,
  author: { type: 'admin', id: '3330619', name: 'Andy' },
}

const conversation = {
  type: 'conversation',
  id: '215',
  created_at: 1553290000,
  contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c1' }] },
  admin_assignee_id: 814860,
  source: { type: 'email' },
  conversation_parts: { conversation_parts: [part] },
}

const withParts = (...parts: readonly object[]) => ({
  ...conversation,
  conversation_parts: { conversation_parts: parts.map((one) => ({ ...part, ...one })) },
})

const rated = (rating: object, topic = 'conversation.rating.added') =>
  sent(topic, { ...conversation, conversation_rating: rating })

const rating = {
  rating: 4,
  remark: '',
  created_at: 1553290150,
  updated_at: 1553290150,
  contact: { type: 'contact', id: 'c2' },
}

const config = { survey: 'support' }

test('a conversation of a customer is a ticket, once, by its id', () => {
  expect(tell(intercom, sent('conversation.user.created', conversation))).toEqual({
    id: 'conversation:215:created',
    events: [
      {
        name: 'conversation.user.created',
        facts: [
          {
            type: 'ticket.created',
            time: 1553290000_000,
            data: { ticket: '215', customer: 'c1', agent: '814860', channel: 'email' },
          },
        ],
      },
    ],
  })
})

test('nobody and teams are no agents', () => {
  const agentOf = (change: object) =>
    tell(intercom, sent('conversation.user.created', { ...conversation, ...change }))
      .events.flatMap((one) => ('facts' in one ? one.facts : []))
      .map(({ data }) => data['agent'])

  expect(agentOf({ admin_assignee_id: 0 })).toEqual([undefined])
  expect(
    agentOf({ admin_assignee_id: null, assignee: { type: 'nobody_admin', id: null } }),
  ).toEqual([undefined])
  expect(agentOf({ admin_assignee_id: null, assignee: { type: 'team', id: '5' } })).toEqual([
    undefined,
  ])
  expect(agentOf({ assignee: { type: 'admin', id: '6' } })).toEqual(['6'])
})

test('a reply is told by the part, under the agent who wrote it', () => {
  expect(tell(intercom, sent('conversation.admin.replied', conversation))).toEqual({
    id: 'part:6073780765:replied',
    events: [
      {
        name: 'conversation.admin.replied',
        facts: [
          {
            type: 'ticket.replied',
            time: 1553290100_000,
            data: { ticket: '215', agent: '3330619', bot: undefined },
          },
        ],
      },
    ],
  })
})

test('a reply of a bot is no agent’s', () => {
  const body = sent(
    'conversation.operator.replied',
    withParts({ author: { type: 'bot', id: '814866' } }),
  )

  expect(tell(intercom, body).events).toMatchObject([
    { facts: [{ type: 'ticket.replied', data: { ticket: '215', agent: undefined, bot: true } }] },
  ])
})

test('of several parts the newest is meant, wherever it stands', () => {
  const [older, newer] = [
    { id: '1', created_at: 1553290001 },
    { id: '2', created_at: 1553290002 },
  ]

  expect(tell(intercom, sent('conversation.admin.replied', withParts(older, newer))).id).toBe(
    'part:2:replied',
  )
  expect(tell(intercom, sent('conversation.admin.replied', withParts(newer, older))).id).toBe(
    'part:2:replied',
  )
})

test('closing solves, and one part may be a reply and a closing', () => {
  const closed = withParts({ part_type: 'close' })

  expect(tell(intercom, sent('conversation.admin.closed', closed))).toMatchObject({
    id: 'part:6073780765:solved',
    events: [
      {
        facts: [
          {
            type: 'ticket.solved',
            time: 1553290100_000,
            data: { ticket: '215', agent: '3330619' },
          },
        ],
      },
    ],
  })
  expect(tell(intercom, sent('conversation.admin.replied', closed)).id).toBe(
    'part:6073780765:replied',
  )
})

test.each([
  ['conversation.admin.opened', 'assign_and_reopen'],
  ['conversation.user.replied', 'open'],
])('%s with a part of type %s reopens', (topic, part_type) => {
  expect(tell(intercom, sent(topic, withParts({ part_type })))).toEqual({
    id: 'part:6073780765:reopened',
    events: [
      {
        name: topic,
        facts: [{ type: 'ticket.reopened', time: 1553290100_000, data: { ticket: '215' } }],
      },
    ],
  })
})

test('a first rating goes by the conversation', () => {
  expect(tell(intercom, rated(rating), { config })).toEqual({
    id: 'rating:215',
    events: [
      {
        name: 'conversation.rating.added',
        facts: [
          {
            type: 'survey.response',
            time: 1553290150_000,
            data: { survey: 'support', score: '4', comment: undefined, respondent: 'c2' },
          },
        ],
      },
    ],
  })
})

test('another rating and a remark correct the first', () => {
  const changed = { ...rating, rating: 2, updated_at: 1553290190 }
  const remarked = { ...rating, remark: 'Quick' }

  expect(tell(intercom, rated(changed), { config })).toMatchObject({
    id: 'rating:215:1553290190000',
    events: [
      { facts: [{ replaces: 'rating:215', revision: 1553290190_000, data: { score: '2' } }] },
    ],
  })
  expect(tell(intercom, rated(remarked, 'conversation.rating.remarked'), { config })).toMatchObject(
    {
      id: 'rating:215:1553290150000',
      events: [
        {
          facts: [
            {
              replaces: 'rating:215',
              revision: 1553290150_000,
              data: { comment: 'Quick', score: '4' },
            },
          ],
        },
      ],
    },
  )
})

test('a rating that does not say when it changed counts by the time of its notification', () => {
  const older = {
    rating: 5,
    created_at: 1553290150,
    customer: { type: 'user', id: 'c3' },
  }

  expect(tell(intercom, rated(older), { config })).toMatchObject({
    id: 'rating:215:1553290200000',
    events: [
      {
        facts: [
          {
            time: 1553290150_000,
            replaces: 'rating:215',
            revision: 1553290200_000,
            data: { respondent: 'c3' },
          },
        ],
      },
    ],
  })
})

test('without a survey, and without a score, there is no answer', () => {
  expect(tell(intercom, rated(rating)).events).toEqual([
    {
      name: 'conversation.rating.added',
      ignored: 'To count ratings, set `survey` in the config',
    },
  ])
  expect(tell(intercom, rated({ rating: null }), { config }).events).toEqual([
    { name: 'conversation.rating.added', ignored: 'Nobody has rated the conversation' },
  ])
})

test.each(['contact.created', 'contact.lead.created'])('%s is a lead, once', (topic) => {
  const contact = { type: 'contact', id: 'c1', created_at: 1553290000, role: 'lead' }

  expect(tell(intercom, sent(topic, { ...contact, utm_source: 'ads', owner_id: 12 }))).toEqual({
    id: 'lead:c1:created',
    events: [
      {
        name: topic,
        facts: [
          {
            type: 'lead.created',
            time: 1553290000_000,
            data: { lead: 'c1', channel: 'ads', owner: '12' },
          },
        ],
      },
    ],
  })
  expect(tell(intercom, sent(topic, { ...contact, role: 'user' })).events).toEqual([
    { name: topic, ignored: 'A user, not a lead' },
  ])
})

test.each(['contact.signed_up', 'contact.lead.signed_up'])('%s qualifies a lead', (topic) => {
  expect(tell(intercom, sent(topic, { type: 'contact', id: 'c1' }))).toEqual({
    id: 'lead:c1:signed-up',
    events: [
      {
        name: topic,
        facts: [{ type: 'lead.qualified', time: 1553290200_000, data: { lead: 'c1' } }],
      },
    ],
  })
})

test.each([
  ['ping', 'A test of the connection'],
  ['conversation.admin.single.created', 'The team wrote first, nobody has asked'],
  [
    'conversation.user.replied',
    'What customers write is counted where it starts or reopens a conversation',
  ],
  ['user.created', 'A user, not a lead'],
  ['contact.user.created', 'A user, not a lead'],
  ['ticket.created', 'Only conversations, their ratings and leads are counted'],
])('%s may tell nothing', (topic, reason) => {
  expect(tell(intercom, sent(topic, conversation))).toEqual({
    id: 'notif_1',
    events: [{ name: topic, ignored: reason }],
  })
})

test('a second attempt tells the same', () => {
  const body = sent('conversation.admin.replied', conversation)
  const again = { ...body, id: 'notif_2', delivery_attempts: 2, first_sent_at: 1553290300 }

  expect(tell(intercom, again)).toEqual(tell(intercom, body))
})

test.each([
  [
    sent('conversation.user.created', { ...conversation, id: null }),
    'data.item.id: Expected a text or number: current value is null',
  ],
  [
    sent('conversation.user.created', { ...conversation, created_at: 'now' }),
    'data.item.created_at: Expected a whole number: current value is "now"',
  ],
  [
    sent('conversation.admin.closed', { ...conversation, conversation_parts: {} }),
    'data.item.conversation_parts.conversation_parts: Expected the part that the notification is about',
  ],
  [
    sent('contact.created', { id: 'c1', created_at: '2020' }),
    'data.item.created_at: Expected an RFC 3339 time: current value is "2020"',
  ],
])('what lacks something it needs is unclear: %j', (body, reason) => {
  expect(tell(intercom, body)).toMatchObject({ id: 'notif_1', events: [{ unclear: reason }] })
})

test('bodies of another form are unclear', () => {
  const strange = {
    id: null,
    events: [{ name: 'unknown', unclear: 'Expected a notification_event with a topic' }],
  }

  expect(tell(intercom, {})).toEqual(strange)
  expect(tell(intercom, { type: 'notification_event', topic: 7 })).toEqual(strange)
  expect(tell(intercom, 'ping')).toMatchObject({ events: [{ unclear: expect.any(String) }] })
})

test.skipIf(readSample('intercom/zulip_conversation_user_created.json') === null)(
  'the sample of a conversation tells of its ticket',
  () => {
    const body = readSample('intercom/zulip_conversation_user_created.json') ?? ''

    expect(tell(intercom, body)).toEqual({
      id: 'conversation:21321941764:created',
      events: [
        {
          name: 'conversation.user.created',
          facts: [
            {
              type: 'ticket.created',
              time: 1553290198_000,
              data: {
                ticket: '21321941764',
                customer: '5c9553cb27e377f24eed49f7',
                agent: undefined,
                channel: undefined,
              },
            },
          ],
        },
      ],
    })
  },
)

const ticket = '137324500000000'

const sampled = test.skipIf(readSample('intercom/zulip_ping.json') === null)

sampled.each([
  [
    'conversation-admin-replied',
    'part:6073780765:replied',
    { type: 'ticket.replied', time: 1596635049_000, data: { ticket, agent: '3330619' } },
  ],
  [
    'conversation-admin-closed',
    'part:6073838784:solved',
    { type: 'ticket.solved', time: 1596635368_000, data: { ticket, agent: '3330619' } },
  ],
  [
    'conversation-admin-opened',
    'part:6073760644:reopened',
    { type: 'ticket.reopened', time: 1596634937_000, data: { ticket } },
  ],
  [
    'conversation-admin-opened-no-admin',
    'part:6073760644:reopened',
    { type: 'ticket.reopened', time: 1596634937_000, data: { ticket } },
  ],
  [
    'lead-created',
    'lead:5f297f71bce3e055f3afdf6e:created',
    {
      type: 'lead.created',
      time: Date.parse('2020-08-04T15:32:01.666Z'),
      data: { lead: '5f297f71bce3e055f3afdf6e' },
    },
  ],
  [
    'lead-signed-up',
    'lead:5f297f71bce3e055f3afdf6e:signed-up',
    {
      type: 'lead.qualified',
      time: 1598018535_000,
      data: { lead: '5f297f71bce3e055f3afdf6e' },
    },
  ],
])('the sample %s tells one fact', (name, id, fact) => {
  expect(tell(intercom, readSample(`intercom/hull/${name}.json`) ?? '')).toMatchObject({
    id,
    events: [{ facts: [fact] }],
  })
})

sampled.each([
  'zulip_ping',
  'hull/company-created',
  'hull/conversation-admin-assigned-to-unknown',
  'hull/conversation-admin-assigned',
  'hull/conversation-admin-noted',
  'hull/conversation-admin-single-created-lead',
  'hull/conversation-admin-single-created',
  'hull/conversation-admin-snoozed',
  'hull/conversation-admin-unsnoozed',
  'hull/conversation-part-redacted',
  'hull/conversation-part-tag-created',
  'hull/lead-added-email',
  'hull/lead-tag-created',
  'hull/lead-tag-deleted',
  'hull/user-created',
  'hull/user-deleted-not-whitelisted',
  'hull/user-deleted',
  'hull/user-email-updated',
  'hull/user-tag-created',
  'hull/user-tag-deleted',
])('the sample %s tells nothing', (name) => {
  expect(tell(intercom, readSample(`intercom/${name}.json`) ?? '').events).toMatchObject([
    { ignored: expect.any(String) },
  ])
})

test('reading never throws, whatever the body', () => {
  const bodies = fc.oneof(
    fc.jsonValue(),
    bent(sent('conversation.user.created', conversation)),
    bent(sent('conversation.admin.replied', withParts({ id: '1' }, { id: '2' }))),
    bent(rated(rating)),
    bent(sent('contact.created', { id: 'c1', created_at: 1553290000, role: 'lead' })),
  )
  const given = { config, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }

  fc.assert(
    fc.property(bodies, (body) => {
      for (const one of intercom.read(body, given).events) {
        expect('facts' in one || 'ignored' in one || 'unclear' in one).toBe(true)
      }
    }),
  )
})

const signature = 'd03207e4b030cf234e3447bac4d93add4c6643d8'

const hub = (text: string) => ({ 'x-hub-signature': text })

// Derived: the secret of the signature that Intercom publishes is unknown.
test('a signature is checked over the bytes of the body', async () => {
  const request = { body: '{"foo":"bar"}', headers: hub(`sha1=${signature}`) }

  expect(await verified(intercom, request, ['mysecret'])).toEqual({ ok: true })
  expect(await verified(intercom, request, ['old-secret', 'mysecret'])).toEqual({ ok: true })
})

test.each([
  ['another secret', '{"foo":"bar"}', `sha1=${signature}`, 'another-secret'],
  ['another body', '{"foo":"bar"}\n', `sha1=${signature}`, 'mysecret'],
  ['a flipped signature', '{"foo":"bar"}', `sha1=e${signature.slice(1)}`, 'mysecret'],
])('%s is refused', async (_, body, header, secret) => {
  expect(await verified(intercom, { body, headers: hub(header) }, [secret])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
})

test.each([
  ['none', {}],
  ['a truncated one', hub(`sha1=${signature.slice(0, -2)}`)],
  ['a doubled one', hub(`sha1=${signature}, sha1=${signature}`)],
  ['one without its prefix', hub(signature)],
  ['one of another digest', hub(`sha256=${signature}`)],
  ['one in capitals', hub(`sha1=${signature.toUpperCase()}`)],
])('instead of a signature, %s is refused', async (_, headers: Record<string, string>) => {
  expect(await verified(intercom, { body: '{"foo":"bar"}', headers }, ['mysecret'])).toEqual({
    ok: false,
    reason: 'X-Hub-Signature holds no sha1= with 40 hexadecimal digits',
  })
})

test('a secret is a client secret, as it is', () => {
  const { secretRule } = intercom.scheme({})

  expect(secretRule('a-client-secret')).toBe(null)
  expect(secretRule(' ')).toBe('The secret is blank')
  expect(secretRule('a-client-secret ')).toBe('The secret has blanks or a line break at one end')
})

test('the config names a survey', () => {
  const fields = v.strictObject(intercom.config)

  expect(v.is(fields, {})).toBe(true)
  expect(v.is(fields, { survey: 'support' })).toBe(true)
  expect(v.safeParse(fields, { survey: 5 }).issues?.[0].message).toBe('Expected a text')
})
