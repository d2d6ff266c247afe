import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Client, call, countFacts, newSurvey, newWorkspace } from './client.ts'

function patch({ secret }: Client, body: unknown): Promise<Response> {
  return call('/v1/workspace', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function send(client: Client, events: readonly unknown[]): Promise<Response> {
  return client.send('/v1/facts', JSON.stringify(events), 'application/cloudevents-batch+json')
}

const time = '2026-03-01T09:30:00Z'

function event(id: string, type: string, data: unknown, more: Record<string, unknown> = {}) {
  return { specversion: '1.0', id, source: 'crm', type, time, data, ...more }
}

interface Row {
  type: string
  day: string
  subject: string
  thread: string | null
  entity: string | null
  value: number | null
  cost: number | null
  dimensions: string
}

/** The facts of a workspace by id. */
async function rowsOf({ workspace }: Client): Promise<Map<string, Row>> {
  const { results } = await env.DB.prepare(
    `SELECT id, type, day, subject, thread, entity, value, cost, dimensions
     FROM fact WHERE workspace = ? ORDER BY id`,
  )
    .bind(workspace)
    .all<Row & { id: string }>()
  return new Map(results.map(({ id, ...row }) => [id, row]))
}

/** Of every type data that are good and the field that breaks them. */
const types: [type: string, good: Record<string, unknown>, bad: string, value: unknown][] = [
  ['survey.sent', { survey: 'SURVEY', recipient: 'Ann' }, 'recipient', ''],
  ['survey.response', { survey: 'SURVEY', score: 9 }, 'score', ''],
  ['visit.started', { visitor: 'v1', channel: 'mail' }, 'visitor', ' '],
  ['lead.created', { lead: 'l1', channel: 'mail', owner: 'Ann' }, 'lead', 1],
  ['lead.qualified', { lead: 'l1' }, 'channel', 'mail'],
  ['deal.created', { deal: 'd1', lead: 'l1', amount: '1000' }, 'amount', '1,000'],
  ['deal.stage', { deal: 'd1', stage: 'Offer' }, 'stage', null],
  ['deal.won', { deal: 'd1', amount: '1054.00', currency: 'USD' }, 'currency', 'usd'],
  ['deal.lost', { deal: 'd2', reason: 'Price' }, 'deal', ''],
  ['order.placed', { order: 'o1', customer: 'c1', amount: 20, cost: '7.50' }, 'cost', -1],
  ['order.refunded', { order: 'o1', amount: '5.00' }, 'amount', ''],
  ['subscription.started', { subscription: 's1', customer: 'c1', mrr: 49 }, 'mrr', 4.999],
  ['subscription.changed', { subscription: 's1', mrr: '99.00' }, 'mrr', null],
  ['subscription.due', { subscription: 's1' }, 'mrr', 1],
  ['subscription.renewed', { subscription: 's1' }, 'subscription', ''],
  ['subscription.cancelled', { subscription: 's1', reason: 'Price' }, 'reason', ''],
  ['ticket.created', { ticket: 't1', customer: 'c1' }, 'ticket', '\ud800'],
  ['ticket.replied', { ticket: 't1', agent: 'Ann', bot: false }, 'bot', 'no'],
  ['ticket.solved', { ticket: 't1', agent: 'Ann' }, 'agent', 7],
  ['ticket.reopened', { ticket: 't1' }, 'agent', 'Ann'],
  ['interaction.logged', { customer: 'c1', user: 'Ann', seconds: 90.5 }, 'seconds', '1:30'],
  ['task.done', { task: 'k1', seconds: '2', automated: 'true' }, 'automated', 1],
  ['user.active', { user: 'Ann', action: 'login' }, 'user', []],
  ['seats.set', { seats: 12 }, 'seats', '012'],
  ['spend.recorded', { amount: '100', purpose: 'acquisition' }, 'purpose', 'other'],
  ['quota.set', { amount: 1, from: '2026-04-01', to: '2026-06-30' }, 'to', '2026-03-31'],
]

test('one request may carry facts of every type: the good are stored, each bad one is named', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const dataOf = (data: Record<string, unknown>) => ('survey' in data ? { ...data, survey } : data)
  const events = types.flatMap(([type, good, field, value]) => [
    event(`${type} good`, type, dataOf(good)),
    event(`${type} bad`, type, { ...dataOf(good), [field]: value }),
  ])

  const answer = await send(client, events)
  const taken = await answer.json<{ rejected: { index: number; errors: unknown }[] }>()

  expect(answer.status).toBe(200)
  expect(taken).toEqual({
    received: 52,
    stored: 26,
    duplicate: 0,
    rejected: types.map(([, , path], at) => ({
      index: 2 * at + 1,
      errors: [{ path, message: expect.stringMatching(/./) }],
    })),
  })
  const rows = await rowsOf(client)
  expect([...rows.keys()].toSorted()).toEqual(types.map(([type]) => `${type} good`).toSorted())
  expect(rows.get('order.placed good')).toEqual({
    type: 'order.placed',
    day: '2026-03-01',
    subject: 'o1',
    thread: 'order:o1',
    entity: 'c1',
    value: 2_000,
    cost: 750,
    dimensions: '{"currency":"EUR"}',
  })
  expect(rows.get('quota.set good')).toMatchObject({ day: '2026-04-01', value: 100 })
  expect(rows.get('interaction.logged good')).toMatchObject({ value: 90_500, thread: null })

  const again = await send(client, events)
  expect(await again.json()).toMatchObject({ stored: 0, duplicate: 26 })
})

test('a fact names the one that it corrects, which is never itself', async () => {
  const client = await newWorkspace()
  const won = { deal: 'd1', amount: '10' }

  const taken = await send(client, [
    event('a', 'deal.won', won),
    event('b', 'deal.won', { ...won, amount: '12' }, { replaces: 'a' }),
    event('c', 'deal.won', won, { replaces: 'c' }),
    event('d', 'deal.won', won, { replaces: '' }),
  ])

  expect(await taken.json()).toEqual({
    received: 4,
    stored: 2,
    duplicate: 0,
    rejected: [
      {
        index: 2,
        errors: [
          { path: 'replaces', message: 'A fact cannot replace itself: expected another id' },
        ],
      },
      {
        index: 3,
        errors: [{ path: 'replaces', message: 'Expected a text that is not blank' }],
      },
    ],
  })
  const found = await env.DB.prepare(
    'SELECT id, replaces FROM fact WHERE workspace = ? ORDER BY id',
  )
    .bind(client.workspace)
    .all()
  expect(found.results).toEqual([
    { id: 'a', replaces: null },
    { id: 'b', replaces: 'a' },
  ])
})

test('deals come from a file, in the currency of its lines and the zone that is asked for', async () => {
  const client = await newWorkspace()
  const file = [
    'opportunity,closed,value,sales_agent,Team',
    'd1,2017-03-01 00:30,1054.00,"Frase, Moses",north',
    'd2,2017-03-01,"1,054.00",Ann,north',
    'd3,2017-03-02 23:30,"517",,',
    'd4,2017-03-03,,Ann,north',
  ].join('\n')
  await patch(client, { dimensions: ['team'] })
  const query = new URLSearchParams([
    ['map', 'deal:opportunity'],
    ['map', 'id:opportunity'],
    ['map', 'time:closed'],
    ['map', 'amount:value'],
    ['map', 'owner:sales_agent'],
    ['map', 'p.team:Team'],
    ['set', 'currency:USD'],
    ['tz', 'America/New_York'],
    ['source', 'crm'],
  ])

  const path = `/v1/import/deal.won?${query.toString()}`
  const taken = await client.send(path, file, 'text/csv')

  expect(await taken.json()).toMatchObject({
    received: 4,
    stored: 2,
    duplicate: 0,
    rejected: [
      {
        line: 3,
        errors: [
          {
            path: 'amount',
            message:
              'Expected USD as plain digits with at most 2 decimals, at most 90071992547.40: current value is "1,054.00"',
          },
        ],
      },
      { line: 5, errors: [{ path: 'amount', message: 'The field is missing' }] },
    ],
  })
  const rows = await rowsOf(client)
  expect([...rows.keys()]).toEqual(['d1', 'd3'])
  expect(rows.get('d1')).toMatchObject({
    day: '2017-03-01',
    value: 105_400,
    thread: 'deal:d1',
    dimensions: JSON.stringify({ currency: 'USD', owner: 'Frase, Moses', 'p.team': 'north' }),
  })
  expect(rows.get('d3')).toMatchObject({
    day: '2017-03-03',
    value: 51_700,
    dimensions: '{"currency":"USD"}',
  })

  const again = await client.send(path, file, 'text/csv')
  expect(await again.json()).toMatchObject({ stored: 0, duplicate: 2 })
})

test('replies come from a file that can only write yes and no', async () => {
  const client = await newWorkspace('Europe/Warsaw')
  const file = [
    'time,ticket,agent,bot',
    '2026-03-01 23:30,t1,,true',
    '2026-03-01 23:45,t1,Ann,false',
    '2026-03-01 23:50,t1,Ann,',
    '2026-03-01 23:55,t1,Ann,no',
  ].join('\r\n')

  const taken = await client.send('/v1/import/ticket.replied', file, 'text/csv')

  expect(await taken.json()).toMatchObject({
    received: 4,
    stored: 3,
    rejected: [{ line: 5, errors: [{ path: 'bot', message: 'Expected true or false' }] }],
  })
  const rows = [...(await rowsOf(client)).values()]
  expect(rows.map(({ dimensions }) => dimensions).toSorted()).toEqual([
    '{"agent":"Ann"}',
    '{"agent":"Ann"}',
    '{"bot":"yes"}',
  ])
  expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(['2026-03-01']))
})

