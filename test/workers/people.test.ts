import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import { sha256 } from '../../src/sign.ts'
import { emptyBodies } from '../../src/store/people.ts'
import { mentionOf } from '../../src/mention.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { newSource } from './hooks.ts'
import { newShop, orderOf } from './senders.ts'

const person = 'ann-4711'
const mail = 'Ann.Smith@example.com'
const words = 'the kettle exploded'
const time = new Date(Date.now() - 5 * 86_400_000).toISOString()

const erase = (client: Client, id = person) => client.remove(`/v1/people/${encodeURIComponent(id)}`)

async function tablesOf(): Promise<string[]> {
  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
     AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1_%'`,
  ).all<{ name: string }>()
  return tables.map(({ name }) => name)
}

beforeEach(async () => {
  for (const name of await tablesOf()) await env.DB.prepare(`DELETE FROM "${name}"`).run()
})

/** Every row of every table, as text: bodies as what they say. */
async function dump(): Promise<string> {
  const rows: string[] = []
  for (const name of await tablesOf()) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    for (const row of results) rows.push(`${name} ${JSON.stringify(row, textOf)}`)
  }
  return rows.join('\n')
}

function textOf(_name: string, value: unknown): unknown {
  const bytes = Array.isArray(value) && value.length > 0 && typeof value[0] === 'number'
  return bytes ? new TextDecoder().decode(Uint8Array.from(value as number[])) : value
}

/** What of the person is to be found, of all that must not be. */
async function traces(text: string): Promise<string[]> {
  const digest = await sha256(mail.toLowerCase())
  return [person, mail, digest, words].filter((one) =>
    text.toLowerCase().includes(one.toLowerCase()),
  )
}

const event = (id: string, type: string, data: object, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'crm',
  type,
  time,
  data,
  ...more,
})

async function tell(client: Client, ...events: object[]): Promise<void> {
  const type = 'application/cloudevents-batch+json'
  const answer = await client.send('/v1/facts', JSON.stringify(events), type)
  expect(await answer.json()).toMatchObject({ rejected: [] })
}

const response = (survey: string, more: object = {}) => ({
  survey,
  score: 9,
  comment: words,
  respondent: person,
  'p.plan': 'pro',
  ...more,
})

/** Facts, corrections, imports: what tells of the person by every road of the team. */
async function tellAll(client: Client, survey: string): Promise<void> {
  await tell(
    client,
    event('r1', 'survey.response', response(survey)),
    event('r2', 'survey.response', response(survey, { score: 3 }), { replaces: 'r1' }),
    event('sent', 'survey.sent', { survey, recipient: person }),
    event('order', 'order.placed', { order: 'o1', customer: person, amount: '5' }),
    event('again', 'order.placed', { order: 'o2', customer: person, amount: '7' }),
    event('sub', 'subscription.started', { subscription: 's1', customer: person, mrr: '3' }),
    event('ticket', 'ticket.created', { ticket: 't1', customer: person }),
    event('deal', 'deal.created', { deal: 'd1', customer: person, lead: person }),
    event('lead', 'lead.created', { lead: person }),
    event('qualified', 'lead.qualified', { lead: person }),
    event('won', 'deal.won', { deal: 'd1', customer: person, amount: '9' }),
    event('visit', 'visit.started', { visitor: person }),
    event('call', 'interaction.logged', { customer: person, seconds: 3 }),
    event('active', 'user.active', { user: person }),
    event('other', 'survey.response', response(survey, { respondent: 'bob', comment: 'Fine' })),
  )
  const lines = `id,time,score,comment,respondent\ni1,${time},8,${words},${person}\n`
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, lines, 'text/csv')
  const mails = `ID,Created at,Score,Comment,Person Email\n9,${time},8,${words},${mail}\n`
  await client.send(
    `/v1/import/survey.response?profile=delighted&survey=${survey}`,
    mails,
    'text/csv',
  )
}

