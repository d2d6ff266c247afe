import { describe, expect, test } from 'vitest'
import { vocabulary } from '../src/fact.ts'
import { deals, quotas, seats, subscriptions } from '../src/holding.ts'
import { kpis } from '../src/kpis/index.ts'
import { answers, latest } from '../src/parts/answers.ts'
import { cohort, cohortIn } from '../src/parts/cohort.ts'
import { arrivals, count, countBy, moves, values } from '../src/parts/count.ts'
import { distinct } from '../src/parts/distinct.ts'
import { elapsed, stay } from '../src/parts/elapsed.ts'
import { amounts, histogram } from '../src/parts/histogram.ts'
import { balance, balanceBy, level } from '../src/parts/level.ts'
import { moved, sum } from '../src/parts/sum.ts'
import { typesOf } from '../src/rule.ts'
import { wordsOf } from '../src/wording.ts'
import { kpiOf } from './kpi.ts'

const holds =
  'A customer holds what its subscriptions charge, each from subscription.started to ' +
  'subscription.cancelled as last set by subscription.changed; who is charged nothing holds nothing.'

test.each([
  [count('deal.won'), 'Number of deal.won.'],
  [
    count(['deal.won', 'deal.lost', 'order.placed']),
    'Number of deal.won, deal.lost or order.placed.',
  ],
  [
    count('task.done', { where: { automated: 'yes', user: 'Ann' }, unless: { bot: 'yes' } }),
    'Number of task.done where automated is yes and user is Ann and bot is not yes.',
  ],
  [
    countBy('owner', 'deal.won'),
    'Number of deal.won, by owner; without owner they are not counted.',
  ],
  [
    answers('survey.response', { where: { kind: 'nps' } }),
    'Number of survey.response where kind is nps, by value.',
  ],
  [
    latest('survey.response', { kind: 'nps' }),
    'Number of survey.response where kind is nps, by value: of each respondent the last one in the ' +
      'window and segment. Those of no respondent all count.',
  ],
  [
    sum('deal.won'),
    'Number and sum of the amounts, in minor units, of deal.won, each currency by itself.',
  ],
  [
    sum('order.placed', { of: 'margin' }),
    'Number and sum of the amounts less cost of order.placed whose cost is known, each currency by ' +
      'itself.',
  ],
  [
    sum('order.placed', { of: 'costed' }),
    'Number and sum of the amounts, in minor units, of order.placed whose cost is known, each ' +
      'currency by itself.',
  ],
  [
    histogram('task.done'),
    'Number, sum and histogram of the lengths, in milliseconds, of task.done that say one.',
  ],
  [
    amounts('deal.won'),
    'Number, sum and histogram of the amounts, in minor units, of deal.won, each currency by itself.',
  ],
  [
    elapsed('deal.created', 'deal.won'),
    'Number, sum and histogram of the milliseconds since the first deal.created of the same deal, ' +
      'where there is one, at deal.won.',
  ],
  [arrivals('duplicate'), /although they were there already, on the day they arrived\.$/],
  [values('revised'), /were changed afterwards\.$/],
])('says of a part what it counts: %#', ({ rule }, words) => {
  if (typeof words === 'string') expect(wordsOf(rule)).toBe(words)
  else expect(wordsOf(rule)).toMatch(words)
})

test.each([
  [
    'response_rate',
    'answered',
    'that a survey.response of the same survey and respondent follows before the next survey.sent.',
  ],
  [
    'lead_qualified_rate',
    'qualified',
    'that a lead.qualified of the same lead follows within 90 days and before the next lead.created.',
  ],
  [
    'lead_conversion',
    'won',
    'whose lead is named by a deal.created of a deal with a deal.won, not earlier and at most 365 days later.',
  ],
  [
    'renewal_rate',
    'renewed',
    'nearer to than to any other subscription.due, the earlier of two that are equally near.',
  ],
  ['stage_conversion', 'entered', 'that are the first of their deal with that stage.'],
  [
    'stage_conversion',
    'advanced',
    'and that are followed by a deal.won of the same deal, or by a deal.stage with a stage that the deal had not been in.',
  ],
  [
    'first_response_time',
    'times',
    'at ticket.replied where bot is not yes that no ticket.replied where bot is not yes of the same ticket precedes.',
  ],
  [
    'time_to_resolution',
    'times',
    'that no ticket.solved or ticket.reopened of the same ticket follows.',
  ],
  [
    'cac',
    'customers',
    'of the same customer with one precedes. Those of no customer are not counted.',
  ],
  [
    'new_customer_revenue',
    'sales',
    'at most 90 days after the first deal.won, order.placed or subscription.started of the same customer that has an amount above 0, each currency by itself. Those of no customer are not counted.',
  ],
])('says what else must have happened: %s %s', (id, name, words) => {
  const part = kpiOf(id).parts[name]

  expect(part === undefined ? '' : wordsOf(part.rule)).toContain(words)
})