test('a workspace changes its name, currency and dimensions, each by itself', async () => {
  const client = await newWorkspace()
  const before = await (await client.get('/v1/workspace')).json<Record<string, unknown>>()

  const named = await patch(client, { name: ' Acme ' })
  const cut = await patch(client, { currency: 'JPY', dimensions: ['team', 'region'] })

  expect(named.status).toBe(200)
  expect(await named.json()).toEqual({ ...before, name: 'Acme', dimensions: [] })
  const after = { ...before, name: 'Acme', currency: 'JPY', dimensions: ['team', 'region'] }
  expect(await cut.json()).toEqual(after)
  expect(await (await client.get('/v1/workspace')).json()).toEqual(after)
})

test.each([
  [{}, '', 'Expected at least one of name, currency, dimensions, gap, retention'],
  [{ timeZone: 'UTC' }, 'timeZone', 'Unknown field'],
  [{ name: ' ' }, 'name', 'Expected a text that is not blank'],
  [{ name: null }, 'name', 'Expected a text'],
  [
    { retention: 0 },
    'retention',
    'Expected a whole number of days from 1 to 3650, or null for ever',
  ],
  [{ currency: 'euro' }, 'currency', 'Expected an ISO 4217 code such as "EUR"'],
  [{ dimensions: 'team' }, 'dimensions', 'Expected a list of names'],
  [{ dimensions: ['p.team'] }, 'dimensions.0', 'Expected a name of a–z, 0–9 and _'],
  [{ dimensions: ['Team'] }, 'dimensions.0', 'Expected a name of a–z, 0–9 and _'],
  [{ dimensions: ['team', 7] }, 'dimensions.1', 'Expected a text'],
  [{ dimensions: ['team', 'team'] }, 'dimensions', 'A dimension occurs twice'],
  [
    { dimensions: Array.from({ length: 9 }, (_, at) => `d${at}`) },
    'dimensions',
    'Expected at most 8 dimensions',
  ],
])('a workspace cannot become %j', async (change, path, message) => {
  const client = await newWorkspace()
  const before = await (await client.get('/v1/workspace')).text()

  const answer = await patch(client, change)

  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ path, message }] })
  expect(await (await client.get('/v1/workspace')).text()).toBe(before)
})

