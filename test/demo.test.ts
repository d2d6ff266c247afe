import { expect, test } from 'vitest'
import { sampleDeals } from '../demo/deals.ts'
import { addDays, dayFinder } from '../src/day.ts'
import type { Draft } from '../src/intake.ts'
import { today } from './charts/pictures.ts'

const yesterday = addDays(today, -1)
const dayOf = dayFinder('UTC')
const drafts = await sampleDeals(yesterday)
const of = (type: string) => drafts.filter((draft) => draft.type === type)

test('tells every deal of the original once, and how it ended', () => {
  expect(of('deal.created')).toHaveLength(231)
  expect(of('deal.won')).toHaveLength(169)
  expect(of('deal.lost')).toHaveLength(33)
  expect(new Set(drafts.map(({ id }) => id)).size).toBe(drafts.length)
})

test('spreads the closes over half a year that ends yesterday', () => {
  const closes = [...of('deal.won'), ...of('deal.lost')].map(({ time }) => dayOf(time)).toSorted()

  expect(closes.at(-1)).toBe(yesterday)
  expect(closes[0] ?? '').toBe(addDays(yesterday, -185))
})

test("keeps the original's amounts and days from first contact to the close", () => {
  const begun = new Map(of('deal.created').map((draft) => [draft.data['deal'], draft]))
  const cycle = (won: Draft) => (won.time - (begun.get(won.data['deal'])?.time ?? 0)) / 86_400_000
  const days = of('deal.won').map((won) => Math.floor(cycle(won)))
  const revenue = of('deal.won').reduce((sum, { data }) => sum + Number(data['amount']), 0)

  // Both computed from the original by sqlite3.
  expect(days.reduce((sum, each) => sum + each, 0) / days.length).toBeCloseTo(106.946_745_562, 8)
  expect(revenue).toBe(361_989)
})
