import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { type Day, addDays } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import { readEmbed } from '../../src/store/embed-snapshots.ts'
import { createEmbed } from '../../src/store/embeds.ts'
import { store } from '../../src/store/facts.ts'
import { askedOf } from '../../src/store/history.ts'
import { rollup } from '../../src/store/rollup.ts'
import { readSnapshots } from '../../src/store/snapshots.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { type Account, counting } from './counting.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const today = '2026-06-15' as Day
const dayLength = 86_400_000
const looks = looksOf(kpis)

function fact(id: string, ago: number, more: Partial<Fact> = {}): Fact {
  return {
    source: 'test',
    id,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: null,
    time: now - ago * dayLength,
    day: addDays(today, -ago),
    value: 9,
    dimensions: { survey: 'x', kind: 'nps' },
    data: {},
    ...more,
  }
}

const sent = (id: string, ago: number, entity: string) =>
  fact(id, ago, { type: 'survey.sent', entity, value: null })

/** A fact of a thread: the type's first word and a number name both. */
function told(type: Fact['type'], at: number | string, ago: number, more: Partial<Fact> = {}) {
  const [kind] = type.split('.')
  const subject = `${kind} ${at}`
  const thread = `${kind}:${subject}`
  const dimensions = { currency: 'EUR', channel: 'mail' }
  return fact(`${type} ${at}`, ago, { type, subject, thread, value: 100, dimensions, ...more })
}

/** What others do on a day: everything that a fact of somebody else could be confused with. */
function othersOn(at: number): Fact[] {
  const ago = at + 1
  const who = { entity: `person ${at}` }
  return [
    fact(`a${at}`, ago),
    fact(`b${at}`, ago, who),
    sent(`t${at}`, ago, `person ${at}`),
    told('lead.created', at, ago),
    told('deal.created', at, ago, { entity: `lead ${at}` }),
    told('deal.stage', at, ago, { dimensions: { stage: 'offer' } }),
    told('deal.won', at, ago, who),
    told('order.placed', at, ago, who),
    told('subscription.started', at, ago, who),
    told('subscription.changed', at, ago, { value: 200 }),
    told('subscription.due', at, ago),
    told('ticket.created', at, ago),
    told('ticket.replied', at, ago),
    told('ticket.solved', at, ago),
    fact(`u${at}`, ago, { ...who, type: 'user.active', dimensions: {} }),
  ]
}

/** What those do every day who are there all the time. */
function regularsOn(at: number): Fact[] {
  const ago = at + 1
  return [
    sent(`s${at}`, ago, 'ann'),
    fact(`r${at}`, ago, { entity: 'bob' }),
    fact(`v${at}`, ago, { type: 'user.active', entity: 'eve', dimensions: {} }),
    told('order.placed', `gus ${at}`, ago, { entity: 'gus' }),
  ]
}

/** Stories that are about to go on. */
const begun = [
  told('lead.created', 'L', 4),
  told('deal.created', 'D', 3, { entity: 'lead L' }),
  told('order.placed', 'O', 3, { entity: 'acme' }),
  told('subscription.started', 'S', 3, { entity: 'acme' }),
  told('subscription.due', 'S', 2),
  told('ticket.created', 'T', 3),
]

/** A workspace with so many days behind it, all rolled up. */
async function withHistory(days: number): Promise<string> {
  const workspace = `h${days}`
  await createWorkspace(env.DB, { id: workspace, name: 'Test', zone: 'UTC', currency: 'EUR' }, now)
  const history = Array.from({ length: days }, (_, at) => [...othersOn(at), ...regularsOn(at)])
  const facts = [...begun, ...history.flat()]
  await store(env.DB, { workspace, facts, received: now, looks })
  await rollUp(workspace)
  await createEmbed(env.DB, workspace, {
    id: `embed-${workspace}`,
    kpi: 'nps',
    segment: '',
    days: 7,
    grain: 'day',
    kind: 'badge',
    minimum: 1,
    locale: 'en',
    theme: 'auto',
    created: now,
  })
  return workspace
}

async function rollUp(workspace: string): Promise<void> {
  for (let remaining = 1; remaining > 0;) {
    ;({ remaining } = await rollup(env.DB, { kpis, now, workspace }))
  }
}

beforeAll(async () => {
  await withHistory(30)
  await withHistory(300)
})