test('a workspace may have dimensions from its first day', async () => {
  const made = await call('/v1/workspaces', {
    method: 'POST',
    headers: { authorization: 'Bearer test-admin-key', 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Acme',
      timeZone: 'UTC',
      currency: 'CLF',
      dimensions: ['team'],
    }),
  })

  expect(made.status).toBe(201)
  expect(await made.json()).toMatchObject({ currency: 'CLF', dimensions: ['team'] })
})

test('a fact of any type carries the dimensions of its workspace and no others', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  const facts = (team: string) => [
    event(`lead ${team}`, 'lead.created', { lead: 'l1', 'p.team': team }),
    event(`answer ${team}`, 'survey.response', { survey, score: 9, 'p.plan': 'a', 'p.team': team }),
  ]

  const early = await send(client, facts('north'))
  await patch(client, { dimensions: ['team'] })
  const then = await send(client, facts('south'))
  await patch(client, { dimensions: [] })
  const late = await send(client, facts('west'))

  const refused = [
    { path: 'p.team', message: 'The workspace has no dimension "team": it has none yet' },
    { path: 'p.team', message: 'The survey does not allow this property' },
  ].map((error, index) => ({ index, errors: [error] }))
  expect(await early.json()).toMatchObject({ stored: 0, rejected: refused })
  expect(await then.json()).toMatchObject({ stored: 2, rejected: [] })
  expect(await late.json()).toMatchObject({ stored: 0, rejected: refused })
  const kept = [...(await rowsOf(client)).values()].map(({ dimensions }) => dimensions)
  for (const dimensions of kept) expect(dimensions).toContain('"p.team":"south"')
})