test('says how long a stay is, and what is none', () => {
  expect(wordsOf(stay('stage', 'deal.stage', ['deal.won']).rule)).toBe(
    'Number, sum and histogram of the milliseconds that a deal stays in a stage: from the deal.stage ' +
      'that enters it to the deal.stage or deal.won that leaves it, on the day of leaving, under the ' +
      'stage that is left. The same stage said again is no move.',
  )
})

test('says who is counted once, and who twice', () => {
  expect(wordsOf(distinct('user.active', { unless: { action: 'login' } }).rule)).toMatch(
    /^Number of users with user\.active where action is not login in the window\. /,
  )
  expect(wordsOf(distinct('order.placed', { back: 2 }).rule)).toMatch(
    /^Number of customers with order\.placed in the window, and how many of them have at least two\. /,
  )
})

test.each([
  [level(subscriptions), /^Number of customers that hold something, when the window begins/],
  [balance(subscriptions), /and how much they hold, in minor units, each currency by itself, when/],
  [
    level(deals),
    /^Number of deals that are held, .+ from deal\.created to deal\.won or deal\.lost\.$/,
  ],
  [
    level(seats),
    /^What is held in all, when the window begins .+ until the next one about the same\.$/,
  ],
  [
    balanceBy('period', quotas),
    /^What is held in all, in minor units, .+, by period, when the window ends/,
  ],
  [cohort(subscriptions, 'left'), /came to hold nothing in it, each once; under since, /],
  [cohort(subscriptions, 'stayed'), /are fewer at its end/],
  [cohortIn(subscriptions, 'kept'), /with at most what it held at the start/],
  [cohortIn(subscriptions, 'held'), /^By how much more, or where it is negative less, /],
  [cohortIn(subscriptions, 'grew'), /came to hold more than just before, each once/],
  [
    moves(subscriptions, 'returned'),
    /^Number of times that a customer comes to hold something again, /,
  ],
  [moved(subscriptions, 'left'), /comes to hold nothing, and by how much in minor units, /],
])('says what is held: %#', ({ rule }, words) => {
  expect(wordsOf(rule)).toMatch(words)
  if (rule.how === 'holding' && rule.holding === subscriptions)
    expect(wordsOf(rule)).toContain(holds)
})

describe.each(kpis)('$id', (kpi) => {
  test('says of every part what it counts, in sentences', () => {
    for (const { rule } of Object.values(kpi.parts)) {
      expect(wordsOf(rule)).toMatch(/^\p{Lu}.+[^.]\.$/u)
      expect(wordsOf(rule)).not.toMatch(/undefined|null|NaN|\[object| {2}| ,| \./)
    }
  })

  test('says other things of parts that count other things', () => {
    const parts = Object.values(kpi.parts)

    expect(new Set(parts.map(({ rule }) => wordsOf(rule))).size).toBe(parts.length)
  })

  test('names every fact type that a part counts', () => {
    for (const { rule } of Object.values(kpi.parts)) {
      if (rule.how === 'intake' || rule.how === 'revision') continue
      const types = rule.how === 'holding' ? typesOf(rule.holding) : rule.types
      expect(vocabulary).toEqual(expect.arrayContaining([...types]))
      for (const type of types) expect(wordsOf(rule)).toContain(type)
    }
  })
})

test('says the same only of rules that are the same', () => {
  const rules = kpis.flatMap((kpi) => Object.values(kpi.parts).map(({ rule }) => rule))
  const words = Map.groupBy(rules, wordsOf)

  for (const [said, found] of words) {
    expect([said, new Set(found.map((rule) => JSON.stringify(rule))).size]).toEqual([said, 1])
  }
})