type Work = (db: D1Database, workspace: string) => Promise<unknown>

/** What some work costs after a short history, and after ten times as long a one. */
async function compare(work: Work): Promise<[short: Account, long: Account]> {
  const accounts: Account[] = []
  for (const workspace of ['h30', 'h300']) {
    const { db, account } = counting(env.DB)
    await work(db, workspace)
    accounts.push(account)
  }
  const [short, long] = accounts
  if (short === undefined || long === undefined) throw new Error('There are two histories')
  return [short, long]
}

const take =
  (...facts: Fact[]): Work =>
  (db, workspace) =>
    store(db, { workspace, facts, received: now, looks })

/** The rollup after some facts have come, which is what is watched. */
const rollUpAfter =
  (...facts: Fact[]): Work =>
  async (db, workspace) => {
    await rollUp(workspace)
    await take(...facts)(env.DB, workspace)
    await rollup(db, { kpis, now, workspace })
  }

const window = { from: addDays(today, -7), to: today }

const reading =
  (id: string, cut: { segment: string } | { dimension: string } = { segment: '' }): Work =>
  (db, workspace) => {
    const asked = askedOf(kpis.filter((kpi) => kpi.id === id))
    return readSnapshots(db, { workspace }, { asked, cut, window })
  }

/** Facts that come late, five days ago, by what they make others look at. */
const late: [what: string, fact: Fact][] = [
  ['a neighbour: an order of a customer', told('order.placed', 'P', 5, { entity: 'acme' })],
  ['the next of somebody active every day', fact('n', 5, { type: 'user.active', entity: 'eve' })],
  ['the one before of somebody who answers every day', fact('p', 5, { entity: 'bob' })],
  [
    'another order of somebody who orders every day',
    told('order.placed', 'Q', 5, { entity: 'gus' }),
  ],
  ['a thread: the solution of a ticket', told('ticket.solved', 'T', 2)],
  ['a thread: a renewal that was due', told('subscription.renewed', 'S', 2)],
  ['a holder: another charge of a customer', told('subscription.changed', 'S', 2, { value: 300 })],
  ['an early sale of a new customer', told('deal.won', 'E', 5, { entity: 'acme' })],
  ['a lead: the sale that it led to', told('deal.won', 'D', 2)],
]

const works: [what: string, work: Work][] = [
  ['an anonymous answer', take(fact('one', 0))],
  ['an answer of somebody often asked', take(fact('two', 0, { entity: 'ann' }))],
  ['a rollup', (db, workspace) => rollup(db, { kpis, now, workspace })],
  ['a rollup of one closed day', rollUpAfter(fact('late', 5))],
  ['a week of a KPI', reading('nps')],
  ['a week of a KPI that compares', reading('revenue_growth')],
  ['a week of the segments of a KPI', reading('win_rate', { dimension: 'channel' })],
  ['an embed', (db, workspace) => readEmbed(db, `embed-${workspace}`, askedOf(kpis), now)],
  ...late.map(([what, one]): [string, Work] => [what, take(one)]),
  ...late.map(([what, one]): [string, Work] => [
    `the rollup after ${what}`,
    rollUpAfter({ ...one, id: `${one.id} again` }),
  ]),
]

test.each(works)('%s costs the same rows after ten times the history', async (work, run) => {
  const [short, long] = await compare(run)

  const [before, after] = [short.rowsRead, long.rowsRead]
  // Less is no trouble: who bought first 300 days ago is nobody new.
  expect(after - before, `${work}: ${before} rows, then ${after}`).toBeLessThan(10)
  expect(long.rowsWritten).toBeLessThanOrEqual(short.rowsWritten)
})

test('what is held is read from every day on which it changed: a few rows for each', async () => {
  const [short, long] = await compare(reading('mrr'))

  expect((long.rowsRead - short.rowsRead) / 270).toBeLessThanOrEqual(6)
})

test('an answer marks only the last sending before it, however often somebody was asked', async () => {
  const { db, account } = counting(env.DB)
  await rollUp('h30')

  await take(fact('now', 0, { entity: 'ann' }))(db, 'h30')

  const { results } = await env.DB.prepare('SELECT day, type FROM dirty WHERE workspace = ?')
    .bind('h30')
    .all()
  expect(results).toEqual([{ day: addDays(today, -1), type: 'survey.sent' }])
  expect(account.rowsWritten).toBe(4)
})
