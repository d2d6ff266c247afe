import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { dayFinder } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { kpis } from '../../src/kpis/index.ts'
import { looksOf } from '../../src/looks.ts'
import { store } from '../../src/store/facts.ts'
import { rollup } from '../../src/store/rollup.ts'
import { settleWithdrawn, withdraw } from '../../src/store/withdraw.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'

const day = 86_400_000
const now = Date.parse('2026-03-10T12:00:00Z')
const looks = looksOf(kpis)
const dayOf = dayFinder('UTC')

let made = 0

async function newWorkspace(): Promise<string> {
  const id = `withdrawn${++made}`
  const fields = { id, name: id, zone: 'UTC', currency: 'EUR' }
  await createWorkspace(env.DB, { ...fields, retention: null }, now - 20 * day)
  return id
}

function answer(id: string, days: number, more: Partial<Fact> = {}): Fact {
  const time = now - days * day
  return {
    source: '/s/x',
    id,
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: 'ann',
    time,
    day: dayOf(time),
    value: 9,
    dimensions: { survey: 'x', kind: 'nps', 'p.plan': `plan of ${id}` },
    data: { comment: `comment of ${id}` },
    ...more,
  }
}

const take = (workspace: string, facts: readonly Fact[]) =>
  store(env.DB, { workspace, facts, received: now, looks })

async function roll(workspace: string, at = now): Promise<void> {
  for (let remaining = 1; remaining > 0;) {
    ;({ remaining } = await rollup(env.DB, { kpis, now: at, computed: at, workspace }))
  }
}

/** What is published by now, without what is empty. */
async function published(workspace: string): Promise<Record<string, string>> {
  const { results } = await env.DB.prepare(
    `SELECT kpi, segment, day, counters, max(revision) FROM snapshot
     WHERE workspace = ? AND kpi <> 'revision_rate'
     GROUP BY kpi, segment, day HAVING counters <> '{}'`,
  )
    .bind(workspace)
    .all<{ kpi: string; segment: string; day: string; counters: string }>()
  return Object.fromEntries(
    results.map((row) => [`${row.kpi} ${row.segment} ${row.day}`, row.counters]),
  )
}

async function rowsOf(workspace: string): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT id, entity, data, dimensions, replaced FROM fact WHERE workspace = ? ORDER BY id',
  )
    .bind(workspace)
    .all()
  return results
}

const sent = (id: string, days: number): Fact =>
  answer(id, days, { type: 'survey.sent', value: null, data: {} })

const others = [
  sent('s1', 9),
  answer('a1', 8, { value: 3 }),
  answer('a2', 5, { entity: 'bob' }),
  answer('a3', 0, { entity: null, value: 7 }),
]

test.each<[what: string, given: readonly Fact[]]>([
  ['of a closed day', [answer('w', 5)]],
  ['of the open day', [answer('w', 0)]],
  ['that was corrected', [answer('w', 5), answer('w~1', 5, { replaces: 'w', value: 2 })]],
  ['that was corrected on another day', [answer('w', 5), answer('c', 3, { replaces: 'w' })]],
])('an answer %s that is taken back has never been', async (_what, given) => {
  const [with_, without] = [await newWorkspace(), await newWorkspace()]
  await take(with_, [...others, ...given])
  await take(without, others)
  await roll(with_)
  await roll(without)
  expect(await published(with_)).not.toEqual(await published(without))

  const found = await withdraw(env.DB, { workspace: with_, source: '/s/x', id: 'w', looks, now })
  await roll(with_, now + 1)

  expect(found).toBe(true)
  expect(await published(with_)).toEqual(await published(without))
})

test('nothing is left of what it said, once its properties are taken back', async () => {
  const workspace = await newWorkspace()
  await take(workspace, [answer('w', 5), answer('c', 3, { replaces: 'w' }), answer('a1', 5)])
  await roll(workspace)

  await withdraw(env.DB, { workspace, source: '/s/x', id: 'w', looks, now })
  await settleWithdrawn(env.DB)
  const waiting = await rowsOf(workspace)
  await roll(workspace, now + 120_000)
  await settleWithdrawn(env.DB)

  const bare = { entity: null, data: '{}', replaced: 1 }
  expect(waiting).toMatchObject([{ id: 'a1', replaced: null }, bare, bare])
  expect(JSON.stringify(waiting)).toContain('plan of w')
  const left = await rowsOf(workspace)
  const gone = { ...bare, dimensions: '{"survey":"x","kind":"nps"}' }
  expect(left).toMatchObject([{ id: 'a1', entity: 'ann', replaced: null }, gone, gone])
  expect(JSON.stringify(left)).not.toContain('of w')
  expect(JSON.stringify(left)).not.toContain('of c')
})

test('neither a repeat nor a late correction brings it back', async () => {
  const workspace = await newWorkspace()
  await take(workspace, [answer('w', 0)])
  await withdraw(env.DB, { workspace, source: '/s/x', id: 'w', looks, now })

  await take(workspace, [answer('w', 0)])
  await take(workspace, [answer('late', 0, { replaces: 'w', revision: now + day })])

  const counting = (await rowsOf(workspace)).filter(({ replaced }) => replaced === null)
  expect(counting).toEqual([])
})

test('what is not there cannot be taken back, nor a second time', async () => {
  const workspace = await newWorkspace()
  await take(workspace, [answer('w', 5)])
  const call = (id: string) => withdraw(env.DB, { workspace, source: '/s/x', id, looks, now })

  expect([await call('v'), await call('w'), await call('w')]).toEqual([false, true, false])
})

test('nobody else loses theirs', async () => {
  const [one, other] = [await newWorkspace(), await newWorkspace()]
  const facts = [answer('w', 5), answer('w', 5, { source: '/s/y' })]
  await take(one, facts)
  await take(other, facts)

  await withdraw(env.DB, { workspace: one, source: '/s/x', id: 'w', looks, now })

  const { results } = await env.DB.prepare(
    'SELECT workspace, source FROM fact WHERE replaced = 1 AND workspace IN (?, ?)',
  )
    .bind(one, other)
    .all()
  expect(results).toEqual([{ workspace: one, source: '/s/x' }])
})
