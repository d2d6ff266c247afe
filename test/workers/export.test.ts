import { env } from 'cloudflare:workers'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as schema from '../../drizzle/schema.ts'
import { cursorOf } from '../../src/export-page.ts'
import { pageLimits, readExportPage } from '../../src/store/exporting.ts'
import { kpis } from '../../src/kpis/index.ts'
import { findPortable, takePage } from '../../src/store/importing.ts'
import { backfill, planRun } from '../../src/store/plan.ts'
import { portables } from '../../src/store/portable.ts'
import { counting } from '../store/counting.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { newSource, post } from './hooks.ts'
import guide from '../../docs/export.md?raw'
import { exportAll, importAll, importPage, newDeployment, tableNames } from './moving.ts'

const dayOf = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
const at = (ago: number) => `${dayOf(ago)}T12:00:00Z`
const window = `from=${dayOf(40)}&to=${dayOf(1)}`

let told = 0

const event = (type: string, ago: number, data: object, more: object = {}) => ({
  specversion: '1.0',
  id: `e${++told}`,
  source: 'crm',
  type,
  time: at(ago),
  data,
  ...more,
})

async function tell(client: Client, ...events: object[]): Promise<void> {
  const type = 'application/cloudevents-batch+json'
  const answer = await client.send('/v1/facts', JSON.stringify(events), type)
  expect(await answer.json()).toMatchObject({ rejected: [] })
}

const bearer = { authorization: 'Bearer a-long-enough-secret' }

/** What a vendor sends: told, told again, not understood. */
async function deliver(client: Client, survey: string): Promise<void> {
  const source = await newSource(client, 'delighted', {
    secrets: ['a-long-enough-secret'],
    config: { surveys: { nps: survey } },
  })
  const response = (id: string, more: object) =>
    JSON.stringify({
      event_type: 'survey_response.created',
      event_id: id,
      event_data: {
        id,
        score: 9,
        comment: 'Fine "so" \\ ✓',
        survey_type: 'nps',
        person: { id: 'bo' },
        created_at: Math.floor(Date.parse(at(3)) / 1000),
        ...more,
      },
    })
  for (const body of [response('1', {}), response('1', {}), response('2', { score: 99 })]) {
    expect((await post(source, body, bearer)).status).toBe(200)
  }
}

