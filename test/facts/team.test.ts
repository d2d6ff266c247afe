import { describe, expect, test } from 'vitest'
import {
  type Refusal,
  amounts,
  content,
  currencies,
  flags,
  names,
  read,
  required,
  strangers,
} from './read.ts'

/** What every duration refuses. */
const durations = (
  [
    ['', '""'],
    [' 90', '" 90"'],
    ['1:30', '"1:30"'],
    ['90s', '"90s"'],
    ['-1', '"-1"'],
    [-1, '-1'],
    ['090', '"090"'],
    [null, 'null'],
    ['0.0001', '"0.0001"'],
    [1e-7, '1e-7'],
    ['315576000.001', '"315576000.001"'],
  ] as const
).map(([value, shown]): Refusal => [
  'seconds',
  value,
  `Expected seconds as plain digits with at most 3 decimals, at most 315576000.000: current value is ${shown}`,
])

describe('interaction.logged', () => {
  const call = { customer: 'c1', seconds: 90 }

  test('is its customer’s, and lasts milliseconds', () => {
    expect(read('interaction.logged', call)).toEqual(
      content({ subject: 'c1', entity: 'c1', value: 90_000 }),
    )
  })

  test('can be cut by user and channel', () => {
    const dimensions = { user: 'Ann', channel: 'phone' }

    expect(read('interaction.logged', { ...call, ...dimensions })).toEqual(
      content({ subject: 'c1', entity: 'c1', value: 90_000, dimensions }),
    )
  })

  test.each([
    [0, 0],
    ['0', 0],
    ['0.001', 1],
    [1.5, 1_500],
    ['1.50', 1_500],
    ['315576000', 315_576_000_000],
  ])('reads %j seconds as %d milliseconds', (seconds, value) => {
    expect(read('interaction.logged', { customer: 'c1', seconds })).toMatchObject({ value })
  })

  test.each<Refusal>([
    ...required('customer', 'seconds'),
    ...names('customer', 'user', 'channel'),
    ...durations,
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('interaction.logged', { ...call, [path]: value })).toEqual([{ path, message }])
  })
})

describe('task.done', () => {
  test('may have taken nobody knows how long', () => {
    expect(read('task.done', { task: 't1' })).toEqual(content({ subject: 't1' }))
  })

  test.each([
    [true, 'yes'],
    ['true', 'yes'],
    [false, 'no'],
    ['false', 'no'],
  ])('was done by a machine or not where that is said: %j', (automated, said) => {
    expect(read('task.done', { task: 't1', user: 'Ann', seconds: '2.5', automated })).toEqual(
      content({ subject: 't1', value: 2_500, dimensions: { user: 'Ann', automated: said } }),
    )
  })

  test.each<Refusal>([
    ...required('task'),
    ...names('task', 'user'),
    ...durations,
    ...flags('automated'),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('task.done', { task: 't1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('user.active', () => {
  test('is the user’s', () => {
    expect(read('user.active', { user: 'Ann' })).toEqual(content({ subject: 'Ann', entity: 'Ann' }))
    expect(read('user.active', { user: 'Ann', action: 'login', 'p.team': 'north' })).toEqual(
      content({
        subject: 'Ann',
        entity: 'Ann',
        dimensions: { action: 'login', 'p.team': 'north' },
      }),
    )
  })

  test.each<Refusal>([...required('user'), ...names('user', 'action'), ...strangers])(
    'refuses a %s that is %j: %s',
    (path, value, message) => {
      expect(read('user.active', { user: 'Ann', [path]: value })).toEqual([{ path, message }])
    },
  )
})

describe('seats.set', () => {
  test.each([
    [12, 12],
    ['12', 12],
    [0, 0],
    ['0', 0],
    [1_000_000_000, 1_000_000_000],
  ])('reads %j as %d seats', (seats, value) => {
    expect(read('seats.set', { seats })).toEqual(
      content({ subject: 'seats', thread: 'seats:', value }),
    )
  })

  test.each<Refusal>([
    ...required('seats'),
    ...(
      [
        ['', '""'],
        [' 7', '" 7"'],
        ['07', '"07"'],
        ['7.0', '"7.0"'],
        ['1e1', '"1e1"'],
        ['٧', '"٧"'],
        [7.5, '7.5'],
        [-1, '-1'],
        [-0, '0'],
        [null, 'null'],
        [1_000_000_001, '1000000001'],
      ] as const
    ).map(([value, shown]): Refusal => [
      'seats',
      value,
      `Expected a number of seats as plain digits without decimals, at most 1000000000: current value is ${shown}`,
    ]),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('seats.set', { seats: 12, [path]: value })).toEqual([{ path, message }])
  })
})

describe('quota.set', () => {
  const quota = { amount: '50000', from: '2026-04-01', to: '2026-06-30' }
  const period = '2026-04-01..2026-06-30'

  test('is the team’s where it names no owner, and counts on its first day', () => {
    expect(read('quota.set', quota)).toEqual({
      ...content({
        subject: 'team',
        thread: `quota:team:${period}:"":`,
        value: 5_000_000,
        dimensions: { currency: 'EUR', period: `team:${period}` },
      }),
      day: '2026-04-01',
    })
  })

  test('is its owner’s', () => {
    expect(read('quota.set', { ...quota, owner: 'Ann', currency: 'JPY' })).toEqual({
      ...content({
        subject: 'Ann',
        thread: `quota:owner:${period}:"Ann":`,
        value: 50_000,
        dimensions: { currency: 'JPY', owner: 'Ann', period: `owner:${period}` },
      }),
      day: '2026-04-01',
    })
  })

  test.each([
    ['2026-04-01', '2026-04-01'],
    ['2026-01-01', '2036-01-08'],
  ])('may hold from %s to %s', (from, to) => {
    expect(read('quota.set', { amount: 1, from, to })).toMatchObject({ day: from })
  })

  test.each<Refusal>([
    ...required('amount', 'from', 'to'),
    ...names('owner'),
    ...amounts('amount'),
    ...currencies,
    ...strangers,
    ...['from', 'to'].flatMap((field): Refusal[] => [
      [field, '', 'Expected a day such as 2026-03-01'],
      [field, null, 'Expected a day such as 2026-03-01'],
      [field, 20_260_401, 'Expected a day such as 2026-03-01'],
      [field, '2026-4-1', 'Expected a day such as 2026-03-01'],
      [field, '2026-02-29', 'Expected a day such as 2026-03-01'],
      [field, '2026-04-01T00:00:00Z', 'Expected a day such as 2026-03-01'],
    ]),
    [
      'to',
      '2026-03-31',
      'Expected a day that is not before 2026-04-01: current value is 2026-03-31',
    ],
    ['to', '2036-04-08', 'Expected at most 3660 days from 2026-04-01: current length is 3661'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('quota.set', { ...quota, [path]: value })).toEqual([{ path, message }])
  })

  test('names the amount, the period and the property that are all wrong', () => {
    const wrong = { amount: '', from: '2026-04-01', to: '2026-03-01', 'p.plan': 'pro' }

    expect(read('quota.set', wrong)).toMatchObject([
      { path: 'amount' },
      { path: 'to' },
      { path: 'p.plan' },
    ])
  })
})
