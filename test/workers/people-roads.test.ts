import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { sha256 } from '../../src/sign.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { newHub, newShop, orderOf, changeOf } from './senders.ts'
import { newSender } from './vendors.ts'
import { invite, send, sendForm, visit } from './visitors.ts'

const person = 'ann-4711'
const mail = 'Ann.Smith@example.com'
const words = 'I am ann-4711 and the kettle exploded'
const plan = 'plan-of-ann-only'
const past = new Date(Date.now() - 5 * 86_400_000).toISOString()
const batch = 'application/cloudevents-batch+json'

/**
 * Everything that must be gone, as it may have been written. What a published segment is called stays, as
 * docs/privacy.md says.
 */
async function traces(text: string): Promise<string[]> {
  const digest = await sha256(mail.toLowerCase())
  const unpublished = text.split('\n').filter((line) => !line.startsWith('snapshot '))
  const found = [person, mail, digest, 'kettle'].filter((one) =>
    text.toLowerCase().includes(one.toLowerCase()),
  )
  return [...found, ...(unpublished.some((line) => line.includes(plan)) ? [plan] : [])]
}

function textOf(_name: string, value: unknown): unknown {
  const bytes = Array.isArray(value) && value.length > 0 && typeof value[0] === 'number'
  return bytes ? new TextDecoder().decode(Uint8Array.from(value as number[])) : value
}

