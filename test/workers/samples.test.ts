import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { sha256 } from '../../src/sign.ts'
import worker from '../../workers/index.ts'
import { counting } from '../store/counting.ts'
import kept from '../data/webhooks/outcomes.json'
import type { Outcome } from '../docs-sources.ts'
import { type Surveys, configOf, samples } from '../sources/bodies.ts'
import { type Client, newSurvey, newWorkspace } from './client.ts'
import { newSender } from './vendors.ts'

// Every body that is at hand, where the files are, posted as its vendor would to a source of its own.

const outcomes = kept as readonly Outcome[]

const sent = samples.map((sample) => ({
  ...sample,
  wanted: outcomes.find(({ vendor, sample: name }) => `${vendor}/${name}` === sample.name),
}))

/** A workspace with a survey of each kind, whose ids its sources are configured with. */
interface Team {
  readonly client: Client
  readonly surveys: Surveys
}

async function newTeam(): Promise<Team> {
  const client = await newWorkspace()
  const surveys = { nps: await newSurvey(client), csat: await newSurvey(client, { kind: 'csat' }) }
  return { client, surveys }
}

/** One for each vendor: a workspace has room for 100 sources. */
const teams = new Map<string, Promise<Team>>()

function teamOf(vendor: string): Promise<Team> {
  const team = teams.get(vendor) ?? newTeam()
  teams.set(vendor, team)
  return team
}

interface Listed {
  readonly id: string
  readonly state: string
  readonly reason: string | null
  readonly bytes: number
}

async function factsOf({ workspace }: Client, source: string): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    'SELECT type, count(*) AS n FROM fact WHERE workspace = ? AND source = ? GROUP BY type',
  )
    .bind(workspace, source)
    .all<{ type: string; n: number }>()
  return Object.fromEntries(results.map(({ type, n }) => [type, n]))
}

test.skipIf(samples.length === 0).each(sent)(
  '$name comes to what its page says, is kept as it was sent, and counts once',
  async ({ vendor, body, headers, wanted }) => {
    const { client, surveys } = await teamOf(vendor)
    const sender = await newSender(client, vendor, configOf(vendor, surveys))

    const first = await sender.send(utf8(body), { headers })
    const again = await sender.send(utf8(body), { headers })
    const list = await client.get(`/v1/deliveries?source=${sender.id}&state=${wanted?.state}`)
    const { items } = await list.json<{ items: Listed[] }>()
    const whole = await client.get(`/v1/deliveries/${items[0]?.id}`)
    const shown = await whole.json<{ body: string }>()

    expect([first.status, again.status]).toEqual([200, 200])
    expect(items).toMatchObject([
      { state: wanted?.state, reason: wanted?.reason, bytes: utf8(body).byteLength },
    ])
    expect(await sha256(utf8(shown.body))).toBe(await sha256(utf8(body)))
    expect(await factsOf(client, sender.id)).toEqual(wanted?.facts)
  },
)

const time = new Date().toISOString()

const order = {
  id: 1001,
  created_at: time,
  total_price: '12.50',
  currency: 'EUR',
  customer: { id: 77 },
}

const deal = {
  meta: { version: '2.0', action: 'create', entity: 'deal', timestamp: time },
  data: { id: 9, status: 'won', value: 12, currency: 'EUR', add_time: time, won_time: time },
}

const stage = [
  {
    portalId: 1,
    subscriptionId: 2,
    eventId: 3,
    occurredAt: Date.parse(time),
    objectId: 9,
    subscriptionType: 'deal.propertyChange',
    propertyName: 'dealstage',
    propertyValue: 'qualifiedtobuy',
  },
]

// A row for the delivery, one for each fact, one for each name that is not the delivery's, and one for
// each index: of facts by thread, by whose they are and by what they correct, of deliveries by their state.
test.each<[what: string, rows: number, vendor: string, before: readonly object[], body: object]>([
  ['An order', 4, 'shopify', [], order],
  ['An order again', 0, 'shopify', [order], order],
  ['Another order of the same id', 2, 'shopify', [order], { ...order, total_price: '13' }],
  ['A test order, which is ignored,', 2, 'shopify', [], { ...order, test: true }],
  [
    'An order without a price, which is unclear,',
    2,
    'shopify',
    [],
    { ...order, total_price: null },
  ],
  ['A deal that is created as won', 6, 'pipedrive', [], deal],
  ['A stage, which is remembered,', 4, 'hubspot', [], stage],
])('%s writes %i rows', async (_what, rows, vendor, before, body) => {
  const sender = await newSender(await newWorkspace(), vendor)
  const headers = { 'x-shopify-topic': 'orders/create' }
  const bytesOf = (content: object) => utf8(JSON.stringify(content))
  for (const one of before) await sender.send(bytesOf(one), { headers })
  const { db, account } = counting(env.DB)

  const request = await sender.request(bytesOf(body), { headers })
  const answer = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())

  expect(answer.status).toBe(200)
  expect(account.rowsWritten).toBe(rows)
})

test('An anonymous answer writes 2 rows', async () => {
  const client = await newWorkspace()
  const sender = await newSender(client, 'formbricks', {
    questions: { nps: await newSurvey(client) },
  })
  const { db, account } = counting(env.DB)
  const body = {
    event: 'responseFinished',
    data: { id: 'r1', createdAt: time, updatedAt: time, data: { nps: 9 } },
  }

  const request = await sender.request(utf8(JSON.stringify(body)))
  const answer = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())

  expect(await answer.json()).toMatchObject({ state: 'stored' })
  expect(account.rowsWritten).toBe(2)
})