test('a respondent says what the survey allows, whatever the workspace is cut by', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  await patch(client, { dimensions: ['team'] })

  const answer = await call(`/s/${survey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ score: 9, 'p.team': 'north' }),
  })

  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ path: 'p.team' }] })
  expect(await countFacts(client.workspace)).toBe(0)
})

test('money without a currency is in that of the workspace when it comes in', async () => {
  const client = await newWorkspace()
  const won = (id: string, amount: string) => event(id, 'deal.won', { deal: id, amount })

  await send(client, [won('euros', '10')])
  await patch(client, { currency: 'JPY' })
  const taken = await send(client, [won('yen', '10'), won('sen', '10.00')])

  expect(await taken.json()).toMatchObject({ stored: 1, rejected: [{ index: 1 }] })
  const rows = await rowsOf(client)
  expect(rows.get('euros')).toMatchObject({ value: 1_000, dimensions: '{"currency":"EUR"}' })
  expect(rows.get('yen')).toMatchObject({ value: 10, dimensions: '{"currency":"JPY"}' })
})

async function tallyOf({ workspace }: Client): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT source, stored, late, duplicate, rejected FROM tally WHERE workspace = ?
     ORDER BY source`,
  )
    .bind(workspace)
    .all()
  return results
}

test('what a request brings is tallied by source; an answer to a hosted survey is not', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const visit = (id: string, more: Record<string, unknown> = {}) =>
    event(id, 'visit.started', { visitor: 'v1' }, more)
  const events = [
    visit('a'),
    visit('b'),
    visit('a', { source: 'site' }),
    visit('c', { time: 'yesterday' }),
    event('d', 'visit.started', {}),
    visit('f', { source: 7 }),
    event('e', 'visit.begun', { visitor: 'v1' }, { source: 'site' }),
  ]

  await send(client, events)
  await send(client, events.slice(0, 1))
  await call(`/s/${survey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ score: 9 }),
  })

  expect(await tallyOf(client)).toEqual([
    { source: 'crm', stored: 2, late: 0, duplicate: 1, rejected: 2 },
    { source: 'site', stored: 1, late: 0, duplicate: 0, rejected: 1 },
    { source: 'unknown', stored: 0, late: 0, duplicate: 0, rejected: 1 },
  ])
})

test('an import is tallied under its source, with what could not be read', async () => {
  const client = await newWorkspace()
  const file = 'time,visitor\n2026-03-01,v1\n2026-03-01,\nnever,v2\n2026-03-02,v3\n'
  const path = '/v1/import/visit.started?source=logs'

  await client.send(path, file, 'text/csv')
  await client.send(path, file, 'text/csv')

  expect(await tallyOf(client)).toEqual([
    { source: 'logs', stored: 2, late: 0, duplicate: 2, rejected: 4 },
  ])
})
