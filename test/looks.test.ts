import { expect, test } from 'vitest'
import { vocabulary } from '../src/fact.ts'
import { kpis } from '../src/kpis/index.ts'
import { looksOf } from '../src/looks.ts'
import { kpiOf } from './kpi.ts'

const looks = looksOf(kpis)

test('a ticket that is reopened takes back its solution, wherever that was counted', () => {
  expect(looks.thread['ticket.reopened']).toEqual(['ticket.solved'])
})

test('a solution affects the others of its ticket, a reply the replies', () => {
  expect(looks.thread['ticket.solved']).toEqual(['ticket.solved'])
  expect(looks.thread['ticket.replied']).toEqual(['ticket.replied'])
})

test('a deal that is won affects the day it was created on, and its stages', () => {
  expect(looks.thread['deal.won']).toEqual(
    expect.arrayContaining(['deal.created', 'deal.stage', 'deal.won', 'deal.lost']),
  )
})

test('whatever begins a thread affects all that comes after it in it', () => {
  expect(looks.thread['ticket.created']).toEqual([
    'ticket.replied',
    'ticket.solved',
    'ticket.reopened',
  ])
  expect(looks.thread['lead.created']).toEqual(expect.arrayContaining(['lead.qualified']))
  expect(looks.thread['order.placed']).toEqual(['order.refunded'])
})

test('a renewal affects the day it was due on', () => {
  expect(looks.thread['subscription.renewed']).toEqual(['subscription.due'])
})

test('a subscription affects all others of its customer', () => {
  expect(looks.holder).toEqual({
    'subscription.started': [
      'subscription.started',
      'subscription.changed',
      'subscription.cancelled',
    ],
  })
})

test('an answer affects its sending, which affects the one before it', () => {
  expect(looks.both).toEqual({
    'survey.sent': ['survey.sent'],
    'survey.response': ['survey.sent'],
  })
})

test('what is counted once a person affects the next ones, twice the next two', () => {
  const all = { where: {}, unless: {} }

  expect(looks.next).toEqual(
    expect.arrayContaining([
      { type: 'order.placed', places: 2, ...all },
      { type: 'interaction.logged', places: 1, ...all },
      { type: 'user.active', places: 1, where: {}, unless: { action: 'login' } },
    ]),
  )
  expect(looks.previous).toEqual([
    { type: 'survey.response', places: 1, where: { kind: 'nps' }, unless: {} },
  ])
})

test('a purchase affects what its customer buys in the days after it', () => {
  const among = ['deal.won', 'order.placed', 'subscription.started']

  expect(looks.early).toEqual(
    expect.arrayContaining([
      { among, within: 0 },
      { among, within: 90 * 86_400_000 },
    ]),
  )
  expect(looks.early).toHaveLength(2)
})

test('a deal affects the lead that it names', () => {
  expect(looks.led).toEqual([{ from: 'lead.created', via: 'deal.created', to: 'deal.won' }])
})

test('nothing looks at spending, visits, tasks or interactions but as named', () => {
  for (const type of ['spend.recorded', 'visit.started', 'task.done'] as const) {
    expect(looks.thread[type]).toBeUndefined()
    expect(Object.values(looks.thread).flat()).not.toContain(type)
  }
})

test('types are named in the order of the vocabulary, once each', () => {
  for (const affected of Object.values(looks.thread)) {
    expect(affected).toEqual(vocabulary.filter((type) => affected.includes(type)))
  }
})

test('KPIs that count facts by themselves look at threads’ beginnings only', () => {
  const alone = looksOf([kpiOf('nps'), kpiOf('orders')])

  expect(alone).toMatchObject({ both: {}, holder: {}, next: [], previous: [], early: [], led: [] })
  expect(alone.thread['deal.created']).toEqual(['deal.stage', 'deal.won', 'deal.lost'])
  expect(alone.thread['deal.won']).toBeUndefined()
})