/** What only the database can be told, until invitations are: one, and a doubted answer to it. */
async function insertInvited(workspace: string, survey: string): Promise<void> {
  const digest = await sha256(mail.toLowerCase())
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO invitation (id, workspace, survey, recipient, mail, properties, created, expires)
       VALUES (?, ?, ?, ?, ?, ?, 1, 2)`,
    ).bind(`i ${workspace}`, workspace, survey, person, digest, '{"plan":"pro"}'),
    env.DB.prepare(
      `INSERT INTO provisional (workspace, survey, id, fact, reasons, received, state)
       VALUES (?, ?, 'p1', ?, '[]', 1, 'provisional')`,
    ).bind(
      workspace,
      survey,
      JSON.stringify({ entity: person, dimensions: { 'p.x': person }, data: { comment: words } }),
    ),
    env.DB.prepare('INSERT INTO memory VALUES (?, ?, ?, ?, 1)').bind(
      workspace,
      's',
      'deal:1',
      JSON.stringify({ owner: person }),
    ),
  ])
}

const basic = { authorization: 'Bearer a-long-enough-secret' }

/** An endpoint for Delighted, and how it is sent to. */
async function newDelighted(client: Client, survey: string) {
  const source = await newSource(client, 'delighted', {
    secrets: ['a-long-enough-secret'],
    config: { surveys: { nps: survey } },
  })
  const send = (body: object) =>
    call(new URL(source.url).pathname, {
      method: 'POST',
      headers: basic,
      body: JSON.stringify(body),
    })
  return { id: source.id, send }
}

const delivery = (id: string, more: object = {}) => ({
  event_type: 'survey_response.created',
  event_id: id,
  event_data: {
    id,
    score: 9,
    comment: words,
    survey_type: 'nps',
    created_at: Math.floor(Date.parse(time) / 1000),
    person: { id: person, email: mail },
    ...more,
  },
})

const deliveries = [
  delivery('101'),
  delivery('101', { comment: `${words}, twice` }),
  delivery('102', { score: 99 }),
  delivery('103', { survey_type: 'ces' }),
]

async function countersOf(client: Client): Promise<unknown> {
  const { results } = await env.DB.prepare(
    `SELECT kpi, day, counters, max(revision) AS revision FROM snapshot
     WHERE workspace = ? AND segment = '' AND kpi NOT IN (
       'duplicate_rate', 'reject_rate', 'late_share', 'revision_rate'
     )
     GROUP BY kpi, day ORDER BY kpi, day`,
  )
    .bind(client.workspace)
    .all<{ kpi: string; day: string; counters: string }>()
  return results.map(({ kpi, day, counters }) => [kpi, day, counters])
}

test('nothing of somebody is left anywhere, and sending all of it again brings nothing back', async () => {
  const logged = ['log', 'warn', 'error'] as const
  const spies = logged.map((name) => vi.spyOn(console, name))
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  await tellAll(client, survey)
  await insertInvited(client.workspace, survey)
  const vendor = await newDelighted(client, survey)
  for (const body of deliveries) expect((await vendor.send(body)).status).toBe(200)
  await rollUp(client)
  expect(await traces(await dump())).toHaveLength(4)
  const before = await countersOf(client)

  const first = await erase(client)
  const second = await erase(client, mail)

  expect(first.status).toBe(202)
  const receipt = expect.stringMatching(/^[\w-]{43}$/)
  expect(await first.json()).toEqual({
    receipt,
    facts: 17,
    deliveries: 4,
    invitations: 1,
    provisional: 1,
    next: null,
  })
  expect(await second.json()).toMatchObject({ receipt, facts: 0, deliveries: 0, next: null })
  expect(await traces(await dump())).toEqual([])

  await tellAll(client, survey)
  for (const body of deliveries) expect((await vendor.send(body)).status).toBe(200)
  await vendor.send(delivery('104'))
  await vendor.send(delivery('105', { score: 99 }))
  await tell(
    client,
    event('r9', 'survey.response', response(survey)),
    event('v9', 'visit.started', { visitor: person }),
    event('t9', 'ticket.created', { ticket: 't9', customer: person }),
  )
  for (const state of ['quarantined', 'ignored', 'stored']) {
    await client.post('/v1/deliveries/replay', { state, source: vendor.id })
  }
  await rollUp(client)

  expect(await traces(await dump())).toEqual([])
  const lists = await Promise.all(
    [
      `/v1/surveys/${survey}/responses`,
      `/v1/deliveries?state=expired&source=${vendor.id}`,
      `/v1/deliveries?state=stored&source=${vendor.id}`,
    ].map(async (path) => (await client.get(path)).text()),
  )
  expect(await traces(lists.join())).toEqual([])
  expect(await traces(JSON.stringify(spies.map(({ mock }) => mock.calls)))).toEqual([])
  spies.forEach((spy) => spy.mockRestore())
  expect(await countersOf(client)).not.toEqual(before)
}, 60_000)

test('what was counted stays, also where the days are rolled up again', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan'] })
  await tellAll(client, survey)
  await rollUp(client)
  const before = await countersOf(client)

  await erase(client)
  await env.DB.prepare(
    `INSERT INTO dirty (workspace, day, type)
     SELECT DISTINCT workspace, day, type FROM fact WHERE workspace = ? ON CONFLICT DO NOTHING`,
  )
    .bind(client.workspace)
    .run()
  await rollUp(client)

  expect(await countersOf(client)).toEqual(before)
}, 60_000)

test('a property that is the name of somebody is no segment any more', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['plan', 'account'] })
  const said = response(survey, { 'p.account': person })
  await tell(client, event('r1', 'survey.response', said))
  await rollUp(client)
  expect(await traces(await dump())).toContain(person)

  await erase(client)

  expect(await traces(await dump())).toEqual([])
})

test('somebody else of the workspace, and the same name in another one, stay', async () => {
  const [one, other] = [await newWorkspace(), await newWorkspace()]
  for (const client of [one, other]) {
    const order = (id: string, customer: string) =>
      event(id, 'order.placed', { order: id, customer, amount: '5' })
    await tell(client, order('1', 'eve-1'), order('2', 'eve-11'))
  }

  await erase(one, 'eve-1')

  const { results } = await env.DB.prepare(
    `SELECT workspace, entity FROM fact WHERE entity LIKE 'eve-%' ORDER BY entity`,
  ).all()
  expect(results).toHaveLength(3)
  expect(results).toEqual(
    expect.arrayContaining([
      { workspace: other.workspace, entity: 'eve-1' },
      { workspace: one.workspace, entity: 'eve-11' },
      { workspace: other.workspace, entity: 'eve-11' },
    ]),
  )
})

test('a short name is erased from bodies where it is a value, not wherever its digits occur', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  await shop.send(orderOf(1, { customer: { id: 77 } }))
  await shop.send(orderOf(2, { customer: { id: 770 } }))

  const answer = await erase(client, '77')

  expect(await answer.json()).toMatchObject({ facts: 1, deliveries: 1 })
  const { results } = await env.DB.prepare(
    `SELECT id, body IS NULL AS gone, state FROM identity
     WHERE workspace = ? AND state IS NOT NULL ORDER BY id`,
  )
    .bind(client.workspace)
    .all()
  expect(results).toEqual([
    { id: 'order:1', gone: 1, state: 'stored' },
    { id: 'order:2', gone: 0, state: 'stored' },
  ])
})

test('very many deliveries are looked through in stretches, each from where the one before ended', async () => {
  const client = await newWorkspace()
  const shop = await newShop(client)
  for (let id = 1; id <= 7; id++) await shop.send(orderOf(id, { customer: { id: 4_711_000_001 } }))
  const { workspace } = client
  const given = { workspace, mention: mentionOf(['4711000001']) }
  const at = { stretches: 1, names: 3 }

  const first = await emptyBodies(env.DB, given, null, at)
  const second = await emptyBodies(env.DB, given, first.next, at)
  const third = await emptyBodies(env.DB, given, second.next, at)

  expect([first, second, third]).toMatchObject([
    { emptied: 3, next: { source: shop.id } },
    { emptied: 3 },
    { emptied: 1, next: null },
  ])
})

test('somebody with very many facts is erased at once', async () => {
  const client = await newWorkspace()
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
     INSERT INTO fact (workspace, type, day, source, id, subject, entity, time, received, value,
       dimensions, data)
     SELECT ?1, 'user.active', '2026-01-01', 's', i, ?2, ?2, i, i, NULL, '{}', '{}' FROM n`,
  )
    .bind(client.workspace, person)
    .run()

  const answer = await erase(client)

  expect(await answer.json()).toMatchObject({ facts: 20_000 })
  const left = await env.DB.prepare(
    'SELECT count(DISTINCT entity) AS n, count(DISTINCT subject) AS m FROM fact WHERE workspace = ?',
  )
    .bind(client.workspace)
    .first()
  expect(left).toEqual({ n: 1, m: 1 })
}, 60_000)