/** Every row of every table, the names of columns included. */
async function dump(): Promise<string> {
  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`,
  ).all<{ name: string }>()
  const rows: string[] = []
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    rows.push(...results.map((row) => `${name} ${JSON.stringify(row, textOf)}`))
  }
  return rows.join('\n')
}

const event = (id: string, type: string, data: object) => ({
  specversion: '1.0',
  id,
  source: 'crm',
  type,
  time: past,
  data,
})

const said = (survey: string, more: object = {}) => ({
  survey,
  score: 9,
  comment: words,
  respondent: person,
  'p.plan': plan,
  ...more,
})

/** A person, and how to tell of them again what has been told once. */
interface Planted {
  readonly client: Client
  readonly surveys: readonly string[]
  readonly sources: readonly string[]
  /** Links of theirs: one answered and changed, one doubted. */
  readonly links: readonly string[]
  readonly replay: () => Promise<void>
}

async function planted(): Promise<Planted> {
  const client = await newWorkspace()
  await call('/v1/workspace', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ gap: 0 }),
  })
  const properties = { properties: ['plan'], gap: 0 }
  const [answered, doubted, other] = [
    await newSurvey(client, properties),
    await newSurvey(client, properties),
    await newSurvey(client, properties),
  ]
  const known = { mail, properties: { plan } }
  const first = await invite(client, answered, person, known)
  await send(await visit(first), { score: '9', comment: words })
  await send(await visit(first), { score: '3', comment: `${words}!` })
  const second = await invite(client, doubted, person, known)
  await send(await visit(second), { score: '2', comment: words, website: 'x' })
  const bob = await invite(client, answered, 'bob')
  await send(await visit(bob), { score: '7' })

  const shop = await newShop(client)
  const hub = await newHub(client)
  const standard = await newSender(client, 'standard')
  const orders = [
    orderOf(1, { customer: { id: 77, email: mail } }),
    orderOf(1, { customer: { id: 77, email: mail }, total_price: '99.00', note: words }),
    orderOf(2, { customer: { id: 77, email: mail }, total_price: 'nonsense', note: person }),
  ]
  const change = changeOf(1, { propertyName: 'amount', propertyValue: '5', owner: person })
  const hooks = [
    event('w1', 'survey.response', said(other, { score: 6 })),
    event('w2', 'survey.response', said(other, { score: 60 })),
    event('w3', 'survey.response', said('none')),
    event('w4', 'order.placed', { order: 'w4', customer: person, amount: '4' }),
  ]
  const replay = async () => {
    const told = [
      event('r', 'survey.response', said(other)),
      event('order', 'order.placed', { order: 'o', customer: person, amount: '5' }),
      event('deal', 'deal.created', { deal: 'd', customer: person, lead: person }),
      event('won', 'deal.won', { deal: 'd', customer: person, amount: '9' }),
    ]
    await client.send('/v1/facts', JSON.stringify(told), batch)
    const csv = `id,time,score,comment,respondent,p.plan\ni,${past},8,${words},${person},${plan}\n`
    await client.send(`/v1/import/survey.response?set=survey:${other}`, csv, 'text/csv')
    for (const order of orders) expect((await shop.send(order)).status).toBe(200)
    expect((await hub.send([change])).status).toBe(200)
    for (const [at, hook] of hooks.entries()) {
      const id = `msg_${at}`
      expect((await standard.send(utf8(JSON.stringify(hook)), { id })).status).toBe(200)
    }
  }
  await replay()
  await env.DB.prepare('INSERT INTO memory VALUES (?, ?, ?, ?, 1)')
    .bind(client.workspace, shop.id, `deal:${person}`, JSON.stringify({ owner: mail }))
    .run()
  return {
    client,
    surveys: [answered, doubted, other],
    sources: [shop.id, hub.id, standard.id],
    links: [first, second],
    replay,
  }
}

/** Every answer of the API that a key can read, lists to their ends. */
async function readAll({ client, surveys, sources }: Planted): Promise<string> {
  const found: string[] = []
  const read = async (path: string): Promise<unknown> => {
    const answer = await client.get(path)
    const text = await answer.text()
    expect(`${path} ${answer.status}`).toBe(`${path} 200`)
    found.push(`${path} ${text}`)
    return answer.headers.get('content-type')?.startsWith('application/json') === true
      ? JSON.parse(text)
      : null
  }
  for (const id of surveys) {
    await read(`/v1/surveys/${id}/responses?history=true&limit=100`)
    await read(`/v1/surveys/${id}/invitations`)
    await read(`/v1/surveys/${id}/invitations.csv`)
    for (const state of ['provisional', 'promoted', 'discarded', 'answered']) {
      await read(`/v1/surveys/${id}/provisional?state=${state}`)
    }
    for (const path of ['', '/versions', '/integrity', '/email']) {
      await read(`/v1/surveys/${id}${path}`)
    }
  }
  for (const source of sources) {
    for (const state of ['stored', 'ignored', 'quarantined', 'conflict', 'expired']) {
      const { items } = (await read(`/v1/deliveries?state=${state}&source=${source}`)) as {
        items: { id: string }[]
      }
      for (const { id } of items) await read(`/v1/deliveries/${id}`)
    }
  }
  const { items } = (await read('/v1/kpis')) as { items: { id: string }[] }
  for (const { id } of items) {
    const answer = await client.get(`/v1/kpis/${id}?from=2026-01-01&to=2040-12-31&by=total`)
    found.push(await answer.text())
  }
  for (const path of ['surveys', 'sources', 'keys', 'embeds', 'targets', 'vendors', 'workspace']) {
    await read(`/v1/${path}`)
  }
  for (const day of [past, new Date().toISOString()]) {
    await read(`/v1/snapshots?day=${day.slice(0, 10)}`)
  }
  return found.join('\n')
}

const asked = ['nps', 'response_rate', 'revenue', 'orders', 'deals_won']

async function valuesOf(client: Client): Promise<unknown[]> {
  const [from, to] = [-9, 1].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  )
  return Promise.all(
    asked.map(async (kpi) => {
      const answer = await client.get(`/v1/kpis/${kpi}?from=${from}&to=${to}&by=total`)
      expect(answer.status).toBe(200)
      return [kpi, (await answer.json<{ total: unknown }>()).total]
    }),
  )
}

test(
  'somebody told of by every road over HTTP is gone from the database, the API and the log, and stays so',
  { timeout: 120_000 },
  async () => {
    const logged = ['debug', 'info', 'log', 'warn', 'error'] as const
    const one = await planted()
    const { client, links, surveys, sources } = one
    await rollUp(client)
    expect(await traces(await dump())).toHaveLength(5)
    expect(await traces(await readAll(one))).toContain(person)
    const before = await valuesOf(client)
    const spies = logged.map((name) => vi.spyOn(console, name))

    const answer = await client.remove(`/v1/people/${person}`)
    // Of an address only the digest is known: bodies that hold nothing else of them are found by it.
    await client.remove(`/v1/people/${encodeURIComponent(mail)}`)

    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({ invitations: 2, provisional: 1, next: null })
    expect(await traces(await dump())).toEqual([])
    expect(await traces(await readAll(one))).toEqual([])
    await rollUp(client)
    expect(await valuesOf(client)).toEqual(before)

    for (const link of links) {
      const page = await visit(`${link}?lang=en`)
      const statuses = [
        page.status,
        (await sendForm(link, { score: '9', comment: words })).status,
        (await call(`${link}/withdraw`)).status,
      ]
      expect(statuses).toEqual([403, 403, 404])
      expect(page.html).toContain('by invitation')
    }
    await one.replay()
    for (const source of sources) {
      for (const state of ['stored', 'quarantined', 'ignored']) {
        const replayed = await client.post('/v1/deliveries/replay', { state, source })
        expect(replayed.status).toBe(200)
      }
    }
    const again = await client.post(`/v1/surveys/${surveys[0]}/invitations`, {
      recipients: [{ id: 'new-name', mail }, { id: person }],
    })
    expect(await again.json()).toMatchObject({
      items: [{ skipped: 'erased' }, { skipped: 'erased' }],
    })
    await rollUp(client)

    expect(await traces(await dump())).toEqual([])
    expect(await traces(await readAll(one))).toEqual([])
    expect(await traces(JSON.stringify(spies.map(({ mock }) => mock.calls)))).toEqual([])
    spies.forEach((spy) => spy.mockRestore())
    expect(await valuesOf(client)).toEqual(before)
  },
)
