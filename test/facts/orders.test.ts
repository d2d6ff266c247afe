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

describe('order.placed', () => {
  const order = { order: 'o1', customer: 'c1', amount: '19.99' }

  test('is its customer’s, and worth its amount', () => {
    expect(read('order.placed', order)).toEqual(
      content({
        subject: 'o1',
        thread: 'order:o1',
        entity: 'c1',
        value: 1_999,
        dimensions: { currency: 'EUR' },
      }),
    )
  })

  test('has cost what it has cost, in the same currency', () => {
    const dimensions = { currency: 'BHD', owner: 'Ann', channel: 'mail' }

    expect(read('order.placed', { ...order, ...dimensions, cost: 7.125 })).toEqual(
      content({
        subject: 'o1',
        thread: 'order:o1',
        entity: 'c1',
        value: 19_990,
        cost: 7_125,
        dimensions,
      }),
    )
  })

  test('may have cost nothing, which is not the same as an unknown cost', () => {
    expect(read('order.placed', { ...order, cost: '0' })).toHaveProperty('cost', 0)
    expect(read('order.placed', order)).not.toHaveProperty('cost')
  })

  test.each<Refusal>([
    ...required('order', 'customer', 'amount'),
    ...names('order', 'customer', 'owner', 'channel'),
    ...amounts('amount'),
    ...amounts('cost'),
    ...currencies,
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('order.placed', { ...order, [path]: value })).toEqual([{ path, message }])
  })

  test('names the amount and the cost that are both wrong', () => {
    expect(read('order.placed', { ...order, amount: '-5', cost: '' })).toMatchObject([
      { path: 'amount' },
      { path: 'cost' },
    ])
  })
})

describe('order.refunded', () => {
  const refund = { order: 'o1', amount: '5.00' }

  test('continues the thread of the order', () => {
    expect(read('order.refunded', refund)).toEqual(
      content({
        subject: 'o1',
        thread: 'order:o1',
        value: 500,
        dimensions: { currency: 'EUR' },
      }),
    )
    expect(read('order.refunded', { ...refund, currency: 'USD' })).toMatchObject({
      dimensions: { currency: 'USD' },
    })
  })

  test.each<Refusal>([
    ...required('order', 'amount'),
    ...names('order'),
    ...amounts('amount'),
    ...currencies,
    ...strangers,
    ['customer', 'c1', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('order.refunded', { ...refund, [path]: value })).toEqual([{ path, message }])
  })
})
