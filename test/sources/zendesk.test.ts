import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { zendesk } from '../../src/sources/zendesk.ts'
import { bent } from './bent.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const detail = {
  id: '5158',
  status: 'OPEN',
  requester_id: '8447388090494',
  assignee_id: '8447388090495',
  via: { channel: 'web' },
  created_at: '2026-03-01T10:12:07Z',
}

const sent = (type: string, event: object, change: object = {}) => ({
  type: `zen:event-type:${type}`,
  id: 'a8b9c1d2',
  time: '2026-03-01T16:45:20.987654321Z',
  zendesk_event_version: '2022-11-06',
  subject: 'zen:ticket:5158',
  detail: { ...detail, ...change },
  event,
})

const time = Date.parse('2026-03-01T16:45:20.987Z')

const status = (current: unknown, previous: unknown) =>
  sent('ticket.status_changed', { current, previous })

const comment = (change: object = {}, ticket: object = {}) =>
  sent(
    'ticket.comment_added',
    { comment: { id: '98765', is_public: true, author: { id: '7', is_staff: true }, ...change } },
    ticket,
  )

test('a ticket is created once, by its id', () => {
  expect(tell(zendesk, sent('ticket.created', {}))).toEqual({
    id: 'ticket:5158:created',
    events: [
      {
        name: 'ticket.created',
        facts: [
          {
            type: 'ticket.created',
            time,
            data: {
              ticket: '5158',
              customer: '8447388090494',
              agent: '8447388090495',
              channel: 'web',
            },
          },
        ],
      },
    ],
  })
})

test('nobody is no agent', () => {
  const { events } = tell(zendesk, sent('ticket.created', {}, { assignee_id: '0', via: null }))

  expect(events).toEqual([
    {
      name: 'ticket.created',
      facts: [
        {
          type: 'ticket.created',
          time,
          data: {
            ticket: '5158',
            customer: '8447388090494',
            agent: undefined,
            channel: undefined,
          },
        },
      ],
    },
  ])
})

test('a ticket that is solved from the start is created and solved', () => {
  expect(tell(zendesk, sent('ticket.created', {}, { status: 'Solved' }))).toMatchObject({
    id: 'ticket:5158:created',
    events: [
      {
        facts: [
          { type: 'ticket.created', time },
          {
            id: 'ticket:5158:created:solved',
            type: 'ticket.solved',
            time,
            data: { ticket: '5158', agent: '8447388090495' },
          },
        ],
      },
    ],
  })
})

test.each([
  ['SOLVED', 'OPEN'],
  ['solved', 'pending'],
  ['CLOSED', 'HOLD'],
  ['CLOSED', 'NEW'],
])('a ticket that is %s after %s is solved', (current, previous) => {
  expect(tell(zendesk, status(current, previous))).toEqual({
    id: 'a8b9c1d2',
    events: [
      {
        name: 'ticket.status_changed',
        facts: [{ type: 'ticket.solved', time, data: { ticket: '5158', agent: '8447388090495' } }],
      },
    ],
  })
})

test.each([
  ['OPEN', 'SOLVED'],
  ['new', 'solved'],
  ['PENDING', 'SOLVED'],
  ['HOLD', 'CLOSED'],
])('a ticket that is %s after %s is reopened', (current, previous) => {
  expect(tell(zendesk, status(current, previous))).toEqual({
    id: 'a8b9c1d2',
    events: [
      {
        name: 'ticket.status_changed',
        facts: [{ type: 'ticket.reopened', time, data: { ticket: '5158' } }],
      },
    ],
  })
})

test.each([
  ['CLOSED', 'SOLVED'],
  ['PENDING', 'OPEN'],
  ['DELETED', 'SOLVED'],
])('a ticket that is %s after %s was neither solved nor reopened', (current, previous) => {
  expect(tell(zendesk, status(current, previous))).toEqual({
    id: 'a8b9c1d2',
    events: [
      {
        name: 'ticket.status_changed',
        ignored: 'The ticket was neither solved nor reopened',
      },
    ],
  })
})

test('a first status is told by the creation', () => {
  expect(tell(zendesk, status('SOLVED', null)).events).toEqual([
    {
      name: 'ticket.status_changed',
      ignored: 'What a ticket starts with is told by ticket.created',
    },
  ])
})

