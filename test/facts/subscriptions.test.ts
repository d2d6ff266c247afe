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

const thread = 'subscription:s1'

describe('subscription.started', () => {
  const started = { subscription: 's1', customer: 'c1', mrr: '49.00' }

  test('is its customer’s, and worth what it brings every month', () => {
    expect(read('subscription.started', started)).toEqual(
      content({
        subject: 's1',
        thread,
        entity: 'c1',
        value: 4_900,
        dimensions: { currency: 'EUR' },
      }),
    )
  })

  test('can be cut by plan', () => {
    const dimensions = { currency: 'USD', plan: 'pro' }

    expect(read('subscription.started', { ...started, ...dimensions })).toEqual(
      content({ subject: 's1', thread, entity: 'c1', value: 4_900, dimensions }),
    )
  })

  test.each<Refusal>([
    ...required('subscription', 'customer', 'mrr'),
    ...names('subscription', 'customer', 'plan'),
    ...amounts('mrr'),
    ...currencies,
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('subscription.started', { ...started, [path]: value })).toEqual([{ path, message }])
  })
})

describe('subscription.changed', () => {
  const changed = { subscription: 's1', mrr: 99 }

  test('is worth its new amount, in the workspace’s currency or its own', () => {
    expect(read('subscription.changed', changed)).toEqual(
      content({ subject: 's1', thread, value: 9_900, dimensions: { currency: 'EUR' } }),
    )
    expect(read('subscription.changed', { ...changed, currency: 'JPY' })).toEqual(
      content({ subject: 's1', thread, value: 99, dimensions: { currency: 'JPY' } }),
    )
  })

  test.each<Refusal>([
    ...required('subscription', 'mrr'),
    ...names('subscription'),
    ...amounts('mrr'),
    ...currencies,
    ...strangers,
    ['plan', 'pro', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('subscription.changed', { ...changed, [path]: value })).toEqual([{ path, message }])
  })
})

describe.each(['subscription.due', 'subscription.renewed'] as const)('%s', (type) => {
  test('continues the thread of the subscription', () => {
    expect(read(type, { subscription: 's1', 'p.region': 'EU' })).toEqual(
      content({ subject: 's1', thread, dimensions: { 'p.region': 'EU' } }),
    )
  })

  test.each<Refusal>([
    ...required('subscription'),
    ...names('subscription'),
    ...strangers,
    ['mrr', 9, 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read(type, { subscription: 's1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('subscription.cancelled', () => {
  test('can be cut by the reason', () => {
    expect(read('subscription.cancelled', { subscription: 's1' })).toEqual(
      content({ subject: 's1', thread }),
    )
    expect(read('subscription.cancelled', { subscription: 's1', reason: 'Price' })).toEqual(
      content({ subject: 's1', thread, dimensions: { reason: 'Price' } }),
    )
  })

  test.each<Refusal>([
    ...required('subscription'),
    ...names('subscription', 'reason'),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('subscription.cancelled', { subscription: 's1', [path]: value })).toEqual([
      { path, message },
    ])
  })
})
