import { describe, expect, test } from 'vitest'
import {
  type Refusal,
  amounts,
  content,
  currencies,
  names,
  read,
  required,
  strangers,
} from './read.ts'

const cuts = { owner: 'Moses Frase', channel: 'mail', product: 'GTX' }

describe('deal.created', () => {
  test('says nothing but its name where nothing more is known', () => {
    expect(read('deal.created', { deal: 'd1' })).toEqual(
      content({ subject: 'd1', thread: 'deal:d1' }),
    )
  })

  test('is its lead’s, and keeps its customer', () => {
    const data = { deal: 'd1', lead: 'l1', customer: 'c1', ...cuts, amount: '1054.00' }

    expect(read('deal.created', data)).toEqual(
      content({
        subject: 'd1',
        thread: 'deal:d1',
        entity: 'l1',
        value: 105_400,
        dimensions: { ...cuts, currency: 'EUR' },
        data: { customer: 'c1' },
      }),
    )
  })

  test('has a currency only with an amount', () => {
    expect(read('deal.created', { deal: 'd1', currency: 'USD' })).toEqual(
      content({ subject: 'd1', thread: 'deal:d1' }),
    )
    expect(read('deal.created', { deal: 'd1', currency: 'USD', amount: 0 })).toEqual(
      content({ subject: 'd1', thread: 'deal:d1', value: 0, dimensions: { currency: 'USD' } }),
    )
  })

  test.each<Refusal>([
    ...required('deal'),
    ...names('deal', 'lead', 'customer', 'owner', 'channel', 'product'),
    ...amounts('amount'),
    ...currencies,
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('deal.created', { deal: 'd1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('deal.stage', () => {
  test('can be cut by the stage that the deal has reached', () => {
    expect(read('deal.stage', { deal: 'd1', stage: 'Offer', 'p.team': 'north' })).toEqual(
      content({
        subject: 'd1',
        thread: 'deal:d1',
        dimensions: { stage: 'Offer', 'p.team': 'north' },
      }),
    )
  })

  test.each<Refusal>([
    ...required('deal', 'stage'),
    ...names('deal', 'stage'),
    ...strangers,
    ['owner', 'Ann', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('deal.stage', { deal: 'd1', stage: 'Offer', [path]: value })).toEqual([
      { path, message },
    ])
  })
})

describe('deal.won', () => {
  const won = { deal: 'd1', amount: '1054.00' }

  test('is worth its amount in minor units', () => {
    expect(read('deal.won', won)).toEqual(
      content({
        subject: 'd1',
        thread: 'deal:d1',
        value: 105_400,
        dimensions: { currency: 'EUR' },
      }),
    )
  })

  test('is its customer’s', () => {
    expect(read('deal.won', { ...won, currency: 'USD', customer: 'c1', ...cuts })).toEqual(
      content({
        subject: 'd1',
        thread: 'deal:d1',
        entity: 'c1',
        value: 105_400,
        dimensions: { currency: 'USD', ...cuts },
      }),
    )
  })

  test.each([
    ['1054.00', 'USD', 105_400],
    ['1054', 'USD', 105_400],
    [1054, 'USD', 105_400],
    [10.5, 'USD', 1_050],
    ['0', 'USD', 0],
    ['1054', 'JPY', 1_054],
    ['1.054', 'BHD', 1_054],
    ['1.0540', 'CLF', 10_540],
  ])('reads an amount of %j %s as %d minor units', (amount, currency, value) => {
    expect(read('deal.won', { deal: 'd1', amount, currency })).toMatchObject({
      value,
      dimensions: { currency },
    })
  })

  test('holds an amount to the decimals of its currency, and says so', () => {
    expect(read('deal.won', { deal: 'd1', amount: '12.00', currency: 'JPY' })).toEqual([
      {
        path: 'amount',
        message:
          'Expected JPY as plain digits without decimals, at most 9007199254740: current value is "12.00"',
      },
    ])
  })

  test.each<Refusal>([
    ...required('deal', 'amount'),
    ...names('deal', 'customer', 'owner', 'channel', 'product'),
    ...amounts('amount'),
    ...currencies,
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('deal.won', { ...won, [path]: value })).toEqual([{ path, message }])
  })

  test('names everything that is wrong', () => {
    expect(read('deal.won', { deal: '', currency: 'euro' })).toEqual([
      { path: 'deal', message: 'Expected a text that is not blank' },
      { path: 'amount', message: 'The field is missing' },
      { path: 'currency', message: 'Expected an ISO 4217 code such as "EUR"' },
    ])
    expect(
      read('deal.won', { deal: 'd1', amount: '', 'p.plan': 'x', 'p.city': 'y' }),
    ).toMatchObject([{ path: 'amount' }, { path: 'p.plan' }, { path: 'p.city' }])
  })
})

describe('deal.lost', () => {
  test('has no value', () => {
    expect(read('deal.lost', { deal: 'd1' })).toEqual(content({ subject: 'd1', thread: 'deal:d1' }))
  })

  test('can be cut by the reason', () => {
    const dimensions = { reason: 'Price', ...cuts }

    expect(read('deal.lost', { deal: 'd1', ...dimensions })).toEqual(
      content({ subject: 'd1', thread: 'deal:d1', dimensions }),
    )
  })

  test.each<Refusal>([
    ...required('deal'),
    ...names('deal', 'reason', 'owner', 'channel', 'product'),
    ...strangers,
    ['amount', '5.00', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('deal.lost', { deal: 'd1', [path]: value })).toEqual([{ path, message }])
  })
})
