import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { kpis } from '../../src/kpis/index.ts'
import { looksOf } from '../../src/looks.ts'
import { store } from '../../src/store/facts.ts'
import { forgetAnswers, rewindRetention } from '../../src/store/retention.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const day = 86_400_000
const now = Date.parse('2026-03-10T12:00:00Z')
const dayOf = dayFinder('UTC')

let made = 0

async function newWorkspace(retention: number | null): Promise<string> {
  const id = `kept${++made}`
  const fields = { id, name: id, zone: 'UTC', currency: 'EUR' }
  await createWorkspace(env.DB, { ...fields, retention }, now - 20 * day)
  await env.DB.prepare('UPDATE workspace SET retention = NULL WHERE id <> ?').bind(id).run()
  return id
}

function answer(days: number, more: Partial<Fact> = {}): Fact {
  const time = now - days * day
  return {
    source: '/s/x',
    id: `answer ${days}`,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: 'ann',
    time,
    day: dayOf(time),
    value: 9,
    dimensions: { survey: 'x', 'p.plan': 'pro' },
    data: { comment: 'words' },
    ...more,
  }
}

async function take(workspace: string, facts: readonly Fact[]): Promise<void> {
  await store(env.DB, { workspace, facts, received: now, looks: looksOf(kpis) })
}

/** Ids of the facts that still say something. */
async function speaking(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT id FROM fact WHERE workspace = ?
     AND (data <> '{}' OR dimensions LIKE '%"p.%') ORDER BY time DESC`,
  )
    .bind(workspace)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

test('what is older than the workspace keeps is emptied, and counts', async () => {
  const workspace = await newWorkspace(30)
  await take(workspace, [answer(400), answer(32), answer(30), answer(1)])

  const emptied = await forgetAnswers(env.DB, now)

  expect(emptied).toBe(2)
  expect(await speaking(workspace)).toEqual(['answer 1', 'answer 30'])
  const row = await env.DB.prepare(
    `SELECT entity, value, dimensions, data, replaced FROM fact WHERE workspace = ? AND id = 'answer 400'`,
  )
    .bind(workspace)
    .first()
  expect(row).toEqual({
    entity: 'ann',
    value: 9,
    dimensions: '{"survey":"x"}',
    data: '{}',
    replaced: null,
  })
})

test('nothing is forgotten where nobody wants it, nor of anything but answers', async () => {
  const workspace = await newWorkspace(null)
  await take(workspace, [answer(400)])
  const other = await newWorkspace(30)
  await take(other, [answer(400, { type: 'deal.created', data: { customer: 'c' } })])

  await forgetAnswers(env.DB, now)

  expect(await speaking(workspace)).toEqual(['answer 400'])
  expect(await speaking(other)).toEqual(['answer 400'])
})

test('a run that finds nothing writes nothing, and the next day goes on', async () => {
  const workspace = await newWorkspace(30)
  await take(workspace, [answer(31), answer(30)])
  await forgetAnswers(env.DB, now)
  const { db, account } = counting(env.DB)

  await forgetAnswers(db, now + 60_000)
  expect(account).toMatchObject({ queries: 1, rowsWritten: 0 })
  await forgetAnswers(env.DB, now + 2 * day)

  expect(await speaking(workspace)).toEqual([])
})

test('a long history is worked through in stretches of bounded size', async () => {
  const workspace = await newWorkspace(30)
  const many = (days: number) =>
    Array.from({ length: 1_500 }, (_, at) => answer(days, { id: `${days}-${at}`, entity: null }))
  for (const days of [403, 402, 401, 400]) await take(workspace, many(days))
  const left: number[] = []

  for (let run = 0; run < 4; run++) {
    await forgetAnswers(env.DB, now)
    left.push((await speaking(workspace)).length)
  }

  expect(left).toEqual([4_500, 3_000, 1_500, 0])
}, 30_000)

test('a day with more answers than one run looks at is emptied at once', async () => {
  const workspace = await newWorkspace(30)
  const many = Array.from({ length: 2_500 }, (_, at) => answer(400, { id: `${at}`, entity: null }))
  await take(workspace, [...many, answer(399)])

  await forgetAnswers(env.DB, now)
  await forgetAnswers(env.DB, now)
  await forgetAnswers(env.DB, now)

  expect(await speaking(workspace)).toEqual([])
}, 30_000)

test('what comes when its time is over already is found later', async () => {
  const workspace = await newWorkspace(30)
  await take(workspace, [answer(32)])
  await forgetAnswers(env.DB, now)
  const late = [answer(400), answer(3)]

  await rewindRetention(env.DB, { id: workspace, retention: 30 }, late, now)
  await take(workspace, late)
  await forgetAnswers(env.DB, now)

  expect(await speaking(workspace)).toEqual(['answer 3'])
})

test('a doubted answer of that age is discarded, and says nothing either', async () => {
  const workspace = await newWorkspace(30)
  const insert = env.DB.prepare(
    `INSERT INTO provisional (workspace, survey, id, fact, reasons, received, state)
     VALUES (?, 'x', ?, ?, '[]', ?, 'provisional')`,
  )
  const fact = JSON.stringify(answer(40))
  await insert.bind(workspace, 'old', fact, now - 40 * day).run()
  await insert.bind(workspace, 'new', fact, now - day).run()

  await forgetAnswers(env.DB, now)

  const { results } = await env.DB.prepare(
    'SELECT id, state, fact FROM provisional WHERE workspace = ? ORDER BY id',
  )
    .bind(workspace)
    .all<{ fact: string }>()
  expect(results).toMatchObject([
    { id: 'new', state: 'provisional' },
    { id: 'old', state: 'discarded' },
  ])
  expect(results.map(({ fact: kept }) => kept.includes('words'))).toEqual([true, false])
})