/** A workspace that has one of everything, and has published, corrected and erased some of it. */
async function lived(): Promise<{ client: Client; survey: string; embed: string; asOf: string }> {
  const client = await newWorkspace('Europe/Warsaw')
  const survey = await newSurvey(client, { properties: ['plan'], quota: 500 })
  const answers = [10, 10, 9, 8, 3, 0].map((score, n) =>
    event('survey.response', 5 + n, {
      survey,
      score,
      comment: `No ${n}\n"quoted"`,
      respondent: `r${n}`,
      'p.plan': 'pro',
    }),
  )
  await tell(client, ...answers)
  await tell(
    client,
    event('deal.created', 20, { deal: 'd1', customer: 'ann', amount: '10.10', channel: 'ads' }),
    event('deal.won', 9, { deal: 'd1', amount: '10.10' }, { id: 'won' }),
    event('deal.won', 9, { deal: 'd1', amount: '12.34' }, { id: 'won2', replaces: 'won' }),
    event('subscription.started', 30, { subscription: 's1', customer: 'ann', mrr: '5' }),
    event('order.placed', 4, { order: 'o1', customer: 'leaver', amount: '7' }),
    event('visit.started', 4, { visitor: 'v1' }),
  )
  await client.post(`/v1/surveys/${survey}/invitations`, {
    recipients: [{ id: 'guest', properties: { plan: 'free' } }],
  })
  await deliver(client, survey)
  await rollUp(client)
  const asOf = new Date().toISOString()
  await tell(client, event('deal.won', 9, { deal: 'd9', amount: '1' }))
  await rollUp(client)
  expect((await client.remove('/v1/people/leaver')).status).toBe(202)
  await tell(client, event('order.placed', 8, { order: 'o2', customer: 'cy', amount: '3' }))
  const made = await client.post('/v1/embeds', {
    kpi: 'nps',
    window: '30d',
    kind: 'line',
    minimum: 1,
  })
  const { id } = await made.json<{ id: string }>()
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO target VALUES ('t1', ?, 'nps', '', 50.98039215686274, 0.1, ?, ?, 'Ann', NULL, 7)`,
    ).bind(client.workspace, dayOf(9), dayOf(1)),
    env.DB.prepare(
      `INSERT INTO provisional VALUES (?, ?, 'p1', '{"type":"survey.response"}', '["fast"]', 5, 'provisional')`,
    ).bind(client.workspace, survey),
    env.DB.prepare(`INSERT INTO memory VALUES (?, 's', 'deal:1', '{"a":1}', 1)`).bind(
      client.workspace,
    ),
    env.DB.prepare(`INSERT INTO heartbeat VALUES (?, 5), (?, 6)`).bind(
      `retention ${client.workspace}`,
      `withdrawn ${client.workspace} ${dayOf(2)}`,
    ),
  ])
  return { client, survey, embed: id, asOf }
}

/** What a team and everybody see of a workspace. */
async function seen(
  client: Client,
  { survey, embed, asOf }: { survey: string; embed: string; asOf: string },
) {
  const paths = [
    ...[3, 5, 9, 20].map((ago) => `/v1/snapshots?day=${dayOf(ago)}`),
    ...['nps', 'revenue', 'mrr', 'customers'].map((kpi) => `/v1/kpis/${kpi}?${window}&by=week`),
    '/metrics?last=40d',
    `/v1/kpis/nps/segments?${window}&dimension=p.plan`,
    `/v1/kpis/revenue/segments?${window}&dimension=channel`,
    `/v1/kpis/revenue?${window}&by=total&as_of=${encodeURIComponent(asOf)}`,
    '/v1/workspace',
    '/v1/surveys',
    `/v1/surveys/${survey}`,
    `/v1/surveys/${survey}/responses`,
    `/v1/surveys/${survey}/invitations`,
    '/v1/targets',
    '/v1/embeds',
  ]
  // What is said of the deployment is not the workspace's: it has no window.
  const told = (text: string) =>
    text.startsWith('#') ? text.split('\n').filter((line) => line.includes('window=')) : text
  const answers = paths.map(async (path) => [path, told(await (await client.get(path)).text())])
  const picture = await call(`/e/${embed}.svg`)
  const page = await call(`/s/${survey}?lang=en`)
  expect([picture.status, page.status]).toEqual([200, 200])
  return [...(await Promise.all(answers)), await picture.text(), page.status]
}

test('a workspace that has moved is the same for everybody, to the byte of its next export', async () => {
  await newDeployment()
  const { client, ...shown } = await lived()
  const before = await seen(client, shown)
  const pages = await exportAll(client)
  await newDeployment()

  const moved = await importAll(pages)

  expect(moved.workspace).toBe(client.workspace)
  expect(await exportAll(moved)).toEqual(pages)
  expect(await seen(moved, shown)).toEqual(before)
  // A day that was marked is told anew by both; nothing else changes by a rollup.
  await rollUp(moved)
  const dirty = await env.DB.prepare('SELECT count(*) AS n FROM dirty').first()
  expect(dirty).toEqual({ n: 0 })
  const rows = (text: string, kind: string) =>
    text.split('\n').filter((line) => line.startsWith(`{"kind":"${kind}"`))
  const was = pages.join('')
  const is = (await exportAll(moved)).join('')
  expect(rows(is, 'fact')).toEqual(rows(was, 'fact'))
  const again = new Set(rows(is, 'snapshot'))
  const gone = rows(was, 'snapshot').filter((line) => !again.has(line))
  for (const line of gone) expect(line).toContain(`"day":"${dayOf(0)}"`)
}, 20_000)

test('an export has no secret, no key and nothing that was signed', async () => {
  await newDeployment()
  const { client } = await lived()
  const text = (await exportAll(client)).join('')
  const { results } = await env.DB.prepare('SELECT hash FROM key').all<{ hash: string }>()

  for (const { hash } of results) expect(text).not.toContain(hash)
  expect(text).not.toContain('sealed')
  expect(text).not.toContain('event_data')
  expect(text).not.toContain('leaver')
  expect(text).toContain('"kind":"delivery"')
  expect(text).toMatch(/"kind":"delivery".*"state":"expired"/)
})

test('whoever has been erased stays so after the move', async () => {
  await newDeployment()
  const { client } = await lived()
  const moved = await (async () => {
    const pages = await exportAll(client)
    await newDeployment()
    return importAll(pages)
  })()

  await tell(moved, event('order.placed', 4, { order: 'o9', customer: 'leaver', amount: '7' }))

  const named = await env.DB.prepare(
    `SELECT count(*) AS n FROM fact WHERE entity = 'leaver'`,
  ).first()
  expect(named).toEqual({ n: 0 })
})

test('what came before is known after the move, and what comes next is stored once', async () => {
  await newDeployment()
  const { client } = await lived()
  const pages = await exportAll(client)
  await newDeployment()
  const moved = await importAll(pages)
  const type = 'application/cloudevents-batch+json'
  const again = JSON.stringify([
    event('deal.won', 9, { deal: 'd1', amount: '10.10' }, { id: 'won' }),
  ])

  expect(await (await moved.send('/v1/facts', again, type)).json()).toMatchObject({ duplicate: 1 })
})

test('pages of any size say the same rows, each once and in the same order', async () => {
  await newDeployment()
  const { client } = await lived()
  const whole = await readExportPage(env.DB, client.workspace, ['workspace'])
  const lines: string[] = []
  let pages = 0

  for (let next = whole === null ? null : (['workspace'] as const); next !== null; pages++) {
    const limits = { ...pageLimits, rows: 1, queries: 2 }
    const page = await readExportPage(env.DB, client.workspace, next, limits)
    lines.push(...(page?.lines ?? []))
    next = (page?.next ?? null) as typeof next
  }

  expect(lines).toEqual(whole?.lines)
  expect(pages).toBeGreaterThan(15)
})

test('every table is exported, or it is known why not', () => {
  const exported = portables.map(({ table }) => table)
  const left = Object.values(schema)
    .map((table) => getTableConfig(table).name)
    .filter((name) => !exported.includes(name))

  // Keys open this deployment only, as do sealed addresses of alerts; births of KPIs are in the last line.
  expect(left.sort()).toEqual(['alert', 'key', 'kpi', 'outbox'])
})

test('the guide names every kind of line, in its order', () => {
  const [, list = ''] = /Kinds, in this order: ([^.]+)\./.exec(guide) ?? []

  expect([...list.matchAll(/`(\w+)`/g)].map(([, kind]) => kind)).toEqual(
    portables.map(({ kind }) => kind),
  )
})

test('a fact is taken in for the two rows it cost when it came, and exported by few queries', async () => {
  await newDeployment()
  const client = await newWorkspace()
  const lines = Array.from({ length: 3_000 }, (_, n) => `v${n},${at(5)}`)
  const csv = ['visitor,time', ...lines, ''].join('\n')
  await client.send('/v1/import/visit.started', csv, 'text/csv')
  const out = counting(env.DB)
  const page = await readExportPage(out.db, client.workspace, ['workspace'])
  const rows = (page?.lines ?? []).map((line) => {
    const { kind } = JSON.parse(line) as { kind: string }
    const of = findPortable(kind)
    if (of === undefined) throw new Error(`No kind ${kind}`)
    return { of, line }
  })
  await newDeployment()
  const taken = counting(env.DB)
  const { workspace } = client
  const whole = {
    workspace,
    after: null,
    next: null,
    rows,
    told: kpis.map(({ id, version }) => ({ id, version })),
  }

  expect(await takePage(taken.db, whole, { kpis, now: Date.now() })).toBe('taken')

  const births = kpis.length
  const others = rows.filter(({ of }) => of.kind !== 'fact').length
  expect(rows.length - others).toBe(3_000)
  expect(taken.account.rowsWritten).toBeLessThanOrEqual(2 * 3_000 + 2 * others + births + 5)
  expect(taken.account.queries).toBeLessThan(15)
  expect(out.account.queries).toBeLessThan(portables.length + 5)
})

test('nothing of a workspace is rolled up until its last page has come', async () => {
  await newDeployment()
  const { client } = await lived()
  const whole = (await readExportPage(env.DB, client.workspace, ['workspace']))?.lines ?? []
  const middle = whole.findIndex((line) => line.startsWith('{"kind":"snapshot"'))
  const place = cursorOf(['snapshot'])
  const page = (after: string | null, next: string | null, rows: string[], end: object = {}) =>
    [
      JSON.stringify({ kind: 'page', format: 1, workspace: client.workspace, after }),
      ...rows,
      JSON.stringify({ kind: 'end', rows: rows.length, next, ...end }),
    ].join('\n')
  const first = page(null, place, whole.slice(0, middle))
  const last = page(place, null, whole.slice(middle), { kpis: [] })
  await newDeployment()

  expect((await importPage(last)).status).toBe(409)
  expect((await importPage(first)).status).toBe(200)
  expect((await importPage(first)).status).toBe(200)
  const marked = 'SELECT count(DISTINCT day) AS n FROM dirty'
  expect(await env.DB.prepare(marked).first()).toEqual({ n: 0 })
  const owner = { authorization: 'Bearer test-admin-key', 'tidemark-workspace': client.workspace }
  const roll = await call('/v1/rollups', { method: 'POST', headers: owner })
  expect(roll.status).toBe(409)
  for (const path of ['/v1/workspace', `/v1/kpis/nps?${window}`]) {
    expect((await call(path, { headers: owner })).status).toBe(409)
  }
  const { targets } = await planRun(env.DB, { kpis, now: Date.now() })
  expect(targets).toEqual([])
  const other = page(null, place, whole.slice(0, middle - 1))
  expect((await importPage(other)).status).toBe(409)
  expect((await call('/v1/export', { headers: owner })).status).toBe(409)
  expect((await importPage(last)).status).toBe(201)
  expect((await importPage(last)).status).toBe(409)
  expect((await importPage(first)).status).toBe(409)
  // The other deployment had told no KPI from the beginning: here they all are.
  const marks = await env.DB.prepare(marked).first<{ n: number }>()
  expect(marks?.n).toBeGreaterThan(8)
})

const head = '{"kind":"page","format":1,"workspace":"w1","after":null}'
const workspace = `{"kind":"workspace","row":{"id":"w1","name":"N","zone":"UTC","currency":"EUR",
"created":1,"closed":"2026-01-01","due":2,"dimensions":[]}}`.replaceAll('\n', '')
const end = (rows: number) => `{"kind":"end","rows":${rows},"next":null,"kpis":[]}`

const embed = {
  id: 'e',
  kpi: 'nps',
  segment: '',
  days: 30,
  grain: 'day',
  kind: 'line',
  minimum: 5,
  locale: 'en',
  theme: 'auto',
  created: 1,
}
const report = {
  id: 'r',
  period: 'days',
  from: '2026-01-01',
  to: '2026-01-31',
  locale: 'en',
  minimum: 5,
  created: 1,
}

test.each([
  ['', 'Line 1: The body is not valid JSON'],
  [workspace, 'Line 1: Expected the first line of a page'],
  [`${head}\n${workspace}`, 'Line 2: Expected the last line of a page: it is cut off'],
  [`${head}\n${workspace}\n${end(2)}`, 'Line 3: Expected 2 rows: the page has 1'],
  [`${head}\n${end(0)}`, 'Line 2: Expected the workspace'],
  [`${head.replace('1,', '2,')}\n${end(0)}`, 'Line 1: Expected the first line of a page'],
  [`${head}\n${workspace.replace('w1', 'w2')}\n${end(1)}`, 'Expected the workspace of the page'],
  [`${head}\n${workspace}\n${workspace}\n${end(2)}`, 'Expected the workspace of the page'],
  [`${head}\n${workspace}\n{"kind":"key","row":{}}\n${end(2)}`, 'Line 3: Unknown kind "key"'],
  [`${head}\n${workspace.replace('"due"', '"do"')}\n${end(1)}`, 'Line 2: Unknown field "do"'],
  [`${head}\n${workspace.replace('"due":2,', '')}\n${end(1)}`, 'Line 2: due: Expected integer'],
  [`${head}\n${workspace.replace(':2,', ':"2",')}\n${end(1)}`, 'Line 2: due: Expected integer'],
  [`${head}\n${workspace.replace('EUR', 'EURO')}\n${end(1)}`, 'Line 2: currency: Expected an ISO'],
  [
    `${head}\n${workspace.replace('UTC', 'Mars/Phobos')}\n${end(1)}`,
    'Line 2: zone: Expected an IANA',
  ],
  [`${head}\n${workspace.replace('01-01', '99-99')}\n${end(1)}`, 'Line 2: closed: Expected a day'],
  [`${head}\n${workspace.replace('[]', '["A b"]')}\n${end(1)}`, 'Line 2: dimensions.0: Expected'],
  [
    `${head}\n${workspace.replace(':2,', ':8640000000000001,')}\n${end(1)}`,
    'due: Expected integer',
  ],
  [
    `${head.replace('null', '"x"')}\n${end(0).replace('null', '"x"')}`,
    'Line 2: next: Expected a place behind',
  ],
  ...(
    [
      ['annotation', { id: 'a', day: '2026-02-30', text: 'T', created: 1 }, 'day: Expected a day'],
      ['embed', { ...embed, days: 0 }, 'days: Expected a whole number'],
      ['embed', { ...embed, grain: 'eon' }, 'grain: Expected one of'],
      ['report', { ...report, to: 'x' }, 'to: Expected a day'],
      ['report', { ...report, locale: 'xx-?' }, 'locale: Expected one of'],
    ] as const
  ).map(([kind, row, rule]) => [
    `${head}\n${workspace}\n${JSON.stringify({ kind, row })}\n${end(2)}`,
    `Line 3: ${rule}`,
  ]),
  [`${head}\n{"kind":"workspace"\n${end(1)}`, 'Line 2: The body is not valid JSON'],
])('refuses a page that is broken, and stores nothing: %#', async (body, detail) => {
  const answer = await importPage(body)

  expect(answer.status).toBe(422)
  expect((await answer.json<{ detail: string }>()).detail).toContain(detail)
  expect(await env.DB.prepare(`SELECT 1 FROM workspace WHERE id LIKE 'w_'`).first()).toBeNull()
})

test('only an admin may export, and only the owner may import', async () => {
  const client = await newWorkspace()
  const made = await client.post('/v1/keys', { name: 'reader', scopes: ['read', 'write'] })
  const { secret } = await made.json<{ secret: string }>()
  const headers = { authorization: `Bearer ${secret}` }
  const own = { authorization: `Bearer ${client.secret}`, 'content-type': 'application/x-ndjson' }

  expect((await call('/v1/export', { headers })).status).toBe(403)
  const taken = await call('/v1/workspaces/import', { method: 'POST', headers: own, body: head })
  expect(taken.status).toBe(401)
  expect((await importPage(head, 'application/json')).status).toBe(415)
  for (const cursor of ['x', cursorOf(['key']), cursorOf(['fact', 'one'])]) {
    expect((await client.get(`/v1/export?cursor=${cursor}`)).status).toBe(422)
  }
})

test('an export never holds a row of another workspace', async () => {
  await newDeployment()
  const { client } = await lived()
  const stranger = await newWorkspace()
  const text = (await exportAll(stranger)).join('')

  expect(text).not.toContain(client.workspace)
  expect(text.match(/"kind":"(\w+)"/g)).toEqual([
    '"kind":"page"',
    '"kind":"workspace"',
    '"kind":"end"',
  ])
  expect(await tableNames()).toContain('fact')
})

test('an import changes nothing of another workspace', async () => {
  await newDeployment()
  const victim = await newWorkspace()
  const survey = await newSurvey(victim, { quota: 5 })
  await newSource(victim, 'delighted', {
    secrets: ['a-long-enough-secret'],
    config: { surveys: { nps: survey } },
  })
  const sourceId = await env.DB.prepare('SELECT id FROM source').first<string>('id')
  const fact = {
    type: 'survey.response',
    day: '2026-01-01',
    source: `/s/${survey}`,
    id: 'f',
    subject: survey,
    time: 1,
    received: 1,
    dimensions: {},
    data: {},
  }
  const invitation = { id: 'i', survey, recipient: 'r', properties: {}, created: 1, expires: 2 }
  const forged: [string, object, number][] = [
    ['heartbeat', { name: `retention ${victim.workspace}`, time: 1 }, 422],
    ['heartbeat', { name: `withdrawn ${victim.workspace} 2026-01-01`, time: 1 }, 422],
    ['heartbeat', { name: 'rollup', time: 1 }, 422],
    ['survey_version', { survey, version: 9, document: {}, created: 1 }, 422],
    ['rhythm', { source: sourceId, day: '2026-01-01', facts: 1, first: 1, last: 1, gap: 1 }, 422],
    ['fact', fact, 422],
    ['invitation', invitation, 422],
    ['survey', { id: survey, version: 1, created: 1 }, 409],
  ]
  await backfill(env.DB, { kpis, now: Date.now() })
  const before = await exportAll(victim)

  for (const [kind, row, status] of forged) {
    const line = JSON.stringify({ kind, row })
    const answer = await importPage(`${head}\n${workspace}\n${line}\n${end(2)}`)
    expect([kind, answer.status, await answer.text()]).toEqual([kind, status, expect.anything()])
  }

  expect(await exportAll(victim)).toEqual(before)
  expect(await env.DB.prepare(`SELECT 1 FROM workspace WHERE id = 'w1'`).first()).toBeNull()
})

test('a workspace that cannot be planned does not keep the others from it', async () => {
  await newDeployment()
  const [bad, mad, good] = [await newWorkspace(), await newWorkspace(), await newWorkspace()]
  await env.DB.batch([
    env.DB.prepare(`UPDATE workspace SET closed = '2026-99-99', due = 0 WHERE id = ?`).bind(
      bad.workspace,
    ),
    env.DB.prepare(`UPDATE workspace SET zone = 'Mars/Phobos', due = 0 WHERE id = ?`).bind(
      mad.workspace,
    ),
    env.DB.prepare(`UPDATE workspace SET closed = ?, due = 0 WHERE id = ?`).bind(
      dayOf(3),
      good.workspace,
    ),
  ])

  const left: string[] = []
  const leaveOut = (id: string) => left.push(id)
  const { targets } = await planRun(env.DB, { kpis, now: Date.now(), leaveOut })

  expect(left.sort()).toEqual([bad.workspace, mad.workspace].sort())
  expect([...new Set(targets.map((target) => target.workspace))]).toEqual([good.workspace])
})