test('where nobody has been erased nobody is looked up, and one person is counted once', async () => {
  const client = await newWorkspace()
  const erased = () =>
    env.DB.prepare('SELECT erased FROM workspace WHERE id = ?')
      .bind(client.workspace)
      .first<number>('erased')
  const prepare = vi.spyOn(env.DB, 'prepare')
  await tell(client, event('v', 'visit.started', { visitor: 'x' }))
  const asked = prepare.mock.calls.some(([sql]) => sql.includes('tombstone'))
  prepare.mockRestore()

  await erase(client)
  await erase(client)
  const one = await erased()
  await erase(client, 'bob')

  expect(asked).toBe(false)
  expect([one, await erased()]).toEqual([1, 2])
})

test('only an admin erases, in a deployment with a key, with parameters that there are', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/keys', { name: 'w', scopes: ['write'] })
  const { secret } = await made.json<{ secret: string }>()
  const asWriter = { authorization: `Bearer ${secret}` }

  const statuses = await Promise.all([
    call('/v1/people/ann', { method: 'DELETE' }),
    call('/v1/people/ann', { method: 'DELETE', headers: asWriter }),
    client.remove('/v1/people/ann?force=1'),
    client.remove('/v1/people/ann?cursor=nonsense'),
    client.remove('/v1/people/%20'),
  ])

  expect(statuses.map(({ status }) => status)).toEqual([401, 403, 422, 422, 422])
})