test('a public comment of an agent is a reply, once, by its id', () => {
  expect(tell(zendesk, comment())).toEqual({
    id: 'comment:98765',
    events: [
      {
        name: 'ticket.comment_added',
        facts: [{ type: 'ticket.replied', time, data: { ticket: '5158', agent: '7' } }],
      },
    ],
  })
  expect(tell(zendesk, comment({}, { created_at: undefined })).id).toBe('comment:98765')
})

test.each([
  [comment({ is_public: false }), 'An internal note'],
  [comment({ author: { id: '8', is_staff: false } }), 'A comment of no agent’s'],
  [
    comment({}, { created_at: '2026-03-01T16:45:20Z' }),
    'What an agent created the ticket with is no reply',
  ],
])('a comment that is no reply is ignored: %j', (body, reason) => {
  expect(tell(zendesk, body)).toEqual({
    id: 'a8b9c1d2',
    events: [{ name: 'ticket.comment_added', ignored: reason }],
  })
})

test('ratings and other events are ignored', () => {
  expect(tell(zendesk, sent('ticket.csat_received', { rating: 'good' })).events).toEqual([
    {
      name: 'ticket.csat_received',
      ignored:
        'Zendesk says only whether a rating is good or bad, which is no score of a survey here',
    },
  ])
  expect(tell(zendesk, sent('ticket.tags_changed', {})).events).toEqual([
    {
      name: 'ticket.tags_changed',
      ignored: 'Only new tickets, changes of status and comments are counted',
    },
  ])
})

test.each([
  [status(null, 'OPEN'), 'event.current: Expected a text or number: current value is null'],
  [
    { ...status('SOLVED', 'OPEN'), id: null },
    'id: Expected a text or number: current value is null',
  ],
  [
    { ...status('SOLVED', 'OPEN'), time: 1741000000 },
    'time: Expected an RFC 3339 time: current value is 1741000000',
  ],
  [comment({ is_public: 'true' }), 'event.comment.is_public: Expected true or false'],
  [comment({ author: null }), 'event.comment.author.is_staff: Expected true or false'],
  [
    sent('ticket.created', {}, { id: null }),
    'detail.id: Expected a text or number: current value is null',
  ],
])('what lacks something it needs is unclear: %j', (body, reason) => {
  expect(tell(zendesk, body).events).toMatchObject([{ unclear: reason }])
})

test('bodies of triggers and of other senders are unclear', () => {
  const events = [
    {
      name: 'unknown',
      unclear: 'Expected a Zendesk event: a webhook must be connected to events, not to triggers',
    },
  ]

  expect(tell(zendesk, { ticket: { id: 1 } })).toEqual({ id: null, events })
  expect(tell(zendesk, { type: 'Agent Assignment Changed' })).toEqual({ id: null, events })
  expect(tell(zendesk, null)).toEqual({ id: null, events })
})

test.skipIf(readSample('zendesk/ticket.created_with_headers.json') === null)(
  'the sample of a created ticket tells of it',
  () => {
    const { rawBody } = JSON.parse(
      readSample('zendesk/ticket.created_with_headers.json') ?? '',
    ) as { rawBody: string }

    expect(tell(zendesk, rawBody)).toEqual({
      id: 'ticket:35436:created',
      events: [
        {
          name: 'ticket.created',
          facts: [
            {
              type: 'ticket.created',
              time: Date.parse('2024-04-17T17:18:10Z'),
              data: { ticket: '35436', customer: undefined, agent: undefined, channel: 'web' },
            },
          ],
        },
      ],
    })
  },
)

test.skipIf(readSample('zendesk/ticket.status_changed.json') === null)(
  'the sample of a solved ticket tells that it is solved',
  () => {
    expect(tell(zendesk, readSample('zendesk/ticket.status_changed.json') ?? '')).toEqual({
      id: 'a8b9c1d2-3e4f-5a6b-7c8d-9e0f1a2b3c4d',
      events: [
        {
          name: 'ticket.status_changed',
          facts: [
            {
              type: 'ticket.solved',
              time: Date.parse('2025-01-08T16:45:20.987Z'),
              data: { ticket: '5158', agent: undefined },
            },
          ],
        },
      ],
    })
  },
)

