import { beforeAll, expect, test } from 'vitest'
import type { FactType } from '../../src/fact.ts'
import { kpis } from '../../src/kpis/index.ts'
import { day, reader } from './histories.ts'
import { Team, bear } from './team.ts'

beforeAll(() => bear(kpis))

const around = Date.parse('2026-06-15T12:00:00Z')

/** A fact: its type, how many days before the 15th, what it says, and which one it corrects. */
type Said = readonly [
  type: FactType,
  days: number,
  data: Readonly<Record<string, unknown>>,
  replaces?: number,
]

/** What is published of a row once `late` has come, when all days of `first` had been closed. */
async function after(first: readonly Said[], late: readonly Said[]) {
  const team = await Team.found('UTC', kpis, around - 400 * day)
  const read = reader('UTC', around)
  const facts = [...first, ...late].map(([type, days, data, replaces], id) => {
    const found = {
      type,
      source: 'a' as const,
      id,
      replaces,
      revision: undefined,
      team: undefined,
      offset: -days * day,
    }
    return read({ ...found, data: { ...data } }, around)
  })
  await team.take(facts.slice(0, first.length), around)
  await team.roll(around + 2 * day)
  await team.take(facts.slice(first.length), around + 2 * day)
  await team.roll(around + 2 * day)
  const rows = await team.published()
  expect(rows).toEqual(team.expected)
  return rows
}

test('a correction changes what looked at the corrected fact, whatever its own type is', async () => {
  const rows = await after(
    [
      ['ticket.created', 9, { ticket: 't1' }],
      ['ticket.solved', 6, { ticket: 't1' }],
      ['ticket.reopened', 3, { ticket: 't1' }],
    ],
    [['task.done', 3, { task: 'call' }, 2]],
  )

  expect(rows['tickets_solved  2026-06-09']).toEqual({ revision: 2, counters: { solved: 1 } })
})

test('a subscription that ends late changes when its customer left by ending another', async () => {
  const rows = await after(
    [
      ['subscription.started', 20, { subscription: 's1', customer: 'c1', mrr: '1' }],
      ['subscription.started', 15, { subscription: 's2', customer: 'c1', mrr: '1' }],
      ['subscription.cancelled', 3, { subscription: 's2' }],
    ],
    [['subscription.cancelled', 6, { subscription: 's1' }]],
  )

  expect(rows['churn_rate  2026-06-12']).toEqual({
    revision: 2,
    counters: { 'base/n': -1, 'lost/2026-05-26': 1 },
  })
})

test('a sending that is corrected gives its answer back to the one before', async () => {
  const sent = { survey: 'nps', recipient: 'c1' }
  const rows = await after(
    [
      ['survey.sent', 9, sent],
      ['survey.sent', 6, sent],
      ['survey.response', 3, { survey: 'nps', score: 9, respondent: 'c1' }],
    ],
    [['survey.sent', 6, { survey: 'nps', recipient: 'c2' }, 1]],
  )

  expect(rows['response_rate  2026-06-06']?.counters).toEqual({ sent: 1, answered: 1 })
  expect(rows['response_rate  2026-06-09']?.counters).toEqual({ sent: 1 })
})

test('a renewal belongs to one due date, of two that are as near to the first', async () => {
  const rows = await after(
    [
      ['subscription.due', 9, { subscription: 's1' }],
      ['subscription.due', 9, { subscription: 's1' }],
      ['subscription.due', 3, { subscription: 's1' }],
    ],
    [['subscription.renewed', 6, { subscription: 's1' }]],
  )

  expect(rows['renewal_rate  2026-06-06']?.counters).toEqual({ due: 2, renewed: 1 })
  expect(rows['renewal_rate  2026-06-12']?.counters).toEqual({ due: 1 })
})

test('a quota counts on its first day, whenever it is set', async () => {
  const rows = await after(
    [['deal.won', 5, { deal: 'd1', amount: '1' }]],
    [['quota.set', 6, { amount: '10', from: -5, length: 1 }]],
  )

  expect(rows['quota_attainment  2026-06-10']?.counters).toMatchObject({
    'quota/EUR/team:2026-06-10..2026-06-11/sum': 1_000,
  })
})

test('what must happen within 90 days may happen on the last millisecond of them', async () => {
  const rows = await after(
    [
      ['lead.created', 95, { lead: 'l1' }],
      ['lead.created', 95, { lead: 'l2' }],
      ['lead.qualified', 5, { lead: 'l1' }],
    ],
    [['lead.qualified', 5 - 1 / day, { lead: 'l2' }]],
  )

  expect(rows['lead_qualified_rate  2026-03-12']).toEqual({
    revision: 1,
    counters: { leads: 2, qualified: 1 },
  })
})
