import { expect, test } from 'vitest'
import { share } from '../src/interval.ts'
import { defineKpi, factTypes, reads } from '../src/kpi.ts'
import { looksOf } from '../src/looks.ts'
import { count } from '../src/parts/count.ts'
import { isDimension, segmentRule } from '../src/segment.ts'
import { firstDayOf, looksBack, series, total } from '../src/series.ts'
import { wordsOf } from '../src/wording.ts'
import { kpisPage } from './docs.ts'
import { exampleHistory, exampleWindow, historyOf, place, snapshot, windowOf } from './kpi.ts'

/** Everything that a new KPI takes: one declaration, and nothing elsewhere that knows of it. */
const refundRate = defineKpi({
  id: 'refund_rate',
  label: 'Refund rate',
  unit: 'percent',
  direction: 'down',
  definition: 'Share of the orders placed in the window that were refunded within 30 days of it.',
  source: 'Refunded over placed, by cohort',
  version: 1,
  dimensions: ['channel'],
  range: [0, 100],
  matures: 30,
  parts: {
    placed: count('order.placed'),
    refunded: count('order.placed', {
      only: [{ is: 'followed', types: ['order.refunded'], by: 'thread', within: 30 * 86_400_000 }],
    }),
  },
  example: { given: { placed: 40, refunded: 3 }, is: 7.5 },
  value: ({ placed, refunded }) => share(refunded, placed),
})

const march = windowOf('2026-03-01', '2026-03-03')

test('is computed over any days from its parts alone', () => {
  const history = historyOf([
    snapshot('2026-03-01', { placed: 10, refunded: 1 }),
    snapshot('2026-03-03', { placed: 30, refunded: 2 }),
  ])

  expect(total(refundRate, history, march, place)).toMatchObject({
    value: 7.5,
    n: 40,
    parts: { placed: 40, refunded: 3 },
    mature: true,
  })
  expect(series(refundRate, history, march, 'day', place).map(({ value }) => value)).toEqual([
    10,
    null,
    100 / 15,
  ])
  expect(
    total(refundRate, exampleHistory(refundRate), exampleWindow(refundRate), place).value,
  ).toBe(7.5)
  expect([firstDayOf(refundRate, march), looksBack(refundRate)]).toEqual([march.from, false])
})

test('says which facts it counts, and which change the days that it counted', () => {
  expect(reads(refundRate)).toEqual(['order.placed'])
  expect(factTypes([refundRate])).toEqual(['order.placed'])
  expect(looksOf([refundRate]).thread['order.refunded']).toEqual(['order.placed'])
})

test('can be cut by what it declares, and by the workspace’s own dimensions', () => {
  expect(isDimension(refundRate, 'channel')).toBe(true)
  expect(segmentRule(refundRate, 'p.team:north')).toBeNull()
  expect(segmentRule(refundRate, 'owner:Ann')).toContain('channel, p.<name>')
})

test('is put in words for the API and the docs', () => {
  const { refunded } = refundRate.parts

  expect(refunded === undefined ? '' : wordsOf(refunded.rule)).toBe(
    'Number of order.placed that an order.refunded of the same order follows within 30 days and ' +
      'before the next order.placed.',
  )
  expect(kpisPage([refundRate])).toContain(
    [
      '## Refund rate (`refund_rate`)',
      '',
      refundRate.definition,
      '',
      '- Unit: percent, from 0 to 100; less is better. Version 1.',
      '- Cut by: `channel`, `p.<name>`.',
      '- Final: a day is final 30 days after it; `mature` says whether all days of a value are.',
      '- Part `placed`: Number of `order.placed`.',
    ].join('\n'),
  )
  expect(kpisPage([refundRate])).toContain('- Example: placed 40, refunded 3 → **7.5**, n 40,')
})