test.skipIf(readSample('zendesk/docs_user.active_changed.json') === null)(
  'the sample of a changed user tells nothing',
  () => {
    expect(tell(zendesk, readSample('zendesk/docs_user.active_changed.json') ?? '')).toEqual({
      id: '2b24ef10-19d4-4740-93cf-8f98ec4776c0',
      events: [
        {
          name: 'user.active_changed',
          ignored: 'Only new tickets, changes of status and comments are counted',
        },
      ],
    })
  },
)

test.skipIf(readSample('zendesk/eventbridge_agent_assignment.json') === null)(
  'the sample of an EventBridge envelope is unclear, for it is no webhook',
  () => {
    const body = readSample('zendesk/eventbridge_agent_assignment.json') ?? ''

    expect(tell(zendesk, body).events).toMatchObject([{ unclear: expect.any(String) }])
  },
)

test('reading never throws, whatever the body', () => {
  const bodies = fc.oneof(
    fc.jsonValue(),
    bent(sent('ticket.created', {}, { status: 'CLOSED' })),
    bent(status('SOLVED', 'OPEN')),
    bent(comment()),
  )
  const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }

  fc.assert(
    fc.property(bodies, (body) => {
      for (const one of zendesk.read(body, given).events) {
        expect('facts' in one || 'ignored' in one || 'unclear' in one).toBe(true)
      }
    }),
  )
})

const secret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

const stamp = '2021-07-25T10:00:00Z'

const signature = 'gf3v0LzLRHPUnIdhbvwRDVEvzSb07/QN0GYjSNlkBT0='

const hello = '{"say": "hello"}'

const headed = (text: string, when = stamp) => ({
  'x-zendesk-webhook-signature': text,
  'x-zendesk-webhook-signature-timestamp': when,
})

// Derived (Zendesk publishes none that fits its own rule): Zendesk's static secret of tests, used as it is.
test('a signature is checked over timestamp and body, whenever it was made', async () => {
  const headers = headed(signature)
  const now = Date.parse('2026-03-01T00:00:00Z')

  expect(await verified(zendesk, { body: hello, headers }, [secret], { now })).toEqual({ ok: true })
  expect(await verified(zendesk, { body: hello, headers }, ['old-secret', secret])).toEqual({
    ok: true,
  })
})

// Published on an older copy of Zendesk's page; it fits body + timestamp, which the current page denies.
test('a signature over body and timestamp is refused', async () => {
  const headers = headed('tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=')
  const older = 'HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA='

  expect(await verified(zendesk, { body: hello, headers }, [older])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
})

test.each([
  ['another secret', hello, headed(signature), 'another-secret'],
  ['another body', `${hello}\n`, headed(signature), secret],
  ['another time', hello, headed(signature, '2021-07-25T10:00:01Z'), secret],
  ['a flipped signature', hello, headed(`h${signature.slice(1)}`), secret],
])('%s is refused', async (_, body, headers, known) => {
  expect(await verified(zendesk, { body, headers }, [known])).toEqual({
    ok: false,
    reason: 'The signature fits no secret in use',
  })
})

test.each([
  ['no signature', {}, 'X-Zendesk-Webhook-Signature holds no base64'],
  [
    'a truncated signature',
    headed(signature.slice(0, -2)),
    'X-Zendesk-Webhook-Signature holds no base64',
  ],
  [
    'a doubled signature',
    headed(`${signature}, ${signature}`),
    'X-Zendesk-Webhook-Signature holds no base64',
  ],
  [
    'no timestamp',
    { 'x-zendesk-webhook-signature': signature },
    'X-Zendesk-Webhook-Signature-Timestamp holds no time',
  ],
  [
    'a doubled timestamp',
    headed(signature, `${stamp}, ${stamp}`),
    'X-Zendesk-Webhook-Signature-Timestamp holds no time',
  ],
  [
    'a timestamp that takes over the beginning of the body',
    headed(signature, `${stamp}{`),
    'X-Zendesk-Webhook-Signature-Timestamp holds no time',
  ],
])('%s is refused', async (_, headers: Record<string, string>, reason) => {
  expect(await verified(zendesk, { body: hello, headers }, [secret])).toEqual({
    ok: false,
    reason,
  })
})

test('a secret is taken as it is', () => {
  const { secretRule } = zendesk.scheme({})

  expect(secretRule(secret)).toBe(null)
  expect(secretRule('short')).toBe('Expected a secret of 8 to 500 characters')
  expect(secretRule(`${secret}\n`)).toBe('The secret has blanks or a line break at one end')
})
